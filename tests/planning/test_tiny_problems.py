"""Tiny problems, solved and held against an independent second formulation: 400 in the ordinary run, 2,000 by
`make tiny`.

Every plan is valid and costs what it says; an optimal one costs what the oracle finds; no bound is above the optimum;
infeasible is said exactly where the oracle finds no plan. `python tests/planning/test_tiny_problems.py 1234` runs one.
"""

import sys
from collections import Counter

import pytest

from planning.oracle import Answer, oracle
from planning.tiny import TIMES, tiny
from wadah.planning.plan import COST_KINDS, Plan, cost, row_violations, text, violations
from wadah.planning.problem import Problem
from wadah.planning.solve import solve

CHUNK = 50


def disputes(problem: Problem, answer: Answer) -> list[str]:
    """Where the referee and the oracle disagree on the oracle's own plan."""
    if answer.plan is None:
        return []
    faults = [f"oracle's plan, {text(violation, 'en')}" for violation in row_violations(problem, answer.plan)]
    objective = sum(cost(problem, answer.plan).values())
    if abs(objective - answer.optimum) > 1e-7 * max(1.0, abs(answer.optimum)):
        faults.append(f"oracle's plan costs {objective}, the oracle says {answer.optimum}")
    return faults


def beaten(answer: Answer, plan: Plan) -> bool:
    """Whether a valid plan shows that the oracle itself was wrong."""
    if plan.objective is None:
        return False
    return answer.optimum is None or plan.objective < answer.optimum - 1e-6 * max(1.0, abs(answer.optimum))


def complaints(seed: int) -> list[str]:
    """Everything that is wrong with what the planner says of this problem; nothing if all is well."""
    problem = tiny(seed)
    plan = solve(problem, time_limit=20, seed=0, threads=1)
    found = [text(violation, "en") for violation in violations(problem, plan)]
    answer = oracle(problem)
    if not found and beaten(answer, plan):
        answer = oracle(problem, presolve=False)
    found += disputes(problem, answer)
    if answer.optimum is None:
        return found if plan.status == "infeasible" else [*found, f"{plan.status}, but no plan is possible"]
    if plan.status != "optimal":
        return [*found, f"{plan.status} ({plan.stopped}), but the optimum is {answer.optimum}"]
    size = max(1.0, abs(answer.optimum))
    objective = sum(cost(problem, plan).values())
    if abs(objective - answer.optimum) > 1e-6 * size:
        found.append(f"costs {objective}, but the optimum is {answer.optimum}")
    if plan.bound > answer.optimum + 1e-9 * size:
        found.append(f"bound {plan.bound} is above the optimum {answer.optimum}")
    if plan.gap is None or plan.gap > 1e-6:
        found.append(f"gap {plan.gap}")
    return found


@pytest.mark.parametrize("first", range(0, TIMES, CHUNK))
def test_tiny_problems_are_solved_to_the_oracles_optimum(first):
    wrong = {seed: faults for seed in range(first, first + CHUNK) if (faults := complaints(seed))}
    assert wrong == {}


def test_pieces_made_for_a_targets_hours_leave_room_for_the_other_makers_shares():
    assert complaints(2189) == []


def test_tiny_problems_together_use_every_feature():
    used = Counter(feature for seed in range(TIMES) for feature in features(seed))
    rare = {feature: times for feature, times in used.items() if times < TIMES // 100}
    assert rare == {}
    assert len(used) == len(features_of_all())


def features(seed: int) -> set[str]:
    problem = tiny(seed)
    return {name for name, present in features_of_all().items() if present(problem)}


def features_of_all():
    """Name of each feature, and whether a problem has it."""

    def some(table, test):
        return lambda problem: any(test(row) for row in getattr(problem, table))

    return {
        "bill of materials": some("parts", lambda part: part.bom),
        "two levels": lambda p: any(p.part[component].bom for part in p.parts for component, _ in part.bom),
        "part of a piece": some("parts", lambda part: not part.integer),
        "lead time": some("parts", lambda part: part.lead_time and part.bom),
        "stock": some("parts", lambda part: part.stock),
        "shelf life": some("parts", lambda part: part.shelf_life),
        "shelf life of nothing": some("parts", lambda part: part.shelf_life == 0),
        "share": some("parts", lambda part: part.max_share < 1),
        "sources": some("parts", lambda part: part.min_sources > 1),
        "part without a maker": lambda p: any(part.id not in p.capabilities_of for part in p.parts),
        "overtime": some("workshops", lambda row: any(row.overtime_hours)),
        "engage cost": some("workshops", lambda row: row.engage_cost),
        "fairness": some("workshops", lambda row: row.target_hours * row.below_target_cost),
        "set-up hours": some("capabilities", lambda row: row.setup_hours),
        "set-up cost": some("capabilities", lambda row: row.setup_cost),
        "minimum lot": some("capabilities", lambda row: row.min_lot),
        "most a period": some("capabilities", lambda row: row.max_per_period),
        "closed period": some("capabilities", lambda row: row.max_per_period and 0 in row.max_per_period),
        "yield": some("capabilities", lambda row: row.yield_rate < 1),
        "no hours": some("capabilities", lambda row: row.hours_per_unit == 0),
        "single source": some("orders", lambda order: order.single_source),
        "two single-source orders of a part": lambda p: (
            max(Counter(order.part for order in p.orders if order.single_source).values(), default=0) > 1
        ),
        "whole order": some("orders", lambda order: not order.partial),
        "earliest": some("orders", lambda order: order.earliest),
        "overdue": some("orders", lambda order: order.due < 0),
        "beyond the horizon": lambda p: any(order.due >= p.periods for order in p.orders),
        "never short": some("orders", lambda order: order.short_cost is None),
        "never late": some("orders", lambda order: order.late_cost is None),
        "promise": some("committed", lambda lot: lot.quantity),
        "promise in two rows": lambda p: len(p.committed) > 1,
        "previous": lambda p: bool(p.previous and p.change_cost),
        "previous on a pair that is gone": lambda p: any(
            (lot.part, lot.workshop) not in p.capability for lot in p.previous
        ),
    }


def test_tiny_problems_together_pay_every_kind_of_cost():
    paid = Counter()
    for seed in range(150):
        plan = oracle(tiny(seed)).plan
        if plan is not None:
            paid.update(kind for kind, rupiah in cost(tiny(seed), plan).items() if rupiah > 0)
    assert set(paid) == set(COST_KINDS)


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        print(argument, complaints(int(argument)) or "well")
