"""Raise the exact bound: from the relaxation's prices to those that are best with whole set-ups and smallest lots.

In: Flat, prices. Out: the best bound found and its prices. The exact bound is a concave function of the prices, and
what its own solutions leave over or lack is a direction of ascent. Each such direction alone is a corner; so they are
averaged as they come (the volume algorithm, Barahona & Anbil 2000), in the scale of the step sizes, with a step that
would reach a level a little above the best (Polyak). Prices of targets and shares stay as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.compiled import compiled, inner_loop
from wadah.planning.gradient.certificate import Prices, allowed, evaluate, straighten
from wadah.planning.gradient.point import values_of
from wadah.planning.gradient.program import program_of
from wadah.planning.gradient.steps import sizes_of, steps_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from wadah.planning.flat import Flat
    from wadah.planning.gradient.program import Floats

NEWEST = 0.1  # the weight of the newest direction in the average
LEVEL = 2e-3  # relative: how far above the best bound the first step aims
TRIES = 8  # without a better bound before the aim is lowered
LOWER, HIGHER = 0.6, 1.1  # the aim after TRIES failures; after a success
LEAST_LEVEL = 1e-6


def polish(
    flat: Flat,
    parts: Floats,
    targets: Floats | None = None,
    shares: Floats | None = None,
    *,
    evaluations: int = 200,
    left: Callable[[], float] | None = None,
    threads: int = 0,
) -> tuple[float, Floats]:
    """The best bound, rupiah, and the prices λ, P × T, that prove it; never below the bound at the prices given.

    evaluations: the most of the exact bound; left: seconds left, asked before each.
    """
    best = allowed(flat, parts, targets, shares)
    made = np.zeros(flat.largest.shape)
    bound = evaluate(flat, best, made, threads)
    scale = scales(flat, best.parts)
    average = lacking(flat, best.parts, made)
    level, failures = LEVEL, 0
    for _ in range(evaluations - 1):
        size = float((scale * average**2).sum())
        if size <= 0 or level < LEAST_LEVEL or not np.isfinite(bound) or (left is not None and left() <= 0):
            break
        tried = stepped(flat, best, level * abs(bound) / size * scale * average)
        value = evaluate(flat, tried, made, threads)
        average = NEWEST * lacking(flat, tried.parts, made) + (1 - NEWEST) * average
        if value > bound:
            bound, best, failures = value, tried, 0
            level *= HIGHER
        else:
            failures += 1
            if failures >= TRIES:
                level, failures = level * LOWER, 0
    return bound, best.parts


def stepped(flat: Flat, prices: Prices, change: Floats) -> Prices:
    parts = prices.parts + change
    straighten(flat, parts)
    return prices._replace(parts=parts)


def scales(flat: Flat, parts: Floats) -> Floats:
    """Step sizes of the prices, P × 1."""
    program = program_of(flat)
    point = values_of(flat, len(program.capability), parts)
    steps = steps_of(flat, program.start, program.capability, sizes_of(flat, program), point)
    return steps.parts[:, None]


@compiled
def lacking(flat: Flat, parts: Floats, made: Floats) -> Floats:
    """Pieces of each part lacking in each period, P × T (below 0: left over), if orders take their cheapest period."""
    found = np.zeros(parts.shape)
    for p in range(len(flat.stock)):
        if parts.shape[1] > 0:
            found[p, 0] -= flat.stock[p]
    for k in range(made.shape[0]):
        p = flat.part[k]
        for t in range(made.shape[1]):
            if made[k, t] > 0:
                found[p, t] -= flat.yields[k] * made[k, t]
                for e in range(flat.child_start[p], flat.child_start[p + 1]):
                    found[flat.child[e], max(0, t - flat.lead[p])] += flat.child_pieces[e] * made[k, t]
    for i in range(len(flat.quantity)):
        when = cheapest(flat, parts, i)
        if when >= 0:
            found[flat.order_part[i], when] += flat.quantity[i]
    return found


@inner_loop
def cheapest(flat: Flat, parts: Floats, i: int) -> int:
    """The period in which order i is best delivered; −1: better short."""
    best, when = flat.short_cost[i], -1
    for t in range(max(0, flat.first[i]), flat.last[i] + 1):
        late = flat.late_cost[i] * (t - flat.due[i]) if t > flat.due[i] else 0.0
        if late + parts[flat.order_part[i], t] < best:
            best, when = late + parts[flat.order_part[i], t], t
    return when
