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
    from wadah.planning.construct.pool import Floats
    from wadah.planning.flat import Flat

SHARE = 0.05  # of the orders' median worth of an hour; 0.02 … 0.1 did about as well on cities of 300 to 3,000


def hour_prices(flat: Flat) -> Floats:
    """Rupiah an hour, by workshop."""
    worth = worths(flat)
    typical = float(np.median(worth)) if worth.size else 0.0
    return SHARE * typical * loads(flat) ** 2


def loads(flat: Flat) -> Floats:
    """Hours asked over hours there are, by workshop."""
    hours = flat.hours.sum(axis=1)
    pieces = pieces_needed(flat)
    own = hours[flat.workshop]
    together = np.bincount(flat.part, weights=own, minlength=len(pieces))[flat.part]
    share = np.divide(own, together, out=np.zeros(len(own)), where=together > 0)
    asked = np.bincount(flat.workshop, weights=pieces[flat.part] * flat.unit_hours * share, minlength=len(hours))
    found: Floats = asked / np.maximum(hours, 1.0)
    return found


def pieces_needed(flat: Flat) -> Floats:
    """Pieces of each part that the orders need in all, exploded down the bill of materials."""
    pieces = np.zeros(len(flat.integer))
    np.add.at(pieces, flat.order_part, flat.quantity)
    for p in flat.parents_first.tolist():
        below = slice(flat.child_start[p], flat.child_start[p + 1])
        np.add.at(pieces, flat.child[below], flat.child_pieces[below] * pieces[p])
    return pieces
