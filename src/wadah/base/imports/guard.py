"""Looking into a packed spreadsheet before anything unpacks it: bombs, entities, passwords, endless tables.

The reader that follows keeps a whole sheet in memory, corner to corner. So what a file would become is worked out here
first, and every part is unpacked once under a limit, which also proves the sizes that the file states.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from wadah.base.imports.faults import FileRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

UNPACKED_BYTES_MAX = 120 * 1024 * 1024
PARTS_MAX = 2_000
ROWS_MAX = 50_000
COLUMNS_MAX = 200
HEAD_ROWS = 50
"""Rows above the table and below it that may hold something else: titles, notes."""
CHUNK = 1 << 20
OVERLAP = 512

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FORBIDDEN = [text.encode(code) for text in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be")]
CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br\s*=\s*["\']([A-Z]{1,7})(\d{1,10})["\']')
ROW = re.compile(rb'<(?:\w+:)?row\b(?:[^>]*?\br\s*=\s*["\'](\d{1,10})["\'])?')
ODS = re.compile(rb"<table:(table-row|table-cell|covered-table-cell|table)\b([^>]*)>")
REPEATED = re.compile(rb'table:number-(?:rows|columns)-repeated\s*=\s*["\'](\d+)["\']')


def packed_check(content: bytes) -> str:
    """ "xlsx" or "ods" for a packed spreadsheet that is safe to read.

    Raises
    ------
    FileRefused: broken, under a password, another kind of file, or it would unpack into too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            kind = kind_of(archive)
            budget = UNPACKED_BYTES_MAX
            for part in archive.infolist():
                budget -= part_check(archive, part, kind, budget)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise FileRefused(broken_text()) from error
    return kind


def broken_text() -> str:
    return _("This file is broken or cut short. Open it in Excel, save it again as xlsx, and send that.")


def locked_text() -> str:
    return _("This file has a password, or it is an old .xls. Save it as xlsx without a password, and send that.")


def large_text() -> str:
    return _("A file holds %(rows)s rows and %(columns)s columns at most. Send it in several files.") % {
        "rows": f"{ROWS_MAX:_}".replace("_", "."),
        "columns": COLUMNS_MAX,
    }


def kind_of(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    if len(names) > PARTS_MAX:
        raise FileRefused(broken_text())
    if "EncryptedPackage" in names:
        raise FileRefused(locked_text())
    if "content.xml" in names:
        return "ods"
    if "xl/workbook.xml" in names or any(name.lower() == "xl/workbook.xml" for name in names):
        return "xlsx"
    raise FileRefused(_("This is no table that Wadah can read. It reads xlsx, ods and csv."))


def part_check(archive: zipfile.ZipFile, part: zipfile.ZipInfo, kind: str, budget: int) -> int:
    """Unpack one part under the budget, look at what it holds; how many bytes it came to."""
    if part.flag_bits & 1:
        raise FileRefused(locked_text())
    if part.file_size > budget:
        raise FileRefused(_("This file unpacks into far more than a table needs. It isn't read."))
    is_text = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    sheet = re.match(r"xl/worksheets/[^/]+\.xml$", part.filename, re.IGNORECASE) is not None and kind == "xlsx"
    size = 0
    rows = 0
    with archive.open(part) as stream:
        for text, new in pieces(stream):
            size += new
            if size > budget:
                raise FileRefused(_("This file unpacks into far more than a table needs. It isn't read."))
            if is_text and any(word in text for word in FORBIDDEN):
                raise FileRefused(_("This file refers to things outside itself (a DTD). It isn't read."))
            if sheet:
                rows = extent_check(text, rows)
    if kind == "ods" and part.filename == "content.xml":
        ods_check(archive.read(part))
    return size


def pieces(stream: object) -> Iterator[tuple[bytes, int]]:
    """Chunks that overlap, so that nothing hides on a border, with the number of bytes that are new in each."""
    tail = b""
    while chunk := stream.read(CHUNK):  # type: ignore[attr-defined]
        yield tail + chunk, len(chunk)
        tail = chunk[-OVERLAP:]


def extent_check(text: bytes, counted: int) -> int:
    """Refuse a sheet whose furthest cell lies out of bounds; rows counted so far."""
    for letters, number in CELL.findall(text):
        if int(number) > ROWS_MAX + HEAD_ROWS or column_number(letters) > COLUMNS_MAX:
            raise FileRefused(large_text())
    counted += len(ROW.findall(text))
    if counted > ROWS_MAX + HEAD_ROWS + 1_000:
        raise FileRefused(large_text())
    return counted


def column_number(letters: bytes) -> int:
    """A → 1, Z → 26, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def ods_check(content: bytes) -> None:
    """Refuse a sheet whose filled cells, repeats counted, reach out of bounds. Empty repeats at the end are usual."""
    row = column = step = 0
    for name, attributes in ODS.findall(content):
        repeated = REPEATED.search(attributes)
        times = int(repeated[1]) if repeated and len(repeated[1]) < 12 else (1 if not repeated else 10**9)
        if name == b"table":
            row = column = step = 0
        elif name == b"table-row":
            row, column, step = row + step, 0, times
        else:
            column += times
            filled = any(sign in attributes for sign in (b"office:value", b"calcext:value", b"table:formula"))
            if filled and (row + step > ROWS_MAX + HEAD_ROWS or column > COLUMNS_MAX):
                raise FileRefused(large_text())
