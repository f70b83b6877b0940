"""What any point of a Program costs at least, at given prices: its Lagrangian value, by weak duality.

In: Flat, Program, prices of parts, targets and shares. Out: rupiah. Each cell takes its best columns in the order of
what an hour of them saves (a linear knapsack, overtime dearer); each order its cheapest period, or is left short. The
prices must lie where the method keeps them: λ[t+1] ≤ λ[t] + holding and the like (projections.pool).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import prange

from wadah.planning.compiled import compiled, inner_loop, threaded
from wadah.planning.gradient.making import value_components
from wadah.planning.gradient.point import CHUNKS

if TYPE_CHECKING:
    from wadah.planning.flat import Flat
    from wadah.planning.gradient.point import Values, Work
    from wadah.planning.gradient.program import Flags, Floats, Program


def program_value(flat: Flat, program: Program, values: Values, work: Work) -> float:
    """The bound on the Program's cost at values' prices."""
    each = np.zeros(len(flat.hours))
    value_components(flat, values, work)
    value_cells(flat, program, values, work, each)
    return float(each.sum()) + value_orders(flat, values.parts) + value_targets(flat, program, values) + program.offset


def value_targets(flat: Flat, program: Program, values: Values) -> float:
    """Rupiah of the hours that the targets ask for beyond those fixed already."""
    fixed = (flat.hours - program.room).sum(axis=1)
    return float((values.targets * (flat.target - fixed)).sum())


@compiled
def value_orders(flat: Flat, prices: Floats) -> float:
    """The least that the orders cost at these prices, less what the opening stock is worth; infinite: impossible."""
    total = 0.0
    for i in range(len(flat.quantity)):
        if flat.quantity[i] <= 0:
            continue
        best = flat.short_cost[i]
        for t in range(max(0, flat.first[i]), flat.last[i] + 1):
            late = flat.late_cost[i] * (t - flat.due[i]) if t > flat.due[i] else 0.0
            best = min(best, late + prices[flat.order_part[i], t])
        total += best * flat.quantity[i]
    for p in range(len(flat.stock)):
        if flat.stock[p] > 0:
            total -= prices[p, 0] * flat.stock[p]
    return total


@inner_loop
def reduced_cost(flat: Flat, program: Program, values: Values, work: Work, i: int, w: int, t: int) -> float:
    """What one more piece of column i costs at these prices, its hours left out."""
    k = program.capability[i]
    p = flat.part[k]
    cost = program.cost[i] - flat.yields[k] * work.worth[p, t, 0] + work.worth[p, t, 1]
    return float(cost + work.surcharge[k] - values.targets[w] * program.hours_per_unit[i])


@threaded
def value_cells(flat: Flat, program: Program, values: Values, work: Work, each: Floats) -> None:
    """The least that the lots of each workshop cost, W."""
    for c in prange(CHUNKS):
        value_chunk_cells(flat, program, values, work, each, int(np.int64(c)))


@inner_loop
def value_chunk_cells(flat: Flat, program: Program, values: Values, work: Work, each: Floats, c: int) -> None:
    """One chunk of workshops."""
    periods = program.room.shape[1]
    saved, hours = work.cell[c, 0], work.cell[c, 1]
    for w in range(work.first[c], work.first[c + 1]):
        for t in range(periods):
            cell = w * periods + t
            if program.start[cell] < program.start[cell + 1]:
                each[w] += value_cell(flat, program, values, work, w, t, saved, hours)


@inner_loop
def value_cell(
    flat: Flat,
    program: Program,
    values: Values,
    work: Work,
    w: int,
    t: int,
    saved: Floats,
    hours: Floats,
) -> float:
    """The least that one cell costs; saved, hours: room for its columns."""
    cell = w * program.room.shape[1] + t
    total, count, room = 0.0, 0, program.room[w, t]
    for i in range(program.start[cell], program.start[cell + 1]):
        cost = reduced_cost(flat, program, values, work, i, w, t)
        total += cost * program.lower[i]
        room -= program.hours_per_unit[i] * program.lower[i]
        size = program.upper[i] - program.lower[i]
        if cost < 0 and size > 0:
            if program.hours_per_unit[i] > 0:
                saved[count], hours[count] = cost / program.hours_per_unit[i], program.hours_per_unit[i] * size
                count += 1
            else:
                total += cost * size
    over = max(0.0, -room)
    total += over * flat.overtime_cost[w]
    rest = greedy(saved, hours, count, room + over, program.extra[w, t] - over, flat.overtime_cost[w])
    return float(total + rest)


@inner_loop
def greedy(saved: Floats, hours: Floats, count: int, room: float, extra: float, dear: float) -> float:
    """The best use of room and overtime: dearest savings first. Sorts saved and hours."""
    total = 0.0
    for i in range(1, count):  # by insertion: a cell has few columns
        key, size, j = saved[i], hours[i], i - 1
        while j >= 0 and saved[j] > key:
            saved[j + 1], hours[j + 1] = saved[j], hours[j]
            j -= 1
        saved[j + 1], hours[j + 1] = key, size
    for i in range(count):
        cheap = min(hours[i], room)
        total += cheap * saved[i]
        room -= cheap
        if saved[i] + dear < 0:
            late = min(hours[i] - cheap, max(extra, 0.0))
            total += late * (saved[i] + dear)
            extra -= late
    return total


@threaded
def wanted(
    flat: Flat, program: Program, values: Values, work: Work, hours: Floats, margin: float, flags: Flags
) -> None:
    """Which columns would be made at these prices, or nearly: within `margin` of the price of their part."""
    for c in prange(CHUNKS):
        wanted_in_chunk(flat, program, values, work, hours, margin, flags, int(np.int64(c)))


@inner_loop
def wanted_in_chunk(
    flat: Flat, program: Program, values: Values, work: Work, hours: Floats, margin: float, flags: Flags, c: int
) -> None:
    """One chunk of workshops."""
    periods = program.room.shape[1]
    for w in range(work.first[c], work.first[c + 1]):
        for t in range(periods):
            cell = w * periods + t
            for i in range(program.start[cell], program.start[cell + 1]):
                cost = reduced_cost(flat, program, values, work, i, w, t) + hours[w, t] * program.hours_per_unit[i]
                k = program.capability[i]
                near = margin * abs(values.parts[flat.part[k], t]) * flat.yields[k]
                flags[i] = cost < near or program.lower[i] > 0
