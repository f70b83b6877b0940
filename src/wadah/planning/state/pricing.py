"""What a state costs, rupiah: every term of docs/model.md §11, compiled; equal to plan.priced but for rounding.

In: Flat and State. A piece short or late where that is forbidden costs nothing here, as there: check.py refuses it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.compiled import compiled, inner, inner_loop
from wadah.planning.state.sums import sums

if TYPE_CHECKING:
    from wadah.planning.flat import Flat
    from wadah.planning.state.state import Floats, State
    from wadah.planning.state.sums import Sums

MAKE, SETUP, OVERTIME, ENGAGE, HOLDING, LATE, SHORT, FAIRNESS, CHANGE = range(9)  # as in costs.COST_KINDS


@compiled
def cost(flat: Flat, state: State) -> float:
    """Rupiah in all."""
    return float(costs(flat, state, sums(flat, state)).sum())


@compiled
def costs(flat: Flat, state: State, added: Sums) -> Floats:
    """Rupiah by kind, in the order of costs.COST_KINDS; `added` is what `sums` gives for the state."""
    found = np.zeros(9)
    add_lots(flat, state, found)
    add_hours(flat, added.used, found)
    add_orders(flat, state, found)
    for p in range(added.level.shape[0]):
        found[HOLDING] += flat.holding[p] * added.level[p].sum()
    return found


@inner
def add_lots(flat: Flat, state: State, found: Floats) -> None:
    """Making, set-ups, engagement and change."""
    count, periods = state.lots.shape
    engaged = np.zeros(flat.hours.shape[0], dtype=np.bool_)
    moved = 0.0
    for k in range(count):
        for t in range(periods):
            x = state.lots[k, t]
            if x > 0:
                found[MAKE] += flat.cost[k] * x
                found[SETUP] += flat.setup_cost[k]
                engaged[flat.workshop[k]] = True
            if flat.keyed[k, t]:
                moved += abs(x - flat.previous[k, t])
    found[CHANGE] = flat.change_cost * moved + flat.unable_change
    for w in range(engaged.shape[0]):
        if engaged[w]:
            found[ENGAGE] += flat.engage_cost[w]


@inner_loop
def add_hours(flat: Flat, used: Floats, found: Floats) -> None:
    """Overtime, and hours below a target."""
    for w in range(used.shape[0]):
        over = total = 0.0
        for t in range(used.shape[1]):
            over += max(0.0, used[w, t] - flat.hours[w, t])
            total += used[w, t]
        found[OVERTIME] += flat.overtime_cost[w] * over
        found[FAIRNESS] += flat.below_cost[w] * max(0.0, flat.target[w] - total)


@inner_loop
def add_orders(flat: Flat, state: State, found: Floats) -> None:
    """Late and short pieces."""
    for i in range(state.delivered.shape[0]):
        late = total = 0.0
        for t in range(state.delivered.shape[1]):
            total += state.delivered[i, t]
            late += max(0, t - flat.due[i]) * state.delivered[i, t]
        if np.isfinite(flat.late_cost[i]):
            found[LATE] += flat.late_cost[i] * late
        if np.isfinite(flat.short_cost[i]):
            found[SHORT] += flat.short_cost[i] * max(0.0, flat.quantity[i] - total)
