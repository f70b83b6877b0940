"""What one more hour, or one more piece, would be worth: the row prices behind the bound (docs/model.md §12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.plan import Prices

if TYPE_CHECKING:
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
