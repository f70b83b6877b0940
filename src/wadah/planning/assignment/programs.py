"""Ever wider programs of the pairs that add least to the bound: each finds something better or proves more.

In: a Run with settled prices. Out: plans and bounds, told to the run, until the best is proved or the time is over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.assignment.dive import dives
from wadah.planning.assignment.kernel import choice_of, kernel, values_of
from wadah.planning.assignment.plans import stroll
from wadah.planning.assignment.run import leave_out
from wadah.planning.assignment.shape import SHUT, SURE
from wadah.planning.assignment.state import blank, load
from wadah.planning.bound import search_bound
from wadah.planning.solver import Ears

if TYPE_CHECKING:
    from wadah.planning.assignment.run import Run
    from wadah.planning.assignment.shape import Bytes, Flags, Floats, Ints
    from wadah.planning.solver import Session

FIRST_KERNEL = 3.0  # pairs a job in the first program
KERNEL_GROWTH = 2.0
KERNEL_SHARE = 0.4  # of the time left, at most, for a program that isn't the last
STROLL_SHARE, DIVE_SHARE = 0.15, 0.15  # of the time left, for small moves and for dives between two programs
APART = 1_000_000  # between the seeds of two turns


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
        shut[(engaged >= width) & (opened == 1)] = SURE
        shut[(engaged >= width) & (opened == 0)] = SHUT
        final = run.best is not None and bound + width >= run.cutoff
        seconds = run.clock.left * (1.0 if final else KERNEL_SHARE)
        price = run.price
        solved = search_among(run, session, kernel_pairs(run, extra < width, shut), shut, bound + width, seconds, seed)
        if not solved:
            turn += 1
            stroll(run, STROLL_SHARE * run.clock.left, seed + APART * turn)
            dives(run, prices, DIVE_SHARE * run.clock.left, seed + APART * turn)
        if solved and width == np.inf:
            break  # nothing can be better, or nothing is possible at all
        if solved or run.price >= price:
            count *= KERNEL_GROWTH
        leave_out(run, bound, extra, engaged, opened)


def kernel_pairs(run: Run, wanted: Flags, shut: Bytes) -> Ints:
    """These pairs where the workshop may be engaged, and those of the best choice, to start from."""
    if run.best is not None:
        wanted = wanted.copy()
        wanted[run.best[run.best >= 0]] = True
        for w in np.unique(run.shape.place[run.best[run.best >= 0]]).tolist():
            shut[w] = 0 if shut[w] == SHUT else shut[w]
    return np.flatnonzero(wanted & (shut[run.shape.place] != SHUT))


def width_of(run: Run, bound: float, extra: Floats, count: int) -> float:
    """What so many pairs add to the bound at most; no more than what anything better may add."""
    most = run.cutoff - bound if run.best is not None else np.inf
    finite = np.sort(extra[np.isfinite(extra)])
    width = float(finite[count]) if count < len(finite) else np.inf
    return min(most, max(width, 1e-9))


def search_among(run: Run, session: Session, pairs: Ints, shut: Bytes, limit: float, seconds: float, seed: int) -> bool:
    """The program of some pairs, which hold every choice that costs less than `limit`. Whether it was solved."""
    shape, clock = run.shape, run.clock
    program = kernel(shape, pairs, shut)
    spare = blank(shape)

    def hear(x: Floats) -> None:
        load(shape, spare, choice_of(program, shape, x))
        run.take(spare)

    def heard(bound: float) -> None:
        run.raise_bound(min(search_bound(bound), limit))

    def enough() -> bool:
        return clock.should_stop() or run.bound >= min(limit, run.cutoff)

    start = None if run.best is None else values_of(program, shape, run.best)
    answer = session.search(program.model, seconds, Ears(enough, hear, heard), start=start, seed=seed)
    if answer.x is not None:
        hear(answer.x)
    if answer.status == "optimal" and start is not None and search_bound(answer.bound) < min(limit, run.cutoff):
        # HiGHS 1.16 may improve a given start in presolve, and then hand back the start as it was given
        answer = session.search(program.model, clock.left, Ears(enough, hear, heard), seed=seed)
        if answer.x is not None:
            hear(answer.x)
    if answer.status == "infeasible":
        run.raise_bound(limit)
    elif answer.status == "optimal":
        run.raise_bound(min(limit, search_bound(answer.bound)))
    return answer.status in ("optimal", "infeasible") or run.bound >= limit
