"""The best choice and the best bound of one run, and what they rule out.

In: Jobs, a clock, and whom to tell. Every part of the search (improve.py) offers what it finds here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from wadah.planning.arrays import grouped
from wadah.planning.assignment.dual import Dual
from wadah.planning.assignment.search import Near
from wadah.planning.assignment.shape import SHUT, SURE
from wadah.planning.assignment.state import NONE, State, blank, done, price_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from wadah.planning.assignment.shape import Bytes, Floats, Ints, Jobs, Shape

NEAR = 8  # pairs of each job that small moves try
CLOSE = 5e-7  # relative; plans this close under the best aren't looked for


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
        self.near = nearest(jobs.shape, jobs.shape.cost)
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
        """A bound proven for every choice under the cutoff; told as a bound for all, up to the next possible cost."""
        bound = min(bound, self.cutoff)
        if bound <= self.bound or not np.isfinite(bound):
            return
        self.bound = bound
        grain = self.jobs.grain
        whole = bound if grain <= 0 else grain * np.ceil(bound / grain * (1 - 1e-12) - 1e-9)
        self.tell_bound(float(min(whole, self.price)) + self.jobs.constant)


def leave_out(run: Run, bound: float, extra: Floats, engaged: Floats, opened: Bytes) -> None:
    """Close pairs and settle workshops that nothing better than the best can use otherwise."""
    if run.best is None:
        return
    dual = run.dual
    dual.closed[bound + extra >= run.cutoff] = 1
    settled = bound + engaged >= run.cutoff
    dual.shut[settled & (opened == 1)] = SURE
    dual.shut[settled & (opened == 0)] = SHUT


def nearest(shape: Shape, extra: Floats) -> Near:
    """The pairs of each job that add least to the bound."""
    order = np.lexsort((shape.cost, extra, shape.job))
    order = order[np.isfinite(extra[order])]
    job = shape.job[order]
    rank = np.arange(len(order)) - np.searchsorted(job, job)
    kept = rank < NEAR
    pair = np.full((len(shape.skip), NEAR), NONE, dtype=np.int64)
    pair[job[kept], rank[kept]] = order[kept]
    start, at = grouped(shape.place[order[kept]], len(shape.most))
    return Near(pair, start, order[kept][at], np.full(len(shape.most), NONE, dtype=np.int64))
