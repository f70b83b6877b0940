"""The end of a tax year (P21): what buyers kept back counts against the year's tax or is carried on, by dated rates."""

from datetime import date

import pytest

from cast_sales import balance, on_day, selling_build
from standing import standing
from wadah.base.errors import Refused
from wadah.ledger.models import Posting, TaxRate, YearTax
from wadah.ledger.rules.opening import AccountRow
from wadah.ledger.rules.taxes import FACTS
from wadah.ledger.selectors.taxes import kept_back_left
from wadah.ledger.services.invoices import invoice_make
from wadah.ledger.services.opening_lines import Balances
from wadah.ledger.services.openings import opening_lock, opening_prepare
from wadah.ledger.services.payments import payment_record
from wadah.ledger.services.taxes import tax_status_put, taxes_lay_out
from wadah.ledger.services.year_taxes import year_tax_post, year_tax_take_back
from wadah.ledger.verify.run import verify
from wadah.ledger.words import Rule, TaxKind

pytestmark = pytest.mark.django_db
NOW, NEXT, YEAR = date(2026, 11, 30), date(2027, 1, 4), 2026


@standing
def selling(cast):
    return selling_build(cast)


def status(selling, **more):
    told = {"cooperative": selling.cooperative, "valid_from": date(2026, 1, 1), "by": selling.treasurer, **more}
    return tax_status_put(**told)


def kept_back(selling, rupiah, kind="pph22", **more):
    with on_day(NOW):
        return payment_record(
            cooperative=selling.cooperative,
            buyer=selling.buyer,
            rupiah=rupiah * 60,
            withheld=rupiah,
            withheld_kind=kind,
            withheld_slip="BP-1",
            by=selling.treasurer,
            **more,
        )


def worked_out(selling, taxable=0, year=YEAR, on=NEXT):
    with on_day(on):
        told = {"cooperative": selling.cooperative, "by": selling.treasurer}
        return year_tax_post(year=year, taxable_rupiah=taxable, **told)


def sound():
    return [fault for report in verify(again=True) for fault in report.faults] == []


def test_what_was_kept_back_counts_against_the_tax_of_the_year(selling):
    status(selling, final_income=False)
    kept_back(selling, 30_000)
    kept_back(selling, 20_000, kind="pph23")
    row = worked_out(selling, 1_000_900)
    assert row.rupiah == 110_000  # 22 % × 1/2 of 1,000,000
    assert (row.credited, row.carried) == (50_000, 0)
    assert (balance("7101"), balance("1131"), balance("2121")) == (110_000, 0, -60_000)
    posting = Posting.objects.get(rule=Rule.YEAR_TAX)
    assert posting.on == date(2026, 12, 31)
    assert sound()


def test_what_is_more_than_the_tax_is_carried_to_the_next_year(selling):
    status(selling, final_income=False)
    kept_back(selling, 30_000)
    row = worked_out(selling, 100_000)
    assert (row.rupiah, row.credited, row.carried) == (11_000, 11_000, 19_000)
    assert balance("1131") == 19_000
    later = worked_out(selling, 100_000, year=YEAR + 1, on=date(2028, 1, 4))
    assert (later.credited, later.carried) == (11_000, 8_000)
    assert sound()


def test_who_pays_the_final_tax_has_it_carried_on_whole(selling):
    status(selling)
    kept_back(selling, 30_000)
    row = worked_out(selling)
    assert (row.final, row.rupiah, row.credited, row.carried) == (True, 0, 0, 30_000)
    assert not Posting.objects.filter(rule=Rule.YEAR_TAX).exists()
    assert balance("1131") == 30_000
    with pytest.raises(Refused) as refused:
        worked_out(selling, 5_000, year=YEAR + 1, on=date(2028, 1, 4))
    assert refused.value.field == "taxable_rupiah"
    assert sound()


def test_a_dated_row_changes_what_counts_and_no_code(selling):
    status(selling, final_income=False)
    kept_back(selling, 30_000)
    taxes_lay_out()
    TaxRate.objects.filter(kind=TaxKind.CREDIT_ANNUAL).update(percent=50)
    assert worked_out(selling, 1_000_000).credited == 15_000


def test_above_the_limit_of_turnover_the_whole_rate_holds(selling):
    status(selling, final_income=False)
    taxes_lay_out()
    TaxRate.objects.filter(kind=TaxKind.ANNUAL_SMALL).update(turnover_max_rupiah=1_000)
    with on_day(NOW):
        order = selling.order()
        selling.shipped(order)
        invoice_make(order=order, by=selling.treasurer)
    assert worked_out(selling, 1_000_000).rupiah == 220_000


def test_what_opening_balances_brought_counts_too(selling):
    status(selling, final_income=False)
    rows = [AccountRow(1, "1131", 40_000, 0), AccountRow(2, "3105", 0, 40_000)]
    of = {"cooperative": selling.cooperative, "by": selling.treasurer}
    with on_day(NOW):
        row = opening_prepare(on=date(2026, 11, 1), balances=Balances(rows), **of)
        opening_lock(opening=row, by=selling.cast.sari.user)
    assert worked_out(selling, 1_000_000).credited == 40_000
    assert kept_back_left(selling.cooperative, date(2026, 12, 31)) == 0
    assert sound()


def test_taken_back_with_a_reason_and_worked_out_anew(selling):
    status(selling, final_income=False)
    kept_back(selling, 30_000)
    row = worked_out(selling, 1_000_000)
    with on_day(NEXT):
        with pytest.raises(Refused) as refused:
            year_tax_take_back(year_tax=row, reason=" ", by=selling.treasurer)
        assert refused.value.field == "reason"
        year_tax_take_back(year_tax=row, reason="koreksi fiskal", by=selling.treasurer)
        assert balance("1131") == 30_000
        with pytest.raises(Refused, match=str(YEAR)):
            year_tax_take_back(year_tax=row, reason="lagi", by=selling.treasurer)
    assert worked_out(selling, 200_000).credited == 22_000
    assert sound()


def test_what_cannot_be_worked_out_is_refused_in_words(selling):
    with pytest.raises(Refused):
        worked_out(selling)
    status(selling, final_income=False)
    with pytest.raises(Refused) as refused:
        worked_out(selling, on=NOW)
    assert refused.value.field == "year"
    worked_out(selling, 5_000)
    with pytest.raises(Refused, match=str(YEAR)):
        worked_out(selling, 5_000)
    with pytest.raises(Refused) as refused:
        worked_out(selling, 5_000, year=YEAR - 1)
    assert YearTax.objects.count() == 1


def test_each_of_its_rates_says_to_ask_an_adviser():
    kinds = {TaxKind.ANNUAL, TaxKind.ANNUAL_SMALL, TaxKind.CREDIT_ANNUAL, TaxKind.CREDIT_FINAL}
    assert {fact.kind: fact.sure for fact in FACTS if fact.kind in kinds} == dict.fromkeys(kinds, "C")
