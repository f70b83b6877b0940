"""A plan as lanes: one a workshop, one cell a week, with the hours it takes of those there are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wadah.plans.keep import problem_kept
from wadah.plans.rules import Horizon
from wadah.plans.selectors.tables import plan_by_workshop

if TYPE_CHECKING:
    from datetime import date

    from wadah.planning.problem import Workshop as PlanningWorkshop
    from wadah.plans.models import PlannedLot, PlanRun
    from wadah.plans.selectors.tables import WorkshopRow
    from wadah.register.models import Workshop


@dataclass(frozen=True)
class Cell:
    """One workshop in one week: hours used of the regular ones (overtime may add to them), and what is made."""

    period: int
    monday: date
    hours: float
    regular: float
    overtime: float
    lots: tuple[PlannedLot, ...]

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


def plan_gantt(run: PlanRun) -> Gantt:
    """Lanes of the workshops that a plan gives work to."""
    horizon = Horizon(run.start_on, run.weeks)
    hours = problem_kept(run).workshop
    lanes = tuple(lane(row, hours[row.workshop.code], horizon) for row in plan_by_workshop(run))
    return Gantt(tuple(horizon.monday(t) for t in range(run.weeks)), lanes)


def lane(row: WorkshopRow, planned: PlanningWorkshop, horizon: Horizon) -> Lane:
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
        )
        for t in range(horizon.weeks)
    )
    return Lane(row.workshop, cells)
