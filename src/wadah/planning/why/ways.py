"""The cheapest ways out for an order that is late or short, each one planned again before it is named.

In: a problem, a plan that obeys it, an order with pieces missing in time, and prices for what the problem doesn't
price. Out: WaysOut, cheapest first. Every way makes the order firm (whole and in time, or by a later date agreed on)
and, beyond that, allows one thing: nothing (others wait), extra hours, a new approval, or pieces bought. What can be
tried is in candidates.py. A problem beyond neighbourhood.MOST_CELLS is planned again only around the order.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wadah.planning.explain import missing_in_time
from wadah.planning.plan import cost, row_violations
from wadah.planning.stop import Clock
from wadah.planning.why.again import plan_again
from wadah.planning.why.candidates import Prices, candidates, workshops_to_approve
from wadah.planning.why.changes import Approve, Change, Displaced, Firm, Kind, Way, applied
from wadah.planning.why.neighbourhood import neighbourhood

if TYPE_CHECKING:
    from collections.abc import Callable

    from wadah.planning.plan import Plan
    from wadah.planning.problem import Order, Problem
    from wadah.planning.why.neighbourhood import Neighbourhood

SHARE = 0.1  # of the time for one plan at most
SHORTEST = 0.05  # seconds
DUST = 1e-6  # pieces
DAYS = {"week": 7, "minggu": 7, "day": 1, "hari": 1, "month": 30, "bulan": 30}


@dataclass(frozen=True, slots=True)
class WaysOut:
    """ways: cheapest first. tried: how many were planned. again: rupiah that planning again alone saves (≥ 0).

    whole: whether every plan was of the whole problem; else only the order's neighbourhood was planned again.
    """

    order: str
    ways: tuple[Way, ...]
    tried: int
    again: float
    whole: bool


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
    order = problem.order[order_id]
    near = neighbourhood(problem, plan, order.part, workshops_to_approve(problem, plan, order))
    trial = Trial(near, order, Clock(time_limit, should_stop), seed)
    tried: dict[tuple[Kind, str], list[Tried]] = defaultdict(list)
    for kind, target, changes in candidates(trial, prices):
        planned = trial.planned(kind, changes)
        if planned is not None:
            tried[kind, target].append(planned)
    best = [min(map(trial.way, group), key=lambda way: (way.cost, way.days)) for group in tried.values()]
    ways = sorted(without_delay_for_nothing(best), key=lambda way: (way.cost, way.days, way.kind))
    return WaysOut(order_id, tuple(ways[:most]), trial.count, max(0.0, near.cost - trial.before), near.whole)


def without_delay_for_nothing(ways: list[Way]) -> list[Way]:
    """Without a later date where putting the order first costs no more and comes no later."""
    first = next((way for way in ways if way.kind == "first"), None)
    if first is None:
        return ways
    return [way for way in ways if way.kind != "later" or way.cost < first.cost - DUST or way.days < first.days]


@dataclass(frozen=True, slots=True)
class Tried:
    """Changes that were planned again, and the plan."""

    kind: Kind
    changes: tuple[Change, ...]
    plan: Plan
    objective: float


class Trial:
    """Plans changed problems around one order, all against the best plan of the unchanged one that comes by."""

    def __init__(self, near: Neighbourhood, order: Order, clock: Clock, seed: int) -> None:
        self.problem, self.order, self.clock, self.seed = near.problem, order, clock, seed
        self.count = 0
        self.plan, self.before, self.bound = near.plan, near.cost, 0.0
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
        return plan if plan.objective is not None else None

    def take(self, plan: Plan) -> None:
        """A plan of the unchanged problem is what every way is held against, if it costs least so far."""
        objective = sum(cost(self.problem, plan).values())
        if objective < self.before - DUST:
            self.plan, self.before = plan, objective

    def planned(self, kind: Kind, changes: tuple[Change, ...]) -> Tried | None:
        """The plan with these changes; None where it isn't possible, or one of them isn't used."""
        plan = self.solved(applied(self.problem, changes))
        self.count += 1
        if plan is None or plan.objective is None or not all(used(change, plan) for change in changes):
            return None
        if kind in ("first", "later") and not row_violations(self.problem, plan):
            self.take(plan)  # nothing was allowed that wasn't before, but perhaps being late
        return Tried(kind, changes, plan, plan.objective)

    def way(self, tried: Tried) -> Way:
        """What a tried change costs against the best plan without it."""
        plan, price = tried.plan, sum(change.price for change in tried.changes)
        bought = sum(getattr(change, "pieces", 0.0) for change in tried.changes)
        delivered = max((t for name, t, pieces in plan.deliver if name == self.order.id and pieces > DUST), default=0)
        in_all = tried.objective - self.before + price
        missing = missing_in_time(self.problem, self.plan)
        return Way(
            kind=tried.kind,
            order=self.order.id,
            changes=tried.changes,
            before=self.before,
            after=tried.objective,
            price=price,
            saved=own_cost(self.order, self.plan),
            least=plan.bound - self.before + price,
            most=tried.objective - min(self.bound, self.before) + price,
            delivered=delivered,
            days=max(0, delivered - self.order.due) * DAYS.get(self.problem.calendar.period, 1),
            displaced=displaced(missing, missing_in_time(self.problem, plan), self.order.id),
            worth=(price - in_all) / bought if bought > 0 else None,
        )

    def firm(self, due: int | None = None) -> Firm:
        """By `due`; left out: by the due date, or the first period after it in which delivery is possible at all."""
        first = max(self.order.due, self.order.earliest, 0)
        return Firm(self.order.id, first if due is None else due)


def used(change: Change, plan: Plan) -> bool:
    """Whether a plan makes anything at a newly approved workshop; any other change counts as used."""
    if not isinstance(change, Approve):
        return True
    return any((part, name) == (change.row.part, change.row.workshop) and x > 0 for part, name, _, x in plan.make)


def own_cost(order: Order, plan: Plan) -> float:
    """What being late and short of this order costs in a plan, rupiah."""
    late = sum(max(0, t - order.due) * pieces for name, t, pieces in plan.deliver if name == order.id)
    short = sum(pieces for name, pieces in plan.short if name == order.id)
    return (order.late_cost or 0.0) * late + (order.short_cost or 0.0) * short


def displaced(before: dict[str, float], after: dict[str, float], but: str) -> tuple[Displaced, ...]:
    """Other orders of which more or fewer pieces come in time, those that lose most first."""
    change: dict[str, float] = defaultdict(float)
    for name, pieces in after.items():
        change[name] += pieces
    for name, pieces in before.items():
        change[name] -= pieces
    rows = [Displaced(name, pieces) for name, pieces in change.items() if name != but and abs(pieces) > DUST]
    return tuple(sorted(rows, key=lambda row: (-row.pieces, row.order)))
