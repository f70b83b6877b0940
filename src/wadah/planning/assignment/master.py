"""The best prices of the Lagrangian dual, by a linear program over the choices seen so far.

In: a Shape and good prices (dual.py). Out: better ones, up to the best there are, with a bound, and the shares of each
pair behind it. Each workshop earns at least what its seen choices earn; the program finds the prices that look best
within a box around the best known, they are evaluated exactly, and what they choose is added: the cutting-plane method
of Kelley in a moving box (Marsten, Hogan & Blankenship 1975), with one cut a workshop. Where jobs are large beside a
workshop's hours, prices that only climb (dual.climb) stall far below this.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from wadah.planning.assignment.dual import Dual, earn
from wadah.planning.assignment.shape import SHUT
from wadah.planning.formulation.model import Model

if TYPE_CHECKING:
    from collections.abc import Callable

    from wadah.planning.assignment.shape import Floats, Ints
    from wadah.planning.solver import Session

CLOSE = 1e-7  # relative; prices that promise no more than this are the best
FIRST_BOX = 0.02  # of the mean price
SERIOUS = 0.1  # of the promise that must be kept for the box to grow
FEWER = 1e-7  # a share that counts


@dataclass
class Patterns:
    """Choices seen: for each, its workshop (−1: a set of engaged workshops), its pairs or workshops, and its cost."""

    place: list[int] = field(default_factory=list)
    members: list[Ints] = field(default_factory=list)
    cost: list[float] = field(default_factory=list)
    seen: set[tuple[int, bytes]] = field(default_factory=set)

    def add(self, place: int, members: Ints, cost: float) -> None:
        key = (place, members.tobytes())
        if key not in self.seen:
            self.seen.add(key)
            self.place.append(place)
            self.members.append(members)
            self.cost.append(cost)


def look(dual: Dual, prices: Floats, patterns: Patterns) -> float:
    """Evaluate these prices and add what they choose. Returns the bound they prove."""
    shape, memory = dual.shape, dual.memory
    bound = dual.evaluate(prices)
    opened = np.flatnonzero(dual.opened)
    patterns.add(-1, opened, float(shape.engage[opened].sum()))
    for w in np.flatnonzero(dual.shut != SHUT).tolist():
        _, count = earn(shape, prices, dual.closed, w, memory)
        pairs = memory.pair[:count][memory.chosen[:count] > 0]
        patterns.add(w, pairs.copy(), float(shape.cost[pairs].sum()))
    return bound


def best_prices(
    dual: Dual,
    session: Session,
    patterns: Patterns,
    start: Floats,
    rounds: int,
    more: Callable[[], float],
    worth: float,
) -> tuple[float, Floats, Floats | None]:
    """Raise the bound from these prices in at most `rounds` linear programs, while more() seconds are left.

    worth: the bound beyond which nothing is gained. Returns bound, prices, and weights by pattern or None.
    """
    prices, bound, weights = start, look(dual, start, patterns), None
    box = FIRST_BOX * max(float(start.mean()), 1e-9)
    for _ in range(rounds):
        seconds = more()
        if seconds <= 0 or bound >= worth:
            break
        model = master(dual, patterns, np.maximum(prices - box, 0.0), np.minimum(prices + box, dual.ceiling))
        answer = session.relax(model, seconds, lambda: more() <= 0)
        if answer.status != "optimal" or answer.x is None or answer.row_dual is None:
            break
        weights = np.abs(answer.row_dual)
        trial, promised = answer.x[: len(prices)], -float(model.cost @ answer.x)
        found = look(dual, trial, patterns)
        edge = bool((np.abs(trial - prices) > 0.999 * box).any())
        if promised - bound <= CLOSE * abs(bound):
            if not edge:
                break
            box *= 5.0
        elif found > bound + SERIOUS * (promised - bound):
            box *= 1.5
        elif found <= bound:
            box *= 0.7
        if found > bound:
            bound, prices = found, trial
    return bound, prices, weights


def master(dual: Dual, patterns: Patterns, lower: Floats, upper: Floats) -> Model:
    """Prices (J), what each workshop earns (W), what all earn less engagement (1); one row a pattern."""
    shape = dual.shape
    jobs, workshops = len(shape.skip), len(shape.room)
    columns = [shape.job[m] if w >= 0 else jobs + m for w, m in zip(patterns.place, patterns.members, strict=True)]
    ends = [jobs + w if w >= 0 else jobs + workshops for w in patterns.place]
    sizes = np.array([len(column) + 1 for column in columns])
    start = np.concatenate(([0], np.cumsum(sizes)))
    index = np.concatenate([part for column, end in zip(columns, ends, strict=True) for part in (column, [end])])
    value = np.ones(len(index))
    value[start[1:] - 1] = -1.0
    count = jobs + workshops + 1
    matrix = sparse.csr_matrix((value, index.astype(np.int64), start), shape=(len(sizes), count)).tocsc()
    matrix.sort_indices()
    most = 10.0 * (float(upper.sum()) + float(shape.engage.sum())) + 1.0
    return Model(
        cost=np.concatenate((-np.ones(jobs), np.zeros(workshops), [1.0])),
        lower=np.concatenate((lower, np.zeros(workshops), [-most])),
        upper=np.concatenate((upper, np.full(workshops, most), [most])),
        integer=np.zeros(count, dtype=bool),
        matrix=matrix,
        row_lower=np.full(len(sizes), -np.inf),
        row_upper=np.array(patterns.cost),
    )


def shares(dual: Dual, patterns: Patterns, weights: Floats) -> Floats:
    """The share of each pair in the convex choice behind the bound, E."""
    found = np.zeros(len(dual.shape.cost))
    for place, members, weight in zip(patterns.place, patterns.members, weights, strict=False):
        if place >= 0 and weight > FEWER:
            found[members] += weight
    return np.minimum(found, 1.0)
