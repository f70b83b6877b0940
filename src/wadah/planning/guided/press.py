"""Pressing a change through: when hours are full, other work makes room, and whoever loses least waits.

In: a board on which some parts lack pieces. Parts are met, parents first; where no lot has room in time, one lot of
another part gives up hours in a cell where the part can be made, the one whose pieces are worth least at their prices.
What it lacks then is met elsewhere, or given up by its own takers, up to the orders. The caller knows the exact cost of
it all, and takes it back where it doesn't pay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.compiled import inner_loop
from wadah.planning.guided.board import NOWHERE, TINY, down, earliest, least_lot, least_of, put, up
from wadah.planning.guided.fresh import freshened
from wadah.planning.guided.meet import component_cost, meet, trial_cost, trim
from wadah.planning.guided.spread import sources_kept
from wadah.planning.guided.takers import cut_delivery, cut_lot, deliver_from_stock, weakest_taker

if TYPE_CHECKING:
    from wadah.planning.flat import Flat
    from wadah.planning.guided.board import Board
    from wadah.planning.state.state import Floats, Ints

STEPS = 60  # parts that one trial may meet
ROOMS_MADE = 6  # lots of other parts that one trial may shrink


@inner_loop
def known(waiting: Ints, count: int, p: int) -> int:
    """Add part p to those that wait, once. Returns how many wait."""
    for i in range(count):
        if waiting[i] == p:
            return count
    waiting[count] = p
    return count + 1


@inner_loop
def take_first(rank: Ints, waiting: Ints, count: int) -> int:
    """Take the part that comes before all others, of those in waiting[:count], out of them."""
    first = 0
    for j in range(1, count):
        if rank[waiting[j]] < rank[waiting[first]]:
            first = j
    p = waiting[first]
    waiting[first] = waiting[count - 1]
    return int(p)


@inner_loop
def first_lack(board: Board, p: int) -> int:
    """The first period in which stock of p lies below 0; −1: none."""
    for t in range(board.level.shape[1]):
        if board.level[p, t] < -TINY:
            return t
    return -1


@inner_loop
def press(
    flat: Flat, board: Board, price: Floats, rank: Ints, waiting: Ints, count: int, rooms: int, worth_it: float
) -> tuple[float, bool]:
    """Settle the parts in waiting[:count] and all they touch, making room where need be.

    rooms: how many lots of other parts may shrink for it. worth_it: rupiah; it gives up at twice that.
    Returns (cost, whether no stock is left below 0).
    """
    cost, steps = 0.0, 0
    while count > 0:
        steps += 1
        if steps > STEPS or cost > 2.0 * worth_it or count + 8 >= waiting.shape[0]:
            return cost, False
        count -= 1
        p = take_first(rank, waiting, count + 1)
        more, met = meet(flat, board, price, p, False, False, NOWHERE, NOWHERE)
        cost += more
        if met:
            cost += trim(flat, board, p)
            more, fresh = freshened(flat, board, price, p)
            cost += more
            if not fresh or not sources_kept(flat, board, p):
                return cost, False
        else:
            more, other = yield_to(flat, board, price, p, first_lack(board, p), rooms > 0)
            rooms -= 1
            cost += more
            if other == NOWHERE:
                return cost, False
            count = known(waiting, count, p)
            count = known(waiting, count, other)
        for j in range(flat.child_start[p], flat.child_start[p + 1]):
            count = known(waiting, count, flat.child[j])
    return cost, True


@inner_loop
def yield_to(flat: Flat, board: Board, price: Floats, p: int, t: int, rooms: bool) -> tuple[float, int]:
    """Make room for what lacks of p in t, or else give it up. Returns (cost, the part that has less now, or −1)."""
    if rooms:
        cost, other = make_room(flat, board, price, p, t)
        if other != NOWHERE:
            return cost, other
    return give_up(flat, board, price, p, t)


@inner_loop
def give_up(flat: Flat, board: Board, price: Floats, p: int, t: int) -> tuple[float, int]:
    """Take what lacks of p in t from its weakest taker. Returns (cost, the part that has less now, or −1)."""
    order, when, lot, lot_when, lack = weakest_taker(flat, board, price, p, t)
    if lot >= 0:
        return cut_lot(flat, board, lot, lot_when, lack), flat.part[lot]
    if order >= 0:
        cost = cut_delivery(flat, board, order, when, lack)
        return cost + deliver_from_stock(flat, board, order), p
    return 0.0, NOWHERE


@inner_loop
def worth(flat: Flat, price: Floats, k: int, t: int) -> float:
    """What a piece started in lot (k, t) is worth at the prices, beyond what it costs; rupiah."""
    p = flat.part[k]
    return float(flat.yields[k] * price[p, t] - flat.cost[k] - component_cost(flat, price, p, t))


@inner_loop
def released(flat: Flat, board: Board, k: int, t: int, hours: float) -> tuple[float, float]:
    """Pieces that lot (k, t) must give up for so many hours, and the hours that gives; (0, 0): it can't."""
    have, promised = board.lots[k, t], flat.promised[k, t]
    if have <= promised:
        return 0.0, 0.0
    if flat.unit_hours[k] > 0.0:
        pieces = up(board, k, hours / flat.unit_hours[k])
        if have - pieces >= least_of(flat, k, t):
            return float(pieces), float(pieces * flat.unit_hours[k])
    if promised > 0.0:
        return float(have - promised), float((have - promised) * flat.unit_hours[k])
    return float(have), float(have * flat.unit_hours[k] + flat.setup_hours[k])


