"""Why a problem has no plan: which promise, or which order that may not be short, can't hold (docs/model.md §5, §9).

Said only once the search, or arithmetic, has proven that there is no plan. The reasons come from the elastic program:
promises may be missed and orders short, at a price in pieces; what the cheapest way out still misses is named. The
words, in both languages, are in obstacles.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from wadah.planning.formulation import Model
from wadah.planning.obstacles import PREFIX, obstacle
from wadah.planning.plan import Plan
from wadah.planning.solver import Ears

if TYPE_CHECKING:
    from wadah.planning.formulation import Formulation
    from wadah.planning.problem import Lot, Problem
    from wadah.planning.solver import Session
    from wadah.planning.stop import Clock

MISSED = 1e-6  # pieces
Name = tuple[str, dict[str, str]]
"""What may give way: code of obstacles.STORED and its fields but the pieces."""

LEAST_SECONDS = 3.0


def infeasible(problem: Problem, reason: str, seconds: float) -> Plan:
    """The answer that there is no plan; `stopped` says why."""
    return Plan(status="infeasible", seconds=seconds, stopped=f"{PREFIX}{reason}")


def impossible_promises(problem: Problem) -> str:
    """Promises on pairs that are no capability, or above what hours or max_per_period let anyone start; or ""."""
    lost = [row for row in problem.committed if row.quantity > 0 and (row.part, row.workshop) not in problem.capability]
    return "; ".join(
        obstacle("no_capability", cell=lot_name(row), workshop=row.workshop, part=row.part) for row in lost
    )


def culprits(form: Formulation, session: Session, clock: Clock) -> str:
    """Name what can't hold, given that something can't."""
    promised, pieces = crossed(form)
    if promised:
        return "; ".join(
            obstacle("promised_above", cell=name, promised=quantity, most=most) for name, quantity, most in pieces
        )
    model, slack, names = elastic(form)
    answer = session.search(model, max(clock.left, LEAST_SECONDS), Ears(clock.should_stop), gap=1e-4)
    if answer.x is None:
        return all_suspects(form)
    missed = answer.x[slack]
    found = [obstacle(names[i][0], **names[i][1], pieces=float(missed[i])) for i in np.flatnonzero(missed > MISSED)]
    return "; ".join(found) or all_suspects(form)


def crossed(form: Formulation) -> tuple[bool, list[tuple[str, float, float]]]:
    """Promises above U[k,t] taken alone: (row, promised, most)."""
    data = form.data
    rows = [
        (cell_name(form, int(k), int(t)), float(data.promised[k, t]), float(form.largest[k, t]))
        for k, t in np.argwhere(data.promised > form.largest + MISSED)
    ]
    return bool(rows), rows


def lot_name(row: Lot) -> str:
    return f"{row.part} {row.workshop} {row.period}"


def cell_name(form: Formulation, k: int, t: int) -> str:
    row = form.data.problem.capabilities[k]
    return f"{row.part} {row.workshop} {t}"


def elastic(form: Formulation) -> tuple[Model, np.ndarray, list[Name]]:
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
    names: list[Name] = [("order_short", {"order": data.problem.orders[i].id}) for i in strict]
    names += [("promise_missed", {"cell": cell_name(form, int(a), int(b))}) for a, b in zip(k, t, strict=True)]
    return elastic_model, np.concatenate((form.short[strict], columns + np.arange(len(k)))), names


def all_suspects(form: Formulation) -> str:
    """Where no single one could be told apart: every row that could be at fault."""
    problem = form.data.problem
    names = [obstacle("promise", cell=lot_name(row)) for row in problem.committed if row.quantity > 0]
    names += [obstacle("order", order=row.id) for row in problem.orders if row.short_cost is None]
    perishing = [
        obstacle("perishing", part=row.id, pieces=row.stock)
        for row in problem.parts
        if row.integer and row.shelf_life is not None and row.stock != round(row.stock)
    ]
    return "; ".join(names or perishing)
