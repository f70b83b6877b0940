"""R9: a file of a few kilobytes that would end, hang or fill the process that reads it is refused in words.

Of the files of `far`, `heavy` and `hidden`, 16 ended a process of 2 GB that read them, 2 made it panic, and 2 are more
than is let in; a look at their text beforehand let 12 through.
"""

import time
import zipfile

import pytest

from tables_made import unzipped, xlsx, zipped
from wadah.base.imports import packed
from wadah.base.imports.faults import FileRefused
from wadah.base.imports.reading import book_read

ROWS = [["Usaha", "Pemilik"], ["Sari Baut", "Bu Sari"]]
GOOD = unzipped(xlsx(ROWS))
SHEET, RELS, BOOK = "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels", "xl/workbook.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
BACK = SHEET.replace("/", "\\")
SMALL = "200 kolom"
LARGE = "terlalu besar untuk dibaca"
BROKEN = "rusak"


def cell(place=""):
    """Its place is counted where none is given."""
    return f'<c r="{place}"><v>1</v></c>' if place else "<c><v>1</v></c>"


NEAR, NEXT, LAST = cell("A1"), cell(), cell("XFD1048576")


def row(*cells, number=None):
    told = "<row>" if number is None else f'<row r="{number}">'
    return f"{told}{''.join(cells)}</row>"


def sheet(rows, before="", after=""):
    return f'{HEAD}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def with_sheet(rows, before="", after="", **parts):
    return zipped(GOOD | {SHEET: sheet(rows, before, after)} | parts)


def elsewhere(name, target, content):
    """The book's sheet under another name."""
    parts = {**GOOD, name: content, RELS: GOOD[RELS].replace(b"worksheets/sheet1.xml", target.encode())}
    return zipped({part: parts[part] for part in parts if part != SHEET})


def one_part_in(sheets, rows):
    """A book of so many sheets, all of them one and the same part."""
    names = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, sheets + 1))
    book = f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{LINK}"><sheets>{names}</sheets></workbook>'
    return with_sheet(rows, **{BOOK: book})


def shared(text, cells, rows):
    """Cells that all have the one text."""
    one = '<c t="s"><v>0</v></c>'
    return with_sheet(
        row(one * cells) * rows, **{"xl/sharedStrings.xml": f'{HEAD}<sst xmlns="{MAIN}"><si><t>{text}</t></si></sst>'}
    )


def merged(places, times):
    one = f'<mergeCell ref="{places}"/>'
    return f"<mergeCells>{one * times}</mergeCells>"


def ods(rows):
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    table = f'<table:table table:name="A">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>'
    )
    return {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": manifest,
        "content.xml": f"{HEAD}<office:document-content{spaces}>{body}</office:document-content>",
    }


def ods_cell(text="1", times=1):
    attributes = f'office:value-type="string" table:number-columns-repeated="{times}"'
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


def ods_row(*cells, times=1):
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'


EVIL = sheet(row(NEAR, LAST))


def far():
    return {
        "in the last corner": with_sheet(row(NEAR, LAST)),
        "in small letters": with_sheet(row(NEAR, LAST.lower())),
        "of many digits": with_sheet(row(NEAR, cell("XFD000000000000001048576"))),
        "beyond any sheet": with_sheet(row(NEAR, cell("ZZZZZZ4294967290"))),
        "behind a bracket": with_sheet(row(NEAR, LAST.replace("<c", '<c a=">"'))),
        "behind a prefix": with_sheet(row(NEAR, LAST).replace("<c ", "<x:c ").replace("/c>", "/x:c>")),
        "by the row's number": with_sheet(row(NEAR) + row(NEXT, cell("XFD1"), number=4_294_967_295)),
        "by counting rows": with_sheet("<row><c r='A1'/></row>" * 200_000 + row(NEXT, cell("BXFD1"))),
        "by counting cells": with_sheet(row("<c/>" * 500_000, NEXT) + row(NEXT, number=49_999)),
        "under another ending": elsewhere("xl/data.bin", "data.bin", EVIL),
        "outside of its folder": elsewhere("data", "/data", EVIL),
    }


def heavy():
    return {
        "a text of 3,000 letters a million times": shared("x" * 3_000, 20, 50_000),
        "10 million cells between two": one_part_in(1, row(NEAR) + row(cell("GR50050"))),
        "50 sheets of 2 million": one_part_in(50, row(NEAR) + row(cell("AM50050"))),
        "room for texts that aren't there": with_sheet(
            row(NEAR), **{"xl/sharedStrings.xml": f'<sst count="{2**64 - 1}" uniqueCount="{2**64 - 1}"></sst>'}
        ),
    }


