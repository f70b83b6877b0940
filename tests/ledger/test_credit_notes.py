"""Credit notes for what came back: never more than was invoiced, fee and tax in proportion (P3)."""

from datetime import date
from decimal import Decimal

import pytest

from cast_sales import PRICE, balance, selling_build
from standing import standing
from wadah.base.errors import Refused
from wadah.ledger.models import PostingLine
from wadah.ledger.selectors.sales import creditable, lines_due
from wadah.ledger.services.allocating import payment_allocate
from wadah.ledger.services.credit_notes import credit_note_make
from wadah.ledger.services.invoices import invoice_cancel, invoice_make, sale_terms_set
from wadah.ledger.services.payments import payment_record
from wadah.ledger.services.taxes import tax_status_put
from wadah.ledger.words import SoldAs

pytestmark = pytest.mark.django_db


@standing
def selling(cast):
    return selling_build(cast)


def invoiced(selling, pieces=100, price=PRICE):
    order = selling.order(pieces, price)
    shipment = selling.shipped(order, pieces)
    return shipment, invoice_make(order=order, by=selling.treasurer)


def credited(selling, invoice, claim, **more):
    return credit_note_make(invoice=invoice, claim=claim, reason="berkarat", by=selling.treasurer, **more)


def test_what_came_back_is_taken_off_with_its_lot(selling):
    shipment, row = invoiced(selling)
    claim = selling.came_back(shipment, 10)
    assert [one.pieces for one in creditable(row)] == [10]
    note = credited(selling, row, claim)
    assert (note.net, note.total, note.freed) == (10 * PRICE, 10 * PRICE, 0)
    assert balance("1110") == 90 * PRICE
    assert PostingLine.objects.get(account__code="4109").lot == shipment.lines.get().lot
    with pytest.raises(Refused, match=claim.number):
        credited(selling, row, claim)


def test_never_more_is_credited_than_came_back_and_was_invoiced(selling):
    order = selling.order()
    shipment = selling.shipped(order)
    early = selling.came_back(shipment, 20)
    row = invoice_make(order=order, by=selling.treasurer)
    assert creditable(row) == []
    with pytest.raises(Refused):
        credited(selling, row, early)
    late = selling.came_back(shipment, 5)
    with pytest.raises(Refused) as refused:
        credited(selling, row, late, pieces=Decimal(6))
    assert refused.value.field == "pieces"
    assert credited(selling, row, late).net == 5 * PRICE
    assert creditable(row) == []


def test_fee_and_tax_come_back_in_proportion_to_the_last_rupiah(selling):
    tax_status_put(cooperative=selling.cooperative, valid_from=date(2026, 1, 1), registered=True, by=selling.treasurer)
    order = selling.order(7, 101)
    shipment = selling.shipped(order, 7)
    sale_terms_set(order=order, sold_as=SoldAs.AGENT, fee_percent=Decimal("7.5"), by=selling.treasurer)
    row = invoice_make(order=order, by=selling.treasurer)
    for pieces in (3, 3, 1):
        credited(selling, row, selling.came_back(shipment, pieces))
    row.refresh_from_db()
    assert (row.credited, row.open_rupiah) == (row.total, 0)
    assert [balance(code) for code in ("1110", "4103", "5109", "2120")] == [0, 0, 0, 0]


def test_what_was_paid_already_becomes_the_buyers_balance(selling):
    shipment, row = invoiced(selling)
    payment = payment_record(
        cooperative=selling.cooperative, buyer=selling.buyer, rupiah=row.total, by=selling.treasurer
    )
    payment_allocate(payment=payment, by=selling.treasurer)
    note = credited(selling, row, selling.came_back(shipment, 10))
    payment.refresh_from_db()
    assert note.freed == payment.left == 10 * PRICE == -balance("2103", buyer=selling.buyer)
    assert balance("1110") == 0


def test_an_invoice_taken_back_after_a_note_is_taken_back_for_the_rest(selling):
    shipment, row = invoiced(selling)
    credited(selling, row, selling.came_back(shipment, 10))
    note = invoice_cancel(invoice=row, reason="salah harga", by=selling.treasurer)
    assert (note.pieces, note.net) == (90, 90 * PRICE)
    assert balance("1110") == balance("4101") + balance("4109") == 0
    assert [one.pieces for one in lines_due(type(row.order).objects.filter(pk=row.order_id))] == [90]
    assert creditable(row) == []


def test_nobody_credits_without_a_reason(selling):
    shipment, row = invoiced(selling)
    claim = selling.came_back(shipment, 10)
    with pytest.raises(Refused) as refused:
        credit_note_make(invoice=row, claim=claim, reason=" ", by=selling.treasurer)
    assert refused.value.field == "reason"
