"""A good solution at once: a relaxation's values made whole, set-ups first, then lots, then deliveries.

In: a program's question and the values of its relaxation. Out: what the program takes, or nothing where rounding breaks
a rule (the searches then look for it). After each step a small linear program fits everything later to what is whole:

1. Lots that the relaxation changes may be started, if they aren't too small for a smallest lot or for the hours left.
2. Level by level, what is made of others first, lots are rounded up where the workshop has the hours, else down. Where
   the hours of components don't follow, the other way: those first, and what is made of them always down.
3. Deliveries are made whole (rounding.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.arrays import least_lot
from wadah.planning.promise.rounding import whole_deliveries

if TYPE_CHECKING:
    from wadah.planning.formulation import Formulation
    from wadah.planning.formulation.model import Flags, Floats, Ints
    from wadah.planning.promise.program import Found, Program, Question

WORTH_A_LOT = 0.3  # of the smallest lot; what the relaxation starts less of isn't started
IN_USE = 1e-7  # pieces
ALMOST = 1e-6  # pieces or hours


def dive(program: Program, question: Question, found: Found, relaxed: Floats, seconds: float) -> bool:
    """Take a whole solution near the relaxed one; whether there is one."""
    form, integer, until = program.form, program.model.integer, program.clock.seconds + seconds
    rest = question.lower if question.rest is None else question.rest
    lower, upper = program.only(question, np.abs(relaxed - rest) > IN_USE)
    program.thin_out(relaxed, lower, upper)
    choose(form, relaxed, lower, upper)
    rounded = np.clip(np.rint(relaxed), lower, upper)
    others = integer & (program.model.upper <= 1.0)
    others[form.x[form.x >= 0]] = others[form.y[form.y >= 0]] = False
    lower[others] = upper[others] = rounded[others]
    none = np.zeros_like(integer)
    values = program.run(question, lower, upper, none, until - program.clock.seconds, 0.0)
    if values is None:
        return False
    steps = levels(form)
    for order, highest in ((steps[::-1], len(steps)), (steps, 1)):
        low, high, fitted = lower.copy(), upper.copy(), values
        for number, parts in enumerate(order):
            round_lots(form, fitted, parts, low, high, up=number < highest)
            after = program.run(question, low, high, none, until - program.clock.seconds, 0.0)
            if after is None:
                break
            fitted = after
        else:
            whole = program.polished(question, whole_deliveries(form, fitted, low, high))
            if whole is not None and program.take(question, found, whole):
                return True
    return False


def choose(form: Formulation, relaxed: Floats, lower: Floats, upper: Floats) -> None:
    """Which open set-ups are made: the largest first, as far as the hours go. Changes the bounds."""
    data = form.data
    least = least_lot(data)
    k, t = np.nonzero((form.x >= 0) & (form.y >= 0))
    x, y = form.x[k, t], form.y[k, t]
    open_ = upper[y] > lower[y]
    left = data.hours + data.overtime
    taken = np.where(open_, 0.0, lower[y] * data.setup_hours[k] + lower[x] * data.unit_hours[k])
    np.subtract.at(left, (data.workshop[k], t), taken)
    for n in np.flatnonzero(open_)[np.argsort(-relaxed[x[open_]], kind="stable")].tolist():
        w, need = data.workshop[k[n]], data.setup_hours[k[n]] + max(least[k[n]], lower[x[n]]) * data.unit_hours[k[n]]
        started = relaxed[x[n]] >= max(WORTH_A_LOT * least[k[n]], IN_USE) and need <= left[w, t[n]] + ALMOST
        if started or lower[x[n]] > 0:
            left[w, t[n]] -= need
            lower[y[n]] = 1.0
            lower[x[n]] = min(max(lower[x[n]], least[k[n]]), upper[x[n]])
        else:
            upper[y[n]] = upper[x[n]] = 0.0


def levels(form: Formulation) -> list[Ints]:
    """Rows of whole parts by level: those that are made of nothing here, those made of them, and so on."""
    data = form.data
    depth: dict[int, int] = {}

    def depth_of(p: int) -> int:
        if p not in depth:
            depth[p] = 1 + max((depth_of(child) for child, _ in data.bom[p]), default=-1)
        return depth[p]

    whole = np.flatnonzero(data.integer)
    level = np.array([depth_of(p) for p in whole.tolist()], dtype=int)
    return [whole[level == number] for number in np.unique(level).tolist()]


def round_lots(form: Formulation, values: Floats, parts: Ints, lower: Floats, upper: Floats, *, up: bool) -> None:
    """Fix the lots of these parts at whole pieces; with `up`, up where the hours allow it, what lacks least first."""
    data = form.data
    lots = np.where(form.x >= 0, values[np.maximum(form.x, 0)], 0.0)
    setups = np.where(form.y >= 0, values[np.maximum(form.y, 0)], 0.0)
    left = data.hours + data.overtime
    spent = data.unit_hours[:, None] * lots + data.setup_hours[:, None] * np.where(form.y >= 0, setups, lots > IN_USE)
    np.subtract.at(left, data.workshop, spent)
    open_: Flags = (form.x >= 0) & (upper[np.maximum(form.x, 0)] > lower[np.maximum(form.x, 0)])
    k, t = np.nonzero(open_ & np.isin(data.part, parts)[:, None])
    columns, pieces = form.x[k, t], lots[k, t]
    down = np.floor(pieces + ALMOST)
    missing = np.where(pieces - down > ALMOST, down + 1 - pieces, 0.0)
    for n in np.argsort(missing, kind="stable").tolist():
        w, hours = data.workshop[k[n]], missing[n] * data.unit_hours[k[n]]
        more = up and missing[n] > 0 and hours <= left[w, t[n]] and down[n] + 1 <= upper[columns[n]]
        left[w, t[n]] -= hours if more else (down[n] - pieces[n]) * data.unit_hours[k[n]]
        down[n] += 1.0 if more else 0.0
    low, high = np.ceil(lower[columns] - ALMOST), np.floor(upper[columns] + ALMOST)
    lower[columns] = upper[columns] = np.clip(down, low, np.maximum(low, high))
