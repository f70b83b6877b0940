"""The whole program searched: by the solver alone, then with cuts, a kernel of lots, better set-ups, and again.

In: a Formulation and the best plan so far. Out: why the search ended, "infeasible" where there is no plan; plans and
bounds go to the Incumbent. Where two processors may be used the solver alone searches all the while (beside.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.planning.beside import Beside
from wadah.planning.bound import dual_bound, relaxation, search_bound
from wadah.planning.cuts import tighten
from wadah.planning.cuts.setups import improve_setups
from wadah.planning.extract import start_values
from wadah.planning.kernel import search_kernel
from wadah.planning.polish import Candidates, accept
from wadah.planning.prices import hours_priced, prices
from wadah.planning.solver import Ears, lease

if TYPE_CHECKING:
    from collections.abc import Callable

    from wadah.planning.formulation import Formulation, Model
    from wadah.planning.incumbent import Incumbent
    from wadah.planning.solver import Session
    from wadah.planning.stop import Clock

FIRST_LOOK = 0.6  # of the seconds left, for the solver alone where nothing runs beside it
BRIEF = 1.0  # seconds for the solver alone before anything else begins beside it
KERNEL_SHARE = 0.3  # of the seconds left
SETUPS_SHARE = 0.4  # of the seconds left, for better set-ups where cuts prove more than the solver alone did
SETUPS_BRIEF = 0.1  # and where they don't
UNSETTLED = ("", "limit")


def alone(form: Formulation, best: Incumbent, clock: Clock, seed: int, *, plain: bool) -> str:
    """One search after another; plain: whether the solver alone comes first."""
    with lease(clock) as session:
        stopped = ""
        if plain and not clock.over:
            best.enter("search")
            stopped = search(form, form.model, session, best, clock, seed, clock.left * FIRST_LOOK)
        if stopped in UNSETTLED and not best.optimal and not clock.over:
            stopped = deepen(form, session, best, clock, seed)
    return stopped


def in_two(form: Formulation, best: Incumbent, clock: Clock, seed: int, first: Callable[[Clock], None] | None) -> str:
    """The solver alone in another process, and the rest beside it; first: what comes before the cuts."""
    with Beside(form, best, clock, seed) as side:
        best.enter("search")
        if first is None:
            side.wait(BRIEF)
        else:
            first(side.clock)
        stopped = ""
        if not side.clock.over:
            with lease() as session:
                stopped = deepen(form, session, best, side.clock, seed)
        if stopped in UNSETTLED or (stopped == "optimal" and not best.optimal):
            best.enter("search")
            side.wait(clock.left)
        with lease() as session:
            status = side.finish(session)
    if status not in ("optimal", "infeasible") and "lost" in (status, stopped):
        return "lost"  # whatever was found beside it, that it ended so is worth saying
    return status if status in ("optimal", "infeasible") or stopped in UNSETTLED else stopped


def deepen(form: Formulation, session: Session, best: Incumbent, clock: Clock, seed: int) -> str:
    """Cuts, a kernel, better set-ups, and the search again: with the cuts where they prove more than was proved before.

    Returns the last search's status.
    """
    before = best.bound
    best.enter("bound")
    tight = tighten(form, session, clock)
    best.raise_bound(tight.bound)
    ahead = tight.bound > before
    best.enter("improve")
    search_kernel(form, tight, session, best, clock, clock.left * KERNEL_SHARE)
    share = SETUPS_SHARE if ahead else SETUPS_BRIEF
    improve_setups(form, tight.model, session, best, clock, clock.left * share)
    if clock.over or best.optimal:
        return ""
    best.enter("search")
    model = tight.model if ahead else form.model
    return search(form, model, session, best, clock, seed, clock.left, warm=True)


def relax(form: Formulation, session: Session, best: Incumbent, clock: Clock) -> None:
    """The linear relaxation: a bound and prices."""
    best.enter("bound")
    if clock.over:
        return
    slim = relaxation(form)
    answer = session.relax(slim.model, clock.left, clock.should_stop)
    if answer.row_dual is not None:
        best.raise_bound(dual_bound(slim.model, answer.row_dual))
        duals = hours_priced(form, slim, answer.row_dual)
        best.raise_bound(dual_bound(slim.model, duals))
        best.prices = prices(form, slim.full_duals(duals, form.model.shape[0]))


def search(
    form: Formulation,
    model: Model,
    session: Session,
    best: Incumbent,
    clock: Clock,
    seed: int,
    seconds: float,
    warm: bool = False,
) -> str:
    """Search the program, from the best plan where `warm`. Returns why it ended."""
    warm = warm and best.plan is not None
    until = clock.seconds + seconds
    status = search_once(form, model, session, best, clock, seed, seconds, warm)
    if status == "optimal" and warm and not best.optimal:
        # HiGHS 1.16 may improve a given start in presolve, and then hand back the start as it was given
        status = search_once(form, model, session, best, clock, seed, until - clock.seconds, False)
    return status


def search_once(
    form: Formulation,
    model: Model,
    session: Session,
    best: Incumbent,
    clock: Clock,
    seed: int,
    seconds: float,
    warm: bool,
) -> str:
    """Run the search, taking its plans and bounds as they come. Returns the solver's status."""
    found = Candidates(form, best, clock)
    answer = session.search(
        model,
        min(seconds, clock.left),
        Ears(clock.should_stop, found.hear, lambda bound: best.raise_bound(search_bound(bound))),
        start=start_values(form, best.plan) if warm and best.plan is not None else None,
        seed=seed,
    )
    x = answer.x if answer.x is not None else found.last
    if x is not None:
        accept(form, session, best, clock, x)
    if answer.status in ("optimal", "limit", "asked"):
        best.raise_bound(search_bound(answer.bound))
    return answer.status
