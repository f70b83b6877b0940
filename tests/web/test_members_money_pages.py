"""Members' money through the pages: prepared, locked by another, paid, taken back; and what each member sees."""

import io
import re
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from cast import cast_build
from cast_settling import NUMBER, balance, settling_build
from standing import standing
from wadah.base.clock import today
from wadah.base.models import Change
from wadah.ledger.models import (
    Advance,
    Payout,
    PayoutAccount,
    PayoutRow,
    Repayment,
    Saving,
    Settlement,
    VoluntarySaving,
)
from wadah.register.models import Membership

pytestmark = pytest.mark.django_db


@standing
def settling():
    return settling_build(cast_build())


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def press(client, name, arguments=(), key=[0], **form):  # noqa: B006 (counts the keys)
    key[0] += 1
    return client.post(reverse(name, args=arguments), {"idempotency_key": f"uang-{key[0]}", **form}, follow=True)


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def manager(settling):
    return client_of(settling.cast.manager)


@pytest.fixture
def treasurer(settling):
    return client_of(settling.treasurer)


@pytest.fixture
def sari(settling):
    return client_of(settling.cast.sari.user)


def prepared(settling, manager):
    """Bu Sari's 100 accepted of 120 bolts, 15 rejected; Pak Karim's 10."""
    lot = settling.making.lot(settling.making.work_order(settling.cast.sari, 120), 120)
    settling.making.moved(lot, "accept", 100)
    settling.making.moved(lot, "reject", 15)
    settling.making.accepted(settling.cast.karim, 10)
    press(manager, "settlement_add", until=today().isoformat(), cooperative=settling.cast.cooperative.pk)
    return Settlement.objects.get()


def locked(settling, manager, treasurer):
    row = prepared(settling, manager)
    press(treasurer, "settlement_fix", [row.pk])
    row.refresh_from_db()
    return row


def test_a_settlement_is_prepared_by_one_and_locked_by_another(settling, manager, treasurer):
    row = prepared(settling, manager)
    page = text(manager.get(reverse("settlement", args=[row.pk])))
    assert "Rp95.000" in page
    assert "bendahara yang memeriksa" in page
    assert "Anda yang menyiapkan" in text(press(manager, "settlement_fix", [row.pk]))
    answer = press(treasurer, "settlement_fix", [row.pk])
    row.refresh_from_db()
    assert (row.status, row.locked_by) == ("locked", settling.treasurer)
    assert row.number in text(answer)


def test_pressing_twice_locks_and_pays_once(settling, manager, treasurer):
    row = prepared(settling, manager)
    form = {"idempotency_key": "kunci"}
    first = treasurer.post(reverse("settlement_fix", args=[row.pk]), form)
    again = treasurer.post(reverse("settlement_fix", args=[row.pk]), form)
    assert first["Location"] == again["Location"]
    form = {"idempotency_key": "bayar", "till": "cash", "on": today().isoformat()}
    pay = reverse("settlement_pay", args=[row.pk])
    assert treasurer.post(pay, form)["Location"] == treasurer.post(pay, form)["Location"]
    assert treasurer.post(pay, form | {"till": "bank"}).status_code == 409
    assert Payout.objects.count() == 1


def test_what_changed_since_the_preview_is_told_and_nothing_is_locked(settling, manager, treasurer):
    row = prepared(settling, manager)
    settling.making.accepted(settling.cast.tini)
    answer = press(treasurer, "settlement_fix", [row.pk])
    assert answer.status_code == 409
    assert "Tini Pelat" in text(answer)
    assert Settlement.objects.get().status == "draft"
    press(treasurer, "settlement_again", [row.pk])
    row.refresh_from_db()
    assert (row.prepared_by, row.rows.count()) == (settling.treasurer, 3)
    press(manager, "settlement_drop", [row.pk])
    assert not Settlement.objects.exists()


def test_a_day_to_come_is_told_at_its_field(settling, manager):
    answer = press(manager, "settlement_add", until="2999-01-31", cooperative=settling.cast.cooperative.pk)
    assert answer.status_code == 400
    assert "belum tiba" in text(answer)


def test_the_bank_file_has_whole_numbers_and_each_making_of_it_is_written_down(settling, manager, treasurer):
    settling.account(settling.cast.sari)
    row = locked(settling, manager, treasurer)
    answer = press(treasurer, "settlement_pay", [row.pk], till="bank", on=today().isoformat())
    assert NUMBER not in answer.content.decode()
    assert "…0123" in text(answer)
    run = Payout.objects.get()
    for name in ("payout_csv", "payout_xlsx"):
        file = press(treasurer, name, [run.number])
        if name == "payout_csv":
            (_head, line) = file.content.decode("utf-8-sig").splitlines()
        else:
            sheet = CalamineWorkbook.from_filelike(io.BytesIO(file.content)).get_sheet_by_index(0)
            line = ";".join(str(cell) for cell in sheet.to_python()[1])
        assert NUMBER in line
        assert "Bu Sari" in line
        assert f"{run.number}/1" in line
    assert Change.objects.filter(act="payout_bank_file", user_id=settling.treasurer.pk).count() == 2


