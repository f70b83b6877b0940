"""What two plans of one cooperative differ in: cost by kind, order lines, lots, and members' work.

Weeks are compared by their Mondays, so that two plans that start in different weeks can be held side by side.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wadah.plans.models import PlannedLine, PlannedLot, PlanRun
from wadah.plans.rules import Horizon

if TYPE_CHECKING:
    from datetime import date

    from wadah.catalogue.models import Part
    from wadah.demand.models import OrderLine
    from wadah.register.models import Workshop

PIECES = 1e-6
HOURS = 1e-6
RUPIAH = 0.5
COMPARED = (PlanRun.Status.DRAFT, PlanRun.Status.PUBLISHED, PlanRun.Status.SUPERSEDED)


@dataclass(frozen=True)
class CostChange:
    """Rupiah of one kind (docs/model.md §11), before and after."""

    kind: str
    before: float
    after: float


@dataclass(frozen=True)
class LineFate:
    """late, short: pieces; last: Monday of the week of the last delivery, None where nothing comes."""

    late: float
    short: float
    last: date | None


@dataclass(frozen=True)
class LineChange:
    """One order line; None where a plan doesn't know it."""

    line: OrderLine
    before: LineFate | None
    after: LineFate | None

    @property
    def kind(self) -> str:
        """What becomes of it: new, gone, short, fuller, later or earlier; short and fuller come before the time."""
        if self.before is None or self.after is None:
            return "new" if self.before is None else "gone"
        if abs(self.after.short - self.before.short) > PIECES:
            return "short" if self.after.short > self.before.short else "fuller"
        if abs(self.after.late - self.before.late) > PIECES:
            return "later" if self.after.late > self.before.late else "earlier"
        if self.before.last is None or self.after.last is None:
            return "later" if self.after.last is None else "earlier"
        return "later" if self.after.last > self.before.last else "earlier"


@dataclass(frozen=True)
class LotChange:
    """Pieces of a part started at a workshop in the week of `monday`, before and after."""

    part: Part
    workshop: Workshop
    monday: date
    before: float
    after: float


@dataclass(frozen=True)
class WorkChange:
    """Hours of one workshop, set-ups included, before and after."""

    workshop: Workshop
    before: float
    after: float


@dataclass(frozen=True)
class Comparison:
    """Only what differs, but every kind of cost that either plan has. lines: those that fare worst first."""

    costs: tuple[CostChange, ...]
    lines: tuple[LineChange, ...]
    lots: tuple[LotChange, ...]
    work: tuple[WorkChange, ...]
    before: float
    after: float

    def count(self, *kinds: str) -> int:
        """Order lines of these kinds."""
        return sum(row.kind in kinds for row in self.lines)


WORST_FIRST = ("short", "gone", "later", "new", "earlier", "fuller")


def plans_compared(before: PlanRun, after: PlanRun) -> Comparison:
    """Hold `after` against `before`; both of one cooperative and with a plan. Four queries."""
    old, new = lots_of(before), lots_of(after)
    return Comparison(
        costs=cost_changes(before, after),
        lines=line_changes(before, after),
        lots=lot_changes(old, new),
        work=work_changes(old, new),
        before=before.best_rupiah or 0.0,
        after=after.best_rupiah or 0.0,
    )


def runs_to_compare(run: PlanRun) -> list[PlanRun]:
    """Other plans of its cooperative, the one compared with by itself first: in force, edited from, then the newest."""
    rows = PlanRun.objects.filter(cooperative=run.cooperative_id, status__in=COMPARED, best_rupiah__isnull=False)
    rows = rows.exclude(pk=run.pk).defer("problem_file", "plan_file").order_by("-id")
    return sorted(rows, key=lambda row: (row.status != PlanRun.Status.PUBLISHED, row.pk != run.based_on_id))


def lots_of(run: PlanRun) -> list[tuple[PlannedLot, date]]:
    horizon = Horizon(run.start_on, run.weeks)
    rows = PlannedLot.objects.filter(run=run).select_related("part", "workshop")
    return [(lot, horizon.monday(lot.period)) for lot in rows]


def cost_changes(before: PlanRun, after: PlanRun) -> tuple[CostChange, ...]:
    kinds = [*after.cost, *(kind for kind in before.cost if kind not in after.cost)]
    rows = [CostChange(kind, before.cost.get(kind, 0.0), after.cost.get(kind, 0.0)) for kind in kinds]
    return tuple(row for row in rows if max(row.before, row.after) > RUPIAH)


def line_changes(before: PlanRun, after: PlanRun) -> tuple[LineChange, ...]:
    old, new = fates(before), fates(after)
    rows = []
    for pk in old.keys() | new.keys():
        line, was = old.get(pk, (None, None))
        line_now, now = new.get(pk, (None, None))
        row_line = line or line_now
        if row_line is not None and not alike(was, now):
            rows.append(LineChange(row_line, was, now))
    return tuple(sorted(rows, key=lambda row: (WORST_FIRST.index(row.kind), row.line.order.number, row.line.line_no)))


def alike(one: LineFate | None, two: LineFate | None) -> bool:
    if one is None or two is None:
        return one is two
    same = abs(one.late - two.late) <= PIECES and abs(one.short - two.short) <= PIECES
    return same and one.last == two.last


def fates(run: PlanRun) -> dict[int, tuple[OrderLine, LineFate]]:
    horizon = Horizon(run.start_on, run.weeks)
    rows = PlannedLine.objects.filter(run=run).select_related("line__order", "line__part")
    return {
        row.line_id: (
            row.line,
            LineFate(row.late, row.short, None if row.last_period is None else horizon.monday(row.last_period)),
        )
        for row in rows
    }


def lot_changes(old: list[tuple[PlannedLot, date]], new: list[tuple[PlannedLot, date]]) -> tuple[LotChange, ...]:
    pieces: dict[tuple[date, str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    ends: dict[tuple[date, str, str], PlannedLot] = {}
    for at, lots in enumerate((old, new)):
        for lot, monday in lots:
            key = (monday, lot.part.code, lot.workshop.code)
            pieces[key][at] += lot.quantity
            ends[key] = lot
    return tuple(
        LotChange(ends[key].part, ends[key].workshop, key[0], *pieces[key])
        for key in sorted(pieces)
        if abs(pieces[key][0] - pieces[key][1]) > PIECES
    )


def work_changes(old: list[tuple[PlannedLot, date]], new: list[tuple[PlannedLot, date]]) -> tuple[WorkChange, ...]:
    """Those who lose most hours first."""
    hours: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    workshops: dict[str, Workshop] = {}
    for at, lots in enumerate((old, new)):
        for lot, _monday in lots:
            hours[lot.workshop.code][at] += lot.hours
            workshops[lot.workshop.code] = lot.workshop
    rows = [WorkChange(workshops[code], *both) for code, both in hours.items() if abs(both[0] - both[1]) > HOURS]
    return tuple(sorted(rows, key=lambda row: (row.after - row.before, row.workshop.code)))
