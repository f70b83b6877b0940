"""The iterations: restarted reflected Halpern primal-dual hybrid gradient, compiled (Lu & Yang 2024, "r²HPDHG").

In: Flat, the open columns, hours, step sizes, a point. Out: the point moved on, in place. The method is Applegate and
others' PDLP (2021, 2023) made for this problem: only stock balances (and the few rows of targets and shares) are dual
rows. Hours of a cell, quantities of an order and the holding of stock stay inside the proximal steps, each an exact
projection (projections.py), so that there are far fewer rows to agree on, and each iteration settles them exactly.

One iteration: quantities step along what prices say; prices step along what the reflected quantities leave over;
the point becomes the reflection of that step, drawn back to the anchor by 1 / (k + 2). It restarts from the plain step
once that is much shorter than the first one was (the criteria of PDLP, on the length of the step in the steps' norm).

Threads share out a fixed number of chunks and every sum is added in the order of the chunks, so that the result is
the same, bit for bit, for any number of threads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit, prange

from wadah.planning.gradient.point import CHUNKS
from wadah.planning.gradient.projections import cell_price, pool, simplex_shift

if TYPE_CHECKING:
    from wadah.planning.flat import Flat
    from wadah.planning.gradient.point import Columns, Values, Work
    from wadah.planning.gradient.program import Floats, Program
    from wadah.planning.gradient.steps import Steps

# entries of Work.progress
WEIGHT, INNER, TOTAL, LENGTH, FIRST, RESTARTS = range(6)

MUCH, ENOUGH = 0.2, 0.8  # of the first step's length: restart at once; restart when it grows again
LONG = 0.36  # of all iterations so far: the longest without a restart
YOUNG = 60  # iterations before that rule counts
SMOOTHING = 0.8  # of the new primal weight against the old one, in logarithms


@njit(cache=True)
def iterate(
    flat: Flat,
    program: Program,
    columns: Columns,
    steps: Steps,
    now: Values,
    anchor: Values,
    following: Values,
    work: Work,
    count: int,
) -> bool:
    """`count` iterations; returns whether the last of them was a restart."""
    progress = work.progress
    restarted = False
    for _ in range(count):
        weight = progress[WEIGHT]
        pull = 1.0 / (progress[INNER] + 2.0)
        value_components(flat, now, work)
        make_all(flat, program, columns, now, anchor, following, work, weight, pull)
        sum_flows(work)
        serve_all(flat, steps, now, anchor, following, work, weight, pull)
        watch_targets(flat, program, steps, now, anchor, following, work, weight, pull)
        restarted = restart_due(progress, step_length(work.moved, weight))
        if restarted:
            restart(flat, columns, steps, now, anchor, following, work)
    return restarted


@njit(cache=True)
def step_length(moved: Floats, weight: float) -> float:
    """In the norm that the method contracts: quantities times the primal weight, prices divided by it."""
    quantities = prices = 0.0
    for c in range(CHUNKS):
        quantities += moved[0, c]
        prices += moved[1, c]
    return float(np.sqrt(quantities * weight + prices / weight))


@njit(cache=True)
def restart_due(progress: Floats, length: float) -> bool:
    """Count the iteration, and say whether to restart after a step of this length."""
    before = progress[LENGTH]
    progress[INNER] += 1
    progress[TOTAL] += 1
    progress[LENGTH] = length
    if progress[INNER] == 1:
        progress[FIRST] = length
        return False
    if length <= MUCH * progress[FIRST] or (length <= ENOUGH * progress[FIRST] and length > before):
        return True
    return bool(progress[TOTAL] > YOUNG and progress[INNER] >= LONG * progress[TOTAL])


@njit(cache=True)
def restart(
    flat: Flat, columns: Columns, steps: Steps, now: Values, anchor: Values, following: Values, work: Work
) -> None:
    """Begin again from the plain step; weigh quantities against prices by how far each has come since the last time."""
    quantities = (
        squared_lots(columns, following.made, anchor.made)
        + squared_rows(following.delivered, anchor.delivered, steps.serving)
        + squared(following.short, anchor.short, steps.serving)
    )
    prices = (
        squared_rows(following.parts, anchor.parts, steps.parts)
        + squared(following.targets, anchor.targets, steps.targets)
        + squared(following.shares, anchor.shares, steps.shares)
    )
    progress = work.progress
    if quantities > 0 and prices > 0:
        ratio = 0.5 * np.log(prices / quantities)
        progress[WEIGHT] = np.exp(SMOOTHING * ratio + (1 - SMOOTHING) * np.log(progress[WEIGHT]))
    now.made[:], anchor.made[:] = following.made, following.made
    now.delivered[:], anchor.delivered[:] = following.delivered, following.delivered
    now.short[:], anchor.short[:] = following.short, following.short
    now.parts[:], anchor.parts[:] = following.parts, following.parts
    now.targets[:], anchor.targets[:] = following.targets, following.targets
    now.shares[:], anchor.shares[:] = following.shares, following.shares
    progress[INNER] = 0
    progress[RESTARTS] += 1


@njit(cache=True)
def squared_lots(columns: Columns, values: Floats, origin: Floats) -> float:
    found = 0.0
    for i in range(len(values)):
        found += (values[i] - origin[i]) ** 2 * columns.rates[columns.capability[i], 2]
    return found


@njit(cache=True)
def squared(values: Floats, origin: Floats, step: Floats) -> float:
    found = 0.0
    for i in range(len(values)):
        found += (values[i] - origin[i]) ** 2 / step[i]
    return found


@njit(cache=True)
def squared_rows(values: Floats, origin: Floats, step: Floats) -> float:
    found = 0.0
    for i in range(values.shape[0]):
        row = 0.0
        for t in range(values.shape[1]):
            row += (values[i, t] - origin[i, t]) ** 2
        found += row / step[i]
    return found


@njit(cache=True, parallel=True)
def value_components(flat: Flat, now: Values, work: Work) -> None:
    """What the components of a piece of each part, started in each period, are worth; and each piece's share rows."""
    for c in prange(CHUNKS):
        value_chunk(flat, now, work, c)


