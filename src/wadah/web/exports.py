"""A table as a file: xlsx with true numbers and dates, or csv as Excel in Indonesia opens it (semicolons, UTF-8 mark).

Nothing that begins like a formula is one: in xlsx every text is a text cell, in csv it gets an apostrophe before it.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import xlsxwriter
from django.http import HttpResponse

from wadah.base.clock import JAKARTA, today

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Value = str | int | float | Decimal | bool | dt.date | None

FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
WIDTH_MIN, WIDTH_MAX = 8, 48
CELL_TEXT_MAX = 32_767
SHEET_NAME_MAX = 31


def file_answer(kind: str, name: str, head: Sequence[str], rows: Iterable[Sequence[Value]]) -> HttpResponse:
    """The table as a download. kind: a key of FORMATS; name: the file's, without date and ending."""
    content = (xlsx_bytes if kind == "xlsx" else csv_bytes)(head, rows)
    answer = HttpResponse(content, content_type=FORMATS[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}-{today():%Y-%m-%d}.{kind}"'
    return answer


@dataclass(frozen=True, slots=True)
class Sheet:
    """name: at most 31 letters, none of []:*?/\\ (Excel's rule)."""

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[Value]]


def workbook_answer(name: str, sheets: Sequence[Sheet]) -> HttpResponse:
    """Several tables as one xlsx, a sheet each."""
    answer = HttpResponse(workbook_bytes(sheets), content_type=FORMATS["xlsx"])
    answer["Content-Disposition"] = f'attachment; filename="{name}-{today():%Y-%m-%d}.xlsx"'
    return answer


def xlsx_bytes(head: Sequence[str], rows: Iterable[Sequence[Value]], sheet: str = "Wadah") -> bytes:
    """One sheet: a bold head that stays in sight, columns as wide as what stands in them."""
    return workbook_bytes([Sheet(sheet, head, rows)])


def workbook_bytes(sheets: Sequence[Sheet]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    for sheet in sheets:
        sheet_add(book, sheet)
    book.close()
    return buffer.getvalue()


def sheet_add(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
    page, head = book.add_worksheet(sheet.name[:SHEET_NAME_MAX]), sheet.head
    bold, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "dd/mm/yyyy"})
    widths = [len(text) for text in head]
    for column, text in enumerate(head):
        page.write_string(0, column, text, bold)
    count = 0
    for count, row in enumerate(sheet.rows, 1):
        for column, value in enumerate(row):
            write(page, count, column, value, day)
            widths[column] = max(widths[column], len(shown(value)))
    for column, width in enumerate(widths):
        page.set_column(column, column, min(max(width + 2, WIDTH_MIN), WIDTH_MAX))
    page.freeze_panes(1, 0)
    if head:
        page.autofilter(0, 0, count, len(head) - 1)


def write(page: xlsxwriter.worksheet.Worksheet, line: int, column: int, value: Value, day: object) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        page.write_boolean(line, column, value)
    elif isinstance(value, int | float | Decimal):
        page.write_number(line, column, float(value))
    elif isinstance(value, dt.date):
        page.write_datetime(line, column, plain_date(value), day)
    else:
        page.write_string(line, column, str(value)[:CELL_TEXT_MAX])


def plain_date(value: dt.date) -> dt.date:
    """Excel knows no zones: a moment becomes what the clock in Bekasi shows."""
    return value.astimezone(JAKARTA).replace(tzinfo=None) if isinstance(value, dt.datetime) and value.tzinfo else value


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(text) for text in head])
    for row in rows:
        writer.writerow([harmless(value) if isinstance(value, str) else shown(value) for value in row])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def harmless(text: str) -> str:
    """A text that a spreadsheet would take for a formula, marked as text."""
    return "'" + text if text.startswith(FORMULA_SIGNS) else text


def shown(value: Value) -> str:
    """A value as csv has it: a decimal comma, a date as dd/mm/yyyy, true and false as 1 and 0."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, dt.date):
        return plain_date(value).strftime("%d/%m/%Y")
    if isinstance(value, float | Decimal):
        text = f"{value:f}"
        return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
    return str(value)
