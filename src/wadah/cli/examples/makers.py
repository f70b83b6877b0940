"""Simulated makers as rows: a firm, its one workshop, its week, its skills and its place in a cooperative."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wadah.cli.examples.tables import RECORDS_SINCE
from wadah.register.models import Cooperative, Ikm, Membership, Skill, Subsector, WeekPattern, Workshop, WorkshopSkill
from wadah.register.models.hours import DAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wadah.register.models import Area


@dataclass(frozen=True, slots=True)
class Maker:
    """One simulated maker. hours_week: by the clock, spread over the first `days` of the week; overtime in hours."""

    code: str
    name: str
    owner: str
    kind: str
    area: Area
    lat: float
    lng: float
    skills: tuple[str, ...]
    hours_week: int
    days: int
    overtime_hours_week: int = 0
    overtime_rupiah_hour: int = 0
    floor_m2: int | None = None
    workers: int | None = None
    source: str = ""


def load_makers(
    makers: Sequence[Maker], cooperative: Cooperative, subsector: Subsector, skills: dict[str, Skill]
) -> dict[str, Workshop]:
    """Writes the makers as members of the cooperative; returns their workshops by code."""
    firms = Ikm.objects.bulk_create([firm(maker) for maker in makers])
    Ikm.subsectors.through.objects.bulk_create(
        [Ikm.subsectors.through(ikm_id=row.pk, subsector_id=subsector.pk) for row in firms]
    )
    Membership.objects.bulk_create(
        [Membership(cooperative=cooperative, ikm=row, joined_on=RECORDS_SINCE) for row in firms]
    )
    pairs = list(zip(makers, firms, strict=True))
    workshops = Workshop.objects.bulk_create([workshop(maker, row) for maker, row in pairs])
    placed = list(zip(makers, workshops, strict=True))
    WeekPattern.objects.bulk_create([week(maker, place) for maker, place in placed])
    WorkshopSkill.objects.bulk_create(
        [WorkshopSkill(workshop=place, skill=skills[code]) for maker, place in placed for code in maker.skills]
    )
    return {place.code: place for place in workshops}


def firm(maker: Maker) -> Ikm:
    return Ikm(
        name=maker.name,
        owner_name=maker.owner,
        area=maker.area,
        workers=maker.workers,
        simulated=True,
        source=maker.source,
    )


def workshop(maker: Maker, ikm: Ikm) -> Workshop:
    return Workshop(
        ikm=ikm,
        code=maker.code,
        name=maker.name,
        kind=maker.kind,
        floor_m2=maker.floor_m2,
        area=maker.area,
        lat=maker.lat,
        lng=maker.lng,
        simulated=True,
    )


def week(maker: Maker, place: Workshop) -> WeekPattern:
    """The hours spread evenly over the working days, Monday taking the minutes that don't divide."""
    each, rest = divmod(maker.hours_week * 60, maker.days)
    minutes = [each + rest] + [each] * (maker.days - 1) + [0] * (7 - maker.days)
    return WeekPattern(
        workshop=place,
        valid_from=RECORDS_SINCE,
        overtime_minutes_week=maker.overtime_hours_week * 60,
        overtime_cost_rupiah_hour=maker.overtime_rupiah_hour,
        **{f"minutes_{day}": value for day, value in zip(DAYS, minutes, strict=True)},
    )
