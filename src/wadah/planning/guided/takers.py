"""Who goes without when a part lacks pieces: the delivery or parent's lot that loses least for each piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.compiled import inner_loop
from wadah.planning.guided.board import NOWHERE, TINY, earliest, hand, put, spare, up

if TYPE_CHECKING:
    from wadah.planning.flat import Flat
    from wadah.planning.guided.board import Board
    from wadah.planning.state.state import Floats

LATER = 1e-6  # rupiah: of two that lose the same, the later one
FORBIDDEN = 1e15  # rupiah a piece: what being late or short loses where it is forbidden


@inner_loop
def weakest_taker(flat: Flat, board: Board, price: Floats, p: int, t: int) -> tuple[int, int, int, int, float]:
    """Which taker of p, up to t, loses least for each piece that lacks.

    Returns (order, when, lot, when, pieces that it must do without): one of order and lot is −1, or both.
    """
    lack, begin = -board.level[p, t], earliest(flat, p, t)  # what is left earlier would perish
    loss, order, when = weakest_order(flat, board, p, begin, t, lack)
    other, lot, lot_when, each = weakest_lot(flat, board, price, p, begin, t)
    if other < loss:
        return NOWHERE, NOWHERE, lot, lot_when, lack / each
    return order, when, NOWHERE, NOWHERE, lack


@inner_loop
def weakest_order(flat: Flat, board: Board, p: int, begin: int, t: int, lack: float) -> tuple[float, int, int]:
    """The order that loses least, delivered in begin … t: (rupiah a piece, order, when)."""
    best, order, when = np.inf, NOWHERE, NOWHERE
    for j in range(flat.asked_start[p], flat.asked_start[p + 1]):
        i = flat.asked[j]
        if flat.single_source[i]:
            continue  # its lots stay as they are, and so do its deliveries
        loss = flat.short_cost[i] if flat.late_cost[i] == np.inf else min(flat.short_cost[i], 2.0 * flat.late_cost[i])
        loss = min(loss, FORBIDDEN)
        if not flat.partial[i]:
            loss *= max(1.0, flat.quantity[i] / lack)  # all of it waits for the piece that lacks
        for u in range(begin, t + 1):
            if board.delivered[i, u] > 0.0 and loss + LATER * (t - u) < best:
                best, order, when = loss + LATER * (t - u), i, u
    return best, order, when


@inner_loop
def weakest_lot(flat: Flat, board: Board, price: Floats, p: int, begin: int, t: int) -> tuple[float, int, int, float]:
    """The lot of a parent that loses least, taking p in begin … t: (rupiah a piece, lot, when, pieces it takes)."""
    best, lot, when, takes = np.inf, NOWHERE, NOWHERE, 1.0
    for j in range(flat.parent_start[p], flat.parent_start[p + 1]):
        q, each = flat.parent[j], flat.parent_pieces[j]
        first = begin + flat.lead[q] if begin > 0 else 0
        for i in range(flat.able_start[q], flat.able_start[q + 1]):
            k = flat.able[i]
            for u in range(first, min(board.level.shape[1], t + flat.lead[q] + 1)):
                loss = price[q, u] * flat.yields[k] / each + LATER * (t - u)
                if board.lots[k, u] > flat.promised[k, u] and loss < best:
                    best, lot, when, takes = loss, k, u, each
    return best, lot, when, takes


@inner_loop
def cut_lot(flat: Flat, board: Board, k: int, t: int, lack: float) -> float:
    """Start so many pieces fewer; what falls below the smallest lot isn't started, or only what is promised."""
    pieces = up(board, k, lack)
    left = board.lots[k, t] - pieces
    if left < flat.promised[k, t] or (left < flat.least[k] and flat.promised[k, t] <= 0.0):
        pieces = board.lots[k, t] - flat.promised[k, t]
    return float(put(flat, board, k, t, -pieces))


@inner_loop
def cut_delivery(flat: Flat, board: Board, i: int, t: int, lack: float) -> float:
    """Deliver so many pieces fewer; all of them where an order may not be split."""
    have = board.delivered[i, t]
    pieces = np.ceil(lack - TINY) if flat.integer[flat.order_part[i]] else lack
    if not flat.partial[i]:
        pieces = have
    return float(hand(flat, board, i, t, -min(pieces, have)))


@inner_loop
def deliver_from_stock(flat: Flat, board: Board, i: int) -> float:
    """Deliver what is short of order i as early as spare stock allows, where that costs less than being short."""
    p = flat.order_part[i]
    cost = 0.0
    for t in range(max(0, flat.first[i]), flat.last[i] + 1):
        if board.short[i] <= TINY:
            break
        late = flat.late_cost[i] * (t - flat.due[i]) if t > flat.due[i] else 0.0
        if late >= flat.short_cost[i]:
            break
        pieces = min(board.short[i], spare(board, p, t))
        if flat.integer[p]:
            pieces = np.floor(pieces + TINY)
        if not flat.partial[i] and pieces < flat.quantity[i]:
            continue
        if pieces > TINY:
            cost += hand(flat, board, i, t, pieces)
    return cost
