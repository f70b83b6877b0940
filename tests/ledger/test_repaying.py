"""What makers owe, paid back by hand (P19): works, refused in words, taken back, not another's, the books hold."""

from datetime import timedelta

import pytest

from cast_settling import balance, settling_build, tomorrow
from standing import standing
from wadah.base.clock import today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_of
from wadah.ledger.models import Posting, Recovery, Repayment
from wadah.ledger.selectors.repaying import debtors, debts_recap, owing, repayment_paper_standing
from wadah.ledger.selectors.settling import debts, debts_of
from wadah.ledger.services.advances import advance_give, advance_take_back
from wadah.ledger.services.repaying import repayment_take, repayment_take_back
from wadah.ledger.verify.run import verify
from wadah.ledger.words import Rule

pytestmark = pytest.mark.django_db


@standing
def settling(cast):
    return settling_build(cast)


@standing
def owed(settling):
    """Bu Sari owes for 20 paid pieces that came back (her debt), and two advances of 20,000 and 30,000."""
    making, sari = settling.making, settling.cast.sari
    lot = making.accepted(sari, 40)
    settling.lock()
    making.moved(lot, "ship_back", 20)
    settling.lock()
    for rupiah in (20_000, 30_000):
        give(settling, sari, rupiah)
    return settling


def give(settling, member, rupiah, **more):
    told = {"kind": "money", "till": "cash", "rupiah": rupiah, "what": "kawat", "by": settling.treasurer, **more}
    return advance_give(**settling.whose, ikm=member.ikm, **told)


def pay(settling, member, rupiah, **more):
    told = {"till": "cash", "by": settling.treasurer, **more}
    return repayment_take(**settling.whose, ikm=member.ikm, rupiah=rupiah, **told)


def sound():
    return not [fault for report in verify(again=True) for fault in report.faults]


def test_what_is_brought_goes_to_the_debt_first_then_to_the_oldest_advance(owed):
    sari, cooperative = owed.cast.sari, owed.cast.cooperative
    debt = debts(cooperative)[sari.ikm.pk]
    assert debt > 0
    row = pay(owed, sari, debt + 25_000)
    assert row.debt == debt
    assert list(Recovery.objects.filter(repayment=row).order_by("pk").values_list("rupiah", flat=True)) == [
        20_000,
        5_000,
    ]
    assert debts(cooperative) == {} and debts_of([sari.ikm.pk]) == 0
    assert (balance("1111", ikm=sari.ikm), balance("1112", ikm=sari.ikm)) == (0, -25_000)
    assert owing(cooperative, sari.ikm.pk).rupiah == 25_000
    assert sound()


def test_no_more_than_is_owed_is_paid_back(owed):
    sari = owed.cast.sari
    all_of_it = owing(owed.cast.cooperative, sari.ikm.pk).rupiah
    with pytest.raises(Refused) as refused:
        pay(owed, sari, all_of_it + 1)
    assert refused.value.field == "rupiah"
    assert not Repayment.objects.exists()
    pay(owed, sari, all_of_it)
    with pytest.raises(Refused, match=sari.ikm.name):
        pay(owed, sari, 1)
    assert not debtors([owed.cast.cooperative.pk]).exists()
    assert sound()


def test_what_was_given_later_isnt_paid_back_on_a_day_before(settling):
    sari = settling.cast.sari
    give(settling, sari, 20_000)
    if today().day > 1:
        with pytest.raises(Refused) as refused:
            pay(settling, sari, 5_000, on=today() - timedelta(days=1))
        assert refused.value.field == "rupiah"
    with pytest.raises(Refused) as refused:
        pay(settling, sari, 5_000, on=tomorrow())
    assert refused.value.field == "on"
    with pytest.raises(Refused) as refused:
        pay(settling, sari, 5_000, till="purse")
    assert refused.value.field == "till"
    with pytest.raises(Refused) as refused:
        pay(settling, sari, 0)
    assert refused.value.field == "rupiah"


def test_a_settlement_takes_off_only_what_wasnt_paid_back(settling):
    sari = settling.cast.sari
    advance = give(settling, sari, 10_000)
    pay(settling, sari, 9_000, till="bank")
    settling.making.accepted(sari)
    row = settling.lock().rows.get(ikm=sari.ikm)
    advance.refresh_from_db()
    assert (row.recovered, advance.recovered) == (1_000, 10_000)
    assert sound()


def test_a_preview_from_before_isnt_locked_any_more(settling):
    sari = settling.cast.sari
    give(settling, sari, 10_000)
    settling.making.accepted(sari)
    draft = settling.prepare()
    pay(settling, sari, 10_000)
    with pytest.raises(Conflict):
        settling.lock(draft)


def test_a_repayment_entered_by_mistake_is_owed_again(owed):
    sari, cooperative = owed.cast.sari, owed.cast.cooperative
    before = owing(cooperative, sari.ikm.pk)
    row = pay(owed, sari, before.rupiah)
    with pytest.raises(Refused) as refused:
        repayment_take_back(repayment=row, reason=" ", by=owed.treasurer)
    assert refused.value.field == "reason"
    repayment_take_back(repayment=row, reason="salah orang", by=owed.treasurer)
    after = owing(cooperative, sari.ikm.pk)
    assert (after.debt, after.lefts) == (before.debt, before.lefts)
    with pytest.raises(Refused, match=row.number):
        repayment_take_back(repayment=row, reason="lagi", by=owed.treasurer)
    assert {one.act for one in history_of(row)} == {"repayment_take", "repayment_take_back"}
    assert Posting.objects.filter(rule=Rule.REVERSAL, reverses__rule=Rule.REPAYMENT).count() == 1
    assert sound()


def test_an_advance_that_was_paid_back_is_taken_back_only_after_the_repayment(settling):
    sari = settling.cast.sari
    advance = give(settling, sari, 10_000)
    row = pay(settling, sari, 4_000)
    with pytest.raises(Refused, match=row.number):
        advance_take_back(advance=advance, reason="salah", by=settling.treasurer)
    repayment_take_back(repayment=row, reason="salah", by=settling.treasurer)
    advance_take_back(advance=advance, reason="salah", by=settling.treasurer)
    assert balance("1112") == 0
    assert sound()


def test_who_owes_most_stands_first_and_the_sum_is_told(owed):
    karim, cooperative = owed.cast.karim, owed.cast.cooperative
    give(owed, karim, 1_000)
    rows = list(debtors([cooperative.pk]))
    assert [row.pk for row in rows] == [owed.cast.sari.ikm.pk, karim.ikm.pk]
    assert rows[0].owed == rows[0].debt + rows[0].ahead == owing(cooperative, rows[0].pk).rupiah
    recap = debts_recap([cooperative.pk])
    assert (recap.makers, recap.rupiah) == (2, sum(row.owed for row in rows))
    assert debts_recap([cooperative.pk + 1_000]).makers == 0


def test_its_receipt_is_genuine_until_it_is_taken_back(settling):
    give(settling, settling.cast.sari, 10_000)
    row = pay(settling, settling.cast.sari, 4_000)
    assert repayment_paper_standing(row.number, row.check_code).valid
    assert repayment_paper_standing(row.number, "x") is None
    repayment_take_back(repayment=row, reason="salah", by=settling.treasurer)
    assert not repayment_paper_standing(row.number, row.check_code).valid
