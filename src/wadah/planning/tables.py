"""A document as tables, one a list, and back: which tables there are, and their cells in CSV.

In CSV the text columns are as they stand; any other cell is a number, true, false, null or an array as JSON has them.
An empty cell means left out.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from wadah.planning.columns import MISSING
from wadah.planning.convert import shortened
from wadah.planning.errors import Fault, InputError
from wadah.planning.jsontext import decoded, parse
from wadah.planning.storage import LIMIT_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wadah.planning.schema import Column

NUMBER = re.compile(r"[+-]?(\d+|\d*\.\d+|\d+\.)([eE][+-]?\d+)?|[+-]?(nan|inf|infinity)", re.IGNORECASE)
WORDS = {"true": True, "false": False, "null": None}
TEXT_KINDS = ("id", "word", "date")

csv.field_size_limit(LIMIT_BYTES)  # an array of hours may be longer than the 128 KiB that csv allows unasked


@dataclass(frozen=True)
class Sheet:
    """One table. keyed: its rows are objects in the document, else arrays; single: it has exactly one row."""

    name: str
    columns: tuple[Column, ...]
    keyed: bool = True
    required: bool = False
    single: bool = False


@dataclass
class Rows:
    """The rows of one table as read: objects or arrays, their file and, in a CSV, their lines in it."""

    rows: list[object]
    file: str
    lines: Sequence[int] = field(default_factory=tuple)


# -- which file holds which table -------------------------------------------------------------------------------------


def choose(sheets: Sequence[Sheet], names: Iterable[str], origin: str) -> dict[str, str]:
    """File name by table, for the tables that are there.

    Raises InputError for a table that isn't known, is there twice, or is missing.
    """
    known = {sheet.name for sheet in sheets}
    chosen: dict[str, str] = {}
    faults = []
    for name in names:
        table = PurePosixPath(name).stem
        if table not in known:
            faults.append(Fault("unknown_table", file=f"{origin}/{name}", hint=(("known", ", ".join(sorted(known))),)))
        elif table in chosen:
            faults.append(Fault("table_twice", table, file=f"{origin}/{name}", hint=(("other", chosen[table]),)))
        else:
            chosen[table] = name
    faults.extend(
        Fault("missing_table", sheet.name, file=origin)
        for sheet in sheets
        if sheet.required and sheet.name not in chosen
    )
    if faults:
        raise InputError(faults)
    return chosen


def shaped(sheet: Sheet, names: Sequence[str], cells: Iterable[Sequence[object]]) -> list[object]:
    """Rows of cells as the document has them: a MISSING cell is a key that an object doesn't have."""
    if sheet.keyed:
        return [{name: cell for name, cell in zip(names, row, strict=True) if cell is not MISSING} for row in cells]
    order = [names.index(column.name) for column in sheet.columns]
    return [[row[position] for position in order] for row in cells]


def header_faults(sheet: Sheet, names: Sequence[str], file: str) -> list[Fault]:
    known = [column.name for column in sheet.columns]
    if len(names) == 1 and ";" in names[0]:
        return [Fault("csv_semicolon", sheet.name, file=file)]
    hint = (("known", ", ".join(known)),)
    faults = [Fault("unknown_column", sheet.name, None, name, name, file, hint) for name in names if name not in known]
    twice = {name for name in names if names.count(name) > 1}
    faults += [Fault("duplicate_column", sheet.name, None, name, name, file) for name in sorted(twice)]
    missing = [c.name for c in sheet.columns if c.required and c.name not in names]
    return faults + [Fault("missing_column", sheet.name, None, name, None, file) for name in missing]


def one_row(sheet: Sheet, count: int, file: str) -> list[Fault]:
    return [Fault("one_row", sheet.name, value=count, file=file)] if sheet.single and count != 1 else []


# -- CSV --------------------------------------------------------------------------------------------------------------


def read_csv(sheet: Sheet, data: bytes, file: str) -> Rows:
    """The rows of a CSV file with a header. Raises InputError."""
    names, lines, cells = split(decoded(data, file), file, sheet)
    faults = header_faults(sheet, names, file)
    for row, line, record in zip(range(len(cells)), lines, cells, strict=True):
        if len(record) != len(names):
            hint = (("columns", ", ".join(names)), ("line", line))
            faults.append(Fault("row_length", sheet.name, row, None, f"{len(record)}", file, hint))
    faults += one_row(sheet, len(cells), file)
    if faults:
        raise InputError(faults)
    text = {column.name for column in sheet.columns if column.kind in TEXT_KINDS}
    columns = [
        [text_cell(cell) if name in text else value_cell(cell, file) for cell in column]
        for name, column in zip(names, zip(*cells, strict=True), strict=False)
    ]
    return Rows(shaped(sheet, names, zip(*columns, strict=True)), file, lines)


def split(text: str, file: str, sheet: Sheet) -> tuple[list[str], list[int], list[list[str]]]:
    """Header, the line each row begins in, and the rows; blank lines are left out."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines, rows, before = [], [], 0
    try:
        for record in reader:
            if record:
                lines.append(before + 1)
                rows.append(record)
            before = reader.line_num
    except csv.Error as error:
        hint = (("line", reader.line_num), ("reason", str(error)))
        raise InputError([Fault("csv_broken", sheet.name, file=file, hint=hint)]) from error
    if not rows:
        raise InputError([Fault("csv_empty", sheet.name, file=file)])
    return [name.strip() for name in rows[0]], lines[1:], rows[1:]


def text_cell(cell: str) -> object:
    return cell if cell else MISSING


def value_cell(cell: str, file: str) -> object:
    """A cell that isn't text; what can't be read is left as it stands, for validation to name."""
    bare = cell.strip()
    if not bare:
        return MISSING
    if NUMBER.fullmatch(bare):
        return numeral(bare)
    if bare.lower() in WORDS:
        return WORDS[bare.lower()]
    if bare.startswith(("[", "{")):
        try:
            return parse(bare, file)
        except InputError:
            return cell
    return cell


def numeral(text: str) -> int | float:
    """Digits alone are a whole number; thousands of them become an infinity, which is refused as such."""
    return int(text) if text.lstrip("+-").isdecimal() and len(text) < 300 else float(text)


def csv_bytes(sheet: Sheet, rows: Sequence[object]) -> bytes:
    """The table with all its columns."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([column.name for column in sheet.columns])
    for row in rows:
        writer.writerow(
            [csv_cell(column, cell) for column, cell in zip(sheet.columns, cells_of(sheet, row), strict=True)]
        )
    return stream.getvalue().encode()


def cells_of(sheet: Sheet, row: object) -> list[object]:
    if isinstance(row, dict):
        return [row[column.name] for column in sheet.columns]
    assert isinstance(row, list)
    return row


def csv_cell(column: Column, cell: object) -> str:
    if column.kind in TEXT_KINDS:
        return str(cell)
    return json.dumps(shortened(cell) if column.kind == "series" else cell, allow_nan=False)
