"""A plan on the board: lots and deliveries that may be changed one by one, what each change costs, and a way back.

In: Flat and a State. Everything that a rule asks about is kept up to date with each change: hours used, stock at the
end of each period, pieces short, pieces and lots of each capability. A change returns its exact cost in rupiah
(docs/model.md §11: all terms are linear in it, or depend on one sum that the board keeps), and is written into a
journal, so that a trial can be taken back. Stock may fall below 0 while a trial runs; who tries, looks after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wadah.planning.compiled import inner_loop
from wadah.planning.state.sums import sums

if TYPE_CHECKING:
    from wadah.planning.flat import Flat
    from wadah.planning.state.state import Floats, Ints, State

LOT, DELIVERY, SCRAP = 0, 1, 2  # kinds of journal entries
TINY = 1e-7  # pieces or hours; below is rounding
LITTLE = 1e-5  # pieces; less isn't worth a change where parts can be divided
NOWHERE = -1
SLACK = 9e-6  # pieces; just under the referee's tolerance on stock


class Board(NamedTuple):
    """State, sums and journal; shapes as in arrays.py."""

    lots: Floats  # K × T
    delivered: Floats  # N × T
    scrapped: Floats  # P × T
    used: Floats  # W × T, hours
    level: Floats  # P × T, stock at the end
    short: Floats  # N, pieces
    made: Floats  # K, pieces over all periods
    runs: Ints  # W, lots over all periods
    total: Floats  # W, hours over all periods
    step: Floats  # K, pieces that a lot grows and shrinks by; 0: any
    kind: Ints  # journal: what was changed, which, when, by how much
    which: Ints
    when: Ints
    change: Floats
    length: Ints  # [entries in the journal]


JOURNAL = 200_000  # entries; a trial that needs more isn't worth it


def board_of(flat: Flat, state: State) -> Board:
    """Lay out a state; the board has arrays of its own."""
    added = sums(flat, state)
    runs = np.bincount(flat.workshop, weights=(state.lots > 0).sum(axis=1), minlength=len(flat.hours))
    return Board(
        lots=state.lots.copy(),
        delivered=state.delivered.copy(),
        scrapped=state.scrapped.copy(),
        used=added.used,
        level=added.level,
        short=flat.quantity - state.delivered.sum(axis=1),
        made=state.lots.sum(axis=1),
        runs=runs.astype(np.int64),
        total=added.used.sum(axis=1),
        step=steps(flat),
        kind=np.zeros(JOURNAL, dtype=np.int64),
        which=np.zeros(JOURNAL, dtype=np.int64),
        when=np.zeros(JOURNAL, dtype=np.int64),
        change=np.zeros(JOURNAL),
        length=np.zeros(1, dtype=np.int64),
    )


def steps(flat: Flat) -> Floats:
    """By how many pieces lots may change, K: one where the part is whole; any, 0, where it isn't."""
    return np.where(flat.integer[flat.part], 1.0, 0.0)


@inner_loop
def up(board: Board, k: int, pieces: float) -> float:
    """The smallest whole number of k's steps that is no less."""
    step = board.step[k]
    return float(step * np.ceil(pieces / step - TINY)) if step > 0.0 else float(pieces)


@inner_loop
def down(board: Board, k: int, pieces: float) -> float:
    """The largest whole number of k's steps that is no more."""
    step = board.step[k]
    return float(step * np.floor(pieces / step + TINY)) if 0.0 < step < np.inf else float(pieces * (step <= 0.0))


@inner_loop
def write(board: Board, kind: int, which: int, when: int, change: float) -> None:
    """Add to the journal."""
    n = board.length[0]
    if n < JOURNAL:
        board.kind[n] = kind
        board.which[n] = which
        board.when[n] = when
        board.change[n] = change
        board.length[0] = n + 1


