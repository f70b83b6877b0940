"""Meeting what is asked of a part: more pieces where its stock would fall below 0, fewer where nobody needs them.

In: the board, and prices of pieces (rupiah a piece of each part and period, from the bound) that stand for what a
component will cost. Parts are met after their parents, so what is asked of a part is known to the piece. A deficit is
filled by the lots that cost least for each good piece, existing or new, a new one sized for what later periods lack
too; a surplus is taken out of the lots that it empties, then of the dearest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.compiled import inner_loop
from wadah.planning.guided.board import (
    JOURNAL,
    NOWHERE,
    TINY,
    down,
    earliest,
    is_fresh,
    least_lot,
    least_of,
    made_in_all,
    put,
    room,
    source_count,
    spare,
    undo,
    up,
)

if TYPE_CHECKING:
    from wadah.planning.flat import Flat
    from wadah.planning.guided.board import Board
    from wadah.planning.state.state import Floats


@inner_loop
def trial_cost(flat: Flat, board: Board, k: int, t: int, pieces: float, components: float) -> float:
    """What so many pieces more in lot (k, t) would cost, components at so much a piece, without making them; rupiah."""
    w = flat.workshop[k]
    before = board.lots[k, t]
    cost = (flat.cost[k] + components) * pieces
    hours = flat.unit_hours[k] * pieces
    if before <= 0.0:
        cost += flat.setup_cost[k]
        hours += flat.setup_hours[k]
        if board.runs[w] == 0:
            cost += flat.engage_cost[w]
    used, limit = board.used[w, t], flat.hours[w, t]
    if used + hours > limit:
        cost += flat.overtime_cost[w] * (used + hours - max(used, limit))
    if flat.keyed[k, t]:
        was = flat.previous[k, t]
        cost += flat.change_cost * (abs(before + pieces - was) - abs(before - was))
    return float(cost)


@inner_loop
def component_cost(flat: Flat, price: Floats, p: int, t: int) -> float:
    """What the components of one piece of p started in t cost at their prices, rupiah."""
    pulled, cost = max(0, t - flat.lead[p]), 0.0
    for j in range(flat.child_start[p], flat.child_start[p + 1]):
        cost += price[flat.child[j], pulled] * flat.child_pieces[j]
    return float(cost)


@inner_loop
def in_stock(flat: Flat, board: Board, k: int, t: int) -> float:
    """Pieces that lot (k, t) could have more with components that nobody else needs."""
    p = flat.part[k]
    pulled, most = max(0, t - flat.lead[p]), np.inf
    for j in range(flat.child_start[p], flat.child_start[p + 1]):
        most = min(most, max(0.0, spare(board, flat.child[j], pulled)) / flat.child_pieces[j])
    return float(most)


@inner_loop
def lot_size(flat: Flat, board: Board, k: int, t: int, good: float, most: float) -> float:
    """Pieces that lot (k, t) would get more, at most, to give so many good ones; 0 where none fits."""
    pieces = down(board, k, min(up(board, k, good / flat.yields[k]), most))
    if board.lots[k, t] <= 0.0 and pieces < flat.least[k]:
        least = least_lot(flat, board, k, t)
        pieces = least if least <= most else 0.0
    return float(pieces)


@inner_loop
def share_left(flat: Flat, board: Board, k: int, total: float, good: float) -> float:
    """Pieces that k may make more before it has too large a share; of the first pieces, its share of what is asked."""
    share = flat.share[flat.part[k]]
    if total <= 0.0:
        return float(share * good / flat.yields[k])
    return float((share * total - board.made[k]) / (1.0 - share))


@inner_loop
def most_more(flat: Flat, board: Board, k: int, t: int, total: float, good: float, strict: bool) -> float:
    """The most pieces that lot (k, t) can have more, by room, share and, if strict, components in stock."""
    most = room(flat, board, k, t)
    if flat.share[flat.part[k]] < 1.0:
        most = min(most, share_left(flat, board, k, total, good))
    if strict and most > 0.0:
        most = min(most, in_stock(flat, board, k, t))
    return float(most)


@inner_loop
def fill(
    flat: Flat, board: Board, price: Floats, p: int, t: int, strict: bool, closed: int, closed_when: int
) -> tuple[float, float]:
    """The cheapest lot for the stock of p that lacks in t, started by then. Returns (pieces added, cost).

    strict: only with components in stock; else components are taken, and their own stock may fall below 0.
    """
    now, later = -board.level[p, t], -spare(board, p, t)
    total = made_in_all(flat, board, p) if flat.share[p] < 1.0 else 0.0
    best, best_k, best_t, best_pieces = np.inf, NOWHERE, NOWHERE, 0.0
    for u in range(t, earliest(flat, p, t) - 1, -1):
        components = component_cost(flat, price, p, u)
        waiting = flat.holding[p] * (t - u)
        for j in range(flat.able_start[p], flat.able_start[p + 1]):
            k = flat.able[j]
            each = (flat.cost[k] + components) / flat.yields[k] + waiting
            if board.lots[k, u] <= 0.0:
                each += flat.setup_cost[k] / (later + flat.least[k])
            if each >= best or flat.largest[k, u] <= 0.0 or (k == closed and u == closed_when):
                continue
            most = most_more(flat, board, k, u, total, later, strict)
            for good in (now, later):
                pieces = lot_size(flat, board, k, u, good, most)
                if pieces > 0.0:
                    useful = min(pieces * flat.yields[k], later)
                    each = trial_cost(flat, board, k, u, pieces, components) / useful + waiting
                    if each < best:
                        best, best_k, best_t, best_pieces = each, k, u, pieces
    if best_k == NOWHERE:
        return 0.0, 0.0
    return best_pieces, put(flat, board, best_k, best_t, best_pieces)


@inner_loop
def meet(
    flat: Flat, board: Board, price: Floats, p: int, strict: bool, patient: bool, closed: int, closed_when: int
) -> tuple[float, bool]:
    """Fill every deficit of p, earliest first; lot (closed, closed_when) stays as it is.

    What can't be filled in time ends it at once; or, if patient, is filled as soon after as can be.
    Returns (cost, whether all was filled in time).
    """
    cost, filled = 0.0, True
    for t in range(board.level.shape[1]):
        while board.level[p, t] < -TINY:
            pieces, more = fill(flat, board, price, p, t, strict, closed, closed_when)
            cost += more
            if pieces <= 0.0 or board.length[0] >= JOURNAL - 1:
                if not patient:
                    return cost, False
                filled = False
                break
    return cost, filled


@inner_loop
def removable(flat: Flat, board: Board, k: int, t: int) -> float:
    """Pieces that lot (k, t) could do without: all of them, or as many as leave it its least; whole where they are."""
    p = flat.part[k]
    have = board.lots[k, t]
    most = spare(board, p, t) / flat.yields[k]
    if flat.share[p] < 1.0:
        most = min(most, share_slack(flat, board, k))
    whole = most >= have - TINY and flat.promised[k, t] <= 0.0
    if whole and (
        flat.sources[p] <= 1 or board.made[k] > have + TINY or source_count(flat, board, p) > flat.sources[p]
    ):
        return float(have)
    return float(down(board, k, max(0.0, min(most, have - least_of(flat, k, t)))))


@inner_loop
def share_slack(flat: Flat, board: Board, k: int) -> float:
    """Pieces that k can make fewer before another workshop's share of its part becomes too large."""
    p = flat.part[k]
    total, most = made_in_all(flat, board, p), 0.0
    for j in range(flat.able_start[p], flat.able_start[p + 1]):
        if flat.able[j] != k:
            most = max(most, board.made[flat.able[j]])
    return float(total - most / flat.share[p])


