"""Better plans from the tightened program: set-ups fixed but for a block, everything else free (fix-and-optimise).

Source: Helber & Sahling 2010 (fix-and-optimise for multi-level lot sizing). Blocks are spans of periods, workshops with
neighbouring periods, and parts with their components. Pieces, stock and deliveries stay free, so that a block's new
set-ups move pieces everywhere: for programs that a solver can hold whole.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.extract import start_values
from wadah.planning.polish import accept
from wadah.planning.restrict import restrict
from wadah.planning.solver import Ears

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wadah.planning.formulation import Formulation, Model
    from wadah.planning.formulation.model import Flags, Floats, Ints
    from wadah.planning.incumbent import Incumbent
    from wadah.planning.solver import Session
    from wadah.planning.stop import Clock

FREE = 60  # set-ups that one block frees, at first
GROW = 1.5  # times as many after a round that changed nothing
MOST_FREE = 400
BLOCK_SHARE = 0.06  # of the seconds given, for one block
LEAST_SECONDS = 0.2
BLOCK_GAP = 1e-4
LOOSE_SHARE = 0.7  # of a block's time that the search with relaxed pieces may take
IMPROVED = 1e-6  # relative


@dataclass(frozen=True)
class Desk:
    """What every step needs: the program with its cuts, and whom to ask and tell."""

    form: Formulation
    model: Model
    session: Session
    best: Incumbent
    clock: Clock
    until: float  # seconds on the clock

    @property
    def left(self) -> float:
        return max(0.0, min(self.until - self.clock.seconds, self.clock.left))

    @property
    def over(self) -> bool:
        return self.left <= 0.0 or self.clock.over or self.best.optimal


def improve_setups(
    form: Formulation, model: Model, session: Session, best: Incumbent, clock: Clock, seconds: float
) -> None:
    """Offer better plans for up to `seconds` of wall time.

    model: form.model with cuts. Ends early where rounds of ever larger blocks change nothing; without a plan to begin
    with it does nothing.
    """
    desk = Desk(form, model, session, best, clock, clock.seconds + seconds)
    free, most = float(FREE), min(MOST_FREE, int((form.y >= 0).sum()) - 1)
    while not desk.over and best.plan is not None and free <= most:
        before = best.objective
        for cells in blocks(form, int(free)):
            if desk.over:
                return
            search_block(desk, cells)
        if best.objective > before * (1 - IMPROVED):
            free *= GROW


def search_block(desk: Desk, cells: Flags) -> None:
    """Set-ups of these cells are free; all others stay as in the best plan."""
    form, start = desk.form, start_of(desk)
    if start is None:
        return
    lower, upper = desk.model.lower.copy(), desk.model.upper.copy()
    kept = form.y[(form.y >= 0) & ~cells]
    lower[kept] = upper[kept] = np.clip(start[kept], lower[kept], upper[kept])
    run(desk, lower, upper, max(LEAST_SECONDS, (desk.until - desk.clock.seconds) * BLOCK_SHARE))


def run(desk: Desk, lower: Floats, upper: Floats, seconds: float) -> None:
    """Search the restricted program, and offer what comes of it.

    Where pieces are whole they are relaxed at first: only if that promises a better plan are they searched too, with
    every set-up fixed.
    """
    form, until = desk.form, desk.clock.seconds + seconds
    without_lots(form, upper)
    pieces = whole_pieces(form)
    if not pieces.any():
        offer(desk, searched(desk, desk.model, lower, upper, seconds))
        return
    loose = replace(desk.model, integer=desk.model.integer & ~pieces)
    x = searched(desk, loose, lower, upper, seconds * LOOSE_SHARE)
    if x is None or float(loose.cost @ x) + loose.offset > desk.best.objective * (1 - IMPROVED):
        return
    y = form.y[form.y >= 0]
    lower[y] = upper[y] = np.clip(np.rint(x[y]), lower[y], upper[y])
    without_lots(form, upper)
    offer(desk, searched(desk, desk.model, lower, upper, max(LEAST_SECONDS, until - desk.clock.seconds)))


def whole_pieces(form: Formulation) -> Flags:
    """Columns of pieces that must be whole: lots, deliveries (but not those that stand for a whole order), scrap."""
    found = np.zeros(form.model.shape[1], dtype=bool)
    partial = form.deliver[form.scale == 1.0]
    for columns in (form.x, partial, form.scrap):
        found[columns[columns >= 0]] = True
    return np.asarray(found & form.model.integer)


def searched(desk: Desk, model: Model, lower: Floats, upper: Floats, seconds: float) -> Floats | None:
    """The best values by column that the search finds within these bounds; None where it finds none."""
    small = restrict(model, np.minimum(lower, upper), upper)
    start = start_of(desk)
    found: list[Floats] = []
    answer = desk.session.search(
        small.model,
        min(seconds, desk.left),
        Ears(desk.clock.should_stop, on_solution=found.append),
        start=None if start is None else start[small.free],
        gap=BLOCK_GAP,
    )
    x = answer.x if answer.x is not None else (found[-1] if found else None)
    return None if x is None else small.whole(x)


def offer(desk: Desk, x: Floats | None) -> None:
    if x is not None:
        accept(desk.form, desk.session, desk.best, desk.clock, x)


def without_lots(form: Formulation, upper: Floats) -> None:
    """No pieces where no set-up may be."""
    cells = form.y >= 0
    none = upper[form.y[cells]] <= 0
    upper[form.x[cells][none]] = 0.0


def start_of(desk: Desk) -> Floats | None:
    return None if desk.best.plan is None else start_values(desk.form, desk.best.plan)


def blocks(form: Formulation, free: int) -> Iterator[Flags]:
    """Cells K × T to free together, about `free` set-ups each; every cell is in two blocks or more."""
    setups = form.y >= 0
    yield from spans(setups, np.ones(setups.shape[0], dtype=bool), free)
    for group in groups(form, free):
        if group.all():
            return
        yield from spans(setups, group, free)


def spans(setups: Flags, makers: Flags, free: int) -> Iterator[Flags]:
    """Neighbouring periods of these capabilities, each span half over the one before."""
    by_period = (setups & makers[:, None]).sum(axis=0)
    periods = setups.shape[1]
    if by_period.sum() == 0:
        return
    width, step = span_of(by_period, free)
    for first in range(0, max(1, periods - width + step), step):
        cells = np.zeros(setups.shape, dtype=bool)
        cells[makers, first : first + width] = True
        yield cells


def span_of(by_period: Ints, free: int) -> tuple[int, int]:
    """How many periods hold about `free` set-ups, 2 at least; and half of that, to move on by."""
    width = int(np.ceil(free * len(by_period) / max(1, by_period.sum())))
    width = min(max(2, width), len(by_period))
    return width, max(1, width // 2)


def groups(form: Formulation, free: int) -> Iterator[Flags]:
    """Capabilities that belong together: of one workshop; of one part and what it takes, over all levels."""
    data = form.data
    for w in range(data.hours.shape[0]):
        if (data.workshop == w).any():
            yield np.asarray(data.workshop == w)
    for p, rows in enumerate(data.bom):
        family = [p, *(child for child, _ in rows)]
        mine = np.isin(data.part, family)
        if mine.any():
            yield np.asarray(mine)
