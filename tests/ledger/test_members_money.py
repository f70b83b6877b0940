"""Advances, savings, payouts, royalties and bank accounts: works, refused in words, taken back, not another's."""

from datetime import timedelta
from decimal import Decimal

import pytest

from cast import JOINED
from cast_settling import NUMBER, balance, settling_build, tomorrow
from standing import standing
from wadah.base.clock import today
from wadah.base.errors import Refused
from wadah.base.history import history_of
from wadah.base.models import Change
from wadah.catalogue.models import Licence, Motif
from wadah.ledger.models import MemberTerms, Payout, PayoutAccount, Posting, Saving, SettlementRow
from wadah.ledger.services.accounts import payout_account_reveal, payout_account_set
from wadah.ledger.services.advances import advance_give, advance_take_back
from wadah.ledger.services.payouts import payout_bank_file, payout_make, payout_row_bounce
from wadah.ledger.services.royalties import royalty_pay, royalty_take_back
from wadah.ledger.services.savings import saving_pay_in, saving_pay_out, saving_take_back
from wadah.ledger.services.terms import terms_set, voluntary_saving_set
from wadah.register.models import Membership
from wadah.work.services.acting import Act

pytestmark = pytest.mark.django_db


@standing
def settling(cast):
    return settling_build(cast)


@standing
def locked(settling):
    """Bu Sari with a bank account and Pak Karim without are both to be paid."""
    settling.account(settling.cast.sari)
    for member in (settling.cast.sari, settling.cast.karim):
        settling.making.accepted(member)
    return settling.lock()


def pay_in(settling, member, kind, rupiah, **more):
    return saving_pay_in(
        **settling.whose, ikm=member.ikm, kind=kind, rupiah=rupiah, till="cash", by=settling.treasurer, **more
    )


def pay_out(settling, member, kind, rupiah):
    return saving_pay_out(
        **settling.whose, ikm=member.ikm, kind=kind, rupiah=rupiah, till="bank", by=settling.treasurer
    )


# -- savings -----------------------------------------------------------------------------------------------------------


def test_voluntary_savings_come_in_and_go_out_any_day_up_to_what_is_there(settling):
    sari = settling.cast.sari
    pay_in(settling, sari, "sukarela", 50_000)
    pay_out(settling, sari, "sukarela", 20_000)
    assert balance("2110", ikm=sari.ikm) == 30_000
    assert (-balance("1101"), -balance("1102")) == (50_000, -20_000)
    with pytest.raises(Refused, match=r"Rp30\.000"):
        pay_out(settling, sari, "sukarela", 30_001)


def test_principal_and_mandatory_savings_are_given_back_only_after_leaving(settling):
    sari = settling.cast.sari
    pay_in(settling, sari, "pokok", 100_000)
    pay_in(settling, sari, "wajib", 30_000)
    for kind in ("pokok", "wajib"):
        with pytest.raises(Refused) as refused:
            pay_out(settling, sari, kind, 1_000)
        assert refused.value.field == "kind"
    Membership.objects.filter(ikm=sari.ikm).update(left_on=today())
    pay_out(settling, sari, "pokok", 100_000)
    pay_out(settling, sari, "wajib", 30_000)
    assert balance("3101", ikm=sari.ikm) == balance("3102", ikm=sari.ikm) == 0


def test_principal_savings_are_the_same_for_all(settling):
    sari = settling.cast.sari
    pay_in(settling, sari, "pokok", 60_000)
    with pytest.raises(Refused, match=r"Rp40\.000"):
        pay_in(settling, sari, "pokok", 60_000)
    pay_in(settling, sari, "pokok", 40_000)


@pytest.mark.parametrize(
    ("more", "field"), [({"rupiah": 0}, "rupiah"), ({"till": "purse"}, "till"), ({"on": tomorrow()}, "on")]
)
def test_savings_without_sense_are_refused_with_the_field_named(settling, more, field):
    told = {"kind": "wajib", "rupiah": 1_000, "till": "cash", "by": settling.treasurer, **more}
    with pytest.raises(Refused) as refused:
        saving_pay_in(**settling.whose, ikm=settling.cast.sari.ikm, **told)
    assert refused.value.field == field
    assert not Saving.objects.exists()


