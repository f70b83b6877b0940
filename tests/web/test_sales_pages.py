"""Invoices, payments, statements and taxes through the pages: made, paid, matched, taken back; and their papers."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from cast import JOINED, person
from cast_sales import PRICE, on_day, selling_build
from standing import standing
from wadah.base.clock import today
from wadah.base.imports.reading import book_read
from wadah.ledger.models import (
    BankFile,
    BankRow,
    CreditNote,
    IncomeTax,
    Invoice,
    Payment,
    Posting,
    SaleTerms,
    TaxStatus,
    YearTax,
)
from wadah.ledger.selectors.sales import sales_paper_standing
from wadah.ledger.services.invoices import invoice_cancel, invoice_make
from wadah.ledger.services.payments import payment_record
from wadah.ledger.services.taxes import tax_status_put
from wadah.register.services import membership_open
from wadah.units import rupiah_text
from wadah.web.papers import sales as papers
from wadah.web.papers import sheet

pytestmark = pytest.mark.django_db


@standing
def selling(cast):
    return selling_build(cast)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def keeper(selling):
    return client_of(selling.treasurer)


def press(client, name, arguments=(), number=[0], **form):  # noqa: B006 (counts the keys)
    number[0] += 1
    return client.post(reverse(name, args=arguments), {"idempotency_key": f"jual-{number[0]}", **form}, follow=True)


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def delivered(selling, pieces=100, **more):
    order = selling.order(pieces, **more)
    return order, selling.shipped(order, pieces)


def invoiced(selling, pieces=100):
    order, _shipment = delivered(selling, pieces)
    return invoice_make(order=order, by=selling.treasurer)


def test_what_was_signed_for_is_shown_and_invoiced_in_two_presses(selling, keeper):
    order, _shipment = delivered(selling)
    listed = text(keeper.get(reverse("invoices")))
    assert order.number in listed
    page = text(keeper.get(reverse("invoice_add", args=[order.number])))
    assert rupiah_text(100 * PRICE) in page
    answer = press(keeper, "invoice_add", [order.number], on=today())
    row = Invoice.objects.get()
    assert row.number in text(answer)
    for part in ("4101", "1110", rupiah_text(row.total), row.lines.get().shipment_line.lot.number):
        assert part in text(answer)


def test_the_same_press_twice_makes_one_invoice(selling, keeper):
    order, _shipment = delivered(selling)
    form = {"idempotency_key": "sama", "on": today()}
    for _ in range(2):
        answer = keeper.post(reverse("invoice_add", args=[order.number]), form)
        assert answer.status_code == 302
    assert Invoice.objects.count() == 1
    assert keeper.post(reverse("invoice_add", args=[order.number]), form | {"on": "2020-01-01"}).status_code == 409


def test_a_refusal_stands_on_the_form_and_nothing_is_written(selling, keeper):
    order, _shipment = delivered(selling)
    answer = press(keeper, "invoice_add", [order.number], on=today() - timedelta(days=1))
    assert answer.status_code == 400
    assert not Invoice.objects.exists()


def test_an_order_is_sold_for_members_until_it_is_invoiced(selling, keeper):
    order, _shipment = delivered(selling)
    form = {"sold_as": "agent", "fee_percent": "7,5", "due_days": "14"}
    press(keeper, "sale_terms_change", [order.number], **form)
    terms = SaleTerms.objects.get()
    assert (terms.sold_as, float(terms.fee_percent), terms.due_days) == ("agent", 7.5, 14)
    press(keeper, "invoice_add", [order.number], on=today())
    assert press(keeper, "sale_terms_change", [order.number], **form).status_code == 400


def test_what_came_back_is_credited_from_the_invoices_page(selling, keeper):
    order, shipment = delivered(selling)
    row = invoice_make(order=order, by=selling.treasurer)
    claim = selling.came_back(shipment, 10)
    assert claim.number in text(keeper.get(reverse("invoice", args=[row.number])))
    answer = press(keeper, "credit_note_add", [row.number, claim.pk], pieces="11", reason="berkarat")
    assert answer.status_code == 400
    press(keeper, "credit_note_add", [row.number, claim.pk], pieces="10", reason="berkarat")
    note = CreditNote.objects.get()
    assert note.number in text(keeper.get(reverse("invoice", args=[row.number])))
    again = keeper.get(reverse("credit_note_add", args=[row.number, claim.pk]))
    assert again["Location"] == reverse("invoice", args=[row.number])
    assert keeper.get(reverse("credit_note_paper", args=[note.number])).content[:4] == b"%PDF"


def test_a_wrong_invoice_is_taken_back_with_its_reason(selling, keeper):
    row = invoiced(selling)
    assert press(keeper, "invoice_call_off", [row.number], reason="").status_code == 400
    press(keeper, "invoice_call_off", [row.number], reason="salah harga")
    assert "salah harga" in text(keeper.get(reverse("invoice", args=[row.number])))
    assert sales_paper_standing(row.number, row.check_code).valid is False


def test_money_is_written_down_then_set_as_suggested_then_taken_off(selling, keeper):
    row = invoiced(selling)
    form = {
        "cooperative": selling.cooperative.pk,
        "buyer": selling.buyer.pk,
        "on": today(),
        "till": "bank",
        "rupiah": "Rp 100.000",
        "reference": f"bayar {row.number}",
    }
    answer = press(keeper, "payment_add", **form)
    payment = Payment.objects.get()
    assert answer.request["PATH_INFO"] == reverse("payment_set", args=[payment.number])
    assert 'value="Rp100.000"' in answer.content.decode()
    assert press(keeper, "payment_set", [payment.number], **{f"invoice-{row.pk}": "100.001"}).status_code == 400
    press(keeper, "payment_set", [payment.number], **{f"invoice-{row.pk}": "100.000"})
    row.refresh_from_db()
    assert row.paid == 100_000
    page = text(keeper.get(reverse("payment", args=[payment.number])))
    assert row.number in page
    assert "2103" in page
    press(keeper, "payment_unset", [payment.number, row.pk], reason="salah")
    row.refresh_from_db()
    assert row.paid == 0


def test_what_is_left_is_paid_back_and_that_taken_back_and_the_payment_too(selling, keeper):
    payment = payment_record(cooperative=selling.cooperative, buyer=selling.buyer, rupiah=9_000, by=selling.treasurer)
    form = {"rupiah": "4.000", "till": "cash", "on": today(), "reason": "lebih"}
    press(keeper, "payment_give_back", [payment.number], **form)
    payment.refresh_from_db()
    assert payment.left == 5_000
    assert press(keeper, "payment_undo", [payment.number], reason="salah").status_code == 400
    press(keeper, "refund_undo", [payment.number, payment.refunds.get().pk], reason="tidak jadi")
    press(keeper, "payment_undo", [payment.number], reason="cek kosong")
    payment.refresh_from_db()
    assert (payment.left, payment.reversed_at is None) == (0, False)
    assert keeper.get(reverse("payment_undo", args=[payment.number])).status_code == 302


def statement(selling, keeper, *lines):
    rows = "".join(f"{today():%d/%m/%Y};{told};;{rupiah}\n" for told, rupiah in lines)
    file = SimpleUploadedFile("mutasi.csv", f"Tanggal;Keterangan;Debet;Kredit\n{rows}".encode())
    return press(keeper, "statement_add", cooperative=selling.cooperative.pk, file=file)


def test_a_statement_is_read_its_sure_lines_taken_and_the_rest_matched_or_put_aside(selling, keeper):
    first, second = invoiced(selling), invoiced(selling, 50)
    answer = statement(
        selling, keeper, (f"TRSF {first.number}", first.total), ("SETORAN", 5_000), ("BUNGA", 77), ("X", "abc")
    )
    assert first.number in text(answer)
    file = BankFile.objects.get()
    assert file.told["unread"][0][2] == "no_amount"
    press(keeper, "statement_sure", [file.pk])
    assert Payment.objects.get().rupiah == first.total
    deposit, interest = BankRow.objects.filter(payment=None).order_by("pk")
    address = reverse("bank_row", args=[deposit.pk])
    assert "SETORAN" in text(keeper.get(address))
    chosen = keeper.get(address, {"buyer": selling.buyer.pk})
    assert second.number in text(chosen)
    form = {"idempotency_key": "baris", f"invoice-{second.pk}": "5.000"}
    assert keeper.post(f"{address}?buyer={selling.buyer.pk}", form).status_code == 302
    second.refresh_from_db()
    assert second.paid == 5_000
    press(keeper, "bank_row_aside", [interest.pk], reason="bunga bank")
    assert "bunga bank" in text(keeper.get(reverse("bank_row", args=[interest.pk])))
    press(keeper, "bank_row_again", [interest.pk])
    assert press(keeper, "statement_cancel", [file.pk]).status_code == 409
    assert Payment.objects.count() == 2


def test_a_file_that_is_no_statement_is_refused_on_the_form(selling, keeper):
    file = SimpleUploadedFile("x.csv", b"a;b\n1;2\n")
    answer = press(keeper, "statement_add", cooperative=selling.cooperative.pk, file=file)
    assert answer.status_code == 400
    assert "Kredit" in text(answer)
    assert not BankFile.objects.exists()


def test_the_same_statement_sent_twice_by_the_same_press_is_kept_once(selling, keeper):
    content = f"Tanggal;Keterangan;Kredit\n{today():%d/%m/%Y};SETOR;500\n".encode()
    for _ in range(2):
        form = {"idempotency_key": "unggah", "cooperative": selling.cooperative.pk}
        answer = keeper.post(reverse("statement_add"), form | {"file": SimpleUploadedFile("m.csv", content)})
        assert answer.status_code == 302
    assert BankRow.objects.count() == 1


def test_a_statement_read_by_mistake_is_taken_out(selling, keeper):
    statement(selling, keeper, ("SETORAN", 5_000))
    press(keeper, "statement_cancel", [BankFile.objects.get().pk])
    assert not BankRow.objects.exists()
    assert not Posting.objects.exists()


def test_the_taxes_page_says_each_rate_with_its_regulation_and_keeps_what_the_cooperative_is(selling, keeper):
    page = text(keeper.get(reverse("taxes")))
    for words in ("PMK 131/2024", "UU 10/2020", "11/12", "PP 55/2022"):
        assert words in page
    form = {"cooperative": selling.cooperative.pk, "valid_from": "2026-01-01", "npwp": "01.2", "final_income": "on"}
    press(keeper, "tax_status_add", **form)
    assert TaxStatus.objects.get().final_income
    order, _shipment = delivered(selling)
    invoice_make(order=order, by=selling.treasurer)
    month = today().replace(day=1)
    later = (month + timedelta(days=40)).replace(day=5)
    with on_day(later):
        keeper = client_of(selling.treasurer)  # who signed in a month ago has to sign in again
        answer = press(keeper, "income_tax_add", cooperative=selling.cooperative.pk, month=month.isoformat())
        assert rupiah_text(667) in text(answer)
        again = press(keeper, "income_tax_add", cooperative=selling.cooperative.pk, month=month.isoformat())
        assert again.status_code == 400
    assert IncomeTax.objects.count() == 1


def test_a_buyer_sees_its_own_invoices_and_receipts_but_no_books(selling, cast):
    row = invoiced(selling)
    payment = payment_record(cooperative=selling.cooperative, buyer=selling.buyer, rupiah=9_000, by=selling.treasurer)
    buyer = client_of(cast.buyer)
    assert row.number in text(buyer.get(reverse("invoices")))
    page = text(buyer.get(reverse("invoice", args=[row.number])))
    assert rupiah_text(row.total) in page
    assert "1110" not in page
    assert "2103" not in text(buyer.get(reverse("payment", args=[payment.number])))
    assert buyer.get(reverse("payment_paper", args=[payment.number])).content[:4] == b"%PDF"


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_lists_are_taken_home_with_true_numbers(selling, keeper, kind):
    row = invoiced(selling)
    answer = keeper.get(reverse("invoices"), {"unduh": kind})
    ages = keeper.get(reverse("invoices"), {"umur": kind})
    if kind == "csv":
        assert f"{row.total}" in answer.content.decode()
        assert f"{row.total}" in ages.content.decode()
        return
    for file in (answer, ages):
        cells = [cell for line in book_read(file.content).sheets[0].rows for cell in line]
        assert row.total in cells


def test_the_list_is_narrowed_to_what_is_owed_overdue_paid_or_taken_back(selling, keeper):
    row, back = invoiced(selling), invoiced(selling, 10)
    invoice_cancel(invoice=back, reason="salah", by=selling.treasurer)

    def numbers(value):
        page = text(keeper.get(reverse("invoices"), {"keadaan": value}))
        return [one.number for one in (row, back) if one.number in page]

    assert [numbers(value) for value in ("terbuka", "terlambat", "lunas", "ditarik")] == [
        [row.number], [], [], [back.number],
    ]  # fmt: skip
    Invoice.objects.filter(pk=row.pk).update(due_on=today() - timedelta(days=1))
    assert numbers("terlambat") == [row.number]


def test_a_public_buyers_order_and_invoice_say_the_form_of_contract(selling, keeper):
    selling.buyer.kind = "school"
    selling.buyer.save()
    order, _shipment = delivered(selling, 60_000)
    row = invoice_make(order=order, by=selling.treasurer)
    for name, number in (("order", order.number), ("invoice", row.number)):
        page = text(keeper.get(reverse(name, args=[number])))
        assert "SPK" in page
        assert "Perpres 16/2018" in page


def drawn(monkeypatch):
    """What papers hand to the sheet."""
    told = []
    monkeypatch.setattr(sheet, "compiled", lambda _template, data, **_more: told.append(data) or b"%PDF")
    return told


@pytest.mark.parametrize(("language", "words"), [("id", "Sembilan juta rupiah"), ("en", "Nine million rupiah")])
def test_a_kuitansi_says_its_amount_in_words_and_leaves_room_for_a_stamp(selling, monkeypatch, language, words):
    told = drawn(monkeypatch)
    for rupiah in (5_000_000, 9_000_000):
        row = payment_record(cooperative=selling.cooperative, buyer=selling.buyer, rupiah=rupiah, by=selling.treasurer)
        with translation.override(language):
            papers.kuitansi_pdf(row, [], "https://contoh/cek", stamp=10_000 if rupiah > 5_000_000 else 0)
    small, large = told
    assert words in str(large["facts"])
    assert small["stamp"] == ""
    assert "Rp10.000" in large["stamp"]
    assert large["mark"]


def test_an_invoice_without_ppn_says_nothing_of_it(selling, monkeypatch, keeper):
    told = drawn(monkeypatch)
    row = invoiced(selling)
    for language in ("id", "en"):
        keeper.get(reverse("invoice_paper", args=[row.number]), {"bahasa": language})
    assert all("PPN" not in str(data["tables"]) for data in told)
    assert [data["language"] for data in told] == ["id", "en"]


def test_whoever_holds_a_paper_can_ask_whether_it_is_genuine(selling):
    row = invoiced(selling)
    payment = payment_record(cooperative=selling.cooperative, buyer=selling.buyer, rupiah=9_000, by=selling.treasurer)
    for paper in (row, payment):
        assert paper.number in text(Client().get(reverse("paper_check", args=[paper.number, paper.check_code])))
        assert Client().get(reverse("paper_check", args=[paper.number, "AAAAAAAA"])).status_code == 404


def test_a_list_takes_the_same_queries_however_long_it_is(selling, keeper, django_assert_max_num_queries):
    for _ in range(3):
        invoiced(selling, 10)
    delivered(selling, 10)
    keeper.get(reverse("invoices"))
    with django_assert_max_num_queries(25):
        keeper.get(reverse("invoices"))


def test_ages_are_those_of_the_day_that_is_asked_for(selling, keeper):
    row = invoiced(selling)
    Invoice.objects.filter(pk=row.pk).update(on=today() - timedelta(days=50), due_on=today() - timedelta(days=20))
    whole = rupiah_text(row.total)

    assert whole in text(keeper.get(reverse("invoices"), {"pada": "entah"}))
    day = (today() - timedelta(days=30)).isoformat()
    file = keeper.get(reverse("invoices"), {"pada": day, "umur": "csv"}).content.decode()
    assert file.count(str(row.total)) == 2
    before = keeper.get(reverse("invoices"), {"pada": (today() - timedelta(days=51)).isoformat()})
    assert before.status_code == 200
    report = reverse("report", args=[row.cooperative.code, today().year, "piutang"])
    assert whole in text(keeper.get(report))
    assert whole not in text(keeper.get(report, {"pada": (today() - timedelta(days=51)).isoformat()}))


def test_today_tells_manager_and_treasurer_of_invoices_that_are_overdue(selling, keeper):
    row = invoiced(selling)
    assert "keadaan=terlambat" not in keeper.get(reverse("today")).content.decode()
    Invoice.objects.filter(pk=row.pk).update(due_on=today() - timedelta(days=12))
    treasurer = person("Pak Budi", 61)
    membership_open(cooperative=row.cooperative, joined_on=JOINED, role="treasurer", user=treasurer)
    for client in (keeper, client_of(treasurer)):
        page = client.get(reverse("today"))
        assert "keadaan=terlambat" in page.content.decode()
        assert rupiah_text(row.total) in text(page)
        assert "12" in text(page)
    narrowed = client_of(treasurer).get(reverse("invoices") + "?keadaan=terlambat&urut=due")
    assert row.number in text(narrowed)


def test_the_tax_of_a_year_is_worked_out_and_taken_back_on_the_page(selling, keeper):
    tax_status_put(
        cooperative=selling.cooperative, valid_from=date(2025, 1, 1), final_income=False, by=selling.treasurer
    )
    form = {"cooperative": selling.cooperative.pk, "year": today().year - 1, "taxable_rupiah": "1.000.500"}
    page = text(press(keeper, "year_tax_add", **form))
    assert rupiah_text(110_000) in page
    assert press(keeper, "year_tax_add", **form).status_code == 400
    row = YearTax.objects.get()
    press(keeper, "year_tax_undo", [row.pk], reason="koreksi fiskal")
    row.refresh_from_db()
    assert row.reversed_at
    assert "konsultan" in text(keeper.get(reverse("year_tax_add")))
