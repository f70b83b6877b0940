"""Can we take these lines, when, at what cost, how sure, what stops us? Up to three ways, each of which can be kept.

- "date": by the days wanted without moving anything; where that isn't all, as many pieces as fit by then.
- "whole": all of it, each line at its earliest, without moving anything; where "date" isn't all already.
- "moved": by the days wanted with other work moved, where that gives more; never work that a promise rests on.

Lines are answered one after the other, in their order: each is put into the book before the next is asked about, so a
way keeps all its lines together. The sum of seconds is bounded (SECONDS), whatever the number of lines.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext as _

from wadah.base.clock import today
from wadah.base.errors import Refused
from wadah.planning.problem import Order
from wadah.planning.promise import accepted
from wadah.plans.offers.books import book_open, put
from wadah.plans.offers.costs import BuildUp, build_up, price_book

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from wadah.catalogue.models import Part
    from wadah.planning.promise import Displaced, Offer, Promise
    from wadah.planning.promise import Hours as Hours  # pages name them
    from wadah.planning.promise import Stop as Stop
    from wadah.plans.models import PlanRun
    from wadah.plans.offers.books import OpenBook
    from wadah.plans.offers.costs import PriceBook
    from wadah.register.models import Cooperative

Way = Literal["date", "whole", "moved"]
WAYS: tuple[Way, ...] = ("date", "whole", "moved")

SECONDS = 1.8  # for all questions of one answer
LEAST_SECONDS = 0.15  # for one question
MOST_SHARE = 0.55  # of all seconds, for one question
LINES_MAX = 30
PIECES = 1e-6


@dataclass(frozen=True)
class Asked:
    """quantity (> 0) of a part, wanted on a day; partial: whether it may come in several deliveries."""

    part: Part
    quantity: Decimal
    wanted_on: date
    partial: bool = True


@dataclass(frozen=True)
class LineAnswer:
    """What one way gives of one line.

    quantity: pieces that are handed over by promised_on, a Sunday (0 and None: nothing); cost: their build-up; sure:
    "proven" or "found"; stop: why not all by the day wanted; displaced: orders that give way.
    """

    asked: Asked
    quantity: Decimal
    promised_on: date | None
    cost: BuildUp
    sure: str
    stop: Stop | None = None
    displaced: tuple[Displaced, ...] = ()

    @property
    def whole(self) -> bool:
        return self.quantity >= self.asked.quantity

    @property
    def in_time(self) -> bool:
        return self.promised_on is not None and self.whole and self.promised_on < wanted_week_end(self.asked.wanted_on)


@dataclass(frozen=True)
class WayAnswer:
    """One way to fill the request. late: a line comes later than wanted; less: pieces are missing."""

    way: Way
    lines: tuple[LineAnswer, ...]

    @property
    def cost(self) -> int:
        return sum(line.cost.total for line in self.lines)

    @property
    def whole(self) -> bool:
        return all(line.whole for line in self.lines)

    @property
    def in_time(self) -> bool:
        return all(line.in_time for line in self.lines)

    @property
    def nothing(self) -> bool:
        return all(line.quantity <= 0 for line in self.lines)


@dataclass(frozen=True)
class Answer:
    """ways: those worth offering, none where nothing can be made; stops: by line, what stops all by the day wanted;

    horizon_end: the last day that was looked at; entered, strained: see OpenBook; prices_missing: codes of bought parts
    without a price; seconds: that it took.
    """

    ways: tuple[WayAnswer, ...]
    stops: tuple[Stop | None, ...]
    opened: OpenBook
    seconds: float

    @property
    def run(self) -> PlanRun | None:
        return self.opened.run

    def way(self, name: str) -> WayAnswer | None:
        return next((row for row in self.ways if row.way == name), None)


def answer(cooperative: Cooperative, lines: Sequence[Asked], *, seconds: float = SECONDS) -> Answer:
    """Answer for lines at once, in about so many seconds.

    Raises
    ------
    Refused: there is no line or there are too many, a day is past, or no plan can be asked (see book_open).
    """
    began = time.monotonic()
    check(lines)
    opened = book_open(cooperative, [line.part for line in lines], max(line.wanted_on for line in lines))
    priced = set[str]().union(*(opened.book.below(line.part.code) for line in lines))
    prices = price_book(cooperative, opened.snapshot, priced)
    desk = Desk(opened.supplied(wanted(lines)), prices, seconds, len(lines))
    ways = [desk.way("date", lines)]
    stops = tuple(none_left(line.stop, opened) for line in ways[0].lines)
    if not ways[0].in_time:
        ways += [desk.way("whole", lines), desk.way("moved", lines)]
    return Answer(tuple(worth(ways)), stops, opened, time.monotonic() - began)


def none_left(stop: Stop | None, opened: OpenBook) -> Stop | None:
    """Where the plan in force still uses makers of a part, but none may make it any more, nobody makes it."""
    if stop is None or stop.part in opened.snapshot.problem.capabilities_of:
        return stop
    return replace(stop, code="no_maker", hours=(), makers=())


def wanted_week_end(day: date) -> date:
    """The Monday after a day: what is handed over in its week counts as in time, as everywhere in planning."""
    return day - timedelta(days=day.weekday()) + timedelta(weeks=1)


def check(lines: Sequence[Asked]) -> None:
    if not lines:
        raise Refused(_("Say first which parts are meant: no line has a part yet."))
    if len(lines) > LINES_MAX:
        raise Refused(_("Ask about at most %(most)s lines at once.") % {"most": LINES_MAX})
    for line in lines:
        if line.wanted_on < today():
            words = {"part": line.part.code, "day": line.wanted_on}
            raise Refused(_("%(part)s is wanted on %(day)s, which is past. Agree on another day.") % words)


def wanted(lines: Sequence[Asked]) -> dict[str, float]:
    found: dict[str, float] = {}
    for line in lines:
        found[line.part.code] = found.get(line.part.code, 0.0) + float(line.quantity)
    return found


def worth(ways: Sequence[WayAnswer]) -> Iterator[WayAnswer]:
    """Those that give something, and something else than those before."""
    seen: list[list[tuple[Decimal, date | None]]] = []
    for way in ways:
        told = [(line.quantity, line.promised_on) for line in way.lines]
        moves = any(line.displaced for line in way.lines)
        if way.nothing or told in seen or (way.way == "moved" and not moves):
            continue
        if way.way == "whole" and not way.whole:
            continue
        seen.append(told)
        yield way


class Desk:
    """Puts questions to one book, within one deadline."""

    def __init__(self, opened: OpenBook, prices: PriceBook, seconds: float, lines: int) -> None:
        self.opened, self.prices = opened, prices
        self.most, self.deadline = seconds * MOST_SHARE, time.monotonic() + seconds
        self.first: dict[str, Promise] = {}
        self.left = 3 * lines

    def way(self, way: Way, lines: Sequence[Asked]) -> WayAnswer:
        """All lines one after the other."""
        opened, found = self.opened, []
        for index, line in enumerate(lines):
            row = order_asked(opened, line, f"?{index + 1}")
            told = self.promise(opened, row, may_move=way == "moved", again=index == 0)
            offer, displaced = chosen(told, way, opened)
            before = opened
            if offer is not None:
                opened = opened.holding(*accepted(told, offer, row))
            found.append(line_answer(line, told, offer, displaced, before, opened, self.prices))
        return WayAnswer(way, tuple(found))

    def promise(self, opened: OpenBook, row: Order, *, may_move: bool, again: bool) -> Promise:
        """One question; the first line's is the same for "date" and "whole"."""
        key = f"{row.id} {may_move}"
        if again and key in self.first:
            return self.first[key]
        share = (self.deadline - time.monotonic()) / max(1, self.left)
        self.left -= 1
        limit = min(self.most, max(LEAST_SECONDS, 3 * share))
        told = put(opened.book, row, seconds=limit, may_move=may_move)
        if again:
            self.first[key] = told
        return told


