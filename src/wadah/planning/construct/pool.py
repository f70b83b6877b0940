"""The problem as arrays for the first plan: parts ranked parents first, capabilities side by side part by part.

In: a Problem. Out: a Pool, never changed afterwards. Capabilities are sorted by part, so those of part p are the
slice `start[p]:start[p + 1]`. Pieces of an ordinary part lie on one shelf; those of a part with single-source orders
lie on one shelf a capability, because each order is served from its own maker's pieces (docs/model.md §7).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wadah.planning.problem import Capability, Part, Problem

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

PLENTY = 1e12  # pieces; stands for "no limit" where a piece takes no hours at all
LARGEST_STEP = 1000  # pieces; lots of perishable whole pieces are multiples of a step that gives whole good pieces
WHOLE = 1e-9


@dataclass(frozen=True)
class Pool:
    """Static arrays. P parts, W workshops, K capabilities, T periods; hours, rupiah and pieces as in problem.py."""

    problem: Problem
    parts: tuple[Part, ...]
    index: dict[str, int]
    workshop_index: dict[str, int]
    rank: list[int]  # of each part: parents before components
    capabilities: list[Capability]  # sorted by part
    cap_index: dict[tuple[str, str], int]
    start: list[int]  # P + 1
    components: list[tuple[tuple[int, float], ...]]
    single: list[bool]  # whether the part is bound to single-source orders
    shelf_of: list[int]  # of each capability
    shelf_part: list[int]  # of each shelf
    workshop: Ints  # K
    workshops_of: list[int]  # the same, as a list: quicker to read one by one
    hours_per_unit: Floats
    setup_hours: Floats
    setup_cost: Floats
    cost: Floats
    least: Floats  # smallest lot; a whole step where the part is in whole pieces
    yields: Floats
    step: Floats  # K; lots are multiples of it; 0 where any quantity will do
    limit: dict[int, Floats]  # max_per_period, only where there is one
    previous: dict[tuple[int, int], float]  # (capability, period) -> pieces of the plan before

    @property
    def periods(self) -> int:
        return self.problem.periods


def pool(problem: Problem) -> Pool:
    """Lay the problem out as arrays."""
    index = {part.id: i for i, part in enumerate(problem.parts)}
    workshop_index = {workshop.id: i for i, workshop in enumerate(problem.workshops)}
    rows = sorted(problem.capabilities, key=lambda row: index[row.part])
    single = [False] * len(problem.parts)
    for order in problem.orders:
        single[index[order.part]] |= order.single_source
    shelf_part = list(range(len(problem.parts)))
    shelf_of = []
    for row in rows:
        part = index[row.part]
        shelf_of.append(len(shelf_part) if single[part] else part)
        if single[part]:
            shelf_part.append(part)
    steps = np.array([lot_step(problem.part[row.part], row) for row in rows], dtype=float)
    cap_index = {(row.part, row.workshop): k for k, row in enumerate(rows)}
    workshops_of = [workshop_index[row.workshop] for row in rows]
    return Pool(
        problem=problem,
        parts=problem.parts,
        index=index,
        workshop_index=workshop_index,
        rank=parents_first(problem, index),
        capabilities=rows,
        cap_index=cap_index,
        start=np.searchsorted([index[row.part] for row in rows], range(len(problem.parts) + 1)).tolist(),
        components=[tuple((index[name], pieces) for name, pieces in part.bom) for part in problem.parts],
        single=single,
        shelf_of=shelf_of,
        shelf_part=shelf_part,
        workshop=np.array(workshops_of, dtype=np.int64),
        workshops_of=workshops_of,
        hours_per_unit=column(rows, "hours_per_unit"),
        setup_hours=column(rows, "setup_hours"),
        setup_cost=column(rows, "setup_cost"),
        cost=column(rows, "cost_per_unit"),
        least=smallest_lots(column(rows, "min_lot"), steps),
        yields=column(rows, "yield_rate"),
        step=steps,
        limit={k: np.array(row.max_per_period) for k, row in enumerate(rows) if row.max_per_period is not None},
        previous=previous_pieces(problem, cap_index),
    )


def column(rows: list[Capability], name: str) -> Floats:
    return np.array([getattr(row, name) for row in rows], dtype=float)


def smallest_lots(min_lot: Floats, step: Floats) -> Floats:
    """The smallest lot that may be started: at least one step, and a multiple of it."""
    steps = np.maximum(step, WHOLE)
    return np.where(step > 0, np.maximum(np.ceil(min_lot / steps - WHOLE) * step, step), min_lot)


def lot_step(part: Part, row: Capability) -> float:
    """Pieces that a lot is a multiple of.

    Whole parts come in ones. Where they also perish, what is left of a lot must be scrapped whole, so a lot must give
    whole good pieces: the smallest such step up to LARGEST_STEP, else 1 and the referee decides.
    """
    if not part.integer:
        return 0.0
    if part.shelf_life is None:
        return 1.0
    good = row.yield_rate * np.arange(1, LARGEST_STEP + 1)
    whole = np.nonzero(np.abs(good - np.rint(good)) <= WHOLE)[0]
    return float(whole[0] + 1) if whole.size else 1.0


def parents_first(problem: Problem, index: dict[str, int]) -> list[int]:
    """The rank of each part in an order where every part comes after all its parents."""
    waiting = [0] * len(problem.parts)
    for part in problem.parts:
        for name, _ in part.bom:
            waiting[index[name]] += 1
    ready = [i for i, count in enumerate(waiting) if count == 0]
    rank = [0] * len(problem.parts)
    for place, i in enumerate(ready):  # grows while it is read
        rank[i] = place
        for name, _ in problem.parts[i].bom:
            child = index[name]
            waiting[child] -= 1
            if waiting[child] == 0:
                ready.append(child)
    return rank


def previous_pieces(problem: Problem, cap_index: dict[tuple[str, str], int]) -> dict[tuple[int, int], float]:
    """Pieces of the plan before by (capability, period); empty where changing costs nothing."""
    pieces: dict[tuple[int, int], float] = {}
    if problem.change_cost <= 0:
        return pieces
    for row in problem.previous:
        k = cap_index.get((row.part, row.workshop))
        if k is not None:
            pieces[k, row.period] = pieces.get((k, row.period), 0.0) + row.quantity
    return pieces
