"""The plan in force as it stands today, with what is known since: what must stay, what can't be, what is lost already.

In: the book of today (plans.offers.books) and what is known (rules.Asked). Out: a problem that the plan in force is a
plan of, apart from the changes that follow from it:

- what members promised stays, in the week in which the plan counts it, handed over since or not, planned or not;
- where somebody said no or is away, no more than that is started;
- what is lost (a rejected lot, pieces given up) is taken out of the lot it was counted in, or of the stock that the
  plan began with (stock.py). In a week that is over this goes as far as nobody has used it up there; what is used up
  needs a new plan, made from what lies at the hub, and is named so;
- hours that late work takes this week are gone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wadah.planning.plan import priced
from wadah.planning.problem import Lot
from wadah.planning.promise import Book
from wadah.planning.repair.changes import altered
from wadah.planning.repair.wishes import AtLeast, AtMost, Past, lots_of, waiting
from wadah.plans.repairing.hours import hours_needed, overtime_of, same_overtime, workshops_today
from wadah.plans.repairing.rules import LOST, STOCK
from wadah.plans.repairing.stock import HUB, with_hub

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem
    from wadah.plans.offers.books import OpenBook
    from wadah.plans.repairing.rules import Asked, Place, Trouble
    from wadah.plans.rules import Horizon

    Key = tuple[str, str, int]  # part, workshop, period

PIECES = 1e-6


@dataclass(frozen=True)
class Ground:
    """book: the problem and plan of today; changes: what to plan around; promised: pieces by lot that stay; used_up:
    keys of troubles that only a new plan can make up for."""

    book: Book
    changes: tuple[AtMost | AtLeast, ...]
    promised: dict[Key, float]
    used_up: tuple[int, ...] = ()

    @property
    def problem(self) -> Problem:
        return self.book.problem

    @property
    def plan(self) -> Plan:
        return self.book.plan


def ground_of(opened: OpenBook, asked: Asked) -> Ground:
    horizon, now = opened.horizon, opened.now
    begun, asked, never = lost_of_stock(opened.book, asked, horizon)
    problem, made = begun.problem, lots_of(begun.plan)
    kept = sums(asked.promised, problem, horizon, now)
    taken, used_up = lost_pieces(begun, made, asked, horizon, now)
    for key, pieces in taken.items():
        kept[key] = max(0.0, min(kept.get(key, 0.0), made[key] - pieces))
    most = {key: made[key] - pieces for key, pieces in taken.items()}
    offered = sums(asked.offered, problem, horizon, now)
    for key in barred(asked, problem, horizon, now):
        room = kept.get(key, 0.0) + offered.get(key, 0.0)
        most[key] = min(room, most.get(key, room))
    fewest = {key: pieces for key, pieces in kept.items() if pieces > made.get(key, 0.0) + PIECES}
    book = today(begun, made, asked, kept, most, horizon, now)
    changes: tuple[AtMost | AtLeast, ...] = (
        *(AtMost(*key, pieces) for key, pieces in sorted(most.items()) if made.get(key, 0.0) > 0 or key[2] >= now),
        *(AtLeast(*key, pieces) for key, pieces in sorted(fewest.items())),
    )
    return Ground(book, changes, {key: x for key, x in kept.items() if x > 0}, tuple(sorted(used_up | never)))


def sums(rows: Iterable[Place], problem: Problem, horizon: Horizon, now: int) -> dict[Key, float]:
    """Pieces by lot, of weeks to come and of pairs that the problem knows."""
    found: dict[Key, float] = defaultdict(float)
    for row in rows:
        period = horizon.period(row.week)
        if now <= period < problem.periods and (row.part, row.workshop) in problem.capability:
            found[row.part, row.workshop, period] += row.pieces
    return dict(found)


def barred(asked: Asked, problem: Problem, horizon: Horizon, now: int) -> set[Key]:
    """Lots that may not be larger than what is promised and offered there."""
    parts_at: dict[str, list[str]] = defaultdict(list)
    for row in problem.capabilities:
        parts_at[row.workshop].append(row.part)
    found: set[Key] = set()
    for no in asked.noes:
        last = problem.periods - 1 if no.last is None else min(problem.periods - 1, horizon.period(no.last))
        able = parts_at.get(no.workshop, ())
        for part in able if not no.part else [no.part] if no.part in able else []:
            found.update((part, no.workshop, t) for t in range(max(now, horizon.period(no.first)), last + 1))
    return found


# ---- what is lost


def lost_of_stock(book: Book, asked: Asked, horizon: Horizon) -> tuple[Book, Asked, set[int]]:
    """The book with what is lost of its stock as lots of the hub, and the losses as those of lots; keys of troubles of
    which more is lost than it counted on."""
    lost: dict[str, float] = defaultdict(float)
    for trouble in asked.troubles:
        if trouble.how == STOCK:
            lost[trouble.part] += trouble.pieces
    if not lost:
        return book, asked, set()
    problem, plan = with_hub(book.problem, book.plan, lost)
    left = {part: pieces for part, workshop, _t, pieces in plan.make if workshop == HUB}
    troubles, never = [], set()
    for trouble in sorted(asked.troubles):
        if trouble.how == STOCK:
            gone = min(trouble.pieces, left.get(trouble.part, 0.0))
            left[trouble.part] = left.get(trouble.part, 0.0) - gone
            if trouble.pieces - gone > PIECES and trouble.part in problem.part:
                never.add(trouble.key)
            trouble = replace(trouble, how=LOST, workshop=HUB, first=horizon.start, pieces=gone)
        troubles.append(trouble)
    return Book(problem, plan), replace(asked, troubles=tuple(troubles)), never


def lost_pieces(
    book: Book, made: Mapping[Key, float], asked: Asked, horizon: Horizon, now: int
) -> tuple[dict[Key, float], set[int]]:
    """Pieces to take out of lots, by lot; and keys of troubles whose pieces are used up in weeks that are over."""
    taken: dict[Key, float] = defaultdict(float)
    used_up: set[int] = set()
    for trouble in sorted(asked.troubles):
        if trouble.how == LOST and trouble.workshop and trouble.part:
            left = trouble.pieces
            for key in lots_counted(made, trouble, horizon):
                room = made[key] - taken[key]
                if key[2] < now:
                    room = min(room, unused(book, key, now) - taken_of(taken, key[0], now))
                gone = max(0.0, min(left, room))
                taken[key] += gone
                left -= gone
                if left <= PIECES:
                    break
            if left > PIECES and planned_at_all(made, trouble):
                used_up.add(trouble.key)
    return {key: pieces for key, pieces in taken.items() if pieces > PIECES}, used_up


def lots_counted(made: Mapping[Key, float], trouble: Trouble, horizon: Horizon) -> list[Key]:
    """The lots in which the pieces may have been counted, the likeliest first: that week's, then those before it."""
    at = horizon.period(trouble.first)
    mine = [key for key in made if key[:2] == (trouble.part, trouble.workshop) and key[2] <= at]
    return sorted(mine, key=lambda key: -key[2])


