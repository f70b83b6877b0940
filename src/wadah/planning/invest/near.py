"""One candidate carried out in a plan too large to be planned again whole: planned again near itself.

In: a problem before and after a candidate, and a plan in hand. Out: a plan no dearer, and what the candidate saves. The
parts that it helps to make may be made by all who can, what goes into them or is made of them where it is made now; all
else stays as it is (why/cutting.py). What planning the same lots again saves without the candidate is never credited to
it: that is `idle`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from wadah.planning.growth import kin
from wadah.planning.plan import priced, row_violations, used_hours
from wadah.planning.promise.book import Book
from wadah.planning.promise.merge import merged
from wadah.planning.why.cutting import Near, compared

if TYPE_CHECKING:
    from wadah.planning.invest.candidate import Candidate
    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem
    from wadah.planning.solver import Session
    from wadah.planning.stop import Clock
    from wadah.planning.why.cutting import Spot

WORK = 0.3  # counted seconds (stop.py) of one search
MOST_PARTS = 2  # that may be made by all who can, near one candidate
HOURS = 1e-9  # of overtime; less is the arithmetic's
NOISE = 1e-7  # of a relaxation's cost; closer ones are not told apart
LEAST_GAIN = 1_000.0  # rupiah, at which a search is left alone


def objective(plan: Plan) -> float:
    assert plan.objective is not None
    return plan.objective


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
        if same.bound - grown.bound <= max(
            1.0, NOISE * abs(same.bound)
        ):  # even sharing out pieces and set-ups freely, it would save nothing
            return Better(plan, 0.0, 0.0, same.before - grown.bound <= LEAST_GAIN)
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
