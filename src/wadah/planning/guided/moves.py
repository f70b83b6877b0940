"""Local search: one lot closed, or one delivery earlier, with all that follows from it down the bill of materials.

In: a board whose stock lies nowhere below 0. Each move changes one thing and lets meet.py mend what that breaks, part
after part; its cost is then known exactly. A move that costs less and breaks no rule stays, any other is taken back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.compiled import loop
from wadah.planning.guided.board import NOWHERE, TINY, hand, put, undo
from wadah.planning.guided.fresh import is_fresh
from wadah.planning.guided.meet import meet, trim
from wadah.planning.guided.spread import sources_kept

if TYPE_CHECKING:
    from wadah.planning.flat import Flat
    from wadah.planning.guided.board import Board
    from wadah.planning.state.state import Floats, Ints

TOUCHED = 200  # parts that one move may change


@loop
def settle(flat: Flat, board: Board, price: Floats, rank: Ints, waiting: Ints, count: int) -> tuple[float, bool]:
    """Meet and trim the parts in waiting[:count], and then whatever they touch, parents first.

    rank: each part's place in parents_first. waiting: room for as many parts as a trial may touch.
    Returns (cost, whether everything asked could be met).
    """
    cost = 0.0
    while count > 0:
        first = 0
        for j in range(1, count):
            if rank[waiting[j]] < rank[waiting[first]]:
                first = j
        p = waiting[first]
        count -= 1
        waiting[first] = waiting[count]
        more, met = meet(flat, board, price, p, False, False, NOWHERE, NOWHERE)
        cost += more
        if not met:
            return cost, False
        cost += trim(flat, board, p)
        if not is_fresh(flat, board, p) or not sources_kept(flat, board, p):
            return cost, False
        count = children_of(flat, p, waiting, count)
    return cost, True


@loop
def children_of(flat: Flat, p: int, waiting: Ints, count: int) -> int:
    """Add p's components to waiting, each once. Returns how many wait."""
    for j in range(flat.child_start[p], flat.child_start[p + 1]):
        known = False
        for i in range(count):
            known = known or waiting[i] == flat.child[j]
        if not known:  # there is room for as many as any trial can touch
            waiting[count] = flat.child[j]
            count += 1
    return count


@loop
def close_lot(flat: Flat, board: Board, price: Floats, rank: Ints, waiting: Ints, k: int, t: int) -> float:
    """Start nothing in lot (k, t); the part's other lots take over. Returns the cost, < 0, or 0 if it didn't pay."""
    p = flat.part[k]
    mark = board.count[0]
    cost = put(flat, board, k, t, -board.lots[k, t])
    more, met = meet(flat, board, price, p, False, False, k, t)
    cost += more
    if met:
        cost += trim(flat, board, p)
        count = children_of(flat, p, waiting, 0)
        more, met = settle(flat, board, price, rank, waiting, count)
        cost += more
    if met and cost < -1e-6 and sources_kept(flat, board, p):
        return cost
    undo(flat, board, mark)
    return 0.0


@loop
def serve(
    flat: Flat, board: Board, price: Floats, rank: Ints, waiting: Ints, i: int, now: int, t: int, pieces: float
) -> float:
    """Deliver so many pieces of order i in t, which now come in `now` (−1: never). Returns the cost, < 0, or 0."""
    mark = board.count[0]
    cost = 0.0
    if now >= 0:
        cost += hand(flat, board, i, now, -pieces)
    cost += hand(flat, board, i, t, pieces)
    waiting[0] = flat.order_part[i]
    more, met = settle(flat, board, price, rank, waiting, 1)
    cost += more
    if met and cost < -1e-6:
        return cost
    undo(flat, board, mark)
    return 0.0


@loop
def serve_all(flat: Flat, board: Board, price: Floats, rank: Ints, waiting: Ints) -> float:
    """Try to deliver earlier what is late, and at all what is short. Returns the cost, ≤ 0."""
    gained = 0.0
    periods = board.level.shape[1]
    for i in range(flat.quantity.shape[0]):
        if flat.single_source[i]:
            continue
        first = max(0, flat.first[i])
        for now in range(periods, -1, -1):
            late = board.short[i] if now == periods else board.delivered[i, now]
            if late <= TINY or now <= max(flat.due[i], first):
                continue
            source = -1 if now == periods else now
            for t in range(max(first, min(flat.due[i], periods - 1)), min(now, flat.last[i] + 1)):
                pieces = late
                while pieces > TINY:
                    board.count[0] = 0
                    change = serve(flat, board, price, rank, waiting, i, source, t, pieces)
                    gained += change
                    if change < 0.0:
                        late -= pieces
                        pieces = min(pieces, late)
                    elif not flat.partial[i] or pieces <= 1.0:
                        break
                    else:
                        pieces = np.floor(pieces / 3.0) if flat.integer[flat.order_part[i]] else pieces / 3.0
                if late <= TINY:
                    break
    board.count[0] = 0
    return gained


@loop
def close_all(flat: Flat, board: Board, price: Floats, rank: Ints, order: Ints, waiting: Ints) -> float:
    """Try to close each lot, capabilities in this order. Returns the cost, ≤ 0."""
    gained = 0.0
    for k in order:
        if flat.sources[flat.part[k]] > 1 or flat.life[flat.part[k]] >= 0:
            continue
        for t in range(board.level.shape[1]):
            if board.lots[k, t] > 0.0 and flat.promised[k, t] <= 0.0:
                board.count[0] = 0
                gained += close_lot(flat, board, price, rank, waiting, k, t)
    board.count[0] = 0
    return gained
