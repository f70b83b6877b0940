"""The plan in force mended: replanned around what won't come, with as little of the rest moving as possible.

In: the ground (ground.py). Out: as an edited plan (planning.edited): the problem with the changes in it, and a plan
priced as the plan in force is. A piece that moves must save a share of what a piece costs. In a problem that is small
in all, a second search without that cost proves the bound; in a larger one none is claimed (bound 0).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wadah.planning.edited import Edited, moving_cost, small
from wadah.planning.repair import replan, result
from wadah.planning.repair.changes import altered
from wadah.planning.result import relative_gap
from wadah.planning.stop import Clock
from wadah.planning.why.again import plan_again
from wadah.plans.repairing.stock import without_hub

if TYPE_CHECKING:
    from collections.abc import Callable

    from wadah.planning.plan import Plan
    from wadah.plans.repairing.ground import Ground

SECONDS = 2.0  # of wall time, for all of it
MOVED = "change"  # a kind of cost, docs/model.md §11
PROVE_SHARE = 0.4  # of them, for the bound of a small problem


def mended(ground: Ground, *, time_limit: float = SECONDS, should_stop: Callable[[], bool] | None = None) -> Edited:
    """time_limit: seconds of wall time, > 0. A plan with status "none" where none was found in time."""
    found = searched(ground, time_limit, should_stop)
    problem, plan = without_hub(found.problem, found.plan)
    return replace(found, problem=problem, plan=plan)


def searched(ground: Ground, time_limit: float, should_stop: Callable[[], bool] | None) -> Edited:
    clock = Clock(time_limit, should_stop)
    problem, moving = ground.problem, moving_cost(ground.problem, ground.plan)
    prove = time_limit * PROVE_SHARE if small(problem) else 0.0
    found = replan(
        problem,
        ground.plan,
        ground.changes,
        time_limit=time_limit - prove,
        change_cost=moving,
        book=ground.book,
        should_stop=should_stop,
    )
    now = altered(found.problem, previous=problem.previous, change_cost=problem.change_cost)
    if found.plan.objective is None:
        return Edited(now, found.plan, moving)
    bound, cheapest = 0.0, None
    if prove and clock.left > 0:
        again = plan_again(now, found.plan, min(prove, clock.left), should_stop=should_stop)
        bound, cheapest = again.bound, again.objective
    told = result(now, found.plan, bound, clock) if prove or problem.change_cost > 0 else unmoved(found.plan)
    assert told.objective is not None
    cheapest = told.objective if cheapest is None else min(cheapest, told.objective)
    return Edited(now, told, moving, cheapest)


def unmoved(plan: Plan) -> Plan:
    """The plan without what moving cost while it was searched: in a problem that counts no changes, its own cost."""
    assert plan.objective is not None
    cost = {kind: rupiah for kind, rupiah in plan.cost.items() if kind != MOVED}
    objective = plan.objective - plan.cost.get(MOVED, 0.0)
    return replace(plan, cost=cost, objective=objective, bound=0.0, gap=relative_gap(objective, 0.0), status="feasible")
