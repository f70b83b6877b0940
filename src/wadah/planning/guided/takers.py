"""Who goes without when a part lacks pieces: the delivery or parent's lot that loses least for each piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.compiled import loop
from wadah.planning.guided.board import NOWHERE, TINY, earliest, hand, put, spare, up

if TYPE_CHECKING:
    from wadah.planning.flat import Flat
    from wadah.planning.guided.board import Board
    from wadah.planning.state.state import Floats


@loop
def weakest_taker(flat: Flat, board: Board, price: Floats, p: int, t: int) -> tuple[int, int, int, int, float]:
    """Which taker of p, up to t, loses least for each piece that lacks.

    Returns (order, when, lot, when, pieces that it must do without): one of order and lot is −1, or both.
    """
    lack, begin = -board.level[p, t], earliest(flat, p, t)  # what is left earlier would perish
    best, order, when, amount = np.inf, NOWHERE, NOWHERE, lack
    for j in range(flat.asked_start[p], flat.asked_start[p + 1]):
        i = flat.asked[j]
        loss = flat.short_cost[i] if flat.late_cost[i] == np.inf else min(flat.short_cost[i], 2.0 * flat.late_cost[i])
        if not flat.partial[i]:
            loss *= max(1.0, flat.quantity[i] / lack)  # all of it waits for the piece that lacks
        for u in range(begin, t + 1):
            if board.delivered[i, u] > 0.0 and loss + 1e-6 * (t - u) < best:
                best, order, when = loss + 1e-6 * (t - u), i, u
    lot, lot_when = NOWHERE, NOWHERE
    for j in range(flat.parent_start[p], flat.parent_start[p + 1]):
        q, each = flat.parent[j], flat.parent_pieces[j]
        for i in range(flat.able_start[q], flat.able_start[q + 1]):
            k = flat.able[i]
            for u in range(begin + flat.lead[q] if begin > 0 else 0, min(board.level.shape[1], t + flat.lead[q] + 1)):
                if board.lots[k, u] > flat.promised[k, u]:
                    loss = price[q, u] * flat.yields[k] / each + 1e-6 * (t - u)
                    if loss < best:
                        best, lot, lot_when, amount = loss, k, u, lack / each
    if lot >= 0:
        return NOWHERE, NOWHERE, lot, lot_when, amount
    return order, when, NOWHERE, NOWHERE, lack


@loop
def cut_lot(flat: Flat, board: Board, k: int, t: int, lack: float) -> float:
    """Start so many pieces fewer; what falls below the smallest lot isn't started, or only what is promised."""
    pieces = up(board, k, lack)
    left = board.lots[k, t] - pieces
    if left < flat.promised[k, t] or (left < flat.least[k] and flat.promised[k, t] <= 0.0):
        pieces = board.lots[k, t] - flat.promised[k, t]
    return float(put(flat, board, k, t, -pieces))


@loop
def cut_delivery(flat: Flat, board: Board, i: int, t: int, lack: float) -> float:
    """Deliver so many pieces fewer; all of them where an order may not be split."""
    have = board.delivered[i, t]
    pieces = np.ceil(lack - TINY) if flat.integer[flat.order_part[i]] else lack
    if not flat.partial[i]:
        pieces = have
    return float(hand(flat, board, i, t, -min(pieces, have)))


@loop
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
