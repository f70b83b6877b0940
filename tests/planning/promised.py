"""What can be promised, found the long way: the whole problem with the plan's rows as promises, solved for each date.

Written from the definition in wadah.planning.promise's head, on the independent formulation of oracle.py: every lot of
the plan is a commitment, lots outside the order's bill of materials can't change, deliveries are as they are.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from planning.oracle import Oracle
from wadah.planning.plan import Plan, cost
from wadah.planning.problem import Lot, Order, Problem

PIECES = 1e-6


class Promised(Oracle):
    """The oracle's program of the problem with one order more, everything promised held."""

    def __init__(self, problem: Problem, plan: Plan, order: Order) -> None:
        self.before = sum(cost(problem, plan).values())
        self.plain, self.given, self.order = problem, plan, order
        asked = replace(order, due=problem.periods - 1, late_cost=0.0, short_cost=1.0)
        lots = tuple(Lot(*row) for row in plan.make if row[3] > 0)
        super().__init__(replace(problem, orders=(*problem.orders, asked), committed=lots))
        self.hold()

    def hold(self) -> None:
        tree, problem = self.tree(self.order.part), self.plain
        started = {row[:3]: row[3] for row in self.given.make}
        delivered = {row[:2]: row[2] for row in self.given.deliver}
        at = dict(self.given.assign)
        for k in problem.capabilities:
            if k.part not in tree:
                for t in self.times:
                    self.fix(("x", k.part, k.workshop, t), started.get((k.part, k.workshop, t), 0.0))
        for i in problem.orders:
            for t in self.times:
                self.fix(("d", i.id, t), delivered.get((i.id, t), 0.0))
            for k in problem.capabilities_of.get(i.part, ()) if i.single_source else ():
                self.fix(("assigned", i.id, k.workshop), float(at.get(i.id) == k.workshop))

    def tree(self, part: str) -> set[str]:
        return {part}.union(*(self.tree(child) for child, _ in self.plain.part[part].bom))

    def fix(self, name: tuple, value: float) -> None:
        column = self.number[name]
        self.low[column] = self.high[column] = value

    def least(self, price: list[float], until: int, short: float) -> float | None:
        """The least value with nothing delivered after `until` and at most so many pieces short; None: no plan."""
        low, high = np.array(self.low), np.array(self.high)
        for t in range(until + 1, self.plain.periods):
            high[self.number["d", self.order.id, t]] = 0.0
        high[self.number["s", self.order.id]] = short
        matrix, row_low, row_high = self.matrix()
        row_low, row_high = row_low - 1e-9, row_high + 1e-9
        found = milp(
            price,
            constraints=LinearConstraint(matrix, row_low, row_high),
            bounds=Bounds(low, high),
            integrality=np.array(self.whole, dtype=int),
            options={"mip_rel_gap": 0.0},
        )
        assert found.status in (0, 2), found.message
        return float(found.fun) if found.status == 0 else None

    def largest(self, until: int) -> float:
        """The largest quantity by the end of `until`."""
        price = [0.0] * len(self.price)
        price[self.number["s", self.order.id]] = 1.0
        short = self.least(price, until, self.order.quantity)
        return 0.0 if short is None or until < 0 else self.order.quantity - short

    def earliest(self) -> int | None:
        """The first period by whose end all can be delivered."""
        for t in self.times:
            if self.largest(t) >= self.order.quantity - PIECES:
                return t
        return None

    def rupiah(self, until: int, quantity: float) -> float | None:
        """Rupiah that the plan costs more with so much delivered by the end of `until`, not counting its own."""
        price = list(self.price)
        price[self.number["s", self.order.id]] = 0.0
        least = self.least(price, until, self.order.quantity - quantity + 1e-9)
        return None if least is None else least + self.constant - self.before
