"""The lots of one workshop and period at given prices, exactly: a knapsack of hours with set-ups and smallest lots.

In: a Cell: for each lot what it costs and takes once it is started at all (its smallest quantity, its set-up), and up
to two pieces by which it may grow, each with its rupiah an hour (two, where a change from the plan before costs). Out:
the least cost, and which lots are started. Depth first with the linear relaxation as bound, in which a lot not yet
decided costs the convex envelope of nothing and of what it may cost (Dantzig's greedy order solves it). Where the
search would be too long the relaxation's value is returned: never above the least cost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wadah.planning.compiled import inner, inner_loop

if TYPE_CHECKING:
    from wadah.planning.gradient.program import Floats, Ints

NODES = 400  # of the search in one cell; then the bound is the relaxation's of what is left
OPEN, OFF, ON = 0, 1, 2  # what is decided of a lot
ROOM = 1e-9  # hours, relative: lots that fit to within this fit
PARTS = 6  # entries of a lot in the greedy order, at most


class Cell(NamedTuple):
    """Room for one cell of n lots, used again and again. `size`: [lots, entries]."""

    size: Ints
    lot: Ints  # n, capability
    base_cost: Floats  # n, rupiah at the smallest quantity
    base_hours: Floats
    rate: Floats  # n × 2, rupiah an hour of each piece
    grow: Floats  # n × 2, hours of each piece
    decided: Ints  # n, OPEN, OFF or ON
    best: Ints  # n, as decided in the best solution
    path: Ints  # n, lots decided one after another
    below: Floats  # n, the bound where each was decided
    slope: Floats  # PARTS · n, rupiah an hour, rising
    hours: Floats
    owner: Ints
    when: Ints  # OPEN or ON: which state of its lot an entry counts for
    first: Ints  # 1: the entry that starts its lot
    taken: Floats  # PARTS · n, hours, of the last greedy filling


@inner
def cell_of(lots: int) -> Cell:
    """Room for cells of at most so many lots."""
    n, m = max(lots, 1), PARTS * max(lots, 1)
    return Cell(
        np.zeros(2, np.int64),
        np.zeros(n, np.int64),
        np.zeros(n),
        np.zeros(n),
        np.zeros((n, 2)),
        np.zeros((n, 2)),
        np.zeros(n, np.int64),
        np.zeros(n, np.int64),
        np.zeros(n, np.int64),
        np.zeros(n),
        np.zeros(m),
        np.zeros(m),
        np.zeros(m, np.int64),
        np.zeros(m, np.int64),
        np.zeros(m, np.int64),
        np.zeros(m),
    )


@inner_loop
def clear(cell: Cell) -> None:
    """No lots."""
    cell.size[0], cell.size[1] = 0, 0


@inner_loop
def add_entry(cell: Cell, slope: float, hours: float, owner: int, when: int, first: int) -> None:
    """Put an entry into the greedy order; equal slopes keep the order in which they came."""
    e = cell.size[1]
    while e > 0 and cell.slope[e - 1] > slope:
        cell.slope[e], cell.hours[e], cell.owner[e] = cell.slope[e - 1], cell.hours[e - 1], cell.owner[e - 1]
        cell.when[e], cell.first[e] = cell.when[e - 1], cell.first[e - 1]
        e -= 1
    cell.slope[e], cell.hours[e], cell.owner[e], cell.when[e], cell.first[e] = slope, hours, owner, when, first
    cell.size[1] += 1


@inner_loop
def add_lot(cell: Cell, lot: int, forced: bool, cost: float, hours: float, rate: Floats, grow: Floats) -> None:
    """Add a lot, unless it can only cost; a lot that saves money without any hours is as good as forced.

    cost, hours: at its smallest quantity; rate, grow: 2, its pieces, rates rising; pieces that cost are left away.
    """
    total, most, used, begun = cost, cost, hours, 0
    for piece in range(2):
        if rate[piece] < 0 and grow[piece] > 0:
            most += rate[piece] * grow[piece]
            if used <= 0 or rate[piece] * used < total:
                total += rate[piece] * grow[piece]
                used += grow[piece]
                begun = piece + 1
    if not forced and most >= 0:
        return
    forced = forced or (cost <= 0 and hours <= 0)
    j = cell.size[0]
    cell.size[0] += 1
    cell.lot[j], cell.base_cost[j], cell.base_hours[j] = lot, cost, hours
    cell.decided[j] = ON if forced else OPEN
    if not forced:
        add_entry(cell, total / used, used, j, OPEN, 1)
    for piece in range(2):
        cell.rate[j, piece], cell.grow[j, piece] = rate[piece], grow[piece]
        if rate[piece] < 0 and grow[piece] > 0:
            add_entry(cell, rate[piece], grow[piece], j, ON, 0)
            if not forced and piece >= begun:
                add_entry(cell, rate[piece], grow[piece], j, OPEN, 0)


@inner_loop
def fill(cell: Cell, room: float, extra: float, dear: float) -> tuple[float, int]:
    """The relaxation where some lots are decided: its value, infinite where they don't fit, and the lot begun in part.

    −1: no lot is begun in part, so that the value is attained.
    """
    total = need = 0.0
    for j in range(cell.size[0]):
        if cell.decided[j] == ON:
            total += cell.base_cost[j]
            need += cell.base_hours[j]
    if need > room + extra + ROOM * (1.0 + room + extra):
        return np.inf, -1
    over = max(0.0, need - room)
    total += over * dear
    left, late = max(0.0, room - need), max(0.0, extra - over)
    part = -1
    for e in range(cell.size[1]):
        cell.taken[e] = 0.0
        if cell.when[e] != cell.decided[cell.owner[e]]:
            continue
        cheap = min(cell.hours[e], left)
        left -= cheap
        costly = min(cell.hours[e] - cheap, late) if cell.slope[e] + dear < 0 else 0.0
        late -= costly
        total += cheap * cell.slope[e] + costly * (cell.slope[e] + dear)
        cell.taken[e] = cheap + costly
        if cell.first[e] == 1 and 0.0 < cheap + costly < cell.hours[e]:
            part = cell.owner[e]
    return total, part


@inner_loop
def solve_cell(cell: Cell, room: float, extra: float, dear: float) -> float:
    """The least that the cell's lots cost, or a little less where the search is too long; cell.best says how.

    Forced lots that don't fit are let through, with the hours that they lack at overtime's price.
    """
    forced = 0.0
    for j in range(cell.size[0]):
        cell.best[j] = cell.decided[j]
        if cell.decided[j] == ON:
            forced += cell.base_hours[j]
    extra = max(extra, forced - room)
    least, cut = np.inf, np.inf  # the best solution; the least bound of what is left out
    depth = nodes = 0
    while True:
        nodes += 1
        value, part = fill(cell, room, extra, dear)
        if part >= 0 and value < least:
            if nodes < NODES:
                cell.path[depth], cell.below[depth] = part, value
                cell.decided[part] = ON
                depth += 1
                continue
            cut = min(cut, value)
        elif value < least:
            least = value
            keep(cell)
        depth, cut = back(cell, depth, least, cut, nodes >= NODES)
        if depth == 0:
            return min(least, cut)


@inner_loop
def back(cell: Cell, depth: int, least: float, cut: float, stop: bool) -> tuple[int, float]:
    """Back to the last lot that has been tried started only, and decide against it; depth 0: none is left."""
    while depth > 0:
        j = cell.path[depth - 1]
        if cell.decided[j] == ON and cell.below[depth - 1] < least:
            if not stop:
                cell.decided[j] = OFF
                break
            cut = min(cut, cell.below[depth - 1])
        cell.decided[j] = OPEN
        depth -= 1
    return depth, cut


@inner_loop
def keep(cell: Cell) -> None:
    """Remember this solution: a lot is started where it is decided so, or begun in the greedy order."""
    for j in range(cell.size[0]):
        cell.best[j] = ON if cell.decided[j] == ON else OFF
    for e in range(cell.size[1]):
        if cell.first[e] == 1 and cell.taken[e] > 0.0:
            cell.best[cell.owner[e]] = ON
