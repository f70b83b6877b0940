"""Replan around promises: something changed, and as little of the plan as possible changes with it.

In: a problem, the plan in force, and changes (changes.py). Out: the changed problem and a plan for it. Everything that
is committed stays. What can't be made any more is made up for, step by step, each a cut-out of the plan (promise's
cutout.py) with everything else fixed:

1. the parts that lost lots, or of which more or fewer must be started somewhere, or that give way to such lots
   (room.py), or that a new order asks for, may be made by all who can; what is made of them may shrink,
   and what goes into them may grow, where it is made now; all their orders may be served anew;
2. the same parts, all that they go into and all that goes into them, free to be made by all who can;
3. in a problem that is small in all (SMALL_CELLS), everything: then the bound is proven for the whole problem.

Each step starts from the one before and is taken only where it costs less, change_cost included; seconds not needed
by one step are left to the next. Where no step finds a plan in time, what can't be made goes short (cut_down.py). The
bound is the last step's own, or what the plan's own bound still proves after the change (carried.py): a plan is taken
at its word about its bound on the problem given beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.plan import Plan, priced
from wadah.planning.promise.book import Book
from wadah.planning.promise.cutout import cut, with_perishables
from wadah.planning.promise.merge import merged
from wadah.planning.promise.program import Program, Question
from wadah.planning.repair.carried import carried_bound
from wadah.planning.repair.changes import (
    Arrival,
    Change,
    Decline,
    Out,
    PromiseError,
    altered,
    changed,
    rows_as_lots,
    struck,
)
from wadah.planning.repair.cut_down import cut_down, filled
from wadah.planning.repair.difference import Difference, difference
from wadah.planning.repair.room import giving_way
from wadah.planning.repair.wishes import Keep, Move, Past, Resize, lots_of, wanted
from wadah.planning.result import relative_gap
from wadah.planning.solver import lease
from wadah.planning.stop import Clock

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wadah.planning.problem import Problem
    from wadah.planning.promise.program import Found
    from wadah.planning.repair.wishes import Key
    from wadah.planning.solver import Session

__all__ = [
    "Arrival",
    "Change",
    "Decline",
    "Difference",
    "Keep",
    "Move",
    "Out",
    "Past",
    "PromiseError",
    "Replan",
    "Resize",
    "difference",
    "replan",
]

SMALL_CELLS = 3_000  # (capability, period) pairs of a problem that is planned anew as a whole
STEP_CELLS = 12_000  # pairs that one step may free
STEP_GAP, GENTLE_GAP = 1e-4, 1e-3  # relative, at which a step is left alone
OPTIMAL_GAP = 1e-6
PRICING = 4e-6  # seconds a row of the plan, to price it at the end
RESERVE = 0.22  # of the seconds, for a step to end
LEAST_SHARE = 0.2  # of the seconds; with less left, no further step is begun
FIRST_SHARE = 0.6  # of the seconds, for the first step


@dataclass(frozen=True)
class Replan:
    """problem: as it is now; plan: refereed and priced, status "none" where no plan was found in time; carried: whether
    its bound rests on that of the plan in force."""

    problem: Problem
    plan: Plan
    carried: bool = False


def replan(
    problem: Problem,
    plan: Plan,
    changes: Sequence[Change],
    *,
    time_limit: float = 2.0,
    release: bool = False,
    change_cost: float | None = None,
    book: Book | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Replan:
    """Replan after `changes`; plan: obeys every rule of `problem`.

    Parameters
    ----------
    time_limit: seconds of wall time, > 0. release: give up committed rows that a change makes impossible.
    change_cost: rupiah a piece moved, in place of the problem's. book: of this problem and plan, where it is at hand.

    Raises
    ------
    ProblemError: a change names what isn't there, or an order is at fault. PromiseError: a committed row would be lost.
    """
    clock = Clock(time_limit, should_stop)
    made = lots_of(plan)
    closed, wish = struck(problem, changes), wanted(problem, made, changes)
    now = changed(problem, plan, changes, release=release, change_cost=change_cost, asked=(closed, wish))
    before = Book(problem, plan) if book is None else book
    left = wish.most | giving_way(now, made, wish.fewest)
    lost = wish.touched(made) | {part for part, _, _ in left.keys() - wish.most.keys()}
    lost |= {part for (part, at), ts in closed.items() for w, t, _ in before.lots.get(part, ()) if w == at and t in ts}
    asked = {change.order.part for change in changes if isinstance(change, Arrival)}
    free, over = reach(before, lost, asked)
    if change_cost:
        now = altered(
            now, previous=rows_as_lots(plan, None if whole(problem) else with_perishables(before, free | over))
        )
    with lease() as session:
        seconds = max(clock.left - PRICING * len(plan.make) - RESERVE * time_limit, clock.left / 2)
        steps = Clock(seconds, should_stop)
        rest = before.without(now, closed, left)
        found, bound = repaired(rest, free, over, wish.fewest, session, steps)
    found = found or cut_down(now, filled(rest.plan, wish.fewest))
    if found is None:
        return Replan(now, Plan("none", seconds=clock.seconds, stopped=clock.reason))
    still = carried_bound(problem, now, plan.bound)
    return Replan(now, result(now, found, max(bound, still), clock), carried=still > bound)


def result(problem: Problem, found: Plan, bound: float, clock: Clock) -> Plan:
    """The plan with every claim it makes."""
    counted = priced(problem, replace(found, bound=0.0))
    assert counted.objective is not None
    bound = min(max(0.0, bound), counted.objective)
    gap = relative_gap(counted.objective, bound)
    status = "optimal" if gap <= OPTIMAL_GAP else "feasible"
    return replace(counted, status=status, bound=bound, gap=gap, seconds=clock.seconds, stopped="replan")


def reach(book: Book, lost: set[str], asked: set[str]) -> tuple[set[str], set[str]]:
    """Parts that may be made anew, and those made of them."""
    free = set().union(*(book.below(part) for part in lost | asked))
    return free, set().union(*(book.above(part) for part in lost)) - free


def whole(problem: Problem) -> bool:
    """Whether the problem is small enough to be planned anew as a whole."""
    return len(problem.capabilities) * problem.periods <= SMALL_CELLS


def repaired(
    book: Book, free: set[str], over: set[str], fewest: dict[Key, float], session: Session, clock: Clock
) -> tuple[Plan | None, float]:
    """The best plan of all steps, and a bound on the whole problem (0 where the steps prove none)."""
    if not free:
        return book.plan, 0.0
    first = Clock(clock.left * FIRST_SHARE, clock.should_stop)
    found, _ = step(book, free | over, over, session, first, gently=True)
    if whole(book.problem):  # from a plan near the one in force, so that little time is enough, and changes little
        found = found or cut_down(book.problem, filled(book.plan, fewest))
        start = book if found is None else Book(book.problem, found)
        better, bound = step(start, set(book.problem.part), set(), session, clock, proving=True)
        return better or found, bound
    if found is not None and clock.left > LEAST_SHARE * clock.limit and size(book, free | over) <= STEP_CELLS:
        again = book.changed(book.problem, found, with_perishables(book, free | over))
        better, _ = step(again, free | over, set(), session, Clock(clock.left, clock.should_stop))
        found = better or found
    return found, 0.0


def size(book: Book, parts: set[str]) -> int:
    return sum(len(book.problem.capabilities_of.get(part, ())) for part in parts) * book.problem.periods


def step(
    book: Book,
    free: set[str],
    barred: set[str],
    session: Session,
    clock: Clock,
    *,
    gently: bool = False,
    proving: bool = False,
) -> tuple[Plan | None, float]:
    """Plan the free parts anew, those barred only where they are made now; the better of it and the plan so far.

    gently: barred lots may only shrink, the others only grow. proving: the bound is one on the whole problem.
    """
    cutout = cut(book, free, kept=False, barred=barred)
    program = Program(cutout, session, clock, held=False)
    offset = program.model.offset
    gap = 0.0 if program.small else GENTLE_GAP if gently else STEP_GAP
    question = Question(program.model.cost, program.lower, program.upper, gap=gap, offset=offset)
    if gently:
        question = gentle(program, question, barred)
    found: Found = program.ask(question, program.completed(cutout.before))
    return (None if found.plan is None else merged(cutout, found.plan)), found.bound if proving else 0.0


def gentle(program: Program, question: Question, barred: set[str]) -> Question:
    """The same question, where lots of barred parts may only shrink and all others only grow."""
    program.only_shrink(barred)
    form, lower = program.form, program.lower.copy()
    assert program.rest is not None
    growing = np.array([k.part not in barred for k in program.cutout.problem.capabilities], dtype=bool)[:, None]
    for columns in (form.x, form.y):
        up = columns[(columns >= 0) & growing]
        lower[up] = program.rest[up]
    return replace(question, lower=lower, upper=program.upper, rest=program.rest)
