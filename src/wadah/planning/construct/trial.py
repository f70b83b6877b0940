"""One trial: what an order needs, exploded down the bill of materials with lots sized level by level, compiled.

Each part is served once, after all its parents: from the shelf first, then from the cheapest offers; the lots started
become needs of their components `lead_time` earlier. Out: 1.0 if all was found, else the share of the needed pieces
that was found at the part that held it up (the caller undoes the trial).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from wadah.planning.compiled import inner_loop
from wadah.planning.construct.floor import LEFT, TOTAL, WAITING, available, crowded, start, take
from wadah.planning.construct.needs import ask_components
from wadah.planning.construct.offers import Job, draw, next_offer, no_offers
from wadah.planning.construct.pool import NEGLIGIBLE, WHOLE
from wadah.planning.construct.sources import sourcing, top_up

if TYPE_CHECKING:
    from wadah.planning.construct.floor import Floor
    from wadah.planning.construct.pool import Floats, Pool
    from wadah.planning.construct.sources import Rule


@inner_loop
def explode(pool: Pool, floor: Floor) -> float:
    """Serve every need, parents before components; the share found where it stops, 1.0 where it doesn't."""
    while floor.counts[WAITING] > 0:
        if crowded(floor.log, floor.counts, floor.lots.shape[1]):
            return 0.5
        floor.counts[WAITING] -= 1
        p = pool.parents_first[floor.queue[floor.counts[WAITING]]]
        found = supply(pool, floor, p, floor.needs[p])
        for t in range(floor.needs.shape[1]):
            floor.needs[p, t] = 0.0
        if found < 1.0:
            return found
    return 1.0


@inner_loop
def supply(pool: Pool, floor: Floor, p: int, needs: Floats) -> float:
    """Take from the shelf and make the rest of one component; the share found."""
    first, last, wanted, life = -1, 0, 0.0, pool.parts[p].life
    for t in range(len(needs)):
        if needs[t] > 0:
            first, last = (t if first < 0 else first), t
            wanted += needs[t]
    first = 0 if life < 0 else max(0, first - life)
    job = Job(p, pool.parts[p].begin, pool.parts[p].end, first, last, wanted)
    rule = sourcing(pool, floor, job)
    no_offers(floor)
    missing = 0.0
    for t in range(last + 1):
        if needs[t] > 0:
            left = needs[t] - take_ready(pool, floor, p, t, needs[t])
            if left > NEGLIGIBLE:
                make(pool, floor, job, rule, 0 if life < 0 else max(0, t - life), t, left)
                missing += left - take_ready(pool, floor, p, t, left)
    if missing > NEGLIGIBLE:
        return max(0.0, 1.0 - missing / wanted)
    return 1.0 if top_up(pool, floor, job, rule) else 0.0


@inner_loop
def take_ready(pool: Pool, floor: Floor, shelf: int, period: int, pieces: float) -> float:
    """Take what lies ready, up to `pieces`; how much."""
    ready = min(pieces, available(pool, floor, shelf, period))
    if ready > 0:
        take(pool, floor, shelf, period, ready)
    return max(ready, 0.0)


@inner_loop
def make(pool: Pool, floor: Floor, job: Job, rule: Rule, first: int, last: int, good: float) -> float:
    """Start lots in first … last until `good` more good pieces lie ready; the good pieces made.

    Offers already drawn for the part's earlier needs that still have room come first, then fresh ones.
    """
    made, at, width = 0.0, floor.counts[TOTAL] - 1, job.last + 1 - job.first
    while made < good - NEGLIGIBLE and not crowded(floor.log, floor.counts, floor.lots.shape[1]):
        if at < floor.counts[LEFT]:
            if floor.counts[LEFT] > 0:
                draw(floor.price, floor.order, floor.counts)
            elif not next_offer(pool, floor, job):
                break
            at = floor.counts[LEFT]
        cell = floor.order[at]
        at -= 1
        j, t = cell // width, job.first + cell % width
        if first <= t <= last:
            k = pool.able[job.begin + j]
            room = min(floor.room[cell], rule.most - floor.started[j]) if rule.active else floor.room[cell]
            pieces = lot(pool.makers[k], floor.lots[k, t] <= 0, room, good - made)
            if pieces > 0:
                start(pool, floor, k, t, pieces)
                ask_components(pool, floor, job.part, t, pieces)
                if rule.active:
                    floor.started[j] += pieces
                floor.room[cell] -= pieces
                made += pieces * pool.makers[k].good
    return made


@inner_loop
def lot(maker: Any, fresh: bool, room: float, good: float) -> float:
    """Pieces to start for `good` good pieces: whole steps, at least the smallest lot, within the room."""
    step, pieces = maker.step, good / maker.good
    least = maker.least if fresh else step
    if step > 0:
        pieces = np.ceil(pieces / step - WHOLE) * step
        room = np.floor(room / step + WHOLE) * step
    pieces = min(max(pieces, least), room)
    return float(pieces) if pieces >= max(least, NEGLIGIBLE) else 0.0