def test_who_is_no_member_pays_nothing_in(settling):
    with pytest.raises(Refused, match="Rudi Logam"):
        pay_in(settling, settling.cast.rudi, "wajib", 1_000)


def test_savings_entered_by_mistake_are_taken_back_once_with_a_reason(settling):
    sari = settling.cast.sari
    row = pay_in(settling, sari, "wajib", 30_000)
    with pytest.raises(Refused) as refused:
        saving_take_back(saving=row, reason=" ", by=settling.treasurer)
    assert refused.value.field == "reason"
    back = saving_take_back(saving=row, reason="salah orang", by=settling.treasurer)
    assert (back.rupiah, back.reverses) == (-30_000, row)
    assert balance("3102", ikm=sari.ikm) == balance("1101") == 0
    for again in (row, back):
        with pytest.raises(Refused, match=again.number):
            saving_take_back(saving=again, reason="lagi", by=settling.treasurer)


# -- advances ----------------------------------------------------------------------------------------------------------


def give(settling, member, **more):
    told = {"kind": "money", "till": "cash", "rupiah": 50_000, "what": "beli kawat", "by": settling.treasurer, **more}
    return advance_give(**settling.whose, ikm=member.ikm, **told)


def test_an_advance_is_owed_until_it_is_taken_back_once(settling):
    sari = settling.cast.sari
    row = give(settling, sari)
    assert (row.number, -balance("1112", ikm=sari.ikm)) == (f"UM-{today().year}-0001", 50_000)
    advance_take_back(advance=row, reason="tidak jadi", by=settling.treasurer)
    assert balance("1112") == balance("1101") == 0
    with pytest.raises(Refused, match=row.number):
        advance_take_back(advance=row, reason="lagi", by=settling.treasurer)


def test_an_advance_of_which_a_settlement_took_part_stays(settling):
    row = give(settling, settling.cast.sari)
    settling.making.accepted(settling.cast.sari)
    settling.lock()
    with pytest.raises(Refused, match=row.number):
        advance_take_back(advance=row, reason="salah", by=settling.treasurer)


@pytest.mark.parametrize(
    ("more", "field"),
    [({"what": ""}, "what"), ({"rupiah": -5}, "rupiah"), ({"till": ""}, "till"), ({"on": tomorrow()}, "on")],
)
def test_an_advance_without_sense_is_refused_with_the_field_named(settling, more, field):
    with pytest.raises(Refused) as refused:
        give(settling, settling.cast.sari, **more)
    assert refused.value.field == field


def test_no_advance_before_members_agreed_nor_to_another_cooperatives_member(settling):
    with pytest.raises(Refused, match="Rudi Logam"):
        give(settling, settling.cast.rudi)
    MemberTerms.objects.all().delete()
    with pytest.raises(Refused):
        give(settling, settling.cast.sari)


# -- payouts -----------------------------------------------------------------------------------------------------------


def test_the_bank_pays_whoever_has_an_account_and_the_rest_is_paid_in_cash(settling, locked):
    sari, karim = settling.cast.sari, settling.cast.karim
    run = payout_make(settlement=locked, till="bank", by=settling.treasurer)
    assert [row.row.ikm for row in run.rows.all()] == [sari.ikm]
    locked.refresh_from_db()
    assert (locked.status, balance("2106", ikm=sari.ikm)) == ("locked", 0)
    left = SettlementRow.objects.get(ikm=karim.ikm)
    payout_make(settlement=locked, till="cash", by=settling.treasurer, received_by={left.pk: "Pak Karim"})
    locked.refresh_from_db()
    assert (locked.status, balance("2106")) == ("paid", 0)
    assert left.payouts.get().received_by == "Pak Karim"
    with pytest.raises(Refused, match=locked.number):
        payout_make(settlement=locked, till="cash", by=settling.treasurer)


