"""Plans by diving: prices settle what a few workshops do, then the others' prices move on, until all is settled.

In: a Run with good prices. Out: plans, told to the run. At good prices each workshop's own best choice is nearly its
share of a best plan; only some jobs are wanted twice and some by nobody. So the workshops whose choice clashes least
are settled, the prices of what is left climb for a few rounds, and so on. A dive takes a moment and, drawn anew each
time, ends somewhere else. Lagrangian heuristics of this kind: Beasley 1993; Holmberg, Rönnqvist & Yuan 1999.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.assignment.plans import plan_from
from wadah.planning.assignment.shape import SURE
from wadah.planning.assignment.state import NONE

if TYPE_CHECKING:
    from wadah.planning.assignment.run import Run
    from wadah.planning.assignment.shape import Bytes, Floats, Ints

ROUNDS = (30, 121)  # of climbing after each step, drawn anew for each dive
STEP = (0.02, 0.06)  # of the workshops settled at once
AHEAD = (1e-4, 4e-3)  # of the bound, how far above it the prices aim
IDLE = 12  # dives
SETTLED = 1.0  # rupiah that a settled job earns


def dives(run: Run, prices: Floats, seconds: float, seed: int) -> None:
    """Dive from these prices again and again for so long, until IDLE of them have found nothing better."""
    until = run.clock.left - seconds
    dice = np.random.default_rng(seed)
    idle = 0
    while idle < IDLE and run.clock.left > max(until, 0.0) and not run.proved and not run.clock.over:
        choice = dive(run, prices, dice)
        share = np.zeros(len(run.shape.cost))
        share[choice[choice >= 0]] = 1.0
        better = plan_from(run, share, np.ones(len(run.shape.most), dtype=np.uint8))
        idle = 0 if better else idle + 1


def dive(run: Run, prices: Floats, dice: np.random.Generator) -> Ints:
    """The pair of each job at the end of one dive, −1 where nobody wants it."""
    shape, dual = run.shape, run.dual
    closed, shut, prices = dual.closed.copy(), dual.shut.copy(), prices.copy()
    settled = np.zeros(len(shape.most), dtype=bool)
    choice = np.full(len(shape.skip), NONE, dtype=np.int64)
    rounds, batch = int(dice.integers(*ROUNDS)), max(1, int(dice.uniform(*STEP) * len(shape.most)))
    ahead = float(np.exp(dice.uniform(*np.log(AHEAD))))
    while not run.clock.over:
        bound, prices = dual.climb(prices, dual.evaluate(prices) * (1 + ahead), rounds)
        dual.evaluate(prices)
        waiting = np.flatnonzero(~settled & (dual.opened == 1))
        if waiting.size == 0 or not np.isfinite(bound):
            break
        order = waiting[np.argsort(clashes(run, settled)[waiting] + 1e-3 * dice.random(waiting.size), kind="stable")]
        for w in order[:batch].tolist():
            settle_at(run, w, choice, prices)
            settled[w] = True
    dual.closed[:], dual.shut[:] = closed, shut
    return choice


def clashes(run: Run, settled: Bytes) -> Floats:
    """Of the jobs that each workshop wants, how often others want them too, W."""
    shape, wanted = run.shape, np.flatnonzero(run.dual.share)
    times = np.bincount(shape.job[wanted], minlength=len(shape.skip))
    wanted = wanted[~settled[shape.place[wanted]]]
    others = np.bincount(shape.place[wanted], times[shape.job[wanted]] - 1.0, len(shape.most))
    return np.asarray(others / np.maximum(1, np.bincount(shape.place[wanted], minlength=len(shape.most))))


def settle_at(run: Run, w: int, choice: Ints, prices: Floats) -> None:
    """Give w the jobs that it wants and nobody has: no other pair of theirs or of w's is left."""
    shape, dual = run.shape, run.dual
    here = shape.at[shape.at_start[w] : shape.at_start[w + 1]]
    mine = here[(dual.share[here] == 1) & (choice[shape.job[here]] == NONE)]
    dual.closed[here] = 1
    for j in shape.job[mine].tolist():
        dual.closed[shape.job_start[j] : shape.job_start[j + 1]] = 1
    dual.closed[mine] = 0
    dual.shut[w] = SURE
    choice[shape.job[mine]] = mine
    prices[shape.job[mine]] = np.minimum(shape.cost[mine] + SETTLED, dual.ceiling[shape.job[mine]])
