"""The cheapest ways out for an order that is late or short, each one planned again before it is named.

In: a problem, a plan that obeys it, an order with pieces missing in time, and prices for what the problem doesn't
price. Out: WaysOut, cheapest first. Every way makes the order firm (whole and in time, or by a later date agreed on)
and, beyond that, allows one thing: nothing (others wait), extra hours, a new approval, or pieces bought. What can be
tried is in candidates.py. A problem beyond MOST_CELLS is planned again only near the order (near.py).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wadah.planning.explain import missing_in_time
from wadah.planning.plan import cost, row_violations
from wadah.planning.solver import lease
from wadah.planning.stop import Clock
from wadah.planning.why.again import MOST_CELLS, plan_again
from wadah.planning.why.candidates import Prices, candidates, extra_hours
from wadah.planning.why.changes import KINDS, Change, Code, Firm, Kind, MoreHours, NoWay, Way, applied
from wadah.planning.why.cutting import counting
from wadah.planning.why.near import NearTrial, tried_near
from wadah.planning.why.trial import DUST, displaced, firm, own_cost, used

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from wadah.planning.plan import Plan
    from wadah.planning.problem import Order, Problem
    from wadah.planning.why.near import Tried as NearTried

SHARE = 0.1  # of the time for one plan at most
SHORTEST = 0.05  # seconds
DAYS = {"week": 7, "minggu": 7, "day": 1, "hari": 1, "month": 30, "bulan": 30}


@dataclass(frozen=True, slots=True)
class WaysOut:
    """ways: cheapest first. tried: how many were planned. again: rupiah that planning again alone saves (≥ 0).

    whole: whether every plan was of the whole problem; else only what is near the order was planned again.
    plans: a plan of the whole changed problem for each way, in the same order. without: where there are fewer ways than
    asked for, why each kind of change that isn't among them came to nothing.
    """

    order: str
    ways: tuple[Way, ...]
    tried: int
    again: float
    whole: bool
    plans: tuple[Plan, ...] = ()
    without: tuple[NoWay, ...] = ()


def ways_out(
    problem: Problem,
    plan: Plan,
    order_id: str,
    *,
    most: int = 3,
    prices: Prices | None = None,
    time_limit: float = 60.0,
    seed: int = 0,
    should_stop: Callable[[], bool] | None = None,
) -> WaysOut:
    """The `most` cheapest ways out found in `time_limit` seconds; none for an order that is whole and in time."""
    prices = prices or Prices()
    if missing_in_time(problem, plan).get(order_id, 0.0) <= DUST:
        return WaysOut(order_id, (), 0, 0.0, True)
    order, clock = problem.order[order_id], Clock(time_limit, should_stop)
    if len(problem.capabilities) * problem.periods > MOST_CELLS:
        return near_ways(problem, plan, order, most, prices, clock)
    trial = Trial(problem, plan, order, clock, seed)
    tried: dict[tuple[Kind, str], list[Tried]] = defaultdict(list)
    failed: dict[Kind, Code] = {}
    for kind, target, changes in candidates(trial, prices):
        planned = trial.planned(kind, changes)
        if isinstance(planned, str):
            failed[kind] = planned
        else:
            tried[kind, target].append(planned)
    best = [min(map(trial.way, group), key=rank) for group in tried.values()]
    plans = {planned.changes: planned.plan for group in tried.values() for planned in group}
    ways = tuple(sorted(without_delay_for_nothing(best), key=rank)[:most])
    again = max(0.0, trial.given - trial.before)
    failed |= {kind: "dearer" for kind, _ in tried}
    without = no_ways(ways, failed, most, clock)
    return WaysOut(order_id, ways, trial.count, again, True, tuple(plans[way.changes] for way in ways), without)


def rank(way: Way) -> tuple[float, int, str]:
    return way.cost, way.days, way.kind


def without_delay_for_nothing(ways: list[Way]) -> list[Way]:
    """Without a later date where putting the order first costs no more and comes no later."""
    first = next((way for way in ways if way.kind == "first"), None)
    if first is None:
        return ways
    return [way for way in ways if way.kind != "later" or way.cost < first.cost - DUST or way.days < first.days]


def no_ways(ways: tuple[Way, ...], failed: Mapping[Kind, Code], most: int, clock: Clock) -> tuple[NoWay, ...]:
    """Why each kind that isn't among the ways isn't; nothing where there are as many ways as asked for."""
    if len(ways) >= most:
        return ()
    named = {way.kind for way in ways}
    other: Code = "time" if clock.over else "nothing"
    return tuple(NoWay(kind, failed.get(kind, other)) for kind in KINDS if kind not in named)


def near_ways(problem: Problem, plan: Plan, order: Order, most: int, prices: Prices, clock: Clock) -> WaysOut:
    """The ways out of a plan too large to be planned again whole."""
    work = counting(clock)
    with lease(work) as session:
        trial = NearTrial(problem, plan, order, session, work)
        found, failed = tried_near(trial, prices, most)
    by_way = {way: row.plan for way, row in ((near_way(problem, plan, order, row), row) for row in found)}
    ways = tuple(sorted(without_delay_for_nothing(list(by_way)), key=rank)[:most])
    again = max((trial.objective - way.before for way in ways), default=0.0)
    without = no_ways(ways, failed, most, clock)
    return WaysOut(order.id, ways, trial.count, again, False, tuple(by_way[way] for way in ways), without)


def near_way(problem: Problem, plan: Plan, order: Order, tried: NearTried) -> Way:
    price = sum(change.price for change in tried.changes)
    return described(
        order,
        tried.kind,
        tried.changes,
        (plan, tried.plan),
        (tried.before, tried.after),
        (tried.least_after - tried.before + price, tried.after - tried.least_before + price),
        problem,
    )


def described(
    order: Order,
    kind: Kind,
    changes: tuple[Change, ...],
    plans: tuple[Plan, Plan],
    objectives: tuple[float, float],
    proven: tuple[float, float],
    problem: Problem,
) -> Way:
    """The way between two plans, without the changes and with them; proven: the least and the most it costs."""
    (without, plan), (before, after) = plans, objectives
    price = sum(change.price for change in changes)
    bought = sum(getattr(change, "pieces", 0.0) for change in changes)
    delivered = max((t for name, t, pieces in plan.deliver if name == order.id and pieces > DUST), default=0)
    missing = missing_in_time(problem, without)
    return Way(
        kind=kind,
        order=order.id,
        changes=changes,
        before=before,
        after=after,
        price=price,
        saved=own_cost(order, without),
        least=proven[0],
        most=proven[1],
        delivered=delivered,
        days=max(0, delivered - order.due) * DAYS.get(problem.calendar.period, 1),
        displaced=displaced(missing, missing_in_time(problem, plan), order.id),
        worth=(price - (after - before + price)) / bought if bought > 0 else None,
    )


@dataclass(frozen=True, slots=True)
class Tried:
    """Changes that were planned again, and the plan."""

    kind: Kind
    changes: tuple[Change, ...]
    plan: Plan
    objective: float


class Trial:
    """Plans changed problems whole, all against the best plan of the unchanged one that comes by."""

    def __init__(self, problem: Problem, plan: Plan, order: Order, clock: Clock, seed: int) -> None:
        self.problem, self.order, self.clock, self.seed = problem, order, clock, seed
        self.count, self.status = 0, "none"
        self.given = sum(cost(problem, plan).values())
        self.plan, self.before, self.bound = plan, self.given, 0.0
        again = self.solved(self.problem)
        if again is not None:
            self.bound = again.bound
            self.take(again)

    def solved(self, problem: Problem) -> Plan | None:
        """A plan of a problem; None where there is none, or no time."""
        if self.clock.over:
            return None
        limit = max(min(self.clock.limit * SHARE, self.clock.left), SHORTEST)
        plan = plan_again(problem, self.plan, limit, self.seed, self.clock.should_stop)
        self.status = plan.status
        return plan if plan.objective is not None else None

    def possible(self, problem: Problem) -> bool:
        return self.solved(problem) is not None

    def used_hours(self, plenty: tuple[MoreHours, ...], rate: float) -> tuple[MoreHours, ...]:
        """Of these extra hours, those that a plan with all of them uses."""
        plan = self.solved(applied(self.problem, (self.firm(), *plenty)))
        names = [change.workshop for change in plenty]
        return () if plan is None else extra_hours(self.problem, plan, names, rate)

    def take(self, plan: Plan) -> None:
        """A plan of the unchanged problem is what every way is held against, if it costs least so far."""
        objective = sum(cost(self.problem, plan).values())
        if objective < self.before - DUST:
            self.plan, self.before = plan, objective

    def planned(self, kind: Kind, changes: tuple[Change, ...]) -> Tried | Code:
        """The plan with these changes; else why there is none, or that one of them isn't used."""
        self.status = "none"
        plan = self.solved(applied(self.problem, changes))
        self.count += 1
        if plan is None or plan.objective is None:
            return "impossible" if self.status == "infeasible" else "time" if self.clock.over else "not settled"
        if not all(used(change, plan) for change in changes):
            return "nothing"
        if kind in ("first", "later") and not row_violations(self.problem, plan):
            self.take(plan)  # nothing was allowed that wasn't before, but perhaps being late
        return Tried(kind, changes, plan, plan.objective)

    def way(self, tried: Tried) -> Way:
        """What a tried change costs against the best plan without it."""
        price = sum(change.price for change in tried.changes)
        proven = (
            tried.plan.bound - self.before + price,
            tried.objective - min(self.bound, self.before) + price,
        )
        plans, objectives = (self.plan, tried.plan), (self.before, tried.objective)
        return described(self.order, tried.kind, tried.changes, plans, objectives, proven, self.problem)

    def firm(self, due: int | None = None) -> Firm:
        """By `due`; left out: by the due date, or the first period after it in which delivery is possible at all."""
        return firm(self.order, due)
