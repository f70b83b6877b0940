"""Bank statements as the banks write them: each line once, nothing guessed, and whose payment it may be."""

import io
from datetime import date

import pytest
import xlsxwriter

from cast_sales import PRICE, balance, selling_build
from standing import standing
from wadah.base.clock import today
from wadah.base.errors import Conflict, Refused
from wadah.base.imports.reading import book_read
from wadah.ledger.models import BankFile, BankRow, Payment
from wadah.ledger.rules.matching import Owed, numbers_in, parts_suggested, row_suggested
from wadah.ledger.rules.statements import NoStatement, statement_read
from wadah.ledger.selectors.statements import bank_files_seen, bank_rows_waiting, rows_suggested
from wadah.ledger.services.invoices import invoice_make
from wadah.ledger.services.payments import payment_reverse
from wadah.ledger.services.statements import (
    bank_file_cancel,
    bank_row_dismiss,
    bank_row_match,
    bank_row_restore,
    bank_rows_match_sure,
    statement_import,
)

TODAY = date(2026, 11, 30)
BCA = """Informasi Rekening - Mutasi Rekening
No. rekening : 1234567890
Nama : KOPERASI MAJU BERSAMA (SIMULASI)
Periode : 25/10/2026 - 30/11/2026

Tanggal Transaksi,Keterangan,Cabang,Jumlah,,Saldo
'25/10,'TRSF E-BANKING CR 2510/FTSCY PT UJI,'0000,"1,500,000.00",CR,"8,500,000.00"
'03/11,'BIAYA ADM,'0000,"15,000.00",DB,"8,485,000.00"
'04/11,'BUNGA,'0000,"1,234.56",CR,"8,486,234.56"
'04/11,'SETORAN TUNAI,'0998,"2,000,000.00",CR,"10,486,234.56"
'04/11,'SETORAN TUNAI,'0998,"2,000,000.00",CR,"12,486,234.56"
PEND,'TRSF E-BANKING CR,'0000,"700,000.00",CR,
Saldo Awal : 7000000.00
"Mutasi Kredit : 5,501,234.56"
"""
MANDIRI = """AccountNo;Ccy;PostDate;Remarks;AdditionalDesc;Credit Amount;Debit Amount;Close Balance
123;IDR;2026-11-04 10:12:01;TRANSFER DARI;PT UJI INV/2026/0001;5.000.000,00;0,00;15.000.000,00
123;IDR;2026-11-05 08:00:00;BIAYA;;0,00;12.500,00;14.987.500,00
"""
BRI = """NOREK;3333333333
TGL_TRAN;DESK_TRAN;MUTASI_DEBET;MUTASI_KREDIT;SALDO_AKHIR_MUTASI
2026-11-02;TRANSFER DARI PT UJI;0.00;5000000.00;15000000.00
2026-11-31;TRANSFER;0.00;1000.00;15001000.00
2026-12-01;TRANSFER;0.00;1000.00;15001000.00
"""
BNI = """No.;Tanggal Kirim;Cabang;Journal No.;Deskripsi;Amount;Db/ Cr
1;04/11/2026;Bekasi;889;SETOR;250.000;C
2;04/11/2026;Bekasi;890;BIAYA;5.000;D
3;05/11/2026;Bekasi;891;LAIN;5.000;?
"""
SIGNED = 'Date,Description,Amount\n04 Nov 2026,TRANSFER,"150,000.00 CR"\n05 Nov 2026,FEE,"10,000.00 DB"\n'


def read(text):
    return statement_read(book_read(text.encode()), TODAY)


def came(text):
    return [(one.on, one.rupiah) for one in read(text).came]


@pytest.mark.parametrize(
    ("text", "lines", "out", "unread"),
    [
        (
            BCA,
            [(date(2026, 10, 25), 1_500_000), (date(2026, 11, 4), 2_000_000), (date(2026, 11, 4), 2_000_000)],
            1,
            ["sen", "pending"],
        ),
        (MANDIRI, [(date(2026, 11, 4), 5_000_000)], 1, []),
        (BRI, [(date(2026, 11, 2), 5_000_000)], 0, ["no_date", "future"]),
        (BNI, [(date(2026, 11, 4), 250_000)], 1, ["no_side"]),
        (SIGNED, [(date(2026, 11, 4), 150_000)], 1, []),
    ],
)
def test_each_banks_table_is_read_and_what_is_not_is_told(text, lines, out, unread):
    found = read(text)
    assert came(text) == lines
    assert found.out == out
    assert [one.why for one in found.unread] == unread