@inner_loop
def all_fresh(flat: Flat, board: Board, p: int) -> bool:
    """Whether neither p nor any of its components lies too long."""
    for j in range(flat.child_start[p], flat.child_start[p + 1]):
        if not is_fresh(flat, board, flat.child[j]):
            return False
    return bool(is_fresh(flat, board, p))


@inner_loop
def trim(flat: Flat, board: Board, p: int) -> float:
    """Take what nobody needs out of p's lots, latest first, where that costs less and nothing lies too long for it.

    Returns the cost, ≤ 0.
    """
    cost = 0.0
    periods = board.level.shape[1]
    enough = 0.5 if flat.integer[p] else TINY
    left = board.level[p, periods - 1]
    for t in range(periods - 1, -1, -1):
        left = min(left, board.level[p, t])
        if left <= enough:
            return cost
        for j in range(flat.able_start[p], flat.able_start[p + 1]):
            k = flat.able[j]
            if board.lots[k, t] > 0.0:
                pieces = removable(flat, board, k, t)
                if pieces > 0.0:
                    mark = board.length[0]
                    change = put(flat, board, k, t, -pieces)
                    if change > 0.0 or not all_fresh(flat, board, p):
                        undo(flat, board, mark)
                    else:
                        cost += change
                        left -= pieces * flat.yields[k]
                        if left <= enough:
                            return cost
    return cost
