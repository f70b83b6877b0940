"""Invoices: how an order is sold, what a buyer owes for what it signed for; an invoice taken back whole (P2, P3)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import now
from wadah.base.errors import Refused
from wadah.base.history import history_record, history_values
from wadah.base.numbering import number_next, number_text
from wadah.catalogue.saving import row_save
from wadah.demand.models import Order
from wadah.demand.words import BuyerKind
from wadah.ledger.models import Invoice, InvoiceLine, SaleTerms
from wadah.ledger.rules.sales import Sums, fee_rupiah
from wadah.ledger.rules.taxes import tax_rupiah
from wadah.ledger.selectors.sales import order_due, sale_terms
from wadah.ledger.selectors.taxes import tax_status_on
from wadah.ledger.services.books import book_lock
from wadah.ledger.services.credit_notes import note_make
from wadah.ledger.services.days import day_of, said
from wadah.ledger.services.posting import rows_post
from wadah.ledger.services.taxes import tax_rate_on
from wadah.ledger.words import Rule, SoldAs, TaxKind
from wadah.units import date_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wadah.accounts.models import User
    from wadah.ledger.models import CreditNote, TaxRate
    from wadah.ledger.selectors.sales import Due

PREFIX = "INV"
TERMS = ("sold_as", "fee_percent", "due_days")


@transaction.atomic
def sale_terms_set(
    *,
    order: Order,
    by: User,
    sold_as: str = SoldAs.PRINCIPAL,
    fee_percent: Decimal = Decimal(0),
    due_days: int = 30,
) -> SaleTerms:
    """How an order is sold; frozen by its first invoice.

    fee_percent: > 0, ≤ 100, of the price, where the cooperative is an agent; due_days: ≥ 0.

    Raises
    ------
    Refused: the order is invoiced already; an agent without a fee.
    """
    book_lock(order.cooperative)
    order = Order.objects.select_for_update(of=("self",)).get(pk=order.pk)
    if number := invoiced(order):
        words = {"order": order.number, "number": number}
        raise Refused(_("%(order)s is sold as %(number)s says. Take that invoice back first.") % words)
    if sold_as == SoldAs.AGENT and fee_percent <= 0:
        raise Refused(_("Say which part of the price the cooperative keeps as its fee."), field="fee_percent")
    row = sale_terms(order)
    old = history_values(row, TERMS) if row.pk else {}
    fee = fee_percent if sold_as == SoldAs.AGENT else Decimal(0)
    row_save(row, {"sold_as": sold_as, "fee_percent": fee, "due_days": due_days})
    history_record(user=by, act="sale_terms_set", row=order, old=old, new=history_values(row, TERMS))
    return row


def invoiced(order: Order) -> str:
    """The number of an invoice of the order that holds, "" where there is none."""
    held = InvoiceLine.objects.filter(invoice__order=order, cancelled=False)
    return held.order_by("pk").values_list("invoice__number", flat=True).first() or ""


@transaction.atomic
def invoice_make(*, order: Order, by: User, on: dt.date | None = None) -> Invoice:
    """One invoice over all that was signed for and isn't invoiced yet, at the order's prices.

    on: its day, today where left out.

    Raises
    ------
    Refused: there is nothing to invoice, nothing of it has a price, it was signed for later than `on`, or no rate of
    PPN is known for the day.
    """
    book_lock(order.cooperative)
    order = Order.objects.select_for_update(of=("self",)).select_related("buyer", "cooperative").get(pk=order.pk)
    due, on = order_due(order), day_of(on)
    net = sum(one.rupiah for one in due)
    due_check(order, due, net, on)
    terms = SaleTerms.objects.get_or_create(order=order)[0]
    fee = fee_rupiah(net, terms.fee_percent) if terms.sold_as == SoldAs.AGENT else 0
    rate = ppn_rate(order, on)
    sums = Sums(net, fee, tax_rupiah(rate, fee if terms.sold_as == SoldAs.AGENT else net) if rate else 0)
    row = Invoice.objects.create(
        number=number_text(PREFIX, on.year, number_next(PREFIX, on.year)),
        order=order,
        buyer=order.buyer,
        cooperative=order.cooperative,
        on=on,
        due_on=on + dt.timedelta(days=terms.due_days),
        sold_as=terms.sold_as,
        net=sums.net,
        fee=sums.fee,
        tax=sums.tax,
        tax_rate=rate,
        total=sums.total,
        at=now(),
        by=by,
        simulated=order.simulated,
    )
    InvoiceLine.objects.bulk_create([line_of(row, one) for one in due])
    history_record(user=by, act="invoice_make", row=row, new={"order": order.number, "total": row.total})
    rows_post(cooperative=order.cooperative, rule=Rule.INVOICE, rows=[row])
    return row


def line_of(invoice: Invoice, due: Due) -> InvoiceLine:
    return InvoiceLine(
        invoice=invoice,
        shipment_line=due.line,
        pieces=due.pieces,
        price_rupiah_piece=due.line.line.price_rupiah_piece,
        rupiah=due.rupiah,
    )


def due_check(order: Order, due: Sequence[Due], net: int, on: dt.date) -> None:
    """Raises Refused."""
    if not due:
        raise Refused(
            _("Nothing of %(order)s can be invoiced: all that was signed for is invoiced.") % {"order": order.number}
        )
    if not net:
        raise Refused(_("Nothing of %(order)s that was signed for has a price.") % {"order": order.number})
    last = max(one.received_on for one in due)
    if on < last:
        words = {"day": date_text(last)}
        raise Refused(
            _("Some of it was signed for on %(day)s only. Choose that day or a later one.") % words, field="on"
        )


def ppn_rate(order: Order, on: dt.date) -> TaxRate | None:
    """The rate of PPN that an invoice needs, None where the cooperative isn't registered for it."""
    status = tax_status_on(order.cooperative, on)
    if status is None or not status.registered:
        return None
    public = order.buyer.kind == BuyerKind.GOVERNMENT
    return tax_rate_on(TaxKind.PPN_COLLECTOR if public else TaxKind.PPN, on)


@transaction.atomic
def invoice_cancel(*, invoice: Invoice, reason: str, by: User, on: dt.date | None = None) -> CreditNote:
    """Take a wrong invoice back whole, by a credit note over all that is left of it; its pieces can be invoiced anew.

    What was paid on it becomes the buyer's balance.

    Raises
    ------
    Refused: nothing is left of it, it came with opening balances, or nobody says why.
    """
    book_lock(invoice.cooperative)
    invoice = Invoice.objects.select_for_update(of=("self",)).select_related("cooperative", "buyer").get(pk=invoice.pk)
    if invoice.opening is not None:
        words = _("%(number)s came with the opening balances %(opening)s. It is taken back with them, or paid.")
        raise Refused(words % {"number": invoice.number, "opening": invoice.opening.number})
    lines = list(invoice.lines.select_for_update().order_by("pk"))
    before = sum(invoice.credit_notes.values_list("net", flat=True))
    credited = sum(invoice.credit_notes.values_list("pieces", flat=True), Decimal(0))
    if before == invoice.net:
        raise Refused(_("%(number)s is credited whole already.") % {"number": invoice.number})
    note = note_make(
        invoice=invoice,
        claim=None,
        pieces=sum((line.pieces for line in lines), Decimal(0)) - credited,
        net=invoice.net - before,
        on=day_of(on),
        reason=said(reason),
        by=by,
    )
    invoice.lines.update(cancelled=True)
    history_record(user=by, act="invoice_cancel", row=invoice, new={"note": note.number}, reason=note.reason)
    return note
