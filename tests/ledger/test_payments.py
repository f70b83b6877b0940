"""Money from buyers: part payments, over-payments, tax kept back, set against invoices and taken back (P4, P5, P18)."""

from datetime import date, timedelta

import pytest

from cast_sales import PRICE, balance, on_day, rules_posted, selling_build
from standing import standing
from wadah.base.clock import today
from wadah.base.errors import Refused
from wadah.demand.services import buyer_put
from wadah.ledger.models import Allocation
from wadah.ledger.selectors.sales import overdue, payments_seen, payments_with_balance, receivables_aged
from wadah.ledger.services.allocating import allocation_take_back, payment_allocate
from wadah.ledger.services.invoices import invoice_cancel, invoice_make
from wadah.ledger.services.payments import payment_record, payment_refund, payment_reverse, refund_reverse
from wadah.ledger.services.taxes import tax_status_put

pytestmark = pytest.mark.django_db
TOTAL = 100 * PRICE


@standing
def selling(cast):
    return selling_build(cast)


def invoiced(selling, pieces=100, **more):
    order = selling.order(pieces, **more)
    selling.shipped(order, pieces)
    return invoice_make(order=order, by=selling.treasurer)


def paid(selling, rupiah, **more):
    told = {"cooperative": selling.cooperative, "buyer": selling.buyer, "by": selling.treasurer, **more}
    return payment_record(rupiah=rupiah, **told)


def test_a_part_payment_leaves_the_rest_open(selling):
    row = invoiced(selling)
    payment = paid(selling, 1_000, till="cash")
    payment_allocate(payment=payment, by=selling.treasurer)
    row.refresh_from_db()
    assert row.open_rupiah == TOTAL - 1_000 == balance("1110", buyer=selling.buyer)
    assert (balance("1101"), balance("2103")) == (1_000, 0)
    assert rules_posted() == ["P2", "P4", "P5"]


def test_what_is_paid_too_much_is_kept_for_the_buyer_and_pays_the_next_invoice(selling):
    invoiced(selling)
    payment = paid(selling, TOTAL + 500)
    payment_allocate(payment=payment, by=selling.treasurer)
    assert [one.left_over for one in payments_with_balance(cooperative=selling.cooperative)] == [500]
    later = invoiced(selling, 10)
    payment_allocate(payment=payment, parts=[(later, 500)], by=selling.treasurer)
    later.refresh_from_db()
    assert (later.paid, balance("2103")) == (500, 0)


def test_the_oldest_is_paid_first_but_an_exact_amount_or_a_number_goes_before(selling):
    first, second = invoiced(selling, 100), invoiced(selling, 50)
    exact = payment_allocate(payment=paid(selling, second.total), by=selling.treasurer)
    assert [one.invoice for one in exact] == [second]
    third = invoiced(selling, 10)
    named = payment_allocate(payment=paid(selling, 700, reference=f"byr {third.number}"), by=selling.treasurer)
    assert [(one.invoice, one.rupiah) for one in named] == [(third, 700)]
    oldest = payment_allocate(payment=paid(selling, TOTAL + 100), by=selling.treasurer)
    assert [(one.invoice, one.rupiah) for one in oldest] == [(first, TOTAL), (third, 100)]


@pytest.mark.parametrize("rupiah", [0, -5, TOTAL + 1])
def test_no_more_is_set_against_an_invoice_than_it_owes(selling, rupiah):
    row, payment = invoiced(selling), paid(selling, 2 * TOTAL)
    with pytest.raises(Refused, match=row.number):
        payment_allocate(payment=payment, parts=[(row, rupiah)], by=selling.treasurer)
    assert not Allocation.objects.exists()


def test_no_more_is_set_than_is_left_even_in_several_parts(selling):
    row, other = invoiced(selling), invoiced(selling)
    payment = paid(selling, 1_000)
    with pytest.raises(Refused, match=payment.number):
        payment_allocate(payment=payment, parts=[(row, 600), (other, 600)], by=selling.treasurer)
    payment.refresh_from_db()
    assert (payment.allocated, Allocation.objects.count()) == (0, 0)


def test_anothers_invoice_is_not_paid(selling):
    other = buyer_put(name="Pabrik lain", market="local", kind="factory")
    row = invoiced(selling)
    with pytest.raises(Refused, match=row.number):
        payment_allocate(payment=paid(selling, 500, buyer=other), parts=[(row, 500)], by=selling.treasurer)


def test_taken_back_it_is_open_again_in_a_row_below_zero(selling):
    row, payment = invoiced(selling), paid(selling, 1_000)
    payment_allocate(payment=payment, by=selling.treasurer)
    allocation_take_back(payment=payment, invoice=row, rupiah=400, reason="salah", by=selling.treasurer)
    payment.refresh_from_db()
    row.refresh_from_db()
    assert (payment.left, row.paid) == (400, 600)
    assert [one.rupiah for one in Allocation.objects.all()] == [1_000, -400]
    assert balance("1110") == TOTAL - 600
    with pytest.raises(Refused):
        allocation_take_back(payment=payment, invoice=row, rupiah=601, reason="salah", by=selling.treasurer)


def test_tax_that_a_treasurer_kept_back_pays_the_invoice_as_well(selling):
    row = invoiced(selling, 2_000)
    kept = row.net * 15 // 1_000
    payment = paid(selling, row.total - kept, withheld=kept, withheld_kind="pph22", withheld_slip="BP-17", on=today())
    payment_allocate(payment=payment, by=selling.treasurer)
    row.refresh_from_db()
    assert (row.open_rupiah, balance("1131"), balance("1102")) == (0, kept, row.total - kept)
    assert payment.withheld_rate.percent == 1.5


