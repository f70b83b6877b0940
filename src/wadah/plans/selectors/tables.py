"""A plan as tables: by order line, by part, by workshop, and in one line."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from wadah.catalogue.models import Part
from wadah.plans.models import PlannedLine, PlannedLot, PlanRun
from wadah.register.models import Workshop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

ALMOST_NONE = 1e-6


@dataclass(frozen=True)
class Summary:
    """A plan in one line. Pieces are summed over lines; share is of all pieces ordered, 0 … 1."""

    lines: int
    lines_on_time: int
    lines_late: int
    lines_short: int
    pieces: float
    on_time: float
    late: float
    short: float

    @property
    def share_on_time(self) -> float:
        return self.on_time / self.pieces if self.pieces > 0 else 1.0

    @property
    def share_delivered(self) -> float:
        return (self.on_time + self.late) / self.pieces if self.pieces > 0 else 1.0


@dataclass(frozen=True)
class PartRow:
    """One part in the plan: pieces started a week and in all, by how many workshops, and the largest one's share."""

    part: Part
    makers: int
    pieces: float
    largest_share: float
    weeks: tuple[float, ...]


@dataclass(frozen=True)
class WorkshopRow:
    """One workshop in the plan: hours and pay a week and in all, and its lots."""

    workshop: Workshop
    hours: float
    pay: float
    lots: tuple[PlannedLot, ...]


@dataclass(frozen=True)
class Bottleneck:
    """One reason that holds several order lines: planning.explain's code and part, and what hangs on it.

    reason: the one of the line that misses most, for its numbers; lines: how many; pieces: late or short, in all.
    """

    reason: dict[str, Any]
    lines: int
    pieces: float


def plan_bottlenecks(lines: Sequence[PlannedLine]) -> list[Bottleneck]:
    """Reasons by the pieces that hang on them, most first."""
    held: dict[tuple[str, str], list[PlannedLine]] = defaultdict(list)
    for line in lines:
        for reason in line.reasons:
            held[reason["code"], reason["part"]].append(line)
    found = []
    for group in held.values():
        worst = max(group, key=missing)
        found.append(Bottleneck(worst.reasons[0], len(group), sum(missing(line) for line in group)))
    return sorted(found, key=lambda row: (-row.pieces, row.reason["part"]))


def missing(line: PlannedLine) -> float:
    """Pieces late or short."""
    return line.late + line.short


def plan_summary(lines: Sequence[PlannedLine]) -> Summary:
    late = [line for line in lines if line.late > ALMOST_NONE]
    short = [line for line in lines if line.short > ALMOST_NONE]
    unhappy = {line.pk for line in late} | {line.pk for line in short}
    return Summary(
        lines=len(lines),
        lines_on_time=len(lines) - len(unhappy),
        lines_late=len(late),
        lines_short=len(short),
        pieces=sum(line.on_time + line.late + line.short for line in lines),
        on_time=sum(line.on_time for line in lines),
        late=sum(line.late for line in lines),
        short=sum(line.short for line in lines),
    )


def plan_totals(run: PlanRun) -> Summary:
    """`plan_summary` of all order lines of a plan, without reading them. One query."""
    late, short = Q(late__gt=ALMOST_NONE), Q(short__gt=ALMOST_NONE)
    found = PlannedLine.objects.filter(run=run).aggregate(
        count=Count("pk"),
        lines_on_time=Count("pk", filter=~(late | short)),
        lines_late=Count("pk", filter=late),
        lines_short=Count("pk", filter=short),
        **{f"of_{name}": Coalesce(Sum(name), 0.0) for name in ("on_time", "late", "short")},
    )
    pieces = {name: found.pop(f"of_{name}") for name in ("on_time", "late", "short")}
    return Summary(lines=found.pop("count"), pieces=sum(pieces.values()), **pieces, **found)


def plan_lines(run: PlanRun, *, mandate: bool = False) -> list[PlannedLine]:
    """Order lines of a plan, by due week; mandate: those alone that a rule of the mandate made."""
    rows = PlannedLine.objects.filter(run=run).select_related(
        "line", "line__part", "line__order", "line__order__buyer", "line__area", "line__mandate", "assigned_to"
    )
    rows = rows.filter(line__mandate__isnull=False) if mandate else rows
    return list(rows.order_by("due_period", "line__order__number", "line__line_no"))


def parts_planned(run: PlanRun) -> QuerySet[Part]:
    """The parts that a plan makes, by code."""
    return Part.objects.filter(pk__in=PlannedLot.objects.filter(run=run).values("part")).order_by("code")


def plan_by_part(run: PlanRun, parts: Sequence[Part]) -> list[PartRow]:
    """A row for each of these parts. One query."""
    lots: dict[int, list[PlannedLot]] = defaultdict(list)
    for lot in PlannedLot.objects.filter(run=run, part__in=parts).order_by("period", "pk"):
        lots[lot.part_id].append(lot)
    return [part_row(run, part, lots[part.pk]) for part in parts]


def part_row(run: PlanRun, part: Part, lots: Sequence[PlannedLot]) -> PartRow:
    weeks = [0.0] * run.weeks
    makers: dict[int, float] = defaultdict(float)
    for lot in lots:
        weeks[lot.period] += lot.quantity
        makers[lot.workshop_id] += lot.quantity
    pieces = sum(weeks)
    return PartRow(part, len(makers), pieces, max(makers.values()) / pieces, tuple(weeks))


def workshops_busiest(run: PlanRun) -> QuerySet[PlannedLot, tuple[int, str]]:
    """Ids and codes of the workshops that a plan gives work to, by hours, most first."""
    summed = PlannedLot.objects.filter(run=run).order_by().values("workshop").annotate(worked=Sum("hours"))
    return summed.order_by("-worked", "workshop__code").values_list("workshop", "workshop__code")


def plan_by_workshop(run: PlanRun, workshops: Sequence[int]) -> list[WorkshopRow]:
    """A row for each of these workshops (ids), in their order; lots by week and part. Three queries."""
    rows = Workshop.objects.select_related("area").in_bulk(workshops)
    lots: dict[int, list[PlannedLot]] = defaultdict(list)
    for lot in (
        PlannedLot.objects.filter(run=run, workshop__in=workshops)
        .select_related("part")
        .order_by("period", "part__code")
    ):
        lot.workshop = rows[lot.workshop_id]
        lots[lot.workshop_id].append(lot)
    return [
        WorkshopRow(
            workshop=rows[key],
            hours=sum(lot.hours for lot in lots[key]),
            pay=sum(lot.pay_rupiah for lot in lots[key]),
            lots=tuple(lots[key]),
        )
        for key in workshops
    ]