def test_an_excel_statement_is_read_with_its_own_dates_and_numbers():
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    page, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
    page.write_row(3, 0, ["Tgl.", "Rincian Transaksi", "Debit", "Kredit", "Saldo"])
    page.write_datetime(4, 0, date(2026, 11, 4), day)
    page.write_row(4, 1, ["PT UJI", 0, 750_000, 900_000])
    page.write_row(5, 0, ["Saldo Akhir", "", "", "", 900_000])
    book.close()
    found = statement_read(book_read(buffer.getvalue()), TODAY)
    assert [(one.on, one.rupiah, one.text) for one in found.came] == [(date(2026, 11, 4), 750_000, "PT UJI")]
    assert found.unread == []


def test_a_day_without_its_year_is_told_where_no_period_stands_above():
    found = read("Tanggal,Keterangan,Jumlah,\n'04/11,X,1000,CR\n")
    assert [one.why for one in found.unread] == ["no_year"]


@pytest.mark.parametrize("text", ["a;b\n1;2\n", "Tanggal;Keterangan\n04/11/2026;x\n"])
def test_what_is_no_statement_is_not_taken_for_one(text):
    with pytest.raises(NoStatement):
        read(text)


OWED = [
    Owed(1, "INV-2026-0001", 7, date(2026, 12, 1), 1_000),
    Owed(2, "INV-2026-0002", 7, date(2026, 11, 1), 2_000),
    Owed(3, "INV-2026-0003", 8, date(2026, 11, 1), 2_500),
]


@pytest.mark.parametrize("text", ["INV-2026-0001", "bayar inv 2026 1", "INV/2026/0001 lunas", "INV20260001"])
def test_an_invoices_number_is_found_as_people_write_it(text):
    assert "INV-2026-0001" in numbers_in(text)


@pytest.mark.parametrize(
    ("rupiah", "text", "parts", "sure"),
    [
        (1_000, "", ((1, 1_000),), True),
        (1_500, "INV-2026-0001", ((1, 1_000),), True),
        (3_000, "", ((2, 2_000), (1, 1_000)), True),
        (2_200, "", ((2, 2_000), (1, 200)), False),
        (9_000, "", ((2, 2_000), (1, 1_000)), False),
    ],
)
def test_a_payment_is_set_by_number_by_amount_or_oldest_first(rupiah, text, parts, sure):
    assert parts_suggested(rupiah, text, OWED[:2]) == (parts, sure)


@pytest.mark.parametrize(
    ("rupiah", "text", "buyer", "sure"),
    [
        (999, "TRSF INV-2026-0003", 8, True),
        (2_500, "SETORAN", 8, False),
        (2_000, "KR OTOMATIS PT UJI SEJAHTERA", 7, True),
        (123, "KR OTOMATIS PT UJI SEJAHTERA", 7, False),
        (123, "SETORAN", None, False),
        (123, "INV-2026-0001 INV-2026-0003", None, False),
    ],
)
def test_whose_line_it_is_follows_from_number_name_or_a_lone_amount(rupiah, text, buyer, sure):
    found = row_suggested(rupiah, text, OWED, {7: "PT Uji Sejahtera", 8: "SD Negeri 5"})
    assert (found.buyer, found.sure) == (buyer, sure)


@standing
def selling(cast):
    return selling_build(cast)


def statement(selling, text, name="mutasi.csv"):
    return statement_import(cooperative=selling.cooperative, name=name, content=text.encode(), by=selling.treasurer)


def lines_of(*lines):
    return "Tanggal;Keterangan;Debet;Kredit\n" + "".join(f"{on};{text};;{rupiah}\n" for on, text, rupiah in lines)


def invoiced(selling, pieces=100):
    order = selling.order(pieces)
    selling.shipped(order, pieces)
    return invoice_make(order=order, by=selling.treasurer)


DAY = today().strftime("%d/%m/%Y")