@njit(cache=True)
def value_chunk(flat: Flat, now: Values, work: Work, c: int) -> None:
    """One chunk of parts."""
    parts, periods = now.parts.shape
    for p in range(parts * c // CHUNKS, parts * (c + 1) // CHUNKS):
        row = work.taken[p]
        row[:] = 0.0
        for e in range(flat.child_start[p], flat.child_start[p + 1]):
            child, pieces = flat.child[e], flat.child_pieces[e]
            for t in range(periods):
                row[t] += pieces * now.parts[child, max(0, t - flat.lead[p])]
        if flat.share[p] < 1:
            add_surcharge(flat, now.shares, work.surcharge, p)


@njit(cache=True)
def add_surcharge(flat: Flat, shares: Floats, surcharge: Floats, p: int) -> None:
    """What one more piece started pays for its own share row, less what it earns in those of all makers of part p."""
    prices = 0.0
    for j in range(flat.able_start[p], flat.able_start[p + 1]):
        prices += shares[flat.able[j]]
    for j in range(flat.able_start[p], flat.able_start[p + 1]):
        surcharge[flat.able[j]] = shares[flat.able[j]] - flat.share[p] * prices


@njit(cache=True, parallel=True)
def make_all(
    flat: Flat,
    program: Program,
    columns: Columns,
    now: Values,
    anchor: Values,
    following: Values,
    work: Work,
    weight: float,
    pull: float,
) -> None:
    """The quantities of every lot: each chunk of workshops apart, adding up what it makes of each part."""
    for c in prange(CHUNKS):
        work.moved[0, c] = make_chunk(flat, program, columns, now, anchor, following, work, c, weight, pull)


@njit(cache=True)
def make_chunk(
    flat: Flat,
    program: Program,
    columns: Columns,
    now: Values,
    anchor: Values,
    following: Values,
    work: Work,
    c: int,
    weight: float,
    pull: float,
) -> float:
    """The lots of one chunk of workshops; returns the squared length of their step."""
    moved = 0.0
    for w in range(work.first[c], work.first[c + 1]):
        for j in range(flat.at_start[w], flat.at_start[w + 1]):
            work.pieces[flat.at[j]] = 0.0
        work.used[w] = 0.0
        for t in range(program.room.shape[1]):
            cell = w * program.room.shape[1] + t
            if columns.start[cell] < columns.start[cell + 1]:
                price_cell(flat, program, columns, now, work, c, w, t, weight)
                moved += move_cell(flat, columns, now, anchor, following, work, c, w, t, pull)
    return moved


@njit(cache=True)
def price_cell(
    flat: Flat, program: Program, columns: Columns, now: Values, work: Work, c: int, w: int, t: int, weight: float
) -> None:
    """The price of the cell's hours that makes the step of its columns fit; their steps at price 0 into work.cell."""
    begin = columns.start[w * program.room.shape[1] + t]
    count = columns.start[w * program.room.shape[1] + t + 1] - begin
    cell, target = work.cell[c], now.targets[w]
    lighter = 1.0 / weight
    room, used = program.room[w, t], 0.0
    for j in range(count):
        i = begin + j
        k = columns.capability[i]
        p, step = flat.part[k], columns.rates[k, 1] * lighter
        hours, size = float(columns.hours[i]), float(columns.size[i])
        cost = columns.cost[i] - columns.rates[k, 0] * now.parts[p, t] + work.taken[p, t]
        cost += work.surcharge[k] - target * hours
        pieces = now.made[i] - step * cost - columns.lower[i]
        cell[0, j], cell[1, j], cell[2, j], cell[3, j] = pieces, step * hours, size, hours
        room -= hours * columns.lower[i]
        used += hours * min(max(pieces, 0.0), size)
    if used <= room:
        work.hours[w, t] = 0.0
    else:
        extra = max(0.0, program.extra[w, t] + min(room, 0.0))
        guess = work.hours[w, t]
        work.hours[w, t] = cell_price(guess, flat.overtime_cost[w], max(room, 0.0), extra, cell, count)


@njit(cache=True)
def move_cell(
    flat: Flat,
    columns: Columns,
    now: Values,
    anchor: Values,
    following: Values,
    work: Work,
    c: int,
    w: int,
    t: int,
    pull: float,
) -> float:
    """Move the cell's columns; returns the squared length of their step."""
    begin = columns.start[w * work.hours.shape[1] + t]
    count = columns.start[w * work.hours.shape[1] + t + 1] - begin
    cell, flows, price = work.cell[c], work.flows[c], work.hours[w, t]
    moved = used = 0.0
    for j in range(count):
        i = begin + j
        k = columns.capability[i]
        pieces = columns.lower[i] + min(max(cell[0, j] - price * cell[1, j], 0.0), cell[2, j])
        following.made[i] = pieces
        change = pieces - now.made[i]
        reflected = pieces + change
        moved += change * change * columns.rates[k, 2]
        used += cell[3, j] * reflected
        flows[flat.part[k], t, 0] += columns.rates[k, 0] * reflected
        flows[flat.part[k], t, 1] += reflected
        if columns.rates[k, 3] > 0.0:
            work.pieces[k] += reflected
        now.made[i] = (1.0 - pull) * reflected + pull * anchor.made[i]
    work.used[w] += used
    return moved


@njit(cache=True, parallel=True)
def sum_flows(work: Work) -> None:
    """Add up the chunks' flows, and clear them for the next iteration."""
    for c in prange(CHUNKS):
        sum_chunk(work, c)


@njit(cache=True)
def sum_chunk(work: Work, c: int) -> None:
    """One chunk of parts."""
    parts, periods = work.summed.shape[0], work.summed.shape[1]
    for p in range(parts * c // CHUNKS, parts * (c + 1) // CHUNKS):
        for t in range(periods):
            for side in range(2):
                found = 0.0
                for d in range(CHUNKS):
                    found += work.flows[d, p, t, side]
                    work.flows[d, p, t, side] = 0.0
                work.summed[p, t, side] = found


@njit(cache=True, parallel=True)
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
        serve_chunk(flat, steps, now, anchor, following, work, c, weight, pull)


@njit(cache=True)
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


@njit(cache=True)
def take_components(flat: Flat, work: Work, p: int) -> None:
    """Take off what the parents' lots need of part p."""
    periods = work.summed.shape[1]
    for e in range(flat.parent_start[p], flat.parent_start[p + 1]):
        parent, pieces = flat.parent[e], flat.parent_pieces[e]
        for t in range(periods):
            work.summed[p, max(0, t - flat.lead[parent]), 0] -= pieces * work.summed[parent, t, 1]


@njit(cache=True)
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
    return moved / steps.serving[i]


@njit(cache=True)
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
    return moved / steps.parts[p]


@njit(cache=True)
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


@njit(cache=True)
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
