"""A second, independent formulation of docs/model.md for small problems, solved by scipy's own mixed-integer solver.

It shares no code with wadah.planning's formulation, bound or referee: it was written from the page alone, one method
a paragraph, with plain names for variables and no attempt at speed. What it finds is checked by exhaustive search.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array

from wadah.planning.plan import Plan

if TYPE_CHECKING:
    from wadah.planning.problem import Capability, Part, Problem

SOURCE = 2e-6  # pieces of a part that can be cut which make a workshop one of its sources: just over 1e-6


@dataclass(frozen=True)
class Answer:
    """The least cost and a plan that has it; None and None where no plan obeys every rule."""

    optimum: float | None
    plan: Plan | None


def oracle(problem: Problem, presolve: bool = True) -> Answer:
    """The optimum of a small problem, exact to about 1e-9 relative.

    The solver inside scipy is itself now and then wrong, with its presolve on (seeds 2807, 4408 of tiny.py) or off.
    Its answer is a valid plan all the same, so where another valid plan beats it, ask again the other way.
    """
    return Oracle(problem).answer(presolve)


class Oracle:
    """Variables are numbered as they are named; a term is a name with its coefficient."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.times = range(problem.periods)
        self.number: dict[tuple, int] = {}
        self.low: list[float] = []
        self.high: list[float] = []
        self.whole: list[bool] = []
        self.price: list[float] = []
        self.rows: list[tuple[dict[int, float], float, float]] = []
        self.constant = 0.0
        self.impossible = False
        self.promised: dict[tuple[str, str, int], float] = defaultdict(float)
        for lot in problem.committed:
            self.promised[lot.part, lot.workshop, lot.period] += lot.quantity
        self.most = most_pieces(problem)
        self.variables()
        for part in problem.parts:
            self.stock_balance(part)
            self.shelf_life(part)
            self.sources(part)
        self.hours()
        self.lots()
        self.orders()
        self.single_source()
        self.targets()
        self.changes()

    # ---- building blocks

    def add(self, *name, low: float = 0.0, high: float = math.inf, whole: bool = False, price: float = 0.0) -> None:
        self.number[name] = len(self.low)
        self.low.append(low)
        self.high.append(high)
        self.whole.append(whole)
        self.price.append(price)

    def row(self, terms: list[tuple[tuple, float]], low: float = -math.inf, high: float = math.inf) -> None:
        cells: dict[int, float] = defaultdict(float)
        for name, factor in terms:
            cells[self.number[name]] += factor
        self.rows.append((cells, low, high))

    # ---- the page, paragraph by paragraph

    def variables(self) -> None:
        self.making()
        self.workshops()
        self.stocks()
        self.deliveries()

    def making(self) -> None:
        problem = self.problem
        for k in problem.capabilities:
            for t in self.times:
                promise = self.promised.get((k.part, k.workshop, t), 0.0)
                whole = problem.part[k.part].integer
                self.add("x", k.part, k.workshop, t, low=promise, whole=whole, price=k.cost_per_unit)
                self.add("y", k.part, k.workshop, t, high=1, whole=True, price=k.setup_cost)
        for (part, workshop, _), quantity in self.promised.items():
            if quantity > 0 and (part, workshop) not in problem.capability:
                self.impossible = True

    def workshops(self) -> None:
        for w in self.problem.workshops:
            self.add("z", w.id, high=1, whole=True, price=w.engage_cost)
            self.add("below", w.id, price=w.below_target_cost)
            for t in self.times:
                self.add("o", w.id, t, high=w.overtime_hours[t], price=w.overtime_cost)

    def stocks(self) -> None:
        for p in self.problem.parts:
            for t in self.times:
                self.add("I", p.id, t, price=p.holding_cost)
                if p.shelf_life is not None:
                    self.add("e", p.id, t, whole=p.integer)

    def deliveries(self) -> None:
        problem = self.problem
        for i in problem.orders:
            short_limit = 0.0 if i.short_cost is None else i.quantity
            self.add("s", i.id, high=short_limit, price=i.short_cost or 0.0)
            for t in self.times:
                late = max(0, t - i.due)
                closed = t < i.earliest or (late > 0 and i.late_cost is None)
                whole = problem.part[i.part].integer
                price = (i.late_cost or 0.0) * late
                self.add("d", i.id, t, high=0.0 if closed else i.quantity, whole=whole, price=price)

    def stock_balance(self, p: Part) -> None:
        """§1, one row a period: what there was, plus what comes in, less what leaves, is what there is."""
        makers = self.problem.capabilities_of
        for t in self.times:
            terms: list[tuple[tuple, float]] = [(("I", p.id, t), -1.0)]
            if t > 0:
                terms.append((("I", p.id, t - 1), 1.0))
            terms += [(("x", k.part, k.workshop, t), k.yield_rate) for k in makers.get(p.id, ())]
            for q in self.problem.parts:
                for component, pieces in q.bom:
                    if component == p.id:
                        starts = [u for u in self.times if max(0, u - q.lead_time) == t]
                        terms += [(("x", k.part, k.workshop, u), -pieces) for k in makers.get(q.id, ()) for u in starts]
            terms += [(("d", i.id, t), -1.0) for i in self.problem.orders if i.part == p.id]
            if p.shelf_life is not None:
                terms.append((("e", p.id, t), -1.0))
            opening = -p.stock if t == 0 else 0.0
            self.row(terms, opening, opening)

    def hours(self) -> None:
        """§2"""
        for w in self.problem.workshops:
            for t in self.times:
                self.row([*self.hours_terms(w.id, [t]), (("o", w.id, t), -1.0)], high=w.hours[t])

    def hours_terms(self, workshop: str, times) -> list[tuple[tuple, float]]:
        terms = []
        for k in self.problem.capabilities:
            if k.workshop == workshop:
                terms += [(("x", k.part, workshop, t), k.hours_per_unit) for t in times]
                terms += [(("y", k.part, workshop, t), k.setup_hours) for t in times]
        return terms

    def lots(self) -> None:
        """§3, §8, §9: y is 1 exactly where x > 0, and z wherever some y is."""
        for k in self.problem.capabilities:
            for t in self.times:
                x, y = ("x", k.part, k.workshop, t), ("y", k.part, k.workshop, t)
                promised = self.promised.get((k.part, k.workshop, t), 0.0) > 0
                least = 0.0 if promised else k.min_lot
                if self.problem.part[k.part].integer:
                    least = max(1.0, least)
                self.row([(x, 1.0), (y, -self.most[k.part, k.workshop, t])], high=0)
                self.row([(x, 1.0), (y, -least)], low=0)
                self.row([(y, 1.0), (("z", k.workshop), -1.0)], high=0)

    def orders(self) -> None:
        """§5"""
        for i in self.problem.orders:
            self.row([(("s", i.id), 1.0)] + [(("d", i.id, t), 1.0) for t in self.times], i.quantity, i.quantity)
            if not i.partial:
                for t in self.times:
                    self.add("all", i.id, t, high=1, whole=True)
                    self.row([(("d", i.id, t), 1.0), (("all", i.id, t), -i.quantity)], 0, 0)
                self.row([(("all", i.id, t), 1.0) for t in self.times], high=1)

    def sources(self, p: Part) -> None:
        """§6: shares of all pieces started, and a count of workshops that starts at least one piece."""
        makers = self.problem.capabilities_of.get(p.id, ())
        total = [(("x", k.part, k.workshop, t), -p.max_share) for k in makers for t in self.times]
        for k in makers:
            self.row(total + [(("x", k.part, k.workshop, t), 1.0) for t in self.times], high=0)
        self.add("made", p.id, high=1, whole=True)
        for k in makers:
            self.add("source", p.id, k.workshop, high=1, whole=True)
            own = [(("x", p.id, k.workshop, t), 1.0) for t in self.times]
            self.row([*own, (("source", p.id, k.workshop), -(1.0 if p.integer else SOURCE))], low=0)
            set_up = [(("y", p.id, k.workshop, t), 1.0) for t in self.times]
            self.row([*set_up, (("source", p.id, k.workshop), -1.0)], low=0)
            for t in self.times:
                self.row([(("y", p.id, k.workshop, t), 1.0), (("made", p.id), -1.0)], high=0)
        sources = [(("source", p.id, k.workshop), 1.0) for k in makers]
        self.row([*sources, (("made", p.id), -float(p.min_sources))], low=0)

    def single_source(self) -> None:
        """§7: each such order's deliveries are those of the one workshop it is assigned to."""
        orders = [i for i in self.problem.orders if i.single_source]
        for i in orders:
            makers = self.problem.capabilities_of.get(i.part, ())
            for k in makers:
                self.add("assigned", i.id, k.workshop, high=1, whole=True)
                for t in self.times:
                    self.add("from", i.id, k.workshop, t)
                    limits = [(("from", i.id, k.workshop, t), 1.0), (("assigned", i.id, k.workshop), -i.quantity)]
                    self.row(limits, high=0)
            self.row([(("assigned", i.id, k.workshop), 1.0) for k in makers], high=1)
            for t in self.times:
                parts = [(("from", i.id, k.workshop, t), 1.0) for k in makers]
                self.row([*parts, (("d", i.id, t), -1.0)], 0, 0)
        for part in {i.part for i in orders}:
            for k in self.problem.capabilities_of.get(part, ()):
                for t in self.times:
                    until = range(t + 1)
                    out = [(("from", i.id, k.workshop, u), 1.0) for i in orders if i.part == part for u in until]
                    self.row(out + [(("x", part, k.workshop, u), -k.yield_rate) for u in until], high=0)

    def targets(self) -> None:
        """§11, fairness: hours below the target, set-ups counted as hours."""
        for w in self.problem.workshops:
            self.row([*self.hours_terms(w.id, self.times), (("below", w.id), 1.0)], low=w.target_hours)

    def shelf_life(self, p: Part) -> None:
        """§10: stock at the end of t came in after period t − L; opening stock came in at −1."""
        if p.shelf_life is None:
            return
        for t in self.times:
            first = t - p.shelf_life + 1
            terms: list[tuple[tuple, float]] = [(("I", p.id, t), 1.0)]
            for k in self.problem.capabilities_of.get(p.id, ()):
                terms += [(("x", k.part, k.workshop, u), -k.yield_rate) for u in range(max(0, first), t + 1)]
            self.row(terms, high=p.stock if first <= -1 else 0.0)

    def changes(self) -> None:
        """§11, change: only keys that have a row in `previous`; a pair that can't be made any more counts from 0."""
        before: dict[tuple[str, str, int], float] = defaultdict(float)
        for lot in self.problem.previous:
            before[lot.part, lot.workshop, lot.period] += lot.quantity
        for (part, workshop, t), quantity in before.items():
            if (part, workshop) not in self.problem.capability:
                self.constant += self.problem.change_cost * quantity
                continue
            moved = ("moved", part, workshop, t)
            self.add(*moved, price=self.problem.change_cost)
            self.row([(moved, 1.0), (("x", part, workshop, t), -1.0)], low=-quantity)
            self.row([(moved, 1.0), (("x", part, workshop, t), 1.0)], low=quantity)

    # ---- solving

    def matrix(self) -> tuple[csr_array, np.ndarray, np.ndarray]:
        cells = [(r, c, v) for r, (terms, _, _) in enumerate(self.rows) for c, v in terms.items()]
        r, c, v = zip(*cells, strict=True) if cells else ((), (), ())
        matrix = csr_array((v, (r, c)), shape=(len(self.rows), len(self.low)))
        return matrix, np.array([row[1] for row in self.rows]), np.array([row[2] for row in self.rows])

    def answer(self, presolve: bool) -> Answer:
        if self.impossible or any(low > high for low, high in zip(self.low, self.high, strict=True)):
            return Answer(None, None)
        matrix, low, high = self.matrix()
        found = milp(
            self.price,
            constraints=LinearConstraint(matrix, low, high),
            bounds=Bounds(self.low, self.high),
            integrality=np.array(self.whole, dtype=int),
            options={"mip_rel_gap": 0.0, "presolve": presolve},
        )
        if found.status == 2:
            return Answer(None, None)
        assert found.status == 0, found.message
        values = self.polished(found.x, matrix, low, high)
        return Answer(float(np.dot(self.price, values)) + self.constant, self.plan(values))

    def polished(self, values: np.ndarray, matrix: csr_array, low: np.ndarray, high: np.ndarray) -> np.ndarray:
        """Whole numbers made whole, and the rest solved again for them at the tightest tolerance there is."""
        whole = np.array(self.whole)
        least = np.where(whole, np.round(values), self.low)
        most = np.where(whole, np.round(values), self.high)
        below, above = np.isfinite(high), np.isfinite(low)
        result = linprog(
            self.price,
            A_ub=np.vstack([matrix.toarray()[below], -matrix.toarray()[above]]),
            b_ub=np.concatenate([high[below], -low[above]]),
            bounds=np.column_stack([least, most]),
            method="highs",
            options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
        )
        assert result.status == 0, result.message
        return np.maximum(result.x, 0.0)

    def plan(self, values: np.ndarray) -> Plan:
        """The rows of the solution; amounts that are only noise are left out."""
        found = {name: float(values[column]) for name, column in self.number.items()}
        taken = {name: value for name, value in found.items() if value > 1e-7}
        return Plan(
            "optimal",
            make=rows(taken, "x"),
            deliver=rows(taken, "d"),
            short=rows(taken, "s"),
            scrap=rows(taken, "e"),
            overtime=self.overtime(taken),
            assign=tuple((i, w) for kind, i, w in (n for n in taken if n[0] == "assigned")),
        )

    def overtime(self, taken: dict[tuple, float]) -> tuple[tuple[str, int, float], ...]:
        """Not the solver's, which may be more than is needed where it costs nothing."""
        found = []
        for w in self.problem.workshops:
            for t in self.times:
                used = sum(factor * taken.get(name, 0.0) for name, factor in self.hours_terms(w.id, [t]))
                if used > w.hours[t]:
                    found.append((w.id, t, used - w.hours[t]))
        return tuple(found)


