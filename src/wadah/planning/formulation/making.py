"""Who makes how much: docs/model.md §2 hours, §3 lots, §4 whole pieces, §6 sources, §8 engagement, §9 promises, §11."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.limits import least_lot

if TYPE_CHECKING:
    from wadah.planning.arrays import Flags, Floats, Ints
    from wadah.planning.formulation.build import Formulation

SOURCE = 2e-6  # pieces; what makes a source of a part that isn't whole: twice what the law asks, for the tolerances


def hours(form: Formulation) -> None:
    """§2: hours used ≤ hours + overtime; an overtime column only where there may be any."""
    data, builder = form.data, form.builder
    k, t = np.nonzero(form.x >= 0)
    builder.put(form.hours_row[data.workshop[k], t], form.x[k, t], data.unit_hours[k])
    w, u = np.nonzero(data.overtime > 0)
    form.overtime[w, u] = builder.add_columns(len(w), cost=data.overtime_cost[w], upper=data.overtime[w, u])
    builder.put(form.hours_row[w, u], form.overtime[w, u], -1.0)
    builder.row_blocks[0] = (builder.row_blocks[0][0], data.hours.ravel().copy())


def lots(form: Formulation) -> None:
    """§3: least · y ≤ x ≤ U · y, with a y only where a set-up costs hours or money or a smallest lot binds."""
    data, builder, largest = form.data, form.builder, form.largest
    least = np.where(data.promised > 0, 0.0, least_lot(data)[:, None])
    k, t = np.nonzero((form.x >= 0) & needs_setup(form))
    y = builder.add_columns(len(k), cost=data.setup_cost[k], upper=1.0, integer=True)
    form.y[k, t] = y
    builder.put(form.hours_row[data.workshop[k], t], y, data.setup_hours[k])
    most = builder.add_rows(len(k), upper=0.0)
    builder.put(most, form.x[k, t], 1.0)
    builder.put(most, y, -np.maximum(largest[k, t], data.promised[k, t]))
    bound = least[k, t] > 0
    k, t = k[bound], t[bound]
    fewest = builder.add_rows(len(k), lower=0.0)
    builder.put(fewest, form.x[k, t], 1.0)
    builder.put(fewest, form.y[k, t], -least[k, t])
    for bad in np.flatnonzero(least[k, t] > largest[k, t]):  # the smallest lot doesn't fit: never started
        builder.column_blocks[0][2][form.x[k[bad], t[bad]]] = 0.0


def needs_setup(form: Formulation) -> Flags:
    data = form.data
    whole = data.integer[data.part]
    lot_binds = np.where(whole, data.min_lot > 1, data.min_lot > 0)[:, None] & (data.promised <= 0)
    return np.asarray(lot_binds | ((data.setup_cost > 0) | (data.setup_hours > 0))[:, None])


def sources(form: Formulation) -> None:
    """§6: shares of all pieces started, and how many workshops a part that is made at all is made at."""
    for p, ks in enumerate(form.data.able):
        if form.data.share[p] < 1 and ks.size:
            shares(form, p)
        if form.data.sources[p] > 1 and ks.size:
            makers(form, p)


def shares(form: Formulation, p: int) -> None:
    ks = form.data.able[p]
    rows = form.builder.add_rows(len(ks), upper=0.0)
    for row, k in zip(rows, ks, strict=True):
        everyone = form.x[ks][form.x[ks] >= 0]
        form.builder.put(np.full(everyone.size, row), everyone, -form.data.share[p])
        own = form.x[k][form.x[k] >= 0]
        form.builder.put(np.full(own.size, row), own, 1.0)


def makers(form: Formulation, p: int) -> None:
    """made = 1 where anything is started; used[k] = 1 only where a whole piece (or a trace of a continuous one) is."""
    data, builder, ks = form.data, form.builder, form.data.able[p]
    made = builder.add_columns(1, upper=1.0, integer=True)
    used = builder.add_columns(len(ks), upper=1.0, integer=True)
    enough = builder.add_rows(1, lower=0.0)
    builder.put(np.full(len(ks), enough[0]), used, 1.0)
    builder.put(enough, made, -float(data.sources[p]))
    k, t = np.nonzero(form.x[ks] >= 0)
    started = builder.add_rows(len(k), upper=0.0)
    cells = form.y[ks[k], t]
    setup = cells >= 0
    builder.put(started, np.where(setup, cells, form.x[ks[k], t]), 1.0)
    builder.put(started, np.full(len(k), made[0]), np.where(setup, -1.0, -bounded(form, ks[k], t)))
    traces = builder.add_rows(len(ks), lower=0.0)
    builder.put(traces[k], form.x[ks[k], t], 1.0)
    builder.put(traces, used, -1.0 if data.integer[p] else -SOURCE)


def bounded(form: Formulation, k: Ints, t: Ints) -> Floats:
    return np.asarray(np.maximum(form.largest[k, t], form.data.promised[k, t]))


def engagement(form: Formulation) -> None:
    """§8: a workshop that starts anything is engaged; a column only where that costs something."""
    data, builder = form.data, form.builder
    costly = np.flatnonzero(data.engage_cost > 0)
    engaged = np.full(len(data.engage_cost), -1)
    engaged[costly] = builder.add_columns(len(costly), cost=data.engage_cost[costly], upper=1.0, integer=True)
    k, t = np.nonzero((form.x >= 0) & (engaged[data.workshop] >= 0)[:, None])
    rows = builder.add_rows(len(k), upper=0.0)
    setup = form.y[k, t] >= 0
    builder.put(rows, np.where(setup, form.y[k, t], form.x[k, t]), 1.0)
    builder.put(rows, engaged[data.workshop[k]], np.where(setup, -1.0, -bounded(form, k, t)))


def commitments(form: Formulation) -> None:
    """§9: no less than promised, and then a set-up there is certain. A promise above U leaves crossed bounds."""
    data, builder = form.data, form.builder
    k, t = np.nonzero(data.promised > 0)
    builder.column_blocks[0][1][form.x[k, t]] = data.promised[k, t]
    near = data.promised[k, t] <= form.largest[k, t] + 1e-6
    raised = np.maximum(builder.column_blocks[0][2][form.x[k, t]], data.promised[k, t])
    builder.column_blocks[0][2][form.x[k, t]] = np.where(near, raised, form.largest[k, t])
    setup = form.y[k, t][form.y[k, t] >= 0]
    if setup.size:
        first = int(form.y[form.y >= 0].min())
        builder.column_blocks[y_block(form, first)][1][setup - first] = 1.0


def y_block(form: Formulation, first: int) -> int:
    starts = np.cumsum([0] + [len(block[0]) for block in form.builder.column_blocks])
    return int(np.searchsorted(starts, first, side="right")) - 1


def fairness(form: Formulation) -> None:
    """§11: below ≥ target − hours used over the whole horizon, set-ups counted."""
    data, builder = form.data, form.builder
    watched = np.flatnonzero(data.below_cost > 0)
    below = builder.add_columns(len(watched), cost=data.below_cost[watched], upper=data.target[watched])
    rows = builder.add_rows(len(watched), lower=data.target[watched])
    builder.put(rows, below, 1.0)
    row_of = np.full(len(data.target), -1)
    row_of[watched] = rows
    for columns, rate in ((form.x, data.unit_hours), (form.y, data.setup_hours)):
        k, t = np.nonzero((columns >= 0) & (row_of[data.workshop] >= 0)[:, None])
        builder.put(row_of[data.workshop[k]], columns[k, t], rate[k])


def moved(form: Formulation) -> None:
    """§11: change_cost · |x − previous|, on keys with a row in `previous`; without an x it is a constant."""
    data, builder = form.data, form.builder
    price = data.problem.change_cost
    builder.offset += price * float(data.previous[data.keyed & (form.x < 0)].sum())
    k, t = np.nonzero(data.keyed & (form.x >= 0))
    before = data.previous[k, t]
    change = builder.add_columns(len(k), cost=price, upper=np.maximum(before, bounded(form, k, t)))
    more, fewer = builder.add_rows(len(k), lower=-before), builder.add_rows(len(k), lower=before)
    for rows, sign in ((more, -1.0), (fewer, 1.0)):
        builder.put(rows, form.x[k, t], sign)
        builder.put(rows, change, 1.0)
