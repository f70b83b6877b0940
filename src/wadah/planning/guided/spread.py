"""Sources (§6): no workshop above its share of a part, and as many workshops as the part asks for.

In: a board and a part whose components are settled. Too much at one workshop is started less there, and
the others take over where they have hours and components; a source that lacks gets its smallest lot. Where that can't
be, the part isn't made at all beyond what is promised.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.compiled import inner_loop
from wadah.planning.guided.board import NOWHERE, TINY, least_of, made_in_all, put, room, source_count, up
from wadah.planning.guided.meet import meet

if TYPE_CHECKING:
    from wadah.planning.flat import Flat
    from wadah.planning.guided.board import Board
    from wadah.planning.state.state import Floats

ROUNDS = 40


@inner_loop
def sources_kept(flat: Flat, board: Board, p: int) -> bool:
    """Whether p has sources enough and none above its share."""
    if flat.share[p] >= 1.0 and flat.sources[p] <= 1:
        return True
    total, most = 0.0, 0.0
    for j in range(flat.able_start[p], flat.able_start[p + 1]):
        total += board.made[flat.able[j]]
        most = max(most, board.made[flat.able[j]])
    if total <= TINY:
        return True
    return bool(most <= flat.share[p] * total + TINY and source_count(flat, board, p) >= flat.sources[p])


@inner_loop
def spread(flat: Flat, board: Board, price: Floats, p: int) -> float:
    """Fill what p lacks with components in stock, by the rule of sources. Returns the cost."""
    cost = 0.0
    for _ in range(ROUNDS):
        more, _met = meet(flat, board, price, p, True, True, NOWHERE, NOWHERE)
        cost += more
        if sources_kept(flat, board, p):
            return cost
        if source_count(flat, board, p) < flat.sources[p]:
            more, found = another_source(flat, board, p)
            cost += more
            if not found:
                break
        else:
            cost += below_share(flat, board, p)
            if sources_kept(flat, board, p):
                return cost
    if not sources_kept(flat, board, p):
        for j in range(flat.able_start[p], flat.able_start[p + 1]):
            k = flat.able[j]
            for t in range(board.level.shape[1]):
                cost += put(flat, board, k, t, flat.promised[k, t] - board.lots[k, t])
    return cost


@inner_loop
def below_share(flat: Flat, board: Board, p: int) -> float:
    """Start fewer pieces at the workshop furthest above its share, latest lots first. Returns the cost."""
    total, k = made_in_all(flat, board, p), flat.able[flat.able_start[p]]
    for j in range(flat.able_start[p], flat.able_start[p + 1]):
        if board.made[flat.able[j]] > board.made[k]:
            k = flat.able[j]
    surplus = (board.made[k] - flat.share[p] * total) / max(1.0 - flat.share[p], 1e-9)
    surplus = up(board, k, surplus)
    cost = 0.0
    for t in range(board.level.shape[1] - 1, -1, -1):
        if surplus <= TINY:
            break
        have = board.lots[k, t]
        if have <= flat.promised[k, t]:
            continue
        pieces = min(surplus, have - flat.promised[k, t])
        if have - pieces < least_of(flat, k, t):
            pieces = have - flat.promised[k, t]
        surplus -= pieces
        cost += put(flat, board, k, t, -pieces)
    return cost


@inner_loop
def another_source(flat: Flat, board: Board, p: int) -> tuple[float, bool]:
    """Move a smallest lot to a workshop that makes no p yet, in the same period. Returns (its cost, whether it could).

    Components are taken when they were; only hours must be free.
    """
    best, best_to, best_from, best_t = np.inf, NOWHERE, NOWHERE, NOWHERE
    for j in range(flat.able_start[p], flat.able_start[p + 1]):
        k = flat.able[j]
        if board.made[k] > TINY:
            continue
        least = source_lot(flat, board, k)
        for t in range(board.level.shape[1]):
            if room(flat, board, k, t) < least:
                continue
            for i in range(flat.able_start[p], flat.able_start[p + 1]):
                other = flat.able[i]
                if board.step[other] == board.step[k] and board.lots[other, t] >= least + max(
                    least_of(flat, other, t), flat.promised[other, t]
                ):
                    each = (flat.cost[k] - flat.cost[other]) * least + flat.setup_cost[k]
                    if flat.yields[k] >= flat.yields[other] and each < best:
                        best, best_to, best_from, best_t = each, k, other, t
    if best_to == NOWHERE:
        return 0.0, False
    least = source_lot(flat, board, best_to)
    cost = put(flat, board, best_from, best_t, -least)
    return cost + put(flat, board, best_to, best_t, least), True


@inner_loop
def source_lot(flat: Flat, board: Board, k: int) -> float:
    """The smallest lot that makes a source of capability k."""
    return float(up(board, k, max(flat.least[k], 1e-3)))
