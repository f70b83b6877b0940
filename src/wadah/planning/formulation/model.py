"""A mixed-integer program as plain arrays, and the builder that the paragraphs of docs/model.md add to.

    minimise  cost · x + offset   with   row_lower ≤ A x ≤ row_upper,  lower ≤ x ≤ upper,  x whole where `integer`

Every column has a finite upper bound, so that any row prices prove a bound (bound.py). Money in rupiah.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Model:
    """The arrays; `matrix` is a scipy CSC matrix."""

    cost: Floats
    lower: Floats
    upper: Floats
    integer: Flags
    matrix: sparse.csc_matrix
    row_lower: Floats
    row_upper: Floats
    offset: float = 0.0

    @property
    def shape(self) -> tuple[int, int]:
        """Rows, columns."""
        return len(self.row_lower), len(self.cost)


class Builder:
    """Grows a model: blocks of columns, blocks of rows, and entries by (row, column)."""

    def __init__(self) -> None:
        self.columns = 0
        self.rows = 0
        self.offset = 0.0
        self.column_blocks: list[tuple[NDArray[Any], ...]] = []
        self.row_blocks: list[tuple[Floats, Floats]] = []
        self.entries: list[tuple[NDArray[Any], ...]] = []

    def add_columns(
        self, count: int, *, cost: ArrayLike = 0.0, lower: ArrayLike = 0.0, upper: ArrayLike, integer: ArrayLike = False
    ) -> Ints:
        """Add columns; each argument is one value or `count` values. Returns their indices."""
        block = (spread(cost, count), spread(lower, count), spread(upper, count), spread(integer, count).astype(bool))
        self.column_blocks.append(block)
        self.columns += count
        return np.arange(self.columns - count, self.columns)

    def add_rows(self, count: int, *, lower: ArrayLike = -np.inf, upper: ArrayLike = np.inf) -> Ints:
        """Add empty rows. Returns their indices."""
        self.row_blocks.append((spread(lower, count), spread(upper, count)))
        self.rows += count
        return np.arange(self.rows - count, self.rows)

    def put(self, rows: ArrayLike, columns: ArrayLike, values: ArrayLike) -> None:
        """Add entries; equal (row, column) pairs are summed. One value may stand for all."""
        rows, columns = np.atleast_1d(rows), np.atleast_1d(columns)
        count = max(rows.size, columns.size)
        self.entries.append(
            (spread(rows, count).astype(int), spread(columns, count).astype(int), spread(values, count))
        )

    def model(self) -> Model:
        """The finished arrays."""
        cost, lower, upper, integer = (joined([block[i] for block in self.column_blocks]) for i in range(4))
        row_lower, row_upper = (joined([block[i] for block in self.row_blocks]) for i in range(2))
        rows, columns, values = (joined([entry[i] for entry in self.entries]) for i in range(3))
        matrix = sparse.csc_matrix((values, (rows.astype(int), columns.astype(int))), shape=(self.rows, self.columns))
        matrix.eliminate_zeros()
        matrix.sort_indices()
        return Model(cost, lower, upper, integer.astype(bool), matrix, row_lower, row_upper, self.offset)


def spread(values: ArrayLike, count: int) -> Floats:
    return np.broadcast_to(np.asarray(values, dtype=float).ravel(), (count,)).copy()


def joined(pieces: Sequence[NDArray[Any]]) -> Floats:
    return np.concatenate(pieces).astype(float) if pieces else np.zeros(0)
