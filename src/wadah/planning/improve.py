"""Better plans for problems too large for one search: restrict it, search what is left, move on.

Three moves, all on smaller programs (docs/model.md keeps every rule, since what is left out is fixed): level by level
from the relaxation (relax_fix.py); its support, where only lots that it or the plan uses may exist (kernel search);
and blocks, where the set-ups of a few parts or weeks are free and all others stay (fix-and-optimise, Helber & Sahling
2010).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.extract import start_values
from wadah.planning.polish import accept
from wadah.planning.relax_fix import kernel_bounds, relax_and_fix
from wadah.planning.restrict import restrict
from wadah.planning.solver import Ears

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wadah.planning.formulation import Formulation
    from wadah.planning.formulation.model import Flags, Floats
    from wadah.planning.incumbent import Incumbent
    from wadah.planning.solver import Session
    from wadah.planning.stop import Clock

BLOCK_SHARE = 0.15  # of the seconds left that one block may take
BLOCK_GAP = 1e-4
BLOCK_LOTS = 400  # (capability, period) pairs that one block frees
KERNEL_SHARE = 0.3
BUILD_SHARE = 0.35


def build(form: Formulation, session: Session, best: Incumbent, clock: Clock, relaxed: Floats) -> None:
    """A plan from the relaxation, level by level, and then the best that its lots allow."""
    best.enter("improve")
    relax_and_fix(form, session, best, clock, relaxed, clock.left * BUILD_SHARE)
    if not clock.over:
        kernel(form, session, best, clock, relaxed)


def improve(form: Formulation, session: Session, best: Incumbent, clock: Clock, seed: int) -> None:
    """Blocks, until the time is over or a whole round of them changes nothing."""
    best.enter("improve")
    dice = np.random.default_rng(seed)
    while not clock.over and not best.optimal and best.plan is not None:
        before = best.objective
        for cells in blocks(form, dice):
            if clock.over:
                return
            free_block(form, session, best, clock, cells)
        if best.objective > before * (1 - 1e-6):
            return


def kernel(form: Formulation, session: Session, best: Incumbent, clock: Clock, relaxed: Floats) -> None:
    """Search with only those lots that the relaxation starts, or that the best plan has."""
    lower, upper = kernel_bounds(form, best, relaxed)
    run(form, session, best, clock, lower, upper, clock.left * KERNEL_SHARE)


def free_block(form: Formulation, session: Session, best: Incumbent, clock: Clock, cells: Flags) -> None:
    """Free the lots of these cells; others keep their set-ups and pieces."""
    start = start_of(form, best)
    if start is None:
        return
    lower, upper = form.model.lower.copy(), form.model.upper.copy()
    for columns in (form.x, form.y):
        kept = columns[(columns >= 0) & ~cells]
        lower[kept] = upper[kept] = start[kept]
    run(form, session, best, clock, lower, upper, max(0.5, clock.left * BLOCK_SHARE))


def run(
    form: Formulation, session: Session, best: Incumbent, clock: Clock, lower: Floats, upper: Floats, seconds: float
) -> None:
    """Search the restricted program from the best plan, and offer what comes of it."""
    small = restrict(form.model, lower, upper)
    start = start_of(form, best)
    given = None if start is None else start[small.free]
    found: list[Floats] = []
    answer = session.search(
        small.model,
        min(seconds, clock.left),
        Ears(clock.should_stop, on_solution=found.append),
        start=given,
        gap=BLOCK_GAP,
    )
    x = answer.x if answer.x is not None else (found[-1] if found else None)
    if x is not None:
        accept(form, session, best, clock, small.whole(x))


def start_of(form: Formulation, best: Incumbent) -> Floats | None:
    return None if best.plan is None else start_values(form, best.plan)


def blocks(form: Formulation, dice: np.random.Generator) -> Iterator[Flags]:
    """Cells K × T to free together: families of parts over all weeks, then spans of weeks over all parts."""
    data = form.data
    for parts in families(form, dice):
        yield np.broadcast_to(np.isin(data.part, parts)[:, None], form.x.shape)
    width = max(1, int(BLOCK_LOTS / max(1, (form.x >= 0).sum() / data.periods)))
    for first in range(0, data.periods, max(1, width)):
        cells = np.zeros(form.x.shape, dtype=bool)
        cells[:, first : first + width + 1] = True
        yield cells


def families(form: Formulation, dice: np.random.Generator) -> Iterator[list[int]]:
    """Parts drawn at random, with their components, until a block is full; every part is in one block at least."""
    data = form.data
    lots = (form.x >= 0).sum(axis=1)
    size = np.bincount(data.part, weights=lots, minlength=len(data.integer))
    family: list[int] = []
    for p in dice.permutation(len(data.integer)).tolist():
        family += [p, *(child for child, _ in data.bom[p])]
        if size[list(set(family))].sum() >= BLOCK_LOTS:
            yield sorted(set(family))
            family = []
    if family:
        yield sorted(set(family))
