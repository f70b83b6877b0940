"""From the floor to the rows of a plan: make, deliver, short, scrap, overtime, assign."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.construct.offers import NEGLIGIBLE
from wadah.planning.plan import Plan

if TYPE_CHECKING:
    from wadah.planning.construct.floor import Floor
    from wadah.planning.construct.pool import Floats
    from wadah.planning.construct.serve import Counter
    from wadah.planning.plan import Make, Overtime, Scrap, Short

OVERTIME_DUST = 1e-9  # hours


def plan_rows(floor: Floor, counter: Counter) -> Plan:
    """The plan that the floor and the counter hold, not yet priced."""
    pool = floor.pool
    orders = pool.problem.order
    return Plan(
        status="feasible",
        stopped="first plan",
        make=make_rows(floor),
        deliver=tuple((order, t, n) for order, by in counter.delivered.items() for t, n in sorted(by.items())),
        short=short_rows(counter),
        scrap=scrap_rows(floor, counter),
        overtime=overtime_rows(floor),
        assign=tuple((name, pool.capabilities[k].workshop) for name, k in counter.assigned.items() if name in orders),
    )


def make_rows(floor: Floor) -> tuple[Make, ...]:
    where = np.nonzero(floor.lots)
    names = floor.pool.capabilities
    cells = zip(where[0].tolist(), where[1].tolist(), floor.lots[where].tolist(), strict=True)
    return tuple((names[k].part, names[k].workshop, t, pieces) for k, t, pieces in cells)


def short_rows(counter: Counter) -> tuple[Short, ...]:
    rows = []
    for order in counter.pool.problem.orders:
        short = order.quantity - sum(counter.delivered.get(order.id, {}).values())
        if short > 0:
            rows.append((order.id, short))
    return tuple(rows)


def overtime_rows(floor: Floor) -> tuple[Overtime, ...]:
    """Exactly what the hours used exceed the regular hours by, recomputed from the lots."""
    pool, problem = floor.pool, floor.pool.problem
    hours = floor.lots * pool.hours_per_unit[:, None] + (floor.lots > 0) * pool.setup_hours[:, None]
    used = np.zeros((len(problem.workshops), problem.periods))
    np.add.at(used, pool.workshop, hours)
    regular = np.array([row.hours for row in problem.workshops], dtype=float).reshape(used.shape)
    over = np.maximum(0.0, used - regular)
    where = np.nonzero(over > OVERTIME_DUST)
    cells = zip(where[0].tolist(), where[1].tolist(), over[where].tolist(), strict=True)
    return tuple((problem.workshops[w].id, t, hours) for w, t, hours in cells)


def scrap_rows(floor: Floor, counter: Counter) -> tuple[Scrap, ...]:
    """What perishes: first in, first out, scrapped in the period in which it gets too old (docs/model.md §10)."""
    perishable = [i for i, part in enumerate(floor.pool.parts) if part.shelf_life is not None]
    if not perishable:
        return ()
    inflow = {i: inflow_of(floor, i) for i in perishable}
    outflow = {i: np.zeros(floor.pool.periods) for i in perishable}
    add_components(floor, outflow)
    for order, by_period in counter.delivered.items():
        part = floor.pool.index[floor.pool.problem.order[order].part]
        for period, pieces in by_period.items() if part in outflow else ():
            outflow[part][period] += pieces
    return tuple(row for i in perishable for row in scrap_of(floor, i, inflow[i], outflow[i]))


def inflow_of(floor: Floor, part: int) -> Floats:
    rows = slice(floor.pool.start[part], floor.pool.start[part + 1])
    flow: Floats = floor.pool.yields[rows] @ floor.lots[rows]
    return flow


def add_components(floor: Floor, outflow: dict[int, Floats]) -> None:
    """Add what the parents of each perishable part take of it."""
    pool = floor.pool
    for parent, part in enumerate(pool.parts):
        started = floor.lots[pool.start[parent] : pool.start[parent + 1]].sum(axis=0)
        pulled = np.maximum(0, np.arange(pool.periods) - part.lead_time)
        for component, quantity in pool.components[parent]:
            if component in outflow:
                np.add.at(outflow[component], pulled, quantity * started)


def scrap_of(floor: Floor, index: int, inflow: Floats, outflow: Floats) -> list[Scrap]:
    part, rows = floor.pool.parts[index], []
    life = part.shelf_life or 0
    level = part.stock
    for period in range(floor.pool.periods):
        level += float(inflow[period] - outflow[period])
        fresh = float(inflow[max(0, period - life + 1) : period + 1].sum()) if life else 0.0
        excess = level - fresh - (part.stock if life > period + 1 else 0.0)
        if excess > 1e-6:
            pieces = float(math.ceil(excess - 1e-6)) if part.integer else excess
            rows.append((part.id, period, pieces))
            level -= pieces
    return [row for row in rows if row[2] > NEGLIGIBLE]
