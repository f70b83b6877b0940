"""Solve a Program's relaxation by the first-order method, to a bound and to near-optimal quantities.

In: Flat, Program, when to stop. Out: Relaxed. Most columns are 0 in any good solution, so that the iterations run on
the open ones only: now and then all columns are priced (the bound needs that anyway), those that would be made are
opened, and at a restart those that aren't made and are dear are closed.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wadah.planning.gradient.coarse import LENGTH, coarsened, spread
from wadah.planning.gradient.iterate import TOTAL, WEIGHT, iterate
from wadah.planning.gradient.making import value_components
from wadah.planning.gradient.point import chunks, columns_of, copied, values_of, with_made, with_steps, work_of
from wadah.planning.gradient.program import program_of
from wadah.planning.gradient.steps import part_prices, sizes_of, steps_of, unit_costs
from wadah.planning.gradient.threads import limited
from wadah.planning.gradient.value import program_value, wanted

if TYPE_CHECKING:
    from collections.abc import Callable

    from wadah.planning.flat import Flat
    from wadah.planning.gradient.point import Values
    from wadah.planning.gradient.program import Flags, Floats, Ints, Program

FIRST_WEIGHT = 3.0  # prices against quantities at the start, in the scales of steps.py
BATCH = 50  # iterations between two looks at all columns
FEW = 20_000  # open columns, below which one thread is as quick
FEWEST = 6  # periods; with fewer no coarser problem is solved first
COARSE_ITERATIONS, COARSE_TOLERANCE = 250, 1e-2
MARGIN = 0.005  # of a part's price: columns this near to being made stay open
PATIENCE = 0.3  # of all iterations: the bound must rise by the tolerance in so many


class Relaxed(NamedTuple):
    """What came of it.

    bound: the best Lagrangian value, rupiah; prices, targets, shares: λ P × T, π W, ρ K, those that gave it; made: C,
    pieces, in the Program's columns; delivered N × T, short N, pieces; hours: W × T, rupiah an hour; weight: the
    primal weight, for a warm start; history: (iterations, seconds, best bound so far).
    """

    bound: float
    prices: Floats
    targets: Floats
    shares: Floats
    made: Floats
    delivered: Floats
    short: Floats
    hours: Floats
    weight: float
    last: Values
    history: tuple[tuple[int, float, float], ...]


def relax(
    flat: Flat,
    program: Program | None = None,
    warm: Relaxed | None = None,
    *,
    made: Floats | None = None,
    iterations: int = 5_000,
    tolerance: float = 1e-4,
    left: Callable[[], float] | None = None,
    threads: int = 0,
) -> Relaxed:
    """Solve the relaxation.

    warm: an answer for the same Flat, perhaps for another Program; then `made`, C, are the quantities to begin with,
    in the new Program's columns (left out: the warm answer's own, if it has as many columns, else 0).
    iterations: the most; tolerance: relative rise of the bound below which it stops; 0 goes on. left: seconds left,
    asked every BATCH iterations. threads: 0 takes all there are; the answer doesn't depend on it.
    """
    began = time.monotonic()
    clock = left or (lambda: np.inf)
    program = program or program_of(flat)
    with limited(threads):
        run = Run(flat, program, *beginning(flat, program, warm, made, clock), began=began)
        run.until(iterations, tolerance, clock)
    return run.answer()


def beginning(
    flat: Flat, program: Program, warm: Relaxed | None, made: Floats | None, left: Callable[[], float]
) -> tuple[Values, Floats, float]:
    """Where to begin, rupiah an hour of each cell, the primal weight: a coarser answer's, or the warm one's."""
    count, periods = len(program.capability), flat.hours.shape[1]
    if warm is not None:
        values = copied(warm.last)._replace(made=warm.made if len(warm.made) == count else np.zeros(count))
        values = values if made is None else with_made(values, np.asarray(made, dtype=float))
        return values, warm.hours, warm.weight
    if periods < FEWEST:
        prices = np.repeat(part_prices(flat, unit_costs(flat, program))[:, None], periods, axis=1)
        return values_of(flat, count, prices), np.zeros(flat.hours.shape), FIRST_WEIGHT
    coarse = coarsened(flat, program)
    run = Run(coarse.flat, coarse.program, *beginning(coarse.flat, coarse.program, None, None, left))
    run.until(COARSE_ITERATIONS, COARSE_TOLERANCE, left)
    answer = run.answer()
    hours = np.repeat(answer.hours, LENGTH, axis=1)[:, :periods]
    return spread(flat, program, coarse, answer.made, answer.last), hours, answer.weight


class Run:
    """One run: all columns, the open ones, the point on both."""

    def __init__(
        self, flat: Flat, program: Program, begin: Values, hours: Floats, weight: float, began: float = 0.0
    ) -> None:
        self.began = began
        self.flat, self.program = flat, program
        self.sizes = sizes_of(flat, program)
        self.pricing = work_of(flat, program.start)
        self.now = copied(begin)._replace(made=np.clip(begin.made, program.lower, program.upper))
        self.anchor, self.following = copied(self.now), copied(self.now)
        self.best = self.now
        self.bound = -np.inf
        self.history: list[tuple[int, float, float]] = []
        self.open = columns_of(flat, program, np.arange(len(program.capability)))
        self.work = work_of(flat, program.start)
        self.work.progress[WEIGHT] = weight
        self.work.hours[:] = hours
        self.open_wanted(np.clip(begin.made, program.lower, program.upper) > 0)

    @property
    def done(self) -> int:
        return int(self.work.progress[TOTAL])

    def until(self, iterations: int, tolerance: float, left: Callable[[], float]) -> None:
        """Iterate until the iterations or the seconds are used up, or the bound rises no more."""
        while self.done < iterations and left() > 0:
            count = min(BATCH, iterations - self.done)
            restarted = self.go(count)
            self.look(restarted)
            if self.settled(tolerance):
                break

    def go(self, count: int) -> bool:
        """`count` iterations; whether the last was a restart. Few columns aren't worth the meetings of two threads."""
        with limited(1 if len(self.open.origin) < FEW else 0):
            return iterate(
                self.flat,
                self.program,
                self.open,
                self.steps,
                self.now,
                self.anchor,
                self.following,
                self.work,
                count,
            )

    def look(self, restarted: bool) -> None:
        """Take the bound at the present prices, and open and close columns by them."""
        value = program_value(self.flat, self.program, self.following, self.pricing)
        if value > self.bound:
            self.bound, self.best = value, copied(self.following._replace(made=np.zeros(0)))
        self.history.append((self.done, time.monotonic() - self.began, self.bound))
        made = self.following.made > 0 if restarted else True
        keep = np.zeros(len(self.program.capability), dtype=bool)
        keep[self.open.origin[made]] = True
        self.open_wanted(keep)

    def open_wanted(self, keep: Flags) -> None:
        """Have these columns open, and those that would be made at the present prices."""
        near = np.zeros(len(keep), dtype=bool)
        value_components(self.flat, self.following, self.pricing)
        wanted(self.flat, self.program, self.following, self.pricing, self.work.hours, MARGIN, near)
        self.reopen(np.flatnonzero(keep | near))
        start, capability = self.open.start, self.program.capability[self.open.origin]
        self.steps = steps_of(self.flat, start, capability, self.sizes, self.following)
        self.open = with_steps(self.flat, self.open, self.steps)

    def reopen(self, origin: Ints) -> None:
        """Carry the point over to other open columns."""
        if len(origin) == len(self.open.origin) and np.array_equal(origin, self.open.origin):
            return
        full = np.zeros(len(self.program.capability))
        for name in ("now", "anchor", "following"):
            values = getattr(self, name)
            full[self.open.origin] = values.made
            setattr(self, name, with_made(values, full[origin]))
            full[self.open.origin] = 0.0
        self.open = columns_of(self.flat, self.program, origin)
        self.work = self.work._replace(first=chunks(self.flat, self.open.start))

    def settled(self, tolerance: float) -> bool:
        """Whether the bound has risen by less than the tolerance lately."""
        since = self.done * (1.0 - PATIENCE) - BATCH
        then = [bound for done, _, bound in self.history if done <= since]
        return bool(then) and self.bound - then[-1] < tolerance * abs(self.bound)

    def answer(self) -> Relaxed:
        made = np.zeros(len(self.program.capability))
        made[self.open.origin] = self.following.made
        return Relaxed(
            bound=self.bound,
            prices=self.best.parts,
            targets=self.best.targets,
            shares=self.best.shares,
            made=made,
            delivered=self.following.delivered,
            short=self.following.short,
            hours=self.work.hours,
            weight=float(self.work.progress[WEIGHT]),
            last=self.following._replace(made=np.zeros(0)),
            history=tuple(self.history),
        )
