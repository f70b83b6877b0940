"""What is lost of the stock that a plan began with, as if the hub made it in the plan's first week: lots can be lost.

In: a problem and its plan, and pieces lost by part. Out: the same with so many pieces fewer in stock and a lot of them
at a workshop that is none (HUB), which costs nothing and takes no hours. Once it is planned around, without_hub takes
the workshop out again; what is left of its lots lies in stock as before.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from wadah.planning.problem import Capability, Workshop
from wadah.planning.repair.changes import altered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem

HUB = "~"
PIECES = 1e-6


def with_hub(problem: Problem, plan: Plan, lost: Mapping[str, float]) -> tuple[Problem, Plan]:
    """lost: pieces (≥ 0) by part id; where fewer are in stock, those."""
    there = {row.id: min(row.stock, lost[row.id]) for row in problem.parts if lost.get(row.id, 0.0) > 0}
    there = {part: pieces for part, pieces in there.items() if pieces > PIECES}
    if not there:
        return problem, plan
    none = (0.0,) * problem.periods
    able = [
        Capability(part, HUB, hours_per_unit=0.0, max_per_period=(pieces, *none[1:])) for part, pieces in there.items()
    ]
    now = altered(
        problem,
        parts=tuple(replace(row, stock=row.stock - there.get(row.id, 0.0)) for row in problem.parts),
        workshops=(*problem.workshops, Workshop(HUB, hours=none, overtime_hours=none)),
        capabilities=(*problem.capabilities, *able),
    )
    return now, replace(plan, make=(*plan.make, *((part, HUB, 0, pieces) for part, pieces in there.items())))


def without_hub(problem: Problem, plan: Plan) -> tuple[Problem, Plan]:
    """The problem and a plan of it without the workshop that is none."""
    if HUB not in problem.workshop:
        return problem, plan
    left: dict[str, float] = defaultdict(float)
    for part, workshop, _t, pieces in plan.make:
        if workshop == HUB:
            left[part] += pieces
    now = altered(
        problem,
        parts=tuple(replace(row, stock=row.stock + left.get(row.id, 0.0)) for row in problem.parts),
        workshops=tuple(row for row in problem.workshops if row.id != HUB),
        capabilities=tuple(row for row in problem.capabilities if row.workshop != HUB),
        committed=tuple(row for row in problem.committed if row.workshop != HUB),
        previous=tuple(row for row in problem.previous if row.workshop != HUB),
    )
    return now, replace(plan, make=tuple(row for row in plan.make if row[1] != HUB))