def rows(taken: dict[tuple, float], kind: str) -> tuple:
    return tuple((*name[1:], value) for name, value in taken.items() if name[0] == kind)


def most_pieces(problem: Problem) -> dict[tuple[str, str, int], float]:
    """A number of pieces that no sensible plan exceeds, by (part, workshop, period).

    Hours cap it where a piece takes hours. Where it takes none, more than is needed may still be made: to keep a
    minimum lot, another workshop's share, the previous plan, or, where good pieces must come out whole, up to ten at
    a time. So the need is counted generously, from the parents' own most.
    """
    found: dict[tuple[str, str, int], float] = {}
    for part in parents_before_components(problem):
        free = most_by_need(problem, part, found)
        for k in problem.capabilities_of.get(part.id, ()):
            for t in range(problem.periods):
                found[part.id, k.workshop, t] = min(free, most_by_limits(problem, k, t))
    return found


def most_by_limits(problem: Problem, k: Capability, t: int) -> float:
    workshop = problem.workshop[k.workshop]
    limit = math.inf if k.max_per_period is None else k.max_per_period[t]
    if k.hours_per_unit > 0:
        hours = workshop.hours[t] + workshop.overtime_hours[t]
        limit = min(limit, max(0.0, hours - k.setup_hours) / k.hours_per_unit)
    return limit


