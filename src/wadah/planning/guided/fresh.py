"""Shelf life: what lies too long is scrapped in whole pieces, and a rest too small to scrap is kept fresh.

§10 asks that stock never exceeds what came in during the last L periods. Fractions from yields can't be scrapped where
the part is whole, so when only a fraction is left that is too old, one or two lots get the few pieces fewer that make
it whole; or else a new lot is started beside it, and stock counts as young again. Returns say whether it was possible;
if not, the part's plan must change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.compiled import inner_loop
from wadah.planning.guided.board import NOWHERE, SLACK, is_fresh, least_lot, least_of, put, room, scrap, up, young
from wadah.planning.guided.meet import in_stock, meet

if TYPE_CHECKING:
    from wadah.planning.flat import Flat
    from wadah.planning.guided.board import Board
    from wadah.planning.state.state import Floats

LOTS_LESS = 80.0  # pieces that a lot may have fewer to make a stock whole
LOTS_SEEN = 8  # lots tried for it, latest first


@inner_loop
def keep_fresh(flat: Flat, board: Board, p: int) -> tuple[float, bool]:
    """Scrap anew what gets too old, earliest first. Returns (cost, whether nothing too old is left)."""
    cost, done, since = 0.0, True, -1
    for t in range(board.level.shape[1]):
        cost += scrap(flat, board, p, t, -board.scrapped[p, t])
    for t in range(board.level.shape[1]):
        old = board.level[p, t] - young(flat, board, p, t)
        if old <= SLACK or board.level[p, t] <= SLACK:
            continue
        pieces = np.ceil(old - SLACK) if flat.integer[p] else old
        if pieces <= board.level[p, t] + SLACK:
            cost += scrap(flat, board, p, t, pieces)
            continue
        more, found = square(flat, board, p, since, t)
        if not found:
            more, found = freshen(flat, board, p, t)
        cost += more
        done = done and found
        since = t
        old = np.rint(min(board.level[p, t] - young(flat, board, p, t), board.level[p, t]))
        if found and old >= 1.0:
            cost += scrap(flat, board, p, t, old)
    return cost, done


@inner_loop
def square(flat: Flat, board: Board, p: int, since: int, t: int) -> tuple[float, bool]:
    """Start a few pieces fewer in one or two lots after `since`, so that stock in t is a whole number.

    Yields have a few decimals, so that some few pieces of two lots do it. Stock may fall below 0; the takers then go
    without as many. Returns (cost, whether it was possible).
    """
    best, one, one_when, one_less, two, two_when, two_less = 1e9, NOWHERE, 0, 0.0, NOWHERE, 0, 0.0
    seen = 0
    for u in range(t, since, -1):
        for j in range(flat.able_start[p], flat.able_start[p + 1]):
            k = flat.able[j]
            most = min(LOTS_LESS, board.lots[k, u] - least_of(flat, k, u))
            if board.lots[k, u] <= 0.0 or most < 1.0 or seen >= LOTS_SEEN:
                continue
            seen += 1
            less, other, when, other_less = partner(flat, board, p, t, since, k, u, most, best)
            if less + other_less < best and less > 0.0:
                best = less + other_less
                one, one_when, one_less, two, two_when, two_less = k, u, less, other, when, other_less
    if one == NOWHERE:
        return 0.0, False
    cost = put(flat, board, one, one_when, -one_less)
    if two_less > 0.0:
        cost += put(flat, board, two, two_when, -two_less)
    return cost, True


@inner_loop
def partner(
    flat: Flat, board: Board, p: int, t: int, since: int, k: int, u: int, most: float, best: float
) -> tuple[float, int, int, float]:
    """With some pieces fewer in lot (k, u), the lot and pieces that make stock in t whole, the fewest in all.

    Returns (pieces fewer in (k, u), the other lot's capability, its period, pieces fewer there); 0 where there is none.
    """
    found, other, when, other_less = 0.0, NOWHERE, 0, 0.0
    less = 1.0
    while less <= most and less < best:
        level = board.level[p, t] - flat.yields[k] * less
        if abs(level - np.rint(level)) < SLACK / 2:
            return less, NOWHERE, 0, 0.0
        seen = 0
        for v in range(u, since, -1):
            for j in range(flat.able_start[p], flat.able_start[p + 1]):
                q = flat.able[j]
                if board.lots[q, v] <= 0.0 or flat.yields[q] == 1.0 or (q == k and v == u) or seen >= LOTS_SEEN:
                    continue
                seen += 1
                limit = min(LOTS_LESS, board.lots[q, v] - least_of(flat, q, v), best - less - 1.0)
                second = 1.0
                while second <= limit:
                    rest = level - flat.yields[q] * second
                    if abs(rest - np.rint(rest)) < SLACK / 2:
                        best = less + second
                        found, other, when, other_less = less, q, v, second
                        break
                    second += 1.0
        less += 1.0
    return found, other, when, other_less


@inner_loop
def freshen(flat: Flat, board: Board, p: int, t: int) -> tuple[float, bool]:
    """Start the cheapest smallest lot still young in t, components in stock. Returns (cost, whether there is one)."""
    best, best_k, best_t = np.inf, NOWHERE, NOWHERE
    for u in range(max(0, t - flat.life[p] + 1), t + 1):
        for j in range(flat.able_start[p], flat.able_start[p + 1]):
            k = flat.able[j]
            least = up(board, k, 1.0) if board.lots[k, u] > 0.0 else least_lot(flat, board, k, u)
            price = flat.cost[k] * least + (0.0 if board.lots[k, u] > 0.0 else flat.setup_cost[k])
            if price < best and room(flat, board, k, u) >= least and in_stock(flat, board, k, u) >= least:
                best, best_k, best_t = price, k, u
    if best_k == NOWHERE:
        return 0.0, False
    least = up(board, best_k, 1.0) if board.lots[best_k, best_t] > 0.0 else least_lot(flat, board, best_k, best_t)
    return put(flat, board, best_k, best_t, least), True


@inner_loop
def freshened(flat: Flat, board: Board, price: Floats, p: int) -> tuple[float, bool]:
    """Keep p fresh and filled after a change. Returns (cost, whether that was possible)."""
    cost = 0.0
    for _ in range(2):
        if is_fresh(flat, board, p):
            return cost, True
        more, kept = keep_fresh(flat, board, p)
        cost += more
        if not kept:
            return cost, False
        more, met = meet(flat, board, price, p, False, False, NOWHERE, NOWHERE)
        cost += more
        if not met:
            return cost, False
    return cost, is_fresh(flat, board, p)
