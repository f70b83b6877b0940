"""What is already promised: a plan's rows, indexed once, so that any number of questions can be asked of them.

In: a problem and a plan whose rows can be read (no "rows" violation). Out: lots by part, deliveries by order, hours
used by workshop and period, and who takes what from whom. Building it reads every row of the plan once; a question
(cutout.py) then touches only the parts it is about.
"""

from __future__ import annotations

from collections import defaultdict
from copy import copy
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from wadah.planning.plan import Plan
    from wadah.planning.problem import Order, Problem

    Floats = NDArray[np.float64]

LotRow = tuple[str, int, float]  # workshop, period, pieces started


class Book:
    """The promises of one plan. Hours are a matrix workshop × period, in the problem's own order."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem, self.plan = problem, plan
        self.workshop_row = {row.id: index for index, row in enumerate(problem.workshops)}
        self.lots: dict[str, list[LotRow]] = defaultdict(list)
        self.parts_at: dict[str, set[str]] = defaultdict(set)
        self.used = np.zeros((len(problem.workshops), problem.periods))
        able, row_of = problem.capability, self.workshop_row
        for part, workshop, t, x in plan.make:
            if x > 0:
                period = int(t)
                self.lots[part].append((workshop, period, x))
                self.parts_at[workshop].add(part)
                k = able[part, workshop]
                self.used[row_of[workshop], period] += k.setup_hours + k.hours_per_unit * x
        self.delivered: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for order, t, pieces in plan.deliver:
            if pieces > 0:
                self.delivered[order].append((int(t), pieces))
        self.assigned = dict(plan.assign)
        self.scrapped: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for part, t, pieces in plan.scrap:
            self.scrapped[part].append((int(t), pieces))

    def without(
        self,
        problem: Problem,
        closed: Mapping[tuple[str, str], set[int]],
        most: Mapping[tuple[str, str, int], float] | None = None,
    ) -> Book:
        """The book of a changed problem and the same plan without its lots in closed periods, by (part, workshop).

        most: pieces that a lot may have left, by (part, workshop, period). New orders of the problem are short. The
        plan may lack pieces that it delivers.
        """
        limits = dict(most or {})
        limits |= {(part, at, t): 0.0 for (part, at), periods in closed.items() for t in periods}
        touched = {
            part
            for part in {key[0] for key in limits}
            for at, t, x in self.lots.get(part, ())
            if x > limits.get((part, at, t), x)
        }
        new = [order for order in problem.orders if order.id not in self.problem.order and order.quantity > 0]
        rows = ((row, min(row[3], limits.get((row[0], row[1], int(row[2])), row[3]))) for row in self.plan.make)
        make = tuple(row if left == row[3] else (*row[:3], left) for row, left in rows if left > 0 or row[3] == left)
        short = (*self.plan.short, *((order.id, order.quantity) for order in new))
        return self.changed(problem, replace(self.plan, make=make, short=short), touched)

    def changed(self, problem: Problem, plan: Plan, parts: Iterable[str]) -> Book:
        """The book of another plan, which differs from this one only in the lots and orders of some parts."""
        book = copy(self)
        for name in ("orders_of", "parents_of"):
            book.__dict__.pop(name, None)
        book.problem, book.plan, book.used = problem, plan, self.used.copy()
        book.lots, book.delivered, book.scrapped = self.lots.copy(), self.delivered.copy(), self.scrapped.copy()
        book.parts_at = self.parts_at.copy()
        book.assigned = dict(plan.assign)
        parts = set(parts)
        for part in parts:
            book.count(part, -1.0)
            book.lots[part], book.scrapped[part] = [], []
        for part, workshop, t, x in plan.make:
            if part in parts and x > 0:
                book.lots[part].append((workshop, int(t), x))
        for part in parts:
            book.count(part, 1.0)
        orders = {order.id for part in parts for order in book.orders_of.get(part, ())}
        book.delivered.update({order: [] for order in orders})
        for order, t, pieces in plan.deliver:
            if order in orders and pieces > 0:
                book.delivered[order].append((int(t), pieces))
        for part, t, pieces in plan.scrap:
            if part in parts:
                book.scrapped[part].append((int(t), pieces))
        return book

    def count(self, part: str, sign: float) -> None:
        """Add the hours of a part's lots to `used`, or take them off, and note where it is made."""
        able, row_of = self.problem.capability, self.workshop_row
        for workshop, t, x in self.lots[part]:
            k = able[part, workshop]
            self.used[row_of[workshop], t] += sign * (k.setup_hours + k.hours_per_unit * x)
            at = self.parts_at.get(workshop, set())
            self.parts_at[workshop] = at | {part} if sign > 0 else at - {part}

    @cached_property
    def orders_of(self) -> dict[str, list[Order]]:
        """Orders by part id; a part that nobody orders is left out."""
        found: dict[str, list[Order]] = {}
        for order in self.problem.orders:
            found.setdefault(order.part, []).append(order)
        return found

    @cached_property
    def parents_of(self) -> dict[str, list[str]]:
        """Parts that take a part, by its id."""
        found: dict[str, list[str]] = defaultdict(list)
        for part in self.problem.parts:
            for child, _ in part.bom:
                found[child].append(part.id)
        return found

    def below(self, part: str) -> set[str]:
        """The part, and everything it is made of."""
        found, open_ = {part}, [part]
        while open_:
            for child, _ in self.problem.part[open_.pop()].bom:
                if child not in found:
                    found.add(child)
                    open_.append(child)
        return found

    def above(self, part: str) -> set[str]:
        """The part, and everything that it goes into."""
        found, open_ = {part}, [part]
        while open_:
            for parent in self.parents_of.get(open_.pop(), ()):
                if parent not in found:
                    found.add(parent)
                    open_.append(parent)
        return found

    def taken_by(self, parent: str, child: str) -> Floats:
        """Pieces of `child` that the lots of `parent` take out of stock, by period (docs/model.md §1)."""
        part = self.problem.part[parent]
        pieces = sum(quantity for name, quantity in part.bom if name == child)
        taken = np.zeros(self.problem.periods)
        for _, t, x in self.lots.get(parent, ()):
            taken[max(0, t - part.lead_time)] += pieces * x
        return taken

    def received(self, part: str) -> Floats:
        """Good pieces of a part that come into stock, by period."""
        good = np.zeros(self.problem.periods)
        for workshop, t, x in self.lots.get(part, ()):
            good[t] += self.problem.capability[part, workshop].yield_rate * x
        return good

    def gone(self, part: str) -> Floats:
        """Pieces of a part that leave stock: components, deliveries and scrap, by period."""
        out = np.zeros(self.problem.periods)
        for parent in self.parents_of.get(part, ()):
            out += self.taken_by(parent, part)
        rows = [row for order in self.orders_of.get(part, ()) for row in self.delivered.get(order.id, ())]
        for t, pieces in (*rows, *self.scrapped.get(part, ())):
            out[t] += pieces
        return out
