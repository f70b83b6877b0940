"""The best choice of pairs that the time allows, and how good it surely is: prices, small moves, then a small program.

In: Jobs (shape.py), a session with the solver, and a clock. Out: every better choice through `offer`, every better
bound through `raise_bound`. Prices of jobs (dual.py, master.py) prove a bound and say what each pair would add to it;
the pairs that can't be in anything better are left out, and what remains is small enough to be searched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.assignment.dive import dives
from wadah.planning.assignment.master import Patterns, best_prices, shares
from wadah.planning.assignment.plans import plan_from, recombine, stroll
from wadah.planning.assignment.programs import search
from wadah.planning.assignment.run import Run, leave_out, nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from wadah.planning.assignment.run import Clock
    from wadah.planning.assignment.shape import Floats, Ints, Jobs
    from wadah.planning.solver import Session

BLOCKS = (100, 200, 300)  # rounds of price climbing between two looks for a plan
FIRST_GUESS = 1.5  # of the bound: what a plan may cost while there is none
MASTER_ROUNDS = 120
MASTER_SHARE = 0.3  # of the time, at most
FIRST_DIVES, FIRST_STROLL = 0.25, 0.15  # of the time left, before the first program


def improve(
    jobs: Jobs,
    session: Session,
    clock: Clock,
    offer: Callable[[Ints], None],
    raise_bound: Callable[[float], None],
    *,
    seed: int = 0,
) -> bool:
    """Look for better choices until the best is proved or the clock is over. Whether it is proved."""
    run = Run(jobs, clock, offer, raise_bound)
    prices = climb(run)
    if not run.proved and not clock.over:
        prices = settle(run, session, prices)
    if not run.proved and not clock.over:
        dives(run, prices, FIRST_DIVES * clock.left, seed)
        stroll(run, FIRST_STROLL * clock.left, seed)
        leave_out(run, run.dual.evaluate(prices), *run.dual.extras(prices), run.dual.opened)
    if not run.proved and not clock.over:
        search(run, session, prices, seed)
    return run.proved


def climb(run: Run) -> Floats:
    """Prices by climbing, with a plan from each block of rounds."""
    shape, dual = run.shape, run.dual
    prices = np.minimum(second_least(run), dual.ceiling)
    plan_from(run, np.zeros(len(shape.cost)), np.zeros(len(shape.most), dtype=np.uint8))
    for rounds in BLOCKS:
        bound, prices = dual.climb(prices, goal(run), rounds)
        run.raise_bound(bound)
        follow(run, prices)
        if run.proved or run.clock.over:
            break
    return prices


def goal(run: Run) -> float:
    """What a plan costs, or may cost."""
    return run.price if run.best is not None else FIRST_GUESS * max(run.bound, run.guess)


def second_least(run: Run) -> Floats:
    """The second cheapest pair of each job, or the cheapest where there is only one, J."""
    shape = run.shape
    order = np.lexsort((shape.cost, shape.job))
    count = np.diff(shape.job_start)
    at = np.minimum(shape.job_start[:-1] + np.minimum(1, np.maximum(count - 1, 0)), len(order) - 1)
    costs = shape.cost[order[at]] if len(order) else np.zeros(len(count))
    return np.where(count > 0, costs, np.where(np.isfinite(shape.skip), shape.skip, 0.0))


def follow(run: Run, prices: Floats) -> None:
    """A plan from what these prices choose, mended and improved by small moves; and what can be left out."""
    bound = run.dual.evaluate(prices)
    run.raise_bound(bound)
    extra, engaged = run.dual.extras(prices)
    run.near = nearest(run.shape, extra)
    plan_from(run, run.dual.share.astype(float), run.dual.opened)
    leave_out(run, bound, extra, engaged, run.dual.opened)


def settle(run: Run, session: Session, prices: Floats) -> Floats:
    """The best prices there are, and plans from the shares behind them."""
    patterns = Patterns()
    until = run.clock.left * (1 - MASTER_SHARE)
    bound, prices, weights = best_prices(
        run.dual, session, patterns, prices, MASTER_ROUNDS, lambda: run.clock.left - until, run.cutoff
    )
    run.raise_bound(bound)
    follow(run, prices)
    if weights is not None and not run.proved:
        plan_from(run, shares(run.dual, patterns, weights), run.dual.opened)
        leave_out(run, bound, *run.dual.extras(prices), run.dual.opened)
        recombine(run, session, patterns)
        leave_out(run, bound, *run.dual.extras(prices), run.dual.opened)
    return prices
