"""Places, holidays and trades of Kota Bekasi as rows; what is there already is left alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from wadah.cli.examples.tables import BATIK, RECORDS_SINCE, Row, table, yes
from wadah.demand.models import BatikDay, SmallShare
from wadah.register.models import (
    Area,
    Classification,
    Holiday,
    Skill,
    Subsector,
    SubsectorClassification,
)

CITY_CODE = "32.75"
KBLI_SOURCE = "Peraturan BPS 2/2020"


def load_city() -> dict[str, Area]:
    """Writes areas, holidays, subsectors, the rules that public buyers go by; returns the areas by code."""
    load_areas()
    load_holidays()
    load_subsectors()
    load_public_rules()
    return {area.code: area for area in Area.objects.all()}


def load_areas() -> None:
    rows = table(BATIK, "kelurahan")
    city, _ = Area.objects.get_or_create(
        code=CITY_CODE,
        defaults={"name": "Kota Bekasi", "name_spaced": "Kota Bekasi", "kind": Area.Kind.CITY, "bps_code": "3275"},
    )
    names = {row["kecamatan_code"]: row["kecamatan"] for row in rows}
    Area.objects.bulk_create(
        [
            Area(code=code, name=name, name_spaced=name, kind=Area.Kind.KECAMATAN, parent=city)
            for code, name in names.items()
        ],
        ignore_conflicts=True,
    )
    parents = {area.code: area for area in Area.objects.filter(kind=Area.Kind.KECAMATAN)}
    Area.objects.bulk_create([kelurahan(row, parents[row["kecamatan_code"]]) for row in rows], ignore_conflicts=True)


def kelurahan(row: Row, parent: Area) -> Area:
    return Area(
        code=row["code"],
        bps_code=row["bps_code"],
        name=row["name"],
        name_spaced=row["name_spaced"],
        kind=Area.Kind.KELURAHAN,
        parent=parent,
        lat=float(row["lat"]),
        lng=float(row["lng"]),
        area_km2=float(row["area_km2"]),
    )


def load_holidays() -> None:
    Holiday.objects.bulk_create(
        [
            Holiday(date=date.fromisoformat(row["date"]), name=row["name"], kind=row["kind"])
            for row in table(BATIK, "holidays")
        ],
        ignore_conflicts=True,
    )


def load_subsectors() -> None:
    rows = table(BATIK, "subsectors")
    Subsector.objects.bulk_create(
        [
            Subsector(
                code=row["code"],
                name=row["name"],
                name_en=row["name_en"],
                kind=row["kind"],
                perishable=yes(row["perishable"]),
            )
            for row in rows
        ],
        ignore_conflicts=True,
    )
    Classification.objects.bulk_create(
        [
            Classification(scheme="KBLI", version="2020", code=row["kbli2020"], title=row["kbli_title"].upper())
            for row in rows
        ],
        ignore_conflicts=True,
    )
    subsectors = {row.code: row for row in Subsector.objects.all()}
    titles = {row.code: row for row in Classification.objects.filter(scheme="KBLI", version="2020")}
    SubsectorClassification.objects.bulk_create(
        [
            SubsectorClassification(
                subsector=subsectors[row["code"]],
                classification=titles[row["kbli2020"]],
                valid_from=RECORDS_SINCE,
                source=KBLI_SOURCE,
            )
            for row in rows
        ],
        ignore_conflicts=True,
    )


def load_public_rules() -> None:
    """Batik days and the share for small firms, where none is written down yet: from then on they are the officer's."""
    if not BatikDay.objects.exists():
        BatikDay.objects.bulk_create(
            [
                BatikDay(
                    applies_to_kind=row["kind"],
                    weekday=whole(row["weekday"]),
                    month=whole(row["month"]),
                    day=whole(row["day"]),
                    regulation=row["regulation"],
                    valid_from=date.fromisoformat(row["valid_from"]),
                    source=row["source"],
                )
                for row in table(BATIK, "batik-days")
            ]
        )
    if not SmallShare.objects.exists():
        SmallShare.objects.bulk_create(
            [
                SmallShare(
                    percent=Decimal(row["percent"]),
                    regulation=row["regulation"],
                    valid_from=date.fromisoformat(row["valid_from"]),
                    source=row["source"],
                )
                for row in table(BATIK, "small-share")
            ]
        )


def whole(cell: str) -> int | None:
    return int(cell) if cell else None


def load_skills(example: str) -> dict[str, Skill]:
    """Writes the processes of an example; returns all processes by code."""
    Skill.objects.bulk_create(
        [
            Skill(code=row["code"], name=row["name"], name_en=row["name_en"], kbli=row["kbli2020"])
            for row in table(example, "skills")
        ],
        ignore_conflicts=True,
    )
    return {skill.code: skill for skill in Skill.objects.all()}
