"""The workshop floor while the first plan grows: hours left, lots started, pieces on the shelves; with undo, compiled.

Every change is noted in a log, so that what an order tried can be taken back to any earlier mark. Money in rupiah,
time in periods, hours as given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wadah.planning.compiled import inner_loop

if TYPE_CHECKING:
    from wadah.planning.construct.pool import Flags, Floats, Ints, Pool, Table
    from wadah.planning.flat import Flat

LOG = 500_000  # changes that one order may make; one that would need more is cut or left
REGULAR, OVERTIME, USED, ENGAGED, LOTS, SHELVES = range(6)  # what a change was made to
LOGGED, WAITING, LEFT, TOTAL, EXTRA = range(5)  # cells of Floor.counts
CHANGE = np.dtype([("kind", np.int64), ("row", np.int64), ("column", np.int64), ("old", np.float64)])


class Floor(NamedTuple):
    """What is used and what is left; every array is written to."""

    regular: Floats  # W × T, hours left
    overtime: Floats  # W × T, hours left
    used: Floats  # W, hours used
    engaged: Flags  # W, whether anything is made there
    lots: Floats  # K × T, pieces started
    # for each shelf T + 1 numbers: for goods that keep, the stock at the end of each t; for goods that perish, what is
    # left of the lot made in u, at u + 1 (opening stock at 0)
    shelves: Floats
    delivered: Floats  # N × T
    assigned: Ints  # N, capability of a single-source order; −1: none
    spent: Floats  # one number: rupiah of the trial that runs
    handed: Floats  # T, what the trial that runs would deliver
    started: Floats  # pieces that each maker of the part at work has started (sources.py)
    needs: Floats  # P × T, good pieces still to be found for it
    queue: Ints  # ranks of the parts that have needs, the lowest last
    price: Floats  # of each offer, by capability and period (offers.py)
    room: Floats  # the same, pieces
    order: Ints  # offers as a heap by price, then those drawn
    counts: Ints  # LOGGED changes, parts WAITING, offers LEFT and in TOTAL, and whether they count EXTRA hours
    log: Table  # kind, row, column, old


def new_floor(flat: Flat, pool: Pool) -> Floor:
    """Nothing started yet."""
    parts, periods = len(pool.parts), flat.limit.shape[1]
    most = int((pool.parts.end - pool.parts.begin).max(initial=0))
    shelves = np.zeros((len(pool.shelf_life), periods + 1))
    shelves[:, 0] = pool.shelf_stock
    keeps = pool.shelf_life < 0
    shelves[keeps] = pool.shelf_stock[keeps][:, None]
    return Floor(
        regular=flat.hours.copy(),
        overtime=flat.overtime.copy(),
        used=np.zeros(len(flat.hours)),
        engaged=np.zeros(len(flat.hours), dtype=bool),
        lots=np.zeros(flat.limit.shape),
        shelves=shelves,
        delivered=np.zeros((len(pool.orders), periods)),
        assigned=np.full(len(pool.orders), -1, dtype=np.int64),
        spent=np.zeros(1),
        handed=np.zeros(periods),
        started=np.zeros(most),
        needs=np.zeros((parts, periods)),
        queue=np.zeros(parts, dtype=np.int64),
        price=np.zeros(most * periods),
        room=np.zeros(most * periods),
        order=np.zeros(most * periods, dtype=np.int64),
        counts=np.zeros(5, dtype=np.int64),
        log=np.empty(LOG + 8 * periods * (periods + 16), dtype=CHANGE).view(np.recarray),
    )


@inner_loop
def note(log: Table, counts: Ints, kind: int, row: int, column: int, old: float) -> None:
    """Note a cell's old value before it is changed; `log` and `counts` are the floor's."""
    entry = log[counts[LOGGED]]
    entry.kind, entry.row, entry.column, entry.old = kind, row, column, old
    counts[LOGGED] += 1


@inner_loop
def crowded(log: Table, counts: Ints, periods: int) -> bool:
    """Whether the log may be too full for one more part: two takes a period, and a lot beside."""
    return bool(counts[LOGGED] + 4 * periods * (periods + 16) > log.shape[0])


@inner_loop
def undo(floor: Floor, mark: int) -> None:
    """Put everything back as it was when the log was `mark` long."""
    while floor.counts[LOGGED] > mark:
        floor.counts[LOGGED] -= 1
        entry = floor.log[floor.counts[LOGGED]]
        if entry.kind == SHELVES:
            floor.shelves[entry.row, entry.column] = entry.old
        elif entry.kind == LOTS:
            floor.lots[entry.row, entry.column] = entry.old
        elif entry.kind == REGULAR:
            floor.regular[entry.row, entry.column] = entry.old
        elif entry.kind == OVERTIME:
            floor.overtime[entry.row, entry.column] = entry.old
        elif entry.kind == USED:
            floor.used[entry.row] = entry.old
        else:
            floor.engaged[entry.row] = entry.old > 0


@inner_loop
def start(pool: Pool, floor: Floor, k: int, period: int, pieces: float) -> None:
    """Start a lot, or add to one: hours and money are used; its good pieces lie on the shelf in the same period."""
    maker = pool.makers[k]
    w = maker.workshop
    shop = pool.workshops[w]
    hours, rupiah = maker.unit_hours * pieces, maker.cost * pieces
    if floor.lots[k, period] <= 0:
        hours += maker.setup_hours
        rupiah += maker.setup_cost
    over = max(0.0, hours - max(0.0, floor.regular[w, period]))
    note(floor.log, floor.counts, REGULAR, w, period, floor.regular[w, period])
    floor.regular[w, period] -= hours - over
    if over > 0:
        note(floor.log, floor.counts, OVERTIME, w, period, floor.overtime[w, period])
        floor.overtime[w, period] -= over
    if not floor.engaged[w]:
        note(floor.log, floor.counts, ENGAGED, w, 0, 0.0)
        floor.engaged[w] = True
        rupiah += shop.engage_cost
    gained = shop.below_cost * min(hours, max(0.0, shop.target - floor.used[w]))
    floor.spent[0] += rupiah + over * shop.overtime_cost - gained
    note(floor.log, floor.counts, USED, w, 0, floor.used[w])
    floor.used[w] += hours
    note(floor.log, floor.counts, LOTS, k, period, floor.lots[k, period])
    floor.lots[k, period] += pieces
    put(pool, floor, maker.shelf, period, maker.good * pieces)


@inner_loop
def put(pool: Pool, floor: Floor, shelf: int, period: int, pieces: float) -> None:
    """Lay good pieces on a shelf."""
    first, end = period, floor.lots.shape[1]
    if pool.shelf_life[shelf] >= 0:
        first, end = period + 1, period + 2
    for t in range(first, end):
        note(floor.log, floor.counts, SHELVES, shelf, t, floor.shelves[shelf, t])
        floor.shelves[shelf, t] += pieces


@inner_loop
def available(pool: Pool, floor: Floor, shelf: int, period: int) -> float:
    """Pieces that may leave the shelf in `period` without leaving anything short later."""
    life = pool.shelf_life[shelf]
    if life < 0:
        least = floor.shelves[shelf, period]
        for t in range(period + 1, floor.lots.shape[1]):
            least = min(least, floor.shelves[shelf, t])
        return max(0.0, float(least))
    found = 0.0
    for made in range(max(0, period - life + 1), period + 2):
        found += floor.shelves[shelf, made]
    return found


@inner_loop
def take(pool: Pool, floor: Floor, shelf: int, period: int, pieces: float) -> None:
    """Take pieces that are `available`; the oldest first where they perish."""
    life = pool.shelf_life[shelf]
    first, end = period, floor.lots.shape[1]
    if life >= 0:
        first, end = max(0, period - life + 1), period + 2
    left = pieces
    for t in range(first, end):
        taken = min(left, floor.shelves[shelf, t]) if life >= 0 else pieces
        note(floor.log, floor.counts, SHELVES, shelf, t, floor.shelves[shelf, t])
        floor.shelves[shelf, t] -= taken
        left -= taken
