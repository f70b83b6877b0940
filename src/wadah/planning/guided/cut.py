"""Down to what can be made: what lacks a component is started later or not at all, and delivered later or not at all.

In: a board on which stock may lie below 0. Out: a board on which it lies nowhere below 0, so a plan that obeys §1.
Parts are gone through after their components; a deficit is taken from what takes the part: deliveries and lots of
parents, those first that lose least. What was cut and could be delivered later is then delivered as early as can be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.compiled import inner_loop, loop
from wadah.planning.guided.board import TINY, hand, is_fresh, put, scrap, undo
from wadah.planning.guided.fresh import keep_fresh
from wadah.planning.guided.meet import trim
from wadah.planning.guided.press import ROOMS_MADE, press
from wadah.planning.guided.spread import sources_kept, spread
from wadah.planning.guided.takers import cut_delivery, cut_lot, deliver_from_stock, weakest_taker

if TYPE_CHECKING:
    from wadah.planning.flat import Flat
    from wadah.planning.guided.board import Board
    from wadah.planning.state.state import Floats, Ints

ROUNDS = 12  # between what is too old and what then lacks
ROOMS_FOR_PROMISES = 30  # lots of other parts that may shrink for what is promised
WAITS = 4  # periods that an order which may not be split is put off for a few pieces
PASSES = 8  # each takes what the one before left; the first does nearly all


@loop
def cut(flat: Flat, board: Board, price: Floats, rank: Ints, waiting: Ints) -> tuple[float, bool]:
    """Make every level ≥ 0 and keep the rules of a part's own lots. Returns (cost, whether all of it holds)."""
    cost = 0.0
    for _ in range(PASSES):
        for r in range(flat.parents_first.shape[0] - 1, -1, -1):
            cost += cut_part(flat, board, price, rank, waiting, flat.parents_first[r])
        if all_kept(flat, board):
            return cost, True
    return cost + drop_broken(flat, board, price, rank, waiting), all_kept(flat, board)


@inner_loop
def drop_broken(flat: Flat, board: Board, price: Floats, rank: Ints, waiting: Ints) -> float:
    """The last resort: parts that break their rules aren't made but for what is promised. Returns the cost."""
    cost = 0.0
    for _ in range(PASSES):
        for r in range(flat.parents_first.shape[0] - 1, -1, -1):
            p = flat.parents_first[r]
            if not is_fresh(flat, board, p) or not sources_kept(flat, board, p):
                cost += restart(flat, board, p)
                change, _ = keep_fresh(flat, board, p)
                cost += change
            change, _ = cut_takers(flat, board, price, rank, waiting, p)
            cost += change
        if all_kept(flat, board):
            break
    return cost


@inner_loop
def all_kept(flat: Flat, board: Board) -> bool:
    """Whether no stock lies below 0 or too long, and every part has its sources."""
    for p in range(flat.life.shape[0]):
        for t in range(board.level.shape[1]):
            if board.level[p, t] < -TINY:
                return False
        if not is_fresh(flat, board, p) or not sources_kept(flat, board, p):
            return False
    return True


@inner_loop
def cut_part(flat: Flat, board: Board, price: Floats, rank: Ints, waiting: Ints, p: int) -> float:
    """One part whose components are settled: what can still be made of it, by its own rules; then who goes without."""
    cost = spread(flat, board, price, p)
    for attempt in range(ROUNDS if flat.life[p] >= 0 else 1):
        if not is_fresh(flat, board, p):
            if attempt == ROUNDS // 2:  # what came of the linear program can't be kept fresh: by need alone, then
                cost += restart(flat, board, p)
                cost += spread(flat, board, price, p)
            change, _done = keep_fresh(flat, board, p)
            cost += change
        change, lacked = cut_takers(flat, board, price, rank, waiting, p)
        cost += change
        if not lacked and is_fresh(flat, board, p):
            break
    return cost


