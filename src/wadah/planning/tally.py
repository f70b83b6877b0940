"""What a plan's rows add up to: hours, pieces and stock, each as a matrix over periods.

In: a problem and a plan whose rows can be read (rowfaults.py finds none). Out: a Tally, computed on demand; rows of
workshops, parts and capabilities are in the problem's own order. Follows docs/model.md §1 and §2; knows no limits.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from wadah.planning.plan import Plan
    from wadah.planning.problem import Capability, Problem

    Matrix = NDArray[np.float64]
    Vector = NDArray[np.float64]
    Index = NDArray[np.intp]


class Tally:
    """The sums behind the referee and the pages; every matrix has one column a period."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.plan = plan
        self.part_row = {part.id: row for row, part in enumerate(problem.parts)}
        self.workshop_row = {workshop.id: row for row, workshop in enumerate(problem.workshops)}
        self.capability_row = {(row.part, row.workshop): index for index, row in enumerate(problem.capabilities)}

    @cached_property
    def rows(self) -> tuple[Index, Index, Vector]:
        """Capability row, period and pieces started of each row of make with x > 0, which are those with y = 1."""
        made = [row for row in self.plan.make if row[3] > 0]
        able = np.fromiter((self.capability_row[row[0], row[1]] for row in made), dtype=np.intp, count=len(made))
        periods = np.fromiter((row[2] for row in made), dtype=np.intp, count=len(made))
        return able, periods, np.fromiter((row[3] for row in made), dtype=float, count=len(made))

    @cached_property
    def lots(self) -> list[tuple[Capability, int, float]]:
        """The same, as capability, period, pieces."""
        able = self.problem.capabilities
        return [(able[row], t, x) for row, t, x in zip(*(column.tolist() for column in self.rows), strict=True)]

    @cached_property
    def started(self) -> dict[tuple[str, str, int], float]:
        """Pieces started by (part, workshop, period); nothing there means none."""
        return {(row.part, row.workshop, t): x for row, t, x in self.lots}

    def figures(self, name: str) -> Vector:
        """One figure of the capability of each lot."""
        able = self.rows[0]
        column = np.fromiter((getattr(row, name) for row in self.problem.capabilities), dtype=float)
        return column[able] if len(able) else np.zeros(0)

    @cached_property
    def part_of(self) -> Index:
        """The part row of each lot."""
        return np.array([self.part_row[row.part] for row in self.problem.capabilities], dtype=np.intp)[self.rows[0]]

    @cached_property
    def workshop_of(self) -> Index:
        """The workshop row of each lot."""
        rows = [self.workshop_row[row.workshop] for row in self.problem.capabilities]
        return np.array(rows, dtype=np.intp)[self.rows[0]]

    @cached_property
    def used(self) -> Matrix:
        """Hours used, set-ups included: workshop × period (§2)."""
        _, periods, pieces = self.rows
        hours = self.figures("hours_per_unit") * pieces + self.figures("setup_hours")
        return self.summed(len(self.workshop_row), self.workshop_of, periods, hours)

    @cached_property
    def overtime(self) -> Matrix:
        """Overtime that the hours used make necessary, exactly: workshop × period."""
        hours = np.array([row.hours for row in self.problem.workshops], dtype=float)
        over: Matrix = np.maximum(0.0, self.used - hours.reshape(self.used.shape))
        return over

    @cached_property
    def received(self) -> Matrix:
        """Good pieces that come into stock: part × period."""
        _, periods, pieces = self.rows
        return self.summed(len(self.part_row), self.part_of, periods, self.figures("yield_rate") * pieces)

    @cached_property
    def taken(self) -> Matrix:
        """Pieces that leave stock as components, lead time ahead but never before period 0: part × period."""
        _, periods, pieces = self.rows
        made = self.summed(len(self.part_row), self.part_of, periods, pieces)
        total = np.zeros_like(made)
        for row in np.flatnonzero(made.any(axis=1)):
            part = self.problem.parts[row]
            lead = min(part.lead_time, made.shape[1])
            needed = np.append(made[row, lead:], np.zeros(lead))
            needed[0] += made[row, :lead].sum()
            for component, quantity in part.bom:
                total[self.part_row[component]] += quantity * needed
        return total

    @cached_property
    def delivered(self) -> Matrix:
        """Pieces that leave for orders: part × period."""
        order = self.problem.order
        rows = ((self.part_row[order[i].part], int(t), d) for i, t, d in self.plan.deliver)
        return self.matrix(len(self.part_row), rows)

    @cached_property
    def scrapped(self) -> Matrix:
        return self.matrix(len(self.part_row), ((self.part_row[part], int(t), e) for part, t, e in self.plan.scrap))

    @cached_property
    def stock(self) -> Matrix:
        """Pieces at the hub when the period ends: part × period (§1)."""
        opening = np.array([part.stock for part in self.problem.parts], dtype=float).reshape(-1, 1)
        return opening + np.cumsum(self.received - self.taken - self.delivered - self.scrapped, axis=1)

    def matrix(self, height: int, rows: Iterable[tuple[int, int, float]]) -> Matrix:
        """Sum (row, period, value) triples into a matrix."""
        cells = np.array(list(rows), dtype=float).reshape(-1, 3)
        return self.summed(height, cells[:, 0].astype(np.intp), cells[:, 1].astype(np.intp), cells[:, 2])

    def summed(self, height: int, rows: Index, periods: Index, values: Vector) -> Matrix:
        """Sum values by row and period."""
        width = self.problem.periods
        total: Vector = np.bincount(rows * width + periods, values, height * width).astype(float)
        return total.reshape(height, width)


def used_hours(problem: Problem, plan: Plan) -> dict[tuple[str, int], float]:
    """Hours used, set-ups included, by (workshop id, period); a period without work is left out."""
    used = Tally(problem, plan).used
    ids = [workshop.id for workshop in problem.workshops]
    return {(ids[row], int(t)): float(used[row, t]) for row, t in np.argwhere(used > 0)}


def stock_levels(problem: Problem, plan: Plan) -> dict[str, tuple[float, ...]]:
    """Pieces at the hub at the end of each period, by part id."""
    stock = Tally(problem, plan).stock.tolist()
    return {part.id: tuple(levels) for part, levels in zip(problem.parts, stock, strict=True)}


def late_orders(problem: Problem, plan: Plan) -> dict[str, float]:
    """Pieces delivered after the due period, by order id; orders with none are left out."""
    late: dict[str, float] = defaultdict(float)
    for order, t, pieces in plan.deliver:
        if t > problem.order[order].due and pieces > 0:
            late[order] += pieces
    return dict(late)
