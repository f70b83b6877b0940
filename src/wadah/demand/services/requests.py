"""Requests: what a buyer asks for, which parts are meant, and how the question ends without an order."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import today
from wadah.base.errors import Conflict, Refused
from wadah.base.numbering import number_next, number_text
from wadah.catalogue.saving import quantity_check, row_save
from wadah.demand.models import Request, RequestLine
from wadah.demand.rules import request_may_become
from wadah.demand.words import RequestStatus

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from wadah.accounts.models import User
    from wadah.catalogue.models import Part
    from wadah.demand.lines import LineAsked
    from wadah.demand.models import Buyer
    from wadah.register.models import Cooperative

PREFIX = "RFQ"
OVER = (RequestStatus.ACCEPTED, RequestStatus.WITHDRAWN)


@transaction.atomic
def request_receive(
    *,
    buyer: Buyer,
    cooperative: Cooperative,
    channel: str,
    lines: Sequence[LineAsked],
    received_on: date | None = None,
    note: str = "",
    text: str = "",
    simulated: bool = False,
    by: User | None = None,
) -> Request:
    """Records what a buyer asks for, with the next number of its year ("RFQ-2026-0001"); received today unless given.

    lines: at least one; text: the message as it came.

    Raises
    ------
    Refused: there is no line, a quantity doesn't suit its part, or the buyer is archived.
    """
    if not lines:
        raise Refused(_("Name at least one thing, how many and by when."), field="lines")
    if buyer.archived_at is not None:
        raise Refused(_("%(name)s is archived: bring the buyer back first.") % {"name": buyer.name}, field="buyer")
    day = received_on or today()
    number = number_text(PREFIX, day.year, number_next(PREFIX, day.year))
    row = Request(number=number, buyer=buyer, cooperative=cooperative, received_on=day, channel=channel)
    row_save(row, {"note": note, "text": text, "simulated": simulated}, by=by, act="request_receive")
    for line_no, asked in enumerate(lines, 1):
        line = RequestLine(request=row, line_no=line_no)
        line_write(line, asked, by=by, act="request_receive")
    return row


def line_write(line: RequestLine, asked: LineAsked, *, by: User | None, act: str) -> None:
    if asked.part is not None:
        quantity_check(asked.part, asked.quantity)
    columns = {
        "text": asked.text,
        "quantity": Decimal(asked.quantity),
        "wanted_on": asked.wanted_on,
        "part": asked.part,
    }
    row_save(line, columns, by=by, act=act)


@transaction.atomic
def request_line_match(*, line: RequestLine, part: Part | None, by: User | None = None) -> RequestLine:
    """Says which part a line means; None takes that back.

    Raises
    ------
    Refused: the request is over, or the part can't be counted in the line's quantity.
    """
    request_open(line.request)
    if part is not None:
        quantity_check(part, line.quantity, field="part")
    return row_save(line, {"part": part}, by=by, act="request_line_match")


@transaction.atomic
def request_decline(*, request: Request, reason: str, by: User | None = None) -> Request:
    """The cooperative says that it can't, and why; drafts and a sent quotation are withdrawn with it."""
    return ended(request, RequestStatus.DECLINED, reason, by=by, act="request_decline")


@transaction.atomic
def request_withdraw(*, request: Request, reason: str = "", by: User | None = None) -> Request:
    """The buyer no longer asks; drafts and a sent quotation are withdrawn with it."""
    return ended(request, RequestStatus.WITHDRAWN, reason, by=by, act="request_withdraw")


def ended(request: Request, to: str, reason: str, *, by: User | None, act: str) -> Request:
    from wadah.demand.services.quotations import withdraw_all

    row = request_lock(request)
    if to == RequestStatus.DECLINED and not reason.strip():
        raise Refused(_("Say why, so that the buyer knows."), field="reason")
    withdraw_all(row, reason=reason, by=by)
    return request_step(row, to, by=by, act=act, answer=reason)


def request_lock(request: Request) -> Request:
    """The request, locked until the transaction ends: first of all locks, so that no two acts wait for each other."""
    return Request.objects.select_for_update().get(pk=request.pk)


def request_open(request: Request) -> Request:
    """The request, locked. Raises Refused where it is over."""
    row = request_lock(request)
    if row.status in OVER:
        words = {"number": row.number, "status": row.get_status_display()}
        raise Refused(_("%(number)s is %(status)s: nothing about it can be changed.") % words)
    return row


def request_step(row: Request, to: str, *, by: User | None, act: str, answer: str = "") -> Request:
    """Takes a locked request one step on, by compare-and-set. Raises Conflict where it can't go there any more."""
    if row.status == to:
        return row
    words = {"number": row.number, "status": row.get_status_display(), "to": RequestStatus(to).label}
    unchanged = Request.objects.filter(pk=row.pk, status=row.status)
    if not request_may_become(row.status, to) or not unchanged.update(status=to):
        raise Conflict(_("%(number)s is %(status)s and can't become %(to)s.") % words)
    return row_save(row, {"status": to, "answer": answer}, by=by, act=act)