@inner_loop
def restart(flat: Flat, board: Board, p: int) -> float:
    """Take out all lots of a part that perishes, but what is promised, and its scrap. Returns the cost."""
    cost = 0.0
    for t in range(board.level.shape[1]):
        cost += scrap(flat, board, p, t, -board.scrapped[p, t])
        for j in range(flat.able_start[p], flat.able_start[p + 1]):
            k = flat.able[j]
            cost += put(flat, board, k, t, flat.promised[k, t] - board.lots[k, t])
    return cost


@loop
def tidy(flat: Flat, board: Board) -> float:
    """Take out of every part what nobody needs, parents first. Returns the cost, ≤ 0."""
    cost = 0.0
    for p in flat.parents_first:
        board.length[0] = 0
        cost += trim(flat, board, p)
    board.length[0] = 0
    return cost


@inner_loop
def cut_takers(flat: Flat, board: Board, price: Floats, rank: Ints, waiting: Ints, p: int) -> tuple[float, bool]:
    """Take what lacks of p from those that lose least. Returns (cost, whether anything lacked)."""
    cost, lacked = 0.0, False
    for t in range(board.level.shape[1]):
        while board.level[p, t] < -TINY:
            lacked = True
            change, done = cut_one(flat, board, price, rank, waiting, p, t)
            cost += change
            if not done:
                break
    return cost, lacked


@inner_loop
def cut_one(flat: Flat, board: Board, price: Floats, rank: Ints, waiting: Ints, p: int, t: int) -> tuple[float, bool]:
    """Take p from its weakest taker up to t. Returns (cost, whether there was one).

    An order that may not be split would fall whole for the pieces that lack, so they are pressed for first, or waited
    for.
    """
    order, when, lot, lot_when, lack = weakest_taker(flat, board, price, p, t)
    if lot >= 0:
        return cut_lot(flat, board, lot, lot_when, lack), True
    if order < 0:
        return press_on(flat, board, price, rank, waiting, p)
    if not flat.partial[order]:
        change, met = wait_whole(flat, board, price, rank, waiting, p, t, order, when)
        if met:
            return change, True
    cost = cut_delivery(flat, board, order, when, lack)
    if not flat.partial[order]:
        cost += deliver_from_stock(flat, board, order)
    return cost, True


@inner_loop
def press_on(flat: Flat, board: Board, price: Floats, rank: Ints, waiting: Ints, p: int) -> tuple[float, bool]:
    """Make what promised lots lack of p, whoever else goes without. Returns (cost, whether it is made)."""
    board.length[0] = 0
    waiting[0] = p
    cost, met = press(flat, board, price, rank, waiting, 1, ROOMS_FOR_PROMISES, np.inf)
    if met:
        return cost, True
    undo(flat, board, 0)
    return 0.0, False


@inner_loop
def wait_whole(
    flat: Flat, board: Board, price: Floats, rank: Ints, waiting: Ints, p: int, t: int, order: int, when: int
) -> tuple[float, bool]:
    """Deliver an order that may not be split as it is, or up to WAITS periods later, pressing for what lacks in t.

    Returns (cost, whether it comes and nothing lacks in t); else nothing has changed.
    """
    loss = flat.quantity[order] * min(flat.short_cost[order], 2.0 * flat.late_cost[order])
    for later in range(when, min(when + WAITS, flat.last[order]) + 1):
        board.length[0] = 0
        moved = 0.0
        if later > when:
            pieces = board.delivered[order, when]
            moved = hand(flat, board, order, when, -pieces) + hand(flat, board, order, later, pieces)
        waiting[0] = p
        change, met = press(flat, board, price, rank, waiting, 1, ROOMS_MADE, loss)
        change += moved
        if met and change < loss and board.level[p, t] >= -TINY and board.delivered[order, later] > 0.0:
            return change, True
        undo(flat, board, 0)
    return 0.0, False


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
