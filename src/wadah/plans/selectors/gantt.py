"""A plan as lanes: one a workshop, one cell a week, with the hours it takes of those there are and what is late."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wadah.plans.keep import plan_kept, problem_kept
from wadah.plans.lateness import late_lots
from wadah.plans.rules import Horizon
from wadah.plans.selectors.tables import ALMOST_NONE, plan_by_workshop, workshops_busiest
from wadah.plans.snapshot import line_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from wadah.planning.problem import Problem
    from wadah.planning.problem import Workshop as PlanningWorkshop
    from wadah.plans.lateness import Key
    from wadah.plans.models import PlannedLine, PlannedLot, PlanRun
    from wadah.plans.selectors.tables import WorkshopRow
    from wadah.register.models import Workshop


@dataclass(frozen=True)
class Cell:
    """One workshop in one week: hours used of the regular ones (overtime may add to them), and what is made.

    late_for: orders ("PO-1/1") that get pieces late because a lot of this week starts too late for them.
    """

    period: int
    monday: date
    hours: float
    regular: float
    overtime: float
    lots: tuple[PlannedLot, ...]
    late_for: tuple[str, ...] = ()

    @property
    def load(self) -> float:
        """Hours used as a share of the regular ones; above 1 is overtime; 1 where there are none but some are used."""
        return self.hours / self.regular if self.regular > 0 else float(self.hours > 0)


@dataclass(frozen=True)
class Lane:
    workshop: Workshop
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Gantt:
    """weeks: the Monday of each period; lanes: workshops that have work, the busiest first; more: how many more have
    work but no lane; late: what comes late of all workshops, the busiest first, then by week: code of the workshop,
    Monday, orders."""

    weeks: tuple[date, ...]
    lanes: tuple[Lane, ...]
    more: int = 0
    late: tuple[tuple[str, date, tuple[str, ...]], ...] = ()


def plan_gantt(run: PlanRun, lines: Sequence[PlannedLine] = (), *, lanes_max: int | None = None) -> Gantt:
    """Lanes of the workshops that a plan gives work to, of the busiest `lanes_max` alone where that is given.

    lines: its order lines, where what is late is to be marked. Four queries.
    """
    horizon = Horizon(run.start_on, run.weeks)
    problem, busiest = problem_kept(run), dict(workshops_busiest(run))
    late = late_of(run, problem, lines)
    rows = plan_by_workshop(run, list(busiest)[:lanes_max])
    place = {code: at for at, code in enumerate(busiest.values())}
    told = sorted(late.items(), key=lambda one: (place[one[0][0]], one[0][1]))
    return Gantt(
        weeks=tuple(horizon.monday(t) for t in range(run.weeks)),
        lanes=tuple(lane(row, problem.workshop[row.workshop.code], horizon, late) for row in rows),
        more=len(busiest) - len(rows),
        late=tuple((code, horizon.monday(t), tuple(sorted(orders))) for (code, t), orders in told),
    )


def late_of(run: PlanRun, problem: Problem, lines: Sequence[PlannedLine]) -> dict[tuple[str, int], set[str]]:
    """Orders that a workshop's work of a week is late for, by workshop and period."""
    if not any(line.late > ALMOST_NONE for line in lines):
        return {}
    lots: dict[Key, float] = {
        (part, workshop, int(t)): pieces for part, workshop, t, pieces in plan_kept(run).make if pieces > 0
    }
    deliveries = [row for line in lines for row in made_for(line)]
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    for (_part, workshop, period), orders in late_lots(problem, lots, deliveries).items():
        found[workshop, period] |= orders
    return found


def made_for(line: PlannedLine) -> Iterator[tuple[str, int, float]]:
    """A line's deliveries (its id, period, pieces) without the pieces that were at hand and that no lot is made for."""
    ready = line.from_stock
    for t, pieces in line.deliveries:
        taken = min(ready, pieces)
        ready -= taken
        if pieces > taken:
            yield line_id(line.line), int(t), float(pieces - taken)


def lane(
    row: WorkshopRow, planned: PlanningWorkshop, horizon: Horizon, late: Mapping[tuple[str, int], set[str]]
) -> Lane:
    lots: dict[int, list[PlannedLot]] = defaultdict(list)
    for lot in row.lots:
        lots[lot.period].append(lot)
    cells = tuple(
        Cell(
            period=t,
            monday=horizon.monday(t),
            hours=sum(lot.hours for lot in lots[t]),
            regular=planned.hours[t],
            overtime=planned.overtime_hours[t],
            lots=tuple(lots[t]),
            late_for=tuple(sorted(late.get((planned.id, t), ()))),
        )
        for t in range(horizon.weeks)
    )
    return Lane(row.workshop, cells)
