"""Taxes are dated facts: the rate of a day or an error, never a guess; the final income tax of a month (P12)."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from cast_sales import PRICE, balance, on_day, selling_build
from standing import standing
from wadah.base.errors import Refused
from wadah.ledger.models import IncomeTax, TaxRate
from wadah.ledger.rules.contracts import FORMS, contract_form, is_public
from wadah.ledger.rules.taxes import FACTS, effective_percent, tax_rupiah
from wadah.ledger.services.invoices import invoice_cancel, invoice_make
from wadah.ledger.services.payments import payment_record
from wadah.ledger.services.taxes import income_tax_post, tax_rate_on, tax_status_put, taxes_lay_out

pytestmark = pytest.mark.django_db
NEXT, LATER = date(2026, 12, 5), date(2027, 1, 4)
NOW = date(2026, 11, 30)
NOVEMBER = date(2026, 11, 1)


@standing
def selling(cast):
    return selling_build(cast)


def status(selling, **more):
    told = {"cooperative": selling.cooperative, "valid_from": date(2026, 1, 1), "by": selling.treasurer, **more}
    return tax_status_put(**told)


@pytest.mark.parametrize(
    ("kind", "on", "amount", "tax"),
    [
        ("ppn", date(2022, 4, 1), 1_000_000, 110_000),
        ("ppn", date(2024, 12, 31), 1_000_000, 110_000),
        ("ppn", date(2025, 1, 1), 1_000_000, 110_000),
        ("ppn", date(2026, 11, 30), 1_234_567, 135_802),
        ("ppn_luxury", date(2026, 1, 1), 1_000_000, 120_000),
        ("final_income", date(2017, 1, 1), 1_000_000, 10_000),
        ("final_income", date(2022, 12, 19), 1_000_000, 5_000),
        ("final_income", date(2026, 11, 30), 1_000_000, 5_000),
        ("pph22", date(2026, 11, 30), 2_000_000, 0),
        ("pph22", date(2026, 11, 30), 2_000_001, 30_000),
        ("pph22_certified", date(2026, 11, 30), 3_000_000, 15_000),
        ("pph23", date(2026, 11, 30), 3_000_000, 60_000),
        ("savings_interest", date(2026, 11, 30), 240_000, 0),
        ("savings_interest", date(2026, 11, 30), 240_010, 24_001),
        ("stamp", date(2026, 11, 30), 5_000_000, 0),
        ("stamp", date(2026, 11, 30), 5_000_001, 10_000),
    ],
)
def test_a_tax_is_worked_out_by_the_rate_of_its_day(kind, on, amount, tax):
    assert tax_rupiah(tax_rate_on(kind, on), amount) == tax


@pytest.mark.parametrize(("kind", "on"), [("ppn", date(2022, 3, 31)), ("stamp", date(2020, 12, 31))])
def test_a_day_without_a_rate_is_an_error_that_names_tax_and_day(kind, on):
    with pytest.raises(Refused) as refused:
        tax_rate_on(kind, on)
    assert str(on.year) in str(refused.value)
    assert str(dict(TaxRate._meta.get_field("kind").flatchoices)[kind]) in str(refused.value)


def test_the_rates_are_laid_out_once_each_with_its_regulation_and_how_sure():
    taxes_lay_out()
    taxes_lay_out()
    assert TaxRate.objects.count() == len(FACTS)
    for row in TaxRate.objects.all():
        row.full_clean()
        assert row.sure in "BC"
    assert {row.code for row in TaxRate.objects.filter(kind="ppn", valid_until=None)} == {"04"}
    assert {effective_percent(row) for row in TaxRate.objects.filter(kind="ppn")} == {11}


def test_a_law_that_ended_gets_its_last_day_when_it_is_laid_out_again():
    taxes_lay_out()
    TaxRate.objects.filter(kind="ppn").update(valid_until=None)
    taxes_lay_out()
    assert TaxRate.objects.get(kind="ppn", valid_from=date(2022, 4, 1)).valid_until == date(2024, 12, 31)


@pytest.mark.parametrize("kind", sorted({str(fact.kind) for fact in FACTS}))
def test_no_two_rates_of_a_tax_hold_on_the_same_day(kind):
    spans = sorted((fact.valid_from, fact.valid_until) for fact in FACTS if fact.kind == kind)
    for (_first, until), (following, _until) in pairwise(spans):
        assert until is not None
        assert until + timedelta(days=1) == following


def sold(selling, pieces=100):
    order = selling.order(pieces)
    selling.shipped(order, pieces)
    return invoice_make(order=order, by=selling.treasurer)


def month_tax(selling, month=NOVEMBER):
    with on_day(NEXT):
        return income_tax_post(cooperative=selling.cooperative, month=month, by=selling.treasurer)


@on_day(NOW)
def test_the_final_income_tax_of_a_month_is_half_a_percent_of_what_was_sold(selling):
    status(selling)
    sold(selling)
    row = month_tax(selling)
    assert (row.turnover_rupiah, row.rupiah) == (100 * PRICE, 667)
    assert balance("7101") == row.rupiah == -balance("2121")
    with pytest.raises(Refused):
        month_tax(selling)


@on_day(NOW)
def test_what_came_to_light_after_a_month_is_in_the_next_months_tax(selling):
    status(selling)
    first = sold(selling)
    month_tax(selling)
    with on_day(NEXT):
        invoice_cancel(invoice=first, reason="salah", by=selling.treasurer)
    with on_day(LATER):
        row = income_tax_post(cooperative=selling.cooperative, month=date(2026, 12, 1), by=selling.treasurer)
    assert (row.turnover_rupiah, row.rupiah) == (-100 * PRICE, 0)
    assert balance("7101") == IncomeTax.objects.get(month=NOVEMBER).rupiah


@on_day(NOW)
def test_final_tax_that_treasurers_kept_back_is_owed_no_more(selling):
    status(selling, certificate="SK-55/2026")
    sold(selling)
    payment_record(
        cooperative=selling.cooperative,
        buyer=selling.buyer,
        rupiah=1_000,
        withheld=200,
        withheld_kind="pph22_certified",
        withheld_slip="BP-1",
        by=selling.treasurer,
    )
    row = month_tax(selling)
    assert (row.withheld, -balance("2121"), balance("1131")) == (200, row.rupiah - 200, 0)


@on_day(NOW)
def test_a_month_that_is_not_over_or_skips_one_or_has_no_status_is_refused(selling):
    with pytest.raises(Refused):
        month_tax(selling)
    status(selling)
    with pytest.raises(Refused):
        income_tax_post(cooperative=selling.cooperative, month=NOVEMBER, by=selling.treasurer)
    sold(selling)
    with on_day(LATER), pytest.raises(Refused, match="2026"):
        income_tax_post(cooperative=selling.cooperative, month=date(2026, 12, 1), by=selling.treasurer)
    month_tax(selling)
    with pytest.raises(Refused):
        month_tax(selling, date(2026, 10, 1))


def test_a_status_that_invoices_contradict_is_refused(selling):
    row = sold(selling)
    with pytest.raises(Refused, match=row.number):
        status(selling, registered=True)
    assert status(selling, registered=False, npwp="01.234.567.8-901.000").npwp


@pytest.mark.parametrize(
    ("rupiah", "form"),
    [(10_000_000, 0), (10_000_001, 1), (50_000_000, 1), (50_000_001, 2), (200_000_000, 2), (200_000_001, 3)],
)
def test_a_public_buyers_form_of_contract_goes_by_the_value(rupiah, form):
    assert contract_form(rupiah, date(2026, 11, 30)) is FORMS[form]


def test_no_form_is_guessed_for_a_day_before_the_regulation():
    assert contract_form(1, date(2018, 3, 21)) is None
    assert is_public("school")
    assert not is_public("factory")
