"""Where a part could be started, cheapest first: every (capability, period) with hours left, priced by the piece.

The price of a good piece is what it costs to make, overtime included where regular hours are used up, plus its share
of the set-up (and of engaging the workshop), plus holding until it is needed, plus what its hours are worth to others
(scarce.py), less what it saves of hours below a target, plus or less what changes against the previous plan. Shares
are taken over the pieces wanted or those that fit, whichever is less, so big lots look as cheap as they are.

Offers are drawn one by one from a heap: regular hours first, then, with all the room there is, overtime. Those drawn
stay behind the heap in the floor's `order`, the last drawn first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from wadah.planning.compiled import inner_loop
from wadah.planning.construct.floor import EXTRA, LEFT, TOTAL
from wadah.planning.construct.pool import NEGLIGIBLE, PLENTY, WHOLE

if TYPE_CHECKING:
    from wadah.planning.construct.floor import Floor
    from wadah.planning.construct.pool import Floats, Ints, Pool

# of a piece's price for each period it is made ahead: early hours are the ones others can't do without
EARLY_SHARE = 0.05
NONE, WITHOUT, WITH = -1, 0, 1  # no offers yet; offers without and with overtime


class Job(NamedTuple):
    """What offers are asked for: makers able[begin:end] of a part, periods first … last (up to which pieces are held),
    and good pieces wanted, over which set-ups are shared."""

    part: int
    begin: int
    end: int
    first: int
    last: int
    wanted: float


@inner_loop
def next_offer(pool: Pool, floor: Floor, job: Job) -> bool:
    """Draw one more offer; it then lies at order[counts[LEFT]]. Whether there was one."""
    while floor.counts[LEFT] == 0:
        if floor.counts[EXTRA] == WITH:
            return False
        floor.counts[EXTRA] += 1
        lay_out(pool, floor, job, floor.counts[EXTRA] == WITH)
    draw(floor.price, floor.order, floor.counts)
    return True


@inner_loop
def draw(price: Floats, order: Ints, counts: Ints) -> None:
    """Move the cheapest offer that is left behind the heap."""
    last = counts[LEFT] - 1
    order[0], order[last] = order[last], order[0]
    counts[LEFT] = last
    sift(price, order, 0, last)


@inner_loop
def no_offers(floor: Floor) -> None:
    """Forget the offers of the job before."""
    floor.counts[LEFT] = floor.counts[TOTAL] = 0
    floor.counts[EXTRA] = NONE


@inner_loop
def lay_out(pool: Pool, floor: Floor, job: Job, overtime: bool) -> None:
    """Price every cell of the job with room for a lot and heap them up; cells are numbered by maker, then period.

    The functions called take plain numbers: to pass the whole floor costs more than what they do.
    """
    found, cell, holding = 0, 0, pool.parts[job.part].holding
    for j in range(job.begin, job.end):
        k = pool.able[j]
        maker = pool.makers[k]
        w = maker.workshop
        each = per_piece(maker, pool.workshops[w], floor.used[w])
        engage = 0.0 if floor.engaged[w] else pool.workshops[w].engage_cost
        extra = maker.unit_hours * pool.workshops[w].overtime_cost if overtime else 0.0
        for t in range(job.first, job.last + 1):
            hours = floor.regular[w, t] + (floor.overtime[w, t] if overtime else 0.0)
            lot = floor.lots[k, t]
            pieces = room(maker, hours, lot, pool.limit[k, t])
            if pieces > 0:
                rupiah = each + once(maker, engage, lot, pieces, job.wanted)
                if pool.keyed[k, t]:
                    rupiah += -pool.change_cost if lot < pool.previous[k, t] else pool.change_cost
                early = job.last - t
                floor.price[cell] = rupiah * (1 + EARLY_SHARE * early) / maker.good + holding * early + extra
                floor.room[cell] = pieces
                floor.order[found] = cell
                found += 1
            cell += 1
    floor.counts[LEFT] = floor.counts[TOTAL] = found
    for i in range(found // 2 - 1, -1, -1):
        sift(floor.price, floor.order, i, found)


@inner_loop
def sift(price: Floats, order: Ints, at: int, count: int) -> None:
    """Let the offer at `at` sink to its place in the heap; equal prices in order of their cells."""
    while 2 * at + 1 < count:
        child = 2 * at + 1
        if child + 1 < count and before(price, order[child + 1], order[child]):
            child += 1
        if not before(price, order[child], order[at]):
            return
        order[at], order[child] = order[child], order[at]
        at = child


@inner_loop
def before(price: Floats, one: int, other: int) -> bool:
    return bool(price[one] < price[other] or (price[one] == price[other] and one < other))


@inner_loop
def room(maker: Any, hours: float, lot: float, limit: float) -> float:
    """Pieces that a maker could still start beside a lot in so many hours; 0 where not even the smallest lot fits."""
    fresh = lot <= 0
    left = hours - maker.setup_hours if fresh else hours
    if maker.unit_hours > 0:
        pieces = min(left / max(maker.unit_hours, 1e-12), PLENTY, limit - lot)
    else:
        pieces = min(PLENTY, limit - lot) if left >= -WHOLE else 0.0
    if maker.step > 0:
        pieces = np.floor(pieces / maker.step + WHOLE) * maker.step
    return 0.0 if pieces < NEGLIGIBLE or (fresh and pieces < maker.least) else float(pieces)


@inner_loop
def per_piece(maker: Any, workshop: Any, used: float) -> float:
    """Rupiah a piece started, whatever the lot: making, what its hours are worth, less what they save of a target."""
    rupiah = maker.cost + maker.unit_hours * workshop.hour_price
    return float(rupiah - workshop.below_cost * maker.unit_hours if used < workshop.target else rupiah)


@inner_loop
def once(maker: Any, engage: float, lot: float, pieces: float, wanted: float) -> float:
    """A piece's share of the set-up and of engaging the workshop."""
    spread = min(max(pieces, NEGLIGIBLE), max(max(wanted, 1.0) / maker.good, maker.least))
    return float((engage + maker.setup_cost if lot <= 0 else engage) / spread)