@inner_loop
def put(flat: Flat, board: Board, k: int, t: int, pieces: float) -> float:
    """Start so many pieces more (or fewer) in lot (k, t). Returns the cost of the change, rupiah."""
    if pieces == 0.0:
        return 0.0
    periods = board.level.shape[1]
    p, w = flat.part[k], flat.workshop[k]
    before = board.lots[k, t]
    after = before + pieces
    if abs(after) < TINY:
        pieces, after = -before, 0.0
    cost = flat.cost[k] * pieces + set_up(flat, board, k, before, after)
    if flat.keyed[k, t]:
        was = flat.previous[k, t]
        cost += flat.change_cost * (abs(after - was) - abs(before - was))
    setups = (1.0 if after > 0.0 else 0.0) - (1.0 if before > 0.0 else 0.0)
    cost += spend(flat, board, w, t, flat.unit_hours[k] * pieces + flat.setup_hours[k] * setups)
    board.lots[k, t] = after
    board.made[k] += pieces
    good = flat.yields[k] * pieces
    for u in range(t, periods):
        board.level[p, u] += good
    cost += flat.holding[p] * good * (periods - t)
    pulled = max(0, t - flat.lead[p])
    for j in range(flat.child_start[p], flat.child_start[p + 1]):
        child = flat.child[j]
        taken = flat.child_pieces[j] * pieces
        for u in range(pulled, periods):
            board.level[child, u] -= taken
        cost -= flat.holding[child] * taken * (periods - pulled)
    write(board, LOT, k, t, pieces)
    return float(cost)


@inner_loop
def set_up(flat: Flat, board: Board, k: int, before: float, after: float) -> float:
    """Count a lot that begins or ends; what its set-up and its workshop's engagement cost more, rupiah."""
    w = flat.workshop[k]
    if before <= 0.0 < after:
        board.runs[w] += 1
        return float(flat.setup_cost[k] + (flat.engage_cost[w] if board.runs[w] == 1 else 0.0))
    if after <= 0.0 < before:
        board.runs[w] -= 1
        return float(-flat.setup_cost[k] - (flat.engage_cost[w] if board.runs[w] == 0 else 0.0))
    return 0.0


@inner_loop
def spend(flat: Flat, board: Board, w: int, t: int, hours: float) -> float:
    """Use so many hours more at w in t; overtime and hours below the target cost what they cost."""
    limit = flat.hours[w, t]
    before, total = board.used[w, t], board.total[w]
    after = before + hours
    board.used[w, t] = after
    board.total[w] = total + hours
    cost = flat.overtime_cost[w] * (max(0.0, after - limit) - max(0.0, before - limit))
    if flat.below_cost[w] > 0.0:
        goal = flat.target[w]
        cost += flat.below_cost[w] * (max(0.0, goal - total - hours) - max(0.0, goal - total))
    return float(cost)


@inner_loop
def hand(flat: Flat, board: Board, i: int, t: int, pieces: float) -> float:
    """Deliver so many pieces more (or fewer) for order i in t. Returns the cost of the change, rupiah."""
    if pieces == 0.0:
        return 0.0
    periods = board.level.shape[1]
    p = flat.order_part[i]
    board.delivered[i, t] += pieces
    if abs(board.delivered[i, t]) < TINY:
        board.delivered[i, t] = 0.0
    board.short[i] -= pieces
    for u in range(t, periods):
        board.level[p, u] -= pieces
    cost = -flat.holding[p] * pieces * (periods - t)
    if t > flat.due[i] and np.isfinite(flat.late_cost[i]):
        cost += flat.late_cost[i] * (t - flat.due[i]) * pieces
    if np.isfinite(flat.short_cost[i]):
        cost -= flat.short_cost[i] * pieces
    write(board, DELIVERY, i, t, pieces)
    return float(cost)


@inner_loop
def scrap(flat: Flat, board: Board, p: int, t: int, pieces: float) -> float:
    """Scrap so many pieces more (or fewer) of p in t. Returns the cost of the change, rupiah."""
    if pieces == 0.0:
        return 0.0
    periods = board.level.shape[1]
    board.scrapped[p, t] += pieces
    for u in range(t, periods):
        board.level[p, u] -= pieces
    write(board, SCRAP, p, t, pieces)
    return float(-flat.holding[p] * pieces * (periods - t))


