"""Target hours from a fairness policy: what each workshop would get if its kind of work were shared by a key.

Following docs/model.md §14.8: the hours that the orders need are estimated part by part (gross requirements times the
mean hours a piece of those who can make it), and the hours of each part are shared over its makers. It is a yardstick
for the objective's fairness term (§11), not a promise of work.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from wadah.planning.explain import requirements

if TYPE_CHECKING:
    from wadah.planning.problem import Capability, Problem


def target_hours(problem: Problem, *, key: str, share: float) -> dict[str, float]:
    """Hours by workshop id over the whole horizon.

    key: "equal" shares the hours of a part evenly over its makers, "free_hours" in proportion to their regular hours;
    share: 0 … 1, how much of that is made a target. No workshop's target passes its own regular hours.
    Raises ValueError on another key or share.
    """
    if key not in ("equal", "free_hours") or not 0.0 <= share <= 1.0:
        raise ValueError(f'Expected key "equal" or "free_hours" and 0 ≤ share ≤ 1, got {key!r} and {share}')
    free = {row.id: sum(row.hours) for row in problem.workshops}
    target: dict[str, float] = defaultdict(float)
    for part, hours in hours_needed(problem).items():
        weight = {row.workshop: free[row.workshop] if key == "free_hours" else 1.0 for row in makers(problem, part)}
        whole = sum(weight.values())
        for workshop, part_of_it in weight.items():
            target[workshop] += hours * part_of_it / whole if whole > 0 else 0.0
    return {workshop: min(share * target[workshop], hours) for workshop, hours in free.items()}


def hours_needed(problem: Problem) -> dict[str, float]:
    """Hours by part that all orders together need, stock left aside; parts that nobody makes are left out."""
    pieces: dict[str, float] = defaultdict(float)
    for order in problem.orders:
        for part, (needed, _) in requirements(problem, order.part, order.quantity, order.due).items():
            pieces[part] += needed
    return {part: count * mean_hours(problem, part) for part, count in pieces.items() if makers(problem, part)}


def makers(problem: Problem, part: str) -> tuple[Capability, ...]:
    return problem.capabilities_of.get(part, ())


def mean_hours(problem: Problem, part: str) -> float:
    """Hours a good piece, averaged over those who can make it."""
    rows = makers(problem, part)
    return sum(row.hours_per_unit / row.yield_rate for row in rows) / len(rows)
