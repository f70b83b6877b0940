"""Which payment pays how much of which invoice (P5): a row for each act, below zero where it is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from wadah.base.clock import now
from wadah.base.errors import Refused
from wadah.base.history import history_record
from wadah.ledger.models import Allocation, Invoice, Payment
from wadah.ledger.rules.matching import parts_suggested
from wadah.ledger.selectors.sales import owed_by
from wadah.ledger.services.books import book_lock
from wadah.ledger.services.days import day_of, said
from wadah.ledger.services.posting import rows_post
from wadah.ledger.words import Rule
from wadah.units import rupiah_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from wadah.accounts.models import User


def payment_suggested(payment: Payment) -> tuple[tuple[tuple[int, int], ...], bool]:
    """(invoice id, rupiah) for what is left of a payment, and whether that is sure (rules/matching.py). One query."""
    owed = owed_by(cooperative=payment.cooperative, buyers=[payment.buyer_id])
    return parts_suggested(payment.left, payment.reference, owed)


@transaction.atomic
def payment_allocate(
    *,
    payment: Payment,
    by: User,
    parts: Sequence[tuple[Invoice, int]] | None = None,
    on: dt.date | None = None,
) -> list[Allocation]:
    """Set a payment, or a part of it, against invoices of the same buyer.

    parts: (invoice, rupiah > 0); as suggested where left out. on: its day; left out, when both were there.

    Raises
    ------
    Refused: more than is left of the payment or still owed on the invoice, or another's invoice; nothing to set.
    """
    book_lock(payment.cooperative)
    payment = payment_lock(payment)
    wanted = dict(payment_suggested(payment)[0]) if parts is None else summed(parts)
    if not wanted:
        raise Refused(_("Say how much of which invoice it pays."))
    invoices = Invoice.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk")
    rows = []
    for invoice in invoices:
        part_check(payment, invoice, wanted[invoice.pk])
        day = day_of(on) if on else max(payment.on, invoice.on)
        rows.append(allocate(payment, invoice, wanted[invoice.pk], on=day, by=by))
    told = {"parts": "; ".join(f"{row.invoice.number} {rupiah_text(row.rupiah)}" for row in rows)}
    history_record(user=by, act="payment_allocate", row=payment, new=told)
    rows_post(cooperative=payment.cooperative, rule=Rule.ALLOCATION, rows=rows)
    return rows


def summed(parts: Sequence[tuple[Invoice, int]]) -> dict[int, int]:
    """Rupiah by invoice id, one that is named twice added up."""
    wanted: dict[int, int] = {}
    for invoice, rupiah in parts:
        wanted[invoice.pk] = wanted.get(invoice.pk, 0) + rupiah
    return wanted


def part_check(payment: Payment, invoice: Invoice, rupiah: int) -> None:
    """Raises Refused where so much of a payment can't be set against an invoice."""
    words = {"invoice": invoice.number, "payment": payment.number, "open": rupiah_text(invoice.open_rupiah)}
    if invoice.cooperative_id != payment.cooperative_id or invoice.buyer_id != payment.buyer_id:
        raise Refused(_("%(invoice)s is another buyer's.") % words)
    if rupiah <= 0:
        raise Refused(_("%(invoice)s: write an amount above zero.") % words)
    if rupiah > invoice.open_rupiah:
        raise Refused(_("%(invoice)s: only %(open)s are still owed.") % words)
    if rupiah > payment.left:
        words |= {"left": rupiah_text(payment.left)}
        raise Refused(_("Only %(left)s of %(payment)s are left.") % words)


def payment_lock(payment: Payment) -> Payment:
    """The payment, locked. Raises Refused where it was taken back."""
    rows = Payment.objects.select_for_update(of=("self",)).select_related("cooperative", "buyer")
    payment = rows.get(pk=payment.pk)
    if payment.reversed_at is not None:
        raise Refused(_("%(number)s was taken back.") % {"number": payment.number})
    return payment


def allocate(payment: Payment, invoice: Invoice, rupiah: int, *, on: dt.date, by: User) -> Allocation:
    """The row, with both sums moved on; not posted yet."""
    payment.allocated += rupiah
    payment.save(update_fields=["allocated"])
    invoice.paid += rupiah
    invoice.save(update_fields=["paid"])
    return Allocation.objects.create(payment=payment, invoice=invoice, rupiah=rupiah, on=on, at=now(), by=by)


@transaction.atomic
def allocation_take_back(
    *, payment: Payment, invoice: Invoice, reason: str, by: User, rupiah: int | None = None, on: dt.date | None = None
) -> Allocation:
    """What a payment pays of an invoice, or a part of it, is left of the payment again.

    Raises
    ------
    Refused: the payment doesn't pay so much of the invoice, or nobody says why.
    """
    book_lock(payment.cooperative)
    payment = payment_lock(payment)
    invoice = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice.pk)
    held = Allocation.objects.filter(payment=payment, invoice=invoice).aggregate(all=Sum("rupiah"))["all"] or 0
    rupiah = held if rupiah is None else rupiah
    if not 0 < rupiah <= held:
        words = {"payment": payment.number, "invoice": invoice.number, "held": rupiah_text(held)}
        raise Refused(_("%(payment)s pays %(held)s of %(invoice)s; no more can be taken back.") % words, field="rupiah")
    row = allocate(payment, invoice, -rupiah, on=day_of(on), by=by)
    told = {"parts": f"{invoice.number} {rupiah_text(-rupiah)}"}
    history_record(user=by, act="allocation_take_back", row=payment, new=told, reason=said(reason))
    rows_post(cooperative=payment.cooperative, rule=Rule.ALLOCATION, rows=[row])
    return row


def pairs_paid(**of: Payment | Invoice) -> list[tuple[int, int, int]]:
    """(payment id, invoice id, rupiah > 0) of one payment or one invoice, the newest first."""
    rows = Allocation.objects.filter(**of).order_by().values("payment", "invoice")
    sums = rows.annotate(all=Sum("rupiah")).filter(all__gt=0).order_by("-payment", "-invoice")
    return [(row["payment"], row["invoice"], row["all"]) for row in sums]


def invoice_free(*, invoice: Invoice, rupiah: int, on: dt.date, by: User) -> int:
    """Take payments off an invoice (locked), the newest first, until `rupiah` (≥ 0) are free. How much there was."""
    rows, left = [], rupiah
    for key, _invoice, held in pairs_paid(invoice=invoice):
        part = min(left, held)
        if not part:
            break
        payment = Payment.objects.select_for_update(of=("self",)).get(pk=key)
        rows.append(allocate(payment, invoice, -part, on=on, by=by))
        left -= part
    rows_post(cooperative=invoice.cooperative, rule=Rule.ALLOCATION, rows=rows)
    return rupiah - left


def payment_free(*, payment: Payment, on: dt.date, by: User) -> None:
    """Take a payment (locked) off all invoices that it pays."""
    rows = []
    for _payment, key, held in pairs_paid(payment=payment):
        invoice = Invoice.objects.select_for_update(of=("self",)).get(pk=key)
        rows.append(allocate(payment, invoice, -held, on=on, by=by))
    rows_post(cooperative=payment.cooperative, rule=Rule.ALLOCATION, rows=rows)
