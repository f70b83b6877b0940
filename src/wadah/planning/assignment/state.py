"""A choice of pairs with what follows from it, kept up move by move; compiled.

A State may overrun a workshop's hours at a penalty, rupiah an hour, and leave a job undone that must be done at a
large cost; only a choice without either is a plan (`done`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wadah.planning.compiled import compiled, inner

if TYPE_CHECKING:
    from wadah.planning.assignment.shape import Floats, Ints, Shape

NONE = -1
FIT = 1e-9  # relative to a workshop's hours
UNDONE_COST = 1e3  # of the dearest pair
HARD = 1e6  # of the dearest pair, an hour


class State(NamedTuple):
    """A choice and what follows from it; members of a workshop are a chain through first, next and last."""

    choice: Ints  # J, pair or NONE
    used: Floats  # W, hours
    crew: Ints  # W, jobs done there
    first: Ints  # W, a job or NONE
    after: Ints  # J
    before: Ints  # J
    undone: Floats  # J, rupiah for leaving the job undone; large where that is forbidden
    penalty: Floats  # W, rupiah an hour beyond the most


def blank(shape: Shape) -> State:
    """Nothing done."""
    jobs, workshops = len(shape.skip), len(shape.most)
    top = float(shape.cost.max(initial=0.0) + shape.engage.max(initial=0.0)) + 1.0
    return State(
        choice=np.full(jobs, NONE, dtype=np.int64),
        used=np.zeros(workshops),
        crew=np.zeros(workshops, dtype=np.int64),
        first=np.full(workshops, NONE, dtype=np.int64),
        after=np.full(jobs, NONE, dtype=np.int64),
        before=np.full(jobs, NONE, dtype=np.int64),
        undone=np.where(np.isfinite(shape.skip), shape.skip, UNDONE_COST * top),
        penalty=np.full(workshops, HARD * top),
    )


@inner
def put(shape: Shape, state: State, j: int, e: int) -> None:
    """Do job j by pair e; it was undone."""
    w = shape.place[e]
    state.choice[j] = e
    state.used[w] += shape.hours[e]
    state.crew[w] += 1
    head = state.first[w]
    state.after[j], state.before[j], state.first[w] = head, NONE, j
    if head != NONE:
        state.before[head] = j


@inner
def drop(shape: Shape, state: State, j: int) -> None:
    """Leave job j undone."""
    e = state.choice[j]
    if e == NONE:
        return
    w = shape.place[e]
    state.choice[j] = NONE
    state.used[w] -= shape.hours[e]
    state.crew[w] -= 1
    if state.crew[w] == 0:
        state.used[w] = 0.0
    if state.before[j] == NONE:
        state.first[w] = state.after[j]
    else:
        state.after[state.before[j]] = state.after[j]
    if state.after[j] != NONE:
        state.before[state.after[j]] = state.before[j]


@compiled
def load(shape: Shape, state: State, choice: Ints) -> None:
    """Take over a whole choice."""
    for j in range(len(choice)):
        drop(shape, state, j)
    for j in range(len(choice)):
        if choice[j] != NONE:
            put(shape, state, j, choice[j])


@compiled
def price_of(shape: Shape, state: State) -> float:
    """Rupiah, forbidden jobs that are undone at their large cost."""
    total = 0.0
    for j in range(len(state.choice)):
        e = state.choice[j]
        total += state.undone[j] if e == NONE else shape.cost[e]
    for w in range(len(state.used)):
        total += upkeep(
            shape.engage[w],
            shape.over_cost[w],
            shape.regular[w],
            shape.most[w],
            state.penalty[w],
            state.used[w],
            state.crew[w],
        )
    return total


@compiled
def done(shape: Shape, state: State) -> bool:
    """Whether everything is done that must be, within everybody's hours."""
    for w in range(len(state.used)):
        if state.used[w] > shape.most[w] + fit(shape.most[w]):
            return False
    return not np.any((state.choice == NONE) & (shape.skip == np.inf))


@inner
def fit(most: float) -> float:
    """Hours that the arithmetic may be off."""
    return FIT * max(1.0, most)


@inner
def upkeep(
    engage: float, over_cost: float, regular: float, most: float, penalty: float, used: float, count: int
) -> float:
    """Engagement, overtime, and the penalty for hours that aren't there; of figures, so that it is compiled inline."""
    if count == 0:
        return 0.0
    paid = engage + over_cost * max(0.0, used - regular)
    beyond = used - most
    return paid + penalty * beyond if beyond > fit(most) else paid


@inner
def grown(
    engage: float,
    over_cost: float,
    regular: float,
    most: float,
    penalty: float,
    used: float,
    count: int,
    hours: float,
    jobs: int,
) -> float:
    """What upkeep grows by with so many hours and jobs more."""
    after = upkeep(engage, over_cost, regular, most, penalty, used + hours, count + jobs)
    return after - upkeep(engage, over_cost, regular, most, penalty, used, count)
