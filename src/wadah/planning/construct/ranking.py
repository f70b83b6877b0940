"""In which order the orders are served, and whom to leave out when a rule is broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from wadah.planning.construct.pool import Pool
    from wadah.planning.plan import Violation
    from wadah.planning.problem import Order

LEAST_HOURS = 1e-6  # a piece; stands for none


def rankings(pool: Pool) -> list[list[Order]]:
    """Three rankings, the usual one first; orders that may not be short come first in each.

    By cost of shortness an hour of work; by due date and then that; by hours of work in all, the most first.
    """
    hours, worth = hours_per_piece(pool), worths(pool)
    orders = pool.problem.orders

    def work(order: Order) -> float:
        return hours[pool.index[order.part]] * order.quantity

    def may_be_short(order: Order) -> bool:
        return order.short_cost is not None

    return [
        sorted(orders, key=lambda order: (may_be_short(order), -worth[order.id], order.due, order.id)),
        sorted(orders, key=lambda order: (may_be_short(order), max(order.due, 0), -worth[order.id], order.id)),
        sorted(orders, key=lambda order: (may_be_short(order), -work(order), order.due, order.id)),
    ]


def worths(pool: Pool) -> dict[str, float]:
    """Rupiah of shortness that an hour of work saves, by order id; 0 where shortness is forbidden."""
    hours = hours_per_piece(pool)
    return {
        order.id: (order.short_cost or 0.0) / max(hours[pool.index[order.part]], LEAST_HOURS)
        for order in pool.problem.orders
    }


def hours_per_piece(pool: Pool) -> list[float]:
    """Hours of work in one good piece of each part, components included, each at its quickest maker."""
    hours = [0.0] * len(pool.parts)
    quickest = pool.hours_per_unit / pool.yields
    for part in sorted(range(len(pool.parts)), key=pool.rank.__getitem__, reverse=True):
        own = quickest[pool.start[part] : pool.start[part + 1]]
        below = sum(quantity * hours[component] for component, quantity in pool.components[part])
        hours[part] = (float(np.min(own)) if own.size else 0.0) + below
    return hours


def blame(pool: Pool, ranked: list[Order], broken: tuple[Violation, ...]) -> set[str]:
    """Orders to leave out so that the broken rules can hold: those named, and those that need a part that is named."""
    named = {violation.order for violation in broken if violation.order is not None}
    parts = {pool.index[violation.part] for violation in broken if violation.part is not None}
    workshops = {v.workshop for v in broken if v.part is None and v.order is None}
    parts |= {pool.index[row.part] for row in pool.capabilities if row.workshop in workshops}
    needing = parts_above(pool, parts)
    return {order.id for order in ranked if order.id in named or pool.index[order.part] in needing}


def parts_above(pool: Pool, parts: set[int]) -> set[int]:
    """The parts and everything that has one of them in its bill of materials, at any level."""
    above = set(parts)
    for part in sorted(range(len(pool.parts)), key=pool.rank.__getitem__, reverse=True):
        if any(component in above for component, _ in pool.components[part]):
            above.add(part)
    return above