def test_ppn_that_a_treasurer_paid_for_us_is_owed_no_more(selling):
    tax_status_put(cooperative=selling.cooperative, valid_from=date(2026, 1, 1), registered=True, by=selling.treasurer)
    selling.buyer.kind = "government"
    selling.buyer.save()
    row = invoiced(selling)
    paid(selling, 0, withheld=row.tax, withheld_kind="ppn_collector", withheld_slip="BP-18")
    assert (balance("2120"), balance("1131")) == (0, 0)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"withheld_kind": "", "withheld_slip": "1"}, "withheld_kind"),
        ({"withheld_kind": "stamp", "withheld_slip": "1"}, "withheld_kind"),
        ({"withheld_kind": "pph22", "withheld_slip": " "}, "withheld_slip"),
        ({"withheld_kind": "pph22_certified", "withheld_slip": "1"}, "withheld_kind"),
    ],
)
def test_tax_kept_back_needs_its_kind_its_slip_and_for_less_a_certificate(selling, told, field):
    with pytest.raises(Refused) as refused:
        paid(selling, 1_000, withheld=10, **told)
    assert refused.value.field == field
    assert rules_posted() == []


@pytest.mark.parametrize(("rupiah", "days"), [(0, 0), (-1, 0), (10, 1)])
def test_nothing_and_a_day_to_come_are_refused(selling, rupiah, days):
    with pytest.raises(Refused):
        paid(selling, rupiah, on=today() + timedelta(days=days))


def test_what_is_left_is_paid_back_and_no_more(selling):
    payment = paid(selling, 1_000)
    payment_refund(payment=payment, rupiah=400, reason="kelebihan", by=selling.treasurer)
    payment.refresh_from_db()
    assert (payment.left, balance("2103"), balance("1102")) == (600, -600, 600)
    with pytest.raises(Refused):
        payment_refund(payment=payment, rupiah=601, reason="kelebihan", by=selling.treasurer)


def test_a_refund_that_never_happened_is_taken_back_once(selling):
    payment = paid(selling, 1_000)
    refund = payment_refund(payment=payment, rupiah=400, reason="kelebihan", by=selling.treasurer)
    refund_reverse(refund=refund, reason="tidak jadi", by=selling.treasurer)
    payment.refresh_from_db()
    assert (payment.left, -balance("2103")) == (1_000, 1_000)
    with pytest.raises(Refused):
        refund_reverse(refund=refund, reason="tidak jadi", by=selling.treasurer)


def test_a_payment_that_never_came_opens_its_invoices_again(selling):
    row, payment = invoiced(selling), paid(selling, TOTAL)
    payment_allocate(payment=payment, by=selling.treasurer)
    payment_reverse(payment=payment, reason="cek kosong", by=selling.treasurer)
    row.refresh_from_db()
    payment.refresh_from_db()
    assert (row.open_rupiah, payment.left) == (TOTAL, 0)
    assert (balance("1102"), balance("2103"), balance("1110")) == (0, 0, TOTAL)
    for act in (
        lambda: payment_reverse(payment=payment, reason="lagi", by=selling.treasurer),
        lambda: payment_allocate(payment=payment, by=selling.treasurer),
    ):
        with pytest.raises(Refused, match=payment.number):
            act()


def test_a_payment_of_which_something_was_paid_back_stays(selling):
    payment = paid(selling, 1_000)
    payment_refund(payment=payment, rupiah=400, reason="kelebihan", by=selling.treasurer)
    with pytest.raises(Refused, match=payment.number):
        payment_reverse(payment=payment, reason="salah", by=selling.treasurer)


def test_what_is_owed_is_told_by_age(selling):
    invoiced(selling)
    for days, age in ((30, 0), (31, 1), (60, 1), (61, 2), (91, 3), (121, 4)):
        aged = receivables_aged([selling.cooperative.pk], today() + timedelta(days=days))
        assert [index for index, rupiah in enumerate(aged[0].rupiah) if rupiah] == [age]
        assert aged[0].total == TOTAL
    assert receivables_aged([selling.cast.other_cooperative.pk], today()) == []


def test_what_was_owed_on_a_day_is_told_from_the_papers_of_that_day(selling):
    start = today()

    def owed(days):
        rows = receivables_aged([selling.cooperative.pk], start + timedelta(days=days))
        return sum(row.total for row in rows)

    with on_day(start):
        row = invoiced(selling)
    with on_day(start + timedelta(days=5)):
        payment = paid(selling, 400)
        payment_allocate(payment=payment, parts=[(row, 400)], by=selling.treasurer)
    with on_day(start + timedelta(days=8)):
        allocation_take_back(payment=payment, invoice=row, reason="salah", by=selling.treasurer)
    with on_day(start + timedelta(days=9)):
        invoice_cancel(invoice=row, reason="salah", by=selling.treasurer)
        assert [owed(days) for days in (-1, 0, 4, 5, 7, 8, 9)] == [
            0, TOTAL, TOTAL, TOTAL - 400, TOTAL - 400, TOTAL, 0,
        ]  # fmt: skip


def test_what_is_overdue_is_counted_with_the_oldest_day(selling):
    row = invoiced(selling)
    assert overdue([selling.cooperative.pk], row.due_on) is None
    found = overdue([selling.cooperative.pk], row.due_on + timedelta(days=1))
    assert (found.invoices, found.buyers, found.rupiah, found.since) == (1, 1, TOTAL, row.due_on)
    assert overdue([selling.cast.other_cooperative.pk], row.due_on + timedelta(days=1)) is None


def test_another_cooperative_sees_no_payment(selling):
    paid(selling, 1_000)
    assert not payments_seen(cooperatives=[selling.cast.other_cooperative.pk], buyers=[]).exists()
    assert payments_seen(cooperatives=[], buyers=[selling.buyer.pk]).count() == 1
