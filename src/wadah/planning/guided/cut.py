"""Down to what can be made: what lacks a component is started later or not at all, and delivered later or not at all.

In: a board on which stock may lie below 0. Out: a board on which it lies nowhere below 0, so a plan that obeys §1.
Parts are gone through after their components; a deficit is taken from what takes the part: deliveries and lots of
parents, those first that lose least. What was cut and could be delivered later is then delivered as early as can be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.compiled import loop
from wadah.planning.guided.board import NOWHERE, TINY, hand, put, spare
from wadah.planning.guided.fresh import is_fresh, keep_fresh
from wadah.planning.guided.meet import meet
from wadah.planning.guided.spread import sources_kept, spread

if TYPE_CHECKING:
    from wadah.planning.flat import Flat
    from wadah.planning.guided.board import Board
    from wadah.planning.state.state import Floats

PASSES = 8  # each takes what the one before left; the first does nearly all


@loop
def cut(flat: Flat, board: Board, price: Floats) -> tuple[float, bool]:
    """Make every level ≥ 0 and keep the rules of a part's own lots. Returns (cost, whether all of it holds)."""
    cost = 0.0
    for _ in range(PASSES):
        for r in range(flat.parents_first.shape[0] - 1, -1, -1):
            cost += cut_part(flat, board, price, flat.parents_first[r])
        if all_kept(flat, board):
            return cost, True
    return cost, False


@loop
def all_kept(flat: Flat, board: Board) -> bool:
    """Whether no stock lies below 0 or too long, and every part has its sources."""
    for p in range(flat.life.shape[0]):
        for t in range(board.level.shape[1]):
            if board.level[p, t] < -TINY:
                return False
        if not is_fresh(flat, board, p) or not sources_kept(flat, board, p):
            return False
    return True


@loop
def cut_part(flat: Flat, board: Board, price: Floats, p: int) -> float:
    """One part whose components are settled: its own rules, what can still be made of it, then what takes too much."""
    cost = spread(flat, board, price, p)
    change, _ = meet(flat, board, price, p, True, True, NOWHERE, NOWHERE)
    cost += change
    for t in range(board.level.shape[1]):
        if flat.life[p] >= 0 and not is_fresh(flat, board, p):
            change, _ = keep_fresh(flat, board, p)
            cost += change
        while board.level[p, t] < -TINY:
            change, done = cut_one(flat, board, price, p, t)
            cost += change
            if not done:
                break
    return cost


@loop
def cut_one(flat: Flat, board: Board, price: Floats, p: int, t: int) -> tuple[float, bool]:
    """Take p from its weakest taker up to t. Returns (cost, whether there was one)."""
    order, when, lot, lot_when, lack = weakest_taker(flat, board, price, p, t)
    if lot >= 0:
        return cut_lot(flat, board, lot, lot_when, lack), True
    if order >= 0:
        return cut_delivery(flat, board, order, when, lack), True
    return 0.0, False


@loop
def weakest_taker(flat: Flat, board: Board, price: Floats, p: int, t: int) -> tuple[int, int, int, int, float]:
    """Which taker of p, up to t, loses least for each piece that lacks.

    Returns (order, when, lot, when, pieces that it must do without): one of order and lot is −1, or both.
    """
    lack = -board.level[p, t]
    best, order, when, amount = np.inf, NOWHERE, NOWHERE, lack
    for j in range(flat.asked_start[p], flat.asked_start[p + 1]):
        i = flat.asked[j]
        loss = flat.short_cost[i] if flat.late_cost[i] == np.inf else min(flat.short_cost[i], 2.0 * flat.late_cost[i])
        if not flat.partial[i]:
            loss *= max(1.0, flat.quantity[i] / lack)  # all of it waits for the piece that lacks
        for u in range(t + 1):
            if board.delivered[i, u] > 0.0 and loss + 1e-6 * (t - u) < best:
                best, order, when = loss + 1e-6 * (t - u), i, u
    lot, lot_when = NOWHERE, NOWHERE
    for j in range(flat.parent_start[p], flat.parent_start[p + 1]):
        q, each = flat.parent[j], flat.parent_pieces[j]
        for i in range(flat.able_start[q], flat.able_start[q + 1]):
            k = flat.able[i]
            for u in range(min(board.level.shape[1], t + flat.lead[q] + 1)):
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
    pieces = np.ceil(lack - TINY) if flat.integer[flat.part[k]] else lack
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
def deliver_rest(flat: Flat, board: Board) -> float:
    """Deliver what is short from stock that nobody else needs, dearest orders first. Returns the cost, ≤ 0."""
    cost = 0.0
    for p in range(flat.stock.shape[0]):
        first, end = flat.asked_start[p], flat.asked_start[p + 1]
        last = np.inf
        for _ in range(end - first):
            worth = -1.0
            for j in range(first, end):
                if worth < flat.short_cost[flat.asked[j]] < last:
                    worth = flat.short_cost[flat.asked[j]]
            if worth < 0.0:
                break
            last = worth
            for j in range(first, end):
                i = flat.asked[j]
                if flat.short_cost[i] == worth and board.short[i] > TINY and not flat.single_source[i]:
                    cost += deliver_from_stock(flat, board, i)
    return cost


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
