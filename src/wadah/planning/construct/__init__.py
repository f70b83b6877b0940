"""The first plan: orders by what their shortness costs, exploded down the bill of materials, lot by lot.

`construct` is fast and always gives a plan that the referee accepts wherever its greedy way finds one; doing nothing
but what is committed is the last resort. It proves nothing: its bound is 0. See trial.py for how a single order is
tried, serve.py for deadlines, sources.py for sourcing rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.planning.construct.commit import commit
from wadah.planning.construct.floor import Floor
from wadah.planning.construct.pool import pool
from wadah.planning.construct.ranking import blame, rankings
from wadah.planning.construct.rows import plan_rows
from wadah.planning.construct.scarce import hour_prices
from wadah.planning.construct.serve import Counter
from wadah.planning.plan import priced, violations

if TYPE_CHECKING:
    from wadah.planning.construct.pool import Floats, Pool
    from wadah.planning.plan import Plan
    from wadah.planning.problem import Order, Problem

MOST_REPAIRS = 6
SMALL = 10_000  # orders × parts up to which every ranking is tried, with and without prices, and the cheapest plan kept


def construct(problem: Problem) -> Plan | None:
    """A first plan that obeys every rule.

    Returns
    -------
    The cheapest plan found, status "feasible", bound 0; None where null costs or committed rows leave this greedy way
    without one (which proves nothing).
    """
    laid_out = pool(problem)
    scarce = hour_prices(laid_out)
    ways = [(ranked, prices) for ranked in rankings(laid_out) for prices in (scarce, scarce * 0.0)]
    if len(problem.orders) * len(problem.parts) > SMALL:
        ways = ways[:1]
    plans = [plan for ranked, prices in ways if (plan := obedient(laid_out, ranked, prices)) is not None]
    if not plans:
        nothing = obedient(laid_out, [], scarce)
        plans = [nothing] if nothing is not None else []
    return min(plans, key=objective, default=None)


def objective(plan: Plan) -> float:
    return plan.objective if plan.objective is not None else float("inf")


def obedient(laid_out: Pool, ranked: list[Order], prices: Floats) -> Plan | None:
    """Build, ask the referee, leave out what breaks a rule, build again; None if nothing is left that obeys."""
    banned: set[str] = set()
    for _ in range(MOST_REPAIRS):
        plan = build(laid_out, [order for order in ranked if order.id not in banned], prices)
        if plan is None:
            return None
        broken = violations(laid_out.problem, plan)
        if not broken:
            return plan
        culprits = blame(laid_out, ranked, broken) - banned
        if not culprits:
            return None
        banned |= culprits
    return None


def build(laid_out: Pool, ranked: list[Order], prices: Floats) -> Plan | None:
    """One pass over the orders; None if what is committed can't be kept."""
    floor = Floor(laid_out, prices)
    if not commit(floor):
        return None
    counter = Counter(floor)
    for order in ranked:
        counter.serve(order)
        floor.settle()
    return priced(laid_out.problem, plan_rows(floor, counter))
