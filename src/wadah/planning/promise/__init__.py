"""Can we take this order? Earliest date for all of it, most pieces by the date asked, their cost, and what stops it.

In: a Book (book.py: a problem and a plan for it) and an order that the plan doesn't have. What is held fixed, exactly:

- The plan's rows are the promises made. Every delivery stays; every lot stays, though it may grow; lots of parts
  outside the order's bill of materials ("the tree") stay exactly as they are.
- The new order may use, within every rule of docs/model.md, the hours and overtime that are left, stock and pieces
  that nobody uses, lots that exist (adding to one needs no new set-up) and new lots of the parts in the tree. What
  perishable stock is scrapped may change.
- `cost` is what the whole plan costs more with the order in it than without, its own lateness and shortness left out.

`firm` answers within that. `moved` answers a second time for work that may give way: lots of the tree that aren't
committed may move, those of parts that share its workshops (as many as fit in MOVED_CELLS) may shrink, and all their
orders may be served later or less; `displaced` says whom that costs what. It is asked only where `firm` can't deliver
all by the date asked.

Answers are proven where `proven` says so: small problems always, large ones as far as the seconds reach. A quantity or
date that isn't proven is still one that can be kept: its plan has passed the referee.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from wadah.planning.errors import Fault, ProblemError
from wadah.planning.plan import Plan, priced
from wadah.planning.problem import Calendar, Capability, Order, Part, Problem, Workshop
from wadah.planning.promise.book import Book
from wadah.planning.promise.bottleneck import Hours, Stop, stop
from wadah.planning.promise.cutout import cut
from wadah.planning.promise.displaced import Displaced, displaced, movable
from wadah.planning.promise.merge import merged
from wadah.planning.promise.offers import Answers, Desk, Offer
from wadah.planning.promise.program import Program
from wadah.planning.solver import lease
from wadah.planning.stop import Clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from wadah.planning.promise.book import Floats
    from wadah.planning.promise.cutout import Cutout
    from wadah.planning.solver import Session

__all__ = ["Answers", "Book", "Displaced", "Hours", "Offer", "Promise", "Stop", "accepted", "promise", "warm"]

RESERVE = 0.22  # of the seconds, for the last search to end and its plan to be refereed
FIRM_SHARE = 0.6  # of the seconds, where work may be moved as well
LEAST_SHARE = 0.2  # of the seconds; with less left, nothing is asked about moving work


@dataclass(frozen=True)
class Promise:
    """The answers about `order`; due: its date within the calendar, −1 where it lies before.

    stop: what stops it by then, None where nothing does; moved: answers where other work may be moved, None where it
    wasn't needed or no time was left; cutouts: what the plans of firm and moved offers are plans of.
    """

    order: Order
    due: int
    firm: Answers
    stop: Stop | None
    moved: Answers | None
    cutouts: tuple[Cutout, ...]
    seconds: float

    def displaced(self, offer: Offer) -> tuple[Displaced, ...]:
        """Orders that an offer of `moved` makes later, or shorter; none for one of `firm`."""
        return displaced(self.cutouts[-1], offer.plan) if not has(self.firm, offer) else ()


def promise(
    book: Book,
    order: Order,
    *,
    time_limit: float = 1.0,
    may_move: bool = True,
    should_stop: Callable[[], bool] | None = None,
) -> Promise:
    """Answer for one order; see the head of this module for what is held fixed.

    Parameters
    ----------
    order: part, quantity, due, earliest, partial and single_source count; its costs don't. Its id must be new.
    time_limit: seconds of wall time, > 0; may_move: whether to ask about moving other work as well.

    Raises
    ------
    ProblemError: the order itself is at fault (unknown part, a quantity that isn't whole, a taken id, …).
    """
    check(book, order)
    time_limit *= 1 - RESERVE
    clock = Clock(time_limit, should_stop)
    asked = replace(order, due=book.problem.periods - 1, late_cost=0.0, short_cost=1.0)
    due = max(-1, min(order.due, book.problem.periods - 1))
    with lease() as session:
        within = Clock(time_limit * (FIRM_SHARE if may_move else 1.0), should_stop)
        desk = counter(book, asked, session, within)
        desk.unhurried = clock
        firm = desk.answers(due)
        reason = stop(desk, due, firm)
        cutouts, moved = [desk.program.cutout], None
        if may_move and reason is not None and reason.code != "too_early" and clock.left > LEAST_SHARE * time_limit:
            second = counter(book, asked, session, Clock(clock.left, should_stop), giving_way(book, asked, due, reason))
            second.known = known_ways(desk.program.cutout, second.program, firm)
            moved = no_worse(second.answers(due), firm)
            cutouts.append(second.program.cutout)
    return Promise(order, due, firm, reason, moved, tuple(cutouts), clock.seconds)


def warm() -> None:
    """Start a solver and load what is compiled, so that the first answer is as quick as the next."""
    calendar = Calendar(date(2026, 12, 7), 1)
    small = Problem(calendar, (Part("A"),), (Workshop("W", (1.0,), (0.0,)),), (Capability("A", "W", 1.0),))
    promise(Book(small, Plan("optimal")), Order("NEW", "A", 1.0, 0, None), time_limit=10.0)


def counter(book: Book, order: Order, session: Session, clock: Clock, neighbours: frozenset[str] | None = None) -> Desk:
    """The desk for an order: everything kept, or, with neighbours, the tree's and their uncommitted work movable."""
    tree = book.below(order.part)
    if neighbours is None:
        cutout = cut(book, tree, kept=True, extra=(order,))
    else:
        cutout = cut(book, tree | neighbours, kept=False, extra=(order,), barred=neighbours - tree)
    program = Program(cutout, session, clock, held=neighbours is None)
    if neighbours is not None:
        program.only_shrink(neighbours - tree)
    return Desk(program, order.id)


def giving_way(book: Book, order: Order, due: int, reason: Stop) -> frozenset[str]:
    prices = {(hours.workshop, hours.period): hours.price for hours in reason.hours}
    return movable(book, order.part, due, prices, order.quantity)


def no_worse(moved: Answers, firm: Answers) -> Answers:
    """What can be had without moving anything can be had where it may be moved."""
    most, whole = moved.most, moved.whole
    if firm.most is not None and (most is None or most.quantity < firm.most.quantity):
        most = firm.most
    if firm.whole is not None and (whole is None or firm.whole.period < whole.period):
        whole = firm.whole
    return replace(moved, most=most, whole=whole)


def known_ways(cutout: Cutout, program: Program, firm: Answers) -> list[tuple[int, Floats]]:
    """What `firm` offers, as values of a program in which more may move."""
    found = []
    for offer in filter(None, (firm.most, firm.whole)):
        before, plan = program.cutout.before, offer.plan
        mine = cutout.orders | {order for order, _, _ in plan.deliver} | {order for order, _ in plan.short}
        both = replace(
            before,
            make=(
                *(row for row in before.make if row[0] not in cutout.free),
                *(row for row in plan.make if row[0] in cutout.free and row[1] in cutout.book.problem.workshop),
            ),
            deliver=(*(row for row in before.deliver if row[0] not in mine), *plan.deliver),
            scrap=(*(row for row in before.scrap if row[0] not in cutout.free), *plan.scrap),
            assign=(*(row for row in before.assign if row[0] not in mine), *plan.assign),
        )
        values = program.completed(both)
        if values is not None:
            found.append((offer.period, values))
    return found


def check(book: Book, order: Order) -> None:
    """The order's own faults, found as if it were the only one beside the plan's orders of the same part."""
    problem = book.problem
    if order.part not in problem.part:
        raise ProblemError([Fault("unknown_id", field="part", value=order.part, hint=(("list", "parts"),))])
    if order.id in problem.order:
        raise ProblemError([Fault("duplicate_id", "orders", field="id", value=order.id)])
    if order.single_source and order.part in book.parents_of:
        parent = book.parents_of[order.part][0]
        hint = (("order", order.id), ("parent", parent))
        raise ProblemError([Fault("single_source_component", "parts", field="bom", value=order.part, hint=hint)])


def accepted(answer: Promise, offer: Offer, order: Order) -> tuple[Problem, Plan]:
    """The problem with the order in it, and the plan with the offer taken; `order` brings the costs agreed.

    The order is for the offer's quantity; its plan is priced and passes the referee.
    """
    cutout = next(
        c for c, answers in zip(answer.cutouts, (answer.firm, answer.moved), strict=False) if has(answers, offer)
    )
    problem = cutout.book.problem
    agreed = replace(order, quantity=offer.quantity)
    larger = replace(problem, orders=(*problem.orders, agreed))
    whole = merged(cutout, offer.plan)
    short = tuple(row for row in whole.short if row[0] != order.id)
    return larger, priced(larger, replace(whole, short=short, stopped="promise"))


def has(answers: Answers | None, offer: Offer) -> bool:
    return answers is not None and (answers.most is offer or answers.whole is offer)
