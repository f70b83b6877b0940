"""Where the method stands, and the columns that it moves: plain arrays that the compiled iterations write into.

Three copies of everything that moves: `now`, the point; `anchor`, where the last restart began, which Halpern's
iteration is drawn back to; `next`, what one plain step from `now` gives, the copy that answers are read from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wadah.planning.flat import Flat
    from wadah.planning.gradient.program import Floats, Ints, Program
    from wadah.planning.gradient.steps import Steps

    Halves = NDArray[np.int32]
    Singles = NDArray[np.float32]

CHUNKS = 4  # pieces of work, whatever the number of threads, so that sums are added in one order


class Columns(NamedTuple):
    """The open columns of a Program, narrow enough to be quick; `origin`: their places in the Program, rising."""

    start: Ints  # W · T + 1
    origin: Ints
    lot: Halves  # places of their capabilities in flat.at, so that a workshop's lie side by side
    cost: Singles
    hours: Singles
    lower: Singles
    size: Singles  # upper − lower
    rates: Floats  # K × 4, by place in flat.at: yield, step, 1 / step, whether a share counts
    part: Halves  # K, by place in flat.at


class Values(NamedTuple):
    """One point. parts: λ, P × T, rupiah a piece; targets: W, rupiah an hour; shares: K, rupiah a piece started."""

    made: Floats  # C
    delivered: Floats  # N × T
    short: Floats  # N
    parts: Floats
    targets: Floats
    shares: Floats


class Work(NamedTuple):
    """Arrays that an iteration fills and reads; c is one of CHUNKS."""

    hours: Floats  # W × T, rupiah an hour of each cell
    worth: Floats  # P × T × 2, rupiah a good piece, and rupiah of the components of a piece started
    surcharge: Floats  # K, rupiah a piece started, of the share rows
    pieces: Floats  # K, started over all periods
    used: Floats  # W, hours over all periods
    flows: Floats  # c × P × T × 2: good pieces, pieces started
    summed: Floats  # P × T × 2
    cell: Floats  # c × 4 × columns of the largest cell
    order: Floats  # c × T + 1
    pooled: Floats  # c × T
    length: Ints  # c × T
    moved: Floats  # 2 × c: squared lengths of the last step, quantities and prices
    first: Ints  # c + 1, workshops of each chunk
    progress: Floats  # see iterate.py


def values_of(flat: Flat, columns: int, prices: Floats) -> Values:
    """Nothing made and everything short, at these prices of the parts."""
    short = np.where(np.isfinite(flat.short_cost), flat.quantity, 0.0)
    delivered = np.zeros((len(flat.quantity), flat.hours.shape[1]))
    idle = np.zeros(len(flat.hours)), np.zeros(len(flat.part))
    return Values(np.zeros(columns), delivered, short, prices.copy(), *idle)


def copied(values: Values) -> Values:
    return Values(*(array.copy() for array in values))


def with_made(values: Values, made: Floats) -> Values:
    return values._replace(made=made)


def work_of(flat: Flat, start: Ints) -> Work:
    """Room for the iterations on these columns."""
    periods, parts = flat.hours.shape[1], len(flat.integer)
    largest = int(np.diff(start).max(initial=0))
    return Work(
        hours=np.zeros(flat.hours.shape),
        worth=np.zeros((parts, periods, 2)),
        surcharge=np.zeros(len(flat.part)),
        pieces=np.zeros(len(flat.part)),
        used=np.zeros(len(flat.hours)),
        flows=np.zeros((CHUNKS, parts, periods, 2)),
        summed=np.zeros((parts, periods, 2)),
        cell=np.zeros((CHUNKS, 4, largest + 16)),
        order=np.zeros((CHUNKS, periods + 16)),
        pooled=np.zeros((CHUNKS, periods + 16)),
        length=np.zeros((CHUNKS, periods + 16), dtype=np.int64),
        moved=np.zeros((2, CHUNKS)),
        first=chunks(flat, start),
        progress=np.zeros(6),
    )


def chunks(flat: Flat, start: Ints) -> Ints:
    """Where the workshops of each chunk begin: about as many columns and cells in each."""
    workshops, periods = flat.hours.shape
    before = start[np.arange(workshops + 1) * periods] + np.arange(workshops + 1) * periods
    found = np.searchsorted(before, before[-1] * np.arange(CHUNKS + 1) / CHUNKS)
    found[0], found[-1] = 0, workshops
    return np.asarray(np.maximum.accumulate(found), dtype=np.int64)


def columns_of(flat: Flat, program: Program, origin: Ints) -> Columns:
    """The Program's columns at these places, in rising order; they have no steps yet (with_steps)."""
    lower = program.lower[origin]
    place = np.empty(len(flat.at), dtype=np.int32)
    place[flat.at] = np.arange(len(flat.at), dtype=np.int32)
    return Columns(
        start=np.searchsorted(origin, program.start).astype(np.int64),
        origin=origin,
        lot=place[program.capability[origin]],
        cost=program.cost[origin].astype(np.float32),
        hours=program.hours_per_unit[origin].astype(np.float32),
        lower=lower.astype(np.float32),
        size=np.maximum(program.upper[origin] - lower, 0.0).astype(np.float32),
        rates=np.zeros((len(flat.part), 4)),
        part=flat.part[flat.at].astype(np.int32),
    )


def with_steps(flat: Flat, columns: Columns, steps: Steps) -> Columns:
    """The columns with these steps."""
    shared = (flat.share < 1)[flat.part].astype(float)
    rates = np.stack((flat.yields, steps.making, 1.0 / steps.making, shared), axis=1)
    return columns._replace(rates=rates[flat.at])
