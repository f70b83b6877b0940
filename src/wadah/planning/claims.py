"""Whether a plan's claimed numbers are true: status, objective, cost by kind, bound and gap (docs/model.md §12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.planning.costs import COST_KINDS, cost_of
from wadah.planning.rowfaults import is_number
from wadah.planning.tolerance import MONEY
from wadah.planning.violation import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem
    from wadah.planning.tally import Tally

VALUED = ("optimal", "feasible")  # a plan with rows and a price
EMPTY = ("infeasible", "none")
OPTIMAL_GAP = 1e-6
GAP_DIGITS = 1e-9  # a gap is a plain ratio: what rounding of its two terms leaves


def status_faults(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """The status is one of four; without a plan there is no objective and no gap, and a plan must be impossible."""
    if plan.status not in VALUED + EMPTY:
        yield Violation("objective", "status_unknown", plan.status, ", ".join(VALUED + EMPTY))
    if plan.status not in EMPTY:
        return
    for name, claimed in (("objective", plan.objective), ("gap", plan.gap)):
        if claimed is not None:
            yield Violation("objective", "number_needless", claimed, plan.status, table=name)
    yield from bound_faults(plan.bound)
    if idle_is_a_plan(problem):
        yield Violation("objective", "status_impossible", plan.status)


def idle_is_a_plan(problem: Problem) -> bool:
    """Whether making nothing obeys every rule: nothing is promised, every order may be short, no stock spoils oddly."""
    promised = any(lot.quantity > 0 for lot in problem.committed)
    forbidden = any(order.short_cost is None for order in problem.orders)
    unscrappable = any(
        part.integer and part.shelf_life is not None and part.stock != round(part.stock) for part in problem.parts
    )
    return not (promised or forbidden or unscrappable)


def claim_faults(plan: Plan, tally: Tally) -> Iterator[Violation]:
    """Objective and costs against the rows; bound against the objective; gap against both."""
    costs = cost_of(tally)
    objective = sum(costs.values())
    yield from number_faults("objective", plan.objective, objective)
    yield from cost_faults(plan.cost, costs, objective)
    yield from bound_faults(plan.bound)
    if is_number(plan.bound):
        yield from gap_faults(plan, objective)


def number_faults(name: str, claimed: object, true: float, scale: float = 1.0) -> Iterator[Violation]:
    """A claimed sum of money, within 1e-6 of the true one or of `scale`, whichever is more."""
    if not is_number(claimed):
        yield Violation("objective", "number_missing", claimed, true, table=name)
    elif abs(claimed - true) > MONEY * max(scale, abs(true)):
        yield Violation("objective", "number_differs", claimed, true, table=name)


def cost_faults(claimed: dict[str, float], true: dict[str, float], objective: float) -> Iterator[Violation]:
    """A kind that isn't given claims 0. A kind is judged on its own size, a tiny one on what rounding leaves."""
    for kind in claimed:
        if kind not in COST_KINDS:
            yield Violation("objective", "cost_unknown", kind, ", ".join(COST_KINDS))
    for kind, rupiah in true.items():
        yield from number_faults(f"cost.{kind}", claimed.get(kind, 0.0), rupiah, max(1.0, 1e-6 * abs(objective)))


def bound_faults(bound: object) -> Iterator[Violation]:
    if not (is_number(bound) and bound >= 0):
        yield Violation("objective", "bound_negative", bound, 0)


def gap_faults(plan: Plan, objective: float) -> Iterator[Violation]:
    """The bound is not above the plan's cost, the gap is its formula, and optimal means a gap of at most 1e-6."""
    if plan.bound > objective + MONEY * max(1.0, abs(objective)):
        yield Violation("objective", "bound_over", plan.bound, objective)
    gap = max(0.0, (objective - plan.bound) / max(abs(objective), 1.0))
    if not is_number(plan.gap):
        yield Violation("objective", "number_missing", plan.gap, gap, table="gap")
    elif abs(plan.gap - gap) > MONEY * (1.0 + gap):
        yield Violation("objective", "number_differs", plan.gap, gap, table="gap")
    if plan.status == "optimal" and gap > OPTIMAL_GAP + GAP_DIGITS:
        yield Violation("objective", "gap_wide", gap, OPTIMAL_GAP)
