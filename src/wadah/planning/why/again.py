"""Planning again with a plan in hand: where that is still possible, never dearer than it.

In: a problem, a plan of the problem before, and a time limit. Out: the cheapest plan found, with a bound. A change that
only allows more leaves the plan in hand possible; one that forbids something may break it, and then it is passed over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.planning.bound import search_bound
from wadah.planning.extract import start_values
from wadah.planning.formulation import formulate
from wadah.planning.incumbent import Incumbent
from wadah.planning.polish import accept
from wadah.planning.solve import solve
from wadah.planning.solver import Ears, lease
from wadah.planning.stop import Clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem

SHARE = 0.5  # of the time for planning afresh, before the plan in hand is bettered
MOST_COLUMNS = 40_000  # a larger program is not searched at once
MOST_CELLS = 1_500  # capabilities × periods that are planned again whole; proven in a second or so


def plan_again(
    problem: Problem, start: Plan, time_limit: float, seed: int = 0, should_stop: Callable[[], bool] | None = None
) -> Plan:
    """First afresh; then, where that isn't proven best, from the cheaper of the two with the solver's search."""
    clock = Clock(time_limit, should_stop)
    best = Incumbent(problem, clock)
    best.offer(start)
    fresh = solve(problem, time_limit=time_limit * SHARE, seed=seed, should_stop=should_stop)
    if fresh.status == "infeasible" and best.plan is None:
        return fresh
    best.raise_bound(fresh.bound)
    best.prices = fresh.prices
    if fresh.objective is not None:
        best.offer(fresh)
    if not best.optimal and not clock.over:
        search_from(problem, best, clock, seed)
    return best.result(fresh.stopped)


def search_from(problem: Problem, best: Incumbent, clock: Clock, seed: int) -> None:
    form = formulate(problem)
    if best.plan is None or form.model.shape[1] > MOST_COLUMNS:
        return
    with lease() as session:
        ears = Ears(clock.should_stop, on_bound=lambda bound: best.raise_bound(search_bound(bound)))
        answer = session.search(form.model, clock.left, ears, start=start_values(form, best.plan), seed=seed)
        if answer.x is not None:
            accept(form, session, best, clock, answer.x)
        if answer.status in ("optimal", "limit", "asked"):
            best.raise_bound(search_bound(answer.bound))
