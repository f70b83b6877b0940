"""Proven lower bounds on what any plan costs (docs/model.md §12).

Three of them: what overdue orders cost whatever is done; the linear relaxation, by weak duality from any row prices,
evaluated here and not taken from a solver; and the search's own bound, less a margin. All in rupiah, never below 0.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from wadah.planning.arrays import Arrays
    from wadah.planning.formulation import Formulation, Model
    from wadah.planning.formulation.model import Floats, Ints

SEARCH_MARGIN = 2e-7  # relative; what the search's tolerances may have let through
ROUNDING = 1e-13  # relative to the sum of what was added up; a few units in the last place a term


@dataclass(frozen=True)
class Relaxation:
    """A linear relaxation: the model without the columns y that can be y = x / U, and its rows' places in the first.

    Replacing y by x / U is exact for the relaxation wherever a smaller y is never worse: everywhere but where set-up
    hours count towards a target. It has half the columns and none of the link rows.
    """

    model: Model
    rows: Ints
    lift: sparse.csc_matrix  # full = lift @ slim
    columns: Ints  # of the first model that are kept

    def full_duals(self, slim: Floats, count: int) -> Floats:
        """Row prices in the first model's rows."""
        duals = np.zeros(count)
        duals[self.rows] = slim
        return duals


def relaxation(form: Formulation) -> Relaxation:
    """The linear relaxation with y = x / U put in."""
    model, data = form.model, form.data
    swap = (form.y >= 0) & (data.promised <= 0) & (form.largest > 0) & (data.below_cost[data.workshop] <= 0)[:, None]
    x, y, most = form.x[swap], form.y[swap], form.largest[swap]
    kept = np.ones(len(model.cost), dtype=bool)
    kept[y] = False
    place = np.cumsum(kept) - 1
    full = np.concatenate((np.flatnonzero(kept), y))
    slim = np.concatenate((place[kept], place[x]))
    values = np.concatenate((np.ones(int(kept.sum())), 1.0 / most))
    lift = sparse.csc_matrix((values, (full, slim)), shape=(len(kept), int(kept.sum())))
    matrix = sparse.csc_matrix(model.matrix @ lift)
    matrix.data[np.abs(matrix.data) < 1e-14] = 0.0
    matrix.eliminate_zeros()
    matrix.sort_indices()
    filled = np.bincount(matrix.indices, minlength=matrix.shape[0]) > 0
    broken = (model.row_lower > 1e-9) | (model.row_upper < -1e-9)
    rows = np.flatnonzero(filled | broken)
    slim_model = replace(
        model,
        cost=np.asarray(lift.T @ model.cost),
        lower=model.lower[kept],
        upper=model.upper[kept],
        integer=np.zeros(int(kept.sum()), dtype=bool),
        matrix=sparse.csc_matrix(matrix[rows]),
        row_lower=model.row_lower[rows],
        row_upper=model.row_upper[rows],
    )
    return Relaxation(slim_model, rows, lift, np.flatnonzero(kept))


def dual_bound(model: Model, prices: Floats) -> float:
    """Weak duality: from any row prices, no point of the model costs less than this, rupiah.

    Each row pays its price on the side it is pulled to; each column then takes the end of its box that is cheaper.
    """
    prices = np.where((prices > 0) & ~np.isfinite(model.row_lower), 0.0, prices)
    prices = np.where((prices < 0) & ~np.isfinite(model.row_upper), 0.0, prices)
    side = np.where(prices > 0, model.row_lower, model.row_upper)
    paid = np.where(prices != 0, prices * np.where(prices != 0, side, 0.0), 0.0)
    reduced = model.cost - model.matrix.T @ prices
    taken = np.where(reduced > 0, reduced * model.lower, reduced * model.upper)
    magnitude = np.abs(model.cost) + abs(model.matrix).T @ np.abs(prices)
    reach = np.maximum(np.abs(model.lower), np.abs(model.upper))
    sizes = float(np.abs(paid).sum() + np.abs(taken).sum())
    blur = float((1e-15 * magnitude * reach * (np.abs(reduced) < 1e-9 * magnitude)).sum())
    return max(0.0, float(paid.sum() + taken.sum()) + model.offset - ROUNDING * (sizes + abs(model.offset)) - blur)


def search_bound(found: float) -> float:
    """The search's own bound less its margin; 0 where it has none."""
    return max(0.0, found - SEARCH_MARGIN * abs(found)) if np.isfinite(found) else 0.0


def trivial_bound(data: Arrays) -> float:
    """What orders cost whatever is done: late from the first period that may serve them, or short. Needs no solver."""
    total = data.unable_change
    for i, order in enumerate(data.problem.orders):
        short = np.inf if order.short_cost is None else order.short_cost
        start = max(order.earliest, 0)
        late = (order.late_cost or 0.0) * max(0, start - order.due)
        open_ = data.last[i] >= start
        each = min(short, late) if open_ else short
        if np.isfinite(each):
            total += each * order.quantity
    return float(total) * (1 - ROUNDING)