@inner_loop
def make_room(flat: Flat, board: Board, price: Floats, p: int, t: int) -> tuple[float, int]:
    """Start what lacks of p in t where another part's lot gives up hours. Returns (cost, that other part, or −1)."""
    lack = -board.level[p, t]
    best, best_k, best_u, best_other = np.inf, NOWHERE, NOWHERE, NOWHERE
    for u in range(t, earliest(flat, p, t) - 1, -1):
        components = component_cost(flat, price, p, u)
        waiting = flat.holding[p] * (t - u)
        for j in range(flat.able_start[p], flat.able_start[p + 1]):
            k = flat.able[j]
            pieces, hours = wanted_hours(flat, board, k, u, lack)
            if pieces <= 0.0:
                continue
            w = flat.workshop[k]
            short = hours - (flat.hours[w, u] + flat.overtime[w, u] - board.used[w, u])
            good = min(lack, pieces * flat.yields[k])
            each = trial_cost(flat, board, k, u, pieces, components) / good + waiting
            if short <= 0.0 or each >= best:
                continue
            for i in range(flat.at_start[w], flat.at_start[w + 1]):
                other = flat.at[i]
                if flat.part[other] != p and board.lots[other, u] > 0.0:
                    less, given = released(flat, board, other, u, short)
                    if given >= short - TINY:
                        loss = less * max(0.0, worth(flat, price, other, u)) / good
                        if each + loss < best:
                            best, best_k, best_u, best_other = each + loss, k, u, other
    if best_k == NOWHERE:
        return 0.0, NOWHERE
    pieces, hours = wanted_hours(flat, board, best_k, best_u, lack)
    w = flat.workshop[best_k]
    short = hours - (flat.hours[w, best_u] + flat.overtime[w, best_u] - board.used[w, best_u])
    less, given = released(flat, board, best_other, best_u, short)
    cost = put(flat, board, best_other, best_u, -less)
    return cost + put(flat, board, best_k, best_u, pieces), flat.part[best_other]


@inner_loop
def wanted_hours(flat: Flat, board: Board, k: int, t: int, good: float) -> tuple[float, float]:
    """Pieces that lot (k, t) should get for so many good ones, and the hours they take; (0, 0): it can't."""
    before = board.lots[k, t]
    pieces = down(board, k, min(up(board, k, good / flat.yields[k]), flat.largest[k, t] - before))
    hours = flat.unit_hours[k] * pieces
    if before <= 0.0:
        pieces = max(pieces, least_lot(flat, board, k, t))
        hours = flat.unit_hours[k] * pieces + flat.setup_hours[k]
        if pieces > flat.largest[k, t]:
            return 0.0, 0.0
    if pieces <= TINY or hours > flat.hours[flat.workshop[k], t] + flat.overtime[flat.workshop[k], t]:
        return 0.0, 0.0
    return float(pieces), float(hours)
