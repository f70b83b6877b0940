"""In which order the orders are served, and whom to leave out when a rule is broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from wadah.planning.arrays import Arrays
    from wadah.planning.construct.pool import Flags, Floats, Ints
    from wadah.planning.flat import Flat
    from wadah.planning.plan import Violation

LEAST_HOURS = 1e-6  # a piece; stands for none


def rankings(data: Arrays, flat: Flat) -> list[Ints]:
    """Three rankings of the orders, the usual one first; orders that may not be short come first in each.

    By cost of shortness an hour of work; by due date and then that; by hours of work in all, the most first.
    """
    worth, work = worths(flat), hours_per_piece(flat)[flat.order_part] * flat.quantity
    optional = np.isfinite(flat.short_cost)
    name = np.argsort(np.argsort([row.id for row in data.problem.orders], kind="stable"), kind="stable")
    return [
        np.lexsort((name, flat.due, -worth, optional)),
        np.lexsort((name, -worth, np.maximum(flat.due, 0), optional)),
        np.lexsort((name, flat.due, -work, optional)),
    ]


def worths(flat: Flat) -> Floats:
    """Rupiah of shortness that an hour of work saves, by order; 0 where shortness is forbidden."""
    rupiah = np.where(np.isfinite(flat.short_cost), flat.short_cost, 0.0)
    found: Floats = rupiah / np.maximum(hours_per_piece(flat)[flat.order_part], LEAST_HOURS)
    return found


def hours_per_piece(flat: Flat) -> Floats:
    """Hours of work in one good piece of each part, components included, each at its quickest maker."""
    hours = np.full(len(flat.integer), np.inf)
    np.minimum.at(hours, flat.part, flat.unit_hours / flat.yields)
    hours[np.isinf(hours)] = 0.0
    for p in flat.parents_first[::-1].tolist():
        below = slice(flat.child_start[p], flat.child_start[p + 1])
        hours[p] += flat.child_pieces[below] @ hours[flat.child[below]]
    return hours


def blame(data: Arrays, flat: Flat, broken: tuple[Violation, ...]) -> Flags:
    """Orders to leave out so that the broken rules can hold: those named, and those that need a part that is named."""
    named = np.zeros(len(flat.order_part), dtype=bool)
    named[[data.order_index[fault.order] for fault in broken if fault.order is not None]] = True
    needed = np.zeros(len(flat.integer), dtype=bool)
    needed[[data.part_index[fault.part] for fault in broken if fault.part is not None]] = True
    for fault in broken:
        if fault.part is None and fault.order is None and fault.workshop is not None:
            needed[flat.part[flat.workshop == data.workshop_index[fault.workshop]]] = True
    for p in flat.parents_first[::-1].tolist():
        needed[p] |= bool(needed[flat.child[flat.child_start[p] : flat.child_start[p + 1]]].any())
    return named | needed[flat.order_part]
