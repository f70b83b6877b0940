"""Whether a state obeys every rule of docs/model.md §1-§10, compiled; the referee says the same of the plan's rows.

In: Flat and State. Out: yes or no, with the referee's tolerances (tolerance.py). A promise on a pair that is no
capability isn't in the arrays: infeasible.py has refused it before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.compiled import compiled, inner, inner_loop
from wadah.planning.state.sums import sums
from wadah.planning.tolerance import LIMIT, STOCK

if TYPE_CHECKING:
    from wadah.planning.flat import Flat
    from wadah.planning.state.state import Floats, State
    from wadah.planning.state.sums import Sums


@compiled
def sound(flat: Flat, state: State) -> bool:
    """Whether the state is a valid plan."""
    return bool(
        countable(state.lots)
        and countable(state.delivered)
        and countable(state.scrapped)
        and lots_sound(flat, state)
        and sources_sound(flat, state)
        and orders_sound(flat, state)
        and makers_sound(flat, state)
        and sums_sound(flat, state, sums(flat, state))
    )


@inner_loop
def countable(pieces: Floats) -> bool:
    """Whether every quantity is a finite number ≥ 0."""
    for row in range(pieces.shape[0]):
        for t in range(pieces.shape[1]):
            if not 0.0 <= pieces[row, t] < np.inf:
                return False
    return True


@inner_loop
def halved(pieces: float) -> bool:
    """Whether a number of pieces isn't whole."""
    return bool(abs(pieces - np.rint(pieces)) > LIMIT)


@inner_loop
def lots_sound(flat: Flat, state: State) -> bool:
    """§3, §4 and §9: smallest and largest lots, whole pieces, promises."""
    for k in range(state.lots.shape[0]):
        whole = flat.integer[flat.part[k]]
        for t in range(state.lots.shape[1]):
            x = state.lots[k, t]
            promised = flat.promised[k, t]
            if x < promised - LIMIT:
                return False
            if x > 0:
                if x > flat.limit[k, t] + LIMIT or (whole and halved(x)):
                    return False
                if promised <= 0 and x < flat.min_lot[k] - LIMIT:
                    return False
    return True


@inner
def sources_sound(flat: Flat, state: State) -> bool:
    """§6: no workshop starts more than its share, and enough take part."""
    for p in range(flat.share.shape[0]):
        if flat.share[p] >= 1 and flat.sources[p] <= 1:
            continue
        total, most, sources = 0.0, 0.0, 0
        least = 1 - LIMIT if flat.integer[p] else LIMIT
        for j in range(flat.able_start[p], flat.able_start[p + 1]):
            pieces = state.lots[flat.able[j]].sum()
            total += pieces
            most = max(most, pieces)
            if pieces > least or (flat.integer[p] and pieces >= least):
                sources += 1
        if total > LIMIT and (most > flat.share[p] * total + LIMIT or sources < flat.sources[p]):
            return False
    return True


@inner_loop
def orders_sound(flat: Flat, state: State) -> bool:
    """§4 and §5: whole pieces, never too much, in time, whole where an order must be, not short where forbidden."""
    for i in range(state.delivered.shape[0]):
        whole = flat.integer[flat.order_part[i]]
        total, counted, deliveries = 0.0, 0.0, 0
        for t in range(state.delivered.shape[1]):
            d = state.delivered[i, t]
            total += d
            if whole and halved(d):
                return False
            if d > LIMIT:
                counted += d
                deliveries += 1
                if t < flat.first[i] or (t > flat.due[i] and flat.late_cost[i] == np.inf):
                    return False
        left = flat.quantity[i] - total
        if left < -LIMIT or (left > LIMIT and flat.short_cost[i] == np.inf):
            return False
        if not flat.partial[i] and (deliveries > 1 or (deliveries == 1 and abs(counted - flat.quantity[i]) > LIMIT)):
            return False
    return True


@inner
def makers_sound(flat: Flat, state: State) -> bool:
    """§7: a single-source order comes from one workshop that can make it, and never ahead of that workshop's work."""
    for i in range(state.assigned.shape[0]):
        k = state.assigned[i]
        if k >= state.lots.shape[0]:
            return False
        if k >= 0 and (not flat.single_source[i] or flat.part[k] != flat.order_part[i]):
            return False
        if k < 0 and flat.single_source[i] and state.delivered[i].sum() > LIMIT:
            return False
    for p in range(flat.asked_start.shape[0] - 1):
        first, end = flat.asked_start[p], flat.asked_start[p + 1]
        if end > first and flat.single_source[flat.asked[first]]:
            for j in range(flat.able_start[p], flat.able_start[p + 1]):
                if outrun(flat, state, flat.able[j], first, end):
                    return False
    return True


@inner_loop
def outrun(flat: Flat, state: State, k: int, first: int, end: int) -> bool:
    """Whether more is delivered from capability k by some period than it has finished; orders are asked[first:end]."""
    ahead = 0.0
    for t in range(state.lots.shape[1]):
        ahead -= flat.yields[k] * state.lots[k, t]
        for j in range(first, end):
            i = flat.asked[j]
            if state.assigned[i] == k:
                ahead += state.delivered[i, t]
        if ahead > LIMIT:
            return True
    return False


@inner_loop
def sums_sound(flat: Flat, state: State, added: Sums) -> bool:
    """§1, §2, §4 and §10: stock, hours, scrap and shelf life."""
    for w in range(added.used.shape[0]):
        for t in range(added.used.shape[1]):
            used = added.used[w, t]
            if used - flat.hours[w, t] > flat.overtime[w, t] + LIMIT * max(1.0, used):
                return False
    for p in range(added.level.shape[0]):
        life = flat.life[p]
        for t in range(added.level.shape[1]):
            scrap = state.scrapped[p, t]
            if added.level[p, t] < -STOCK or (flat.integer[p] and halved(scrap)) or (life < 0 and scrap > LIMIT):
                return False
            if life >= 0 and added.level[p, t] > fresh(flat, added, p, t) + STOCK:
                return False
    return True


@inner_loop
def fresh(flat: Flat, added: Sums, p: int, t: int) -> float:
    """Pieces that came in during the last `life` periods; opening stock came in at −1."""
    begin = t - flat.life[p] + 1
    pieces = flat.stock[p] if begin < 0 and flat.life[p] > 0 else 0.0
    for u in range(max(begin, 0), t + 1):
        pieces += added.received[p, u]
    return pieces
