"""A plan edited by hand: the plan around the edits, with the rest changing as little as possible, or what forbids it.

In: a problem, its plan, and edits, each one or more changes of planning.repair. Out: the problem with the edits in it
and a plan for it that the referee accepts, priced as the plan in hand is, with a proven bound; or, where no plan obeys
all edits, those that can't hold together.

While searching, a piece that moves costs something (moving_cost), on top of what the problem itself counts, so that
lots stay where they are unless moving them saves more. In a problem that is small in all, a second search without that
cost proves the bound, and says what the cheapest plan with the edits would cost, however much it moves. In a larger one
the bound is what the plan in hand still proves (repair.carried).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wadah.planning.plan import Plan, row_violations
from wadah.planning.repair import SMALL_CELLS, Past, replan, result
from wadah.planning.repair.carried import carried_bound
from wadah.planning.repair.changes import altered, changed
from wadah.planning.solve import solve
from wadah.planning.stop import Clock
from wadah.planning.why.again import plan_again

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wadah.planning.problem import Problem
    from wadah.planning.repair import Change
    from wadah.planning.result import Progress

    Edit = Sequence[Change]
    Stop = Callable[[], bool]

MOVING_SHARE = 0.01  # of what making a piece costs on average, for each piece that moves
PROVE_SECONDS = 1.5  # for the bound of a small problem
TRIAL_SECONDS = 3.0  # for one set of edits, when looking for those at fault
SAVING = 1e-4  # relative; a plan that is cheaper by less is not worth a word


@dataclass(frozen=True)
class Edited:
    """problem: with the edits; plan: status "infeasible" or "none" where there is none, its `stopped` says why.

    moving: rupiah a piece that a move had to save; cheapest: rupiah of the cheapest plan known with these edits;
    carried: the bound is that of the plan in hand; blame: places of edits of which each one is needed to make a plan
    impossible, empty where there is a plan.
    """

    problem: Problem
    plan: Plan
    moving: float
    cheapest: float | None = None
    carried: bool = False
    blame: tuple[int, ...] = ()


def edited(
    problem: Problem,
    plan: Plan,
    edits: Sequence[Edit],
    *,
    first: int = 0,
    time_limit: float = 2.0,
    should_stop: Stop | None = None,
) -> Edited:
    """Plan around the edits; plan: obeys every rule of `problem`; first: the first period that isn't over, ≥ 0.

    time_limit: seconds of wall time for the plan, > 0; proving its bound, and finding what forbids it, take their own.
    Raises ProblemError where an edit names what isn't there, PromiseError where a committed row would be lost.
    """
    clock = Clock(time_limit + PROVE_SECONDS, should_stop)
    now, moving = edited_problem(problem, plan, edits, first=first), moving_cost(problem, plan)
    changes = changes_in(edits, first)
    found = replan(problem, plan, changes, time_limit=time_limit, change_cost=moving, should_stop=should_stop).plan
    if found.objective is None:
        found, blame = at_fault(problem, plan, edits, first, should_stop)
        if found.objective is None:
            return Edited(now, found, moving, blame=blame)
    assert not row_violations(now, found)  # the searches price otherwise, but judge by the same rules
    carried, own, cheapest = carried_bound(problem, now, plan.bound), 0.0, None
    if small(now):
        again = plan_again(now, found, PROVE_SECONDS, should_stop=should_stop)
        own, cheapest = again.bound, again.objective
    told = result(now, found, max(own, carried), clock)
    assert told.objective is not None
    cheapest = told.objective if cheapest is None else min(cheapest, told.objective)
    return Edited(now, told, moving, cheapest, carried=carried > own)


def edited_problem(problem: Problem, plan: Plan, edits: Sequence[Edit], *, first: int = 0) -> Problem:
    """The problem with the edits in it; what a change costs, and from where it is counted, stays as it is."""
    now = changed(problem, plan, changes_in(edits, first))
    return altered(now, previous=problem.previous, change_cost=problem.change_cost)


def changes_in(edits: Sequence[Edit], first: int) -> list[Change]:
    over: list[Change] = [Past(first)] if first > 0 else []
    return over + [change for edit in edits for change in edit]


def moving_cost(problem: Problem, plan: Plan) -> float:
    """Rupiah that moving one piece must save: a share of what making one costs in the plan, on average, at least 1."""
    pieces = sum(x for _, _, _, x in plan.make)
    rupiah = sum(problem.capability[part, at].cost_per_unit * x for part, at, _, x in plan.make)
    return max(1.0, problem.change_cost, MOVING_SHARE * rupiah / pieces if pieces > 0 else 0.0)


def small(problem: Problem) -> bool:
    return len(problem.capabilities) * problem.periods <= SMALL_CELLS


# ---- what forbids it


def at_fault(
    problem: Problem, plan: Plan, edits: Sequence[Edit], first: int, should_stop: Stop | None
) -> tuple[Plan, tuple[int, ...]]:
    """Why there is no plan, and edits of which none can be left out for that; or a plan after all, and nothing.

    One edit after the other is left out, the newest first, and stays out where there is still no plan: what remains is
    at fault together. Where time ran out instead of a proof, an edit is kept, so that more may be named than need be.
    """
    answer = trial(problem, plan, edits, first, should_stop)
    if answer.objective is not None:
        return answer, ()
    kept = list(range(len(edits)))
    for place in reversed(range(len(edits))):
        rest = [edits[at] for at in kept if at != place]
        without = trial(problem, plan, rest, first, should_stop)
        if without.status == "infeasible" or (not small(problem) and without.objective is None):
            kept.remove(place)
            answer = without
    return answer, tuple(kept)


def trial(problem: Problem, plan: Plan, edits: Sequence[Edit], first: int, should_stop: Stop | None) -> Plan:
    """Any plan with these edits; a proof that there is none only in a problem that is small in all."""
    if not small(problem):
        changes = changes_in(edits, first)
        return replan(problem, plan, changes, time_limit=TRIAL_SECONDS, should_stop=should_stop).plan
    ears = FirstPlan(should_stop)
    now = edited_problem(problem, plan, edits, first=first)
    return solve(now, time_limit=TRIAL_SECONDS, progress=ears.hear, should_stop=ears)


class FirstPlan:
    """Ends a search with the first plan that it finds."""

    def __init__(self, should_stop: Stop | None) -> None:
        self.should_stop, self.found = should_stop, False

    def hear(self, progress: Progress) -> None:
        self.found = self.found or progress.best is not None

    def __call__(self) -> bool:
        return self.found or (self.should_stop is not None and self.should_stop())
