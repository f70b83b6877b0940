"""What goes to the solver and what comes back (solver.py): models as plain arrays, limits, answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from wadah.planning.formulation.model import Floats, Model

# counted work, about as long as it takes on a common machine
CALL_SECONDS = 0.01
ITERATION_SECONDS, ENTRY_SECONDS = 5e-5, 2e-8  # of the simplex method: each iteration, and each matrix entry in it
NODES_A_SECOND = 1e5  # over the number of columns
ROUND_ENTRIES, ROUND_ENTRY = 4e-9, 3e-5  # of the search, a look before it branches: by matrix entries², or by each
BRANCH_ENTRY = 1e-7  # a look once it branches, by each matrix entry


@dataclass(frozen=True)
class Answer:
    """What came of one call. status: optimal, infeasible, limit, asked, lost or failed; x, duals: where any.

    bound: the solver's own, in rupiah, not yet less any margin; −inf where it has none. basis: of a relaxation solved
    by the simplex method, where the next one may begin. iterations: of the simplex method, in all. looks: of a search,
    counted seconds by its own looks at whether to go on (look_seconds).
    """

    status: str
    x: Floats | None = None
    row_dual: Floats | None = None
    bound: float = -np.inf
    basis: Basis | None = None
    iterations: int = 0
    looks: float = 0.0


@dataclass(frozen=True)
class Basis:
    """Where the simplex method stands: HiGHS's own status codes by column and by row."""

    columns: NDArray[np.int8]
    rows: NDArray[np.int8]


BASIC = 1  # the code of a basic column or row; what a row added to a basis gets


@dataclass(frozen=True)
class Ears:
    """Whom to tell what the child says, and whom to ask whether to go on."""

    should_stop: Callable[[], bool]
    on_solution: Callable[[Floats], None] = lambda _x: None
    on_bound: Callable[[float], None] = lambda _bound: None


def limits(name: str, model: Model, seconds: float, *, counted: bool) -> dict[str, Any]:
    """The solver's options that end a call in time, or after counted work."""
    if not counted:
        return {"time_limit": max(seconds, 0.01)}
    if name == "search":
        nodes = seconds * NODES_A_SECOND / max(1, len(model.cost))
        return {"mip_max_nodes": int(min(1e9, max(1.0, nodes))), "threads": 1}
    iterations = seconds / iteration_seconds(model)
    return {"simplex_iteration_limit": int(min(1e9, max(1.0, iterations))), "threads": 1}


def iteration_seconds(model: Model) -> float:
    """About how long one iteration of the simplex method takes."""
    return ITERATION_SECONDS + ENTRY_SECONDS * float(model.matrix.nnz)


def look_seconds(entries: int, *, branched: bool) -> float:
    """About how long a search goes on between two looks at whether to go on, on a matrix of so many entries.

    Before it branches each look follows a round of cuts or a heuristic, which take most of the time.
    """
    return BRANCH_ENTRY * entries if branched else min(ROUND_ENTRIES * entries**2, ROUND_ENTRY * entries)


def seconds_of(model: Model, answer: Answer) -> float:
    """About how long a call with this answer takes: counted work."""
    return CALL_SECONDS + max(answer.looks, answer.iterations * iteration_seconds(model))


def packed(model: Model, scale: float) -> tuple[Any, ...]:
    """The model as plain arrays, costs divided by scale."""
    matrix = model.matrix
    return (
        *model.shape,
        model.offset / scale,
        model.cost / scale,
        model.lower,
        model.upper,
        model.row_lower,
        model.row_upper,
        matrix.indptr.astype(np.int32),
        matrix.indices.astype(np.int32),
        matrix.data.astype(float),
        model.integer.astype(np.int32),
    )
