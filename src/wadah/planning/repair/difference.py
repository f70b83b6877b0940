"""What two plans differ in: who gets more or less work, which lots moved, and which orders it helps or hurts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem

PIECES = 1e-6


@dataclass(frozen=True)
class LotChange:
    """Pieces of a part started at a workshop in a period, before and after."""

    part: str
    workshop: str
    period: int
    before: float
    after: float


@dataclass(frozen=True)
class WorkChange:
    """Hours of work of one workshop over the whole calendar, set-ups included, before and after."""

    workshop: str
    before: float
    after: float


@dataclass(frozen=True)
class OrderChange:
    """One order: pieces short, and pieces × periods late, before and after."""

    order: str
    short_before: float
    short_after: float
    late_before: float
    late_after: float


@dataclass(frozen=True)
class Difference:
    """Only what differs; lots by part, workshop and period; workshops by hours lost first; orders by id."""

    lots: tuple[LotChange, ...]
    workshops: tuple[WorkChange, ...]
    orders: tuple[OrderChange, ...]


def difference(problem: Problem, before: Plan, after: Plan) -> Difference:
    """Compare two plans; problem: one that has every order and capability of both."""
    old, new = lots_of(before), lots_of(after)
    moved = sorted(key for key in old.keys() | new.keys() if abs(old.get(key, 0.0) - new.get(key, 0.0)) > PIECES)
    lots = tuple(LotChange(*key, old.get(key, 0.0), new.get(key, 0.0)) for key in moved)
    return Difference(lots, work_changes(problem, lots, old, new), order_changes(problem, before, after))


def lots_of(plan: Plan) -> dict[tuple[str, str, int], float]:
    return {(part, workshop, int(t)): x for part, workshop, t, x in plan.make if x > 0}


def work_changes(
    problem: Problem,
    lots: tuple[LotChange, ...],
    old: dict[tuple[str, str, int], float],
    new: dict[tuple[str, str, int], float],
) -> tuple[WorkChange, ...]:
    touched = {row.workshop for row in lots}
    hours = [hours_at(problem, plan, touched) for plan in (old, new)]
    rows = [WorkChange(name, hours[0][name], hours[1][name]) for name in touched]
    rows = [row for row in rows if abs(row.before - row.after) > PIECES]
    return tuple(sorted(rows, key=lambda row: (row.after - row.before, row.workshop)))


def hours_at(problem: Problem, plan: dict[tuple[str, str, int], float], touched: set[str]) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    for (part, workshop, _), x in plan.items():
        if workshop in touched:
            k = problem.capability[part, workshop]
            found[workshop] += k.setup_hours + k.hours_per_unit * x
    return found


def order_changes(problem: Problem, before: Plan, after: Plan) -> tuple[OrderChange, ...]:
    old, new = missed(problem, before), missed(problem, after)
    found = []
    for order in problem.orders:
        (short, late), (short_now, late_now) = old[order.id], new[order.id]
        if abs(short - short_now) > PIECES or abs(late - late_now) > PIECES:
            found.append(OrderChange(order.id, short, short_now, late, late_now))
    return tuple(sorted(found, key=lambda row: row.order))


def missed(problem: Problem, plan: Plan) -> dict[str, tuple[float, float]]:
    """Pieces short, and pieces × periods late, by order id; an order that the plan doesn't know is short by all."""
    delivered: dict[str, float] = defaultdict(float)
    late: dict[str, float] = defaultdict(float)
    for name, t, pieces in plan.deliver:
        delivered[name] += pieces
        late[name] += max(0, int(t) - problem.order[name].due) * pieces
    return {order.id: (order.quantity - delivered[order.id], late[order.id]) for order in problem.orders}
