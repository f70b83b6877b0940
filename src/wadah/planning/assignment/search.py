"""Better choices of pairs by small moves, and by shaking what they end in; compiled.

A move shifts a job, swaps two, or makes room by moving another away: chains of this kind for generalised assignment are
those of Yagiura, Ibaraki & Glover 2004, and so is the penalty for overrun hours that falls while plans are found and
rises while none are. Each job tries only the few pairs that the prices favour. Where moves end, a few jobs are moved
at random, or a workshop is emptied or filled, and what got worse by much is taken back (Lourenço, Martin & Stützle
2003).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wadah.planning.assignment.state import NONE, done, drop, fit, grown, load, price_of, put
from wadah.planning.compiled import compiled, inner

if TYPE_CHECKING:
    from wadah.planning.assignment.shape import Bytes, Ints, Shape
    from wadah.planning.assignment.state import State

GAIN = 1e-7  # rupiah; less is no gain
WORSE = 3e-4  # relative; how much worse than the best a choice may be to go on from
SOFTER, HARDER = 0.95, 1.3  # what a penalty is multiplied by after a plan, and after an overrun
LOOKS = 10  # at most so many looks for a move a job
MENDS = 12
TURNOVER = 0.3  # of shakes that empty or fill a workshop, where engagement costs anything
SUITS, DRAWN = 3, 0.7  # best pairs of a job, and how often it follows, when a workshop is filled
PATIENCE = 300  # shakes without a better plan until the best is taken up again


class Near(NamedTuple):
    """The few pairs worth trying, by job and by workshop."""

    pair: Ints  # J × K, best first; NONE where there are fewer
    start: Ints  # W + 1, into at
    at: Ints  # pairs, by workshop
    mark: Ints  # W, NONE between calls


@inner
def best_move(shape: Shape, state: State, near: Near, j: int) -> tuple[float, int, int, int]:
    """The shift or swap of job j that saves most: rupiah (negative saves), its new pair, the other job, its pair."""
    place, cost, hours = shape.place, shape.cost, shape.hours
    engage, over_cost, regular, most = shape.engage, shape.over_cost, shape.regular, shape.most
    penalty, used, count = state.penalty, state.used, state.crew
    now = state.choice[j]
    least, to, other, other_to = -GAIN, now, NONE, NONE
    home, left, away = NONE, state.undone[j], 0.0
    if now != NONE:
        h = place[now]
        home, left = h, cost[now]
        away = grown(engage[h], over_cost[h], regular[h], most[h], penalty[h], used[h], count[h], -hours[now], -1)
        if state.undone[j] - left + away < least:
            least, to = state.undone[j] - left + away, NONE
    for e in near.pair[j]:
        if e == NONE:
            break
        w = place[e]
        near.mark[w] = e
        if w != home:
            alone = (
                cost[e]
                - left
                + away
                + grown(engage[w], over_cost[w], regular[w], most[w], penalty[w], used[w], count[w], hours[e], 1)
            )
            if alone < least:
                least, to = alone, e
    if home != NONE:
        both, e, i, e2 = best_swap(shape, state, near, now)
        if both < least:
            least, to, other, other_to = both, e, i, e2
    near.mark[place[near.pair[j]]] = NONE
    return least, to, other, other_to


@inner
def best_swap(shape: Shape, state: State, near: Near, now: int) -> tuple[float, int, int, int]:
    """The same among swaps with jobs that could come to where `now` is; the job's own pairs are marked by workshop."""
    place, cost, hours, choice, mark = shape.place, shape.cost, shape.hours, state.choice, near.mark
    engage, over_cost, regular, most = shape.engage, shape.over_cost, shape.regular, shape.most
    penalty, used, count = state.penalty, state.used, state.crew
    h = place[now]
    least, to, other, other_to = 0.0, NONE, NONE, NONE
    for at in range(near.start[h], near.start[h + 1]):
        e2 = near.at[at]
        old = choice[shape.job[e2]]
        w = NONE if old == NONE else place[old]
        if w in (NONE, h) or mark[w] == NONE:
            continue
        e = mark[w]
        both = cost[e] - cost[now] + cost[e2] - cost[old]
        more, here = hours[e] - hours[old], hours[e2] - hours[now]
        both += grown(engage[w], over_cost[w], regular[w], most[w], penalty[w], used[w], count[w], more, 0)
        both += grown(engage[h], over_cost[h], regular[h], most[h], penalty[h], used[h], count[h], here, 0)
        if both < least:
            least, to, other, other_to = both, e, shape.job[e2], e2
    return least, to, other, other_to


@inner
def descend(shape: Shape, state: State, near: Near, waiting: Ints, count: int, most: int) -> int:
    """Moves that save, for the first `count` jobs waiting and for those beside every change; at most `most` looks.

    Returns how many looks there were. waiting: room for J + 1 jobs, used as a ring.
    """
    ring = len(waiting)
    queued = np.zeros(len(state.choice), dtype=np.uint8)
    for at in range(count):
        queued[waiting[at]] = 1
    head, looked = 0, 0
    while count > 0 and looked < most:
        j = waiting[head]
        head, count = (head + 1) % ring, count - 1
        queued[j] = 0
        looked += 1
        delta, to, other, other_to = best_move(shape, state, near, j)
        if delta >= -GAIN:
            continue
        before = state.choice[j]
        drop(shape, state, j)
        if other != NONE:
            drop(shape, state, other)
            put(shape, state, other, other_to)
        if to != NONE:
            put(shape, state, j, to)
        for e in (before, to):
            if e != NONE:
                i = state.first[shape.place[e]]
                while i != NONE:
                    if not queued[i]:
                        queued[i] = 1
                        waiting[(head + count) % ring] = i
                        count += 1
                    i = state.after[i]
    return looked


