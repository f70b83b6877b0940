"""A file becomes sheets of cells: what it really is, decided by its content and not by its name."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass, field
from typing import Any

import python_calamine
from django.utils.translation import gettext as _

from wadah.base.imports.faults import FileRefused
from wadah.base.imports.guard import OLE, broken_text, locked_text, packed_check
from wadah.base.imports.text import NO_TEXT, decoded, delimiter_of, encoding_of, table_of

FILE_BYTES_MAX = 5 * 1024 * 1024
SHEETS_MAX = 50
MERGED_CELLS_MAX = 100_000

Cell = str | int | float | bool | dt.date | dt.time | dt.timedelta | None


@dataclass(slots=True)
class Sheet:
    """name: "" in a text file; rows: cells as they stand, row 1 of the file first."""

    name: str
    rows: list[list[Cell]]


@dataclass(slots=True)
class Book:
    """format: "xlsx", "ods" or "csv"; encoding, delimiter: of a text file, else empty."""

    format: str
    sheets: list[Sheet] = field(default_factory=list)
    encoding: str = ""
    delimiter: str = ""

    def sheet(self, name: str) -> Sheet:
        """The sheet of this name, the first where there is none."""
        return next((sheet for sheet in self.sheets if sheet.name == name), self.sheets[0])


def book_read(content: bytes, *, encoding: str = "", delimiter: str = "") -> Book:
    """Read a file. encoding, delimiter: of a text file, found out where left out.

    Raises
    ------
    FileRefused: empty, too large, broken, locked, or no table.
    """
    if not content.strip(b"\x00 \r\n\t"):
        raise FileRefused(_("This file is empty."))
    if len(content) > FILE_BYTES_MAX:
        raise FileRefused(_("A file may have 5 MB at most. Send it in several files."))
    if content.startswith(OLE):
        raise FileRefused(locked_text())
    if content.startswith(b"PK"):
        kind = packed_check(content)
        return Book(kind, sheets_of(content))
    if content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"Rar!", b"7z")):
        raise FileRefused(_("This is no table that Wadah can read. It reads xlsx, ods and csv."))
    encoding = encoding or encoding_of(content)
    text = decoded(content, encoding)
    if text.lstrip()[:5].lower() in {"<?xml", "<html", "<!doc"}:
        raise FileRefused(_("This is a web page, not a table. Open it in Excel, save it as xlsx, and send that."))
    delimiter = delimiter or delimiter_of(text)
    rows: list[list[Cell]] = [list(row) for row in table_of(text, delimiter)]
    return Book("csv", [Sheet("", rows)], encoding, delimiter)


def sheets_of(content: bytes) -> list[Sheet]:
    """The sheets that hold something, hidden ones last; merged cells have their value in each of them."""
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            visible = {meta.name: str(meta.visible).endswith("Visible") for meta in book.sheets_metadata}
            names = sorted(book.sheet_names[:SHEETS_MAX], key=lambda name: not visible.get(name, True))
            sheets = [sheet_of(book, name) for name in names if is_table(book, name)]
    except python_calamine.PasswordError as error:
        raise FileRefused(locked_text()) from error
    except BaseException as error:
        # A panic of the reader is no Exception; a broken file must not end the process.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise FileRefused(broken_text()) from error
        raise
    sheets = [sheet for sheet in sheets if sheet.rows]
    if not sheets:
        raise FileRefused(_("This file is empty."))
    return sheets


def is_table(book: python_calamine.CalamineWorkbook, name: str) -> bool:
    kinds = {meta.name: str(meta.typ) for meta in book.sheets_metadata}
    return kinds.get(name, "WorkSheet").endswith("WorkSheet")


def sheet_of(book: python_calamine.CalamineWorkbook, name: str) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    rows: list[list[Cell]] = [[cell_of(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    spread_merged(rows, getattr(sheet, "merged_cell_ranges", None) or [])
    return Sheet(name, rows)


def cell_of(value: Any) -> Cell:
    """Whole numbers come as floats: 1.0 is 1. A text without characters is nothing.

    What no database or no spreadsheet keeps in a text becomes the sign for what can't be read.
    """
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, str):
        return value.translate(NO_TEXT) or None
    cell: Cell = value
    return cell


def spread_merged(rows: list[list[Cell]], ranges: list[Any]) -> None:
    """Cells merged downwards say the same of each row; merged sideways they are a title and stay as they are."""
    for (top, left), (bottom, right) in ranges:
        if left == right and bottom - top < MERGED_CELLS_MAX and top < len(rows) and left < len(rows[top]):
            for row in rows[top + 1 : bottom + 1]:
                if left < len(row):
                    row[left] = rows[top][left]
