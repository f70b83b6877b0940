"""The algorithm on one screen: a first plan, a bound, a search, better plans, and the best of them refereed.

In: a Problem and a time limit in seconds of wall time. Out: a Plan that the referee has accepted, with a bound proven
by this very run, or the proof that there is none (docs/model.md §12). Every stage takes what the ones before it found,
and whatever ends the run early, the best plan so far comes back with the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning import city_search
from wadah.planning.arrays import arrays
from wadah.planning.bound import dual_bound, relaxation, search_bound, trivial_bound
from wadah.planning.construct import first_state
from wadah.planning.extract import start_values
from wadah.planning.flat import flat
from wadah.planning.formulation import formulate
from wadah.planning.incumbent import Incumbent
from wadah.planning.infeasible import culprits, impossible_promises, infeasible
from wadah.planning.limits import limits
from wadah.planning.plan import Plan
from wadah.planning.polish import Candidates, accept
from wadah.planning.prices import hours_priced, prices
from wadah.planning.solver import LOST, Ears, lease
from wadah.planning.stop import Clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from wadah.planning.flat import Flat
    from wadah.planning.formulation import Formulation
    from wadah.planning.formulation.model import Floats
    from wadah.planning.problem import Problem
    from wadah.planning.result import Progress
    from wadah.planning.solver import Session

AT_ONCE = 3_000  # columns up to which the search alone is the fastest way to a good plan
ONE_SEARCH = 40_000  # columns up to which the whole program is searched at once
COLD = 2_000  # columns up to which a start isn't worth telling the search
SIMPLEX = 30_000  # columns up to which the simplex method solves the relaxation sooner than the interior point method
RELAX_SHARE = 0.5  # of the time, at most, for the relaxation
NO_PLAN = "infeasible"


def solve(
    problem: Problem,
    *,
    time_limit: float = 60.0,
    seed: int = 0,
    threads: int = 1,
    progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Plan:
    """Plan as well as the time allows, and prove how well that is.

    Parameters
    ----------
    time_limit: seconds of wall time for the whole call, > 0; a call may take GRACE (solver.py) longer.
    seed: the same problem, seed and thread count take the same course where time doesn't cut it short.
    threads: for the solver, ≥ 1.
    progress: told each stage, better plan and better bound. should_stop: asked some 20 times a second.

    Returns
    -------
    A plan of status optimal, feasible, infeasible or none; `stopped` says why the run ended.
    """
    clock = Clock(time_limit, should_stop)
    best = Incumbent(problem, clock, progress)
    if reason := impossible_promises(problem):
        return infeasible(problem, reason, clock.seconds)
    data = arrays(problem)
    shape = flat(data, limits(data).largest)
    best.enter("first plan")
    state = first_state(data, shape, lambda: clock.over)
    if state is not None:
        best.offer_state(data, shape, state)
    best.raise_bound(trivial_bound(data))
    columns = columns_of(shape)
    if columns > AT_ONCE:
        city_search.run(data, shape, best, clock, threads, seed, whole=columns <= ONE_SEARCH)
    stopped = exact(problem, best, clock, threads, seed) if columns <= ONE_SEARCH else ""
    best.enter("done")
    if isinstance(stopped, Plan):
        return stopped
    return best.result(why(best, clock, stopped))


def columns_of(shape: Flat) -> int:
    """About how many columns the whole program has."""
    lots = int((shape.largest > 0).sum())
    return 2 * lots + shape.largest.shape[1] * (len(shape.integer) + len(shape.quantity))


def exact(problem: Problem, best: Incumbent, clock: Clock, threads: int, seed: int) -> str | Plan:
    """One search over the whole program: the proof, or the best it finds. Returns why it ended, or "infeasible"."""
    form = formulate(problem)
    with lease() as session:
        relax(form, session, best, clock, threads)
        stopped = search(form, session, best, clock, threads, seed)
        if stopped == NO_PLAN:
            best.enter("done")
            return infeasible(problem, culprits(form, session, clock), clock.seconds)
    return stopped


def relax(form: Formulation, session: Session, best: Incumbent, clock: Clock, threads: int) -> Floats | None:
    """The linear relaxation: a bound and prices. Returns its values by column, or None where it wasn't solved."""
    best.enter("bound")
    if clock.over:
        return None
    slim = relaxation(form)
    columns = slim.model.shape[1]
    seconds = clock.left * (RELAX_SHARE if columns > SIMPLEX else 1.0)
    answer = session.relax(slim.model, seconds, clock.should_stop, interior=columns > SIMPLEX, threads=threads)
    if answer.row_dual is not None:
        best.raise_bound(dual_bound(slim.model, answer.row_dual))
        duals = hours_priced(form, slim, answer.row_dual)
        best.raise_bound(dual_bound(slim.model, duals))
        best.prices = prices(form, slim.full_duals(duals, form.model.shape[0]))
    return None if answer.x is None else np.asarray(slim.lift @ answer.x)


def search(form: Formulation, session: Session, best: Incumbent, clock: Clock, threads: int, seed: int) -> str:
    """One search over the whole program, where it isn't too large. Returns why it ended; "" where it didn't run."""
    columns = form.model.shape[1]
    if columns > ONE_SEARCH or clock.over:
        return ""
    best.enter("search")
    warm = best.plan is not None and columns > COLD
    status = search_once(form, session, best, clock, threads, seed, warm)
    if status == "optimal" and warm and not best.optimal:
        # HiGHS 1.16 may improve a given start in presolve, and then hand back the start as it was given
        status = search_once(form, session, best, clock, threads, seed, False)
    if status == "infeasible" and best.plan is None:
        return NO_PLAN
    return LOST if status == "lost" else status


def search_once(
    form: Formulation, session: Session, best: Incumbent, clock: Clock, threads: int, seed: int, warm: bool
) -> str:
    """Run the search, taking its plans and bounds as they come. Returns the solver's status."""
    found = Candidates(form, best, clock)
    answer = session.search(
        form.model,
        clock.left,
        Ears(clock.should_stop, found.hear, lambda bound: best.raise_bound(search_bound(bound))),
        start=start_values(form, best.plan) if warm and best.plan is not None else None,
        threads=threads,
        seed=seed,
    )
    x = answer.x if answer.x is not None else found.last
    if x is not None:
        accept(form, session, best, clock, x)
    if answer.status in ("optimal", "limit", "asked"):
        best.raise_bound(search_bound(answer.bound))
    return answer.status


def why(best: Incumbent, clock: Clock, stopped: str) -> str:
    """Why the run ended, in words."""
    if best.optimal:
        return "optimal"
    if stopped in (LOST, "failed"):
        return LOST
    return clock.reason if clock.over or stopped in ("limit", "asked") else "nothing better found"
