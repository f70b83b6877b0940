"""The package in a plan too large to be planned again whole: several greedy orders, then exchanges, all planned again.

In: a problem, candidates, a plan that obeys it, the limits. Out: a Package. Candidates are taken one after another, as
long as they fit, leave the floor within reach and save, each planned again (near.py), in several orders: by price, in
all or for the cost; each group in turn; the dearest bottleneck first; then by what each saves alone, for its cost or in
all. What the floor still needs is added. The best of these packages is bettered: one member is left out, and others
take its place, as long as there is time (trail.py).

Another package may save more. What none can save is proven by the first-order bound with every candidate, where all of
them only add; the limits and the floor, which that bound doesn't know, only lower what can be saved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.planning.arrays import arrays
from wadah.planning.flat import flat
from wadah.planning.gradient import certificate, relax
from wadah.planning.invest.candidate import only_adds, with_candidates
from wadah.planning.invest.found import Package, Worth
from wadah.planning.invest.near import Nearby, objective
from wadah.planning.invest.orders import orders_by_price, orders_by_saved
from wadah.planning.invest.promise import promised
from wadah.planning.invest.trail import Trail
from wadah.planning.limits import limits
from wadah.planning.plan import late_orders
from wadah.planning.solver import lease
from wadah.planning.why.cutting import counting

if TYPE_CHECKING:
    from wadah.planning.invest.candidate import Candidate
    from wadah.planning.invest.floor import Limits
    from wadah.planning.invest.near import Better
    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem
    from wadah.planning.stop import Clock

BOUND_SHARE = 0.2  # of the time, for the bound


def package_near(
    problem: Problem, candidates: tuple[Candidate, ...], base: Plan, within: Limits, clock: Clock
) -> Package:
    """The best package found; `base` is priced and obeys the problem, and some package stands on the floor."""
    least = bound_with(problem, candidates, base, clock)
    price = [promised(problem, base, one) for one in candidates]
    work = counting(clock)
    with lease(work) as session:
        trail = Trail(problem, candidates, base, within, Nearby(session, work))
        taken = [trail.taken(()), *(trail.taken(order) for order in orders_by_price(candidates, price))]
        first = trail.first(sorted(range(len(candidates)), key=lambda i: (-price[i] / max(candidates[i].cost, 1.0), i)))
        saved = {i: found.saved for i, found in first.items()}
        taken += [trail.taken(order) for order in orders_by_saved(candidates, price, saved)]
        best = trail.bettered(trail.best_of(taken), saved)
    return package_of(problem, candidates, base, (best.chosen, best.plan, best.idle), least, price, first, trail.count)


def package_of(
    problem: Problem,
    candidates: tuple[Candidate, ...],
    base: Plan,
    best: tuple[tuple[int, ...], Plan, float],
    least: float,
    price: list[float],
    first: dict[int, Better],
    plans: int,
) -> Package:
    """best: numbers, the plan with them, and what planning the same lots again saves without any; least: the bound."""
    chosen, plan, idle = best
    picked = [candidates[i] for i in sorted(chosen)]
    before = objective(base) - idle
    return Package(
        chosen=tuple(one.id for one in picked),
        cost=sum(one.cost for one in picked),
        space=sum(one.space for one in picked),
        before=before,
        after=objective(plan),
        most=max(before - least, before - objective(plan)),
        late=sum(late_orders(problem, base).values()) - sum(late_orders(problem, plan).values()),
        short=sum(x for _, x in base.short) - sum(x for _, x in plan.short),
        promised=sum(price[i] for i in chosen),
        worth=tuple(worth_of(one, price[i], first.get(i)) for i, one in enumerate(candidates)),
        plans=plans,
        plan=plan,
        before_bound=base.bound,
        after_bound=least,
    )


def worth_of(one: Candidate, price: float, found: Better | None) -> Worth:
    return Worth(one.id, price, None) if found is None else Worth(one.id, price, found.saved, settled=found.settled)


def bound_with(problem: Problem, candidates: tuple[Candidate, ...], base: Plan, clock: Clock) -> float:
    """What no plan with any of the candidates costs less than, rupiah; 0 where that isn't known."""
    if not candidates:
        return base.bound
    if not all(only_adds(problem, one) for one in candidates):
        return 0.0
    data = arrays(with_candidates(problem, candidates))
    shape = flat(data, limits(data).largest)
    until = clock.seconds + clock.left * BOUND_SHARE
    found = relax(shape, left=lambda: max(0.0, until - clock.seconds))
    return certificate(shape, found.prices, found.targets, found.shares)
