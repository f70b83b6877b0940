"""P2 to P5, P12, P18 and P21: invoices, credit notes, payments, what they are set against, refunds, income taxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.ledger.models import Allocation, CreditNote, IncomeTax, Invoice, Payment, Refund, YearTax
from wadah.ledger.rules.drafts import Draft
from wadah.ledger.rules.months import last_of
from wadah.ledger.rules.sales import (
    Sold,
    Sums,
    allocation_lines,
    income_tax_lines,
    invoice_lines,
    note_lines,
    payment_lines,
    refund_lines,
    year_tax_lines,
)
from wadah.ledger.selectors.result import year_days
from wadah.ledger.services.sources import source
from wadah.ledger.words import Rule, SoldAs

if TYPE_CHECKING:
    from wadah.ledger.rules.drafts import Line


@source(Rule.INVOICE, "invoice", Invoice.objects.filter(opening=None).prefetch_related("lines__shipment_line"))
def invoice_draft(row: Invoice) -> Draft:
    lines = sorted(row.lines.all(), key=lambda line: line.pk)
    sold = [Sold(line.shipment_line.lot_id, line.pieces, line.rupiah) for line in lines]
    sums = Sums(row.net, row.fee, row.tax)
    posted = invoice_lines(row.buyer_id, sold, sums, agent=row.sold_as == SoldAs.AGENT)
    return draft(row, Rule.INVOICE, "invoice", row.number, posted)


@source(
    Rule.CREDIT_NOTE,
    "credit_note",
    CreditNote.objects.select_related("invoice", "claim__shipment_line").prefetch_related(
        "invoice__lines__shipment_line", "invoice__credit_notes__claim"
    ),
)
def credit_note_draft(row: CreditNote) -> Draft:
    sums = Sums(row.net, row.fee, row.tax)
    agent = row.invoice.sold_as == SoldAs.AGENT
    posted = note_lines(row.invoice.buyer_id, note_sold(row), sums, agent=agent)
    return draft(row, Rule.CREDIT_NOTE, "credit_note", row.number, posted, note=row.reason)


def note_sold(row: CreditNote) -> list[Sold]:
    """The claim's lot; of an invoice taken back whole, what earlier notes left of each of its lines."""
    if row.claim is not None:
        return [Sold(row.claim.shipment_line.lot_id, row.pieces, row.net)]
    lines = sorted(row.invoice.lines.all(), key=lambda line: line.pk)
    pieces = {line.shipment_line_id: line.pieces for line in lines}
    rupiah = {line.shipment_line_id: line.rupiah for line in lines}
    for note in row.invoice.credit_notes.all():
        if note.claim is not None and note.pk < row.pk:
            pieces[note.claim.shipment_line_id] -= note.pieces
            rupiah[note.claim.shipment_line_id] -= note.net
    keys = {line.shipment_line_id: line.shipment_line.lot_id for line in lines}
    return [Sold(lot, pieces[key], rupiah[key]) for key, lot in keys.items() if rupiah[key]]


@source(Rule.PAYMENT, "payment", Payment.objects.select_related("withheld_rate"))
def payment_draft(row: Payment) -> Draft:
    kind = row.withheld_rate.kind if row.withheld_rate else ""
    posted = payment_lines(row.buyer_id, row.till, row.rupiah, row.withheld, kind)
    return draft(row, Rule.PAYMENT, "payment", row.number, posted)


@source(Rule.ALLOCATION, "allocation", Allocation.objects.select_related("payment", "invoice"))
def allocation_draft(row: Allocation) -> Draft:
    posted = allocation_lines(row.payment.buyer_id, row.rupiah)
    return draft(row, Rule.ALLOCATION, "allocation", row.payment.number, posted, note=row.invoice.number)


@source(Rule.REFUND, "refund", Refund.objects.select_related("payment"))
def refund_draft(row: Refund) -> Draft:
    posted = refund_lines(row.payment.buyer_id, row.till, row.rupiah)
    return draft(row, Rule.REFUND, "refund", row.payment.number, posted, note=row.reason)


@source(Rule.YEAR_TAX, "year_tax", YearTax.objects.all())
def year_tax_draft(row: YearTax) -> Draft:
    """On the last day of the year; nothing follows where nothing was owed nor counted."""
    return Draft(
        rule=Rule.YEAR_TAX,
        source_kind="year_tax",
        source_id=row.pk,
        source_number=str(row.year),
        on=year_days(row.year)[1],
        at=row.at,
        by=row.by_id,
        lines=year_tax_lines(row.rupiah, row.credited),
    )


@source(Rule.INCOME_TAX, "income_tax", IncomeTax.objects.all())
def income_tax_draft(row: IncomeTax) -> Draft:
    return Draft(
        rule=Rule.INCOME_TAX,
        source_kind="income_tax",
        source_id=row.pk,
        source_number=f"{row.month:%Y-%m}",
        on=last_of(row.month),
        at=row.at,
        by=row.by_id,
        lines=income_tax_lines(row.rupiah, row.withheld),
    )


def draft(
    row: Invoice | CreditNote | Payment | Allocation | Refund,
    rule: str,
    kind: str,
    number: str,
    lines: tuple[Line, ...],
    note: str = "",
) -> Draft:
    """On the document's own day, by whoever made it."""
    return Draft(
        rule=rule,
        source_kind=kind,
        source_id=row.pk,
        source_number=number,
        note=note,
        on=row.on,
        at=row.at,
        by=row.by_id,
        lines=lines,
    )