def order_asked(opened: OpenBook, line: Asked, name: str) -> Order:
    """A line as an order of the planner. Raises Refused where the planner can't ask about it."""
    due = opened.horizon.period(line.wanted_on)
    if line.part.integer and line.quantity != int(line.quantity):
        raise Refused(_("%(part)s comes in whole pieces only.") % {"part": line.part.code}, field="quantity")
    alone = any(row.part == line.part.code and row.single_source for row in opened.book.problem.orders)
    return Order(
        name,
        line.part.code,
        float(line.quantity),
        due,
        short_cost=None,
        earliest=opened.now,
        late_cost=0.0,
        partial=line.partial,
        single_source=alone,
    )


def chosen(told: Promise, way: Way, opened: OpenBook) -> tuple[Offer | None, tuple[Displaced, ...]]:
    """The offer of a way. Work that a promise rests on never moves: then it is as if nothing may."""
    if way == "whole":
        return told.firm.whole, ()
    if way == "moved" and told.moved is not None and told.moved.most is not None:
        gone = told.displaced(told.moved.most)
        if gone and not any(promised(opened, row.order) for row in gone):
            return told.moved.most, gone
    return told.firm.most, ()


def promised(opened: OpenBook, order: str) -> bool:
    line = opened.snapshot.lines.get(order)
    return order.startswith("?") or (line is not None and line.promised_on is not None)


def line_answer(
    line: Asked,
    told: Promise,
    offer: Offer | None,
    displaced: tuple[Displaced, ...],
    before: OpenBook,
    after: OpenBook,
    prices: PriceBook,
) -> LineAnswer:
    answers = told.moved if displaced and told.moved is not None else told.firm
    return LineAnswer(
        asked=line,
        quantity=Decimal(0) if offer is None else pieces_of(line.part, offer.quantity),
        promised_on=None if offer is None else after.last_day(delivered_last(after, told.order.id, offer.period)),
        cost=build_up(before.book, after.book, prices, told.order.id),
        sure="proven" if answers.proven else "found",
        stop=told.stop,
        displaced=displaced,
    )


def delivered_last(opened: OpenBook, order: str, period: int) -> int:
    """The period of the last delivery, which may lie before the one asked for."""
    return max((t for t, _pieces in opened.book.delivered.get(order, ())), default=period)


def pieces_of(part: Part, pieces: float) -> Decimal:
    """Whole where the part is; else three decimals, rounded down, as the database keeps them."""
    return Decimal(round(pieces)) if part.integer else Decimal(int(pieces * 1000 + PIECES)) / 1000
