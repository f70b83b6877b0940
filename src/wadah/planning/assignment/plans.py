"""Plans from prices: what each job would choose, mended by small moves, and mixtures of patterns seen before.

In: a Run, and shares of pairs. Out: better choices, told to the run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.assignment.recombine import mixed, mixture
from wadah.planning.assignment.search import insert_all, wander
from wadah.planning.assignment.state import NONE, blank, load
from wadah.planning.solver import Ears

if TYPE_CHECKING:
    from wadah.planning.assignment.master import Patterns
    from wadah.planning.assignment.run import Run
    from wadah.planning.assignment.shape import Bytes, Floats, Ints, Shape
    from wadah.planning.solver import Session

MENDING = 30  # shakes that mend a choice that is no plan yet
IDLE = 200  # times that nothing better was found
SHAKES = 50  # between two looks at the clock
MIX_SHARE = 0.1  # of the time, at most, for a mixture


def plan_from(run: Run, share: Floats, opened: Bytes) -> bool:
    """Each job by the pair it has most of; the others, large ones first, where they add least; then small moves.

    Whether what comes of it is the best plan so far.
    """
    shape, state = run.shape, run.state
    load(shape, state, most_shared(shape, share))
    insert_all(shape, state, np.argsort(-largest(shape), kind="stable"), opened)
    choice = state.choice.copy()
    soft = blank(shape)
    soft.penalty[:] = first_penalty(run)
    wander(shape, soft, run.near, choice, np.inf, MENDING, np.random.default_rng(0))
    load(shape, state, choice)
    run.guess = float(shape.cost[choice[choice >= 0]].sum())
    return run.take(state)


def most_shared(shape: Shape, share: Floats) -> Ints:
    """The pair with the largest share of each job, the cheapest among equals, J; where they overrun, fewer."""
    kept = np.flatnonzero(share > 0)
    ranked = kept[np.lexsort((shape.cost[kept], -share[kept], shape.job[kept]))]
    jobs, first = np.unique(shape.job[ranked], return_index=True)
    choice = np.full(len(shape.skip), NONE, dtype=np.int64)
    choice[jobs] = ranked[first]
    used = np.zeros(len(shape.most))
    for e in sorted(choice[jobs].tolist(), key=lambda e: -share[e]):
        w = shape.place[e]
        if used[w] + shape.hours[e] > shape.most[w] * (1 + 1e-9):
            choice[shape.job[e]] = NONE
        else:
            used[w] += shape.hours[e]
    return choice


def largest(shape: Shape) -> Floats:
    """The most hours that each job may take, J."""
    size = np.zeros(len(shape.skip))
    np.maximum.at(size, shape.job, shape.hours)
    return size


def stroll(run: Run, seconds: float, seed: int) -> None:
    """Small moves from the best choice for so long, until they lead nowhere; hours may be overrun on the way."""
    shape = run.shape
    until = run.clock.left - seconds
    choice = run.state.choice.copy() if run.best is None else run.best.copy()
    soft = blank(shape)
    soft.penalty[:] = first_penalty(run)
    dice = np.random.default_rng(seed)
    idle = 0
    while idle < IDLE and run.clock.left > max(until, 0.0) and not run.proved and not run.clock.over:
        price = wander(shape, soft, run.near, choice, run.price, SHAKES, dice)
        idle = 0 if price < run.price else idle + 1
        if price < run.price:
            load(shape, run.state, choice)
            run.take(run.state)


def first_penalty(run: Run) -> Floats:
    """Rupiah an hour at each workshop to begin with: what its pairs cost an hour, W."""
    shape = run.shape
    cost = np.bincount(shape.place, shape.cost, len(shape.most)) + shape.engage
    hours = np.bincount(shape.place, shape.hours, len(shape.most))
    return np.where(hours > 0, cost / np.maximum(hours, 1e-9), 1.0) + 1e-6


def recombine(run: Run, session: Session, patterns: Patterns) -> None:
    """The best mix of the patterns met, mended by small moves."""
    shape, state = run.shape, run.state
    if run.best is not None:
        for w in range(len(shape.most)):
            pairs = np.sort(run.best[(run.best >= 0) & (shape.place[run.best] == w)])
            patterns.add(w, pairs, float(shape.cost[pairs].sum()))
    model, members = mixture(shape, patterns)

    def hear(x: Floats) -> None:
        load(shape, state, mixed(shape, members, x))
        run.take(state)

    session.search(model, run.clock.left * MIX_SHARE, Ears(run.clock.should_stop, hear))
