"""Extra rows for a model: valid inequalities collected as plain arrays, and the model with them added.

Every cut is written `values · x[columns] ≤ upper`. Rows are appended, so that the model's own rows keep their places.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from wadah.planning.formulation import Model
    from wadah.planning.formulation.model import Flags, Floats, Ints


@dataclass(frozen=True)
class Cuts:
    """Row r is `values[start[r]:start[r + 1]] · x[columns[…]] ≤ upper[r]`."""

    start: Ints
    columns: Ints
    values: Floats
    upper: Floats

    @property
    def count(self) -> int:
        return len(self.upper)

    def matrix(self, columns: int) -> sparse.csr_matrix:
        """Rows × columns; equal entries are added up."""
        found = sparse.csr_matrix((self.values, self.columns, self.start), shape=(self.count, columns), copy=True)
        found.sum_duplicates()
        return found

    def over(self, x: Floats) -> Floats:
        """How far each row is broken at x, as a distance; negative where it holds with room to spare."""
        matrix = self.matrix(len(x))
        length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
        return np.asarray((matrix @ x - self.upper) / np.maximum(length, 1e-12))

    def kept(self, keep: Flags) -> Cuts:
        """Only the rows asked for."""
        sizes = np.diff(self.start)
        entries = np.repeat(keep, sizes)
        start = np.concatenate(([0], np.cumsum(sizes[keep])))
        return Cuts(start, self.columns[entries], self.values[entries], self.upper[keep])


def no_cuts() -> Cuts:
    return Cuts(np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0))


def joined(first: Cuts, second: Cuts) -> Cuts:
    """The rows of both, one after the other."""
    return Cuts(
        np.concatenate((first.start, second.start[1:] + first.start[-1])),
        np.concatenate((first.columns, second.columns)),
        np.concatenate((first.values, second.values)),
        np.concatenate((first.upper, second.upper)),
    )


def with_rows(model: Model, cuts: Cuts) -> Model:
    """The model with the cuts as further rows."""
    if cuts.count == 0:
        return model
    matrix = sparse.csc_matrix(sparse.vstack((model.matrix, cuts.matrix(model.shape[1])), format="csc"))
    matrix.sort_indices()
    return replace(
        model,
        matrix=matrix,
        row_lower=np.concatenate((model.row_lower, np.full(cuts.count, -np.inf))),
        row_upper=np.concatenate((model.row_upper, cuts.upper)),
    )
