"""Local search: one lot closed, or one delivery earlier, with all that follows from it down the bill of materials.

In: a board whose stock lies nowhere below 0. Each move changes one thing and lets meet.py mend what that breaks, part
after part; its cost is then known exactly. A move that costs less and breaks no rule stays, any other is taken back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.compiled import inner_loop, loop
from wadah.planning.guided.board import NOWHERE, TINY, hand, put, undo
from wadah.planning.guided.fresh import freshened
from wadah.planning.guided.meet import meet, trim
from wadah.planning.guided.press import press, take_first
from wadah.planning.guided.spread import sources_kept

if TYPE_CHECKING:
    from wadah.planning.flat import Flat
    from wadah.planning.guided.board import Board
    from wadah.planning.state.state import Floats, Ints

SIZES = 10  # numbers of pieces tried for each of them
TARGETS = 3  # periods tried for each delivery; all of them where an order that may not be split never comes
WORTH = 1e-3  # of its value: what a move must promise by the prices to be tried
TOUCHED = 200  # parts that one move may change


@inner_loop
def settle(flat: Flat, board: Board, price: Floats, rank: Ints, waiting: Ints, count: int) -> tuple[float, bool]:
    """Meet and trim the parts in waiting[:count], and then whatever they touch, parents first.

    rank: each part's place in parents_first. waiting: room for as many parts as a trial may touch.
    Returns (cost, whether everything asked could be met).
    """
    cost = 0.0
    while count > 0:
        count -= 1
        p = take_first(rank, waiting, count + 1)
        more, met = meet(flat, board, price, p, False, False, NOWHERE, NOWHERE)
        cost += more
        if not met:
            return cost, False
        cost += trim(flat, board, p)
        more, fresh = freshened(flat, board, price, p)
        cost += more
        if not fresh or not sources_kept(flat, board, p):
            return cost, False
        count = children_of(flat, p, waiting, count)
    return cost, True


@inner_loop
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


@inner_loop
def close_lot(flat: Flat, board: Board, price: Floats, rank: Ints, waiting: Ints, k: int, t: int) -> float:
    """Start nothing in lot (k, t); the part's other lots take over. Returns the cost, < 0, or 0 if it didn't pay."""
    p = flat.part[k]
    mark = board.length[0]
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


@inner_loop
def serve(
    flat: Flat,
    board: Board,
    price: Floats,
    rank: Ints,
    waiting: Ints,
    i: int,
    now: int,
    t: int,
    pieces: float,
    rooms: int,
) -> float:
    """Deliver so many pieces of order i in t, which now come in `now` (−1: never). Returns the cost, < 0, or 0."""
    mark = board.length[0]
    cost = 0.0
    if now >= 0:
        cost += hand(flat, board, i, now, -pieces)
    cost += hand(flat, board, i, t, pieces)
    waiting[0] = flat.order_part[i]
    more, met = press(flat, board, price, rank, waiting, 1, rooms, -cost)
    cost += more
    if met and cost < -1e-6:
        return cost
    undo(flat, board, mark)
    return 0.0


@inner_loop
def delivered_value(flat: Flat, price: Floats, i: int, t: int) -> float:
    """What a piece of order i delivered in t costs: the piece at its price, and being late; rupiah."""
    late = flat.late_cost[i] * (t - flat.due[i]) if t > flat.due[i] else 0.0
    return float(late + price[flat.order_part[i], t])


@inner_loop
def best_period(flat: Flat, price: Floats, i: int, above: float) -> tuple[int, float]:
    """The cheapest period to deliver order i in, of those that cost more than `above`; (−1, ∞) where there is none."""
    best, when = np.inf, -1
    for t in range(max(0, flat.first[i]), flat.last[i] + 1):
        value = delivered_value(flat, price, i, t)
        if above < value < best:
            best, when = value, t
    return when, float(best)


@loop
def serve_all(
    flat: Flat, board: Board, price: Floats, rank: Ints, waiting: Ints, rooms: int, first: int, end: int
) -> float:
    """Deliver orders first … end − 1 when it is cheapest, that now come when it is dear, or never. Returns the cost."""
    gained = 0.0
    periods = board.level.shape[1]
    for i in range(first, end):
        if flat.single_source[i]:
            continue
        for now in range(periods, -1, -1):
            pieces = board.short[i] if now == periods else board.delivered[i, now]
            if pieces <= TINY:
                continue
            value = flat.short_cost[i] if now == periods else delivered_value(flat, price, i, now)
            least = -np.inf
            for _ in range(periods if now == periods and not flat.partial[i] else TARGETS):
                t, least = best_period(flat, price, i, least)
                if t < 0 or (now < periods and least >= value * (1.0 - WORTH)):
                    break
                gained += serve_in(flat, board, price, rank, waiting, i, now, t, rooms)
    board.length[0] = 0
    return gained


@inner_loop
def serve_in(
    flat: Flat, board: Board, price: Floats, rank: Ints, waiting: Ints, i: int, now: int, t: int, rooms: int
) -> float:
    """Move deliveries of order i from `now` (T: never) to t, as many pieces as pays. Returns the cost, ≤ 0."""
    gained = 0.0
    never = now == board.level.shape[1]
    left = board.short[i] if never else board.delivered[i, now]
    pieces = left
    for _ in range(SIZES):
        if pieces <= TINY or t == now:
            break
        board.length[0] = 0
        change = serve(flat, board, price, rank, waiting, i, -1 if never else now, t, pieces, rooms)
        gained += change
        left = board.short[i] if never else board.delivered[i, now]
        if change < 0.0:
            pieces = left
        elif not flat.partial[i] or pieces <= 1.0:
            break
        else:
            pieces = np.floor(pieces / 4.0) if flat.integer[flat.order_part[i]] else pieces / 4.0
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
                board.length[0] = 0
                gained += close_lot(flat, board, price, rank, waiting, k, t)
    board.length[0] = 0
    return gained
