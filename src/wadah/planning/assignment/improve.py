"""The best choice of pairs that the time allows, and how good it surely is: prices, small moves, then a small program.

In: Jobs (recognise() of shape.py), a session with the solver, and a clock. Out: every better plan through `offer`, every
better bound through `raise_bound`. Prices of jobs (dual.py, master.py) prove a bound and say what each pair would add
to it; the pairs that can't be in anything better are left out, and what remains is small enough to be searched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from wadah.planning.assignment.dual import Dual
from wadah.planning.assignment.kernel import choice_of, kernel, values_of
from wadah.planning.assignment.master import Patterns, best_prices, shares
from wadah.planning.assignment.recombine import mixed, mixture
from wadah.planning.assignment.search import Near, insert_all, wander
from wadah.planning.assignment.state import State, blank, done, load, price_of
from wadah.planning.flat import grouped
from wadah.planning.solver import Ears

if TYPE_CHECKING:
    from collections.abc import Callable

    from wadah.planning.assignment.shape import Bytes, Floats, Ints, Jobs, Shape
    from wadah.planning.solver import Session

BLOCKS = (100, 200, 300)  # rounds of price climbing between two looks for a plan
FIRST_GUESS = 1.05  # of the bound: what a plan may cost while there is none
MASTER_ROUNDS = 120
MASTER_SHARE = 0.3  # of the time, at most
MIX_SHARE = 0.1
KERNEL_SHARE = 0.4
FIRST_KERNEL = 3.0
KERNEL_GROWTH = 1.6
DEBUG=False
SHAKES = 50
MENDING = 30
STROLL_SHARE = 0.3
NEAR = 8  # pairs of each job that small moves try
CLOSE = 5e-7  # relative; plans this close under the best aren't looked for
UNDONE = -1


class Clock(Protocol):
    """What is left of the run."""

    @property
    def left(self) -> float: ...

    @property
    def over(self) -> bool: ...

    def should_stop(self) -> bool: ...


class Run:
    """The best choice and the best bound so far."""

    def __init__(
        self, jobs: Jobs, clock: Clock, offer: Callable[[Ints], None], raise_bound: Callable[[float], None]
    ) -> None:
        self.jobs, self.shape, self.clock = jobs, jobs.shape, clock
        self.tell_choice, self.tell_bound = offer, raise_bound
        self.dual = Dual(jobs.shape)
        self.state = blank(jobs.shape)
        self.near = nearest(self, jobs.shape.cost)
        self.best: Ints | None = None
        self.price = np.inf
        self.guess = 1.0  # rupiah that a plan may cost, while there is none
        self.bound = 0.0

    @property
    def cutoff(self) -> float:
        """A bound that is no less than this leaves nothing better to find."""
        if self.jobs.grain > 0:
            return self.price - self.jobs.grain * (1 - 1e-6)
        return self.price - CLOSE * abs(self.price)

    @property
    def proved(self) -> bool:
        return self.bound >= self.cutoff

    def take(self, state: State) -> bool:
        """Keep the state's choice where it is the best; whether it is."""
        price = float(price_of(self.shape, state))
        if not done(self.shape, state) or price >= self.price - 1e-9 * abs(self.price):
            return False
        self.price, self.best = price, state.choice.copy()
        self.tell_choice(self.best)
        return True

    def raise_bound(self, bound: float) -> None:
        """A bound proven for every choice; rounded up to what a choice can cost."""
        if bound <= self.bound or not np.isfinite(bound):
            return
        self.bound = bound
        grain = self.jobs.grain
        whole = bound if grain <= 0 else grain * np.ceil(bound / grain * (1 - 1e-12) - 1e-9)
        self.tell_bound(min(whole, self.price) + self.jobs.constant)

    def exhausted(self) -> None:
        """Nothing under the cutoff is left."""
        if self.best is not None:
            self.raise_bound(min(self.cutoff * (1 + 1e-12), self.price))


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
        stroll(run, STROLL_SHARE * clock.left, seed)
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
    run.near = nearest(run, extra)
    plan_from(run, run.dual.share.astype(float), run.dual.opened)
    leave_out(run, bound, extra, engaged, run.dual.opened)


def plan_from(run: Run, share: Floats, opened: Bytes) -> None:
    """Each job by the pair it has most of; the others, large ones first, where they add least; then small moves."""
    shape, state = run.shape, run.state
    load(shape, state, most_shared(shape, share))
    insert_all(shape, state, np.argsort(-largest(shape), kind="stable"), opened)
    choice = state.choice.copy()
    soft = blank(shape)
    soft.penalty[:] = first_penalty(run)
    wander(shape, soft, run.near, choice, np.inf, MENDING, 0)
    load(shape, state, choice)
    run.guess = float(shape.cost[choice[choice >= 0]].sum())
    run.take(state)


def most_shared(shape: Shape, share: Floats) -> Ints:
    """The pair with the largest share of each job, the cheapest among equals, J; where they overrun, fewer."""
    kept = np.flatnonzero(share > 0)
    ranked = kept[np.lexsort((shape.cost[kept], -share[kept], shape.job[kept]))]
    jobs, first = np.unique(shape.job[ranked], return_index=True)
    choice = np.full(len(shape.skip), UNDONE, dtype=np.int64)
    choice[jobs] = ranked[first]
    used = np.zeros(len(shape.most))
    for e in sorted(choice[jobs].tolist(), key=lambda e: -share[e]):
        w = shape.place[e]
        if used[w] + shape.hours[e] > shape.most[w] * (1 + 1e-9):
            choice[shape.job[e]] = UNDONE
        else:
            used[w] += shape.hours[e]
    return choice


