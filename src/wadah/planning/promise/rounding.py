"""Whole deliveries from cut ones: never more in all by any period than the cut ones, and less than a piece less.

A search over whole deliveries alone can take longer than all the rest, though any rounding down is a solution: what
isn't delivered stays in stock and is short. Orders of one part share the pieces that rounding leaves over, the one
with the largest part of a piece owed first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from wadah.planning.formulation import Formulation
    from wadah.planning.formulation.model import Floats, Ints

ALMOST = 1e-7  # pieces; this close under a whole number is that number


def whole_deliveries(form: Formulation, values: Floats, lower: Floats, upper: Floats) -> Floats:
    """The values with deliveries of whole parts whole; those that may not change, or leave all at once, stay."""
    data, found = form.data, values.copy()
    for p in np.flatnonzero(data.integer).tolist():
        mine = np.flatnonzero((data.order_part == p) & (form.scale == 1.0))
        columns = form.deliver[mine]
        open_ = (columns >= 0) & (upper[np.maximum(columns, 0)] > lower[np.maximum(columns, 0)])
        some = open_.any(axis=1)
        mine, columns, open_ = mine[some], columns[some], open_[some]
        if mine.size:
            cut = np.where(columns >= 0, values[np.maximum(columns, 0)], 0.0)
            whole = shared(np.where(open_, cut, 0.0), open_, data.quantity[mine])
            found[columns[open_]] = whole[open_]
    return found


def shared(cut: Floats, open_: np.ndarray, quantity: Floats) -> Floats:
    """Orders × periods: whole pieces whose sum up to any period is the cut ones' sum, rounded down."""
    owed, given, whole = np.zeros(len(cut)), np.zeros(len(cut)), np.zeros(cut.shape)
    for t in range(cut.shape[1]):
        owed += cut[:, t]
        left = np.floor(owed.sum() + ALMOST) - given.sum()
        if left < 1:
            continue
        for i in largest_first(owed - given, open_[:, t]):
            pieces = min(left, max(0.0, np.floor(owed[i] - given[i] + ALMOST)))
            whole[i, t] += pieces
            given[i] += pieces
            left -= pieces
        for i in largest_first(owed - given, open_[:, t]):
            if left >= 1 and owed[i] - given[i] > ALMOST and given[i] + 1 <= quantity[i]:
                whole[i, t] += 1
                given[i] += 1
                left -= 1
    return whole


def largest_first(owed: Floats, open_: np.ndarray) -> list[int]:
    rows: Ints = np.flatnonzero(open_)
    return rows[np.argsort(-owed[rows], kind="stable")].tolist()  # type: ignore[no-any-return]
