"""The package in a plan too large to be planned again whole: candidates by price, each planned again near itself.

In: a problem, candidates, a plan that obeys it, the limits. Out: a Package. The parts that a candidate helps to make
may be made by all who can, what goes into them or is made of them where it is made now; all else stays as it is
(why/cutting.py).
Each is planned again alone, those that promise most for their cost first; then they are taken one after another, by
what each saves alone for its cost, or by what it saves, as long as they fit and save. What planning the same lots again
saves without a candidate is never credited to it: `before` is the plan in hand less that.

Greedy: another package may save more. What none can save is proven by the first-order bound with every candidate, where
all of them only add.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from wadah.planning.arrays import arrays
from wadah.planning.flat import flat
from wadah.planning.gradient import certificate, relax
from wadah.planning.growth import kin
from wadah.planning.invest.candidate import only_adds, with_candidates
from wadah.planning.invest.found import SAME, Package, Worth
from wadah.planning.invest.promise import promised
from wadah.planning.limits import limits
from wadah.planning.plan import late_orders, priced, row_violations, used_hours
from wadah.planning.promise.book import Book
from wadah.planning.promise.merge import merged
from wadah.planning.solver import lease
from wadah.planning.why.cutting import Near, compared, counting

if TYPE_CHECKING:
    from wadah.planning.invest.candidate import Candidate
    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem
    from wadah.planning.solver import Session
    from wadah.planning.stop import Clock
    from wadah.planning.why.cutting import Spot

BOUND_SHARE = 0.2  # of the time, for the bound
WORK = 0.3  # counted seconds (stop.py) of one search
MOST_PARTS = 2  # that may be made by all who can, near one candidate
HOURS = 1e-9  # of overtime; less is the arithmetic's
LEAST_GAIN = 1_000.0  # rupiah, at which a search is left alone


def package_near(
    problem: Problem, candidates: tuple[Candidate, ...], base: Plan, budget: float, space: float, clock: Clock
) -> Package:
    """The package taken greedily; `base` is priced and obeys the problem."""
    least = bound_with(problem, candidates, base, clock)
    price = [promised(problem, base, one) for one in candidates]
    ranked = sorted(range(len(candidates)), key=lambda i: (-price[i] / max(candidates[i].cost, 1.0), i))
    work = counting(clock)
    with lease(work) as session:
        near = Nearby(session, work)
        first: dict[int, Better] = {}
        for i in ranked:
            if candidates[i].cost <= budget and candidates[i].space <= space:
                found = near.better(problem, with_candidates(problem, (candidates[i],)), candidates[i], base)
                first |= {} if found is None else {i: found}
        useful = [i for i in first if first[i].saved > 0]
        for_cost = sorted(useful, key=lambda i: (-first[i].saved / max(candidates[i].cost, 1.0), i))
        most = sorted(useful, key=lambda i: (-first[i].saved, i))
        orders = (for_cost, most) if most[:1] != for_cost[:1] else (for_cost,)
        packages = [taken(problem, candidates, base, order, first, (budget, space), near) for order in orders]
        chosen, plan, idle = max(packages, key=lambda row: objective(base) - row[2] - objective(row[1]))
    before = objective(base) - idle
    picked = [candidates[i] for i in sorted(chosen)]
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
        plans=near.count,
        plan=plan,
    )


def worth_of(one: Candidate, price: float, found: Better | None) -> Worth:
    return Worth(one.id, price, None) if found is None else Worth(one.id, price, found.saved, settled=found.settled)


def objective(plan: Plan) -> float:
    assert plan.objective is not None
    return plan.objective


def taken(
    problem: Problem,
    candidates: tuple[Candidate, ...],
    base: Plan,
    order: list[int],
    first: dict[int, Better],
    limits_: tuple[float, float],
    near: Nearby,
) -> tuple[set[int], Plan, float]:
    """One candidate after another, in this order, where it fits and still saves; first: what each saves alone.

    Returns them, the plan with them, and rupiah that planning the same lots again saves without any.
    """
    chosen: set[int] = set()
    plan, idle, least = base, 0.0, min(SAME * max(1.0, objective(base)), LEAST_GAIN)
    for i in order:
        wanted = [candidates[j] for j in sorted(chosen | {i})]
        if sum(one.cost for one in wanted) > limits_[0] or sum(one.space for one in wanted) > limits_[1]:
            continue
        before = with_candidates(problem, (candidates[j] for j in sorted(chosen)))
        found = near.better(before, with_candidates(problem, wanted), candidates[i], plan) if chosen else first[i]
        if found is not None and found.saved > least:
            chosen.add(i)
            plan, idle = found.plan, idle + found.idle
    return chosen, plan, idle


class Better(NamedTuple):
    """A plan no dearer; saved: rupiah that the candidate saves; idle: that the same search saves without it; settled:
    whether it saves something, or is proven not to near itself."""

    plan: Plan
    saved: float
    idle: float
    settled: bool


class Nearby:
    """Plans again near one candidate after another."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self.session, self.clock = session, clock
        self.count = 0

    def better(self, before: Problem, after: Problem, candidate: Candidate, plan: Plan) -> Better | None:
        """A plan of `after`, near the candidate; None where there was no time. `plan` obeys `before`, and ought to obey
        `after`."""
        held = objective(plan)
        plan = with_overtime(after, plan)
        if self.clock.over or row_violations(after, plan):
            return None
        self.count += 1
        spots: list[Spot | None] = []
        for problem in (before, after):
            book = Book(problem, with_overtime(problem, plan))
            parts = helped(after, candidate, plan)
            others = {name for part in parts for name in kin(book, part)} - parts
            near = Near(book, parts, others, None, self.session, self.clock, held=False, shrink=False)
            spots.append(near.spot(problem))
        same, grown = spots
        if same is None or grown is None:
            return None
        base, found, least = compared(same, grown, WORK, LEAST_GAIN)
        if self.clock.over:
            return None
        idle = max(0.0, same.before - same.cost(base))
        whole = priced(after, merged(grown.cutout, found))
        saved = held - idle - objective(whole)
        if saved <= 0 or row_violations(after, whole):
            most = same.cost(base) - min(least, grown.cost(found))
            return Better(plan, 0.0, 0.0, most <= LEAST_GAIN)
        return Better(whole, saved, idle, True)


def with_overtime(problem: Problem, plan: Plan) -> Plan:
    """The same lots with the overtime that they take in a problem of other hours or rates."""
    used = used_hours(problem, plan)
    over = ((name, t, hours - problem.workshop[name].hours[t]) for (name, t), hours in used.items())
    return replace(plan, overtime=tuple(row for row in over if row[2] > HOURS))


def helped(problem: Problem, candidate: Candidate, plan: Plan) -> set[str]:
    """Parts that the candidate helps to make; of those at a workshop with more hours, what it makes most of."""
    found = {row.part for row in candidate.capabilities} | {row.part for row in candidate.rates}
    longer = {row.workshop for row in candidate.hours}
    hours = {row.part: 0.0 for row in problem.capabilities if row.workshop in longer}
    for part, workshop, _, pieces in plan.make:
        if workshop in longer:
            hours[part] += problem.capability[part, workshop].hours_per_unit * pieces
    return found | set(sorted(hours, key=lambda part: (-hours[part], part))[:MOST_PARTS])


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
