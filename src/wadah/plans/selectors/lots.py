"""The lots of a plan one by one, and what they can be narrowed by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from wadah.catalogue.models import Part
from wadah.plans.models import PlannedLot
from wadah.register.models import Workshop

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from wadah.plans.models import PlanRun

Row = TypeVar("Row", Workshop, Part)
CHOICES_MAX = 200


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


def plan_lot_choices(run: PlanRun, *, workshop: str = "", part: str = "") -> LotChoices:
    """What the lots of a plan can be narrowed by; where there are more than CHOICES_MAX workshops or parts, only the
    one that is asked for (code): nobody finds one in so long a list. Three queries, five with many."""
    lots = PlannedLot.objects.filter(run=run).order_by()
    workshops = Workshop.objects.filter(pk__in=lots.values("workshop")).order_by("code")
    parts = Part.objects.filter(pk__in=lots.values("part")).order_by("code")
    return LotChoices(
        few(workshops, workshop),
        few(parts, part),
        tuple(lots.order_by("period").values_list("period", flat=True).distinct()),
    )


def few(rows: QuerySet[Row], asked: str) -> tuple[Row, ...]:
    """All of them; where they are too many, the one with the code that is asked for."""
    found = tuple(rows[: CHOICES_MAX + 1])
    return found if len(found) <= CHOICES_MAX else tuple(rows.filter(code=asked))
