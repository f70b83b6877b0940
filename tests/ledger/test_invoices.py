"""Invoices of what was signed for, as principal and as agent, with PPN and without; taken back whole (P2, P3)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from cast_sales import PRICE, balance, rules_posted, selling_build
from standing import standing
from wadah.base.clock import today
from wadah.base.errors import Refused
from wadah.demand.models import Order
from wadah.ledger.models import Invoice, InvoiceLine, Posting, PostingLine
from wadah.ledger.rules.sales import Sums, note_sums, part_of
from wadah.ledger.selectors.sales import invoices_seen, lines_due, orders_to_invoice
from wadah.ledger.services.allocating import payment_allocate
from wadah.ledger.services.invoices import invoice_cancel, invoice_make, sale_terms_set
from wadah.ledger.services.payments import payment_record
from wadah.ledger.services.taxes import tax_status_put
from wadah.ledger.words import SoldAs

pytestmark = pytest.mark.django_db


@standing
def selling(cast):
    return selling_build(cast)


def made(selling, order, **more):
    return invoice_make(order=order, by=selling.treasurer, **more)


def registered(selling):
    tax_status_put(cooperative=selling.cooperative, valid_from=date(2026, 1, 1), registered=True, by=selling.treasurer)


def test_what_was_signed_for_is_invoiced_once_at_the_orders_price(selling):
    order = selling.order()
    selling.shipped(order, 60, refused=10)
    row = made(selling, order)
    assert (row.number, row.net, row.fee, row.tax, row.total) == (
        f"INV-{today().year}-0001", 50 * PRICE, 0, 0, 50 * PRICE,
    )  # fmt: skip
    assert row.due_on == today() + timedelta(days=30)
    assert balance("1110", buyer=selling.buyer) == 50 * PRICE == -balance("4101")
    line = PostingLine.objects.get(account__code="4101")
    assert (line.pieces, line.lot) == (50, row.lines.get().shipment_line.lot)
    with pytest.raises(Refused):
        made(selling, order)
    selling.shipped(order, 40)
    assert made(selling, order).net == 40 * PRICE
    assert InvoiceLine.objects.count() == 2


def test_as_an_agent_only_the_fee_is_turnover_and_no_rupiah_is_lost_between_lots(selling):
    order = selling.order(pieces=7, price=101)
    selling.shipped(order, 3)
    selling.shipped(order, 4)
    sale_terms_set(order=order, sold_as=SoldAs.AGENT, fee_percent=Decimal("7.5"), due_days=14, by=selling.treasurer)
    row = made(selling, order)
    assert (row.net, row.fee) == (707, 53)
    assert row.due_on == today() + timedelta(days=14)
    assert (balance("4103"), balance("5109"), balance("4101")) == (-53, -(707 - 53), 0)


def test_ppn_is_on_the_net_or_on_the_agents_fee(selling):
    registered(selling)
    order = selling.order(pieces=10, price=1_000)
    selling.shipped(order, 5)
    sale_terms_set(order=order, sold_as=SoldAs.AGENT, fee_percent=Decimal(10), by=selling.treasurer)
    row = made(selling, order)
    assert (row.tax, row.total, row.tax_rate.code) == (55, 5_055, "04")
    principal = selling.order(pieces=10, price=1_000)
    selling.shipped(principal, 10)
    assert made(selling, principal).tax == 1_100
    assert balance("2120") == -1_155


def test_a_public_buyers_invoice_has_the_code_of_collectors(selling):
    registered(selling)
    selling.buyer.kind = "government"
    selling.buyer.save()
    order = selling.order()
    selling.shipped(order)
    assert made(selling, order).tax_rate.code == "02"


def test_without_a_registration_no_ppn_stands_on_it(selling):
    order = selling.order()
    selling.shipped(order)
    assert made(selling, order).tax_rate is None


def test_terms_are_frozen_by_the_first_invoice_until_it_is_taken_back(selling):
    order = selling.order()
    selling.shipped(order)
    row = made(selling, order)
    with pytest.raises(Refused, match=row.number):
        sale_terms_set(order=order, due_days=7, by=selling.treasurer)
    invoice_cancel(invoice=row, reason="salah syarat", by=selling.treasurer)
    sale_terms_set(order=order, sold_as=SoldAs.AGENT, fee_percent=Decimal(5), by=selling.treasurer)
    again = made(selling, order)
    assert (again.sold_as, again.net) == (SoldAs.AGENT, row.net)
    assert balance("1110") == again.total


def test_an_agent_needs_a_fee(selling):
    with pytest.raises(Refused) as refused:
        sale_terms_set(order=selling.order(), sold_as=SoldAs.AGENT, by=selling.treasurer)
    assert refused.value.field == "fee_percent"


def test_what_was_paid_on_an_invoice_that_is_taken_back_is_the_buyers_balance(selling):
    order = selling.order()
    selling.shipped(order)
    row = made(selling, order)
    payment = payment_record(cooperative=selling.cooperative, buyer=selling.buyer, rupiah=1_000, by=selling.treasurer)
    payment_allocate(payment=payment, by=selling.treasurer)
    note = invoice_cancel(invoice=row, reason="salah", by=selling.treasurer)
    payment.refresh_from_db()
    row.refresh_from_db()
    assert (note.freed, payment.left, row.open_rupiah, row.credited) == (1_000, 1_000, 0, row.total)
    assert balance("2103") == -1_000
    assert balance("1110") == 0
    with pytest.raises(Refused):
        invoice_cancel(invoice=row, reason="lagi", by=selling.treasurer)


@pytest.mark.parametrize("days", [-1, 1])
def test_an_invoice_is_neither_of_a_day_to_come_nor_older_than_the_signature(selling, days):
    order = selling.order()
    selling.shipped(order)
    with pytest.raises(Refused) as refused:
        made(selling, order, on=today() + timedelta(days=days))
    assert refused.value.field == "on"
    assert not Posting.objects.exists()


def test_nothing_without_a_price_is_invoiced(selling):
    order = selling.order(price=0)
    selling.shipped(order)
    with pytest.raises(Refused):
        made(selling, order)


def test_pieces_that_came_back_before_are_not_invoiced(selling):
    order = selling.order()
    shipment = selling.shipped(order)
    selling.came_back(shipment, 30)
    assert [one.pieces for one in lines_due(Order.objects.filter(pk=order.pk))] == [70]
    assert made(selling, order).net == 70 * PRICE


def test_another_cooperative_sees_nothing(selling):
    order = selling.order()
    selling.shipped(order)
    other = [selling.cast.other_cooperative.pk]
    assert orders_to_invoice(other) == []
    assert orders_to_invoice([selling.cooperative.pk])[0][0] == order
    made(selling, order)
    assert not invoices_seen(cooperatives=other, buyers=[]).exists()
    assert invoices_seen(cooperatives=[], buyers=[selling.buyer.pk]).count() == 1


def test_a_number_is_never_used_twice_nor_lost_to_a_refusal(selling):
    order, empty = selling.order(), selling.order()
    selling.shipped(order)
    with pytest.raises(Refused):
        made(selling, empty)
    assert made(selling, order).number.endswith("-0001")
    assert rules_posted() == ["P2"]
    assert Invoice.objects.count() == 1


@pytest.mark.parametrize("parts", [[1] * 7, [3, 3, 1], [7], [2, 5]])
def test_notes_in_parts_add_up_to_the_whole_invoice(parts):
    whole = Sums(707, 53, 78)
    nets = [part * 101 for part in parts]
    notes, before = [], 0
    for net in nets:
        notes.append(note_sums(whole, before, net))
        before += net
    assert Sums(*(sum(getattr(note, name) for note in notes) for name in ("net", "fee", "tax"))) == whole
    assert part_of(whole, 0) == Sums(0, 0, 0)
