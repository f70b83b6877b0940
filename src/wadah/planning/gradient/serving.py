"""The parts' half of an iteration: deliveries step along prices, and prices along what is left over or lacking.

In: flows of pieces. Out, in Values and Work: deliveries, pieces short, prices of parts, shares and targets. A part's
orders and prices are settled together; chunks of parts run side by side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import prange

from wadah.planning.compiled import inner_loop, threaded
from wadah.planning.gradient.point import CHUNKS
from wadah.planning.gradient.projections import pool, simplex_shift

if TYPE_CHECKING:
    from wadah.planning.flat import Flat
    from wadah.planning.gradient.point import Values, Work
    from wadah.planning.gradient.program import Program
    from wadah.planning.gradient.steps import Steps


@threaded
def serve_all(
    flat: Flat,
    steps: Steps,
    now: Values,
    anchor: Values,
    following: Values,
    work: Work,
    weight: float,
    pull: float,
) -> None:
    """Deliveries, then prices, of every part: each chunk of parts apart."""
    for c in prange(CHUNKS):
        serve_chunk(flat, steps, now, anchor, following, work, int(np.int64(c)), weight, pull)


@inner_loop
def serve_chunk(
    flat: Flat,
    steps: Steps,
    now: Values,
    anchor: Values,
    following: Values,
    work: Work,
    c: int,
    weight: float,
    pull: float,
) -> None:
    """The orders and prices of one chunk of parts."""
    parts = now.parts.shape[0]
    quantities, prices = 0.0, 0.0
    for p in range(parts * c // CHUNKS, parts * (c + 1) // CHUNKS):
        work.summed[p, 0, 0] += flat.stock[p]
        take_components(flat, work, p)
        for j in range(flat.asked_start[p], flat.asked_start[p + 1]):
            quantities += serve(flat, steps, now, anchor, following, work, c, flat.asked[j], weight, pull)
        prices += price_part(flat, steps, now, anchor, following, work, c, p, weight, pull)
        if flat.share[p] < 1:
            prices += price_shares(flat, steps, now, anchor, following, work, p, weight, pull)
    work.moved[0, c] += quantities
    work.moved[1, c] = prices


@inner_loop
def take_components(flat: Flat, work: Work, p: int) -> None:
    """Take off what the parents' lots need of part p."""
    periods = work.summed.shape[1]
    for e in range(flat.parent_start[p], flat.parent_start[p + 1]):
        parent, pieces = flat.parent[e], flat.parent_pieces[e]
        for t in range(periods):
            work.summed[p, max(0, t - flat.lead[parent]), 0] -= pieces * work.summed[parent, t, 1]


@inner_loop
def serve(
    flat: Flat,
    steps: Steps,
    now: Values,
    anchor: Values,
    following: Values,
    work: Work,
    c: int,
    i: int,
    weight: float,
    pull: float,
) -> float:
    """Move the deliveries of order i; returns the squared length of the step. Its last value is what is left short."""
    begin, end = max(0, flat.first[i]), flat.last[i] + 1
    may_be_short = np.isfinite(flat.short_cost[i])
    if flat.quantity[i] <= 0 or (begin >= end and not may_be_short):
        return 0.0
    p, step = flat.order_part[i], steps.serving[i] / weight
    values, count = work.order[c], max(0, end - begin)
    for t in range(begin, end):
        late = flat.late_cost[i] * (t - flat.due[i]) if t > flat.due[i] else 0.0
        values[t - begin] = now.delivered[i, t] - step * (late + now.parts[p, t])
    if may_be_short:
        values[count] = now.short[i] - step * flat.short_cost[i]
    shift = simplex_shift(values, count + (1 if may_be_short else 0), flat.quantity[i])
    moved = 0.0
    for t in range(begin, end):
        pieces = max(0.0, values[t - begin] - shift)
        following.delivered[i, t] = pieces
        change = pieces - now.delivered[i, t]
        moved += change * change
        work.summed[p, t, 0] -= pieces + change
        now.delivered[i, t] = (1.0 - pull) * (pieces + change) + pull * anchor.delivered[i, t]
    if may_be_short:
        pieces = max(0.0, values[count] - shift)
        following.short[i] = pieces
        change = pieces - now.short[i]
        moved += change * change
        now.short[i] = (1.0 - pull) * (pieces + change) + pull * anchor.short[i]
    return float(moved / steps.serving[i])


@inner_loop
def price_part(
    flat: Flat,
    steps: Steps,
    now: Values,
    anchor: Values,
    following: Values,
    work: Work,
    c: int,
    p: int,
    weight: float,
    pull: float,
) -> float:
    """Move the prices of part p down where pieces are left over; returns the squared length of the step."""
    step = steps.parts[p] * weight
    row = following.parts[p]
    for t in range(len(row)):
        row[t] = now.parts[p, t] - step * work.summed[p, t, 0]
    pool(row, flat.holding[p], flat.life[p] >= 0, work.pooled[c], work.length[c])
    moved = 0.0
    for t in range(len(row)):
        change = row[t] - now.parts[p, t]
        moved += change * change
        now.parts[p, t] = (1.0 - pull) * (row[t] + change) + pull * anchor.parts[p, t]
    return float(moved / steps.parts[p])


@inner_loop
def price_shares(
    flat: Flat,
    steps: Steps,
    now: Values,
    anchor: Values,
    following: Values,
    work: Work,
    p: int,
    weight: float,
    pull: float,
) -> float:
    """Move the prices of too large a share of part p; returns the squared length of the step."""
    everyone = moved = 0.0
    begin, end = flat.able_start[p], flat.able_start[p + 1]
    for j in range(begin, end):
        everyone += work.pieces[flat.able[j]]
    for j in range(begin, end):
        k = flat.able[j]
        over = work.pieces[k] - flat.share[p] * everyone
        price = max(0.0, now.shares[k] + steps.shares[k] * weight * over)
        following.shares[k] = price
        change = price - now.shares[k]
        moved += change * change / steps.shares[k]
        now.shares[k] = (1.0 - pull) * (price + change) + pull * anchor.shares[k]
    return moved


@inner_loop
def watch_targets(
    flat: Flat,
    program: Program,
    steps: Steps,
    now: Values,
    anchor: Values,
    following: Values,
    work: Work,
    weight: float,
    pull: float,
) -> None:
    """Move what an hour below a workshop's target is worth, in 0 … below_cost."""
    for w in range(len(flat.target)):
        if flat.below_cost[w] <= 0:
            continue
        below = flat.target[w]
        for t in range(program.room.shape[1]):
            below -= flat.hours[w, t] - program.room[w, t]
        below -= work.used[w]
        price = min(max(now.targets[w] + steps.targets[w] * weight * below, 0.0), flat.below_cost[w])
        following.targets[w] = price
        change = price - now.targets[w]
        work.moved[1, 0] += change * change / steps.targets[w]
        now.targets[w] = (1.0 - pull) * (price + change) + pull * anchor.targets[w]
