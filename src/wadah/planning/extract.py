"""From the solver's floats to a plan's rows, and back to a start for the search.

In: a formulation and values by column. Out: a Plan whose whole pieces are whole, whose overtime follows exactly from
its hours, and which nobody has refereed yet. The solver's figures are suggestions: only its rows are used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.formulation.making import SOURCE
from wadah.planning.plan import Plan

if TYPE_CHECKING:
    from wadah.planning.formulation import Formulation
    from wadah.planning.formulation.model import Floats, Ints

DUST = 1e-9  # pieces; less is the arithmetic's


def values_at(columns: Ints, x: Floats) -> Floats:
    """The value behind each column index; 0 where there is no column."""
    return np.where(columns >= 0, x[np.maximum(columns, 0)] if x.size else 0.0, 0.0)


def extract(form: Formulation, x: Floats) -> Plan:
    """The rows that these values mean."""
    data, problem = form.data, form.data.problem
    lots = started(form, x)
    make = [(problem.capabilities[k], int(t), float(lots[k, t])) for k, t in np.argwhere(lots > 0)]
    delivered = deliveries(form, x)
    deliver = [(problem.orders[i].id, int(t), float(delivered[i, t])) for i, t in np.argwhere(delivered > 0)]
    short = np.maximum(0.0, data.quantity - delivered.sum(axis=1))
    scrapped = rounded(values_at(form.scrap, x), data.integer[:, None])
    return Plan(
        status="feasible",
        make=tuple((row.part, row.workshop, t, pieces) for row, t, pieces in make),
        deliver=tuple(deliver),
        short=tuple((problem.orders[i].id, float(short[i])) for i in np.flatnonzero(short > 0)),
        scrap=tuple((problem.parts[p].id, int(t), float(scrapped[p, t])) for p, t in np.argwhere(scrapped > 0)),
        overtime=overtime_rows(form, lots),
        assign=assignments(form, x, delivered),
    )


def rounded(values: Floats, whole: np.ndarray) -> Floats:
    return np.where(whole, np.rint(values), np.where(values > DUST, values, 0.0))


def started(form: Formulation, x: Floats) -> Floats:
    """Pieces started, K × T; nothing where there is no set-up, a trace where there is one only for its hours."""
    data = form.data
    lots = rounded(values_at(form.x, x), data.integer[data.part][:, None])
    setup = np.where(form.y >= 0, values_at(form.y, x) > 0.5, True)
    counts = (data.below_cost[data.workshop] > 0)[:, None] & (form.y >= 0) & ~data.integer[data.part][:, None]
    lots = np.where(counts & setup, np.maximum(lots, SOURCE), lots)
    lots = np.maximum(np.where(setup, lots, 0.0), data.promised)
    return np.asarray(np.where(form.x >= 0, lots, 0.0))


def deliveries(form: Formulation, x: Floats) -> Floats:
    """Pieces delivered, N × T; what only rounding leaves of an order goes with its last delivery."""
    data = form.data
    whole = data.integer[data.order_part] | (form.scale != 1.0)
    delivered = rounded(values_at(form.deliver, x), whole[:, None]) * form.scale[:, None]
    left = data.quantity - delivered.sum(axis=1)
    for i in np.flatnonzero((np.abs(left) <= 1e-6) & (left != 0)).tolist():
        given = np.flatnonzero(delivered[i] > 0)
        if given.size:
            delivered[i, given[-1]] = max(0.0, delivered[i, given[-1]] + left[i])
    return np.asarray(delivered)


def overtime_rows(form: Formulation, lots: Floats) -> tuple[tuple[str, int, float], ...]:
    """Hours used beyond the regular ones, from the pieces."""
    data = form.data
    used = np.zeros(data.hours.shape)
    spent = data.unit_hours[:, None] * lots + data.setup_hours[:, None] * (lots > 0)
    np.add.at(used, data.workshop, spent)
    over = used - data.hours
    ids = data.problem.workshops
    return tuple((ids[w].id, int(t), float(over[w, t])) for w, t in np.argwhere(over > DUST))


def assignments(form: Formulation, x: Floats, delivered: Floats) -> tuple[tuple[str, str], ...]:
    problem = form.data.problem
    return tuple(
        (problem.orders[i].id, problem.capabilities[k].workshop)
        for i, k, column in form.assign
        if x[column] > 0.5 and delivered[i].sum() > 0
    )


def start_values(form: Formulation, plan: Plan) -> Floats:
    """A plan as a start for the search: its lots, set-ups, deliveries and choices; NaN where the search decides."""
    data = form.data
    values = np.full(len(form.model.cost), np.nan)
    values[form.x[form.x >= 0]] = 0.0
    values[form.y[form.y >= 0]] = 0.0
    values[form.deliver[form.deliver >= 0]] = 0.0
    for part, workshop, t, pieces in plan.make:
        k = data.capability_index[part, workshop]
        if form.x[k, t] >= 0:
            values[form.x[k, t]] = min(pieces, form.model.upper[form.x[k, t]])
        if form.y[k, t] >= 0:
            values[form.y[k, t]] = 1.0
    for order, t, pieces in plan.deliver:
        i = data.order_index[order]
        if form.deliver[i, t] >= 0:
            values[form.deliver[i, t]] = pieces / form.scale[i]
    chosen = dict(plan.assign)
    for i, k, column in form.assign:
        values[column] = chosen.get(data.problem.orders[i].id) == data.problem.capabilities[k].workshop
    return values
