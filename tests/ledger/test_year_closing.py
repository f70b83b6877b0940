"""A year is closed by two people, its surplus shared as the meeting decided, and each share paid once (P13-P15)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from cast import person
from cast_years import PAY, RESULT, SAVED, YEAR, on_day, year_build
from standing import standing
from wadah.base.errors import Conflict, Refused
from wadah.ledger.models import (
    BookYear,
    Meeting,
    PayoutAccount,
    Period,
    Posting,
    PostingLine,
    SurplusPayout,
    SurplusShare,
)
from wadah.ledger.rules.surplus import members_part
from wadah.ledger.selectors.result import year_credits
from wadah.ledger.services.closing import month_close
from wadah.ledger.services.journals import Entry, journal_enter
from wadah.ledger.services.meetings import (
    meeting_record,
    meeting_withdraw,
    surplus_pay,
    surplus_payout_reverse,
    surplus_share,
)
from wadah.ledger.services.sources import SOURCES
from wadah.ledger.services.years import year_close, year_propose, year_withdraw
from wadah.ledger.words import PatronageBase, Pool
from wadah.work.models import WorkOrder

pytestmark = pytest.mark.django_db


@standing
def year(cast):
    return year_build(cast)


def balance(code, **of):
    """Credit less debit."""
    return sum(line.credit - line.debit for line in PostingLine.objects.filter(account__code=code, **of))


def refused(kind=Refused):
    return pytest.raises(kind)


def paid(meeting, year, **more):
    keys = [share.pk for share in meeting.shares.all()]
    columns = {"shares": keys, "till": "cash", "on": date(2026, 4, 1), "by": year.treasurer, **more}
    return surplus_pay(meeting=meeting, **columns)


# -- closing ----------------------------------------------------------------------------------------------------------


def test_the_result_is_revenue_less_all_costs_and_parts_by_the_cost_of_work(year):
    row = year.proposed()
    assert (row.result, row.status) == (RESULT, "proposed")
    assert row.members_part == members_part(RESULT, PAY["sari"] + PAY["tini"], PAY["karim"])
    assert Posting.objects.filter(rule="P13").count() == 0


def test_a_year_that_is_not_over_or_has_open_months_is_not_proposed(year):
    with refused() as over:
        year_propose(cooperative=year.cooperative, year=2026, by=year.cast.manager)
    assert "2026" in str(over.value)
    month_close(cooperative=year.cooperative, month=date(YEAR, 10, 1), by=year.treasurer)
    with refused() as months:
        year_propose(cooperative=year.cooperative, year=YEAR, by=year.cast.manager)
    assert "November 2025" in str(months.value)
    assert "Desember 2025" in str(months.value)


def test_years_close_in_order(year):
    with on_day(date(2027, 2, 1)):
        month_close(cooperative=year.cooperative, month=date(2026, 12, 1), by=year.treasurer)
        with refused() as told:
            year_propose(cooperative=year.cooperative, year=2026, by=year.cast.manager)
    assert str(YEAR) in str(told.value)


def test_a_year_before_the_books_were_opened_is_not_proposed(year):
    with refused() as told:
        year_propose(cooperative=year.cooperative, year=2024, by=year.cast.manager)
    assert "2024" in str(told.value)


def test_closing_brings_every_account_of_result_to_zero_and_keeps_its_figures(year):
    before = year_credits(year.cooperative.pk, 2025)
    row = year.closed()
    assert row.status == "closed"
    assert balance("3106") == RESULT
    for code in before:
        assert balance(code) == 0
    assert year_credits(year.cooperative.pk, 2025) == before  # the reports of the year still show them


def test_who_proposed_it_cannot_close_it_and_nobody_closes_it_twice(year):
    row = year.proposed()
    with refused():
        year_close(book_year=row, by=year.cast.manager)
    assert Posting.objects.filter(rule="P13").count() == 0
    year_close(book_year=row, by=year.treasurer)
    with refused(Conflict):
        year_close(book_year=row, by=person("Pak Ketiga", 33))
    assert Posting.objects.filter(rule="P13").count() == 1


def test_a_proposal_is_withdrawn_with_a_reason_and_made_again(year):
    row = year.proposed()
    with refused():
        year_withdraw(book_year=row, reason=" ", by=year.treasurer)
    year_withdraw(book_year=row, reason="Sewa lupa dicatat", by=year.treasurer)
    with refused(Conflict):
        year_close(book_year=row, by=year.treasurer)
    assert year_propose(cooperative=year.cooperative, year=YEAR, by=year.cast.manager).result == RESULT


def test_a_closed_year_is_neither_withdrawn_nor_proposed_again(year):
    row = year.closed()
    with refused():
        year_withdraw(book_year=row, reason="salah", by=year.treasurer)
    with refused():
        year_propose(cooperative=year.cooperative, year=YEAR, by=year.cast.manager)


def test_what_comes_to_light_after_a_year_is_closed_counts_in_the_next(year):
    year.closed()
    entries = [Entry("6106", debit=7_000), Entry("1101", credit=7_000)]
    journal_enter(cooperative=year.cooperative, on=date(YEAR, 12, 30), what="Lupa", entries=entries, by=year.treasurer)
    assert year_credits(year.cooperative.pk, 2026) == {"6106": -7_000}


def test_another_cooperatives_year_is_its_own(year):
    year.closed()
    assert not BookYear.objects.filter(cooperative=year.cast.other_cooperative).exists()
    assert not Period.objects.filter(cooperative=year.cast.other_cooperative).exists()


# -- the meeting ------------------------------------------------------------------------------------------------------


def test_the_meeting_decides_on_a_closed_year_only(year):
    with refused():
        year.met(book_year=year.proposed())
    assert not Meeting.objects.exists()


def test_percentages_that_do_not_add_up_to_a_hundred_are_refused_with_their_sum(year):
    too_much = {Pool.RESERVE: 40, Pool.PATRONAGE: 40, **dict.fromkeys([Pool.BOARD, Pool.STAFF, Pool.SOCIAL], 5)}
    too_much |= {Pool.EDUCATION: 5, Pool.AREA: 5}
    with refused() as told:
        year.met({pool: Decimal(value) for pool, value in too_much.items()})
    assert "105" in str(told.value)


@pytest.mark.parametrize(
    "wrong",
    [
        {"held_on": date(2025, 12, 31)},
        {"held_on": date(2099, 1, 1)},
        {"present": 4, "members": 3},
        {"present": 0},
        {"reference": " "},
    ],
)
def test_a_meeting_has_its_day_its_minutes_and_how_many_came(year, wrong):
    with refused():
        year.met(**wrong)


def test_a_decision_is_recorded_once_and_can_be_withdrawn_until_it_is_carried_out(year):
    meeting = year.met()
    with refused(Conflict):
        year.met(book_year=meeting.book_year)
    meeting_withdraw(meeting=meeting, reason="Salah ketik", by=year.treasurer)
    with refused(Conflict):
        surplus_share(meeting=meeting, by=year.treasurer)
    again = year.met(book_year=meeting.book_year)
    surplus_share(meeting=again, by=year.treasurer)
    with refused():
        meeting_withdraw(meeting=again, reason="Salah ketik", by=year.treasurer)


# -- sharing ----------------------------------------------------------------------------------------------------------


def test_the_surplus_is_shared_to_the_last_rupiah(year):
    meeting = year.shared()
    pools = {pool.pool: pool.rupiah for pool in meeting.pools.all()}
    shares = list(meeting.shares.all())
    assert sum(pools.values()) == RESULT
    assert sum(share.patronage for share in shares) == pools["patronage"]
    assert sum(share.capital for share in shares) == pools["capital"]
    assert balance("3106") == 0
    assert balance("3105") == pools["reserve"]
    assert balance("2140") == pools["patronage"] + pools["capital"]
    assert [balance(code) for code in ("2141", "2143", "2144")] == [
        pools[name] for name in ("board", "education", "social")
    ]
    for share in shares:
        assert balance("2140", ikm=share.ikm) == share.rupiah


def test_a_members_share_follows_work_and_savings_and_others_have_none(year):
    meeting = year.shared()
    pools = {pool.pool: pool.rupiah for pool in meeting.pools.all()}
    by_name = {share.ikm_id: share for share in meeting.shares.all()}
    sari = by_name[year.cast.sari.ikm.pk]
    assert (sari.patronage_base, sari.capital_base) == (PAY["sari"], SAVED["sari"])
    assert abs(sari.patronage - pools["patronage"] * PAY["sari"] / (PAY["sari"] + PAY["tini"])) < 1
    assert abs(sari.capital - pools["capital"] * 3 / 4) < 1
    assert year.cast.karim.ikm.pk not in by_name
    assert meeting.book_year.status == "shared"


def test_work_may_be_measured_by_hours(year):
    WorkOrder.objects.filter(workshop=year.cast.sari.workshop).update(minutes_per_piece="1.5", setup_minutes=30)
    WorkOrder.objects.filter(workshop=year.cast.tini.workshop).update(minutes_per_piece=4)
    meeting = year.shared(patronage_base=PatronageBase.HOURS)
    assert {share.ikm_id: share.patronage_base for share in meeting.shares.all()} == {
        year.cast.sari.ikm.pk: 180,
        year.cast.tini.ikm.pk: 200,
    }


def test_a_surplus_is_shared_once(year):
    meeting = year.shared()
    with refused(Conflict):
        surplus_share(meeting=meeting, by=year.treasurer)
    assert Posting.objects.filter(rule="P14").count() == 1


def test_a_loss_stays_and_is_shared_by_nobody(year):
    rent = [Entry("6106", debit=5_000_000), Entry("2130", credit=5_000_000)]
    journal_enter(cooperative=year.cooperative, on=date(YEAR, 6, 1), what="Perbaikan", entries=rent, by=year.treasurer)
    row = year.closed()
    assert row.result == RESULT - 5_000_000 == balance("3106")
    with refused():
        year.met(book_year=row)
    meeting = year.met({}, book_year=row)
    with refused():
        surplus_share(meeting=meeting, by=year.treasurer)
    assert not SurplusShare.objects.exists()


def test_closing_and_sharing_are_worked_out_again_alike(year):
    meeting = year.shared()
    paid(meeting, year)
    for rule in ("P13", "P14", "P15"):
        for row in SOURCES[rule].rows.all():
            draft = SOURCES[rule].draft(row)
            posting = Posting.objects.get(rule=rule, source_kind=draft.source_kind, source_id=draft.source_id)
            kept = [(one.account.code, one.debit, one.credit, one.ikm_id) for one in posting.lines.order_by("line_no")]
            assert [(one.account, one.debit, one.credit, one.ikm) for one in draft.lines] == kept


# -- paying out -------------------------------------------------------------------------------------------------------


def test_nothing_is_paid_before_the_meetings_decision_is_carried_out(year):
    meeting = year.met()
    share = SurplusShare.objects.create(
        meeting=meeting, ikm=year.cast.sari.ikm, patronage_base=1, capital_base=0, patronage=1_000, capital=0
    )
    with refused():
        surplus_pay(meeting=meeting, shares=[share.pk], till="cash", on=date(2026, 4, 1), by=year.treasurer)
    assert not SurplusPayout.objects.exists()
    assert balance("2140") == 0


def test_shares_are_paid_whole_several_at_once_and_never_twice(year):
    meeting = year.shared()
    rows = paid(meeting, year)
    assert [row.number for row in rows] == ["SHU-2026-0001", "SHU-2026-0002"]
    assert balance("2140") == 0
    with refused(Conflict):
        paid(meeting, year)
    assert SurplusPayout.objects.count() == 2


def test_who_has_no_bank_account_is_named_and_nobody_is_paid(year):
    meeting = year.shared()
    sari, tini = year.cast.sari.ikm, year.cast.tini.ikm
    PayoutAccount.objects.create(
        ikm=sari, valid_from=date(2026, 1, 1), bank="BJB", holder="Sari", number="…", last="1234",
        at=meeting.at, by=year.treasurer,
    )  # fmt: skip
    with refused() as told:
        paid(meeting, year, till="bank")
    assert tini.name in str(told.value)
    assert sari.name not in str(told.value)
    assert not SurplusPayout.objects.exists()


def test_a_payment_of_a_share_is_taken_back_and_paid_again(year):
    meeting = year.shared()
    row = paid(meeting, year)[0]
    surplus_payout_reverse(payout=row, reason="Uangnya kembali", by=year.treasurer)
    with refused():
        surplus_payout_reverse(payout=row, reason="lagi", by=year.treasurer)
    share = SurplusShare.objects.get(pk=row.share_id)
    assert share.paid == 0
    assert balance("2140", ikm=share.ikm) == share.rupiah
    assert len(paid(meeting, year, shares=[share.pk])) == 1


@pytest.mark.parametrize("on", [date(2026, 3, 13), date.max - timedelta(days=1)])
def test_a_share_is_paid_between_the_meeting_and_today(year, on):
    with refused():
        paid(year.shared(), year, on=on)


def test_shares_of_another_meeting_are_not_paid_with_this_one(year):
    meeting = year.shared()
    with refused():
        paid(meeting, year, shares=[])
    with refused():
        paid(meeting, year, shares=[10**9])


def test_a_meeting_is_recorded_with_words(year):
    row = year.closed()
    meeting = meeting_record(
        book_year=row,
        reference=" RAT/2026/02 ",
        held_on=date(2026, 3, 1),
        present=2,
        members=3,
        percents={Pool.PATRONAGE: Decimal(100)},
        by=year.treasurer,
        note="Mufakat",
    )
    assert (meeting.reference, meeting.note) == ("RAT/2026/02", "Mufakat")
    assert {pool.pool for pool in meeting.pools.all()} == {"reserve", "patronage"}
