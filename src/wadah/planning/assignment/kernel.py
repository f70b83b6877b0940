"""A Shape's open pairs as a mixed-integer program, and choices from its values.

In: the pairs and workshops still open. Out: a Model whose optimum is that of the Shape among them. Beside what the
rules ask, each pair asks for its workshop's engagement, and all engaged workshops for the hours that are needed: both
follow from the rules and make the relaxation stronger (Kaufman, Vanden Eede & Hansen 1977). Restricting a program to
the pairs that prices favour: kernel search, Guastaroba & Speranza 2014.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.assignment.shape import SHUT, SURE, UNDONE
from wadah.planning.formulation.model import Builder

if TYPE_CHECKING:
    from wadah.planning.assignment.shape import Bytes, Floats, Ints, Shape
    from wadah.planning.formulation.model import Model


@dataclass(frozen=True)
class Kernel:
    """The program; pairs: which pair each of the first columns is. engage, skip: column by workshop and job, or −1."""

    model: Model
    pairs: Ints
    engage: Ints
    skip: Ints
    over: Ints


def kernel(shape: Shape, pairs: Ints, shut: Bytes) -> Kernel:
    """The program of these pairs; shut: workshops that must (1) or mustn't (2) be engaged."""
    builder = Builder()
    x = builder.add_columns(len(pairs), cost=shape.cost[pairs], upper=1.0, integer=True)
    charged = np.flatnonzero(shape.engage > 0)
    engage = columns_for(
        builder, len(shape.most), charged, shape.engage[charged], (shut[charged] == SURE) * 1.0, shut[charged] != SHUT
    )
    spare = shape.most - shape.regular
    paid = np.flatnonzero((shape.over_cost > 0) & (spare > 0))
    over = np.full(len(shape.most), UNDONE)
    over[paid] = builder.add_columns(len(paid), cost=shape.over_cost[paid], upper=spare[paid])
    may = np.flatnonzero(np.isfinite(shape.skip))
    skip = np.full(len(shape.skip), UNDONE)
    skip[may] = builder.add_columns(len(may), cost=shape.skip[may], upper=1.0, integer=True)
    once = builder.add_rows(len(shape.skip), lower=1.0, upper=1.0)
    builder.put(once[shape.job[pairs]], x, 1.0)
    builder.put(once[may], skip[may], 1.0)
    hours_rows(builder, shape, pairs, x, engage, over)
    linked = np.flatnonzero(engage[shape.place[pairs]] >= 0)
    links = builder.add_rows(len(linked), upper=0.0)
    builder.put(links, x[linked], 1.0)
    builder.put(links, engage[shape.place[pairs[linked]]], -1.0)
    cover_row(builder, shape, engage)
    return Kernel(builder.model(), pairs, engage, skip, over)


def columns_for(builder: Builder, count: int, index: Ints, cost: Floats, lower: Floats, upper: Floats) -> Ints:
    """Whole columns of 0 or 1 for some of `count` things; −1 for the others."""
    found = np.full(count, UNDONE)
    found[index] = builder.add_columns(len(index), cost=cost, lower=lower, upper=upper, integer=True)
    return found


def hours_rows(builder: Builder, shape: Shape, pairs: Ints, x: Ints, engage: Ints, over: Ints) -> None:
    """Hours of each workshop, none where it isn't engaged."""
    charged = engage >= 0
    rows = builder.add_rows(len(shape.most), upper=np.where(charged, 0.0, shape.regular))
    builder.put(rows[shape.place[pairs]], x, shape.hours[pairs])
    builder.put(rows[charged], engage[charged], -shape.regular[charged])
    paid = over >= 0
    builder.put(rows[paid], over[paid], -1.0)


def cover_row(builder: Builder, shape: Shape, engage: Ints) -> None:
    """All engaged workshops have the hours that the jobs take at least."""
    charged = engage >= 0
    missing = shape.demand - int(shape.size[~charged].sum())
    if missing <= 0 or not charged.any():
        return
    row = builder.add_rows(1, lower=float(missing))
    builder.put(np.full(int(charged.sum()), row[0]), engage[charged], np.minimum(shape.size[charged], missing))


def choice_of(program: Kernel, shape: Shape, x: Floats) -> Ints:
    """The pair of each job that these values mean, −1 where it is left undone."""
    choice = np.full(len(shape.skip), UNDONE, dtype=np.int64)
    taken = program.pairs[x[: len(program.pairs)] > 0.5]
    choice[shape.job[taken]] = taken
    return choice


def values_of(program: Kernel, shape: Shape, choice: Ints) -> Floats:
    """A choice as a start for the search; the solver completes what follows from it."""
    values = np.full(program.model.shape[1], np.nan)
    values[: len(program.pairs)] = choice[shape.job[program.pairs]] == program.pairs
    used = np.zeros(len(shape.most), dtype=bool)
    used[shape.place[choice[choice >= 0]]] = True
    charged = program.engage >= 0
    values[program.engage[charged]] = used[charged]
    may = program.skip >= 0
    values[program.skip[may]] = choice[may] < 0
    return values
