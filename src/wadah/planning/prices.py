"""What one more hour, or one more piece, would be worth: the row prices behind the bound (docs/model.md §12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.plan import Prices

if TYPE_CHECKING:
    from wadah.planning.bound import Relaxation
    from wadah.planning.formulation import Formulation
    from wadah.planning.formulation.model import Floats

LEAST = 1e-6  # rupiah; a price below it is the arithmetic's and not the workshop's


def prices(form: Formulation, duals: Floats) -> Prices:
    """Rupiah an hour of each workshop and period, and a piece of each part and period; zero rows left out."""
    problem = form.data.problem
    hours = np.maximum(0.0, -duals[form.hours_row])
    pieces = np.maximum(0.0, duals[form.stock_row])
    return Prices(
        hours=tuple((problem.workshops[w].id, int(t), float(hours[w, t])) for w, t in np.argwhere(hours > LEAST)),
        parts=tuple((problem.parts[p].id, int(t), float(pieces[p, t])) for p, t in np.argwhere(pieces > LEAST)),
    )


def hours_priced(form: Formulation, slim: Relaxation, duals: Floats) -> Floats:
    """The same row prices, with the worth of an hour on the hours and not on the limit of a lot that fills them.

    U[k,t] often is what the hours allow. A lot that fills a week then rests on its own limit, and the solver may leave
    the week's hours at price 0. Moving the price over keeps a bound that is proven just the same (bound.py).
    """
    data, model = form.data, slim.model
    room = (data.hours + data.overtime)[data.workshop] - data.setup_hours[:, None]
    by_hours = (form.x >= 0) & ((form.largest + 1.0) * data.unit_hours[:, None] > room)
    k, t = np.nonzero(by_hours & (data.unit_hours > 0)[:, None])
    columns = np.searchsorted(slim.columns, form.x[k, t])
    worth = -(model.cost - model.matrix.T @ duals)[columns]
    hours = data.unit_hours[k] + np.where(form.y[k, t] >= 0, data.setup_hours[k] / np.maximum(form.largest[k, t], 1), 0)
    raised = np.zeros(data.hours.shape)
    np.maximum.at(raised, (data.workshop[k], t), np.maximum(0.0, worth / hours))
    full = slim.full_duals(duals, form.model.shape[0])
    full[form.hours_row] -= raised
    return np.asarray(full[slim.rows])
