"""A promise is given: the insertion plan that was found becomes the plan in force at once, or nothing happens at all.

Within one transaction, that of the quotation's own step: the order is written, the plan in force is locked, each line
is asked about again against everything promised by now, and the plan with all of them in it is published in its place.
A line that can't be kept any more undoes all of it, in words.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wadah.base.clock import now
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_record
from wadah.catalogue.selectors import part_names_by_code
from wadah.demand.selectors import orders_seen
from wadah.demand.services import order_move, quotation_accept, quotation_send
from wadah.demand.words import OrderStatus
from wadah.planning.plan import violations
from wadah.planning.promise import accepted
from wadah.plans.keep import keep, promised_of, ready_of
from wadah.plans.models import PlannedLine, PlannedLot, PlanRun
from wadah.plans.offers.books import book_open, put
from wadah.plans.offers.quoting import MOVING
from wadah.plans.snapshot import Snapshot, line_id, order_row
from wadah.units import date_text, decimal_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wadah.accounts.models import User
    from wadah.demand.models import Order, OrderLine, Quotation, QuotationVariant
    from wadah.planning.promise import Offer, Promise
    from wadah.plans.offers.books import OpenBook
    from wadah.register.models import Cooperative

SECONDS = 1.0  # for each line

PIECES = 1e-6
Status = PlanRun.Status


@transaction.atomic
def quotation_offer(*, quotation: Quotation, reserve: str = "", by: User | None = None) -> Quotation:
    """Sends a draft; where it reserves hours, they are in the plan in force from now on.

    reserve: code of the variant that hours are kept for. Raises as demand's quotation_send and `take` do.
    """
    sent = quotation_send(quotation=quotation, reserve=reserve, by=by)
    order = sent.orders.filter(status=OrderStatus.RESERVED).first()
    if order is not None:
        take(order=order, reason=_("Hours kept for %(number)s.") % {"number": sent.number}, by=by)
    return sent


@transaction.atomic
def quotation_take(
    *, quotation: Quotation, variant: QuotationVariant, by: User | None = None, **answered: Any
) -> tuple[Order, PlanRun | None]:
    """Accepts a variant: the order is confirmed and planned in one act; the order, and the plan now in force.

    answered: how, answered_by, letter_reference, letter_on of demand's quotation_accept.

    Raises
    ------
    Refused: the promise can't be kept any more, the letter isn't named, or the quotation is over. Nothing is written.
    Conflict: somebody was faster.
    """
    order = quotation_accept(quotation=quotation, variant=variant, by=by, **answered)
    run = take(order=order, reason=_("%(number)s was accepted.") % {"number": quotation.number}, by=by)
    return order, run


@transaction.atomic
def take(*, order: Order, reason: str = "", seconds: float = SECONDS, by: User | None = None) -> PlanRun | None:
    """Puts an order's lines into the plan in force, each whole by its promised day; None where it held them already.

    seconds: for each line, > 0.

    Raises
    ------
    Refused: a line can't be kept any more, or no plan can be asked (see book_open).
    Conflict: another plan came into force at the same moment.
    """
    before = PlanRun.objects.select_for_update().filter(cooperative=order.cooperative_id, status=Status.PUBLISHED)
    list(before.values_list("pk"))
    lines = list(order.lines.select_related("part", "order", "order__quotation").order_by("line_no"))
    until = max(line.promised_on or line.due_on for line in lines)
    opened = book_open(order.cooperative, [line.part for line in lines], until, anew=True, leaving=order.pk)
    fresh = [line for line in lines if line_id(line) not in opened.book.problem.order]
    moving = moves(order)
    if fresh:
        wanted: dict[str, float] = {}
        for line in fresh:
            wanted[line.part.code] = wanted.get(line.part.code, 0.0) + float(line.quantity)
        opened = opened.supplied(wanted)
    opened = with_lines(opened, fresh, moving, seconds)
    run = publish(order.cooperative, opened, reason=reason, by=by) if fresh or opened.entered else None
    orders_planned(order.cooperative, opened, by=by)
    return run


def moves(order: Order) -> set[int]:
    """Numbers of the order's lines for which others' work was to be moved, as the quotation says."""
    if order.quotation is None:
        return set()
    variants = order.quotation.variants.prefetch_related("lines")
    chosen = [row for row in variants if row.chosen] or [row for row in variants if row.reserved]
    return {
        line.line_no
        for variant in chosen
        for line in variant.lines.all()
        if any(row.get("kind") == MOVING for row in line.cost)
    }


def with_lines(opened: OpenBook, lines: list[OrderLine], moving: set[int], seconds: float) -> OpenBook:
    """The book with all lines in it, one after the other.

    Where one that comes later finds the hours taken that it needs, they are put in in another order: the first due
    first, then the last line first. Raises Refused, as the first try did, where none will do.
    """
    refused: Refused | None = None
    for turn in {tuple(order): None for order in turns(lines)}:
        try:
            book = opened
            for line in turn:
                book = with_line(book, line, may_move=line.line_no in moving, seconds=seconds)
        except Refused as error:
            refused = refused or error
        else:
            return book
    assert refused is not None
    raise refused


def turns(lines: list[OrderLine]) -> list[list[OrderLine]]:
    """Orders in which lines may be put in: as they stand, the first due first, the last line first."""
    return [lines, sorted(lines, key=lambda line: line.promised_on or line.due_on), lines[::-1]]


def with_line(opened: OpenBook, line: OrderLine, *, may_move: bool, seconds: float) -> OpenBook:
    """The book with one line in it. Raises Refused where the promise can't be kept any more."""
    row = order_row(line_id(line), line, opened.horizon)
    row = replace(row, earliest=max(row.earliest, opened.now))
    told = put(opened.book, row, seconds=seconds, may_move=may_move, whole=True)
    offer = offered(told, opened, row.quantity)
    if offer is None:
        raise Refused(cannot(line, told))
    return opened.holding(*accepted(told, offer, row))


