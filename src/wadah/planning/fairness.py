"""Target hours from a fairness policy: what each workshop would get if its kind of work were shared by a key.

Following docs/model.md §14.8: the hours that the orders need are estimated part by part (gross requirements times the
mean hours a piece of those who can make it), and the hours of each part are shared over its makers. It is a yardstick
for the objective's fairness term (§11), not a promise of work. What fairness costs is in fair_share.py.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from wadah.planning.explain import requirements

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from wadah.planning.problem import Capability, Problem

KEYS = ("equal", "free_hours", "wished", "need")


def target_hours(
    problem: Problem,
    *,
    key: str,
    share: float,
    weights: Mapping[str, float] | None = None,
    newcomers: Collection[str] = (),
    floor: float = 0.0,
) -> dict[str, float]:
    """Hours by workshop id over the whole horizon.

    key: "equal" shares the hours of a part evenly over its makers, "free_hours" in proportion to their regular hours,
    "wished" and "need" in proportion to `weights` by workshop id (hours wished for; how much the household depends on
    it; left out: 0); share: 0 … 1, how much of that is made a target. newcomers: workshops whose target is at least
    `floor` hours (≥ 0), where any order needs a part that they make. No target passes the workshop's regular hours.
    Raises ValueError on another key, share, weight or floor.
    """
    if key not in KEYS or not 0.0 <= share <= 1.0:
        raise ValueError(f"Expected a key of {', '.join(KEYS)} and 0 ≤ share ≤ 1, got {key!r} and {share}")
    if floor < 0 or any(weight < 0 for weight in (weights or {}).values()):
        raise ValueError(f"Expected weights and floor ≥ 0, got {weights} and {floor}")
    free = {row.id: sum(row.hours) for row in problem.workshops}
    by_key = {"equal": dict.fromkeys(free, 1.0), "free_hours": free}.get(key, weights or {})
    target: dict[str, float] = defaultdict(float)
    for part, hours in hours_needed(problem).items():
        weight = {row.workshop: by_key.get(row.workshop, 0.0) for row in makers(problem, part)}
        whole = sum(weight.values())
        for workshop, part_of_it in weight.items():
            target[workshop] += hours * part_of_it / whole if whole > 0 else 0.0
    least = {workshop: floor if workshop in newcomers and workshop in target else 0.0 for workshop in free}
    return {workshop: min(max(share * target[workshop], least[workshop]), hours) for workshop, hours in free.items()}


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
