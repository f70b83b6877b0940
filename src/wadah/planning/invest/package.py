"""The best package of candidates within a budget and a floor: branch and bound, every bound a plan's own.

In: a problem, candidates, a budget in rupiah and a floor in m². Out: a Package. The value of a package is what it
saves: the objective of the best plan without any candidate less that of the best plan with all of the package; its
own cost is the budget's affair and is not taken off. Where a candidate only adds (candidate.only_adds), a package
saves at least as much as any part of it; so planning with everything that is still open bounds what a branch can
reach, and a branch in which all that is open fits the budget is decided by that one plan. Candidates that may do harm
are branched on first, without a bound. Under a fairness floor (floor.py) only packages that stand on it count; a branch
whose everything doesn't is left. Exact where every plan is proven best; else `most` says what can't be beaten: by any
package within budget, space and floor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.planning.invest.candidate import Candidate, only_adds, with_candidates
from wadah.planning.invest.city import package_near
from wadah.planning.invest.floor import Floor, FloorOutOfReach, Limits
from wadah.planning.invest.found import SAME, Package, Worth
from wadah.planning.invest.promise import promised
from wadah.planning.plan import late_orders
from wadah.planning.solve import solve
from wadah.planning.stop import Clock
from wadah.planning.why.again import plan_again

if TYPE_CHECKING:
    from collections.abc import Callable

    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem

    Set = frozenset[int]

NO_FLOOR = Floor()
LARGE = 12_000  # (capability, period) pairs, beyond which nothing is proven by planning everything again
FIRST_SHARE = 0.2  # of the time for the plan without any candidate
EACH_SHARE = 0.05  # of the time for any other plan, at most


def best_package(
    problem: Problem,
    candidates: tuple[Candidate, ...],
    *,
    budget: float,
    space: float = float("inf"),
    floor: Floor = NO_FLOOR,
    time_limit: float = 60.0,
    seed: int = 0,
    should_stop: Callable[[], bool] | None = None,
    plan: Plan | None = None,
) -> Package | None:
    """The package that saves most, without members that save nothing; None where even doing nothing has no plan.

    plan: one in hand that obeys the problem, priced; left out, planning comes first. floor: what a package has to reach
    besides; members that save nothing stay in it where it needs them. A problem beyond LARGE is planned again only near
    each candidate (city.py). Raises FloorOutOfReach where no package within the limits stands on the floor.
    """
    clock, limits = Clock(time_limit, should_stop), Limits(budget, space, floor)
    least = limits.completed(candidates, frozenset())
    if least is None:
        raise FloorOutOfReach
    base = plan
    if base is None:
        base = solve(problem, time_limit=time_limit * FIRST_SHARE, seed=seed, should_stop=clock.should_stop)
    if base.objective is None:
        return None
    if len(problem.capabilities) * problem.periods > LARGE:
        return package_near(problem, candidates, base, limits, clock)
    search = Search(problem, candidates, base, limits, clock, seed)
    search.begin(least)
    price = {i: promised(problem, base, one) for i, one in enumerate(candidates)}
    order = sorted(price, key=lambda i: (only_adds(problem, candidates[i]), -price[i], i))
    worth = tuple(Worth(one.id, price[i], search.alone(i), search.settled(i)) for i, one in enumerate(candidates))
    search.branch(frozenset(), order)
    search.drop_idle()
    chosen, after = sorted(search.best), search.plans[search.best]
    assert after.objective is not None
    picked = [candidates[i] for i in chosen]
    return Package(
        chosen=tuple(one.id for one in picked),
        cost=sum(one.cost for one in picked),
        space=sum(one.space for one in picked),
        before=base.objective,
        after=after.objective,
        most=base.objective - min(search.least, after.objective),
        late=sum(late_orders(problem, base).values()) - sum(late_orders(problem, after).values()),
        short=sum(x for _, x in base.short) - sum(x for _, x in after.short),
        promised=sum(price[i] for i in chosen),
        worth=worth,
        plans=len(search.plans),
        plan=after,
        before_bound=base.bound,
        after_bound=after.bound,
    )


class Search:
    """Sets of candidates by number; plans of each set that was tried; the best set; the least that any set may cost."""

    def __init__(
        self,
        problem: Problem,
        candidates: tuple[Candidate, ...],
        base: Plan,
        limits: Limits,
        clock: Clock,
        seed: int,
    ) -> None:
        self.problem, self.candidates, self.clock, self.seed = problem, candidates, clock, seed
        self.limits = limits
        self.plans: dict[Set, Plan] = {frozenset(): base}
        self.best: Set = frozenset()
        self.least = float("inf")
        self.harmless = {i for i, one in enumerate(candidates) if only_adds(problem, one)}
        self.same = SAME * max(1.0, base.objective or 0.0)

    def begin(self, chosen: Set) -> None:
        """Start from this package, which fits and stands on the floor; it is planned even where the time is over."""
        if chosen not in self.plans:
            limit = max(1.0, self.clock.left * EACH_SHARE)
            self.plans[chosen] = plan_again(self.changed(chosen), self.plans[frozenset()], limit, self.seed)
        self.best = chosen

    def changed(self, chosen: Set) -> Problem:
        return with_candidates(self.problem, (self.candidates[i] for i in sorted(chosen)))

    def fits(self, chosen: Set) -> bool:
        return self.limits.fits(self.candidates[i] for i in chosen)

    def stands(self, chosen: Set) -> bool:
        """Whether it stands on the floor."""
        return self.limits.floor.met(self.candidates[i] for i in chosen)

    def objective(self, chosen: Set) -> float:
        """Of the best plan found with these; infinite where there was none."""
        found = self.plans[chosen].objective
        return float("inf") if found is None else found

    def planned(self, chosen: Set) -> Plan | None:
        """The plan with these, and if they fit perhaps the best; None where the time is over."""
        if chosen not in self.plans:
            if self.clock.over:
                return None
            limit = min(self.clock.left, self.clock.limit * EACH_SHARE)
            start = self.plans[self.best if self.best <= chosen else frozenset()]
            changed = self.changed(chosen)
            self.plans[chosen] = plan_again(changed, start, limit, self.seed, self.clock.should_stop)
        better = self.objective(chosen) < self.objective(self.best) - self.same
        if better and self.fits(chosen) and self.stands(chosen):
            self.best = chosen
        return self.plans[chosen]

    def alone(self, one: int) -> float | None:
        """What planning again with one candidate saves; None where it doesn't fit or there was no time."""
        chosen = frozenset((one,))
        if not self.fits(chosen) or self.planned(chosen) is None:
            return None
        return self.objective(frozenset()) - self.objective(chosen)

    def settled(self, one: int) -> bool:
        """Whether one candidate alone saves something, or is proven not to, or wasn't tried."""
        plan = self.plans.get(frozenset((one,)))
        base = self.objective(frozenset())
        if plan is None or plan.objective is None:
            return True
        return plan.objective < base - self.same or base - plan.bound <= 2 * self.same

    def branch(self, chosen: Set, open_: list[int], bound: float = 0.0) -> None:
        """Every set that holds `chosen` and any of `open_`; none of them costs less than `bound`."""
        open_ = [i for i in open_ if self.fits(chosen | {i})]
        if not self.stands(chosen | frozenset(open_)):
            return
        if open_ and open_[0] not in self.harmless:
            self.branch(chosen | {open_[0]}, open_[1:], 0.0)
            self.branch(chosen, open_[1:], 0.0)
            return
        everything = chosen | frozenset(open_)
        plan = self.planned(everything)
        if plan is None:
            self.least = min(self.least, bound)
            return
        bound = max(bound, plan.bound)
        if self.fits(everything) or bound >= self.objective(self.best) - self.same:
            self.least = min(self.least, bound)
            return
        self.branch(chosen | {open_[0]}, open_[1:], bound)
        self.branch(chosen, open_[1:], bound)

    def drop_idle(self) -> None:
        """Leave out members that save nothing and that the floor doesn't need, dearest first."""
        for one in sorted(self.best, key=lambda i: (-self.candidates[i].cost, i)):
            fewer = self.best - {one}
            if not self.stands(fewer):
                continue
            if self.planned(fewer) is not None and self.objective(fewer) <= self.objective(self.best) + self.same:
                self.best = fewer