def test_a_row_is_paid_once_and_only_where_there_is_an_account(settling, locked):
    sari, karim = (SettlementRow.objects.get(ikm=one.ikm) for one in (settling.cast.sari, settling.cast.karim))
    with pytest.raises(Refused, match="Karim Karet"):
        payout_make(settlement=locked, till="bank", by=settling.treasurer, rows=[karim.pk])
    payout_make(settlement=locked, till="bank", by=settling.treasurer, rows=[sari.pk])
    with pytest.raises(Refused):
        payout_make(settlement=locked, till="cash", by=settling.treasurer, rows=[sari.pk])
    with pytest.raises(Refused):
        payout_make(settlement=locked, till="bank", by=settling.treasurer)
    assert Payout.objects.count() == 1


def test_nothing_is_paid_before_it_is_locked_or_before_its_day(settling):
    settling.making.accepted(settling.cast.sari)
    draft = settling.prepare()
    with pytest.raises(Refused):
        payout_make(settlement=draft, till="cash", by=settling.treasurer)
    settlement = settling.lock(draft)
    with pytest.raises(Refused) as refused:
        payout_make(settlement=settlement, till="cash", by=settling.treasurer, on=today() - timedelta(days=1))
    assert refused.value.field == "on"


def test_what_the_bank_sends_back_is_owed_again_and_paid_again(settling, locked):
    row = payout_make(settlement=locked, till="bank", by=settling.treasurer).rows.get()
    payout_row_bounce(payout_row=row, reason="rekening ditutup", by=settling.treasurer)
    assert balance("2106", ikm=settling.cast.sari.ikm) == row.rupiah
    with pytest.raises(Refused, match="Sari Baut"):
        payout_row_bounce(payout_row=row, reason="lagi", by=settling.treasurer)
    payout_make(settlement=locked, till="cash", by=settling.treasurer)
    locked.refresh_from_db()
    assert (locked.status, balance("2106")) == ("paid", 0)
    with pytest.raises(Refused):
        payout_row_bounce(payout_row=row, reason="lagi", by=settling.treasurer)


def test_the_bank_file_holds_whole_numbers_and_is_written_down(settling, locked):
    run = payout_make(settlement=locked, till="bank", by=settling.treasurer)
    (line,) = payout_bank_file(payout=run, by=settling.treasurer)
    assert (line.account, line.holder, line.rupiah) == (NUMBER, "Bu Sari", run.rows.get().rupiah)
    assert line.reference == f"{run.number}/1"
    assert history_of(run).filter(act="payout_bank_file", user_id=settling.treasurer.pk).exists()
    cash = payout_make(settlement=locked, till="cash", by=settling.treasurer)
    with pytest.raises(Refused, match=cash.number):
        payout_bank_file(payout=cash, by=settling.treasurer)


# -- bank accounts -----------------------------------------------------------------------------------------------------


def test_a_bank_account_is_kept_encrypted_and_read_only_with_a_reason_that_is_written_down(settling):
    account = settling.account(settling.cast.sari)
    kept = PayoutAccount.objects.get()
    assert (kept.last, NUMBER in kept.number) == (NUMBER[-4:], False)
    with pytest.raises(Refused) as refused:
        payout_account_reveal(account=account, act=Act(by=settling.treasurer))
    assert refused.value.field == "reason"
    asked = Act(by=settling.treasurer, reason="bank menelepon")
    assert payout_account_reveal(account=account, act=asked) == NUMBER
    assert history_of(account).get(act="payout_account_reveal").reason == "bank menelepon"
    assert not any(NUMBER in str(change.fields) for change in Change.objects.all())


@pytest.mark.parametrize("number", ["", "12345", "1234567x", "1" * 21])
def test_a_number_that_is_none_is_refused(settling, number):
    with pytest.raises(Refused) as refused:
        payout_account_set(
            ikm=settling.cast.sari.ikm, bank="BRI", holder="Bu Sari", number=number, act=Act(by=settling.treasurer)
        )
    assert refused.value.field == "number"