def offered(told: Promise, opened: OpenBook, quantity: float) -> Offer | None:
    """The offer that keeps the promise, moving nothing where that will do, and never what is promised."""
    if told.firm.most is not None and told.firm.most.quantity >= quantity - PIECES:
        return told.firm.most
    if told.moved is None or told.moved.most is None or told.moved.most.quantity < quantity - PIECES:
        return None
    gone = told.displaced(told.moved.most)
    lines = opened.snapshot.lines
    kept = all(row.order in lines and lines[row.order].promised_on is None for row in gone)
    return told.moved.most if kept else None


def cannot(line: OrderLine, told: Promise) -> str:
    most = 0.0 if told.firm.most is None else told.firm.most.quantity
    language = "en" if (get_language() or "").startswith("en") else "id"
    words = {
        "part": part_names_by_code(language).get(line.part.code, line.part.code),
        "quantity": decimal_text(line.quantity, 3, language),
        "day": date_text(line.promised_on or line.due_on, language),
        "most": decimal_text(most, 3, language),
    }
    return (
        _(
            "%(quantity)s of %(part)s by %(day)s can't be kept any more: %(most)s fit by then. "
            "Ask “can we?” again and send a new quotation."
        )
        % words
    )


def publish(cooperative: Cooperative, opened: OpenBook, *, reason: str, by: User | None) -> PlanRun:
    """The book's plan comes into force. Raises Refused where it breaks a rule, Conflict where another came first."""
    problem, plan = opened.book.problem, opened.book.plan
    if violations(problem, plan):
        raise Refused(_("The plan in force doesn't fit what is registered any more. Make a new plan, then ask again."))
    moment = now()
    if opened.run is not None:
        replaced = PlanRun.objects.filter(pk=opened.run.pk, status=Status.PUBLISHED).update(status=Status.SUPERSEDED)
        if not replaced:
            raise Conflict(_("Another plan came into force a moment ago. Ask again."))
    run = PlanRun(
        cooperative=cooperative,
        start_on=problem.calendar.start,
        weeks=problem.periods,
        time_limit_seconds=1,
        promises_read_at=opened.run.promises_read_at if opened.run else None,
        stock_read_at=opened.run.stock_read_at if opened.run else opened.snapshot.read_at,
        based_on=opened.run,
        created_by=by,
        created_at=moment,
    )
    try:
        with transaction.atomic():
            keep(run, completed(opened), plan, promised_of(opened.run) if opened.run else {})
            run.status, run.published_by, run.published_at = Status.PUBLISHED, by, moment
            run.save(update_fields=["status", "published_by", "published_at"])
    except IntegrityError:
        raise Conflict(_("Another plan came into force a moment ago. Ask again.")) from None
    old = {"status": None, "replaces": opened.run.pk if opened.run else None}
    history_record(user=by, act="plan_publish", row=run, old=old, new={"status": run.status}, reason=reason)
    return run


def completed(opened: OpenBook) -> Snapshot:
    """The snapshot of the book's problem, with the rows that only the plan before still names."""
    snapshot, problem = opened.snapshot, opened.book.problem
    parts, workshops, lines = dict(snapshot.parts), dict(snapshot.workshops), dict(snapshot.lines)
    if opened.run is not None:
        for lot in PlannedLot.objects.filter(run=opened.run).select_related("part", "workshop"):
            parts.setdefault(lot.part.code, lot.part)
            workshops.setdefault(lot.workshop.code, lot.workshop)
        rows = PlannedLine.objects.filter(run=opened.run).select_related("line__order", "line__part")
        for row in rows:
            lines.setdefault(line_id(row.line), row.line)
    ready = ready_of(opened.run) if opened.run is not None else {}
    return Snapshot(problem, parts, workshops, lines, ready)


def orders_planned(cooperative: Cooperative, opened: OpenBook, *, by: User | None) -> None:
    """Confirmed orders of which every line is in the plan are planned."""
    inside = {opened.snapshot.lines[key] for key in opened.book.problem.order if key in opened.snapshot.lines}
    numbers = {line.order.number for line in inside}
    rows: Iterable[Order] = orders_seen(cooperatives=[cooperative.pk], buyers=[]).filter(status=OrderStatus.CONFIRMED)
    for order in rows:
        if order.number in numbers:
            order_move(order=order, to=OrderStatus.PLANNED, by=by)
