"""Where the pieces go: docs/model.md §1 stock, §5 orders, §7 single source, §10 shelf life."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from wadah.planning.arrays import Floats, Ints
    from wadah.planning.formulation.build import Formulation


def stock(form: Formulation) -> None:
    """§1: level[t] = level[t − 1] + good pieces − components − deliveries − scrap, one row a part and period."""
    data, builder = form.data, form.builder
    parts, periods = form.stock_row.shape
    most = most_in_stock(form)
    form.level[:] = builder.add_columns(
        parts * periods, cost=np.repeat(data.holding, periods), upper=most.ravel()
    ).reshape(parts, periods)
    builder.put(form.stock_row.ravel(), form.level.ravel(), -1.0)
    builder.put(form.stock_row[:, 1:].ravel(), form.level[:, :-1].ravel(), 1.0)
    opening = np.zeros((parts, periods))
    opening[:, :1] = -data.stock[:, None]
    builder.row_blocks[1] = (opening.ravel(), opening.ravel().copy())
    k, t = np.nonzero(form.x >= 0)
    builder.put(form.stock_row[data.part[k], t], form.x[k, t], data.yields[k])
    components(form, k, t)


def most_in_stock(form: Formulation) -> Floats:
    """Opening stock and all that could have come in up to t, P × T."""
    data = form.data
    good = np.maximum(form.largest, data.promised) * data.yields[:, None]
    received = np.zeros((len(data.integer), data.periods))
    np.add.at(received, data.part, good)
    return np.asarray(data.stock[:, None] + np.cumsum(received, axis=1))


def components(form: Formulation, k: Ints, t: Ints) -> None:
    """Components leave stock lead_time ahead of the lot that takes them, never before period 0."""
    data = form.data
    for q, rows in enumerate(data.bom):
        mine = data.part[k] == q if rows else np.zeros(0, dtype=bool)
        for child, pieces in rows:
            taken = np.maximum(0, t[mine] - data.lead[q])
            form.builder.put(form.stock_row[child, taken], form.x[k[mine], t[mine]], -pieces)


def orders(form: Formulation) -> None:
    """§5: delivered + short = quantity; without `partial` a column means the whole order in that period."""
    data, builder = form.data, form.builder
    problem, t = data.problem, np.arange(data.periods)
    whole = np.array([not row.partial for row in problem.orders], dtype=bool)
    form.scale = np.where(whole, data.quantity, 1.0)
    window = (t >= data.first[:, None]) & (t <= data.last[:, None]) & (data.quantity > 0)[:, None]
    i, u = np.nonzero(window)
    late = np.array([row.late_cost or 0.0 for row in problem.orders], dtype=float)
    due = np.array([row.due for row in problem.orders], dtype=float)
    cost = late[i] * np.maximum(0.0, u - due[i]) * form.scale[i]
    upper = np.where(whole[i], 1.0, data.quantity[i])
    integer = whole[i] | data.integer[data.order_part[i]]
    form.deliver[i, u] = builder.add_columns(len(i), cost=cost, upper=upper, integer=integer)
    forgiven = np.array([row.short_cost is not None for row in problem.orders], dtype=bool)
    price = np.array([row.short_cost or 0.0 for row in problem.orders], dtype=float)
    count = len(data.quantity)
    form.short[:] = builder.add_columns(count, cost=price, upper=np.where(forgiven, data.quantity, 0.0))
    rows = builder.add_rows(count, lower=data.quantity, upper=data.quantity)
    builder.put(rows, form.short, 1.0)
    builder.put(rows[i], form.deliver[i, u], form.scale[i])
    builder.put(form.stock_row[data.order_part[i], u], form.deliver[i, u], -form.scale[i])


def single_source(form: Formulation) -> None:
    """§7: each single-source order has at most one capability, which never delivers ahead of its own good pieces."""
    alone = [i for i, row in enumerate(form.data.problem.orders) if row.single_source]
    for p in sorted({int(form.data.order_part[i]) for i in alone}):
        ledger = {int(k): form.builder.add_rows(form.data.periods, lower=0.0) for k in form.data.able[p]}
        for k, rows in ledger.items():
            cumulated(form, form.x[k], rows, float(form.data.yields[k]))
        for i in alone:
            if form.data.order_part[i] == p:
                assigned(form, i, ledger)


def cumulated(form: Formulation, columns: Ints, rows: Ints, value: float) -> None:
    """Put each period's column into the rows of that period and all later ones."""
    for t, column in enumerate(columns.tolist()):
        if column >= 0:
            form.builder.put(rows[t:], np.full(len(rows) - t, column), value)


def assigned(form: Formulation, i: int, ledger: dict[int, Ints]) -> None:
    """One order: a choice among its capabilities, and its deliveries split over them."""
    builder, scale, periods = form.builder, float(form.scale[i]), np.flatnonzero(form.deliver[i] >= 0)
    if not periods.size:
        return
    most = float(form.data.quantity[i]) / scale
    choice = builder.add_columns(len(ledger), upper=1.0, integer=True)
    one = builder.add_rows(1, upper=1.0)
    builder.put(np.full(len(choice), one[0]), choice, 1.0)
    same = builder.add_rows(len(periods), lower=0.0, upper=0.0)
    builder.put(same, form.deliver[i, periods], -1.0)
    for (k, rows), column in zip(ledger.items(), choice.tolist(), strict=True):
        part = builder.add_columns(len(periods), upper=most)
        builder.put(same, part, 1.0)
        whole = builder.add_rows(1, upper=0.0)
        builder.put(np.full(len(part), whole[0]), part, 1.0)
        builder.put(whole, [column], -most)
        spread_over = np.full(len(ledger[k]), -1)
        spread_over[periods] = part
        cumulated(form, spread_over, rows, -scale)
        form.assign.append((i, k, column))
        form.split.extend((i, k, int(t), int(c)) for t, c in zip(periods, part, strict=True))


def shelf_life(form: Formulation) -> None:
    """§10: what is in stock came in during the last L periods; opening stock came in at −1; the rest is scrapped."""
    data, builder = form.data, form.builder
    most = most_in_stock(form)
    for p in np.flatnonzero(data.life >= 0).tolist():
        form.scrap[p] = builder.add_columns(data.periods, upper=most[p], integer=data.integer[p])
        builder.put(form.stock_row[p], form.scrap[p], -1.0)
        life = int(data.life[p])
        opening = np.where(np.arange(data.periods) - life + 1 <= -1, data.stock[p], 0.0)
        rows = builder.add_rows(data.periods, upper=opening)
        builder.put(rows, form.level[p], 1.0)
        for k in data.able[p].tolist():
            for u in np.flatnonzero(form.x[k] >= 0).tolist():
                fresh = rows[u : u + life]
                builder.put(fresh, np.full(len(fresh), form.x[k, u]), -float(data.yields[k]))
