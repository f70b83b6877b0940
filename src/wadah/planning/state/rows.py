"""A state as the rows of a plan, and the rows of a plan as a state.

`plan_of` gives rows of status "feasible", not yet priced; `state_of` takes rows that can be read (rowfaults.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.plan import Plan
from wadah.planning.state.state import State

if TYPE_CHECKING:
    from wadah.planning.arrays import Arrays
    from wadah.planning.plan import Overtime
    from wadah.planning.state.state import Floats

DUST = 1e-9  # pieces or hours: what rounding leaves


def plan_of(data: Arrays, state: State, stopped: str = "") -> Plan:
    """The rows of the state; short pieces and overtime are what follows from it."""
    problem = data.problem
    able, orders = problem.capabilities, problem.orders
    short = data.quantity - state.delivered.sum(axis=1)
    return Plan(
        status="feasible",
        stopped=stopped,
        make=tuple((able[k].part, able[k].workshop, t, x) for k, t, x in cells(state.lots)),
        deliver=tuple((orders[i].id, t, d) for i, t, d in cells(state.delivered)),
        short=tuple((orders[i].id, float(short[i])) for i in np.flatnonzero(short > DUST).tolist()),
        scrap=tuple((problem.parts[p].id, t, e) for p, t, e in cells(state.scrapped)),
        overtime=overtime_rows(data, state.lots),
        assign=tuple(
            (orders[i].id, able[state.assigned[i]].workshop) for i in np.flatnonzero(state.assigned >= 0).tolist()
        ),
    )


def cells(pieces: Floats) -> list[tuple[int, int, float]]:
    """(row, period, pieces) of every cell that isn't 0."""
    row, t = np.nonzero(pieces)
    return list(zip(row.tolist(), t.tolist(), pieces[row, t].tolist(), strict=True))


def overtime_rows(data: Arrays, lots: Floats) -> tuple[Overtime, ...]:
    """Exactly what the hours used exceed the regular hours by (§2)."""
    k, t = np.nonzero(lots > 0)
    used = np.zeros(data.hours.shape)
    np.add.at(used, (data.workshop[k], t), data.unit_hours[k] * lots[k, t] + data.setup_hours[k])
    over = np.maximum(0.0, used - data.hours)
    over[over <= DUST] = 0.0
    return tuple((data.problem.workshops[w].id, u, hours) for w, u, hours in cells(over))


def state_of(data: Arrays, plan: Plan) -> State:
    """The state that the rows of make, deliver, scrap and assign describe.

    An assignment to a workshop that can't make the part is left out, since there is no capability to name.
    """
    periods = data.periods
    lots = np.zeros((len(data.part), periods))
    for part, workshop, t, x in plan.make:
        if x > 0:
            lots[data.capability_index[part, workshop], int(t)] = x
    delivered = np.zeros((len(data.order_part), periods))
    for order, t, d in plan.deliver:
        delivered[data.order_index[order], int(t)] = d
    scrapped = np.zeros((len(data.integer), periods))
    for part, t, e in plan.scrap:
        scrapped[data.part_index[part], int(t)] = e
    assigned = np.full(len(data.order_part), -1, dtype=np.int64)
    for order, workshop in plan.assign:
        i = data.order_index[order]
        assigned[i] = data.capability_index.get((data.problem.orders[i].part, workshop), -1)
    return State(lots, delivered, scrapped, assigned)
