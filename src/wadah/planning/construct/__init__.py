"""The first plan: orders by what their shortness costs, exploded down the bill of materials, lot by lot.

`first_state` is fast, since its loops are compiled, and always gives a plan that obeys every rule wherever its greedy
way finds one; doing nothing but what is committed is the last resort. It proves nothing: its bound is 0. See trial.py
for how a single order is tried, serve.py for deadlines, sources.py for sourcing rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.arrays import arrays
from wadah.planning.construct.commit import commit
from wadah.planning.construct.floor import new_floor
from wadah.planning.construct.pool import pool
from wadah.planning.construct.ranking import blame, rankings
from wadah.planning.construct.scarce import hour_prices
from wadah.planning.construct.scrap import add_scrap
from wadah.planning.construct.serve import serve_all
from wadah.planning.flat import flat
from wadah.planning.infeasible import impossible_promises
from wadah.planning.plan import priced, row_violations
from wadah.planning.state import State, cost, plan_of, sound

if TYPE_CHECKING:
    from collections.abc import Callable

    from wadah.planning.arrays import Arrays
    from wadah.planning.construct.pool import Ints, Pool
    from wadah.planning.flat import Flat
    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem

MOST_REPAIRS = 6
SMALL = 200_000  # orders × parts up to which every ranking is tried, with and without prices, and the cheapest kept
AT_ONCE = 64  # orders served between two looks at the clock


def construct(problem: Problem, should_stop: Callable[[], bool] | None = None) -> Plan | None:
    """A first plan that obeys every rule.

    Parameters
    ----------
    should_stop: asked now and then; once it says so, orders not yet served are left short.

    Returns
    -------
    The cheapest plan found, status "feasible", bound 0; None where null costs or committed rows leave this greedy way
    without one (which proves nothing).
    """
    data = arrays(problem)
    state = first_state(data, flat(data, data.limit), should_stop)
    return None if state is None else priced(problem, plan_of(data, state, "first plan"))


def first_state(data: Arrays, flat: Flat, should_stop: Callable[[], bool] | None = None) -> State | None:
    """The same as arrays: the cheapest of the ways tried, or None. `flat.largest` isn't used."""
    stop = should_stop or (lambda: False)
    if impossible_promises(data.problem):
        return None
    best, least = None, np.inf
    for ranked, laid_out in ways(data, flat):
        if best is not None and stop():
            break
        state = obedient(data, flat, laid_out, ranked, stop)
        if state is not None and cost(flat, state) < least:
            best, least = state, cost(flat, state)
    if best is None:
        best = obedient(data, flat, pool(flat, hour_prices(flat)), np.zeros(0, dtype=np.int64), stop)
    return best


def ways(data: Arrays, flat: Flat) -> list[tuple[Ints, Pool]]:
    """Rankings of the orders, with hours priced by how scarce they are and not; one way where the problem is large."""
    scarce = hour_prices(flat)
    pools = [pool(flat, scarce), pool(flat, scarce * 0.0)]
    found = [(ranked, laid_out) for ranked in rankings(data, flat) for laid_out in pools]
    return found[:1] if len(flat.order_part) * len(flat.integer) > SMALL else found


def obedient(data: Arrays, flat: Flat, laid_out: Pool, ranked: Ints, stop: Callable[[], bool]) -> State | None:
    """Build, check, leave out what breaks a rule, build again; None if nothing is left that obeys."""
    for _ in range(MOST_REPAIRS):
        state = build(flat, laid_out, ranked, stop)
        if state is None or sound(flat, state):
            return state
        culprits = blame(data, flat, row_violations(data.problem, plan_of(data, state)))
        if not culprits[ranked].any():
            return None
        ranked = ranked[~culprits[ranked]]
    return None


def build(flat: Flat, laid_out: Pool, ranked: Ints, stop: Callable[[], bool]) -> State | None:
    """One pass over the orders; None if what is committed can't be kept."""
    floor = new_floor(flat, laid_out)
    if not commit(laid_out, floor, flat.promised):
        return None
    for begin in range(0, len(ranked), AT_ONCE):
        if begin > 0 and stop():
            break
        serve_all(laid_out, floor, ranked[begin : begin + AT_ONCE])
    state = State(floor.lots, floor.delivered, np.zeros((len(flat.integer), flat.hours.shape[1])), floor.assigned)
    add_scrap(flat, state)
    return state
