"""The problem as one tuple of plain arrays, for compiled loops: every list of lists laid out end to end.

In: Arrays and U[k,t]. Out: Flat, never changed afterwards. A table of lists is two arrays: entries of row i are
`values[start[i]:start[i + 1]]`. Shapes as in arrays.py: P parts, W workshops, K capabilities, N orders, T periods.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wadah.planning.arrays import grouped, least_lot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wadah.planning.arrays import Arrays

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]


class Flat(NamedTuple):
    """Everything a compiled loop may ask of the problem."""

    # parts
    integer: Flags
    stock: Floats
    holding: Floats
    share: Floats
    sources: Ints
    lead: Ints
    life: Ints  # −1 keeps for ever
    able_start: Ints  # P + 1, into able
    able: Ints  # capabilities, by part
    child_start: Ints  # P + 1, into child and child_pieces: what one piece takes
    child: Ints
    child_pieces: Floats
    parent_start: Ints  # P + 1, into parent and parent_pieces: what takes it
    parent: Ints
    parent_pieces: Floats
    parents_first: Ints  # P, every part after all its parents
    asked_start: Ints  # P + 1, into asked
    asked: Ints  # orders, by part
    # workshops
    hours: Floats  # W × T
    overtime: Floats  # W × T
    overtime_cost: Floats
    engage_cost: Floats
    target: Floats
    below_cost: Floats
    at_start: Ints  # W + 1, into at
    at: Ints  # capabilities, by workshop
    # capabilities
    part: Ints
    workshop: Ints
    unit_hours: Floats
    setup_hours: Floats
    setup_cost: Floats
    cost: Floats
    min_lot: Floats
    least: Floats  # the smallest quantity that may be started: whole where the part is
    yields: Floats
    largest: Floats  # K × T, U
    limit: Floats  # K × T, max_per_period; infinite where there is none
    promised: Floats  # K × T
    previous: Floats  # K × T
    keyed: Flags  # K × T, whether change_cost counts there
    # orders
    order_part: Ints
    quantity: Floats
    due: Ints
    first: Ints
    last: Ints
    late_cost: Floats  # infinite where being late is forbidden
    short_cost: Floats  # infinite where being short is forbidden
    partial: Flags
    single_source: Flags
    change_cost: float
    unable_change: float  # rupiah paid anyway, for previous rows on pairs that are no capability


AS_THEY_ARE = (  # columns of Arrays that need no laying out
    "integer",
    "stock",
    "holding",
    "share",
    "sources",
    "lead",
    "life",
    "hours",
    "overtime",
    "overtime_cost",
    "engage_cost",
    "target",
    "below_cost",
    "part",
    "workshop",
    "unit_hours",
    "setup_hours",
    "setup_cost",
    "cost",
    "min_lot",
    "yields",
    "limit",
    "promised",
    "previous",
    "keyed",
    "order_part",
    "quantity",
    "first",
    "last",
)


def flat(data: Arrays, largest: Floats) -> Flat:
    """Lay the problem out end to end; `largest` is U[k,t] of limits.py."""
    parts, orders = len(data.integer), data.problem.orders
    child_start, child, child_pieces = ragged(data.bom)
    parents = turned(data.bom, parts)
    parent_start, parent, parent_pieces = ragged(parents)
    able_start, able = grouped(data.part, parts)
    at_start, at = grouped(data.workshop, data.hours.shape[0])
    asked_start, asked = grouped(data.order_part, parts)
    return Flat(
        **{name: getattr(data, name) for name in AS_THEY_ARE},
        able_start=able_start,
        able=able,
        child_start=child_start,
        child=child,
        child_pieces=child_pieces,
        parent_start=parent_start,
        parent=parent,
        parent_pieces=parent_pieces,
        parents_first=topological(child_start, child, parent_start),
        asked_start=asked_start,
        asked=asked,
        at_start=at_start,
        at=at,
        least=least_lot(data),
        largest=largest,
        due=np.array([row.due for row in orders], dtype=np.int64),
        late_cost=priced([row.late_cost for row in orders]),
        short_cost=priced([row.short_cost for row in orders]),
        partial=np.array([row.partial for row in orders], dtype=bool),
        single_source=np.array([row.single_source for row in orders], dtype=bool),
        change_cost=float(data.problem.change_cost),
        unable_change=float(data.unable_change),
    )


def priced(costs: list[float | None]) -> Floats:
    return np.array([np.inf if cost is None else cost for cost in costs], dtype=float)


def ragged(rows: list[tuple[tuple[int, float], ...]]) -> tuple[Ints, Ints, Floats]:
    """Lists of (index, pieces) end to end: where each begins, the indices, the pieces."""
    start = np.zeros(len(rows) + 1, dtype=np.int64)
    start[1:] = np.cumsum([len(row) for row in rows])
    index = np.array([name for row in rows for name, _ in row], dtype=np.int64)
    return start, index, np.array([pieces for row in rows for _, pieces in row], dtype=float)


def turned(rows: list[tuple[tuple[int, float], ...]], count: int) -> list[tuple[tuple[int, float], ...]]:
    """For each part, its parents and how many pieces one of them takes."""
    found: list[list[tuple[int, float]]] = [[] for _ in range(count)]
    for parent, row in enumerate(rows):
        for child, pieces in row:
            found[child].append((parent, pieces))
    return [tuple(row) for row in found]


def topological(child_start: Ints, child: Ints, parent_start: Ints) -> Ints:
    """Every part after all its parents."""
    waiting = np.diff(parent_start)
    ready = np.flatnonzero(waiting == 0).tolist()
    for p in ready:  # grows while it is read
        for c in child[child_start[p] : child_start[p + 1]].tolist():
            waiting[c] -= 1
            if waiting[c] == 0:
                ready.append(c)
    return np.array(ready, dtype=np.int64)


def parents_first(data: Arrays) -> list[int]:
    """Every part after all its parents."""
    child_start, child, _ = ragged(data.bom)
    found: list[int] = topological(child_start, child, ragged(turned(data.bom, len(data.bom)))[0]).tolist()
    return found
