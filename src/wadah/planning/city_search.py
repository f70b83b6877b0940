"""Problems too large for one search: the first-order bound, a plan guided by it, and ever better ones around the best.

In: the problem as arrays, the best plan so far, the clock. Every round gathers the lots of the best plan anew, with
sizes shaken a little, fixes the set-ups, rounds and searches (guided/); what comes out cheaper is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.gradient import certificate, polish, program_of, relax
from wadah.planning.guided.plan import Guided, state_of_board
from wadah.planning.plan import Prices
from wadah.planning.stop import BRIEF

if TYPE_CHECKING:
    from collections.abc import Callable

    from wadah.planning.arrays import Arrays
    from wadah.planning.flat import Flat
    from wadah.planning.gradient import Program, Relaxed
    from wadah.planning.guided.board import Board
    from wadah.planning.incumbent import Incumbent
    from wadah.planning.stop import Clock

BOUND_SHARE = 0.3  # of the time, at most, for the relaxation
ROUND_SHARE = 0.5  # of the time left, at most, for the linear programs of a round
POLISH_SHARE = 0.1  # of the time left, for a better bound once there is a plan
TOLERANCE = 2e-5
ITERATIONS = 3_000
REFEREE = 8e-7  # seconds a (capability, period) for rows and referee of the last plan
SWEEPS = 4
FEW, MANY = 8, 1_000_000  # rounds
SETTLED = 5e-5  # of the cost: what a sweep must gain for another one
SHAKE = (0.7, 1.4)  # factors on a lot's size between two rounds
RESERVES = (0.5, 0.5, 0.0, 1.0)  # pieces of each lot whose hours are kept for rounding up, round after round
FIX_ITERATIONS = 800


def run(data: Arrays, flat: Flat, best: Incumbent, clock: Clock, threads: int, seed: int, *, whole: bool) -> None:
    """The bound, then rounds; only a few where the whole program is searched afterwards."""
    program, relaxed = bound(flat, best, clock, threads)
    best.prices = prices_of(data, relaxed)
    search(data, flat, program, relaxed, best, clock, FEW if whole else MANY, seed)


def bound(flat: Flat, best: Incumbent, clock: Clock, threads: int) -> tuple[Program, Relaxed]:
    """Solve the relaxation, and raise the bound by what its prices prove."""
    best.enter("bound")
    program = program_of(flat)
    deadline = Deadline(clock, flat.largest.size)
    deadline.set(BOUND_SHARE)
    relaxed = relax(
        flat,
        program,
        iterations=ITERATIONS,
        tolerance=TOLERANCE,
        left=deadline.left,
        threads=threads,
    )
    best.raise_bound(certificate(flat, relaxed.prices, relaxed.targets, relaxed.shares, threads))
    return program, relaxed


def search(
    data: Arrays, flat: Flat, program: Program, relaxed: Relaxed, best: Incumbent, clock: Clock, rounds: int, seed: int
) -> None:
    """Round after round, until the time is over or so many rounds are done; after the first, the bound is polished."""
    best.enter("improve")
    deadline = Deadline(clock, flat.largest.size)
    run = Guided(flat, program, relaxed, 0, deadline.left, best.state(data))
    dice = np.random.default_rng(seed)
    wide = run.opened.copy()
    for number in range(rounds):
        if clock.over or best.optimal:
            return
        if deadline.rest() <= 0:
            return
        deadline.set(ROUND_SHARE)
        clock.size(flat.largest.size)
        if number > 0:
            again(run, wide, best, data, dice, number)
        else:
            run.gather_first()
        run.fix(FIX_ITERATIONS, RESERVES[number % len(RESERVES)])
        board, _ = run.board()
        clock.size(flat.largest.size, BRIEF)
        offer(data, flat, run, board, best, deadline.rest, dice)
        if number == 0:
            deadline.set(POLISH_SHARE)
            clock.size(flat.largest.size)
            found, _ = polish(flat, relaxed.prices, relaxed.targets, relaxed.shares, left=deadline.left)
            best.raise_bound(found)


class Deadline:
    """Seconds left for one stage of a run, and for all of it, less what the last plan's rows and referee will take."""

    def __init__(self, clock: Clock, cells: int) -> None:
        self.clock = clock
        self.end = clock.limit - REFEREE * cells
        self.until = self.end

    def set(self, share: float) -> None:
        """Give the stage that begins this share of the time left."""
        self.until = self.clock.seconds + self.rest() * share

    def left(self) -> float:
        """Seconds left for the stage."""
        return min(self.rest(), max(0.0, self.until - self.clock.seconds))

    def rest(self) -> float:
        """Seconds left for everything."""
        return 0.0 if self.clock.over else max(0.0, self.end - self.clock.seconds)


def prices_of(data: Arrays, relaxed: Relaxed) -> Prices:
    """What an hour and a piece are worth, where that is anything."""
    hours, parts = relaxed.hours, relaxed.prices
    shops, names = data.problem.workshops, data.problem.parts
    return Prices(
        hours=tuple((shops[w].id, int(t), float(hours[w, t])) for w, t in np.argwhere(hours > 0)),
        parts=tuple((names[p].id, int(t), float(parts[p, t])) for p, t in np.argwhere(parts > 0)),
    )


def again(run: Guided, wide: np.ndarray, best: Incumbent, data: Arrays, dice: np.random.Generator, number: int) -> None:
    """Gather around the best plan's lots; on odd rounds with their sizes as they are, else shaken."""
    state = best.state(data)
    if state is None:
        run.gather(1)
        return
    came = state.delivered.sum(axis=1) > 0
    comes = came | run.wanted if number % 2 == 1 else came
    run.decide(comes, np.where(came[:, None], state.delivered, run.hoped))
    lots = state.lots
    run.opened = wide | (lots > 0)
    run.made = lots
    run.size = np.where(lots > 0, np.maximum(lots, run.least), run.size)
    if number % 2 == 0:
        run.size = run.size * dice.uniform(*SHAKE, size=run.size.shape)
    run.gather_once()
    run.gather(int(dice.integers(0, 3)))


def offer(
    data: Arrays,
    flat: Flat,
    run: Guided,
    board: Board,
    best: Incumbent,
    left: Callable[[], float],
    dice: np.random.Generator,
) -> None:
    """Offer what is on the board, and search around it while that pays."""
    best.offer_state(data, flat, state_of_board(board, run.first))
    for _ in range(SWEEPS):
        if left() <= 0:
            return
        gained = run.sweep(board, dice.permutation(len(flat.part)), left)
        best.offer_state(data, flat, state_of_board(board, run.first))
        if gained > -SETTLED * best.bound:
            return
