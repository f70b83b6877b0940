"""Where the table stands in a file: which sheet, which row has the headings, what they mean, which decimal sign."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from wadah.base.imports.guard import HEAD_ROWS
from wadah.base.imports.kinds import fold

if TYPE_CHECKING:
    from wadah.base.imports.kinds import Kind
    from wadah.base.imports.reading import Book, Cell, Sheet

HEADER_SEARCH_ROWS = 30
VOTE_ROWS = 2_000
COMMA = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+,\d+|\d+,(?:\d{1,2}|\d{4,}))")
POINT = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+\.\d+|\d+\.(?:\d{1,2}|\d{4,}))")


@dataclass(slots=True)
class Layout:
    """What was found out, or said by a person.

    header: the row of the headings, from 1; decimal: "," or "."; columns: column key → place in the row, from 0;
    fixed: column key → the text that holds for every row.
    """

    sheet: str = ""
    header: int = 1
    decimal: str = ","
    encoding: str = ""
    delimiter: str = ""
    columns: dict[str, int] = field(default_factory=dict)
    fixed: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def layout_find(book: Book, kind: Kind, *, sheet: str | None = None, header: int | None = None) -> Layout:
    """The layout that fits the kind best. sheet, header: where a person has said so."""
    sheets = [book.sheet(sheet)] if sheet is not None else book.sheets
    found = max(((best_header(one, kind, header), one) for one in sheets), key=lambda pair: pair[0][0])
    (_score, row), chosen = found
    headings = headings_of(chosen, row)
    return Layout(
        sheet=chosen.name,
        header=row,
        decimal=decimal_of(chosen, row, book.delimiter),
        encoding=book.encoding,
        delimiter=book.delimiter,
        columns=columns_match(kind, headings),
    )


def best_header(sheet: Sheet, kind: Kind, said: int | None) -> tuple[tuple[int, int], int]:
    """((columns recognised, words in the row), row number) of the likeliest heading row."""
    rows = sheet.rows[:HEADER_SEARCH_ROWS]
    if said is not None:
        rows = sheet.rows[:said]
    best = ((-1, -1), 1)
    for number, row in enumerate(rows, 1):
        if said is not None and number != said:
            continue
        texts = [cell for cell in row if isinstance(cell, str) and cell.strip()]
        score = (len(columns_match(kind, [str(cell or "") for cell in row])), min(len(texts), 3))
        if score > best[0]:
            best = (score, number)
    return best


def headings_of(sheet: Sheet, row: int) -> list[str]:
    """The headings, as long as the widest row below; unnamed columns are empty."""
    head = sheet.rows[row - 1] if 0 < row <= len(sheet.rows) else []
    width = max((len(cells) for cells in sheet.rows[row - 1 : row + HEAD_ROWS]), default=0)
    texts = [" ".join(str("" if cell is None else cell).split())[:80] for cell in head]
    return texts + [""] * (width - len(texts))


def columns_match(kind: Kind, headings: list[str]) -> dict[str, int]:
    """Column key → place, for the headings that are known; each heading means one column, the first that names it."""
    folded = [fold(text) for text in headings]
    found: dict[str, int] = {}
    taken: set[int] = set()
    names = {column.key: column.names() for column in kind.columns}
    for depth in range(max(len(each) for each in names.values())):
        for key, each in names.items():
            if key in found or depth >= len(each) or not each[depth]:
                continue
            place = next((i for i, text in enumerate(folded) if text == each[depth] and i not in taken), None)
            if place is not None:
                found[key] = place
                taken.add(place)
    return found


def decimal_of(sheet: Sheet, header: int, delimiter: str) -> str:
    """ "," or ".": the sign that most numbers written as text can only have for decimals; a comma between cells speaks
    for a point within them."""
    commas = points = 0
    for row in sheet.rows[header : header + VOTE_ROWS]:
        for cell in row:
            if isinstance(cell, str) and len(cell) < 25:
                text = cell.strip().removeprefix("Rp").strip()
                commas += COMMA.fullmatch(text) is not None
                points += POINT.fullmatch(text) is not None
    if commas != points:
        return "," if commas > points else "."
    return "." if delimiter == "," else ","


def body_of(sheet: Sheet, header: int) -> list[tuple[int, list[Cell]]]:
    """The rows below the heading with their numbers, empty ones left out."""
    rows = enumerate(sheet.rows[header:], header + 1)
    return [(number, row) for number, row in rows if any(not is_empty(cell) for cell in row)]


def is_empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
