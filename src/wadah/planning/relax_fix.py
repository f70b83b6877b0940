"""A plan from the relaxation, one level of the bill of materials after the other (relax-and-fix).

Lots may exist only where the relaxation or the best plan so far has one. From finished goods down, the set-ups and
whole pieces of one level are searched with everything below it still relaxed, then fixed, so that each level asks its
components for exactly what it needs. Whole deliveries come last. After Stadtler (2003) and the relax-and-fix family in
Pochet & Wolsey, Production Planning by Mixed Integer Programming (2006), §8; cut by level instead of by period, for
here it is the recipe that couples whole pieces.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.extract import start_values
from wadah.planning.limits import parents_first
from wadah.planning.polish import accept
from wadah.planning.restrict import restrict
from wadah.planning.solver import Ears

if TYPE_CHECKING:
    from wadah.planning.formulation import Formulation
    from wadah.planning.formulation.model import Flags, Floats, Ints
    from wadah.planning.incumbent import Incumbent
    from wadah.planning.solver import Session
    from wadah.planning.stop import Clock

LEVEL_GAP = 1e-3
LEAST_SECONDS = 0.5
IN_USE = 1e-6  # pieces


def relax_and_fix(
    form: Formulation, session: Session, best: Incumbent, clock: Clock, relaxed: Floats, seconds: float
) -> None:
    """Offer one plan built level by level within `seconds` of wall time; none where a level can't be filled."""
    lower, upper = kernel_bounds(form, best, relaxed)
    level = column_levels(form)
    last = int(level.max(initial=-1))
    until = clock.seconds + min(seconds, clock.left)
    x: Floats | None = None
    for step in range(last + 1):
        if clock.should_stop():
            return
        share = max(LEAST_SECONDS, (until - clock.seconds) / (last + 1 - step))
        x = search_level(form, session, clock, lower, upper, form.model.integer & (level == step), share)
        if x is None:
            return
    if x is not None:
        accept(form, session, best, clock, x)


def search_level(
    form: Formulation, session: Session, clock: Clock, lower: Floats, upper: Floats, whole: Flags, seconds: float
) -> Floats | None:
    """Search with only the columns of one level whole, and fix them at what was found (lower, upper change).

    `seconds` may be overrun until a first solution is there, for without one the levels before were in vain.
    """
    small = restrict(replace(form.model, integer=whole), lower, upper)
    found: list[Floats] = []
    until = clock.seconds + seconds
    ears = Ears(lambda: clock.should_stop() or (bool(found) and clock.seconds > until), on_solution=found.append)
    answer = session.search(small.model, max(clock.left, LEAST_SECONDS), ears, gap=LEVEL_GAP)
    values = answer.x if answer.x is not None else (found[-1] if found else None)
    if values is None:
        return None
    x = small.whole(values)
    lower[whole] = upper[whole] = np.clip(np.rint(x[whole]), form.model.lower[whole], form.model.upper[whole])
    return x


def kernel_bounds(form: Formulation, best: Incumbent, relaxed: Floats) -> tuple[Floats, Floats]:
    """Bounds that leave only lots which the relaxation or the best plan has, and those that are promised."""
    used = (form.x >= 0) & (relaxed[np.maximum(form.x, 0)] > IN_USE)
    if best.plan is not None:
        used |= (form.x >= 0) & (start_values(form, best.plan)[np.maximum(form.x, 0)] > 0)
    upper = form.model.upper.copy()
    for columns in (form.x, form.y):
        upper[columns[(columns >= 0) & ~used & (form.data.promised <= 0)]] = 0.0
    return np.minimum(form.model.lower, upper), upper


def column_levels(form: Formulation) -> Ints:
    """The step at which each whole column is decided: its part's level for lots, one last for all else; −1: never."""
    parts = part_levels(form)
    lots = parts[form.data.part] if form.data.part.size else np.zeros(0, dtype=int)
    level = np.where(form.model.integer, int(parts.max(initial=0)) + 1, -1)
    for columns in (form.x, form.y):
        steps = np.broadcast_to(lots[:, None], columns.shape)
        level[columns[columns >= 0]] = steps[columns >= 0]
    return level


def part_levels(form: Formulation) -> Ints:
    """Low-level codes: 0 for what nothing is made of, else the longest way down to it."""
    level = np.zeros(len(form.data.integer), dtype=int)
    for parent in parents_first(form.data):
        for child, _ in form.data.bom[parent]:
            level[child] = max(level[child], level[parent] + 1)
    return level
