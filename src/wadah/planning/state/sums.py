"""What a state adds up to, workshop by workshop and part by part (docs/model.md §1 and §2), compiled.

In: Flat and State. Out: Sums; the same figures as tally.py gives for the plan's rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wadah.planning.compiled import compiled, inner_loop

if TYPE_CHECKING:
    from wadah.planning.flat import Flat
    from wadah.planning.state.state import Floats, State


class Sums(NamedTuple):
    """used: hours, set-ups included, W × T; received: good pieces that come in, and level: stock at the end, P × T."""

    used: Floats
    received: Floats
    level: Floats


@compiled
def sums(flat: Flat, state: State) -> Sums:
    """Hours used, good pieces received and stock at the end of each period (which may come out below 0)."""
    shape = (flat.integer.shape[0], state.lots.shape[1])
    used, started, received = np.zeros(flat.hours.shape), np.zeros(shape), np.zeros(shape)
    for k in range(state.lots.shape[0]):
        p, w = flat.part[k], flat.workshop[k]
        for t in range(state.lots.shape[1]):
            x = state.lots[k, t]
            if x > 0:
                used[w, t] += flat.unit_hours[k] * x + flat.setup_hours[k]
                started[p, t] += x
                received[p, t] += flat.yields[k] * x
    level = received - state.scrapped
    take_components(flat, started, level)
    for i in range(state.delivered.shape[0]):
        level[flat.order_part[i]] -= state.delivered[i]
    for p in range(level.shape[0]):
        stock = flat.stock[p]
        for t in range(level.shape[1]):
            stock += level[p, t]
            level[p, t] = stock
    return Sums(used, received, level)


@inner_loop
def take_components(flat: Flat, started: Floats, change: Floats) -> None:
    """Take what the lots started need off the change of stock, lead time ahead but never before period 0."""
    for p in range(started.shape[0]):
        for t in range(started.shape[1]):
            if started[p, t] > 0:
                pulled = max(0, t - flat.lead[p])
                for j in range(flat.child_start[p], flat.child_start[p + 1]):
                    change[flat.child[j], pulled] -= flat.child_pieces[j] * started[p, t]
