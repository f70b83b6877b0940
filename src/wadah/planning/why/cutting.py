"""One changed problem planned again near one order, with everything else as the plan has it.

In: the book of a plan and the parts that may change ("free"). Out: for each changed problem a Spot: its cut-out
(promise/cutout.py) as a program, its relaxation, and after `search` a plan of the cut-out.

The relaxation of the changed problem and that of the unchanged one differ in few lots and deliveries: only those are
searched, every other lot rests as it is in the plan. So a search is small however large the city, and what it finds
differs from the plan by little more than what the change asks for. It begins with the relaxation made whole (dive.py),
and ends after so much counted work (stop.py) and not at some moment, so that the answer is the same on every machine;
the clock on the wall only ends what takes unreasonably long. The unchanged problem is searched among the same
lots, so that a saving which needs no change is not taken for the change's own.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from wadah.planning.bound import search_bound
from wadah.planning.extract import start_values, values_at
from wadah.planning.plan import cost
from wadah.planning.promise.cutout import cut
from wadah.planning.promise.dive import dive
from wadah.planning.promise.program import Found, Program, Question, broken
from wadah.planning.restrict import restrict
from wadah.planning.solver import Ears
from wadah.planning.stop import Clock

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from numpy.typing import NDArray

    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem
    from wadah.planning.promise.book import Book
    from wadah.planning.solver import Session

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

MOVED = 1e-6  # pieces by which two relaxations must differ for a lot to be searched
LEAST_SECONDS = 0.05
GIVING_CELLS = 3_000
GAIN_GAP = 0.03


@dataclass(frozen=True)
class Near:
    """What may change: lots of the free parts; those of `barred` parts only at their makers.

    held: deliveries of all orders but `own` stay as they are; shrink: lots of barred parts only shrink.
    """

    book: Book
    free: AbstractSet[str]
    barred: AbstractSet[str]
    own: str | None
    session: Session
    clock: Clock
    held: bool
    shrink: bool

    def spot(self, problem: Problem) -> Spot | None:
        """The problem's cut-out with its relaxation solved; None where it has no solution, or there was no time."""
        if self.clock.over:
            return None
        cutout = cut(book_of(self.book, problem), self.free | self.barred, kept=False, barred=self.barred)
        kept = cutout.orders - {self.own} if self.own is not None else cutout.orders
        program = Program(replace(cutout, orders=kept), self.session, self.clock, held=self.held)
        program.only_shrink(self.barred if self.shrink else ())
        spot = Spot(program, self.own)
        return spot if spot.relaxed else None


def book_of(before: Book, problem: Problem) -> Book:
    """The same plan's book in a changed problem, which may have new workshops after all others."""
    book = copy(before)
    book.__dict__.pop("orders_of", None)
    book.problem = problem
    new = problem.workshops[len(before.used) :]
    if new:
        book.workshop_row = {row.id: index for index, row in enumerate(problem.workshops)}
        book.used = np.vstack([before.used, np.zeros((len(new), problem.periods))])
    return book


class Searched(NamedTuple):
    """plan: the best found; least: what none that differs only where it may costs less than, rupiah, ∞ where there is
    none. end: "found", "impossible" (proven), or "none found" within the work allowed."""

    plan: Plan | None
    least: float
    end: Literal["found", "impossible", "none found"]


