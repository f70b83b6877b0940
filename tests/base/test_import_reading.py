"""Files as people send them, and files that nobody should: what is found out, and what is refused in words."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
import xlsxwriter

from tables_made import unzipped, xlsx, zipped
from wadah.base.imports.cells import CellRefused, cell_read
from wadah.base.imports.faults import FileRefused
from wadah.base.imports.guard import UNPACKED_BYTES_MAX
from wadah.base.imports.kinds import KINDS, Column
from wadah.base.imports.layout import layout_find
from wadah.base.imports.reading import book_read


def read(type, cell, decimal=","):
    return cell_read(Column("x", "X", type), cell, decimal, None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_encoding_and_sign_between_cells_are_found_out(encoding, sign):
    text = sign.join(["Usaha", "Pemilik"]) + "\r\n" + sign.join(["Café Ibu", "Bu Sari"]) + "\r\n"
    book = book_read(text.encode(encoding))
    assert book.sheets[0].rows == [["Usaha", "Pemilik"], ["Café Ibu", "Bu Sari"]]
    assert book.delimiter == sign


def test_titles_above_the_heading_and_other_sheets_are_passed_over():
    rows = [["Daftar Anggota 2026"], [], ["No", "Nama Usaha", "Nama Pemilik", "No HP"], [1, "Sari Baut", "Bu Sari", ""]]
    layout = layout_find(book_read(xlsx([["catatan"]], "Catatan", Data=rows)), KINDS["members"])
    assert (layout.sheet, layout.header) == ("Data", 3)
    assert layout.columns == {"name": 1, "owner": 2, "phone": 3}


def test_headings_are_known_in_both_languages():
    for head in (["Firm", "Owner"], ["Usaha", "Pemilik"], ["NAMA USAHA *", "nama  pemilik"]):
        layout = layout_find(book_read(xlsx([head, ["a", "b"]])), KINDS["members"])
        assert layout.columns == {"name": 0, "owner": 1}, head


@pytest.mark.parametrize(
    ("cells", "delimiter", "decimal"),
    [(["1.000,50", "2,5"], ";", ","), (["1,000.50", "2.5"], ";", "."), (["1.000"], ";", ","), (["1.000"], ",", ".")],
)
def test_the_decimal_sign_is_found_out(cells, delimiter, decimal):
    text = f"Usaha{delimiter}Investasi\n" + "".join(f'a{delimiter}"{cell}"\n' for cell in cells)
    assert layout_find(book_read(text.encode()), KINDS["members"]).decimal == decimal


@pytest.mark.parametrize(
    ("typed", "decimal", "value"),
    [
        ("1.000,50", ",", "1000.5"), ("1,000.50", ".", "1000.5"), ("1.250", ",", "1250"), ("1.250", ".", "1.25"),
        ("1,25 jt", ",", "1250000"), ("Rp 1.250.000", ",", "1250000"), ("1.250.000,-", ",", "1250000"),
        ("750rb", ",", "750000"), (1.5, ",", "1.5"), ("0.125", ",", "0.125"), ("1.5", ",", "1.5"),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_type_them(typed, decimal, value):
    assert read("number", typed, decimal) == Decimal(value)


@pytest.mark.parametrize(
    "typed",
    ["04/12/2026", "4-12-2026", "2026-12-04", "4 Desember 2026", "4-Des-26", "4 Dec 2026", dt.date(2026, 12, 4), 46360,
     "Jumat, 4 Desember 2026", "04/12/26"],
)  # fmt: skip
def test_dates_are_read_in_every_spelling(typed):
    assert read("date", typed) == dt.date(2026, 12, 4)


def test_a_date_with_the_month_first_is_read_where_only_that_makes_sense():
    assert read("date", "12/31/2026") == dt.date(2026, 12, 31)


@pytest.mark.parametrize(
    ("type", "cell", "word"),
    [
        ("text", 3.275e15, "3.275E+15"), ("text", "3,275E+15", "3,275E+15"), ("whole", "abc", "abc"),
        ("whole", "1,5", "1,5"), ("date", "32/01/2026", "32/01/2026"), ("yes", "barangkali", "barangkali"),
        ("number", "#REF!", "#REF!"), ("number", "-5", "-5"), ("text", dt.date(2026, 3, 1), "01/03/2026"),
        ("number", True, "ya"), ("text", "x" * 200, "200"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(type, cell, word):
    with pytest.raises(CellRefused, match=r".+") as refused:
        read(type, cell)
    assert word in str(refused.value)


def replaced(content, name, change):
    parts = unzipped(content)
    return zipped(parts | {name: change(parts[name])})


GOOD = xlsx([["Usaha", "Pemilik"], ["a", "b"]])
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\x00" * 50, b"PK\x03\x04 nothing", GOOD[:400],
        b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600,
        b"\x89PNG\r\n\x1a\n", b"<html><table></table></html>", b"a;b\n" * 60_000, b"x" * (5 * 1024 * 1024 + 1),
        zipped({"xl/workbook.xml": b"<a/>", "bomb.bin": b"\x00" * (UNPACKED_BYTES_MAX + 1)}),
        replaced(GOOD, SHEET, lambda text: b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + text),
        replaced(GOOD, SHEET, lambda text: text.replace(b'r="A2"', b'r="XFD1048576"')),
        zipped({"hello.txt": b"hello"}), zipped({"EncryptedPackage": b"x"}),
        zipped({"content.xml": b'<table:table><table:table-row table:number-rows-repeated="1000000">'
                b'<table:table-cell office:value-type="float" office:value="1"/></table:table-row></table:table>'}),
    ],
)  # fmt: skip
def test_files_that_are_no_table_are_refused_in_words(content):
    with pytest.raises(FileRefused) as refused:
        book_read(content)
    assert len(str(refused.value)) > 15


def test_a_million_rows_are_refused_before_they_are_read():
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 1_000_000, 7))
    content = replaced(GOOD, SHEET, lambda text: text.replace(b"</sheetData>", rows + b"</sheetData>"))
    with pytest.raises(FileRefused, match=r"50\.000"):
        book_read(content)


@pytest.mark.parametrize("most", [131_072, 100_000_000])  # what csv allows unasked, and what other readers set
def test_a_cell_that_never_ends_is_named_by_its_row(most, request):
    before = csv.field_size_limit(most)
    request.addfinalizer(lambda: csv.field_size_limit(before))
    with pytest.raises(FileRefused, match="2"):
        book_read(b"a;b\n1;" + b'"' + b"x" * 200_000)


def test_merged_cells_say_the_same_of_each_row():
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet("A")
    page.merge_range(1, 0, 2, 0, "Sari")
    page.write(2, 1, "mesin")
    book.close()
    assert [row[0] for row in book_read(buffer.getvalue()).sheets[0].rows] == [None, "Sari", "Sari"]
