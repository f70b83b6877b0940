"""The curve from cheap to fair between few solved points: what lies between two is a mixture, and its bound a line.

In: points of a linear program's least cost by the share that is asked for (fair_share.py), each with its dual's line
below the whole curve. Out: the steps to show, and which share to solve next. Least cost is convex in the share, so a
mixture of two solutions gives every share between theirs at no more than the mixture of their costs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Step:
    """share: asked for every workshop, of its wish; cost: of a solution that gives it, rupiah; bound: proven, none of
    that share costs less; price: rupiah more than the step before; a_point: rupiah for one percentage point more, at
    this share; gini: of the shares in the solution, 0 … 1; least: the smallest share in it."""

    share: float
    cost: float
    bound: float
    price: float
    a_point: float
    gini: float
    least: float


@dataclass(frozen=True)
class Point:
    """A solution of the relaxation. share: asked for all but those left out; reached: by place among the wishing
    workshops; cost, rupiah. bound, slope: no solution of share s costs less than bound + slope · (s − share)."""

    share: float
    reached: Floats
    cost: float
    bound: float
    slope: float


def unsettled(solved: list[Point], shares: list[float], narrow: float) -> float | None:
    """The share to solve next: the fairest first, then where cost and bound lie furthest apart; None: all will do.

    solved: by share, from the cheapest on; narrow: of the curve's height, so far apart they may lie; 0: all are solved.
    """
    known = {point.share for point in solved}
    if shares[-1] not in known:
        return shares[-1]
    height = solved[-1].cost - solved[0].cost
    wide = [
        (0.0 if narrow == 0 else ends[0] - ends[1], share)
        for share in shares
        if share not in known
        for ends in (between(solved, share),)
    ]
    if not wide or (narrow > 0 and max(wide)[0] <= narrow * height):
        return None
    return max(wide)[1]


def between(solved: list[Point], share: float) -> tuple[float, float, float]:
    """Cost of a mixture of two neighbours that gives this share; what no solution costs less than; the first's part."""
    after = next(i for i, point in enumerate(solved) if point.share >= share)
    low, high = solved[max(0, after - 1)], solved[after]
    part = (high.share - share) / (high.share - low.share) if high.share > low.share else 0.0
    bound = max(point.bound + point.slope * (share - point.share) for point in solved)
    cost = part * low.cost + (1 - part) * high.cost
    return cost, min(bound, cost), part


def step_at(solved: list[Point], share: float, kept: list[int], *, shown: float) -> Step:
    """The step of this share; kept: places of those not left out; shown: the share it is shown with."""
    cost, bound, part = between(solved, share)
    after = next(i for i, point in enumerate(solved) if point.share >= share)
    low, high = solved[max(0, after - 1)], solved[after]
    reached = (part * low.reached + (1 - part) * high.reached)[kept]
    chord = (high.cost - low.cost) / (high.share - low.share) if high.share > low.share else high.slope
    return Step(
        share=shown,
        cost=cost,
        bound=bound,
        price=0.0,
        a_point=(high.slope if part == 0 else chord) / 100.0,
        gini=gini(reached),
        least=float(reached.min(initial=np.inf)) if reached.size else 0.0,
    )


def gini(shares: Floats) -> float:
    """Mean difference of any two shares over twice their mean: 0 all alike, near 1 one has all; 0 where all are 0."""
    total = float(shares.sum())
    if total <= 0:
        return 0.0
    ranked = np.sort(shares)
    count = len(ranked)
    return float((2 * np.arange(1, count + 1) - count - 1) @ ranked) / (count * total)
