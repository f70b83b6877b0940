"""Opening balances as they are typed, pasted from a table or sent as a file, become rows. Pure.

Three tables: accounts (code, debit, credit), members (name, principal, mandatory and voluntary savings, advance) and
open invoices (number, buyer, its day, its due day, rupiah). A heading and rows of sums are passed over; what can't be
read is told with its row, never guessed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from wadah.base.imports.cells import cell_text, date_of, number_of
from wadah.base.imports.faults import CellRefused
from wadah.base.imports.kinds import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wadah.base.imports.reading import Cell

    Rows = Iterable[Sequence[Cell]]

DECIMAL = ","
MOST = 10**15
SUMS = {"total", "jumlah", "sum"}
MARKS = ("\t", ";", "|")


class Unreadable(ValueError):
    """A row says what can't be used; the words name the row."""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """debit, credit ≥ 0, one of them 0."""

    row: int
    code: str
    debit: int
    credit: int


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Rupiah ≥ 0 of each."""

    row: int
    name: str
    pokok: int
    wajib: int
    sukarela: int
    advance: int


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """rupiah > 0: still owed."""

    row: int
    number: str
    buyer: str
    on: dt.date
    due_on: dt.date
    rupiah: int


def table_pasted(text: str) -> list[list[Cell]]:
    """Lines with a mark between their cells: a tab as Excel pastes it, a semicolon or a bar as one types it."""
    mark = next((one for one in MARKS if one in text), "\t")
    return [[cell.strip() for cell in line.split(mark)] for line in text.splitlines()]


def accounts_read(rows: Rows) -> list[AccountRow]:
    """Raises Unreadable. A code may be followed by the account's name, in its own cell or the code's."""
    found = []
    for number, row in told(rows, amounts=2):
        code, *rest = row
        if len(rest) > 2 or is_name(rest[0]):
            rest = [*rest[1:], None]
        debit, credit = (rupiah_read(cell, number) for cell in rest[:2])
        if debit and credit:
            raise Unreadable(_("Row %(row)s has an amount on both sides.") % {"row": number})
        if debit or credit:
            found.append(AccountRow(number, cell_text(code).split(" ")[0], debit, credit))
    return found


def members_read(rows: Rows) -> list[MemberRow]:
    """Raises Unreadable."""
    found = []
    for number, row in told(rows, amounts=4):
        amounts = [rupiah_read(cell, number) for cell in row[1:5]]
        if any(amounts):
            found.append(MemberRow(number, cell_text(row[0]), *amounts))
    return found


def invoices_read(rows: Rows) -> list[InvoiceRow]:
    """Raises Unreadable."""
    found = []
    for number, row in told(rows, amounts=4):
        paper, buyer, on, due_on, rupiah = row[:5]
        amount = rupiah_read(rupiah, number)
        if not amount:
            raise Unreadable(_("Row %(row)s says no amount.") % {"row": number})
        made, due = day_read(on, number), day_read(due_on, number)
        if due < made:
            raise Unreadable(_("Row %(row)s is due before the day of its invoice.") % {"row": number})
        found.append(InvoiceRow(number, paper_of(cell_text(paper)), cell_text(buyer), made, due, amount))
    return found


def paper_of(text: str) -> str:
    """A number of an old paper as it can stand in an address: "012/INV/2025" → "012-INV-2025"."""
    return "-".join(text.replace("/", " ").replace("\\", " ").split())[:24]


def same_name(text: str) -> str:
    """A name without case, spaces and signs."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def told(rows: Rows, *, amounts: int) -> Iterable[tuple[int, list[Cell]]]:
    """Rows of the table with their numbers from 1, filled up with empty cells. Raises Unreadable for one too short."""
    for number, cells in enumerate(rows, 1):
        row = list(cells)
        while row and not cell_text(row[-1]):
            row.pop()
        if not row or fold(cell_text(row[0]).split(" ")[0]) in SUMS or is_heading(number, row):
            continue
        if len(cells) < 2:
            words = _("Row %(row)s (“%(text)s”) has one cell only. Put a tab or a semicolon between cells.")
            raise Unreadable(words % {"row": number, "text": cell_text(row[0])[:40]})
        yield number, row + [None] * (amounts + 1 - len(row))


def is_name(cell: Cell) -> bool:
    """Words, and no amount."""
    try:
        return bool(cell_text(cell)) and not number_of(cell, cell_text(cell), DECIMAL, degrees=False).is_finite()
    except CellRefused:
        return cell_text(cell) not in {"-", "–"}


def is_heading(number: int, row: Sequence[Cell]) -> bool:
    """The first row where no cell holds a digit."""
    return number == 1 and not any(letter.isdigit() for cell in row for letter in cell_text(cell))


def rupiah_read(cell: Cell, number: int) -> int:
    """0 for an empty cell or a dash."""
    text = cell_text(cell)
    if text in {"", "-", "–"}:
        return 0
    words = {"row": number, "text": text[:40]}
    try:
        amount = number_of(cell, text, DECIMAL, degrees=False)
    except CellRefused:
        raise Unreadable(_("Row %(row)s: “%(text)s” is no amount of rupiah.") % words) from None
    if amount % 1 or not 0 <= amount < MOST:
        raise Unreadable(_("Row %(row)s: “%(text)s” isn't whole rupiah above zero.") % words)
    return int(amount)


def day_read(cell: Cell, number: int) -> dt.date:
    day = cell.date() if isinstance(cell, dt.datetime) else cell if isinstance(cell, dt.date) else date_of(str(cell))
    if day is None:
        words = {"row": number, "text": cell_text(cell)[:40]}
        raise Unreadable(_("Row %(row)s: “%(text)s” is no day; write it as 31/12/2025.") % words)
    return day
