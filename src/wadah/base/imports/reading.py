"""A file becomes sheets of cells: what it really is, decided by its content and not by its name."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from wadah.base.imports.faults import FileRefused
from wadah.base.imports.guard import OLE, locked_text, packed_check
from wadah.base.imports.packed import packed_read
from wadah.base.imports.text import NO_TEXT, decoded, delimiter_of, encoding_of, table_of

FILE_BYTES_MAX = 5 * 1024 * 1024

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
    packed = sorted(packed_read(content), key=lambda sheet: not sheet.visible)
    sheets = [Sheet(one.name, [[cell_of(value) for value in row] for row in one.rows]) for one in packed if one.rows]
    if not sheets:
        raise FileRefused(_("This file is empty."))
    return sheets


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
