"""The books on pages: what is written, what is refused in words, where each figure leads; another's is not there."""

import io
import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from cast import JOINED, person
from cast_years import RESULT, YEAR, year_build
from standing import standing
from wadah.ledger.models import Account, Journal, Period, Posting, StockCount
from wadah.register.services import membership_open

pytestmark = pytest.mark.django_db

CODE = "maju-bersama"
FIGURE = re.compile(r'<a href="([^"]+)">(−?Rp[\d.]+)</a>')
KINDS = ("posisi", "hasil", "kas", "pajak")


@standing
def year(cast):
    return year_build(cast)


def page(name, *args):
    return reverse(name, args=[CODE, *args])


@pytest.fixture
def treasurer(client, year):
    client.force_login(year.treasurer)
    return client


def text(answer):
    return answer.content.decode()


def workbook(answer):
    return CalamineWorkbook.from_filelike(io.BytesIO(answer.content))


def send(client, address, key=None, **form):
    return client.post(address, {"idempotency_key": key or str(uuid4()), **form})


def entry(**more):
    return {
        "on": "2026-03-05",
        "what": "Sewa Maret",
        "account-0": "6106",
        "debit-0": "250 ribu",
        "account-1": "1101",
        "credit-1": "Rp 250.000",
        **more,
    }


# -- reports ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_every_figure_of_a_report_leads_to_lines_that_come_to_it(treasurer, year, kind):
    year.closed()
    shown = text(treasurer.get(page("report", YEAR, kind)))
    figures = FIGURE.findall(shown)
    assert figures
    for address, figure in figures:
        there = treasurer.get(address.replace("&amp;", "&"))
        assert there.status_code == 200, address
        assert "buku/maju-bersama" in address, figure


def test_an_accounts_last_balance_is_the_figure_that_led_there(treasurer, year):
    year.closed()
    shown = text(treasurer.get(page("report", YEAR, "posisi")))
    for address, figure in FIGURE.findall(shown):
        if "/akun/" in address:
            assert f">{figure}</td>" in text(treasurer.get(address.replace("&amp;", "&"))), address


def test_assets_are_liabilities_and_equity_before_and_after_closing(treasurer, year):
    whole = []
    for act in (lambda: None, year.closed):
        act()
        shown = text(treasurer.get(page("report", YEAR, "posisi")))
        whole.append(re.findall(r"Jumlah (?:aset|kewajiban dan ekuitas)</th>.*?>(Rp[\d.]+)<", shown, re.S))
    assert len(set(whole[0])) == 1
    assert whole[0] == whole[1]


def test_the_result_shows_members_and_others_apart_and_the_year_before(treasurer, year):
    shown = text(treasurer.get(page("report", YEAR, "hasil")))
    assert f"Rp{RESULT:,}".replace(",", ".") in shown
    assert "Dari usaha bukan anggota" in shown
    assert ">2024</th>" in shown


@pytest.mark.parametrize("kind", [*KINDS, "piutang"])
@pytest.mark.parametrize("file", ["xlsx", "csv", "pdf"])
def test_each_report_goes_home_as_a_file(treasurer, kind, file):
    answer = treasurer.get(page("report", YEAR, kind), {"unduh": file})
    assert answer.status_code == 200
    assert answer.content[:4] in {b"PK\x03\x04", b"%PDF", b'\xef\xbb\xbf"', "\ufeffBag".encode()[:4]}
    assert len(answer.content) < 150_000


def test_numbers_in_excel_are_numbers(treasurer):
    answer = treasurer.get(page("report", YEAR, "hasil"), {"unduh": "xlsx"})
    sheet = workbook(answer).get_sheet_by_index(0)
    assert RESULT in [cell for row in sheet.to_python() for cell in row]


