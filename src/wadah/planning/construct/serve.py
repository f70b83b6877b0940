"""Serve orders one after the other: on time if it can be, else as little late as pays, else short (docs/model.md §5).

Each order is tried as a whole trial at one delivery deadline after another. Where a part holds it up, the quantity is
cut to what was found and tried again. A trial that costs more than the shortness it saves is undone. Compiled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wadah.planning.compiled import compiled, inner_loop
from wadah.planning.construct.floor import LOGGED, available, crowded, take, undo
from wadah.planning.construct.needs import forget
from wadah.planning.construct.offers import Job, no_offers
from wadah.planning.construct.pool import NEGLIGIBLE, WHOLE
from wadah.planning.construct.sources import sourcing, top_up
from wadah.planning.construct.trial import explode, make

if TYPE_CHECKING:
    from wadah.planning.construct.floor import Floor
    from wadah.planning.construct.pool import Floats, Ints, Pool

LATER = (0, 1, 3, 6, 12, 25, 60)  # periods after the first deadline that are tried
CUTS = 3  # times that a quantity is cut before the next deadline is tried
CUT_MARGIN = 0.97
MAKERS_TRIED = 6  # of a single-source order


class Line(NamedTuple):
    """One order and where it may come from: makers able[begin:end], and the shelf their pieces lie on."""

    order: int
    part: int
    begin: int
    end: int
    shelf: int


@compiled
def serve_all(pool: Pool, floor: Floor, ranked: Ints) -> None:
    """Serve these orders in this order; what has been served stays."""
    for i in ranked:
        order = pool.orders[i]
        part = pool.parts[order.part]
        if order.single:
            serve_single(pool, floor, i)
        else:
            fill(pool, floor, Line(i, order.part, part.begin, part.end, order.part))
        floor.counts[LOGGED] = 0


@inner_loop
def serve_single(pool: Pool, floor: Floor, i: int) -> None:
    """The first of a single-source order's cheapest makers that leaves nothing short, else the one with least."""
    part, quantity = pool.parts[pool.orders[i].part], pool.orders[i].quantity
    best, least, tried = -1, quantity - NEGLIGIBLE, -1
    for _ in range(min(MAKERS_TRIED, part.end - part.begin)):
        tried = next_cheapest(pool, part.begin, part.end, tried)
        serve_from(pool, floor, i, tried)
        left = quantity - total(floor.delivered, i)
        if left <= NEGLIGIBLE:
            return
        undo(floor, 0)
        clear(floor, i)
        if left < least:
            best, least = tried, left - NEGLIGIBLE
    if best >= 0:
        serve_from(pool, floor, i, best)


@inner_loop
def next_cheapest(pool: Pool, begin: int, end: int, after: int) -> int:
    """The cheapest maker by good piece among able[begin:end], or the next one after the one at `after`; its place."""
    found, lowest, passed = -1, np.inf, -np.inf
    if after >= 0:
        passed = pool.makers[pool.able[after]].cost / pool.makers[pool.able[after]].good
    for j in range(begin, end):
        price = pool.makers[pool.able[j]].cost / pool.makers[pool.able[j]].good
        later = price > passed or (price == passed and j > after)
        if later and price < lowest:
            found, lowest = j, price
    return found


@inner_loop
def total(pieces: Floats, row: int) -> float:
    found = 0.0
    for t in range(pieces.shape[1]):
        found += pieces[row, t]
    return found


@inner_loop
def clear(floor: Floor, i: int) -> None:
    """Take back what an order was to get."""
    floor.assigned[i] = -1
    for t in range(floor.delivered.shape[1]):
        floor.delivered[i, t] = 0.0


@inner_loop
def serve_from(pool: Pool, floor: Floor, i: int, j: int) -> None:
    """Serve a single-source order from the maker able[j]."""
    k = pool.able[j]
    fill(pool, floor, Line(i, pool.orders[i].part, j, j + 1, pool.makers[k].shelf))
    if total(floor.delivered, i) > 0:
        floor.assigned[i] = k


@inner_loop
def fill(pool: Pool, floor: Floor, line: Line) -> None:
    """Try one deadline after the other until the order is served or being late costs more than being short."""
    order = pool.orders[line.order]
    last = floor.delivered.shape[1] - 1
    if order.earliest > last:
        return
    first, tried = min(max(order.due, order.earliest), last), -1
    for later in LATER:
        deadline = min(first + later, last)
        if order.quantity - total(floor.delivered, line.order) <= NEGLIGIBLE:
            return
        if deadline > tried and allowed(pool, line.order, deadline):
            fill_by(pool, floor, line, deadline)
        tried = deadline


