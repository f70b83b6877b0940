"""Why a problem has no plan: which promise, or which order that may not be short, can't hold (docs/model.md §5, §9).

Said only once the search, or arithmetic, has proven that there is no plan. The reasons come from the elastic program:
promises may be missed and orders short, at a price in pieces; what the cheapest way out still misses is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from wadah.planning.formulation import Model
from wadah.planning.plan import Plan
from wadah.planning.solver import Ears

if TYPE_CHECKING:
    from wadah.planning.formulation import Formulation
    from wadah.planning.problem import Problem
    from wadah.planning.solver import Session
    from wadah.planning.stop import Clock

MISSED = 1e-6  # pieces
LEAST_SECONDS = 3.0


def infeasible(problem: Problem, reason: str, seconds: float) -> Plan:
    """The answer that there is no plan; `stopped` says why."""
    return Plan(status="infeasible", seconds=seconds, stopped=f"infeasible: {reason}")


def impossible_promises(problem: Problem) -> str:
    """Promises on pairs that are no capability, or above what hours or max_per_period let anyone start; or ""."""
    lost = [row for row in problem.committed if row.quantity > 0 and (row.part, row.workshop) not in problem.capability]
    return "; ".join(
        f"committed {row.part} {row.workshop} {row.period}: {row.workshop} has no capability for {row.part}"
        for row in lost
    )


def culprits(form: Formulation, session: Session, clock: Clock) -> str:
    """Name what can't hold, given that something can't."""
    promised, pieces = crossed(form)
    if promised:
        return "; ".join(
            f"committed {name}: {quantity:g} promised, at most {most:g} can be started"
            for name, quantity, most in pieces
        )
    model, slack, names = elastic(form)
    answer = session.search(model, max(clock.left, LEAST_SECONDS), Ears(clock.should_stop), gap=1e-4)
    if answer.x is None:
        return all_suspects(form)
    missed = answer.x[slack]
    found = [f"{names[i]} by {missed[i]:g} pieces" for i in np.flatnonzero(missed > MISSED)]
    return "; ".join(found) or all_suspects(form)


def crossed(form: Formulation) -> tuple[bool, list[tuple[str, float, float]]]:
    """Promises above U[k,t] taken alone: (row, promised, most)."""
    data = form.data
    rows = [
        (cell_name(form, int(k), int(t)), float(data.promised[k, t]), float(form.largest[k, t]))
        for k, t in np.argwhere(data.promised > form.largest + MISSED)
    ]
    return bool(rows), rows


def cell_name(form: Formulation, k: int, t: int) -> str:
    row = form.data.problem.capabilities[k]
    return f"{row.part} {row.workshop} {t}"


def elastic(form: Formulation) -> tuple[Model, np.ndarray, list[str]]:
    """The model with one slack a promise and an order that may not be short; minimise the slacks, in pieces."""
    model, data = form.model, form.data
    k, t = np.nonzero(data.promised > 0)
    strict = np.array([i for i, row in enumerate(data.problem.orders) if row.short_cost is None], dtype=int)
    columns = len(model.cost)
    lower, upper = model.lower.copy(), model.upper.copy()
    lower[form.x[k, t]] = 0.0
    setups = form.y[k, t][form.y[k, t] >= 0]
    lower[setups] = 0.0
    upper[form.short[strict]] = data.quantity[strict]
    cost = np.zeros(columns + len(k))
    cost[form.short[strict]] = 1.0
    cost[columns:] = 1.0
    rows = sparse.csc_matrix((np.ones(len(k)), (np.arange(len(k)), form.x[k, t])), shape=(len(k), columns))
    matrix = (
        sparse.bmat([[model.matrix, None], [rows, sparse.identity(len(k))]], format="csc") if len(k) else model.matrix
    )
    promised = data.promised[k, t]
    elastic_model = Model(
        cost,
        np.concatenate((lower, np.zeros(len(k)))),
        np.concatenate((upper, promised)),
        np.concatenate((model.integer, np.zeros(len(k), dtype=bool))),
        sparse.csc_matrix(matrix),
        np.concatenate((model.row_lower, promised)),
        np.concatenate((model.row_upper, np.full(len(k), np.inf))),
    )
    names = [f"order {data.problem.orders[i].id}: can't be delivered whole as it must, short" for i in strict]
    names += [f"committed {cell_name(form, int(a), int(b))}: can't be kept, missed" for a, b in zip(k, t, strict=True)]
    return elastic_model, np.concatenate((form.short[strict], columns + np.arange(len(k)))), names


def all_suspects(form: Formulation) -> str:
    """Where no single one could be told apart: every row that could be at fault."""
    problem = form.data.problem
    names = [f"committed {row.part} {row.workshop} {row.period}" for row in problem.committed if row.quantity > 0]
    names += [f"order {row.id}" for row in problem.orders if row.short_cost is None]
    perishing = [
        f"stock {row.id}: {row.stock:g} pieces can't be scrapped whole"
        for row in problem.parts
        if row.integer and row.shelf_life is not None and row.stock != round(row.stock)
    ]
    return "; ".join(names or perishing)
