"""Why an order is late or short: the one part that holds it, and the numbers a manager can act on.

In: a problem and a plan that obeys it. Out: for each order that is late or short, one Reason. The method walks
down the bill of materials of the order's part and asks of each part that must still be made: who can make it, and how
many pieces fit into the hours left up to the week in which they would be needed. The part where the fewest of the
missing pieces fit holds the order. Where all would fit, being late is cheaper (overtime, set-ups, small lots), or the
plan isn't the best yet: its gap says how much is at stake. It describes the plan and proves nothing about others.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wadah.planning.plan import Plan
    from wadah.planning.problem import Capability, Order, Problem

Code = Literal["no_maker", "stock_out", "hours_full", "overdue", "beyond_horizon", "costlier"]

ALMOST_NONE = 1e-6
PLENTY = 1e12  # pieces; a finite stand-in where a piece takes no hours at all


@dataclass(frozen=True, slots=True)
class Reason:
    """Why `order` is late or short.

    code: no_maker (nobody in the pool may make `part`), stock_out (it is only bought, and what there is runs out),
    hours_full (its makers have no hours left up to `period`), overdue (it was due before the plan starts),
    beyond_horizon (it can't start before the plan ends), costlier (there is room, but using it costs more than being
    late). part: the part that holds it; makers: workshops that can make it; needed: pieces of it that are missing in
    time; room: pieces that would still fit up to `period`; load: share of the makers' hours in use up to then, 0 … 1.
    """

    order: str
    code: Code
    part: str
    period: int
    makers: int = 0
    needed: float = 0.0
    room: float = 0.0
    load: float = 0.0


def reasons(problem: Problem, plan: Plan) -> dict[str, Reason]:
    """One reason for each order of which pieces are late or never delivered, by order id."""
    missing = missing_in_time(problem, plan)
    if not missing:
        return {}
    room = Room(problem, plan)
    return {order_id: reason(problem, room, problem.order[order_id], pieces) for order_id, pieces in missing.items()}


def missing_in_time(problem: Problem, plan: Plan) -> dict[str, float]:
    """Pieces of each order that are not delivered by its due period; orders with none are left out."""
    punctual: dict[str, float] = defaultdict(float)
    for order_id, period, pieces in plan.deliver:
        if period <= problem.order[order_id].due:
            punctual[order_id] += pieces
    gaps = {order.id: order.quantity - punctual[order.id] for order in problem.orders}
    return {order_id: pieces for order_id, pieces in gaps.items() if pieces > ALMOST_NONE}


def reason(problem: Problem, room: Room, order: Order, missing: float) -> Reason:
    """The reason for one order: the part of its bill of materials with the least room for what is missing."""
    if order.due < 0:
        return Reason(order.id, "overdue", order.part, order.due, needed=missing)
    last = min(order.due, problem.periods - 1)
    if order.earliest > last:
        return Reason(order.id, "beyond_horizon", order.part, last, needed=missing)
    tightest, tightest_cover = None, 1.0
    for part_id, (needed, by) in requirements(problem, order.part, missing, last).items():
        found = room.reason(order.id, part_id, needed, by)
        cover = min(found.room / needed, 1.0) if needed > 0 else 1.0
        if cover < tightest_cover or (tightest is None and part_id == order.part):
            tightest, tightest_cover = found, cover
    assert tightest is not None
    if tightest_cover < 1.0:
        return tightest
    return Reason(order.id, "costlier", order.part, last, tightest.makers, missing, tightest.room, tightest.load)


def requirements(problem: Problem, part: str, pieces: float, due: int) -> dict[str, tuple[float, int]]:
    """Good pieces of each part that `pieces` of `part` due in `due` need, and the period they are needed by.

    Gross requirements level by level; parents before components, a component by its earliest need.
    """
    needed: dict[str, float] = defaultdict(float, {part: pieces})
    by: dict[str, int] = {part: due}
    for part_id in parents_first(problem, part):
        row = problem.part[part_id]
        for component, quantity in row.bom:
            needed[component] += needed[part_id] * quantity / best_yield(problem, part_id)
            by[component] = min(by.get(component, due), max(0, by[part_id] - row.lead_time))
    return {part_id: (needed[part_id], by[part_id]) for part_id in by}


def parents_first(problem: Problem, part: str) -> list[str]:
    """The part and everything below it, each after all its parents among them (reverse post-order)."""
    order: list[str] = []
    seen: set[str] = set()
    stack: list[tuple[str, bool]] = [(part, False)]
    while stack:
        part_id, done = stack.pop()
        if done:
            order.append(part_id)
        elif part_id not in seen:
            seen.add(part_id)
            stack.append((part_id, True))
            stack.extend((component, False) for component, _ in problem.part[part_id].bom)
    return order[::-1]


def best_yield(problem: Problem, part: str) -> float:
    return max((row.yield_rate for row in problem.capabilities_of.get(part, ())), default=1.0)


class Room:
    """What is left of the workshops' hours once a plan has taken its own; cumulative over periods."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.used: Mapping[tuple[str, int], float] = used_by_workshop(problem, plan)
        self.taken = bought_stock_used(problem, plan)
        self.made = {(part, workshop, period): pieces for part, workshop, period, pieces in plan.make}

    def reason(self, order: str, part: str, needed: float, by: int) -> Reason:
        makers = self.problem.capabilities_of.get(part, ())
        room = min(self.stock_left(part, by) + sum(self.pieces(row, by) for row in makers), PLENTY)
        if not makers:
            code: Code = "stock_out" if self.problem.part[part].stock > 0 else "no_maker"
            return Reason(order, code, part, by, 0, needed, room)
        return Reason(order, "hours_full", part, by, len(makers), needed, room, self.load(makers, by))

    def stock_left(self, part: str, by: int) -> float:
        """Opening stock of a bought part not yet taken when `by` ends; what is taken later was there in time."""
        taken = self.taken.get(part)
        return 0.0 if taken is None else max(0.0, self.problem.part[part].stock - sum(taken[: by + 1]))

    def pieces(self, row: Capability, by: int) -> float:
        """Good pieces that the capability could still start in 0 … by with the hours (and overtime) left."""
        return row.yield_rate * sum(self.pieces_in(row, period) for period in range(by + 1))

    def pieces_in(self, row: Capability, period: int) -> float:
        workshop = self.problem.workshop[row.workshop]
        started = self.made.get((row.part, row.workshop, period), 0.0)
        limit = row.max_per_period[period] - started if row.max_per_period is not None else float("inf")
        hours = workshop.hours[period] + workshop.overtime_hours[period] - self.used.get((row.workshop, period), 0.0)
        hours -= 0.0 if started > 0 else row.setup_hours
        if hours <= ALMOST_NONE or limit <= 0:
            return 0.0
        by_hours = hours / row.hours_per_unit if row.hours_per_unit > 0 else float("inf")
        fits = min(by_hours, limit)
        return fits if started > 0 or fits >= row.min_lot else 0.0

    def load(self, makers: tuple[Capability, ...], by: int) -> float:
        """Share of the makers' hours and overtime in use in 0 … by; 1 where they have none."""
        names = {row.workshop for row in makers}
        have = sum(
            self.problem.workshop[name].hours[period] + self.problem.workshop[name].overtime_hours[period]
            for name in names
            for period in range(by + 1)
        )
        used = sum(self.used.get((name, period), 0.0) for name in names for period in range(by + 1))
        return min(1.0, used / have) if have > 0 else 1.0


def used_by_workshop(problem: Problem, plan: Plan) -> dict[tuple[str, int], float]:
    """Hours used, set-ups included, by (workshop, period)."""
    used: dict[tuple[str, int], float] = defaultdict(float)
    for part, workshop, period, pieces in plan.make:
        if pieces > 0:
            row = problem.capability[part, workshop]
            used[workshop, period] += row.hours_per_unit * pieces + row.setup_hours
    return used


def bought_stock_used(problem: Problem, plan: Plan) -> dict[str, list[float]]:
    """Pieces taken from the hub in each period, of parts that nobody makes."""
    used = {row.id: [0.0] * problem.periods for row in problem.parts if not problem.capabilities_of.get(row.id)}
    for part_id, _, period, pieces in plan.make:
        row = problem.part[part_id]
        for component, quantity in row.bom:
            if component in used:
                used[component][max(0, period - row.lead_time)] += quantity * pieces
    for order_id, period, pieces in plan.deliver:
        if problem.order[order_id].part in used:
            used[problem.order[order_id].part][period] += pieces
    return used