def largest(shape: Shape) -> Floats:
    """The most hours that each job may take, J."""
    size = np.zeros(len(shape.skip))
    np.maximum.at(size, shape.job, shape.hours)
    return size


def stroll(run: Run, seconds: float, seed: int) -> None:
    """Small moves from the best choice for so long; hours may be overrun on the way."""
    shape, dual = run.shape, run.dual
    until = run.clock.left - seconds
    choice = run.state.choice.copy() if run.best is None else run.best.copy()
    soft = blank(shape)
    soft.penalty[:] = first_penalty(run)
    turn = 0
    while run.clock.left > max(until, 0.0) and not run.proved and not run.clock.over:
        price = wander(shape, soft, run.near, choice, run.price, SHAKES, seed + turn)
        turn += 1
        if price < run.price:
            load(shape, run.state, choice)
            run.take(run.state)
            if DEBUG:
                print("   stroll", turn, run.price, run.clock.left)


def first_penalty(run: Run) -> Floats:
    """Rupiah an hour at each workshop to begin with: what its pairs cost an hour, W."""
    shape = run.shape
    cost = np.bincount(shape.place, shape.cost, len(shape.most)) + shape.engage
    hours = np.bincount(shape.place, shape.hours, len(shape.most))
    return np.where(hours > 0, cost / np.maximum(hours, 1e-9), 1.0) + 1e-6


def nearest(run: Run, extra: Floats) -> Near:
    """The pairs of each job that add least to the bound."""
    shape = run.shape
    order = np.lexsort((shape.cost, extra, shape.job))
    order = order[np.isfinite(extra[order])]
    job = shape.job[order]
    rank = np.arange(len(order)) - np.searchsorted(job, job)
    kept = rank < NEAR
    pair = np.full((len(shape.skip), NEAR), UNDONE, dtype=np.int64)
    pair[job[kept], rank[kept]] = order[kept]
    start, at = grouped(shape.place[order[kept]], len(shape.most))
    return Near(pair, start, order[kept][at], np.full(len(shape.most), UNDONE, dtype=np.int64))


def leave_out(run: Run, bound: float, extra: Floats, engaged: Floats, opened: Bytes) -> None:
    """Close pairs and settle workshops that nothing better than the best can use otherwise."""
    if run.best is None:
        return
    dual = run.dual
    dual.closed[bound + extra >= run.cutoff] = 1
    settled = bound + engaged >= run.cutoff
    dual.shut[settled & (opened == 1)] = 1
    dual.shut[settled & (opened == 0)] = 2


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


def search(run: Run, session: Session, prices: Floats, seed: int) -> None:
    """Programs of the pairs that add less than some width to the bound, ever wider, until nothing else is left.

    Whatever costs less than the bound and the width is in the program: so each one either finds it or proves the bound
    that much higher.
    """
    bound = run.dual.evaluate(prices)
    extra, engaged = run.dual.extras(prices)
    opened = run.dual.opened.copy()
    count, turn = FIRST_KERNEL * len(run.shape.skip), 0
    while not run.proved and not run.clock.over:
        width = width_of(run, bound, extra, int(count))
        shut = run.dual.shut.copy()
        shut[(engaged >= width) & (opened == 1)] = 1
        shut[(engaged >= width) & (opened == 0)] = 2
        final = run.best is not None and bound + width >= run.cutoff
        seconds = run.clock.left * (1.0 if final else KERNEL_SHARE)
        pairs = np.flatnonzero((extra < width) & (shut[run.shape.place] != 2))
        if search_among(run, session, pairs, shut, bound + width, seconds, seed):
            count *= KERNEL_GROWTH
        else:
            stroll(run, STROLL_SHARE * run.clock.left, seed + 1_000_000 * turn)
            turn += 1
        leave_out(run, bound, extra, engaged, opened)


def width_of(run: Run, bound: float, extra: Floats, count: int) -> float:
    """What so many pairs add to the bound at most; no more than what anything better may add."""
    most = run.cutoff - bound if run.best is not None else np.inf
    finite = np.sort(extra[np.isfinite(extra)])
    width = float(finite[count]) if count < len(finite) else np.inf
    return min(most, max(width, 1e-9))


def search_among(
    run: Run, session: Session, pairs: Ints, shut: Bytes, limit: float, seconds: float, seed: int
) -> bool:
    """The program of some pairs, which hold every choice that costs less than `limit`. Whether it was solved."""
    shape, clock = run.shape, run.clock
    program = kernel(shape, pairs, shut)
    spare = blank(shape)

    def hear(x: Floats) -> None:
        load(shape, spare, choice_of(program, shape, x))
        run.take(spare)

    def heard(bound: float) -> None:
        run.raise_bound(min(below(bound), limit, run.cutoff + 1e-12 * abs(run.cutoff)))

    def enough() -> bool:
        return clock.should_stop() or run.bound >= min(limit, run.cutoff)

    start = None if run.best is None else values_of(program, shape, run.best)
    answer = session.search(program.model, seconds, Ears(enough, hear, heard), start=start, seed=seed)
    if DEBUG:
        print("   kernel", len(pairs), program.model.shape, "limit", limit, answer.status, answer.bound, "best", run.price, "bound", run.bound, "left", clock.left)
    if answer.x is not None:
        hear(answer.x)
    if answer.status == "infeasible":
        run.raise_bound(min(limit, run.price))
    elif answer.status == "optimal":
        run.raise_bound(min(limit, run.price, below(answer.bound)))
    if run.bound >= run.cutoff:
        run.exhausted()
    return answer.status in ("optimal", "infeasible") or run.bound >= limit


def below(bound: float) -> float:
    """The solver's own bound less its margin."""
    return bound - 2e-7 * abs(bound)