@inner
def growth(shape: Shape, state: State, w: int, hours: float) -> float:
    """What upkeep of w grows by with one job more."""
    return grown(
        shape.engage[w],
        shape.over_cost[w],
        shape.regular[w],
        shape.most[w],
        state.penalty[w],
        state.used[w],
        state.crew[w],
        hours,
        1,
    )


@compiled
def insert_all(shape: Shape, state: State, jobs: Ints, free: Bytes) -> None:
    """Do each of these jobs, in this order, where it adds least; engaging a workshop marked free counts for nothing."""
    for j in jobs:
        if state.choice[j] != NONE:
            continue
        best, least = NONE, state.undone[j]
        for e in range(shape.job_start[j], shape.job_start[j + 1]):
            w = shape.place[e]
            added = shape.cost[e] + growth(shape, state, w, shape.hours[e])
            if free[w] and state.crew[w] == 0:
                added -= shape.engage[w]
            if added < least:
                best, least = e, added
        if best != NONE:
            put(shape, state, j, best)


@inner
def shake(shape: Shape, state: State, near: Near, waiting: Ints, dice: np.random.Generator) -> int:
    """Move some jobs at random. Returns how many entries of waiting they fill; a job may stand there twice."""
    if dice.random() < TURNOVER and (shape.engage > 0).any():
        w = int(dice.integers(0, len(shape.most)))
        if state.crew[w] > 0:
            return empty(shape, state, near, waiting, w)
        return draw(shape, state, near, waiting, w, dice)
    count, width = 0, near.pair.shape[1]
    for _ in range(dice.integers(2, 6)):
        j = int(dice.integers(0, len(state.choice)))
        e = near.pair[j, min(dice.integers(0, width), dice.integers(0, width))]
        if e != NONE and e != state.choice[j]:
            drop(shape, state, j)
            put(shape, state, j, e)
            waiting[count] = j
            count += 1
    return count


@inner
def draw(shape: Shape, state: State, near: Near, waiting: Ints, w: int, dice: np.random.Generator) -> int:
    """Move jobs to an idle workshop, most of those that it suits and as long as it has the hours."""
    count = 0
    for at in range(near.start[w], near.start[w + 1]):
        e = near.at[at]
        j = shape.job[e]
        suits = e in near.pair[j, :SUITS]
        if suits and state.used[w] + shape.hours[e] <= shape.most[w] and dice.random() < DRAWN:
            drop(shape, state, j)
            put(shape, state, j, e)
            waiting[count] = j
            count += 1
    return count


@inner
def empty(shape: Shape, state: State, near: Near, waiting: Ints, w: int) -> int:
    """Move every job away from w, each where it adds least. Returns how many; they stand first in waiting."""
    count = 0
    while state.first[w] != NONE:
        j = state.first[w]
        drop(shape, state, j)
        best, least = NONE, np.inf
        for at in range(near.pair.shape[1]):
            e = near.pair[j, at]
            if e != NONE and shape.place[e] != w:
                added = shape.cost[e] + growth(shape, state, shape.place[e], shape.hours[e])
                if added < least:
                    best, least = e, added
        if best != NONE:
            put(shape, state, j, best)
        waiting[count] = j
        count += 1
    return count


@compiled
def wander(
    shape: Shape, state: State, near: Near, best: Ints, price: float, shakes: int, dice: np.random.Generator
) -> float:
    """Moves that save from the choice in `best`, then shakes and such moves again. Returns the best plan's price.

    best: a plan that costs `price`, or any choice with an infinite price; on return the best plan, if there is any.
    """
    jobs = len(state.choice)
    waiting = np.zeros(jobs + 1, dtype=np.int64)
    kept = best.copy()
    load(shape, state, kept)
    waited = 0
    for turn in range(shakes):
        if turn == 0:
            count = jobs
            waiting[:jobs] = np.arange(jobs)
        else:
            count = distinct(waiting, shake(shape, state, near, waiting, dice), jobs)
        descend(shape, state, near, waiting, count, LOOKS * jobs)
        plan = mend(shape, state, near, waiting)
        found = price_of(shape, state)
        waited += 1
        if plan and found < price - GAIN:
            price, waited = found, 0
            best[:] = state.choice
        if price == np.inf or (plan and found <= price * (1 + WORSE) and waited < PATIENCE):
            kept[:] = state.choice
        else:
            if waited >= PATIENCE:
                kept[:] = best
                waited = 0
            load(shape, state, kept)
    if price == np.inf:
        best[:] = kept
    return price


@inner
def mend(shape: Shape, state: State, near: Near, waiting: Ints) -> bool:
    """Raise the penalties of overrun workshops and move on, some times. Whether the choice ends as a plan."""
    for _ in range(MENDS):
        count = 0
        for w in range(len(state.used)):
            if state.used[w] > shape.most[w] + fit(shape.most[w]):
                state.penalty[w] *= HARDER
                i = state.first[w]
                while i != NONE:
                    waiting[count] = i
                    count += 1
                    i = state.after[i]
        if count == 0:
            break
        descend(shape, state, near, waiting, count, LOOKS * len(state.choice))
    if done(shape, state):
        state.penalty[:] *= SOFTER
        return True
    return False


@inner
def distinct(waiting: Ints, count: int, jobs: int) -> int:
    """The first `count` entries without repeats; how many are left."""
    seen = np.zeros(jobs, dtype=np.uint8)
    kept = 0
    for at in range(count):
        j = waiting[at]
        if not seen[j]:
            seen[j] = 1
            waiting[kept] = j
            kept += 1
    return kept
