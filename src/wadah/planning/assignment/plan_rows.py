"""A choice of pairs as the rows of a plan.

In: Jobs and a choice. Out: a Plan that nobody has refereed yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.extract import DUST
from wadah.planning.plan import Plan

if TYPE_CHECKING:
    from wadah.planning.assignment.shape import Ints, Jobs


def plan_of(jobs: Jobs, choice: Ints) -> Plan:
    """The plan in which job j is done by pair choice[j], or left undone where that is −1."""
    data, problem = jobs.data, jobs.data.problem
    done = choice[choice >= 0]
    lots = np.zeros(len(data.part))
    np.add.at(lots, jobs.capability[done], jobs.pieces[done])
    used = np.zeros(len(data.hours))
    np.add.at(used, data.workshop, data.unit_hours * lots + data.setup_hours * (lots > 0))
    over = used - data.hours[:, 0]
    rows = [(problem.capabilities[k], float(lots[k])) for k in np.flatnonzero(lots > 0).tolist()]
    served = [(problem.orders[jobs.order[jobs.shape.job[e]]], int(jobs.capability[e])) for e in done.tolist()]
    delivered = {order.id for order, _ in served}
    return Plan(
        status="feasible",
        make=tuple((row.part, row.workshop, 0, pieces) for row, pieces in rows),
        deliver=tuple((order.id, 0, order.quantity) for order, _ in served),
        short=tuple((row.id, row.quantity) for row in problem.orders if row.quantity > 0 and row.id not in delivered),
        overtime=tuple((problem.workshops[w].id, 0, float(over[w])) for w in np.flatnonzero(over > DUST).tolist()),
        assign=tuple((order.id, problem.capabilities[k].workshop) for order, k in served if order.single_source),
    )
