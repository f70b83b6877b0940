"""A plan as lanes: one a workshop, one cell a week, with the hours it takes of those there are and what is late."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wadah.plans.keep import problem_kept
from wadah.plans.lateness import late_lots
from wadah.plans.rules import Horizon
from wadah.plans.selectors.tables import ALMOST_NONE, plan_by_workshop
from wadah.plans.snapshot import line_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
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
    """weeks: the Monday of each period; lanes: workshops that have work, the busiest first."""

    weeks: tuple[date, ...]
    lanes: tuple[Lane, ...]


def plan_gantt(run: PlanRun, lines: Sequence[PlannedLine] = ()) -> Gantt:
    """Lanes of the workshops that a plan gives work to; lines: its order lines, where what is late is to be marked."""
    horizon = Horizon(run.start_on, run.weeks)
    problem, rows = problem_kept(run), plan_by_workshop(run)
    late = late_of(problem, rows, lines)
    lanes = tuple(lane(row, problem.workshop[row.workshop.code], horizon, late) for row in rows)
    return Gantt(tuple(horizon.monday(t) for t in range(run.weeks)), lanes)


def late_of(
    problem: Problem, rows: Sequence[WorkshopRow], lines: Sequence[PlannedLine]
) -> dict[tuple[str, int], set[str]]:
    """Orders that a workshop's work of a week is late for, by workshop and period."""
    if not any(line.late > ALMOST_NONE for line in lines):
        return {}
    lots: dict[Key, float] = {
        (lot.part.code, row.workshop.code, lot.period): lot.quantity for row in rows for lot in row.lots
    }
    deliveries = [(line_id(line.line), int(t), float(pieces)) for line in lines for t, pieces in line.deliveries]
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    for (_part, workshop, period), orders in late_lots(problem, lots, deliveries).items():
        found[workshop, period] |= orders
    return found


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
