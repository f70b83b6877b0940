"""Sourcing rules in the first plan: no workshop starts more than its share, and enough workshops take part (§6).

Both are measured over the whole horizon, committed pieces included. While lots are chosen, each workshop's room is
held below its share of what will have been started; afterwards `top_up` starts further lots at other workshops until
the rule holds, or says that it can't.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wadah.planning.compiled import inner_loop
from wadah.planning.construct.floor import LEFT, crowded, start
from wadah.planning.construct.needs import ask_components
from wadah.planning.construct.offers import Job, next_offer, no_offers
from wadah.planning.construct.pool import NEGLIGIBLE, WHOLE

if TYPE_CHECKING:
    from wadah.planning.construct.floor import Floor
    from wadah.planning.construct.pool import Floats, Pool

MOST_TOP_UPS = 60
SOURCE = 1e-6  # pieces; more makes a source


class Rule(NamedTuple):
    """What the sourcing rule of one part leaves each of its makers; not active where the part has no rule.

    What the job's makers have started so far is kept in Floor.started, in the job's order.
    """

    active: bool
    share: float
    sources: int
    most: float  # pieces that one maker may start
    makers: int


@inner_loop
def sourcing(pool: Pool, floor: Floor, job: Job) -> Rule:
    """The rule of the job's part, and what its makers have started so far."""
    part = pool.parts[job.part]
    sources = max(part.sources, int(np.ceil(1.0 / part.share - WHOLE)))
    if sources <= 1 and part.share >= 1:
        return Rule(False, 1.0, 1, np.inf, 0)
    total = job.wanted / part.least_good
    for j in range(job.end - job.begin):
        floor.started[j] = 0.0
        for t in range(floor.lots.shape[1]):
            floor.started[j] += floor.lots[pool.able[job.begin + j], t]
        total += floor.started[j]
    most = max(part.share * total, total / sources, part.usual_lot) if part.share < 1 else np.inf
    return Rule(True, part.share, sources, most, job.end - job.begin)


@inner_loop
def so_far(started: Floats, rule: Rule) -> tuple[float, float, int]:
    """Pieces started in all, by the biggest maker, and how many take part."""
    total, highest, count = 0.0, 0.0, 0
    for j in range(rule.makers):
        total += started[j]
        highest = max(highest, started[j])
        if started[j] > SOURCE:
            count += 1
    return total, highest, count


@inner_loop
def holds(started: Floats, rule: Rule) -> bool:
    """Whether enough makers take part and none has more than its share."""
    total, highest, count = so_far(started, rule)
    return bool(total <= NEGLIGIBLE or (highest <= rule.share * total + NEGLIGIBLE and count >= rule.sources))


@inner_loop
def top_up(pool: Pool, floor: Floor, job: Job, rule: Rule) -> bool:
    """Start further lots until the rule holds; whether it does."""
    if not rule.active:
        return True
    wide = Job(job.part, job.begin, job.end, 0, floor.lots.shape[1] - 1, 0.0)
    for _ in range(MOST_TOP_UPS):
        if holds(floor.started, rule):
            return True
        if crowded(floor.log, floor.counts, floor.lots.shape[1]) or not add_lot(pool, floor, wide, rule):
            return False
    return holds(floor.started, rule)


@inner_loop
def add_lot(pool: Pool, floor: Floor, job: Job, rule: Rule) -> bool:
    """One more lot at the cheapest workshop that has room under the share, a new source if sources are missing."""
    total, highest, count = so_far(floor.started, rule)
    missing, new = highest / rule.share - total, count < rule.sources
    job = Job(job.part, job.begin, job.end, job.first, job.last, max(missing, 1.0))
    no_offers(floor)
    while next_offer(pool, floor, job):
        cell = floor.order[floor.counts[LEFT]]
        j, t = cell // (job.last + 1), cell % (job.last + 1)
        have = floor.started[j]
        if (new and have > 0) or (not new and have >= highest - NEGLIGIBLE):
            continue
        k = pool.able[job.begin + j]
        least = pool.makers[k].least if floor.lots[k, t] <= 0 else 0.0
        pieces = extra_pieces(pool, k, least, missing, highest - have)
        if max(least, 2 * SOURCE) <= pieces <= floor.room[cell]:
            start(pool, floor, k, t, pieces)
            ask_components(pool, floor, job.part, t, pieces)
            floor.started[j] += pieces
            return True
    return False


@inner_loop
def extra_pieces(pool: Pool, k: int, least: float, missing: float, behind: float) -> float:
    """Pieces of one more lot: what is missing, without overtaking the biggest maker, in whole steps."""
    step = pool.makers[k].step
    pieces = min(max(missing, least, step, 2 * NEGLIGIBLE), max(behind, least))
    return float(np.ceil(pieces / step - WHOLE) * step) if step > 0 else float(pieces)
