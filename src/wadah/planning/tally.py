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


class Tally:
    """The sums behind the referee and the pages; every matrix has one column a period."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.plan = plan
        self.part_row = {part.id: row for row, part in enumerate(problem.parts)}
        self.workshop_row = {workshop.id: row for row, workshop in enumerate(problem.workshops)}
        self.capability_row = {(row.part, row.workshop): index for index, row in enumerate(problem.capabilities)}

    @cached_property
    def lots(self) -> list[tuple[Capability, int, float]]:
        """Capability, period, pieces started: the rows of make with x > 0, which are those with y = 1."""
        able = self.problem.capability
        return [(able[part, workshop], int(t), x) for part, workshop, t, x in self.plan.make if x > 0]

    @cached_property
    def started(self) -> dict[tuple[str, str, int], float]:
        """Pieces started by (part, workshop, period); nothing there means none."""
        return {(row.part, row.workshop, t): x for row, t, x in self.lots}

    @cached_property
    def used(self) -> Matrix:
        """Hours used, set-ups included: workshop × period (§2)."""
        rows = ((self.workshop_row[k.workshop], t, k.hours_per_unit * x + k.setup_hours) for k, t, x in self.lots)
        return self.matrix(len(self.workshop_row), rows)

    @cached_property
    def overtime(self) -> Matrix:
        """Overtime that the hours used make necessary, exactly: workshop × period."""
        hours = np.array([row.hours for row in self.problem.workshops], dtype=float)
        over: Matrix = np.maximum(0.0, self.used - hours.reshape(self.used.shape))
        return over

    @cached_property
    def received(self) -> Matrix:
        """Good pieces that come into stock: part × period."""
        return self.matrix(len(self.part_row), ((self.part_row[k.part], t, k.yield_rate * x) for k, t, x in self.lots))

    @cached_property
    def taken(self) -> Matrix:
        """Pieces that leave stock as components, lead time ahead but never before period 0: part × period."""
        return self.matrix(len(self.part_row), self.components())

    def components(self) -> Iterable[tuple[int, int, float]]:
        pieces: dict[tuple[str, int], float] = defaultdict(float)
        for row, t, x in self.lots:
            pieces[row.part, t] += x
        for (part_id, t), x in pieces.items():
            part = self.problem.part[part_id]
            for component, quantity in part.bom:
                yield self.part_row[component], max(0, t - part.lead_time), quantity * x

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
        width = self.problem.periods
        cells = np.array([(row * width + t, value) for row, t, value in rows], dtype=float).reshape(-1, 2)
        total = np.zeros(height * width)
        np.add.at(total, cells[:, 0].astype(np.int64), cells[:, 1])
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
