"""Better choices of pairs by small moves, and by shaking what they end in; compiled.

A move shifts a job, swaps two, or makes room by moving another away: chains of this kind for generalised assignment are
those of Yagiura, Ibaraki & Glover 2004, and so is the penalty for overrun hours that falls while plans are found and
rises while none are. Each job tries only the few pairs that the prices favour. Where moves end, a few jobs are moved
at random, or a workshop is emptied or filled, and what got worse by much is taken back (Lourenço, Martin & Stützle
2003).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from wadah.planning.assignment.state import NONE, done, drop, grown, load, price_of, put

if TYPE_CHECKING:
    from wadah.planning.assignment.shape import Bytes, Floats, Ints, Shape
    from wadah.planning.assignment.state import State

GAIN = 1e-7  # rupiah; less is no gain
WORSE = 3e-4  # relative; how much worse than the best a choice may be to go on from
SOFTER, HARDER = 0.97, 1.15  # what a penalty is multiplied by after a plan, and after an overrun
PATIENCE = 300  # shakes without a better plan until the best is taken up again


@njit(cache=True)
def best_move(shape: Shape, state: State, near: Ints, j: int) -> tuple[float, int, int, int]:
    """The move of job j that saves most: rupiah (negative saves), its new pair, the job that makes room, its pair."""
    now = state.choice[j]
    least, to, other, other_to = -GAIN, now, NONE, NONE
    home, left, freed, away = NONE, state.undone[j], 0.0, 0.0
    if now != NONE:
        home, left, freed = shape.place[now], shape.cost[now], shape.hours[now]
        away = grown(shape, state, home, -freed, -1)
        if state.undone[j] - left + away < least:
            least, to = state.undone[j] - left + away, NONE
    for at in range(near.shape[1]):
        e = near[j, at]
        if e == NONE:
            break
        w, hours = shape.place[e], shape.hours[e]
        if w == home:
            continue
        saved = shape.cost[e] - left
        alone = saved + away + grown(shape, state, w, hours, 1)
        if alone < least:
            least, to, other, other_to = alone, e, NONE, NONE
        i = state.first[w]
        while i != NONE:
            old = state.choice[i]
            within = saved - shape.cost[old] + grown(shape, state, w, hours - shape.hours[old], 0)
            for back in range(near.shape[1]):
                e2 = near[i, back]
                if e2 == NONE:
                    break
                v, cost = shape.place[e2], within + shape.cost[e2]
                if v == w or cost + min(away, 0.0) >= least:
                    continue
                if v == home:
                    cost += grown(shape, state, home, shape.hours[e2] - freed, 0)
                else:
                    cost += away + grown(shape, state, v, shape.hours[e2], 1)
                if cost < least:
                    least, to, other, other_to = cost, e, i, e2
            i = state.after[i]
    return least, to, other, other_to


@njit(cache=True)
def descend(shape: Shape, state: State, near: Ints, waiting: Ints, count: int, most: int) -> None:
    """Moves that save, for the first `count` jobs waiting and for those beside every change; at most `most` looks.

    waiting: room for J + 1 jobs, used as a ring.
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
        for e in (before, to, other_to):
            if e == NONE:
                continue
            i = state.first[shape.place[e]]
            while i != NONE:
                if not queued[i]:
                    queued[i] = 1
                    waiting[(head + count) % ring] = i
                    count += 1
                i = state.after[i]


@njit(cache=True)
def insert_all(shape: Shape, state: State, jobs: Ints, free: Bytes) -> None:
    """Do each of these jobs, in this order, where it adds least; engaging a workshop marked free counts for nothing."""
    for j in jobs:
        if state.choice[j] != NONE:
            continue
        best, least = NONE, state.undone[j]
        for e in range(shape.job_start[j], shape.job_start[j + 1]):
            w = shape.place[e]
            added = shape.cost[e] + grown(shape, state, w, shape.hours[e], 1)
            if free[w] and state.count[w] == 0:
                added -= shape.engage[w]
            if added < least:
                best, least = e, added
        if best != NONE:
            put(shape, state, j, best)


@njit(cache=True)
def shake(shape: Shape, state: State, near: Ints, waiting: Ints) -> int:
    """Move some jobs at random. Returns how many; they stand first in waiting."""
    count = 0
    if (shape.engage > 0).any() and np.random.random() < 0.3:
        w = np.random.randint(len(shape.most))
        if state.count[w] > 0:
            return empty(shape, state, near, waiting, w)
        for j in range(len(state.choice)):
            for at in range(min(3, near.shape[1])):
                e = near[j, at]
                if e != NONE and shape.place[e] == w and np.random.random() < 0.7:
                    if state.used[w] + shape.hours[e] <= shape.most[w]:
                        drop(shape, state, j)
                        put(shape, state, j, e)
                        waiting[count] = j
                        count += 1
        return count
    for _ in range(np.random.randint(2, 6)):
        j = np.random.randint(len(state.choice))
        e = near[j, np.random.randint(near.shape[1])]
        if e != NONE and e != state.choice[j]:
            drop(shape, state, j)
            put(shape, state, j, e)
            waiting[count] = j
            count += 1
    return count


@njit(cache=True)
def empty(shape: Shape, state: State, near: Ints, waiting: Ints, w: int) -> int:
    """Move every job away from w, each where it adds least. Returns how many; they stand first in waiting."""
    count = 0
    while state.first[w] != NONE:
        j = state.first[w]
        drop(shape, state, j)
        best, least = NONE, np.inf
        for at in range(near.shape[1]):
            e = near[j, at]
            if e != NONE and shape.place[e] != w:
                added = shape.cost[e] + grown(shape, state, shape.place[e], shape.hours[e], 1)
                if added < least:
                    best, least = e, added
        if best != NONE:
            put(shape, state, j, best)
        waiting[count] = j
        count += 1
    return count


@njit(cache=True)
def wander(shape: Shape, state: State, near: Ints, best: Ints, price: float, shakes: int, seed: int) -> float:
    """So many shakes from the choice in `best`, each followed by moves that save. Returns the price of the best plan.

    best: a plan that costs `price`, or any choice with an infinite price; on return the best plan, if there is any.
    """
    np.random.seed(seed)
    jobs = len(state.choice)
    waiting = np.zeros(jobs + 1, dtype=np.int64)
    kept = best.copy()
    load(shape, state, kept)
    current = price_of(shape, state)
    waited = 0
    for _ in range(shakes):
        count = distinct(waiting, shake(shape, state, near, waiting), jobs)
        descend(shape, state, near, waiting, count, 20 * jobs)
        found, plan = price_of(shape, state), done(shape, state)
        waited += 1
        if plan and found < price - GAIN:
            price, waited = found, 0
            best[:] = state.choice
        if weigh(shape, state):
            current = np.inf  # penalties have changed; the choice at hand is the one to compare with
        if found <= current or found <= price * (1 + WORSE):
            current = found
            kept[:] = state.choice
        else:
            load(shape, state, kept)
        if waited >= PATIENCE and price < np.inf:
            waited = 0
            kept[:] = best
            load(shape, state, kept)
            current = price
    return price


@njit(cache=True)
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


@njit(cache=True)
def weigh(shape: Shape, state: State) -> bool:
    """Raise the penalties of overrun workshops, or lower all where there is none. Whether any was overrun."""
    over = False
    for w in range(len(state.used)):
        if state.used[w] > shape.most[w] * (1 + 1e-9) + 1e-9:
            state.penalty[w] *= HARDER
            over = True
    if not over:
        state.penalty[:] *= SOFTER
    return over
