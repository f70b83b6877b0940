"""The problem as plain arrays for the formulation: hours, rates and limits of every capability and period.

In: a Problem. Out: Arrays, never changed afterwards. Shapes: P parts, W workshops, K capabilities, N orders, T periods,
each in the problem's own order. `largest` is U[k,t], the most pieces that capability k could sensibly start in t
(limits.py); it is finite everywhere and 0 where k can't start at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from wadah.planning.problem import Problem

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]


WHOLE = 1e-6  # pieces; a number this close under a whole one is that number


@dataclass(frozen=True)
class Arrays:
    """The columns of the problem's tables, and what follows from them row by row."""

    problem: Problem
    part_index: dict[str, int]
    workshop_index: dict[str, int]
    order_index: dict[str, int]
    capability_index: dict[tuple[str, str], int]
    # parts
    integer: Flags
    stock: Floats
    holding: Floats
    share: Floats
    sources: Ints
    lead: Ints
    life: Ints  # −1 keeps for ever
    bom: list[tuple[tuple[int, float], ...]]
    able: list[Ints]  # capabilities of each part
    # workshops
    hours: Floats  # W × T
    overtime: Floats  # W × T
    overtime_cost: Floats
    engage_cost: Floats
    target: Floats
    below_cost: Floats  # 0 where there is no target
    # capabilities
    part: Ints
    workshop: Ints
    unit_hours: Floats
    setup_hours: Floats
    setup_cost: Floats
    cost: Floats
    min_lot: Floats
    yields: Floats
    limit: Floats  # K × T, max_per_period; infinite where there is none
    promised: Floats  # K × T, committed pieces
    previous: Floats  # K × T, pieces of the plan before; 0 where there is no row
    keyed: Flags  # K × T, whether there is a row in `previous`
    unable_change: float  # rupiah paid anyway, for previous rows on pairs that are no capability
    # orders
    order_part: Ints
    quantity: Floats
    first: Ints  # first and last period in which the order may be delivered; last < first: never
    last: Ints

    @property
    def periods(self) -> int:
        return self.problem.periods


def arrays(problem: Problem) -> Arrays:
    """Lay the problem out as arrays."""
    periods = problem.periods
    part_index = {row.id: i for i, row in enumerate(problem.parts)}
    workshop_index = {row.id: i for i, row in enumerate(problem.workshops)}
    capability_index = {(row.part, row.workshop): k for k, row in enumerate(problem.capabilities)}
    part = whole([part_index[row.part] for row in problem.capabilities])
    previous, keyed, unable = lots_before(problem, capability_index)
    target = floats(row.target_hours for row in problem.workshops)
    below = floats(row.below_target_cost for row in problem.workshops)
    able_start, able = grouped(part, len(problem.parts))
    last = [periods - 1 if row.late_cost is not None else min(row.due, periods - 1) for row in problem.orders]
    return Arrays(
        problem=problem,
        part_index=part_index,
        workshop_index=workshop_index,
        order_index={row.id: i for i, row in enumerate(problem.orders)},
        capability_index=capability_index,
        integer=np.array([row.integer for row in problem.parts], dtype=bool),
        stock=floats(row.stock for row in problem.parts),
        holding=floats(row.holding_cost for row in problem.parts),
        share=floats(row.max_share for row in problem.parts),
        sources=whole([row.min_sources for row in problem.parts]),
        lead=whole([row.lead_time for row in problem.parts]),
        life=whole([-1 if row.shelf_life is None else row.shelf_life for row in problem.parts]),
        bom=[tuple((part_index[name], pieces) for name, pieces in row.bom) for row in problem.parts],
        able=np.split(able, able_start[1:-1]) if problem.parts else [],
        hours=matrix([row.hours for row in problem.workshops], periods),
        overtime=matrix([row.overtime_hours for row in problem.workshops], periods),
        overtime_cost=floats(row.overtime_cost for row in problem.workshops),
        engage_cost=floats(row.engage_cost for row in problem.workshops),
        target=target,
        below_cost=np.where(target > 0, below, 0.0),
        part=part,
        workshop=whole([workshop_index[row.workshop] for row in problem.capabilities]),
        unit_hours=floats(row.hours_per_unit for row in problem.capabilities),
        setup_hours=floats(row.setup_hours for row in problem.capabilities),
        setup_cost=floats(row.setup_cost for row in problem.capabilities),
        cost=floats(row.cost_per_unit for row in problem.capabilities),
        min_lot=floats(row.min_lot for row in problem.capabilities),
        yields=floats(row.yield_rate for row in problem.capabilities),
        limit=matrix([row.max_per_period or (np.inf,) * periods for row in problem.capabilities], periods),
        promised=promises(problem, capability_index),
        previous=previous,
        keyed=keyed,
        unable_change=unable,
        order_part=whole([part_index[row.part] for row in problem.orders]),
        quantity=floats(row.quantity for row in problem.orders),
        first=whole([row.earliest for row in problem.orders]),
        last=whole(last),
    )


def floats(values: Iterable[float]) -> Floats:
    return np.array(list(values), dtype=float)


def whole(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def matrix(rows: list[tuple[float, ...]], periods: int) -> Floats:
    return np.array(rows, dtype=float).reshape(len(rows), periods)


def grouped(key: Ints, count: int) -> tuple[Ints, Ints]:
    """Indices grouped by key: where each group begins, and the indices, in their own order within a group."""
    start = np.zeros(count + 1, dtype=np.int64)
    start[1:] = np.cumsum(np.bincount(key, minlength=count)) if key.size else 0
    return start, np.argsort(key, kind="stable").astype(np.int64)


def least_lot(data: Arrays) -> Floats:
    """The smallest quantity that may be started at all: a whole piece at least where the part is whole, K."""
    whole = data.integer[data.part]
    return np.where(whole, np.maximum(np.ceil(data.min_lot - WHOLE), 1.0), data.min_lot)


def promises(problem: Problem, index: dict[tuple[str, str], int]) -> Floats:
    """Committed pieces, capability × period; a promise on a pair that is no capability is infeasible.py's business."""
    found = np.zeros((len(index), problem.periods))
    for row in problem.committed:
        k = index.get((row.part, row.workshop))
        if k is not None:
            found[k, row.period] += row.quantity
    return found


def lots_before(problem: Problem, index: dict[tuple[str, str], int]) -> tuple[Floats, Flags, float]:
    """Previous pieces and where there are any rows, capability × period; and rupiah that are paid whatever is done."""
    found = np.zeros((len(index), problem.periods))
    keyed = np.zeros(found.shape, dtype=bool)
    unable = 0.0
    if problem.change_cost <= 0:
        return found, keyed, unable
    for row in problem.previous:
        k = index.get((row.part, row.workshop))
        if k is None:
            unable += problem.change_cost * row.quantity
        else:
            found[k, row.period] += row.quantity
            keyed[k, row.period] = True
    return found, keyed, unable
