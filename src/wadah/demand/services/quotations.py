"""A quotation's way: sent, then accepted, declined, lapsed or withdrawn; and the order that follows from it.

Each step is one transaction and a compare-and-set on the status, so of two answers at once one wins and the other is a
Conflict. The request's row is locked first, then the quotation's, then the order's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import now, today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_record
from wadah.catalogue.saving import row_save, row_values
from wadah.demand.models import Order, Quotation, QuotationVariant
from wadah.demand.rules import quotation_may_become
from wadah.demand.services.orders import order_draft, order_line_add
from wadah.demand.services.requests import request_lock, request_step
from wadah.demand.words import AnsweredHow, OrderStatus, QuotationStatus, RequestStatus

if TYPE_CHECKING:
    from datetime import date

    from wadah.accounts.models import User
    from wadah.demand.models import Request

LIVE = (QuotationStatus.DRAFT, QuotationStatus.SENT)


@transaction.atomic
def quotation_send(*, quotation: Quotation, reserve: str = "", by: User | None = None) -> Quotation:
    """Sends a draft: from here on it is never changed, and an earlier one that was sent is withdrawn.

    reserve: code of the variant that hours are kept for, the first unless given; counts only where the quotation
    reserves hours, and writes an order that is `reserved`.

    Raises
    ------
    Refused: nothing is offered yet, or its validity or a promised day lies in the past.
    Conflict: it was sent or withdrawn meanwhile.
    """
    request = request_lock(quotation.request)
    variants = list(quotation.variants.prefetch_related("lines"))
    send_check(Quotation.objects.get(pk=quotation.pk), variants)
    for other in request.quotations.filter(status=QuotationStatus.SENT).exclude(pk=quotation.pk):
        withdraw(other, reason=_("Replaced by %(number)s.") % {"number": quotation.number}, by=by)
    row = claim(quotation, QuotationStatus.SENT, by=by, act="quotation_send", sent_at=now())
    request_step(request, RequestStatus.QUOTED, by=by, act="quotation_send")
    if row.reserves_hours:
        kept = variant_named(row, reserve or variants[0].code)
        row_save(kept, {"reserved": True}, by=by, act="quotation_send")
        order_write(row, kept, OrderStatus.RESERVED, ordered_on=today(), by=by)
    return row


def send_check(quotation: Quotation, variants: list[QuotationVariant]) -> None:
    """Raises Refused where there is nothing to send, or it would be over before it arrives."""
    if not variants:
        raise Refused(_("%(number)s offers nothing yet.") % {"number": quotation.number})
    if quotation.valid_until < today():
        words = {"number": quotation.number, "day": quotation.valid_until}
        raise Refused(_("%(number)s would be valid until %(day)s, which is past.") % words, field="valid_until")
    for variant in variants:
        for line in variant.lines.all():
            if line.promised_on < today():
                words = {"code": variant.code, "line": line.line_no, "day": line.promised_on}
                raise Refused(_("Variant %(code)s, line %(line)s promises %(day)s, which is past.") % words)


@transaction.atomic
def quotation_accept(
    *,
    quotation: Quotation,
    variant: QuotationVariant,
    how: str = AnsweredHow.PAGE,
    answered_by: str = "",
    letter_reference: str = "",
    letter_on: date | None = None,
    by: User | None = None,
) -> Order:
    """Accepts one variant of a sent quotation: the order is confirmed, with price, day and terms as they were offered.

    how: "page" by the buyer's own contact, or "letter", entered by the manager with the letter's reference and date.
    The reserved order becomes the confirmed one where it was reserved for this variant; else it is cancelled and
    another is written.

    Raises
    ------
    Refused: the variant is another quotation's, its validity is over, or a letter isn't named.
    Conflict: it was answered, withdrawn or lapsed meanwhile.
    """
    request = request_lock(quotation.request)
    letter_check(how, letter_reference, letter_on)
    row = Quotation.objects.get(pk=quotation.pk)
    chosen = variant_named(row, variant.code, pk=variant.pk)
    if row.status == QuotationStatus.SENT and row.valid_until < today():
        words = {"number": row.number, "day": row.valid_until}
        raise Refused(_("%(number)s was valid until %(day)s. Ask for a new quotation.") % words)
    answer = answered(how, answered_by, letter_reference, letter_on, by)
    row = claim(row, QuotationStatus.ACCEPTED, by=by, act="quotation_accept", **answer)
    row_save(chosen, {"chosen": True}, by=by, act="quotation_accept")
    for other in request.quotations.filter(status__in=LIVE):
        withdraw(other, reason=_("%(number)s was accepted.") % {"number": row.number}, by=by)
    request_step(request, RequestStatus.ACCEPTED, by=by, act="quotation_accept")
    if chosen.reserved:
        order = row.orders.select_for_update().get(status=OrderStatus.RESERVED)
        columns = {"status": OrderStatus.CONFIRMED, "ordered_on": letter_on or today()}
        return row_save(order, columns, by=by, act="quotation_accept")
    reserved_cancel(row, by=by)
    return order_write(row, chosen, OrderStatus.CONFIRMED, ordered_on=letter_on or today(), by=by)


@transaction.atomic
def quotation_decline(
    *,
    quotation: Quotation,
    reason: str = "",
    how: str = AnsweredHow.PAGE,
    answered_by: str = "",
    letter_reference: str = "",
    letter_on: date | None = None,
    by: User | None = None,
) -> Quotation:
    """The buyer says no to a sent quotation; hours that were kept for it are free again.

    how: "page" by the buyer's own contact; "letter" or "phone", entered by the manager with a reference and the day.

    Raises
    ------
    Refused: a letter or call isn't named.
    Conflict: it was answered, withdrawn or lapsed meanwhile.
    """
    request = request_lock(quotation.request)
    letter_check(how, letter_reference, letter_on)
    answer = answered(how, answered_by, letter_reference, letter_on, by)
    row = claim(quotation, QuotationStatus.DECLINED, by=by, act="quotation_decline", reason=reason, **answer)
    reserved_cancel(row, by=by)
    request_step(request, RequestStatus.DECLINED, by=by, act="quotation_decline", answer=reason)
    return row


@transaction.atomic
def quotation_withdraw(*, quotation: Quotation, reason: str = "", by: User | None = None) -> Quotation:
    """The cooperative takes a draft or a sent quotation back; the request is open again.

    Raises
    ------
    Refused: a sent one is taken back without a reason.
    Conflict: it was answered, withdrawn or lapsed meanwhile.
    """
    request = request_lock(quotation.request)
    sent = Quotation.objects.filter(pk=quotation.pk, status=QuotationStatus.SENT).exists()
    if sent and not reason.strip():
        raise Refused(_("Say why, so that the buyer knows."), field="reason")
    row = withdraw(quotation, reason=reason, by=by)
    if sent and request.status == RequestStatus.QUOTED:
        request_step(request, RequestStatus.OPEN, by=by, act="quotation_withdraw")
    return row


def quotations_lapse(*, on: date | None = None, by: User | None = None) -> int:
    """Ends each sent quotation whose last valid day lies before `on` (today unless given); how many. Run it daily.

    Hours kept for them are free again. Whoever answered a moment earlier wins. Until it runs nothing is lost: what is
    over can't be accepted, and reserves nothing.
    """
    over = Quotation.objects.filter(status=QuotationStatus.SENT, valid_until__lt=on or today())
    return sum(lapse(quotation, by) for quotation in over.select_related("request"))


@transaction.atomic
def lapse(quotation: Quotation, by: User | None) -> bool:
    request = request_lock(quotation.request)
    try:
        row = claim(quotation, QuotationStatus.LAPSED, by=by, act="quotations_lapse")
    except Conflict:
        return False
    reserved_cancel(row, by=by)
    request_step(request, RequestStatus.LAPSED, by=by, act="quotations_lapse")
    return True


# -- parts of these acts, inside their transaction and under the request's lock ---------------------------------------


def withdraw_all(request: Request, *, reason: str, by: User | None) -> None:
    """All drafts and the sent quotation of a request that ends."""
    for quotation in request.quotations.filter(status__in=LIVE):
        withdraw(quotation, reason=reason, by=by)


def withdraw(quotation: Quotation, *, reason: str, by: User | None) -> Quotation:
    row = claim(quotation, QuotationStatus.WITHDRAWN, by=by, act="quotation_withdraw", reason=reason)
    reserved_cancel(row, by=by)
    return row


def claim(quotation: Quotation, to: str, *, by: User | None, act: str, **columns: Any) -> Quotation:
    """Takes a quotation one step on, by compare-and-set; what the system does itself stands in its history too."""
    row = Quotation.objects.select_for_update().get(pk=quotation.pk)
    old = row_values(row)
    unchanged = Quotation.objects.filter(pk=row.pk, status=row.status)
    if not quotation_may_become(row.status, to) or not unchanged.update(status=to, **columns):
        words = {"number": row.number, "status": row.get_status_display(), "to": QuotationStatus(to).label}
        raise Conflict(_("%(number)s is %(status)s and can't become %(to)s.") % words)
    row_save(row, {"status": to, **columns}, by=by, act=act)
    if by is None:
        history_record(user=None, act=act, row=row, old=old, new=row_values(row))
    return row


def reserved_cancel(quotation: Quotation, *, by: User | None) -> None:
    """The hours that a quotation kept free are free again."""
    for order in quotation.orders.select_for_update().filter(status=OrderStatus.RESERVED):
        row_save(order, {"status": OrderStatus.CANCELLED}, by=by, act="reserved_cancel")


def variant_named(quotation: Quotation, code: str, pk: int | None = None) -> QuotationVariant:
    found = quotation.variants.filter(code=code).first()
    if found is None or pk not in {None, found.pk}:
        words = {"number": quotation.number, "code": code}
        raise Refused(_("%(number)s has no variant %(code)s.") % words, field="variant")
    return found


def letter_check(how: str, reference: str, on: date | None) -> None:
    if how == AnsweredHow.PAGE:
        return
    by_letter = how == AnsweredHow.LETTER
    if not reference.strip():
        missing = _("Write the reference that stands on the letter.") if by_letter else _("Write who called whom.")
        raise Refused(missing, field="letter_reference")
    if on is None or on > today():
        late = _("Write the letter's date; it can't lie ahead.") if by_letter else _("Write the day of the call.")
        raise Refused(late, field="letter_on")


def answered(how: str, name: str, reference: str, on: date | None, by: User | None) -> dict[str, Any]:
    who = name.strip() or (by.name if by else "")
    if not who:
        raise Refused(_("Write who answered."), field="answered_by")
    return {
        "answered_at": now(),
        "answered_how": how,
        "answered_by": who,
        "letter_reference": reference,
        "letter_on": on,
    }


def order_write(
    quotation: Quotation, variant: QuotationVariant, status: str, *, ordered_on: date, by: User | None
) -> Order:
    """An order with a variant's lines: due on the promised day, price and terms frozen as they were offered."""
    request = quotation.request
    order = order_draft(
        buyer=request.buyer,
        cooperative=request.cooperative,
        ordered_on=ordered_on,
        note=request.note,
        simulated=request.simulated,
        by=by,
    )
    for line in variant.lines.select_related("part").order_by("line_no"):
        order_line_add(
            order=order,
            part=line.part,
            quantity=line.quantity,
            due_on=line.promised_on,
            promised_on=line.promised_on,
            price_rupiah_piece=line.price_rupiah_piece,
            late_cost_rupiah_piece_week=line.late_penalty_rupiah_piece_week,
            short_cost_rupiah_piece=line.short_cost_rupiah_piece,
            partial=line.partial,
            by=by,
        )
    return row_save(order, {"status": status, "quotation": quotation}, by=by, act="order_from_quotation")
