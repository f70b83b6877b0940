"""A search's program made smaller before the solver sees it: rows and columns that have only each other are settled.

Where most lots are fixed, most hours rows have nothing left in them but their own overtime. In: a model whose fixed
columns are out (restrict.py). Out: the same without each column that stands in one row only, alone, and without that
row; such a column takes the cheapest value that keeps its row. No other decision depends on it, so nothing is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.restrict import Restricted, restrict

if TYPE_CHECKING:
    from wadah.planning.formulation import Model
    from wadah.planning.formulation.model import Floats


def tidy(model: Model, lower: Floats, upper: Floats) -> Restricted:
    """As restrict(model, lower, upper), with lonely columns settled as well; a row that can't hold is left in."""
    first = restrict(model, lower, upper)
    small = first.model
    rows, entries = small.matrix.indices, small.matrix.data
    filled, lengths = np.bincount(rows, minlength=small.shape[0]), np.diff(small.matrix.indptr)
    columns = np.flatnonzero((lengths == 1) & ~small.integer)
    places = small.matrix.indptr[columns]
    alone = filled[rows[places]] == 1
    columns, places = columns[alone], places[alone]
    row, factor = rows[places], entries[places]
    ends = np.sort(np.stack((small.row_lower[row] / factor, small.row_upper[row] / factor)), axis=0)
    least, most = np.maximum(ends[0], small.lower[columns]), np.minimum(ends[1], small.upper[columns])
    holds = least <= most
    columns, least, most = columns[holds], least[holds], most[holds]
    if not columns.size:
        return first
    low, high = first.values.copy(), first.values.copy()
    low[first.free], high[first.free] = small.lower, small.upper
    own = np.flatnonzero(first.free)[columns]
    low[own] = high[own] = np.where(small.cost[columns] >= 0, least, most)
    return restrict(model, low, high)