def hidden():
    return {
        "twice of a name": zipped([*GOOD.items(), (SHEET, EVIL)]),
        "twice but for capitals": zipped([*GOOD.items(), (SHEET.upper(), EVIL)]),
        "behind backslashes": zipped(
            {name.replace(SHEET, BACK): EVIL if name == SHEET else GOOD[name] for name in GOOD}
        ),
        "in a book beside the one told": zipped(GOOD | {SHEET: EVIL} | ods(ods_row(ods_cell()))),
        "behind another file": zipped(GOOD) + with_sheet(row(NEAR, LAST)),
    }


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("files", [far, heavy, hidden])
def test_what_would_fill_the_memory_is_refused_in_words(files):
    for name, content in files().items():
        assert len(content) < 500_000, name
        with pytest.raises(FileRefused) as refused:
            book_read(content)
        assert LARGE in str(refused.value), (name, refused.value)


@pytest.mark.parametrize(
    "content",
    [
        with_sheet(row(NEAR) + row(NEXT, number=50_051)),
        with_sheet(row(NEAR, cell("GS1"))),
        zipped(ods(ods_row(ods_cell(), times=1_048_576))),
        zipped(ods(ods_row(ods_cell(times=201)))),
    ],
)
def test_one_row_or_column_too_many_is_told_with_the_numbers(content):
    with pytest.raises(FileRefused, match=SMALL):
        book_read(content)


@pytest.mark.parametrize(
    "content",
    [
        with_sheet(row(NEAR), after=merged("A1:A1", 9)),
        with_sheet('<row><c t="s"><v>99999999999</v></c></row>'),
        with_sheet("<row><c><v>1</v></row>"),
        zipped(ods(ods_row(ods_cell(times=2**64 - 1), times=2**64 - 1))),
        zipped({"xl/workbook.xml": "<a/>", "xl/workbook.bin": b"\x83\x01\x00" + b"\xff" * 1_000}),
        zipped(GOOD).replace(SHEET.encode(), SHEET.encode().replace(b"1", b"9"), 1),
        zipped(GOOD | {"other.bin": b"\x00" * (1 << 26)}, zipfile.ZIP_BZIP2),
        zipped(GOOD, zipfile.ZIP_LZMA),
    ],
    ids=["merged", "text", "xml", "ods", "xlsb", "names", "bzip2", "lzma"],
)
def test_broken_packed_files_are_refused_in_words(content):
    with pytest.raises(FileRefused, match=BROKEN):
        book_read(content)


def test_cells_merged_over_each_other_take_no_endless_time():
    began = time.process_time()
    with pytest.raises(FileRefused, match=BROKEN):
        book_read(with_sheet(row(NEXT) * 20_000, after=merged("A1:A20000", 200_000)))
    assert time.process_time() - began < 5


def test_a_reader_without_an_end_is_ended(monkeypatch):
    """By its processor's time, and where it waits, by the clock."""
    slow = one_part_in(50, row(NEAR) + row(number=2) * 300_000)
    with monkeypatch.context() as patched:
        patched.setattr(packed, "LIMITS", packed.LIMITS._replace(seconds=1))
        with pytest.raises(FileRefused, match=LARGE):
            book_read(slow)
    monkeypatch.setattr(packed, "WALL_SECONDS", 0.01)
    with pytest.raises(FileRefused, match=LARGE):
        book_read(slow)


def test_a_mistake_of_ours_is_not_taken_for_a_broken_file(monkeypatch, tmp_path):
    program = tmp_path / "reader.py"
    program.write_text("raise SystemError('ours')")
    monkeypatch.setattr(packed, "READER", program)
    with pytest.raises(RuntimeError, match="ours"):
        book_read(zipped(GOOD))


def prefixed(rows):
    cell = '<x:c t="inlineStr"><x:is><x:t>%s</x:t></x:is></x:c>'
    body = "".join(f"<x:row>{''.join(cell % text for text in cells)}</x:row>" for cells in rows)
    return f'{HEAD}<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{body}</x:sheetData></x:worksheet>'


FORMATTED = b'<row r="9"><c r="XFD9" s="0"/></row><row r="1048576" ht="12.8"/></sheetData>'
EMPTY_REST = '<table:table-cell table:number-columns-repeated="16382"/>'
EMPTY_ROWS = ods_row(EMPTY_REST, times=1_048_574)


@pytest.mark.parametrize(
    "content",
    [
        zipped(GOOD),
        elsewhere("xl/worksheets/sheet7.xml", "/xl/worksheets/sheet7.xml", GOOD[SHEET]),
        zipped(GOOD | {SHEET: prefixed(ROWS)}),
        zipped(GOOD | {SHEET: GOOD[SHEET].replace(b"</sheetData>", FORMATTED)}),
        zipped(ods("".join(ods_row(*map(ods_cell, cells), EMPTY_REST) for cells in ROWS) + EMPTY_ROWS)),
        zipped(GOOD) + b"\x00" * 100,
    ],
    ids=["excel", "openpyxl", "open xml sdk", "formatted to the end", "libreoffice", "padded"],
)
def test_files_as_programs_write_them_are_read(content):
    (one,) = book_read(content).sheets
    assert [row[:2] for row in one.rows] == ROWS
