"""A plan from whole choices of workshops that were seen before: one pattern for each, every job in at least one.

In: patterns of master.py. Out: the best mix of them, as a choice of pairs. Price-and-branch on the patterns that the
linear program met; where a workshop takes few jobs, they hold near-best plans that small moves don't reach.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.assignment.shape import UNDONE
from wadah.planning.formulation.model import Builder

if TYPE_CHECKING:
    from wadah.planning.assignment.master import Patterns
    from wadah.planning.assignment.shape import Floats, Ints, Shape
    from wadah.planning.formulation.model import Model


def mixture(shape: Shape, patterns: Patterns) -> tuple[Model, list[Ints]]:
    """The program of all workshops' patterns, and the pairs of each of its first columns."""
    builder = Builder()
    kept = [at for at, place in enumerate(patterns.place) if place >= 0 and patterns.members[at].size > 0]
    place = np.array([patterns.place[at] for at in kept], dtype=np.int64)
    members = [patterns.members[at] for at in kept]
    cost = np.array([patterns.cost[at] for at in kept]) + shape.engage[place] + overtime_cost(shape, place, members)
    taken = builder.add_columns(len(kept), cost=cost, upper=1.0, integer=True)
    may = np.flatnonzero(np.isfinite(shape.skip))
    skip = builder.add_columns(len(may), cost=shape.skip[may], upper=1.0, integer=True)
    once = builder.add_rows(len(shape.skip), lower=1.0)
    builder.put(once[may], skip, 1.0)
    if kept:
        sizes = [len(pairs) for pairs in members]
        builder.put(once[shape.job[np.concatenate(members)]], np.repeat(taken, sizes), 1.0)
        builder.put(builder.add_rows(len(shape.most), upper=1.0)[place], taken, 1.0)
    return builder.model(), members


def overtime_cost(shape: Shape, place: Ints, members: list[Ints]) -> Floats:
    """Rupiah of overtime of each pattern."""
    used = np.array([float(shape.hours[pairs].sum()) for pairs in members])
    return np.asarray(shape.over_cost[place] * np.maximum(0.0, used - shape.regular[place]))


def mixed(shape: Shape, members: list[Ints], x: Floats) -> Ints:
    """Each job by the cheapest of the chosen patterns that hold it."""
    choice = np.full(len(shape.skip), UNDONE, dtype=np.int64)
    for at in np.flatnonzero(x[: len(members)] > 0.5).tolist():
        for e in members[at].tolist():
            old = choice[shape.job[e]]
            if old == UNDONE or shape.cost[e] < shape.cost[old]:
                choice[shape.job[e]] = e
    return choice