@inner_loop
def allowed(pool: Pool, i: int, period: int) -> bool:
    """Whether delivering in this period may be, and may pay."""
    order = pool.orders[i]
    late = period - order.due
    if late <= 0:
        return True
    if order.late_cost == np.inf:
        return False
    return bool(order.short_cost == np.inf or late * order.late_cost < order.short_cost)


@inner_loop
def fill_by(pool: Pool, floor: Floor, line: Line, deadline: int) -> None:
    """Deliver as much as can be had by one deadline, cutting the quantity where a part holds it up."""
    order, whole = pool.orders[line.order], pool.parts[line.part].whole
    pieces = order.quantity - total(floor.delivered, line.order)
    for _ in range(CUTS):
        found = attempt(pool, floor, line, pieces, deadline)
        if found >= 1.0 or not order.partial:
            return
        pieces *= found * (1.0 if found < CUT_MARGIN else CUT_MARGIN)
        if whole:
            pieces = np.floor(pieces + WHOLE)
        if pieces <= NEGLIGIBLE:
            return


@inner_loop
def attempt(pool: Pool, floor: Floor, line: Line, pieces: float, deadline: int) -> float:
    """One trial, kept if all of it works out and pays. 1.0: nothing more to try by then; else the share found."""
    mark = floor.counts[LOGGED]
    if crowded(floor.log, floor.counts, floor.lots.shape[1]):
        return 0.0
    floor.spent[0] = 0.0
    found = make_all(pool, floor, line, pieces, deadline)
    if found >= 1.0:
        complete = hand_over(pool, floor, line, pieces, deadline)
        if complete and pays(pool, floor, line.order):
            for t in range(len(floor.handed)):
                floor.delivered[line.order, t] += floor.handed[t]
            return 1.0
        found = 1.0 if complete else 0.5
    undo(floor, mark)
    forget(pool, floor)
    return found


@inner_loop
def make_all(pool: Pool, floor: Floor, line: Line, pieces: float, deadline: int) -> float:
    """Start what the shelf doesn't hold, with everything below it; the share found."""
    order, life = pool.orders[line.order], pool.parts[line.part].life
    ready = ready_by(pool, floor, line, deadline)
    if pieces - ready > NEGLIGIBLE:
        begin = order.earliest if order.partial else deadline
        first = 0 if life < 0 else max(0, begin - life)
        job = Job(line.part, line.begin, line.end, first, deadline, pieces - ready)
        rule = sourcing(pool, floor, job)
        no_offers(floor)
        made = make(pool, floor, job, rule, first, deadline, job.wanted)
        if made < job.wanted - NEGLIGIBLE:
            return (ready + made) / pieces
        if not top_up(pool, floor, job, rule):
            return 0.5
    return explode(pool, floor)


@inner_loop
def ready_by(pool: Pool, floor: Floor, line: Line, deadline: int) -> float:
    """Pieces on the shelf that could be delivered by the deadline."""
    order, life = pool.orders[line.order], pool.shelf_life[line.shelf]
    if life < 0:
        return available(pool, floor, line.shelf, deadline)
    ready = 0.0
    if order.partial:
        for made in range(max(0, order.earliest - life + 1), deadline + 2):
            ready += floor.shelves[line.shelf, made]
    else:
        ready = available(pool, floor, line.shelf, deadline)
    return float(np.floor(ready + WHOLE)) if pool.parts[line.part].whole else ready


@inner_loop
def hand_over(pool: Pool, floor: Floor, line: Line, pieces: float, deadline: int) -> bool:
    """Take the pieces off the shelf as early as they lie there, in one go where it must be; whether all were there."""
    order, whole = pool.orders[line.order], pool.parts[line.part].whole
    for t in range(len(floor.handed)):
        floor.handed[t] = 0.0
    left = pieces
    for t in range(order.earliest, deadline + 1):
        ready = available(pool, floor, line.shelf, t)
        quantity = min(left, np.floor(ready + WHOLE) if whole else ready)
        if quantity <= NEGLIGIBLE or (not order.partial and quantity < pieces - NEGLIGIBLE):
            continue
        take(pool, floor, line.shelf, t, quantity)
        floor.handed[t] = quantity
        left -= quantity
        if left <= NEGLIGIBLE:
            return True
    return False


@inner_loop
def pays(pool: Pool, floor: Floor, i: int) -> bool:
    """Whether making and lateness cost no more than the shortness they save."""
    order = pool.orders[i]
    if order.short_cost == np.inf:
        return True
    cost = floor.spent[0]
    for t in range(len(floor.handed)):
        cost -= order.short_cost * floor.handed[t]
        if t > order.due and floor.handed[t] > 0:
            cost += order.late_cost * (t - order.due) * floor.handed[t]
    return bool(cost <= 0.0)
