"""The referee: every rule of docs/model.md that a plan breaks, found from the problem and the plan's rows alone.

In: a problem and a plan. Out: Violations; none means the plan is valid and its claimed numbers are true. It knows
nothing of how plans are made: it imports no formulation and no solver. Tolerances are those of docs/model.md §12.
A plan of status "none" or "infeasible" claims no rows, so only its claims are judged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.claims import VALUED, claim_faults, status_faults
from wadah.planning.order_rules import order_faults, single_source_faults
from wadah.planning.rowfaults import row_faults
from wadah.planning.source_rules import lot_faults, promise_faults, source_faults
from wadah.planning.tally import Tally
from wadah.planning.tolerance import LIMIT, STOCK
from wadah.planning.violation import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem
    from wadah.planning.tally import Matrix


def violations(problem: Problem, plan: Plan) -> tuple[Violation, ...]:
    """All that is wrong with the plan. Rows that can't be read come alone, since nothing can be summed with them."""
    faults = tuple(status_faults(problem, plan))
    if plan.status not in VALUED:
        return faults
    faults += row_violations(problem, plan)
    if any(fault.rule == "rows" for fault in faults):
        return faults
    return faults + tuple(claim_faults(plan, Tally(problem, plan)))


def row_violations(problem: Problem, plan: Plan) -> tuple[Violation, ...]:
    """What is wrong with the rows, whatever the plan claims to cost: for a plan that is still being made."""
    unreadable = tuple(row_faults(problem, plan))
    if unreadable:
        return unreadable
    tally = Tally(problem, plan)
    rules = (
        stock_faults,
        hours_faults,
        lot_faults,
        whole_faults,
        order_faults,
        source_faults,
        single_source_faults,
        promise_faults,
        shelf_life_faults,
    )
    return tuple(fault for rule in rules for fault in rule(tally))


def stock_faults(tally: Tally) -> Iterator[Violation]:
    """§1: no part is ever missing from stock."""
    for row, t in np.argwhere(tally.stock < -STOCK):
        part = tally.problem.parts[row].id
        yield Violation("§1", "stock_negative", float(tally.stock[row, t]), 0, part=part, period=int(t))


def hours_faults(tally: Tally) -> Iterator[Violation]:
    """§2: hours used fit into hours and overtime, and each overtime row is exactly what the hours used ask for."""
    workshops = tally.problem.workshops
    overtime = tally.overtime
    allowed = np.array([row.overtime_hours for row in workshops], dtype=float).reshape(overtime.shape)
    given = given_overtime(tally)
    slack = LIMIT * np.maximum(1.0, tally.used)
    for row, t in np.argwhere(overtime > allowed + slack):
        limit = workshops[row].hours[t] + workshops[row].overtime_hours[t]
        yield Violation("§2", "hours_over", float(tally.used[row, t]), limit, workshop=workshops[row].id, period=int(t))
    for row, t in np.argwhere(np.abs(given - overtime) > slack):
        found, limit = float(given[row, t]), float(overtime[row, t])
        yield Violation(
            "§2", "overtime_differs", found, limit, table="overtime", workshop=workshops[row].id, period=int(t)
        )


def given_overtime(tally: Tally) -> Matrix:
    rows = ((tally.workshop_row[workshop], int(t), hours) for workshop, t, hours in tally.plan.overtime)
    return tally.matrix(len(tally.workshop_row), rows)


def whole_faults(tally: Tally) -> Iterator[Violation]:
    """§4: pieces of an integer part are started, delivered and scrapped whole."""
    problem, plan = tally.problem, tally.plan
    whole = {part.id for part in problem.parts if part.integer}
    for part, workshop, t, x in plan.make:
        if part in whole and abs(x - round(x)) > LIMIT:
            yield Violation("§4", "half_started", x, round(x), table="make", part=part, workshop=workshop, period=t)
    for order, t, x in plan.deliver:
        part = problem.order[order].part
        if part in whole and abs(x - round(x)) > LIMIT:
            yield Violation("§4", "half_delivered", x, round(x), table="deliver", part=part, order=order, period=t)
    for part, t, x in plan.scrap:
        if part in whole and abs(x - round(x)) > LIMIT:
            yield Violation("§4", "half_scrapped", x, round(x), table="scrap", part=part, period=t)


def shelf_life_faults(tally: Tally) -> Iterator[Violation]:
    """§10: stock is no more than what came in within the shelf life; only a part with a shelf life is scrapped."""
    problem = tally.problem
    for part_id, t, pieces in tally.plan.scrap:
        if pieces > LIMIT and problem.part[part_id].shelf_life is None:
            yield Violation("§10", "scrap_needless", pieces, 0, table="scrap", part=part_id, period=t)
    for row, part in enumerate(problem.parts):
        if part.shelf_life is None:
            continue
        came_in = np.concatenate(([part.stock], tally.received[row]))  # cell 0 is period −1
        for t, level in enumerate(tally.stock[row].tolist()):
            fresh = float(came_in[max(0, t - part.shelf_life + 2) : t + 2].sum())
            if level > fresh + STOCK:
                yield Violation("§10", "too_old", level, fresh, part=part.id, period=t)
