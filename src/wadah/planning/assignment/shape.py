"""One-period assignment: jobs that are each done whole by one workshop, or left undone, in plain arrays.

In: Arrays of a problem. Out: a Shape for the compiled loops and a Jobs that turns a choice of pairs back into a plan;
or None where the problem isn't exactly this, whatever its size. Generalised assignment and single-source facility
location are of this shape (docs/model.md §15), and so is one week of a cooperative whose orders can't be split.

A pair is a job with a workshop that could do it. Hours count set-ups, costs count everything that follows from the
pair: making, set-up, what a smallest lot leaves in stock, lateness. Only engagement and overtime depend on more.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wadah.planning.arrays import floats, grouped, whole

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wadah.planning.arrays import Arrays

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Bytes = NDArray[np.uint8]

UNDONE = -1  # instead of a pair
SURE, SHUT = 1, 2  # a workshop that must, or mustn't, be engaged; 0: either
DUST = 1e-9  # pieces, and hours relative to a workshop's hours; less is the arithmetic's
EASE = 1e-7  # steps
MOST_STEPS = 6_000  # steps that a workshop's hours are counted in
COVER_STEPS = 20_000  # most steps that the hours of all jobs are counted in
DECIMALS = 4  # of hours that are counted exactly where MOST_STEPS allows it


class Shape(NamedTuple):
    """J jobs, W workshops, E pairs sorted by job; entries of group i are `values[start[i]:start[i + 1]]`."""

    job_start: Ints  # J + 1, into the pairs
    at_start: Ints  # W + 1, into at
    at: Ints  # pairs, by workshop
    job: Ints  # E
    place: Ints  # E, the workshop
    hours: Floats  # E
    cost: Floats  # E, rupiah
    skip: Floats  # J, rupiah for leaving the job undone; infinite where that is forbidden
    regular: Floats  # W, hours
    most: Floats  # W, hours with overtime
    over_cost: Floats  # W, rupiah an hour of overtime; 0 where there is none
    engage: Floats  # W, rupiah where anything is done there
    steps: Ints  # E, hours in whole steps of the workshop, never rounded up
    room: Ints  # W, most hours in steps, never rounded down
    step: Floats  # W, hours in one step
    size: Ints  # W, all its hours in steps of their own for the demand; never rounded down
    demand: int  # the least hours that all jobs which must be done take, in the same; never rounded up


@dataclass(frozen=True)
class Jobs:
    """What a Shape stands for in the problem: order of each job, capability and pieces started of each pair.

    constant: rupiah that are paid whatever is chosen, for orders that can only be short.
    grain: every plan costs the constant and a whole multiple of this, rupiah; 0 where nothing of the kind is known.
    """

    data: Arrays
    shape: Shape
    order: Ints
    capability: Ints
    pieces: Floats
    constant: float
    grain: float


@dataclass
class Pairs:
    """Columns of the pairs before they become a Shape; left: good pieces that stay in stock."""

    job: list[int] = field(default_factory=list)
    capability: list[int] = field(default_factory=list)
    pieces: list[float] = field(default_factory=list)
    left: list[float] = field(default_factory=list)

    def append(self, job: int, capability: int, pieces: float, left: float) -> None:
        self.job.append(job)
        self.capability.append(capability)
        self.pieces.append(pieces)
        self.left.append(left)


def recognise(data: Arrays) -> Jobs | None:
    """The problem as jobs and pairs, or None where it is of another shape, or surely infeasible."""
    if not plain(data):
        return None
    wanted = np.flatnonzero(data.quantity > 0)
    open_ = (data.first <= 0) & (data.last >= 0)
    skip = skip_costs(data)
    jobs = wanted[open_[wanted]]
    refused = wanted[~open_[wanted]]
    if jobs.size == 0 or not np.isfinite(skip[refused]).all():
        return None
    if not jobs_are_whole(data, jobs, skip):
        return None
    pairs = pairs_of(data, jobs)
    return None if pairs is None else joined(data, jobs, skip[jobs], pairs, float(skip[refused].sum()))


def plain(data: Arrays) -> bool:
    """One period, no bill of materials or stock, and nothing that ties one job to another but hours."""
    problem = data.problem
    if data.periods != 1 or problem.committed or (problem.previous and problem.change_cost > 0):
        return False
    return not (any(data.bom) or bool(data.stock.any()) or bool((data.below_cost > 0).any()))


def skip_costs(data: Arrays) -> Floats:
    """Rupiah for leaving a whole order short, N."""
    rows = data.problem.orders
    return floats(np.inf if row.short_cost is None else row.short_cost * row.quantity for row in rows)


def jobs_are_whole(data: Arrays, jobs: Ints, skip: Floats) -> bool:
    """Whether each of these orders is made by one workshop in every sensible plan, and delivered whole or not at all.

    True of one whole piece, and of a single-source order that can't be delivered in part. Orders for the same part
    must add up: no set-up, no smallest lot and no rounded yield may be shared between them.
    """
    parts = data.order_part[jobs]
    if (data.share[parts] < 1).any() or (data.sources[parts] > 1).any():
        return False
    several = np.bincount(parts, minlength=len(data.integer)) > 1
    for i, p in zip(jobs.tolist(), parts.tolist(), strict=True):
        row, ks = data.problem.orders[i], data.able[p]
        one_piece = bool(data.integer[p]) and row.quantity == 1
        perfect = bool((data.yields[ks] == 1).all())
        if row.single_source:
            if row.partial and np.isfinite(skip[i]) and not one_piece:
                return False
        elif not (one_piece and perfect):
            return False
        if several[p] and not (perfect and adds_up(data, ks, row.quantity)):
            return False
    return True


def adds_up(data: Arrays, ks: Ints, quantity: float) -> bool:
    """Whether lots of several orders cost and take what they would one by one."""
    free = not (data.setup_cost[ks].any() or data.setup_hours[ks].any())
    return free and bool((data.min_lot[ks] <= quantity).all()) and bool(np.isinf(data.limit[ks]).all())


def pairs_of(data: Arrays, jobs: Ints) -> Pairs | None:
    """Every pair that the limits allow; None where a lot would leave stock that has to be scrapped."""
    pairs = Pairs()
    for j, i in enumerate(jobs.tolist()):
        p = int(data.order_part[i])
        quantity = float(data.quantity[i])
        for k in data.able[p].tolist():
            pieces = max(quantity / float(data.yields[k]), float(data.min_lot[k]))
            if data.integer[p]:
                pieces = float(np.ceil(pieces - DUST * max(1.0, pieces)))
            left = max(0.0, pieces * float(data.yields[k]) - quantity)
            left = left if left > DUST * max(1.0, quantity) else 0.0
            if left > 0 and data.life[p] >= 0:
                return None
            if pieces <= data.limit[k, 0] + DUST:
                pairs.append(j, k, pieces, left)
    return pairs


def joined(data: Arrays, jobs: Ints, skip: Floats, pairs: Pairs, constant: float) -> Jobs | None:
    """The arrays; pairs that take more hours than the workshop has are left out."""
    job, capability, pieces = whole(pairs.job), whole(pairs.capability), floats(pairs.pieces)
    order = jobs[job]
    place = data.workshop[capability]
    hours = data.unit_hours[capability] * pieces + data.setup_hours[capability]
    cost = data.cost[capability] * pieces + data.setup_cost[capability]
    cost = cost + data.holding[data.order_part[order]] * floats(pairs.left) + late_costs(data)[order]
    most = data.hours[:, 0] + data.overtime[:, 0]
    kept = np.flatnonzero(hours <= most[place] * (1 + DUST) + DUST)
    kept = kept[np.lexsort((place[kept], job[kept]))]
    over_cost = np.where(data.overtime[:, 0] > 0, data.overtime_cost, 0.0)
    regular = np.where(over_cost > 0, data.hours[:, 0], most)
    shape = shaped(job[kept], place[kept], hours[kept], cost[kept], skip, regular, most, over_cost, data.engage_cost)
    able = np.diff(shape.job_start) > 0
    if kept.size == 0 or not (able | np.isfinite(skip)).all():
        return None
    return Jobs(data, shape, jobs, capability[kept], pieces[kept], constant + data.unable_change, grain_of(shape))


def shaped(
    job: Ints,
    place: Ints,
    hours: Floats,
    cost: Floats,
    skip: Floats,
    regular: Floats,
    most: Floats,
    over_cost: Floats,
    engage: Floats,
) -> Shape:
    """A Shape from its pairs, sorted by job."""
    job_start = np.searchsorted(job, np.arange(len(skip) + 1)).astype(np.int64)
    at_start, at = grouped(place, len(most))
    steps, room, step = counted(place, hours, most, at_start, at)
    size, demand = cover(job, hours, skip, most)
    return Shape(
        job_start=job_start,
        at_start=at_start,
        at=at,
        job=job,
        place=place,
        hours=hours,
        cost=cost,
        skip=skip,
        regular=regular,
        most=most,
        over_cost=over_cost,
        engage=engage,
        steps=steps,
        room=room,
        step=step,
        size=size,
        demand=demand,
    )


def cover(job: Ints, hours: Floats, skip: Floats, most: Floats) -> tuple[Ints, int]:
    """The hours of each workshop and the least hours that must be worked, in steps that are easy on both."""
    least = np.full(len(skip), np.inf)
    np.minimum.at(least, job, hours)
    demand = float(least[np.isinf(skip) & np.isfinite(least)].sum())
    if demand <= 0:
        return np.zeros(len(most), dtype=np.int64), 0
    figures = np.concatenate((np.minimum(most, 2.0 * demand), least[np.isfinite(least)]))
    step = step_of(figures, demand, COVER_STEPS)
    size = np.ceil(np.minimum(most, 2.0 * demand) / step - EASE)
    spare = (len(most) + 1) * EASE + demand / step * DUST * len(skip)  # makes up for what the sizes were let off
    return size.astype(np.int64), int(np.ceil(demand / step - spare))


def counted(place: Ints, hours: Floats, most: Floats, at_start: Ints, at: Ints) -> tuple[Ints, Ints, Floats]:
    """Hours in whole steps, workshop by workshop: exactly where the figures allow it, else rounded to the easy side."""
    steps, room = np.zeros(len(hours), dtype=np.int64), np.zeros(len(most), dtype=np.int64)
    step = np.ones(len(most))
    for w in range(len(most)):
        pairs = at[at_start[w] : at_start[w + 1]]
        mine = hours[pairs]
        top = min(float(most[w]), float(mine.sum()))
        step[w] = step_of(mine, top, MOST_STEPS)
        steps[pairs] = np.floor(mine / step[w] * (1 + DUST) + DUST)
        room[w] = int(np.floor(top / step[w] * (1 + 2 * DUST) + (len(mine) + 1) * DUST))  # makes up for the dust
    return steps, room, step


def step_of(hours: Floats, top: float, most_steps: int) -> float:
    """Hours in a step: the greatest common measure of these hours, or what makes most_steps of `top`."""
    for decimals in range(DECIMALS + 1):
        scaled = hours * 10.0**decimals
        near = np.rint(scaled)
        if scaled.size and scaled.max() < 2**40 and (np.abs(scaled - near) < 1e-7).all():
            measure = max(1, int(np.gcd.reduce(near.astype(np.int64)))) / 10.0**decimals
            if top / measure <= most_steps:
                return float(measure)
    return max(top / most_steps, DUST)


def late_costs(data: Arrays) -> Floats:
    """Rupiah for delivering the whole order in period 0, N."""
    return floats((row.late_cost or 0.0) * max(0, -row.due) * row.quantity for row in data.problem.orders)


def grain_of(shape: Shape) -> float:
    """The greatest common measure of every cost that a choice can bring, where all are whole."""
    if (shape.over_cost > 0).any():
        return 0.0
    costs = np.concatenate((shape.cost, shape.engage, shape.skip[np.isfinite(shape.skip)]))
    if costs.size == 0 or costs.max() > 2**40 or (costs != np.rint(costs)).any():
        return 0.0
    return float(np.gcd.reduce(costs.astype(np.int64)))
