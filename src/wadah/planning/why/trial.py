"""What every trial of a way out asks of an order and a plan (ways.py, near.py)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from wadah.planning.why.changes import Approve, Displaced, Firm

if TYPE_CHECKING:
    from wadah.planning.plan import Plan
    from wadah.planning.problem import Order
    from wadah.planning.why.changes import Change

DUST = 1e-6  # pieces


def firm(order: Order, due: int | None = None) -> Firm:
    """By `due`; left out: by the due date, or the first period after it in which delivery is possible at all."""
    return Firm(order.id, max(order.due, order.earliest, 0) if due is None else due)


def used(change: Change, plan: Plan) -> bool:
    """Whether a plan makes anything at a newly approved workshop; any other change counts as used."""
    if not isinstance(change, Approve):
        return True
    return any((part, name) == (change.row.part, change.row.workshop) and x > 0 for part, name, _, x in plan.make)


def own_cost(order: Order, plan: Plan) -> float:
    """What being late and short of this order costs in a plan, rupiah."""
    late = sum(max(0, t - order.due) * pieces for name, t, pieces in plan.deliver if name == order.id)
    short = sum(pieces for name, pieces in plan.short if name == order.id)
    return (order.late_cost or 0.0) * late + (order.short_cost or 0.0) * short


def displaced(before: dict[str, float], after: dict[str, float], but: str) -> tuple[Displaced, ...]:
    """Other orders of which more or fewer pieces come in time, those that lose most first."""
    change: dict[str, float] = defaultdict(float)
    for name, pieces in after.items():
        change[name] += pieces
    for name, pieces in before.items():
        change[name] -= pieces
    rows = [Displaced(name, pieces) for name, pieces in change.items() if name != but and abs(pieces) > DUST]
    return tuple(sorted(rows, key=lambda row: (-row.pieces, row.order)))
