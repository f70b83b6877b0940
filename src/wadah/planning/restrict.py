"""A smaller program: what is fixed is taken out, and its values are put back afterwards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from wadah.planning.formulation import Model
    from wadah.planning.formulation.model import Flags, Floats


@dataclass(frozen=True)
class Restricted:
    """A model without its fixed columns, and how to put its values back."""

    model: Model
    free: Flags
    values: Floats

    def whole(self, x: Floats) -> Floats:
        values = self.values.copy()
        values[self.free] = x
        return values


def restrict(model: Model, lower: Floats, upper: Floats) -> Restricted:
    """Take out every column whose bounds meet, and every row that is left empty and holds."""
    free = upper > lower
    values = np.where(free, 0.0, lower)
    shift = model.matrix @ values
    inner = sparse.csr_matrix(model.matrix[:, free])
    rows = np.flatnonzero(np.diff(inner.indptr) > 0)
    small = replace(
        model,
        cost=model.cost[free],
        lower=lower[free],
        upper=upper[free],
        integer=model.integer[free],
        matrix=sparse.csc_matrix(inner[rows]),
        row_lower=(model.row_lower - shift)[rows],
        row_upper=(model.row_upper - shift)[rows],
        offset=model.offset + float(model.cost @ values),
    )
    return Restricted(small, free, values)