def test_the_annual_meetings_pack_holds_everything(treasurer, year):
    year.shared()
    pdf = treasurer.get(page("report_pack", YEAR, "pdf"))
    assert pdf.content.startswith(b"%PDF")
    assert len(pdf.content) < 150_000
    book = workbook(treasurer.get(page("report_pack", YEAR, "xlsx")))
    assert len(book.sheet_names) == 6
    names = [row[1] for row in book.get_sheet_by_index(5).to_python()[1:]]
    assert names == ["Sari Baut", "Tini Pelat", "Semua anggota"]


def test_a_pack_of_very_many_members_holds_their_sums_on_paper(treasurer, year, monkeypatch):
    year.shared()
    papers, kept = [], "wadah.web.papers.books"
    monkeypatch.setattr(f"{kept}.sheet_pdf", lambda **told: papers.append(told) or b"%PDF")
    for most in (1_000, 2):
        monkeypatch.setattr(f"{kept}.PAPER_ROWS_MAX", most)
        treasurer.get(page("report_pack", YEAR, "pdf"))
    whole, short = (paper["tables"][-1] for paper in papers)
    assert [row[0] for row in whole.rows] == ["Sari Baut", "Tini Pelat", "Semua anggota"]
    assert short.rows == whole.rows[-1:]
    assert "2 baris" in short.note


def test_a_report_that_is_none_and_a_pack_of_no_kind_are_not_found(treasurer):
    assert treasurer.get(page("report", YEAR, "rahasia")).status_code == 404
    assert treasurer.get(page("report_pack", YEAR, "docx")).status_code == 404


def test_the_member_book_counts_savings_work_and_share(treasurer, year):
    year.shared()
    shown = text(treasurer.get(page("report_members", YEAR)))
    assert "Sari Baut" in shown
    assert "Karim Karet" not in shown  # had left
    assert "Rp300.000" in shown
    assert "Rp95.000" in shown


def test_a_printed_report_is_known_by_its_last_posting(client, year):
    book = Posting.objects.order_by("-seq").first()
    good = reverse("paper_check", args=[f"BUKU-{year.cooperative.pk}-{book.seq}", book.hash[:12]])
    assert client.get(good).status_code == 200
    for number, code in ((f"BUKU-{year.cooperative.pk}-{book.seq}", "0" * 12), ("BUKU-x-1", book.hash[:12])):
        assert client.get(reverse("paper_check", args=[number, code])).status_code == 404


# -- accounts and postings --------------------------------------------------------------------------------------------


def test_the_trial_balance_comes_to_nothing(treasurer):
    shown = text(treasurer.get(page("book"), {"tahun": YEAR}))
    assert re.search(r"Jumlah</th>.*Rp0<", shown, re.S)


def test_postings_are_narrowed_by_month_account_rule_and_maker(treasurer, year):
    address = page("book_postings")
    for asked, found in (
        ({"bulan": "2025-05"}, 7),
        ({"bulan": "2025-06"}, 0),
        ({"akun": "1102"}, 2),
        ({"aturan": "P1"}, 3),
        ({"anggota": year.cast.sari.ikm.pk}, 2),
        ({"q": "Sewa"}, 1),
        ({"q": "tini"}, 2),
        ({"arus": "costs", "tahun": YEAR}, 1),
    ):
        answer = treasurer.get(address, asked)
        assert answer.context["page"].paginator.count == found, asked


def test_a_posting_leads_to_its_account_its_lot_and_its_mirror(client, year):
    client.force_login(year.cast.manager)
    first = text(client.get(page("book_posting", 1)))
    assert reverse("lot", args=["LOT-2025-0001"]) in first
    assert page("book_account", "2101") in first
    row = Journal.objects.first()
    send(client, page("journal_back", row.number), reason="Salah")
    mirror = Posting.objects.order_by("-seq").first()
    assert page("book_posting", mirror.reverses.seq) in text(client.get(page("book_posting", mirror.seq)))
    assert page("book_posting", mirror.seq) in text(client.get(page("book_posting", mirror.reverses.seq)))


def test_the_running_balance_goes_on_over_pages(treasurer, year, monkeypatch):
    monkeypatch.setattr("wadah.web.views.manager.money.books.accounts.LINES_A_PAGE", 1)
    second = text(treasurer.get(page("book_account", "1102"), {"page": 2}))
    assert "Rp1.000.000" in second  # before
    assert "Rp795.000" in second


