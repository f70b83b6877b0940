"""Files that people take home: a template with what is there now, and their own file with the wrong cells marked."""

from __future__ import annotations

import datetime as dt
import io
from collections import defaultdict
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, Any

import xlsxwriter
from django.utils.translation import gettext as _

from wadah.base.imports.layout import is_empty

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wadah.base.imports.faults import Fault
    from wadah.base.imports.kinds import Column, Kind, Values
    from wadah.base.imports.layout import Layout
    from wadah.base.imports.reading import Book, Cell

WIDTH_MIN, WIDTH_MAX = 10, 44
LIST_CHARACTERS_MAX = 250  # Excel's own limit of a list written into a cell's rule
FORMAT_ROWS = 5_000
NOTES_MAX = 5_000
CELL_TEXT_MAX = 32_767
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
RED = {"bg_color": "#FFC7CE", "font_color": "#9C0006"}
HEAD = {"bold": True, "bottom": 1}
NUMBER_FORMATS = {"whole": "0", "rupiah": "#,##0", "number": "0.######", "degrees": "0.000000", "date": "dd/mm/yyyy"}


def template_bytes(kind: Kind, rows: Iterable[Values]) -> bytes:
    """An xlsx with the kind's headings and what is there now; lists to choose from, and a note at each heading."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    page = book.add_worksheet(sheet_name(kind))
    head, must = book.add_format({"bold": True, "bottom": 1}), book.add_format({"bold": True, "bottom": 2})
    for place, column in enumerate(kind.columns):
        style = book.add_format({"num_format": NUMBER_FORMATS.get(column.type, "@")})
        label = str(column.label) + (" *" if column.required else "")
        page.set_column(place, place, min(max(len(label) + 3, WIDTH_MIN), WIDTH_MAX), style)
        page.write_string(0, place, label, must if column.required else head)
        page.write_comment(0, place, note_of(column))
        words = choices_of(column)
        if words and len(",".join(words)) <= LIST_CHARACTERS_MAX:
            page.data_validation(1, place, FORMAT_ROWS, place, {"validate": "list", "source": words})
    for line, values in enumerate(rows, 1):
        for place, column in enumerate(kind.columns):
            write(page, line, place, shown(column, values.get(column.key)))
    page.freeze_panes(1, 0)
    book.close()
    return buffer.getvalue()


def sheet_name(kind: Kind) -> str:
    return "".join(letter for letter in str(kind.label) if letter not in "[]:*?/\\")[:31] or "Wadah"


def note_of(column: Column) -> str:
    lines = [str(column.hint)] if column.hint else []
    words = choices_of(column)
    if words:
        lines.append(_("One of: %(words)s.") % {"words": ", ".join(words)})
    if column.type == "date":
        lines.append(_("Day/month/year, for instance 04/12/2026."))
    if column.type == "several":
        lines.append(_("Several, with commas between them."))
    lines.append(_("A new row needs it.") if column.required else _("May stay empty; then nothing changes."))
    return "\n".join(lines)


def choices_of(column: Column) -> list[str]:
    if column.type == "yes":
        return [_("yes"), _("no")]
    return [str(label) for _value, label in column.choices]


def shown(column: Column, value: Any) -> Any:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, tuple):
        return ", ".join(value)
    if column.type == "choice":
        return next((str(label) for code, label in column.choices if code == value), value)
    return value


def write(page: Any, line: int, place: int, value: Any, style: Any = None) -> None:
    if value is None or value == "":
        if style is not None:
            page.write_blank(line, place, None, style)
    elif isinstance(value, bool):
        page.write_boolean(line, place, value, style)
    elif isinstance(value, int | float | Decimal):
        page.write_number(line, place, float(value), style)
    elif isinstance(value, dt.date):
        page.write_datetime(line, place, value, style)
    else:
        page.write_string(line, place, str(value)[:CELL_TEXT_MAX], style)


def marked_bytes(
    kind: Kind, book: Book, layout: Layout, faults: Iterable[Fault], corrections: Mapping[str, Mapping[str, str]]
) -> bytes:
    """The sheet again, row for row, each wrong cell red with a note on it; what was typed on screen is filled in."""
    notes = notes_of(kind, layout, faults)
    sheet = book.sheet(layout.sheet)
    buffer = io.BytesIO()
    made = xlsxwriter.Workbook(buffer, OPTIONS)
    page = made.add_worksheet((sheet.name or "Wadah")[:31])
    styles = {
        (red, day, head): made.add_format(
            (RED if red else {}) | (HEAD if head else {}) | {"num_format": "dd/mm/yyyy" if day else "General"}
        )
        for red, day, head in product((True, False), repeat=3)
    }
    width = max((len(row) for row in sheet.rows), default=1)
    for line, cells in enumerate(sheet.rows):
        typed = {
            layout.columns[key]: text
            for key, text in corrections.get(str(line + 1), {}).items()
            if key in layout.columns
        }
        reaches = {place for row, place in notes if row == line} if notes else set()
        for place in range(max(len(cells), *(place + 1 for place in (*typed, *reaches, 0)))):
            cell: Cell = typed.get(place, cells[place] if place < len(cells) else None)
            looks = (line, place) in notes, isinstance(cell, dt.date), line == layout.header - 1
            style = styles[looks] if any(looks) else None
            write(page, line, place, cell if isinstance(cell, dt.date) or is_simple(cell) else str(cell), style)
    for (line, place), message in list(notes.items())[:NOTES_MAX]:
        page.write_comment(line, place, message[:CELL_TEXT_MAX], {"author": "Wadah", "x_scale": 2})
    page.set_column(0, width, 16)
    page.freeze_panes(layout.header, 0)
    made.close()
    return buffer.getvalue()


def is_simple(cell: Cell) -> bool:
    return is_empty(cell) or isinstance(cell, str | int | float | bool)


def notes_of(kind: Kind, layout: Layout, faults: Iterable[Fault]) -> dict[tuple[int, int], str]:
    """(line, place) from 0 → what is wrong there. What has no cell of its own stands where people know the row by."""
    notes: dict[tuple[int, int], list[str]] = defaultdict(list)
    named = [column.key for column in kind.columns if column.required and column.key in layout.columns]
    first = layout.columns[named[0]] if named else 0
    for fault in faults:
        place = layout.columns.get(fault.column)
        label = kind.label_of(fault.column)
        words = f"{label}: {fault.message}" if label and place is None else fault.message
        notes[fault.row - 1, first if place is None else place].append(words)
    return {where: "\n".join(words) for where, words in notes.items()}