def planned_at_all(made: Mapping[Key, float], trouble: Trouble) -> bool:
    return any(key[:2] == (trouble.part, trouble.workshop) for key in made)


def taken_of(taken: Mapping[Key, float], part: str, now: int) -> float:
    """Started pieces of a part taken out of weeks that are over."""
    return sum(pieces for key, pieces in taken.items() if key[0] == part and key[2] < now)


def unused(book: Book, key: Key, now: int) -> float:
    """Started pieces of a lot of a week that is over which the plan hasn't used up before this week."""
    part, workshop, period = key
    row = book.problem.part[part]
    level = row.stock + (book.received(part) - book.gone(part)).cumsum()
    least = float(level[period:now].min()) if now > period else 0.0
    return max(0.0, least) / book.problem.capability[part, workshop].yield_rate


# ---- the problem of today


def today(
    book: Book,
    made: Mapping[Key, float],
    asked: Asked,
    kept: Mapping[Key, float],
    most: Mapping[Key, float],
    horizon: Horizon,
    now: int,
) -> Book:
    """The problem with what stays committed, without hours that are gone; nothing new leaves in weeks that are over."""
    problem, plan = book.problem, book.plan
    over = [
        replace(row, quantity=min(row.quantity, most.get((row.part, row.workshop, row.period), row.quantity)))
        for row in problem.committed
        if row.period < now
    ]
    stay = [Lot(*key, min(pieces, made.get(key, 0.0))) for key, pieces in sorted(kept.items()) if key[2] >= now]
    gone: dict[tuple[str, int], float] = defaultdict(float)
    for late in asked.late:
        gone[late.workshop, horizon.period(late.week)] += late.hours
    needed = hours_needed(book, made, kept)
    now_so = altered(
        problem,
        committed=tuple(row for row in (*over, *stay) if row.quantity > PIECES),
        workshops=workshops_today(problem, gone, needed),
        orders=waiting(problem.orders, plan, [Past(now)]),
    )
    extra = overtime_of(book, now_so)
    if now_so.workshops is problem.workshops and plan.objective is not None and same_overtime(extra, plan):
        return book.changed(now_so, plan, ())
    return book.changed(now_so, priced(now_so, replace(plan, overtime=extra)), ())