class Spot:
    """One cut-out. before: what the plan's rows cost in it; bound: of its relaxation; rupiah."""

    def __init__(self, program: Program, own: str | None) -> None:
        self.program, self.own = program, own
        self.cutout = program.cutout
        self.before = sum(cost(self.cutout.problem, self.cutout.before).values())
        self.found = Found()
        model = program.model
        self.question = Question(model.cost, program.lower, program.upper, offset=model.offset, rest=program.rest)
        self.values = program.relax(self.question, self.found)
        self.bound = self.found.bound
        self.pairs = {(k.part, k.workshop): number for number, k in enumerate(self.cutout.problem.capabilities)}

    @property
    def relaxed(self) -> bool:
        return self.values is not None and not self.found.impossible

    @property
    def lots(self) -> Floats:
        """Of the relaxation, K × T."""
        assert self.values is not None
        return values_at(self.program.form.x, self.values)

    @property
    def delivered(self) -> Floats:
        """Of the relaxation, N × T, in the units of its columns."""
        assert self.values is not None
        return values_at(self.program.form.deliver, self.values)

    def aligned(self, other: Spot, lots: Floats) -> Floats:
        """The other spot's figures by lot, in this one's order; 0 for a pair that it doesn't have."""
        found = np.zeros(self.program.form.x.shape)
        for pair, row in self.pairs.items():
            if pair in other.pairs:
                found[row] = lots[other.pairs[pair]]
        return found

    def moved_from(self, same: Spot) -> tuple[Flags, Flags]:
        """Which lots, K × T, and deliveries, N × T, the relaxations of the two have otherwise."""
        lots = np.abs(self.lots - self.aligned(same, same.lots)) > MOVED
        return lots, np.abs(self.delivered - same.delivered) > MOVED

    def everything(self) -> tuple[Flags, Flags]:
        """Every lot and delivery that this cut-out leaves free."""
        form = self.program.form
        return np.ones(form.x.shape, dtype=bool), np.ones(form.deliver.shape, dtype=bool)

    def bounds(self, lots: Flags, handed: Flags) -> tuple[Floats, Floats]:
        """Bounds by column that leave only these lots and deliveries, and the order's own, free."""
        form, program = self.program.form, self.program
        assert program.rest is not None
        lower, upper = program.lower.copy(), program.upper.copy()
        if self.own is not None:
            handed = handed.copy()
            handed[form.data.order_index[self.own]] = True
        for columns, moved in ((form.x, lots), (form.y, lots), (form.deliver, handed)):
            still = columns[(columns >= 0) & ~moved]
            lower[still] = upper[still] = program.rest[still]
        return lower, upper

    def search(
        self, lots: Flags, handed: Flags, seconds: float, gap: float, *, kept: bool = False, any_plan: bool = False
    ) -> Searched:
        """The cheapest plan of the cut-out in which only these lots and deliveries differ, and a bound on all such.

        gap: rupiah, at which it is good enough. kept: whether the plan in hand obeys the changed problem, so that the
        search can begin there; it is then found whatever happens. any_plan: the first one will do. seconds: by the
        session's clock, for the search after a rounding of the relaxation; without a plan then, as many again for
        deciding set-ups before sizes.
        """
        program, found = self.program, Found()
        lower, upper = self.bounds(lots, handed)
        question = replace(self.question, lower=lower, upper=upper)
        relaxed = program.relax(question, found)
        if found.impossible:
            return Searched(None, np.inf, "impossible")
        seconds = max(min(seconds, program.clock.left), LEAST_SECONDS)
        if relaxed is not None:
            dive(program, question, found, relaxed, seconds)
        least = max(self.bound, found.bound)
        enough = np.inf if any_plan else least + gap
        if self.value(found, kept) > enough or self.value(found, kept) == np.inf:
            least = max(least, self.searched(question, found, seconds, gap, kept=kept))
        if np.isinf(least) and found.plan is None and not kept:
            return Searched(None, np.inf, "impossible")
        if found.plan is None and not kept:
            program.staged(question, found, lower, upper, seconds)
        if kept and (found.plan is None or self.cost(found.plan) > self.before):
            found.plan = self.cutout.before
        return Searched(found.plan, least, "none found" if found.plan is None else "found")

    def value(self, found: Found, kept: bool) -> float:
        """Of the best known, rupiah."""
        known = np.inf if found.plan is None else self.cost(found.plan)
        return min(known, self.before) if kept else known

    def searched(self, question: Question, found: Found, seconds: float, gap: float, *, kept: bool) -> float:
        """Search from the best known; take what is found, and return the bound (∞: proven that there is nothing)."""
        program = self.program
        small = restrict(program.model, question.lower, question.upper)
        if broken(program.model, small.values, small.free):
            return np.inf
        start = None if found.x is None else found.x
        if kept and (start is None or self.value(found, False) > self.before):
            start = start_values(program.form, self.cutout.before)
        ears = Ears(lambda: program.clock.over)
        size = max(abs(self.before), 1.0)
        given = None if start is None else start[small.free]
        answer = program.session.search(small.model, seconds, ears, start=given, gap=gap / size)
        if answer.x is not None:
            program.take(question, found, small.whole(answer.x))
        return np.inf if answer.status == "infeasible" else search_bound(answer.bound)

    def cost(self, plan: Plan) -> float:
        """What a plan of the cut-out costs in it, rupiah."""
        return sum(cost(self.cutout.problem, plan).values())


def compared(same: Spot, grown: Spot, seconds: float, gap: float) -> tuple[Plan, Plan, float]:
    """Plans without a change that only allows more, and with it, the same lots free; and the least the latter may cost.

    First among the lots that the two relaxations have otherwise; where nothing is gained there, among all. Either plan
    costs no more than the plan in hand, and the second no more than the first: what is allowed need not be used. gap:
    rupiah, at which a search is good enough; where the relaxations promise much, GAIN_GAP of that is.
    """
    best: tuple[Plan, Plan, float] | None = None
    gap = max(gap, GAIN_GAP * (same.bound - grown.bound))
    for lots, handed in (grown.moved_from(same), grown.everything()):
        after = grown.search(lots, handed, seconds, gap, kept=True)
        base = same.search(same.aligned(grown, lots.astype(float)) > 0, handed, seconds, gap, kept=True)
        assert after.plan is not None and base.plan is not None
        saved = same.cost(base.plan) - grown.cost(after.plan)
        best = base.plan, after.plan if saved > 0 else base.plan, after.least
        if saved > gap or grown.bound >= same.bound - gap:
            break
    assert best is not None
    return best


def counting(clock: Clock) -> Clock:
    """A clock of counted work without a limit of its own: only the searches' own limits end them, so that their answers
    are the same on every machine; and `clock`, once it is over, ends what takes unreasonably long."""
    return Clock(np.inf, lambda: clock.over, counted=True)


def rivals(book: Book, tree: AbstractSet[str], due: int) -> set[str]:
    """Parts outside the tree that use most of its makers' hours up to `due`, with all that they go into.

    As many as fit in GIVING_CELLS (capability, period) pairs.
    """
    makers = {k.workshop for name in tree for k in book.problem.capabilities_of.get(name, ())}
    hours: dict[str, float] = {}
    for name in {other for workshop in makers for other in book.parts_at.get(workshop, ())} - tree:
        lots = [(workshop, x) for workshop, t, x in book.lots.get(name, ()) if workshop in makers and t <= due]
        hours[name] = sum(book.problem.capability[name, workshop].hours_per_unit * x for workshop, x in lots)
    found: set[str] = set()
    for name in sorted(hours, key=lambda name: (-hours[name], name)):
        grown = found | (book.above(name) - tree)
        if hours[name] > 0 and in_use(book, grown) * book.problem.periods <= GIVING_CELLS:
            found = grown
    return found


def in_use(book: Book, parts: AbstractSet[str]) -> int:
    """Capabilities of these parts that the plan has a lot of."""
    return sum(len({workshop for workshop, _, _ in book.lots.get(name, ())}) for name in parts)
