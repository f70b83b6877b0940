"""The linear programs of rounding: some lots open, their set-ups shared out or fixed (docs/model.md §12).

In: Flat, which lots are open and how large they were last (K × T). Out: a Program for the first-order method.
`shared_out` is dynamic slope scaling (Kim & Pardalos 1999, "A solution approach to the fixed charge network flow
problem using a dynamic slope scaling procedure"): a set-up is paid by the piece as if the lot stayed as large as it
was, in hours too, so that small lots look dear and lots gather. `fixed` decides the set-ups: an open lot pays nothing
more for being open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.compiled import loop
from wadah.planning.gradient.program import Program
from wadah.planning.guided.board import least_of

if TYPE_CHECKING:
    from wadah.planning.flat import Flat
    from wadah.planning.gradient.program import Flags, Floats, Ints


def shared_out(flat: Flat, opened: Flags, size: Floats) -> Program:
    """Every open lot may have 0 … U pieces, and its set-up costs what it costs for each of `size` pieces."""
    start, columns, capability = blank(flat, opened)
    fill_shared(flat, opened, size, start, capability, columns)
    return Program(start, capability, columns[0], columns[1], columns[2], columns[3], flat.hours, flat.overtime)


def fixed(flat: Flat, opened: Flags, reserve: float) -> Program:
    """Every open lot may have 0 … U pieces; hours are less the set-ups, and less `reserve` pieces of each lot.

    Smallest lots are left to the rounding: a parent's may ask for components that nobody can make, and then the linear
    program would have no solution and its prices no end.
    """
    start, columns, capability = blank(flat, opened)
    room = flat.hours.copy()
    fill_fixed(flat, opened, reserve, start, capability, columns, room)
    return Program(start, capability, columns[0], columns[1], columns[2], columns[3], room, flat.overtime)


def blank(flat: Flat, opened: Flags) -> tuple[Ints, Floats, Ints]:
    """Where the columns of each cell begin, and room for them."""
    workshops, periods = flat.hours.shape
    k, t = np.nonzero(opened)
    cells = np.bincount(flat.workshop[k] * periods + t, minlength=workshops * periods)
    start = np.zeros(workshops * periods + 1, dtype=np.int64)
    start[1:] = np.cumsum(cells)
    return start, np.zeros((4, len(k))), np.zeros(len(k), dtype=np.int64)


@loop
def fill_shared(flat: Flat, opened: Flags, size: Floats, start: Ints, capability: Ints, columns: Floats) -> None:
    """Cost, hours, lower and upper, 4 × C."""
    periods = flat.hours.shape[1]
    for w in range(flat.hours.shape[0]):
        for t in range(periods):
            i = start[w * periods + t]
            for j in range(flat.at_start[w], flat.at_start[w + 1]):
                k = flat.at[j]
                if opened[k, t]:
                    pieces = max(size[k, t], least_of(flat, k, t), 1e-9)
                    capability[i] = k
                    columns[0, i] = flat.cost[k] + flat.setup_cost[k] / pieces
                    columns[1, i] = flat.unit_hours[k] + flat.setup_hours[k] / pieces
                    columns[2, i] = flat.promised[k, t]
                    columns[3, i] = max(flat.largest[k, t], flat.promised[k, t])
                    i += 1


@loop
def fill_fixed(
    flat: Flat, opened: Flags, reserve: float, start: Ints, capability: Ints, columns: Floats, room: Floats
) -> None:
    """Cost, hours, lower and upper, 4 × C; takes set-ups and reserves off the room."""
    periods = flat.hours.shape[1]
    for w in range(flat.hours.shape[0]):
        for t in range(periods):
            i = start[w * periods + t]
            kept = flat.hours[w, t] + flat.overtime[w, t]
            wish = 0.0
            for j in range(flat.at_start[w], flat.at_start[w + 1]):
                k = flat.at[j]
                if opened[k, t]:
                    most = max(flat.largest[k, t], flat.promised[k, t])
                    least = least_of(flat, k, t)
                    capability[i] = k
                    columns[0, i], columns[1, i] = flat.cost[k], flat.unit_hours[k]
                    columns[2, i], columns[3, i] = flat.promised[k, t], most
                    room[w, t] -= flat.setup_hours[k]
                    kept -= flat.setup_hours[k] + flat.unit_hours[k] * least
                    if flat.integer[flat.part[k]]:
                        wish += flat.unit_hours[k] * min(reserve, most - least)
                    i += 1
            room[w, t] -= max(0.0, min(wish, kept))


@loop
def fit_hours(flat: Flat, opened: Flags, size: Floats) -> int:
    """Close lots, smallest first, where set-ups and least lots alone are more than the hours. Returns how many."""
    closed = 0
    for w in range(flat.hours.shape[0]):
        for t in range(flat.hours.shape[1]):
            while True:
                kept = flat.hours[w, t] + flat.overtime[w, t]
                smallest, which = np.inf, -1
                for j in range(flat.at_start[w], flat.at_start[w + 1]):
                    k = flat.at[j]
                    if opened[k, t]:
                        kept -= flat.setup_hours[k] + flat.unit_hours[k] * least_of(flat, k, t)
                        hours = flat.unit_hours[k] * size[k, t]
                        if flat.promised[k, t] <= 0.0 and hours < smallest:
                            smallest, which = hours, k
                if kept >= 0.0 or which < 0:
                    break
                opened[which, t] = False
                closed += 1
    return closed
