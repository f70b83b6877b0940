"""What a plan costs, in rupiah and by kind: the objective of docs/model.md §11, from the plan's rows alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.tally import Tally

if TYPE_CHECKING:
    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem

COST_KINDS = ("make", "setup", "overtime", "engage", "holding", "late", "short", "fairness", "change")


def cost(problem: Problem, plan: Plan) -> dict[str, float]:
    """Rupiah by kind (COST_KINDS); their sum is the objective. The rows must be readable (no "rows" violation)."""
    return cost_of(Tally(problem, plan))


def priced(problem: Problem, plan: Plan) -> Plan:
    """The same plan with cost, objective and gap computed from its rows and its bound."""
    kinds = cost(problem, plan)
    objective = sum(kinds.values())
    gap = max(0.0, (objective - plan.bound) / max(abs(objective), 1.0))
    return replace(plan, cost=kinds, objective=objective, gap=gap)


def cost_of(tally: Tally) -> dict[str, float]:
    """The same, from sums already made."""
    problem = tally.problem
    overtime_cost = np.array([workshop.overtime_cost for workshop in problem.workshops], dtype=float)
    holding_cost = np.array([part.holding_cost for part in problem.parts], dtype=float)
    kinds = {
        "make": float(tally.figures("cost_per_unit") @ tally.rows[2]),
        "setup": float(tally.figures("setup_cost").sum()),
        "overtime": float(overtime_cost @ tally.overtime.sum(axis=1)),
        "engage": engage_cost(tally),
        "holding": float(holding_cost @ tally.stock.sum(axis=1)),
        "late": late_cost(tally),
        "short": sum((problem.order[order].short_cost or 0.0) * pieces for order, pieces in tally.plan.short),
        "fairness": fairness_cost(tally),
        "change": change_cost(tally),
    }
    return {kind: float(rupiah) for kind, rupiah in kinds.items()}


def engage_cost(tally: Tally) -> float:
    """Once for each workshop at which anything is started (§8)."""
    engaged = np.unique(tally.workshop_of).tolist()
    return float(sum(tally.problem.workshops[row].engage_cost for row in engaged))


def late_cost(tally: Tally) -> float:
    """For each piece and each period after the due period; a null late cost forbids being late, and costs nothing."""
    total = 0.0
    for order_id, t, pieces in tally.plan.deliver:
        order = tally.problem.order[order_id]
        total += (order.late_cost or 0.0) * max(0, int(t) - order.due) * pieces
    return total


def fairness_cost(tally: Tally) -> float:
    """For each hour that a workshop stays below its target over the whole horizon, set-ups counted."""
    target = np.array([workshop.target_hours for workshop in tally.problem.workshops], dtype=float)
    below = np.array([workshop.below_target_cost for workshop in tally.problem.workshops], dtype=float)
    return float(below @ np.maximum(0.0, target - tally.used.sum(axis=1)))


def change_cost(tally: Tally) -> float:
    """For each piece more or less than `previous`, only on the keys that have a row there."""
    if not tally.problem.change_cost:
        return 0.0
    fewer: dict[tuple[str, str, int], float] = defaultdict(float)
    for lot in tally.problem.previous:
        fewer[lot.part, lot.workshop, lot.period] += lot.quantity
    for part, workshop, t, pieces in tally.plan.make:
        if (part, workshop, t) in fewer and pieces > 0:
            fewer[part, workshop, int(t)] -= pieces
    return tally.problem.change_cost * sum(map(abs, fewer.values()))