def test_an_account_goes_home_as_a_file(treasurer):
    answer = treasurer.get(page("book_account", "1102"), {"unduh": "csv"})
    assert answer.content.decode().count("\r\n") == 3


def test_an_unknown_account_is_not_found(treasurer):
    assert treasurer.get(page("book_account", "9999")).status_code == 404


# -- writing ----------------------------------------------------------------------------------------------------------


def test_an_entry_by_hand_is_posted_once_however_often_it_is_sent(treasurer):
    key, before = str(uuid4()), Posting.objects.count()
    answers = [send(treasurer, page("journal_add"), key, **entry()) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Posting.objects.count() == before + 1
    assert send(treasurer, page("journal_add"), key, **entry(what="Lain")).status_code == 409


def test_an_entry_with_a_receipt_shows_it(treasurer):
    file = SimpleUploadedFile("kuitansi.pdf", b"%PDF-1.4 x", content_type="application/pdf")
    answer = send(treasurer, page("journal_add"), **entry(photo=file))
    receipt = treasurer.get(answer["Location"] + "bukti/")
    assert receipt["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"credit-1": "200000"}, "Rp50.000"),
        ({"account-1": "2101"}, "2101"),
        ({"account-1": ""}, "account-1"),
        ({"debit-2": "5"}, "Pilih akun"),
        ({"on": "2027-01-01"}, "belum tiba"),
        ({"debit-0": "banyak"}, "banyak"),
    ],
)
def test_a_wrong_entry_comes_back_with_words_and_what_was_typed(treasurer, wrong, told):
    before = Posting.objects.count()
    answer = send(treasurer, page("journal_add"), **entry(**wrong))
    assert answer.status_code == 400
    assert told in text(answer)
    assert "Sewa Maret" in text(answer)
    assert Posting.objects.count() == before


def test_an_account_is_added_put_out_of_use_and_back(treasurer):
    send(treasurer, page("book_account_add"), group="cost", code="6112", name="Air", side="debit")
    for archived in (True, False):
        send(treasurer, page("book_account_use", "6112"))
        assert Account.objects.get(code="6112").archived is archived


def test_months_are_closed_from_the_page(treasurer):
    answer = send(treasurer, page("book_month_close"), month="2025-03")
    assert answer.status_code == 302
    assert Period.objects.count() == 3
    assert send(treasurer, page("book_month_close"), month="2025-02").status_code == 400


def test_the_stock_is_counted_from_the_page(treasurer):
    answer = send(treasurer, page("book_stock_add"), on="2025-12-31")
    assert answer.status_code == 302
    shown = text(treasurer.get(answer["Location"]))
    assert "Rp205.000" in shown
    again = send(treasurer, page("book_stock_add"), on="2025-12-31")
    assert again.status_code == 409
    assert StockCount.objects.count() == 1


# -- whose ------------------------------------------------------------------------------------------------------------


def test_who_keeps_two_cooperatives_chooses_and_others_see_nothing(client, year):
    both = person("Bu Dua", 45)
    for cooperative in (year.cooperative, year.cast.other_cooperative):
        membership_open(cooperative=cooperative, joined_on=JOINED, role="treasurer", user=both)
    client.force_login(both)
    assert page("book") in text(client.get(reverse("books")))
    assert reverse("book", args=["sumber-rejeki"]) in text(client.get(reverse("books")))
    client.force_login(year.cast.rudi.user)
    assert client.get(page("book")).status_code == 404


def test_reports_ask_a_constant_number_of_questions(treasurer, year, django_assert_max_num_queries):
    for maker in (year.cast.sari, year.cast.tini, year.cast.karim):
        year.making.accepted(maker, 7)
    for kind in KINDS:
        with django_assert_max_num_queries(14):
            treasurer.get(page("report", 2026, kind))
    with django_assert_max_num_queries(14):
        treasurer.get(page("report_members", YEAR))