@pytest.mark.django_db
def test_statements_that_overlap_bring_each_line_in_once(selling):
    first = lines_of((DAY, "SETOR", 500), (DAY, "SETOR", 500))
    statement(selling, first)
    file = statement(selling, first + f"{DAY};LAIN;;700\n")
    assert (file.rows, file.told["known"], BankRow.objects.count()) == (1, 2, 3)
    with pytest.raises(Refused, match=r"mutasi\.csv"):
        statement(selling, first)
    assert Payment.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "a;b\n1;2\n", lines_of(), "<html>", lines_of((DAY, "X", "abc"))])
def test_a_file_that_brings_nothing_is_refused_in_words_and_leaves_nothing(selling, text):
    with pytest.raises(Refused):
        statement(selling, text)
    assert not BankFile.objects.exists()


@pytest.mark.django_db
def test_a_line_becomes_a_payment_set_against_its_invoice_once(selling):
    row = invoiced(selling)
    statement(selling, lines_of((DAY, f"TRSF {row.number}", row.total)))
    ((line, suggested),) = rows_suggested(bank_rows_waiting([selling.cooperative.pk]))
    assert (suggested.buyer, suggested.parts, suggested.sure) == (selling.buyer.pk, ((row.pk, row.total),), True)
    payment = bank_row_match(row=line, buyer=selling.buyer, parts=[(row, row.total)], by=selling.treasurer)
    row.refresh_from_db()
    assert (row.open_rupiah, payment.left, balance("1102")) == (0, 0, row.total)
    with pytest.raises(Conflict, match=payment.number):
        bank_row_match(row=line, buyer=selling.buyer, by=selling.treasurer)
    payment_reverse(payment=payment, reason="pembeli lain", by=selling.treasurer)
    assert bank_row_match(row=line, buyer=selling.buyer, by=selling.treasurer).left == row.total


@pytest.mark.django_db
def test_all_sure_lines_are_matched_at_once_and_no_invoice_twice(selling):
    first, second = invoiced(selling), invoiced(selling, 50)
    text = lines_of(
        (DAY, f"A {first.number}", first.total), (DAY, f"B {first.number}", first.total), (DAY, "X", 77),
        (DAY, f"C {second.number}", 1_000),
    )  # fmt: skip
    file = statement(selling, text)
    made = bank_rows_match_sure(file=file, by=selling.treasurer)
    assert [one.rupiah for one in made] == [first.total, 1_000]
    assert bank_rows_match_sure(file=file, by=selling.treasurer) == []
    assert bank_rows_waiting([selling.cooperative.pk]).count() == 2
    assert balance("1110") == second.total - 1_000


@pytest.mark.django_db
def test_a_line_is_put_aside_with_why_and_taken_up_again(selling):
    statement(selling, lines_of((DAY, "BUNGA", 500)))
    line = BankRow.objects.get()
    with pytest.raises(Refused):
        bank_row_dismiss(row=line, reason=" ", by=selling.treasurer)
    bank_row_dismiss(row=line, reason="bunga bank", by=selling.treasurer)
    with pytest.raises(Conflict, match="bunga bank"):
        bank_row_match(row=line, buyer=selling.buyer, by=selling.treasurer)
    bank_row_restore(row=line, by=selling.treasurer)
    with pytest.raises(Conflict):
        bank_row_restore(row=line, by=selling.treasurer)
    assert bank_row_match(row=line, buyer=selling.buyer, by=selling.treasurer).rupiah == 500


@pytest.mark.django_db
def test_a_statement_is_cancelled_only_while_nothing_of_it_is_settled(selling):
    file = statement(selling, lines_of((DAY, "SETOR", PRICE)))
    payment = bank_row_match(row=BankRow.objects.get(), buyer=selling.buyer, by=selling.treasurer)
    with pytest.raises(Conflict):
        bank_file_cancel(file=file, by=selling.treasurer)
    payment_reverse(payment=payment, reason="salah", by=selling.treasurer)
    bank_file_cancel(file=file, by=selling.treasurer)
    assert (BankFile.objects.count(), BankRow.objects.count()) == (0, 0)
    assert statement(selling, lines_of((DAY, "SETOR", PRICE))).rows == 1


@pytest.mark.django_db
def test_another_cooperative_sees_no_statement_and_may_read_the_same_file(selling):
    text = lines_of((DAY, "SETOR", 500))
    statement(selling, text)
    other = selling.cast.other_cooperative
    assert not bank_files_seen([other.pk]).exists()
    assert not bank_rows_waiting([other.pk]).exists()
    assert statement_import(cooperative=other, name="x", content=text.encode(), by=selling.treasurer).rows == 1
