"""Sourcing rules in the first plan: no workshop starts more than its share, and enough workshops take part (§6).

Both are measured over the whole horizon, committed pieces included. While lots are chosen, each workshop's room is
held below its share of what will have been started; afterwards `top_up` starts further lots at other workshops until
the rule holds, or says that it can't.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wadah.planning.construct.floor import LEFT, crowded, start
from wadah.planning.construct.needs import ask_components
from wadah.planning.construct.offers import Job, next_offer, no_offers
from wadah.planning.construct.pool import NEGLIGIBLE, WHOLE
from wadah.planning.inner import inner

if TYPE_CHECKING:
    from wadah.planning.construct.floor import Floor
    from wadah.planning.construct.pool import Floats, Pool

MOST_TOP_UPS = 60
SOURCE = 1e-6  # pieces; more makes a source


class Rule(NamedTuple):
    """What the sourcing rule of one part leaves each of its makers; not active where the part has no rule."""

    active: bool
    share: float
    sources: int
    most: float  # pieces that one maker may start
    started: Floats  # by maker, in the job's order; empty where not active


@inner
def sourcing(pool: Pool, floor: Floor, job: Job) -> Rule:
    """The rule of the job's part, with what its makers have started so far."""
    part = pool.parts[job.part]
    sources = max(part.sources, int(np.ceil(1.0 / part.share - WHOLE)))
    if sources <= 1 and part.share >= 1:
        return Rule(False, 1.0, 1, np.inf, np.zeros(0))
    count = job.end - job.begin
    started, least, usual = np.zeros(count), np.zeros(count), 1.0
    for j in range(count):
        k = pool.able[job.begin + j]
        started[j] = floor.lots[k].sum()
        least[j] = pool.makers[k].least
        usual = min(usual, pool.makers[k].good)
    total = started.sum() + job.wanted / usual
    most = np.inf
    if part.share < 1:
        most = max(part.share * total, total / sources, float(np.median(least)) if count > 0 else 0.0)
    return Rule(True, part.share, sources, most, started)


@inner
def holds(rule: Rule) -> bool:
    """Whether enough makers take part and none has more than its share."""
    total = rule.started.sum()
    if total <= NEGLIGIBLE:
        return True
    within = rule.started.max() <= rule.share * total + NEGLIGIBLE
    return bool(within and (rule.started > SOURCE).sum() >= rule.sources)


@inner
def top_up(pool: Pool, floor: Floor, job: Job, rule: Rule) -> bool:
    """Start further lots until the rule holds; whether it does."""
    if not rule.active:
        return True
    wide = Job(job.part, job.begin, job.end, 0, floor.lots.shape[1] - 1, 0.0)
    for _ in range(MOST_TOP_UPS):
        if holds(rule):
            return True
        if crowded(floor.log, floor.counts, floor.lots.shape[1]) or not add_lot(pool, floor, wide, rule):
            return False
    return holds(rule)


@inner
def add_lot(pool: Pool, floor: Floor, job: Job, rule: Rule) -> bool:
    """One more lot at the cheapest workshop that has room under the share, a new source if sources are missing."""
    highest = rule.started.max()
    missing = highest / rule.share - rule.started.sum()
    new = (rule.started > SOURCE).sum() < rule.sources
    job = Job(job.part, job.begin, job.end, job.first, job.last, max(missing, 1.0))
    no_offers(floor)
    while next_offer(pool, floor, job):
        cell = floor.order[floor.counts[LEFT]]
        j, t = cell // (job.last + 1), cell % (job.last + 1)
        have = rule.started[j]
        if (new and have > 0) or (not new and have >= highest - NEGLIGIBLE):
            continue
        k = pool.able[job.begin + j]
        least = pool.makers[k].least if floor.lots[k, t] <= 0 else 0.0
        pieces = extra_pieces(pool, k, least, missing, highest - have)
        if max(least, 2 * SOURCE) <= pieces <= floor.room[cell]:
            start(pool, floor, k, t, pieces)
            ask_components(pool, floor, job.part, t, pieces)
            rule.started[j] += pieces
            return True
    return False


@inner
def extra_pieces(pool: Pool, k: int, least: float, missing: float, behind: float) -> float:
    """Pieces of one more lot: what is missing, without overtaking the biggest maker, in whole steps."""
    step = pool.makers[k].step
    pieces = min(max(missing, least, step, 2 * NEGLIGIBLE), max(behind, least))
    return float(np.ceil(pieces / step - WHOLE) * step) if step > 0 else float(pieces)
