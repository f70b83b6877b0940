"""Shelf life: what lies too long is scrapped in whole pieces, and a rest too small to scrap is kept fresh.

§10 asks that stock never exceeds what came in during the last L periods. Fractions from yields can't be scrapped where
the part is whole, so when only a fraction is left that is too old, a lot is started beside it: stock then counts as
young again. Returns say whether that was possible; if not, the part's plan must change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.compiled import loop
from wadah.planning.guided.board import NOWHERE, least_of, put, room, scrap
from wadah.planning.guided.meet import in_stock

if TYPE_CHECKING:
    from wadah.planning.flat import Flat
    from wadah.planning.guided.board import Board

SLACK = 9e-6  # pieces; just under the referee's tolerance on stock


@loop
def young(flat: Flat, board: Board, p: int, t: int) -> float:
    """Good pieces of p that came in during the last L periods up to t; opening stock came in at −1."""
    begin = t - flat.life[p] + 1
    pieces = flat.stock[p] if begin < 0 and flat.life[p] > 0 else 0.0
    for j in range(flat.able_start[p], flat.able_start[p + 1]):
        k = flat.able[j]
        for u in range(max(0, begin), t + 1):
            pieces += flat.yields[k] * board.lots[k, u]
    return float(pieces)


@loop
def is_fresh(flat: Flat, board: Board, p: int) -> bool:
    """Whether no stock of p is ever too old."""
    if flat.life[p] < 0:
        return True
    for t in range(board.level.shape[1]):
        if board.level[p, t] > 0.0 and board.level[p, t] > young(flat, board, p, t) + SLACK:
            return False
    return True


@loop
def keep_fresh(flat: Flat, board: Board, p: int) -> tuple[float, bool]:
    """Scrap anew what gets too old, earliest first. Returns (cost, whether nothing too old is left)."""
    cost, done = 0.0, True
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
        more = freshen(flat, board, p, t)
        cost += more
        done = done and more > 0.0
    return cost, done


@loop
def freshen(flat: Flat, board: Board, p: int, t: int) -> float:
    """Start the cheapest smallest lot that is still young in t, with components in stock. Returns its cost; 0: none."""
    best, best_k, best_t = np.inf, NOWHERE, NOWHERE
    for u in range(max(0, t - flat.life[p] + 1), t + 1):
        for j in range(flat.able_start[p], flat.able_start[p + 1]):
            k = flat.able[j]
            least = 1.0 if board.lots[k, u] > 0.0 else max(1.0, least_of(flat, k, u))
            price = flat.cost[k] * least + (0.0 if board.lots[k, u] > 0.0 else flat.setup_cost[k])
            if price < best and room(flat, board, k, u) >= least and in_stock(flat, board, k, u) >= least:
                best, best_k, best_t = price, k, u
    if best_k == NOWHERE:
        return 0.0
    least = 1.0 if board.lots[best_k, best_t] > 0.0 else max(1.0, least_of(flat, best_k, best_t))
    return float(put(flat, board, best_k, best_t, least))
