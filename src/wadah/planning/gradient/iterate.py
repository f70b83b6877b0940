"""The iterations: restarted reflected Halpern primal-dual hybrid gradient, compiled (Lu & Yang 2024, "r²HPDHG").

In: Flat, the open columns, hours, step sizes, a point. Out: the point moved on, in place. The method is Applegate and
others' PDLP (2021, 2023) made for this problem: only stock balances (and the few rows of targets and shares) are dual
rows. Hours of a cell, quantities of an order and the holding of stock stay inside the proximal steps, each an exact
projection (projections.py), so that there are far fewer rows to agree on, and each iteration settles them exactly.

One iteration: quantities step along what prices say; prices step along what the reflected quantities leave over;
the point becomes the reflection of that step, drawn back to the anchor by 1 / (k + 2). It restarts from the plain step
once that is much shorter than the first one was (the criteria of PDLP, on the length of the step in the steps' norm).

Threads share out a fixed number of chunks and every sum is added in the order of the chunks, so that the result is
the same, bit for bit, for any number of threads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.compiled import holding, inner, inner_loop
from wadah.planning.gradient.making import make_all, sum_flows, value_components
from wadah.planning.gradient.point import CHUNKS
from wadah.planning.gradient.serving import serve_all, watch_targets

if TYPE_CHECKING:
    from wadah.planning.flat import Flat
    from wadah.planning.gradient.point import Columns, Values, Work
    from wadah.planning.gradient.program import Floats, Program
    from wadah.planning.gradient.steps import Steps

# entries of Work.progress
WEIGHT, INNER, TOTAL, LENGTH, FIRST, RESTARTS = range(6)

MUCH, ENOUGH = 0.2, 0.8  # of the first step's length: restart at once; restart when it grows again
LONG = 0.36  # of all iterations so far: the longest without a restart
YOUNG = 60  # iterations before that rule counts
LEAP, EXTREME = 2.0, 9.0  # most that the logarithm of the weight may move at a restart, and lie from 0 in all
SMOOTHING = 0.8  # of the new primal weight against the old one, in logarithms


@holding
def iterate(
    flat: Flat,
    program: Program,
    columns: Columns,
    steps: Steps,
    now: Values,
    anchor: Values,
    following: Values,
    work: Work,
    count: int,
) -> bool:
    """`count` iterations; returns whether the last of them was a restart."""
    progress = work.progress
    restarted = False
    for _ in range(count):
        weight = progress[WEIGHT]
        pull = 1.0 / (progress[INNER] + 2.0)
        value_components(flat, now, work)
        make_all(flat, program, columns, now, anchor, following, work, weight, pull)
        sum_flows(work)
        serve_all(flat, steps, now, anchor, following, work, weight, pull)
        watch_targets(flat, program, steps, now, anchor, following, work, weight, pull)
        restarted = restart_due(progress, step_length(work.moved, weight))
        if restarted:
            restart(flat, columns, steps, now, anchor, following, work)
    return restarted


@inner_loop
def step_length(moved: Floats, weight: float) -> float:
    """In the norm that the method contracts: quantities times the primal weight, prices divided by it."""
    quantities = prices = 0.0
    for c in range(CHUNKS):
        quantities += moved[0, c]
        prices += moved[1, c]
    return float(np.sqrt(quantities * weight + prices / weight))


@inner_loop
def restart_due(progress: Floats, length: float) -> bool:
    """Count the iteration, and say whether to restart after a step of this length."""
    before = progress[LENGTH]
    progress[INNER] += 1
    progress[TOTAL] += 1
    progress[LENGTH] = length
    if progress[INNER] == 1:
        progress[FIRST] = length
        return False
    if length <= MUCH * progress[FIRST] or (length <= ENOUGH * progress[FIRST] and length > before):
        return True
    return bool(progress[TOTAL] > YOUNG and progress[INNER] >= LONG * progress[TOTAL])


@inner
def restart(
    flat: Flat, columns: Columns, steps: Steps, now: Values, anchor: Values, following: Values, work: Work
) -> None:
    """Begin again from the plain step; weigh quantities against prices by how far each has come since the last time."""
    quantities = (
        squared_lots(columns, following.made, anchor.made)
        + squared_rows(following.delivered, anchor.delivered, steps.serving)
        + squared(following.short, anchor.short, steps.serving)
    )
    prices = (
        squared_rows(following.parts, anchor.parts, steps.parts)
        + squared(following.targets, anchor.targets, steps.targets)
        + squared(following.shares, anchor.shares, steps.shares)
    )
    progress = work.progress
    if quantities > 0 and prices > 0:
        wanted = SMOOTHING * 0.5 * np.log(prices / quantities) + (1 - SMOOTHING) * np.log(progress[WEIGHT])
        nearby = min(max(wanted, np.log(progress[WEIGHT]) - LEAP), np.log(progress[WEIGHT]) + LEAP)
        progress[WEIGHT] = np.exp(min(max(nearby, -EXTREME), EXTREME))
    now.made[:], anchor.made[:] = following.made, following.made
    now.delivered[:], anchor.delivered[:] = following.delivered, following.delivered
    now.short[:], anchor.short[:] = following.short, following.short
    now.parts[:], anchor.parts[:] = following.parts, following.parts
    now.targets[:], anchor.targets[:] = following.targets, following.targets
    now.shares[:], anchor.shares[:] = following.shares, following.shares
    progress[INNER] = 0
    progress[RESTARTS] += 1


@inner_loop
def squared_lots(columns: Columns, values: Floats, origin: Floats) -> float:
    found = 0.0
    for i in range(len(values)):
        found += (values[i] - origin[i]) ** 2 * columns.rates[columns.lot[i], 2]
    return found


@inner_loop
def squared(values: Floats, origin: Floats, step: Floats) -> float:
    found = 0.0
    for i in range(len(values)):
        found += (values[i] - origin[i]) ** 2 / step[i]
    return found


@inner_loop
def squared_rows(values: Floats, origin: Floats, step: Floats) -> float:
    found = 0.0
    for i in range(values.shape[0]):
        row = 0.0
        for t in range(values.shape[1]):
            row += (values[i, t] - origin[i, t]) ** 2
        found += row / step[i]
    return found
