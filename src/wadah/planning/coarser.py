"""A problem with its periods merged into longer ones, so that no plan of the first costs less in the second.

In: a problem and how many periods go into one. Out: a problem. Every plan of the first without leftovers
(fair_share.py) becomes one of the second: pieces, deliveries and hours are added up by merged period. What time within
a merged period forbids or costs is given up: lead times, shelf lives, holding costs, single sources, whole deliveries,
costs of change, and all but the first period's lateness. So a bound on costs or shares in the second holds in the
first, and is the weaker the longer the periods.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from wadah.planning.problem import Calendar, Lot
from wadah.planning.repair.changes import altered

if TYPE_CHECKING:
    from wadah.planning.problem import Order, Problem


def coarser(problem: Problem, length: int) -> Problem:
    """length: periods that become one, ≥ 1; the last may be shorter."""
    if length == 1:
        return problem
    count = -(-problem.periods // length)
    promised: dict[tuple[str, str, int], float] = defaultdict(float)
    for row in problem.committed:
        promised[row.part, row.workshop, row.period // length] += row.quantity
    return altered(
        problem,
        calendar=Calendar(problem.calendar.start, count, problem.calendar.period),
        parts=tuple(replace(row, lead_time=0, holding_cost=0.0, shelf_life=None) for row in problem.parts),
        workshops=tuple(
            replace(row, hours=merged(row.hours, length), overtime_hours=merged(row.overtime_hours, length))
            for row in problem.workshops
        ),
        capabilities=tuple(
            row if row.max_per_period is None else replace(row, max_per_period=merged(row.max_per_period, length))
            for row in problem.capabilities
        ),
        orders=tuple(merged_order(row, length) for row in problem.orders),
        committed=tuple(Lot(*key, quantity) for key, quantity in promised.items()),
        previous=(),
        change_cost=0.0,
    )


def merged(series: tuple[float, ...], length: int) -> tuple[float, ...]:
    return tuple(sum(series[t : t + length]) for t in range(0, len(series), length))


def merged_order(row: Order, length: int) -> Order:
    """Late by one merged period is late by one period at least; due before the calendar stays before it."""
    return replace(row, due=row.due // length, earliest=row.earliest // length, partial=True, single_source=False)
