"""The lots of a plan one by one, and what they can be narrowed by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wadah.plans.models import PlannedLot

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from wadah.catalogue.models import Part
    from wadah.plans.models import PlanRun
    from wadah.register.models import Workshop


@dataclass(frozen=True)
class LotChoices:
    """The workshops and parts that a plan has lots of, by code, and the weeks in which one starts."""

    workshops: tuple[Workshop, ...]
    parts: tuple[Part, ...]
    periods: tuple[int, ...]


def plan_lots(run: PlanRun) -> QuerySet[PlannedLot]:
    """All lots of a plan, by week, part and workshop."""
    rows = PlannedLot.objects.filter(run=run).select_related("part", "workshop")
    return rows.order_by("period", "part__code", "workshop__code")


def plan_lot_choices(run: PlanRun) -> LotChoices:
    """What the lots of a plan can be narrowed by; one query."""
    rows = list(plan_lots(run))
    workshops = {lot.workshop.code: lot.workshop for lot in rows}
    parts = {lot.part.code: lot.part for lot in rows}
    return LotChoices(
        tuple(workshops[code] for code in sorted(workshops)),
        tuple(parts[code] for code in sorted(parts)),
        tuple(sorted({lot.period for lot in rows})),
    )
