"""What an hour of each workshop should be worth, by how much is asked of it: keeps scarce hours for who needs them.

A rough price, not a dual value: the pieces that all orders need, divided over each part's makers by their hours, give
each workshop a load; its hours are priced at a share of what an hour's work is typically worth to the orders, times
the load squared. It only steers the choice of makers; it is never part of a plan's cost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.construct.ranking import worths

if TYPE_CHECKING:
    from wadah.planning.construct.pool import Floats, Pool

SHARE = 0.05  # of the orders' median worth of an hour; 0.02 … 0.1 did about as well on cities of 300 to 3,000


def hour_prices(pool: Pool) -> Floats:
    """Rupiah an hour, by workshop."""
    worth = worths(pool)
    typical = float(np.median(list(worth.values()))) if worth else 0.0
    return SHARE * typical * loads(pool) ** 2


def loads(pool: Pool) -> Floats:
    """Hours asked over hours there are, by workshop."""
    hours = np.array([sum(row.hours) for row in pool.problem.workshops], dtype=float)
    asked = np.zeros(len(hours))
    pieces = pieces_needed(pool)
    for part in range(len(pool.parts)):
        rows = slice(pool.start[part], pool.start[part + 1])
        makers = pool.workshop[rows]
        together = float(hours[makers].sum())
        if together > 0:
            asked[makers] += pieces[part] * pool.hours_per_unit[rows] * hours[makers] / together
    found: Floats = asked / np.maximum(hours, 1.0)
    return found


def pieces_needed(pool: Pool) -> list[float]:
    """Pieces of each part that the orders need in all, exploded down the bill of materials."""
    pieces = [0.0] * len(pool.parts)
    for order in pool.problem.orders:
        pieces[pool.index[order.part]] += order.quantity
    for part in sorted(range(len(pool.parts)), key=pool.rank.__getitem__):
        for component, quantity in pool.components[part]:
            pieces[component] += quantity * pieces[part]
    return pieces
