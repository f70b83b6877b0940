"""A plan of a cut-out put back into the whole: rows of the free parts and their orders replaced, all others kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.plan import Plan

if TYPE_CHECKING:
    from wadah.planning.promise.cutout import Cutout

DUST = 1e-9  # hours


def merged(cutout: Cutout, small: Plan) -> Plan:
    """The whole plan's rows, of status "feasible", not yet priced; new orders of the cut-out are in it."""
    whole, free = cutout.book.plan, cutout.free
    real = cutout.book.problem.workshop
    ids = {order.id for order in cutout.problem.orders}
    return replace(
        Plan("feasible"),
        make=(
            *(row for row in whole.make if row[0] not in free),
            *(row for row in small.make if row[0] in free and row[1] in real),
        ),
        deliver=(*(row for row in whole.deliver if row[0] not in ids), *small.deliver),
        short=(*(row for row in whole.short if row[0] not in ids), *small.short),
        scrap=(*(row for row in whole.scrap if row[0] not in free), *small.scrap),
        overtime=overtime(cutout, small),
        assign=(*(row for row in whole.assign if row[0] not in ids), *small.assign),
    )


def overtime(cutout: Cutout, small: Plan) -> tuple[tuple[str, int, float], ...]:
    """Overtime rows: those of workshops outside as they were, the others from the hours now used there."""
    problem = cutout.book.problem
    used = {name: hours.copy() for name, hours in cutout.other_hours.items()}
    for part, workshop, t, x in small.make:
        if workshop in used and x > 0:
            k = problem.capability[part, workshop]
            used[workshop][int(t)] += k.setup_hours + k.hours_per_unit * x
    rows = [row for row in cutout.book.plan.overtime if row[0] not in used]
    for name, hours in used.items():
        over = hours - np.array(problem.workshop[name].hours)
        rows += [(name, int(t), float(over[t])) for t in np.flatnonzero(over > DUST)]
    return tuple(rows)
