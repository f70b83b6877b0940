"""bekasi-batik as rows: six groups, motifs and their licences, the mandate and what it asks of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction

from wadah.catalogue.models import HubStock, Licence, Motif, MotifSource, Part
from wadah.cli.examples.batik_parts import MORI, RATES_SOURCE, batik_parts, batik_rates
from wadah.cli.examples.city import CITY_CODE, load_city, load_skills
from wadah.cli.examples.makers import Maker, load_makers
from wadah.cli.examples.mandate import load_heads, load_orders, load_rules
from wadah.cli.examples.parts import load_parts, load_rates
from wadah.cli.examples.tables import BATIK, RECORDS_SINCE, Row, assumed, assumptions, table, yes
from wadah.register.models import Area, Cooperative, Subsector, Workshop

COOPERATIVE = "koperasi-batik-simulasi"
GROUPS_SOURCE = "Jumlah kelompok: Bisnis.com, 31 Agustus 2014; selebihnya simulasi"


@transaction.atomic
def load_batik() -> Cooperative:
    """Writes the example unless its cooperative is there already; returns the cooperative."""
    known = Cooperative.objects.filter(code=COOPERATIVE).first()
    if known is not None:
        return known
    areas = load_city()
    cooperative = Cooperative.objects.create(
        code=COOPERATIVE,
        name="Koperasi Batik Bekasi (simulasi)",
        area=areas[assumptions(BATIK)["hub_kelurahan"]],
        founded_on=RECORDS_SINCE,
        simulated=True,
    )
    subsector, skills = Subsector.objects.get(code="batik"), load_skills(BATIK)
    makers = [maker(row, areas) for row in table(BATIK, "groups")]
    workshops = load_makers(makers, cooperative, subsector, skills)
    motifs = load_motifs()
    load_licences(motifs, workshops)
    parts = load_parts(batik_parts(), subsector, skills, motifs)
    sites = {row["code"]: row for row in table(BATIK, "kelurahan")}
    load_rates(batik_rates(sites, sites[assumptions(BATIK)["hub_kelurahan"]]), parts, workshops, RATES_SOURCE)
    load_mori(cooperative, parts[MORI])
    load_heads(areas, areas[CITY_CODE])
    load_orders(cooperative, parts, load_rules())
    return cooperative


def maker(row: Row, areas: dict[str, Area]) -> Maker:
    area = areas[row["kelurahan_code"]]
    assert area.lat is not None and area.lng is not None, f"{area.code}: the table gives every kelurahan a place"
    return Maker(
        code=row["code"],
        name=row["name"],
        owner=row["name"].replace("Kelompok Batik", "Ketua Kelompok"),
        kind=row["kind"],
        area=area,
        lat=area.lat,
        lng=area.lng,
        skills=tuple(step["skill"] for step in table(BATIK, "steps")),
        hours_week=int(row["hours_week"]),
        days=5,
        workers=int(row["artisans"]),
        source=GROUPS_SOURCE,
    )


def load_motifs() -> dict[str, Motif]:
    """Motifs with all that the sources say of them, agreeing or not."""
    rows = table(BATIK, "motifs")
    motifs = Motif.objects.bulk_create(
        [
            Motif(
                name=row["name"],
                aspect=row["aspect"],
                holder=row["holder"],
                right_kind=row["right_kind"],
                note=row["note"],
            )
            for row in rows
        ]
    )
    MotifSource.objects.bulk_create(
        [
            MotifSource(motif=motif, title=source["title"], says=source["says"])
            for row, motif in zip(rows, motifs, strict=True)
            for source in table(BATIK, "motif-sources")
            if source["listed_in"] in {"all", row["listed_in"]}
        ]
    )
    return {motif.name: motif for motif in motifs}


def load_licences(motifs: dict[str, Motif], workshops: dict[str, Workshop]) -> None:
    Licence.objects.bulk_create(
        [
            Licence(
                motif=motifs[row["motif"]],
                ikm=workshops[row["group"]].ikm,
                number=row["number"],
                valid_from=date.fromisoformat(row["valid_from"]),
                royalty_rupiah_piece=int(row["royalty_rupiah"]),
                simulated=yes(row["simulated"]),
            )
            for row in table(BATIK, "licences")
        ]
    )


def load_mori(cooperative: Cooperative, mori: Part) -> None:
    """Whole bolts at the hub when the plan starts: more than the groups could stamp."""
    cloths = assumed(BATIK, "mori_bolts") * assumed(BATIK, "mori_pack")
    HubStock.objects.create(cooperative=cooperative, part=mori, as_of=RECORDS_SINCE, quantity=Decimal(cloths))
