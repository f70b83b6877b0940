"""The algorithm on one screen: a first plan, a bound, a search, better plans, and the best of them refereed.

In: a Problem and a limit, in seconds of wall time or in counted work. Out: a Plan that the referee has accepted, with
a bound proven by this very run, or the proof that there is none (docs/model.md §12). Every stage takes what the ones
before it found, and whatever ends the run early, the best plan so far comes back with the reason.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wadah.planning import city_search
from wadah.planning.arrays import arrays
from wadah.planning.assignment import improve, plan_of, recognise
from wadah.planning.bound import trivial_bound
from wadah.planning.construct import first_state
from wadah.planning.flat import flat
from wadah.planning.formulation import formulate
from wadah.planning.incumbent import Incumbent
from wadah.planning.infeasible import culprits, impossible_promises, infeasible
from wadah.planning.limits import limits
from wadah.planning.search import alone, in_two, relax
from wadah.planning.solver import LOST, lease, prepare
from wadah.planning.stop import BRIEF, Clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from wadah.planning.arrays import Arrays
    from wadah.planning.assignment import Jobs
    from wadah.planning.flat import Flat
    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem
    from wadah.planning.result import Progress

    Opening = Callable[[Clock], None]  # what a run begins with: plans and bounds, until the clock is over

AT_ONCE = 3_000  # columns up to which the search alone is the fastest way to a good plan
ONE_SEARCH = 40_000  # columns up to which the whole program is searched at once


def solve(
    problem: Problem,
    *,
    time_limit: float = 60.0,
    effort: int | None = None,
    seed: int = 0,
    threads: int = 1,
    progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Plan:
    """Plan as well as the time allows, and prove how well that is.

    Parameters
    ----------
    time_limit: seconds of wall time for the whole call, > 0; a call may take GRACE (solver.py) longer.
    effort: in its place, counted work that takes about so many seconds, ≥ 1: the same problem, effort and seed give the
    same plan on any machine with the same libraries, whatever `threads` is; its `seconds` are 0.
    threads: ≥ 1; with 2 or more, the solver searches alone beside everything else.
    progress: told each stage, better plan and better bound. should_stop: asked some 20 times a second.

    Returns
    -------
    A plan of status optimal, feasible, infeasible or none; `stopped` says why the run ended.
    """
    counted = effort is not None
    clock = Clock(time_limit if effort is None else float(effort), should_stop, counted=counted)
    plan = planned(problem, Incumbent(problem, clock, progress), clock, threads, seed)
    return replace(plan, seconds=0.0) if counted else plan


def planned(problem: Problem, best: Incumbent, clock: Clock, threads: int, seed: int) -> Plan:
    """The stages, one after another."""
    if reason := impossible_promises(problem):
        return infeasible(problem, reason, clock.seconds)
    prepare()
    data = arrays(problem)
    shape = flat(data, limits(data).largest)
    clock.size(shape.largest.size, BRIEF)
    best.enter("first plan")
    state = first_state(data, shape, lambda: clock.over)
    if state is not None:
        best.offer_state(data, shape, state)
    clock.size(shape.largest.size)
    best.raise_bound(trivial_bound(data))
    first = opening(data, shape, best, threads, seed)
    if columns_of(shape) <= ONE_SEARCH:
        stopped = whole(problem, best, clock, threads, seed, first)
    else:
        stopped = "limit"
        (first or guided(data, shape, best, threads, seed, whole=False))(clock)
    best.enter("done")
    if isinstance(stopped, str):
        return best.result(why(best, clock, stopped))
    return stopped


def columns_of(shape: Flat) -> int:
    """About how many columns the whole program has, and no fewer."""
    lots = int((shape.largest > 0).sum())
    return int(2 * lots + shape.largest.shape[1] * (len(shape.integer) + len(shape.quantity)))


def opening(data: Arrays, shape: Flat, best: Incumbent, threads: int, seed: int) -> Opening | None:
    """The search that suits the problem's kind and size; None where the solver does best from the start."""
    jobs = recognise(data)
    if jobs is not None:
        return assigned(jobs, best, seed)
    if columns_of(shape) > AT_ONCE and guidable(data.problem):
        return guided(data, shape, best, threads, seed, whole=columns_of(shape) <= ONE_SEARCH)
    return None


def assigned(jobs: Jobs, best: Incumbent, seed: int) -> Opening:
    """Jobs done whole in one period (assignment/)."""

    def run(clock: Clock) -> None:
        best.enter("improve")
        with lease(clock) as session:
            improve(
                jobs,
                session,
                clock,
                lambda choice: taken(best, plan_of(jobs, choice)),
                best.raise_bound,
                seed=seed,
            )

    return run


def taken(best: Incumbent, plan: Plan) -> None:
    best.offer(plan)


def guided(data: Arrays, shape: Flat, best: Incumbent, threads: int, seed: int, *, whole: bool) -> Opening:
    """The first-order bound and plans guided by it (city_search.py), on the processors that the solver leaves."""
    free = threads - 1 if whole and threads > 1 else threads
    return lambda clock: city_search.run(data, shape, best, clock, free, seed, whole=whole)


def whole(
    problem: Problem, best: Incumbent, clock: Clock, threads: int, seed: int, first: Opening | None
) -> str | Plan:
    """The whole program: the proof, or the best that is found. Returns why it ended, or that there is no plan."""
    form = formulate(problem)
    if form.model.shape[1] <= AT_ONCE or first is None:
        with lease(clock) as session:
            relax(form, session, best, clock)
    if threads > 1 and not clock.counted:
        stopped = in_two(form, best, clock, seed, first)
    else:
        if first is not None:
            first(clock)
        stopped = alone(form, best, clock, seed, plain=first is None or best.plan is None)
    if stopped == "infeasible" and best.plan is None:
        with lease(clock) as session:
            return infeasible(problem, culprits(form, session, clock), clock.seconds)
    return stopped


def guidable(problem: Problem) -> bool:
    """Whether the first-order search can move anything: some order may be short and has no single source."""
    return any(order.short_cost is not None and not order.single_source for order in problem.orders)


def why(best: Incumbent, clock: Clock, stopped: str) -> str:
    """Why the run ended, in words."""
    if best.optimal:
        return "optimal"
    if stopped in ("lost", "failed"):
        return LOST
    return clock.reason if clock.over or stopped in ("limit", "asked") else "nothing better found"
