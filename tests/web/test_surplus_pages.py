"""A year's surplus on pages: closed by two, decided, shared, paid; each step says what is missing; a member's sheet."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from cast import person
from cast_years import PERCENTS, YEAR, year_build
from standing import standing
from wadah.accounts.models import User
from wadah.base.models import Change
from wadah.base.secrets import secret_keep
from wadah.ledger.models import BookYear, Meeting, PayoutAccount, Posting, SurplusPayout, SurplusShare
from wadah.ledger.selectors.surplus import share_number

pytestmark = pytest.mark.django_db

CODE = "maju-bersama"
ACCOUNT = "1234567890"


@standing
def year(cast):
    return year_build(cast)


@pytest.fixture
def manager(client, year):
    client.force_login(year.cast.manager)
    return client


def page(name, *args):
    return reverse(name, args=[CODE, *args])


def send(client, address, key=None, **form):
    return client.post(address, {"idempotency_key": key or str(uuid4()), **form})


def text(answer):
    return answer.content.decode()


def decision(**more):
    pools = {f"pool-{pool}": str(percent) for pool, percent in PERCENTS.items()}
    columns = {
        "reference": "RAT/2026/01",
        "held_on": "2026-03-14",
        "present": "3",
        "members": "3",
        "patronage_base": "pay",
        "others_to_reserve": "on",
    }
    return {**columns, **pools, **more}


def test_a_year_goes_its_way_from_open_months_to_paid_shares(client, year):
    year_page = page("surplus_year", YEAR)
    client.force_login(year.cast.manager)
    assert "Januari 2025" in text(client.get(year_page))
    assert send(client, page("year_propose", YEAR)).status_code == 400
    send(client, page("book_month_close"), month="2025-12")
    assert send(client, page("year_propose", YEAR)).status_code == 302
    assert page("year_close", YEAR) not in text(client.get(year_page))
    assert send(client, page("year_close", YEAR)).status_code == 400  # the same person
    client.force_login(year.treasurer)
    assert page("year_close", YEAR) in text(client.get(year_page))
    send(client, page("year_close", YEAR))
    assert BookYear.objects.get().status == "closed"
    assert send(client, page("meeting_add", YEAR), **decision()).status_code == 302
    assert not Posting.objects.filter(rule="P14").exists()
    send(client, page("surplus_share", YEAR))
    keys = [str(share.pk) for share in SurplusShare.objects.all()]
    answer = send(client, page("surplus_pay", YEAR), till="cash", on="2026-04-01", bagian=keys)
    assert answer.status_code == 302
    assert "SHU-2026-0002" in text(client.get(answer["Location"]))
    assert "semua dibayar" in text(client.get(year_page))


def test_percentages_that_come_to_105_are_refused_with_that_sum(manager, year):
    year.closed()
    answer = send(manager, page("meeting_add", YEAR), **decision(**{"pool-reserve": "35"}))
    assert answer.status_code == 400
    assert "105" in text(answer)
    assert "RAT/2026/01" in text(answer)
    assert not Meeting.objects.exists()


def test_percentages_may_have_a_decimal_comma(manager, year):
    year.closed()
    send(manager, page("meeting_add", YEAR), **decision(**{"pool-reserve": "29,5", "pool-staff": "0,5 %"}))
    assert Meeting.objects.get().pools.get(pool="staff").percent == 0.5


@pytest.mark.parametrize("typed", ["banyak", "101", "1,00001"])
def test_what_is_no_percentage_is_told(manager, year, typed):
    year.closed()
    assert send(manager, page("meeting_add", YEAR), **decision(**{"pool-reserve": typed})).status_code == 400


def test_a_decision_is_withdrawn_and_recorded_again(manager, year):
    year.met()
    assert send(manager, page("meeting_back", YEAR), reason="Salah ketik").status_code == 302
    assert not Meeting.objects.exists()
    assert send(manager, page("meeting_add", YEAR), **decision()).status_code == 302


def test_a_proposal_is_withdrawn_from_the_page(manager, year):
    year.proposed()
    assert send(manager, page("year_withdraw", YEAR), reason="Sewa lupa").status_code == 302
    assert not BookYear.objects.exists()


@pytest.mark.parametrize("name", ["year_close", "surplus_share", "surplus_pay"])
def test_pressing_twice_does_it_once(manager, year, name):
    if name == "year_close":
        year.proposed()
        manager.force_login(year.treasurer)
    elif name == "surplus_share":
        year.met()
    else:
        year.shared()
    form = {"till": "cash", "on": "2026-04-01", "semua": "1"} if name == "surplus_pay" else {}
    key = str(uuid4())
    answers = [send(manager, page(name, YEAR), key, **form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    rule = {"year_close": "P13", "surplus_share": "P14", "surplus_pay": "P15"}[name]
    assert Posting.objects.filter(rule=rule).count() == (2 if name == "surplus_pay" else 1)


def test_nobody_chosen_or_no_way_of_paying_is_told(manager, year):
    year.shared()
    nobody = send(manager, page("surplus_pay", YEAR), till="cash", on="2026-04-01")
    assert nobody.status_code == 400
    assert "Pilih paling sedikit satu anggota" in text(nobody)
    assert send(manager, page("surplus_pay", YEAR), on="2026-04-01", semua="1").status_code == 400
    assert not SurplusPayout.objects.exists()


def test_the_banks_file_holds_whole_numbers_pages_only_the_last_and_it_is_written_down(manager, year):
    for maker in (year.cast.sari, year.cast.tini):
        PayoutAccount.objects.create(
            ikm=maker.ikm,
            valid_from=date(2026, 1, 1),
            bank="BJB",
            holder=maker.user.name,
            number=secret_keep(ACCOUNT),
            last=ACCOUNT[-4:],
            at=Posting.objects.first().at,
            by=year.treasurer,
        )
    year.shared()
    asked = text(manager.get(page("surplus_pay", YEAR)))
    assert "…7890" in asked
    assert ACCOUNT not in asked
    run = send(manager, page("surplus_pay", YEAR), till="bank", on="2026-04-01", semua="1")["Location"]
    assert ACCOUNT not in text(manager.get(run))
    file = manager.post(page("surplus_bank_file", "SHU-2026-0001"))
    assert ACCOUNT in text(file)
    told = Change.objects.filter(act="surplus_bank_lines").get()
    assert ACCOUNT not in str(told.fields)
    assert told.user_name == "Bu Ratna"


def test_a_run_in_cash_has_no_file_for_the_bank(manager, year):
    year.shared()
    send(manager, page("surplus_pay", YEAR), till="cash", on="2026-04-01", semua="1")
    assert manager.post(page("surplus_bank_file", "SHU-2026-0001")).status_code == 400


def test_a_payment_is_taken_back_from_the_page(manager, year):
    year.shared()
    send(manager, page("surplus_pay", YEAR), till="cash", on="2026-04-01", semua="1")
    answer = send(manager, page("surplus_payout_back", "SHU-2026-0001"), reason="Tidak diambil")
    assert answer.status_code == 302
    assert "dibatalkan" in text(manager.get(answer["Location"]))
    assert SurplusShare.objects.filter(paid=0).count() == 1


def test_a_member_sees_their_own_sheet_from_pieces_to_rupiah_and_no_others(client, year):
    year.shared()
    shares = {share.ikm_id: share for share in SurplusShare.objects.all()}
    sari, tini = shares[year.cast.sari.ikm.pk], shares[year.cast.tini.ikm.pk]
    client.force_login(year.cast.sari.user)
    shown = text(client.get(reverse("share", args=[sari.pk])))
    for figure in ("Baut M8", "100", "Rp95.000", "Rp150.000", "Rp300.000"):
        assert figure in shown
    assert CODE not in shown  # no way into the books
    for name in ("share", "share_paper"):
        assert client.get(reverse(name, args=[tini.pk])).status_code == 404
    assert client.get(page("surplus_shares", YEAR)).status_code == 404
    client.force_login(year.cast.rudi.user)
    assert client.get(reverse("share", args=[sari.pk])).status_code == 404


def test_a_sheet_is_there_only_once_the_surplus_is_shared(client, year):
    meeting = year.met()
    row = SurplusShare.objects.create(
        meeting=meeting, ikm=year.cast.sari.ikm, patronage_base=1, capital_base=0, patronage=1, capital=0
    )
    client.force_login(year.cast.sari.user)
    assert client.get(reverse("share", args=[row.pk])).status_code == 404


def test_a_printed_sheet_is_proved_genuine_by_its_code(client, year):
    year.shared()
    row = SurplusShare.objects.select_related("meeting__book_year").first()
    client.force_login(User.objects.get(pk=year.cast.manager.pk))
    paper = client.get(reverse("share_paper", args=[row.pk]))
    assert paper.content.startswith(b"%PDF")
    assert len(paper.content) < 150_000
    client.logout()
    assert client.get(reverse("paper_check", args=[share_number(row), row.check_code])).status_code == 200
    assert client.get(reverse("paper_check", args=["LBR-2025-0", row.check_code])).status_code == 404


def test_years_outside_the_books_are_not_found(manager):
    for year in (2024, 2027):
        assert manager.get(page("surplus_year", year)).status_code == 404


def test_a_year_that_runs_says_so(manager):
    assert "belum berakhir" in text(manager.get(page("surplus_year", 2026)))


def test_who_keeps_no_money_here_is_told_nothing(client, year):
    year.shared()
    client.force_login(person("Bu Lain", 46))
    for name in ("surplus_year", "surplus_shares", "surplus_pay"):
        assert client.get(page(name, YEAR)).status_code == 404
