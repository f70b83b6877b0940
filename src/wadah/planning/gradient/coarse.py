"""The same problem with two periods made into one, to begin from: prices and quantities that are nearly right.

In: Flat, Program. Out: Coarse, a Flat and a Program of half as many periods; and an answer to it spread over the
periods again (multigrid's nested iteration). The coarse answer is only where the method starts: nothing is proved by
it, so that lead times, due dates and costs of time may be rounded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wadah.planning.compiled import compiled
from wadah.planning.gradient.point import Values
from wadah.planning.gradient.program import Program

if TYPE_CHECKING:
    from wadah.planning.flat import Flat
    from wadah.planning.gradient.program import Floats, Ints

LENGTH = 2  # periods in one


class Coarse(NamedTuple):
    """into: C, the coarse column of each column."""

    flat: Flat
    program: Program
    into: Ints


def coarsened(flat: Flat, program: Program) -> Coarse:
    """Half as many periods."""
    periods = flat.hours.shape[1]
    fewer = -(-periods // LENGTH)
    none = np.zeros((0, 0))
    small = flat._replace(
        holding=flat.holding * LENGTH,
        lead=np.round(flat.lead / LENGTH).astype(np.int64),
        hours=paired(flat.hours),
        overtime=paired(flat.overtime),
        largest=none,
        limit=none,
        promised=none,
        previous=none,
        keyed=none > 0,
        due=flat.due // LENGTH,
        first=flat.first // LENGTH,
        last=flat.last // LENGTH,
        late_cost=flat.late_cost * LENGTH,
    )
    into = np.zeros(len(program.capability), dtype=np.int64)
    start, count = match(flat, program, fewer, into)
    return Coarse(small, merged(program, start, into, count), into)


def paired(values: Floats) -> Floats:
    """Sums of every LENGTH periods."""
    begins = np.arange(0, values.shape[1], LENGTH)
    return np.asarray(np.add.reduceat(values, begins, axis=1)) if values.size else values[:, begins]


@compiled
def match(flat: Flat, program: Program, fewer: int, into: Ints) -> tuple[Ints, int]:
    """Fill `into`; returns where the coarse cells begin, and how many coarse columns there are."""
    workshops, periods = flat.hours.shape
    start = np.zeros(workshops * fewer + 1, dtype=np.int64)
    place = np.full(len(flat.part), -1, dtype=np.int64)
    count = 0
    for w in range(workshops):
        for b in range(fewer):
            begin = w * periods + b * LENGTH
            end = min(begin + LENGTH, (w + 1) * periods)
            for j in range(flat.at_start[w], flat.at_start[w + 1]):
                place[flat.at[j]] = -1
            for i in range(program.start[begin], program.start[end]):
                k = program.capability[i]
                if place[k] < 0:
                    place[k] = count
                    count += 1
                into[i] = place[k]
            start[w * fewer + b + 1] = count
    return start, count


def merged(program: Program, start: Ints, into: Ints, count: int) -> Program:
    """The coarse Program: averages of costs and hours by upper; sums of the rest."""

    def added(values: Floats) -> Floats:
        return np.bincount(into, weights=values, minlength=count).astype(float)

    capability = np.zeros(count, dtype=np.int64)
    capability[into] = program.capability
    upper = added(program.upper)
    safe = np.where(upper > 0, upper, 1.0)
    return Program(
        start=start,
        capability=capability,
        cost=added(program.upper * program.cost) / safe,
        hours_per_unit=added(program.upper * program.hours_per_unit) / safe,
        lower=added(program.lower),
        upper=upper,
        room=paired(program.room),
        extra=paired(program.extra),
        offset=program.offset,
    )


def spread(flat: Flat, program: Program, coarse: Coarse, made: Floats, values: Values) -> Values:
    """A coarse answer over all periods: lots by their largest, deliveries evenly, prices along straight lines."""
    periods = flat.hours.shape[1]
    upper = coarse.program.upper[coarse.into]
    share = program.upper / np.where(upper > 0, upper, 1.0)
    bucket = np.arange(periods) // LENGTH
    window = np.arange(periods)
    inside = (window >= flat.first[:, None]) & (window <= flat.last[:, None])
    counted = paired(inside.astype(float))[:, bucket]
    delivered = values.delivered[:, bucket] * inside / np.where(counted > 0, counted, 1.0)
    return Values(
        made=made[coarse.into] * share,
        delivered=delivered,
        short=values.short.copy(),
        parts=values.parts @ straight_lines(periods),
        targets=values.targets.copy(),
        shares=values.shares.copy(),
    )


def straight_lines(periods: int) -> Floats:
    """Weights of the coarse periods' middles in each period, T' × T."""
    fewer = -(-periods // LENGTH)
    middles = np.minimum(np.arange(fewer) * LENGTH + (LENGTH - 1) / 2, periods - 1.0)
    return np.stack([np.interp(np.arange(periods), middles, row) for row in np.eye(fewer)])
