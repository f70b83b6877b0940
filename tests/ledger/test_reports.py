"""Reports add up to what was done: figures of a year worked out by hand, before and after closing, year beside year."""

from datetime import date

import pytest

from cast_years import PAY, RENT, RESULT, SALES, SAVED, YEAR, on_day, year_build
from standing import standing
from wadah.ledger.rules.cash import FLOWS, PARTS, flow_of
from wadah.ledger.rules.chart import CHART
from wadah.ledger.selectors.recaps import member_book, tax_recap
from wadah.ledger.selectors.reports import cash_flow, position, result, trial_balance
from wadah.ledger.services.journals import Entry, journal_enter

pytestmark = pytest.mark.django_db

SAVINGS, WORK = sum(SAVED.values()), sum(PAY.values())


@standing
def year(cast):
    return year_build(cast)


def figures(sections):
    return {one.code: one.now for section in sections for one in section.figures}


def entered(year, entries, on=date(YEAR, 7, 1)):
    return journal_enter(cooperative=year.cooperative, on=on, what="x", entries=entries, by=year.treasurer)


def test_the_position_by_hand(year):
    found = position(year.cooperative.pk, date(YEAR, 12, 31))
    assert figures(found.assets) == {"1101": SAVINGS, "1102": SALES - RENT}
    assert figures(found.liabilities) == {"2101": WORK}
    assert figures([found.equity]) == {"3102": SAVINGS}
    assert found.open_result.now == RESULT
    assert found.totals == found.claims == (SAVINGS + SALES - RENT, 0)


def test_closing_moves_the_result_into_equity_on_the_day_it_is_posted_and_not_before(year):
    year.closed()
    then, now = (position(year.cooperative.pk, day) for day in (date(YEAR, 12, 31), date(YEAR + 1, 1, 1)))
    assert (then.open_result.now, figures([then.equity]).get("3106")) == (RESULT, None)
    assert (now.open_result.now, figures([now.equity])["3106"]) == (0, RESULT)
    assert now.totals == now.claims


def test_the_result_of_a_year_is_the_same_before_and_after_closing_and_in_the_next_years_report(year):
    before = result(year.cooperative.pk, YEAR)
    year.closed()
    after, beside = result(year.cooperative.pk, YEAR), result(year.cooperative.pk, YEAR + 1)
    assert before == after
    assert (after.now, beside.before, beside.now) == (RESULT, RESULT, 0)
    assert after.members[0] + after.others[0] == RESULT
    assert figures(after.costs) == {"5101": PAY["sari"] + PAY["tini"], "5102": PAY["karim"], "6106": RENT}


def test_the_cash_flow_by_hand(year):
    entered(year, [Entry("1201", debit=300), Entry("1102", credit=300)])  # a machine
    entered(year, [Entry("1102", debit=900), Entry("2201", credit=900)])  # a loan
    entered(year, [Entry("1103", debit=50), Entry("1101", credit=50)])  # between tills
    entered(year, [Entry("6105", debit=10), Entry("1209", credit=10)])  # no money
    found = cash_flow(year.cooperative.pk, YEAR)
    assert figures(found.parts) == {
        "buyers": SALES, "costs": -RENT, "equipment": -300, "loans": 900, "savings": SAVINGS,
    }  # fmt: skip
    assert found.opening == (0, 0)
    assert found.closing[0] == found.opening[0] + found.change[0] == SALES - RENT + SAVINGS + 600
    assert [(one.code, one.now) for one in found.held][2] == ("1103", 50)


def test_last_years_end_is_this_years_beginning(year):
    with on_day(date(YEAR + 1, 2, 1)):
        entered(year, [Entry("6106", debit=7), Entry("1101", credit=7)], on=date(YEAR + 1, 2, 1))
    found = cash_flow(year.cooperative.pk, YEAR + 1)
    assert found.opening == (SALES - RENT + SAVINGS, 0)
    assert found.closing == (found.opening[0] - 7, found.opening[0])
    assert found.change == (-7, found.opening[0])


def test_every_account_of_the_chart_has_a_flow():
    keys = {flow.key for flow in FLOWS}
    assert {flow_of(one.code, one.group) for one in CHART} <= keys
    assert {flow.part for flow in FLOWS} == PARTS.keys()


def test_the_trial_balance_opens_with_what_came_before(year):
    rows = {row.account.code: row for row in trial_balance(year.cooperative.pk, date(YEAR, 6, 1), date(YEAR, 12, 31))}
    assert (rows["1102"].opening, rows["1102"].debit, rows["1102"].closing) == (SALES - RENT, 0, SALES - RENT)
    assert sum(row.closing for row in rows.values()) == 0


def test_taxes_are_summed_by_month(year):
    entered(year, [Entry("7101", debit=500), Entry("2121", credit=500)])
    entered(year, [Entry("1130", debit=11), Entry("1101", credit=11)])
    rows = tax_recap(year.cooperative.pk, YEAR)
    assert (rows[4].turnover, rows[6].income_tax, rows[6].input) == (SALES, 500, 11)
    assert sum(row.turnover for row in rows) == SALES


def test_the_member_book_after_sharing(year):
    meeting = year.shared()
    rows = {row.ikm.name: row for row in member_book(year.cooperative, YEAR)}
    sari = rows["Sari Baut"]
    assert (sari.mandatory, sari.work, sari.paid) == (SAVED["sari"], PAY["sari"], 0)
    assert sari.share == meeting.shares.get(ikm=sari.ikm).rupiah
    assert "Karim Karet" not in rows


def test_reports_of_another_cooperative_are_empty(year):
    other = year.cast.other_cooperative
    assert position(other.pk, date(YEAR, 12, 31)).totals == (0, 0)
    assert result(other.pk, YEAR).now == 0
    assert trial_balance(other.pk, date(YEAR, 1, 1), date(YEAR, 12, 31)) == []


def test_each_report_asks_the_same_few_questions(year, django_assert_num_queries):
    pk = year.cooperative.pk
    for questions, ask in (
        (2, lambda: position(pk, date(YEAR, 12, 31))),
        (2, lambda: result(pk, YEAR)),
        (4, lambda: cash_flow(pk, YEAR)),
        (2, lambda: trial_balance(pk, date(YEAR, 1, 1), date(YEAR, 12, 31))),
        (1, lambda: tax_recap(pk, YEAR)),
        (2, lambda: list(member_book(year.cooperative, YEAR))),
    ):
        with django_assert_num_queries(questions):
            ask()