def test_a_payment_that_came_back_can_be_paid_again(settling, manager, treasurer):
    settling.account(settling.cast.sari)
    row = locked(settling, manager, treasurer)
    press(treasurer, "settlement_pay", [row.pk], till="bank", on=today().isoformat())
    paid = PayoutRow.objects.get()
    answer = press(treasurer, "payout_bounce", [paid.payout.number, paid.pk], reason="rekening ditutup")
    assert "kembali" in text(answer)
    press(treasurer, "settlement_pay", [row.pk], till="cash", on=today().isoformat())
    row.refresh_from_db()
    assert (row.status, balance("2106")) == ("paid", 0)


def test_the_list_goes_home_as_excel(settling, manager, treasurer):
    row = locked(settling, manager, treasurer)
    file = treasurer.get(reverse("settlement", args=[row.pk]), {"unduh": "xlsx"})
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(file.content)).get_sheet_by_index(0).to_python()
    assert [line[0] for line in sheet[1:]] == ["Karim Karet", "Sari Baut"]
    assert {"Bu Sari", 95_000} <= set(sheet[2])


def test_slips_recap_and_list_to_sign_are_papers_that_prove_themselves(settling, manager, treasurer, sari):
    row = locked(settling, manager, treasurer)
    press(treasurer, "settlement_pay", [row.pk], till="cash", on=today().isoformat())
    mine = row.rows.get(ikm=settling.cast.sari.ikm)
    addresses = [
        reverse("slips_paper", args=[row.pk]),
        reverse("settlement_paper", args=[row.pk]),
        reverse("payout_paper", args=[Payout.objects.get().number]),
    ]
    for client, address in [
        *((treasurer, one) for one in addresses),
        (sari, reverse("slip_paper", args=[row.pk, mine.ikm_id])),
    ]:
        paper = client.get(address)
        assert paper.content[:5] == b"%PDF-"
        assert len(paper.content) < 150_000
    for number, code in (
        (f"{row.number}-{mine.ikm_id}", mine.check_code),
        (row.number, mine.check_code),
        (Payout.objects.get().number, mine.check_code),
    ):
        assert Client().get(reverse("paper_check", args=[number, code])).status_code == 200
    assert Client().get(reverse("paper_check", args=[row.number, "XXXXXXXX"])).status_code == 404


def test_a_member_sees_what_is_theirs_and_what_was_taken_off_and_why(settling, manager, treasurer, sari):
    settling.account(settling.cast.sari)
    press(
        treasurer, "advance_add", place=place_of(settling.cast.sari).pk, rupiah="20.000", on=today().isoformat(),
        kind="money", till="cash", what="beli kawat",
    )  # fmt: skip
    row = locked(settling, manager, treasurer)
    page = text(sari.get(reverse("my_money")))
    net = row.rows.get(ikm=settling.cast.sari.ikm).net
    assert net == 95_000 - 20_000 - 10_000 - 4_750
    assert "Rp60.250" in page
    assert "BRI …0123" in page
    assert "15 × Baut M8" in page
    pay = text(sari.get(reverse("my_pay", args=[row.rows.get(ikm=settling.cast.sari.ikm).pk])))
    assert "−Rp20.000" in pay
    assert "beli kawat" in pay
    assert "Karim" not in page + pay


def test_what_was_accepted_a_minute_ago_counts_as_earned(settling, sari):
    settling.making.accepted(settling.cast.sari)
    assert "Rp95.000" in text(sari.get(reverse("my_money")))


def test_a_member_does_not_see_a_preview_nor_anothers_pay(settling, manager, treasurer, sari):
    row = prepared(settling, manager)
    mine, other = (row.rows.get(ikm=one.ikm) for one in (settling.cast.sari, settling.cast.karim))
    assert sari.get(reverse("my_pay", args=[mine.pk])).status_code == 404
    press(treasurer, "settlement_fix", [row.pk])
    assert sari.get(reverse("my_pay", args=[mine.pk])).status_code == 200
    assert sari.get(reverse("my_pay", args=[other.pk])).status_code == 404
    assert sari.get(reverse("slip_paper", args=[row.pk, other.ikm_id])).status_code == 404