def test_a_manager_who_enters_it_for_a_member_says_why(settling):
    with pytest.raises(Refused):
        Act(by=settling.cast.manager, on_behalf_of="Bu Sari")
    act = Act(by=settling.cast.manager, on_behalf_of="Bu Sari", reason="tidak punya telepon")
    row = payout_account_set(ikm=settling.cast.sari.ikm, bank="BRI", holder="Bu Sari", number="0123-456-789", act=act)
    assert row.last == "6789"
    assert history_of(row).get().on_behalf_of == "Bu Sari"


# -- terms -------------------------------------------------------------------------------------------------------------


def test_terms_name_their_meeting_and_stay_where_all_is_settled(settling):
    whose = settling.whose | {"by": settling.cast.manager}
    with pytest.raises(Refused) as refused:
        terms_set(**whose, valid_from=tomorrow(), decided_by=" ")
    assert refused.value.field == "decided_by"
    settling.making.accepted(settling.cast.sari)
    settling.lock()
    with pytest.raises(Refused) as refused:
        terms_set(**whose, valid_from=today(), decided_by="RAT 2026")
    assert refused.value.field == "valid_from"
    assert terms_set(**whose, valid_from=tomorrow(), decided_by="RAT 2026").recovery_percent_max == 50


@pytest.mark.parametrize(
    ("agreed", "field"),
    [
        ({"voluntary_percent": Decimal(101)}, "voluntary_percent"),
        ({"mandatory_saving_rupiah_month": -1}, "mandatory_saving_rupiah_month"),
        ({"penalty_percent_week": Decimal(1)}, "penalty_cap_percent"),
    ],
)
def test_terms_without_sense_are_refused_with_the_field_named(settling, agreed, field):
    with pytest.raises(Refused) as refused:
        terms_set(**settling.whose, valid_from=tomorrow(), decided_by="RAT", by=settling.cast.manager, **agreed)
    assert refused.value.field == field


def test_only_a_member_says_how_much_they_save(settling):
    act = Act(by=settling.cast.rudi.user)
    with pytest.raises(Refused, match="Rudi Logam"):
        voluntary_saving_set(**settling.whose, ikm=settling.cast.rudi.ikm, percent=Decimal(5), act=act)
    with pytest.raises(Refused):
        voluntary_saving_set(**settling.whose, ikm=settling.cast.sari.ikm, percent=Decimal(-1), act=act)


# -- royalties ---------------------------------------------------------------------------------------------------------


@standing
def motif(settling):
    motif = Motif.objects.create(name="Ikan Gabus", aspect="fauna", holder="Kota (simulasi)", right_kind="copyright")
    sari, part = settling.cast.sari, settling.making.part
    Licence.objects.create(motif=motif, ikm=sari.ikm, number="L-1", valid_from=JOINED, royalty_rupiah_piece=150)
    part.motif = motif
    part.save()
    settling.making.accepted(sari)
    return motif


def test_a_royalty_is_paid_up_to_what_is_owed_and_taken_back_once(settling, motif):
    whose = settling.whose | {"motif": motif, "till": "bank", "by": settling.treasurer}
    with pytest.raises(Refused, match=r"Rp15\.000"):
        royalty_pay(**whose, rupiah=15_001)
    row = royalty_pay(**whose, rupiah=15_000)
    assert (row.holder, balance("2107", motif=motif)) == ("Kota (simulasi)", 0)
    royalty_take_back(payout=row, reason="rekening salah", by=settling.treasurer)
    assert balance("2107", motif=motif) == 15_000
    with pytest.raises(Refused, match=row.number):
        royalty_take_back(payout=row, reason="lagi", by=settling.treasurer)
    royalty_pay(**whose, rupiah=15_000)
    assert Posting.objects.filter(rule="P16").count() == 2
