"""Sources (§6): no workshop above its share of a part, and as many workshops as the part asks for.

In: a board and a part whose lots are settled but for this rule. Too much at one workshop is started less there, and
the others take over where they have hours and components; a source that lacks gets its smallest lot. Where that can't
be, the part isn't made at all beyond what is promised.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.compiled import loop
from wadah.planning.guided.board import NOWHERE, TINY, least_of, made_in_all, put, room, source_count
from wadah.planning.guided.meet import in_stock, meet

if TYPE_CHECKING:
    from wadah.planning.flat import Flat
    from wadah.planning.guided.board import Board
    from wadah.planning.state.state import Floats

ROUNDS = 40


@loop
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


@loop
def spread(flat: Flat, board: Board, price: Floats, p: int) -> float:
    """Make p keep the rule of sources. Returns the cost."""
    cost = 0.0
    for _ in range(ROUNDS):
        if sources_kept(flat, board, p):
            return cost
        if source_count(flat, board, p) < flat.sources[p]:
            more = another_source(flat, board, p)
            if more <= 0.0:
                break
            cost += more
        else:
            cost += below_share(flat, board, p)
            more, _done = meet(flat, board, price, p, True, True, NOWHERE, NOWHERE)
            cost += more
    if not sources_kept(flat, board, p):
        for j in range(flat.able_start[p], flat.able_start[p + 1]):
            k = flat.able[j]
            for t in range(board.level.shape[1]):
                cost += put(flat, board, k, t, flat.promised[k, t] - board.lots[k, t])
    return cost


@loop
def below_share(flat: Flat, board: Board, p: int) -> float:
    """Start fewer pieces at the workshop furthest above its share, latest lots first. Returns the cost."""
    total, k = made_in_all(flat, board, p), flat.able[flat.able_start[p]]
    for j in range(flat.able_start[p], flat.able_start[p + 1]):
        if board.made[flat.able[j]] > board.made[k]:
            k = flat.able[j]
    surplus = (board.made[k] - flat.share[p] * total) / max(1.0 - flat.share[p], 1e-9)
    if flat.integer[p]:
        surplus = np.ceil(surplus - TINY)
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


@loop
def another_source(flat: Flat, board: Board, p: int) -> float:
    """Start the cheapest smallest lot at a workshop that makes no p yet. Returns its cost; 0: there is none."""
    best, best_k, best_t = np.inf, NOWHERE, NOWHERE
    for j in range(flat.able_start[p], flat.able_start[p + 1]):
        k = flat.able[j]
        if board.made[k] > TINY:
            continue
        least = max(flat.least[k], 1.0 if flat.integer[p] else 1e-3)
        each = flat.cost[k] * least + flat.setup_cost[k]
        for t in range(board.level.shape[1]):
            waiting = flat.holding[p] * least * (board.level.shape[1] - t)
            if each + waiting < best and room(flat, board, k, t) >= least and in_stock(flat, board, k, t) >= least:
                best, best_k, best_t = each + waiting, k, t
    if best_k == NOWHERE:
        return 0.0
    least = max(flat.least[best_k], 1.0 if flat.integer[p] else 1e-3)
    return float(put(flat, board, best_k, best_t, least))