@inner_loop
def undo(flat: Flat, board: Board, mark: int) -> None:
    """Take back every change after the journal had `mark` entries."""
    n = board.length[0]
    while n > mark:
        n -= 1
        kind, which, when, change = board.kind[n], board.which[n], board.when[n], board.change[n]
        board.length[0] = n  # what takes it back is written over it
        if kind == LOT:
            put(flat, board, which, when, -change)
        elif kind == DELIVERY:
            hand(flat, board, which, when, -change)
        else:
            scrap(flat, board, which, when, -change)
    board.length[0] = mark


@inner_loop
def least_of(flat: Flat, k: int, t: int) -> float:
    """The fewest pieces a lot may have: what is promised where something is, else the smallest lot."""
    if flat.promised[k, t] > 0.0:
        return float(flat.promised[k, t])
    return float(flat.least[k])


@inner_loop
def least_lot(flat: Flat, board: Board, k: int, t: int) -> float:
    """The same in whole steps, for a lot that is started anew."""
    return float(max(flat.promised[k, t], up(board, k, max(flat.least[k], 1e-9))))


@inner_loop
def room(flat: Flat, board: Board, k: int, t: int) -> float:
    """Most pieces that lot (k, t) could have more, by its largest size, hours and overtime; 0 where none fits."""
    before = board.lots[k, t]
    most = flat.largest[k, t] - before
    if most <= 0.0:
        return 0.0
    w = flat.workshop[k]
    hours = flat.hours[w, t] + flat.overtime[w, t] - board.used[w, t]
    if before <= 0.0:
        hours -= flat.setup_hours[k]
    if hours <= 0.0:
        return 0.0
    if flat.unit_hours[k] > 0.0:
        most = min(most, hours / flat.unit_hours[k])
    return float(down(board, k, most)) if most > LITTLE else 0.0


@inner_loop
def spare(board: Board, p: int, t: int) -> float:
    """Pieces of p that could leave in t and never be missed: the least stock from t on."""
    least = board.level[p, t]
    for u in range(t + 1, board.level.shape[1]):
        least = min(least, board.level[p, u])
    return float(least)


@inner_loop
def source_count(flat: Flat, board: Board, p: int) -> int:
    """Capabilities of p that make anything."""
    found = 0
    least = 0.5 if flat.integer[p] else 2e-6
    for j in range(flat.able_start[p], flat.able_start[p + 1]):
        if board.made[flat.able[j]] > least:
            found += 1
    return found


@inner_loop
def made_in_all(flat: Flat, board: Board, p: int) -> float:
    """Pieces of p started by all capabilities over all periods."""
    total = 0.0
    for j in range(flat.able_start[p], flat.able_start[p + 1]):
        total += board.made[flat.able[j]]
    return total


@inner_loop
def young(flat: Flat, board: Board, p: int, t: int) -> float:
    """Good pieces of p that came in during the last L periods up to t; opening stock came in at −1."""
    begin = t - flat.life[p] + 1
    pieces = flat.stock[p] if begin < 0 and flat.life[p] > 0 else 0.0
    for j in range(flat.able_start[p], flat.able_start[p + 1]):
        k = flat.able[j]
        for u in range(max(0, begin), t + 1):
            pieces += flat.yields[k] * board.lots[k, u]
    return float(pieces)


@inner_loop
def is_fresh(flat: Flat, board: Board, p: int) -> bool:
    """Whether no stock of p is ever too old."""
    if flat.life[p] < 0:
        return True
    for t in range(board.level.shape[1]):
        if board.level[p, t] > 0.0 and board.level[p, t] > young(flat, board, p, t) + SLACK:
            return False
    return True


@inner_loop
def earliest(flat: Flat, p: int, t: int) -> int:
    """The first period in which p can be started and still be fresh in t."""
    return max(0, t - flat.life[p]) if flat.life[p] >= 0 else 0