def test_a_member_changes_the_account_and_says_how_much_to_save(settling, sari):
    answer = press(sari, "my_account", bank="BNI", holder="Bu Sari", number="0987 6543 21")
    assert "BNI …4321" in text(answer)
    assert PayoutAccount.objects.get().by == settling.cast.sari.user
    press(sari, "my_saving", percent="7,5")
    assert VoluntarySaving.objects.get().percent == Decimal("7.5")
    wrong = press(sari, "my_account", bank="BNI", holder="Bu Sari", number="12")
    assert wrong.status_code == 400
    assert "6 sampai 20" in text(wrong)
    assert press(sari, "my_saving", percent="101").status_code == 400


def place_of(member):
    return Membership.objects.get(ikm=member.ikm, role="member")


def test_for_a_member_without_a_phone_the_office_says_why(settling, treasurer):
    place = place_of(settling.cast.karim)
    assert "Anda bertindak atas nama" in text(treasurer.get(reverse("payout_account_change", args=[place.pk])))
    facts = {"bank": "BRI", "holder": "Pak Karim", "number": "1122334455"}
    assert press(treasurer, "payout_account_change", [place.pk], **facts).status_code == 400
    page = press(treasurer, "payout_account_change", [place.pk], reason="tidak punya telepon", **facts)
    assert "…4455" in text(page)
    assert "1122334455" not in page.content.decode()
    press(treasurer, "saving_wish", [place.pk], percent="3", reason="tidak punya telepon")
    told = Change.objects.filter(on_behalf_of="Pak Karim").values_list("act", flat=True)
    assert set(told) == {"payout_account_set", "voluntary_saving_set"}


def test_the_whole_number_is_shown_only_with_a_reason_that_is_written_down(settling, treasurer):
    settling.account(settling.cast.sari)
    place = place_of(settling.cast.sari)
    whole = reverse("payout_account_whole", args=[place.pk])
    assert NUMBER not in treasurer.get(whole).content.decode()
    assert press(treasurer, "payout_account_whole", [place.pk], reason="").status_code == 400
    assert NUMBER in press(treasurer, "payout_account_whole", [place.pk], reason="bank bertanya").content.decode()
    assert Change.objects.get(act="payout_account_reveal").reason == "bank bertanya"
    file = treasurer.get(reverse("payout_accounts"), {"unduh": "csv"}).content.decode()
    assert "…0123" in file
    assert NUMBER not in file


def test_savings_are_paid_in_given_back_and_taken_back(settling, treasurer):
    place = place_of(settling.cast.sari)
    facts = {"place": place.pk, "on": today().isoformat(), "till": "cash"}
    press(treasurer, "saving_add", way="in", kind="sukarela", rupiah="50rb", **facts)
    press(treasurer, "saving_add", way="out", kind="sukarela", rupiah="20.000", **facts)
    assert balance("2110", ikm=place.ikm) == 30_000
    refused = press(treasurer, "saving_add", way="out", kind="wajib", rupiah="1.000", **facts)
    assert refused.status_code == 400
    assert "masih anggota" in text(refused)
    row = Saving.objects.get(rupiah=-20_000)
    press(treasurer, "saving_undo", [row.pk], reason="salah ketik")
    assert balance("2110", ikm=place.ikm) == 50_000


def test_an_advance_is_given_and_taken_back(settling, treasurer):
    place = place_of(settling.cast.sari)
    facts = {"place": place.pk, "on": today().isoformat(), "kind": "material", "what": "kawat 10 kg"}
    press(treasurer, "advance_add", rupiah="75.000", **facts)
    row = Advance.objects.get()
    assert "Rp75.000" in text(treasurer.get(reverse("advances")))
    press(treasurer, "advance_undo", [row.number], reason="tidak jadi")
    assert balance("1112") == 0


def test_an_advance_is_paid_back_by_hand_and_the_member_sees_it(settling, treasurer, sari):
    place = place_of(settling.cast.sari)
    ikm, cooperative = place.ikm_id, settling.cast.cooperative.pk
    facts = {"place": place.pk, "on": today().isoformat(), "kind": "money", "till": "cash", "what": "kawat"}
    press(treasurer, "advance_add", rupiah="75.000", **facts)
    assert "Rp75.000" in text(treasurer.get(reverse("debtors")))
    assert "Rp75.000" in text(treasurer.get(reverse("repayment_add", args=[ikm, cooperative])))
    facts = {"on": today().isoformat(), "till": "bank", "note": "transfer BRI"}
    refused = press(treasurer, "repayment_add", [ikm, cooperative], rupiah="75.001", **facts)
    assert refused.status_code == 400
    assert "Rp75.000" in text(refused)
    press(treasurer, "repayment_add", [ikm, cooperative], rupiah="50.000", **facts)
    row = Repayment.objects.get()
    assert row.number in text(treasurer.get(reverse("advance", args=[Advance.objects.get().number])))
    mine = text(sari.get(reverse("my_money")))
    assert "Rp25.000" in mine and "Rp50.000" in mine
    paper = sari.get(reverse("repayment_paper", args=[row.number]))
    assert paper["Content-Type"] == "application/pdf"
    assert len(paper.content) < 150_000
    press(treasurer, "repayment_undo", [row.number], reason="uangnya belum masuk")
    assert balance("1112", ikm=ikm) == -75_000
    assert "Rp50.000" not in text(sari.get(reverse("my_money")))
    assert sari.get(reverse("repayment_paper", args=[row.number])).status_code == 404


