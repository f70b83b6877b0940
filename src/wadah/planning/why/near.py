"""Ways out in a plan too large to be planned again whole: only what is near the order is, the rest stays as it is.

In: a problem, a plan that obeys it, an order with pieces missing. Out: ways out, each a plan of the whole changed
problem that the referee has accepted. First nobody else's deliveries change: only lots of the order's part and of all
that it is made of may (cutting.py). Where that can't mend the order in time, other work that uses the same hours may
give way, and the way names whose. Every candidate is first priced by its relaxation, and only the likeliest are
searched.

What a way costs is exact for its two plans, and proven only against plans that change the same few lots: planning the
whole city again may find both plans cheaper, and other ways.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from wadah.planning.plan import cost, priced, row_violations
from wadah.planning.promise.book import Book
from wadah.planning.promise.merge import merged
from wadah.planning.why.candidates import candidates, extra_hours
from wadah.planning.why.changes import Firm, applied
from wadah.planning.why.cutting import Near, rivals
from wadah.planning.why.trial import firm, own_cost, used

if TYPE_CHECKING:
    from wadah.planning.plan import Plan
    from wadah.planning.problem import Order, Problem
    from wadah.planning.solver import Session
    from wadah.planning.stop import Clock
    from wadah.planning.why.candidates import Prices
    from wadah.planning.why.changes import Change, Code, Kind, MoreHours
    from wadah.planning.why.cutting import Spot

    Group = tuple[Kind, str]

MORE = 1  # groups searched beyond those asked for
DATES = 2  # dates tried for one that the relaxation allows and the search doesn't
GAP = 3e-2  # of what the order's own lateness costs, at which a search is left alone
WORK = 0.2  # counted seconds (stop.py) of one search
LEAST_GAP = 1.0  # rupiah


@dataclass(frozen=True, slots=True)
class Tried:
    """A way searched. plan: whole and priced, of the changed problem; before, after: what the whole plans cost without
    the changes and with them, rupiah; least_before, least_after: what no plan that differs only in the lots searched
    costs less than."""

    kind: Kind
    changes: tuple[Change, ...]
    plan: Plan
    before: float
    after: float
    least_before: float
    least_after: float

    @property
    def cost(self) -> float:
        return self.after - self.before + sum(change.price for change in self.changes)


class NearTrial:
    """Tries changes around one order."""

    def __init__(self, problem: Problem, plan: Plan, order: Order, session: Session, clock: Clock) -> None:
        self.problem, self.plan, self.order = problem, plan, order
        self.session, self.clock = session, clock
        self.count = 0
        self.book = Book(problem, plan)
        self.objective = sum(cost(problem, plan).values())
        self.gap = max(LEAST_GAP, GAP * own_cost(order, plan))
        tree = self.book.below(order.part)
        self.narrow = Near(self.book, tree, frozenset(), order.id, session, clock, held=True, shrink=True)
        self.same: dict[bool, Spot | None] = {}

    @cached_property
    def wide(self) -> Near:
        """With other work that may give way."""
        tree = self.book.below(self.order.part)
        due = max(0, min(self.firm().due, self.problem.periods - 1))
        giving = rivals(self.book, tree, due)
        return Near(self.book, tree, giving, self.order.id, self.session, self.clock, held=False, shrink=True)

    def firm(self, due: int | None = None) -> Firm:
        """By `due`; left out: by the due date, or the first period after it in which delivery is possible at all."""
        return firm(self.order, due)

    def possible(self, problem: Problem) -> bool:
        """Whether the relaxation allows it without touching any other order."""
        return self.narrow.spot(problem) is not None

    def used_hours(self, plenty: tuple[MoreHours, ...], rate: float) -> tuple[MoreHours, ...]:
        """Of these extra hours, those that a plan uses."""
        changes: tuple[Change, ...] = (self.firm(), *plenty)
        spot, _ = self.spot("hours", changes)
        same = self.unchanged(wide=False)
        if spot is None or same is None:
            return ()
        plan = spot.search(*spot.moved_from(same), WORK, self.gap, any_plan=True).plan
        names = [change.workshop for change in plenty]
        return () if plan is None else extra_hours(self.problem, merged(spot.cutout, plan), names, rate)

    def unchanged(self, wide: bool) -> Spot | None:
        """The problem as it is, near the order."""
        if wide not in self.same:
            self.same[wide] = (self.wide if wide else self.narrow).spot(self.problem)
        return self.same[wide]

    def spot(self, kind: Kind, changes: tuple[Change, ...]) -> tuple[Spot | None, bool]:
        """The changed problem near the order, and whether others must give way in it."""
        problem = applied(self.problem, changes)
        found = self.narrow.spot(problem)
        if found is not None or kind != "first":
            return found, False
        return (self.wide.spot(problem) if self.wide.barred else None), True

    def priced(self, kind: Kind, changes: tuple[Change, ...]) -> float | None:
        """What a change costs by the relaxations, rupiah; None where they rule it out."""
        spot, wide = self.spot(kind, changes)
        same = self.unchanged(wide)
        if spot is None or same is None:
            return None
        return spot.bound - same.bound + sum(change.price for change in changes)

    def searched(self, kind: Kind, changes: tuple[Change, ...]) -> Tried | Code:
        """Two plans near the order, with the changes and without; else why there is none."""
        self.count += 1
        spot, gives = self.spot(kind, changes)
        same = self.unchanged(gives)
        if spot is None or same is None:
            return "time" if self.clock.over else "impossible"
        lots, handed = spot.moved_from(same)
        found = spot.search(lots, handed, WORK, self.gap)
        if found.end == "impossible":
            lots, handed = spot.everything()
            found = spot.search(lots, handed, WORK, self.gap)
        if found.plan is None:
            return "time" if self.clock.over else "impossible" if found.end == "impossible" else "not settled"
        if not all(used(change, found.plan) for change in changes):
            return "nothing"
        base = same.search(same.aligned(spot, lots.astype(float)) > 0, handed, WORK, self.gap, kept=True)
        assert base.plan is not None
        before = same.cost(base.plan)
        whole = priced(applied(self.problem, changes), merged(spot.cutout, found.plan))
        assert whole.objective is not None
        return Tried(
            kind,
            changes,
            whole,
            self.objective - same.before + before,
            whole.objective,
            self.objective - same.before + min(before, base.least),
            min(whole.objective, found.least + whole.objective - spot.cost(found.plan)),
        )


def tried_near(trial: NearTrial, prices: Prices, most: int) -> tuple[list[Tried], dict[Kind, Code]]:
    """The likeliest groups of candidates, searched, and why a kind that was tried came to nothing.

    Every plan obeys every rule of its changed problem.
    """
    listed: list[tuple[float, int, Kind, str, tuple[Change, ...]]] = []
    failed: dict[Kind, Code] = {}
    for kind, target, changes in candidates(trial, prices):
        price = trial.priced(kind, changes)
        if price is not None:
            listed.append((price, len(listed), kind, target, changes))
        else:
            failed.setdefault(kind, "time" if trial.clock.over else "impossible")
    failed |= {row[2]: "dearer" for row in listed}
    found: dict[Group, Tried] = {}
    for _, _, kind, target, changes in sorted(listed):
        if (kind, target) in found or len(found) >= most + MORE:
            continue
        tried = dated(trial, kind, changes) if kind == "later" else trial.searched(kind, changes)
        if isinstance(tried, str):
            failed[kind] = tried
        elif row_violations(applied(trial.problem, tried.changes), tried.plan):
            failed[kind] = "not settled"
        else:
            found[kind, target] = tried
    return list(found.values()), failed


def dated(trial: NearTrial, kind: Kind, changes: tuple[Change, ...]) -> Tried | Code:
    """By this date, or by one of the next, or by the last of all."""
    first = next(change for change in changes if isinstance(change, Firm))
    last = trial.problem.periods - 1
    dates = [*range(first.due, min(first.due + DATES, last)), last]
    why: Code = "impossible"
    for due in dates:
        tried = trial.searched(kind, (trial.firm(due),))
        if not isinstance(tried, str):
            return tried
        why = tried
    return why