def most_by_need(problem: Problem, part: Part, found: dict[tuple[str, str, int], float]) -> float:
    makers = problem.capabilities_of.get(part.id, ())
    need = sum(i.quantity for i in problem.orders if i.part == part.id)
    for parent in problem.parts:
        pieces = sum(quantity for component, quantity in parent.bom if component == part.id)
        need += pieces * sum(most for (p, _, _), most in found.items() if p == parent.id)
    least_yield = min((k.yield_rate for k in makers), default=1.0)
    extra = sum(k.min_lot for k in makers) * problem.periods
    extra += sum(lot.quantity for lot in (*problem.committed, *problem.previous) if lot.part == part.id)
    by_hours = [most_by_limits(problem, k, t) for k in makers for t in range(problem.periods)]
    shared = sum(limit for limit in by_hours if math.isfinite(limit))  # a free maker may have to balance all the others
    balance = shared if part.max_share < 1 else 0.0
    if any(problem.workshop[k.workshop].below_target_cost > 0 for k in makers):
        balance += shared  # made for the hours alone
    return (need / least_yield + extra + balance + 10) / part.max_share


def parents_before_components(problem: Problem) -> list[Part]:
    depth: dict[str, int] = {part.id: 0 for part in problem.parts}
    for _ in problem.parts:
        for part in problem.parts:
            for component, _ in part.bom:
                depth[component] = max(depth[component], depth[part.id] + 1)
    return sorted(problem.parts, key=lambda part: depth[part.id])
