"""The lots' half of an iteration: every cell's columns step along what prices say, and their hours are made to fit.

In: prices. Out, in Values and Work: quantities, the hours' prices, and the flows of pieces that prices answer to.
Chunks of workshops run side by side; each adds up its own flows, and the chunks are added in one order afterwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import prange

from wadah.planning.compiled import inner_loop, threaded
from wadah.planning.gradient.point import CHUNKS
from wadah.planning.gradient.projections import cell_price

if TYPE_CHECKING:
    from wadah.planning.flat import Flat
    from wadah.planning.gradient.point import Columns, Values, Work
    from wadah.planning.gradient.program import Floats, Program


@threaded
def value_components(flat: Flat, now: Values, work: Work) -> None:
    """What the components of a piece of each part, started in each period, are worth; and each piece's share rows."""
    # prange counts unsigned, which Python's type checks don't know of: as int64 the chunk is compiled once, not twice
    for c in prange(CHUNKS):
        value_chunk(flat, now, work, int(np.int64(c)))


@inner_loop
def value_chunk(flat: Flat, now: Values, work: Work, c: int) -> None:
    """One chunk of parts."""
    parts, periods = now.parts.shape
    for p in range(parts * c // CHUNKS, parts * (c + 1) // CHUNKS):
        row = work.worth[p]
        for t in range(periods):
            row[t, 0], row[t, 1] = now.parts[p, t], 0.0
        for e in range(flat.child_start[p], flat.child_start[p + 1]):
            child, pieces = flat.child[e], flat.child_pieces[e]
            for t in range(periods):
                row[t, 1] += pieces * now.parts[child, max(0, t - flat.lead[p])]
        if flat.share[p] < 1:
            add_surcharge(flat, now.shares, work.surcharge, p)


@inner_loop
def add_surcharge(flat: Flat, shares: Floats, surcharge: Floats, p: int) -> None:
    """What one more piece started pays for its own share row, less what it earns in those of all makers of part p."""
    prices = 0.0
    for j in range(flat.able_start[p], flat.able_start[p + 1]):
        prices += shares[flat.able[j]]
    for j in range(flat.able_start[p], flat.able_start[p + 1]):
        surcharge[flat.able[j]] = shares[flat.able[j]] - flat.share[p] * prices


@threaded
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
        work.moved[0, c] = make_chunk(
            flat, program, columns, now, anchor, following, work, int(np.int64(c)), weight, pull
        )


@inner_loop
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


@inner_loop
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
        lot = columns.lot[i]
        p, step = columns.part[lot], columns.rates[lot, 1] * lighter
        hours, size = float(columns.hours[i]), float(columns.size[i])
        cost = columns.cost[i] - columns.rates[lot, 0] * work.worth[p, t, 0] + work.worth[p, t, 1] - target * hours
        if columns.rates[lot, 3] > 0.0:
            cost += work.surcharge[flat.at[lot]]
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


@inner_loop
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
        lot = columns.lot[i]
        p = columns.part[lot]
        pieces = columns.lower[i] + min(max(cell[0, j] - price * cell[1, j], 0.0), cell[2, j])
        following.made[i] = pieces
        change = pieces - now.made[i]
        reflected = pieces + change
        moved += change * change * columns.rates[lot, 2]
        used += cell[3, j] * reflected
        flows[p, t, 0] += columns.rates[lot, 0] * reflected
        flows[p, t, 1] += reflected
        if columns.rates[lot, 3] > 0.0:
            work.pieces[flat.at[lot]] += reflected
        now.made[i] = (1.0 - pull) * reflected + pull * anchor.made[i]
    work.used[w] += used
    return moved


@threaded
def sum_flows(work: Work) -> None:
    """Add up the chunks' flows, and clear them for the next iteration."""
    for c in prange(CHUNKS):
        sum_chunk(work, int(np.int64(c)))


@inner_loop
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