def test_pressing_twice_takes_a_repayment_once(settling, treasurer):
    place = place_of(settling.cast.sari)
    facts = {"place": place.pk, "on": today().isoformat(), "kind": "money", "till": "cash", "what": "kawat"}
    press(treasurer, "advance_add", rupiah="75.000", **facts)
    address = reverse("repayment_add", args=[place.ikm_id, settling.cast.cooperative.pk])
    for _ in range(2):
        treasurer.post(
            address, {"idempotency_key": "lunas-1", "rupiah": "30.000", "on": today().isoformat(), "till": "cash"}
        )
    assert Repayment.objects.get().rupiah == 30_000
    assert balance("1112", ikm=place.ikm) == -45_000


def test_terms_begin_with_those_that_hold_and_are_refused_in_words(settling, manager):
    page = manager.get(reverse("member_terms_add")).content.decode()
    assert 'value="100000"' in page
    facts = {
        "cooperative": settling.cast.cooperative.pk,
        "valid_from": today().isoformat(),
        "decided_by": "RAT 2026",
        "principal_saving_rupiah": "150.000",
        "mandatory_saving_rupiah_month": "15.000",
        "voluntary_percent": "2,5",
        "recovery_percent_max": "40",
        "penalty_percent_week": "1",
        "penalty_cap_percent": "0",
    }
    refused = press(manager, "member_terms_add", **facts)
    assert refused.status_code == 400
    assert "sampai persen berapa" in text(refused)
    done = press(manager, "member_terms_add", **facts | {"penalty_cap_percent": "5"})
    assert "RAT 2026" in text(done)
    assert "2,5%" in text(done)


@pytest.mark.parametrize(
    "name", ["settlements", "savings", "advances", "debtors", "payout_accounts", "member_terms", "royalties"]
)
def test_lists_say_what_they_are_for_while_they_are_empty(name):
    cast = cast_build()
    page = client_of(cast.manager).get(reverse(name))
    assert page.status_code == 200


def test_members_sentences_are_short_and_plain(settling, manager, treasurer, sari):
    row = locked(settling, manager, treasurer)
    settling.making.accepted(settling.cast.sari)
    addresses = [reverse(name) for name in ("my_money", "my_account", "my_saving")]
    addresses.append(reverse("my_pay", args=[row.rows.get(ikm=settling.cast.sari.ikm).pk]))
    for address in addresses:
        main = re.search(r"<main.*?</main>", sari.get(address).content.decode(), re.DOTALL).group()
        for part in re.split(r"</(?:p|li|h\d|label|a|button)>", main):
            for sentence in re.split(r"(?<=[.?!])\s", re.sub(r"<[^>]+>", " ", part)):
                assert len(sentence.split()) <= 20, sentence
        words = re.sub(r"<[^>]+>", " ", main).lower()
        assert not any(word in words for word in ("debit", "kredit", "posting", "jurnal", "akun "))


def test_today_asks_for_the_second_pair_of_eyes_and_says_who_waits_for_pay(settling, manager, treasurer):
    row = prepared(settling, treasurer)
    today_page = text(manager.get(reverse("today")))
    assert "Pak Budi" in today_page
    press(manager, "settlement_fix", [row.pk])
    row.refresh_from_db()
    assert row.number in text(manager.get(reverse("today")))
    press(manager, "settlement_pay", [row.pk], till="cash", on=today().isoformat())
    assert row.number not in text(manager.get(reverse("today")))
    assert reverse("debtors") not in treasurer.get(reverse("today")).content.decode()
    place = place_of(settling.cast.sari)
    facts = {"place": place.pk, "on": today().isoformat(), "kind": "money", "till": "cash", "what": "kawat"}
    press(treasurer, "advance_add", rupiah="75.000", **facts)
    assert reverse("debtors") in treasurer.get(reverse("today")).content.decode()
