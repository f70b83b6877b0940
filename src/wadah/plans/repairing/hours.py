"""Hours of today: what the plan and what is promised take, against what the workshops still have.

Tables are workshop × period, in hours, in the problem's own order. Most repairs change no workshop's hours: then the
workshops and the plan's overtime stay as they are, and need no pricing anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.plans.promised import less_hours, with_overtime

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem, Workshop
    from wadah.planning.promise import Book

    Floats = NDArray[np.float64]

MOMENT = 1e-6  # hours


def hours_needed(
    book: Book, made: Mapping[tuple[str, str, int], float], kept: Mapping[tuple[str, str, int], float]
) -> Floats:
    """Hours that the plan takes, or what is promised where that is more, workshop × period."""
    needed = book.used.copy()
    for (part, workshop, period), pieces in kept.items():
        more = pieces - made.get((part, workshop, period), 0.0)
        if more > 0:
            row = book.problem.capability[part, workshop]
            setup = 0.0 if (part, workshop, period) in made else row.setup_hours
            needed[book.workshop_row[workshop], period] += setup + row.hours_per_unit * more
    return needed


def workshops_today(problem: Problem, gone: Mapping[tuple[str, int], float], needed: Floats) -> tuple[Workshop, ...]:
    """The workshops without hours that are gone, with overtime where the rest doesn't hold what is needed; the same
    tuple where nothing changes."""
    less = {shop for shop, _ in gone}
    short = needed > hours_of(problem) + table(problem, (row.overtime_hours for row in problem.workshops))
    changed = {*np.flatnonzero(short.any(axis=1)).tolist()}
    changed |= {index for index, row in enumerate(problem.workshops) if row.id in less}
    rows = list(problem.workshops)
    for index in changed:
        hours = {(rows[index].id, t): x for t, x in enumerate(needed[index].tolist())}
        rows[index] = with_overtime(less_hours(rows[index], gone), hours)
    return tuple(rows) if any(rows[index] is not problem.workshops[index] for index in changed) else problem.workshops


def overtime_of(book: Book, problem: Problem) -> tuple[tuple[str, int, float], ...]:
    """What the plan takes beyond the regular hours of the problem."""
    over = book.used - hours_of(problem)
    found = [(problem.workshops[w].id, t, float(over[w, t])) for w, t in np.argwhere(over > MOMENT).tolist()]
    return tuple(sorted(found))


def same_overtime(extra: tuple[tuple[str, int, float], ...], plan: Plan) -> bool:
    told = sorted(row for row in plan.overtime if row[2] > MOMENT)
    return len(extra) == len(told) and all(
        one[:2] == other[:2] and abs(one[2] - other[2]) <= MOMENT for one, other in zip(extra, told, strict=True)
    )


def hours_of(problem: Problem) -> Floats:
    """Regular hours, workshop × period."""
    return table(problem, (row.hours for row in problem.workshops))


def table(problem: Problem, rows: Iterable[tuple[float, ...]]) -> Floats:
    return np.array([*rows], dtype=float).reshape(-1, problem.periods)
