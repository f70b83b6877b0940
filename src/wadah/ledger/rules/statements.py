"""A bank statement as a table becomes lines of money that came in. Pure.

Banks in Indonesia write the same few things in their own ways: one column a side (Mandiri, BRI: Debit and Credit), or
one amount with CR or DB in it, beside it, or in a column of its own (BCA, BNI); days with or without the year (BCA
leaves it to the period above the table). What can't be read is told row by row, never guessed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from wadah.base.imports.cells import cell_text, date_made, date_of, number_of
from wadah.base.imports.faults import CellRefused
from wadah.base.imports.kinds import fold
from wadah.base.imports.layout import decimal_of, is_empty

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wadah.base.imports.reading import Book, Cell, Sheet

HEAD_ROWS = 60
TEXT_MAX = 400
NAMES = {
    "date": "tanggal tgl tanggaltransaksi tgltransaksi tgltran transactiondate postdate postingdate date tanggalkirim"
    " tanggalposting tglposting tanggalpembukuan",
    "text": "keterangan uraian deskripsi description remarks remark rinciantransaksi rincian desktran uraiantransaksi"
    " transactiondescription keterangantransaksi additionaldesc additionaldescription trremk remarkcustom details"
    " berita",
    "credit": "kredit credit mutasikredit creditamount jumlahkredit pemasukan masuk cr",
    "debit": "debet debit mutasidebet mutasidebit debitamount jumlahdebet jumlahdebit pengeluaran keluar db",
    "amount": "jumlah mutasi amount nominal nilai jumlahmutasi transactionamount",
    "side": "dbcr crdb dk kd dc cd dcr drcr jenis tipe type jenistransaksi debitkredit debetkredit",
}
MEANING = {name: kind for kind, names in NAMES.items() for name in names.split()}
IN = {"cr", "c", "k", "kr", "kredit", "credit"}
OUT = {"db", "dr", "d", "debet", "debit"}
MARKED = re.compile(r"(?P<number>.*?\d[\d.,]*)\s*(?P<side>[A-Za-z]{1,2})\.?")
SHORT_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})")
FULL_DAY = re.compile(r"\d{1,2}[/\-]\d{1,2}[/\-]\d{4}")
SUMMARY = ("saldo", "mutasi", "total", "opening", "closing", "balance")


@dataclass(frozen=True, slots=True)
class Came:
    """Money that came in. row: of the file, from 1; rupiah > 0; text: all that the bank says of it; place: 1, 2, …
    among lines of the file that are alike."""

    row: int
    on: dt.date
    rupiah: int
    text: str
    place: int = 1

    @property
    def key(self) -> str:
        """The same for the same line in whichever statement it stands."""
        told = f"{self.on.isoformat()}|{self.rupiah}|{self.text}|{self.place}"
        return hashlib.sha256(told.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Unread:
    """A row that isn't read. why: "pending", "no_date", "no_year", "future", "no_amount", "no_side", "sen"."""

    row: int
    text: str
    why: str


@dataclass(slots=True)
class Statement:
    """out: how many lines of money that went out were passed over."""

    came: list[Came] = field(default_factory=list)
    out: int = 0
    unread: list[Unread] = field(default_factory=list)


class NoStatement(ValueError):
    """No sheet has a row with headings for a day and an amount."""


class RowUnread(Exception):
    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Columns:
    """Places of the columns, from 0; header: its row, from 1."""

    header: int
    date: int
    text: tuple[int, ...]
    credit: int | None = None
    debit: int | None = None
    amount: int | None = None
    side: int | None = None


def statement_read(book: Book, today: dt.date) -> Statement:
    """The first sheet that is a statement. Raises NoStatement."""
    for sheet in book.sheets:
        columns = columns_found(sheet)
        if columns is not None:
            return sheet_read(sheet, columns, decimal_of(sheet, columns.header, book.delimiter), today)
    raise NoStatement


def columns_found(sheet: Sheet) -> Columns | None:
    for number, row in enumerate(sheet.rows[:HEAD_ROWS], 1):
        places: dict[str, list[int]] = {}
        for place, cell in enumerate(row):
            kind = MEANING.get(fold(cell)) if isinstance(cell, str) else None
            if kind:
                places.setdefault(kind, []).append(place)
        if "date" in places and ({"credit", "amount"} & places.keys()):
            return columns_of(number, places, row)
    return None


def columns_of(header: int, places: Mapping[str, list[int]], row: Sequence[Cell]) -> Columns:
    """Where a side has a column of its own, an amount beside it is something else (a balance, a total)."""
    credit, debit = places.get("credit", [None])[0], places.get("debit", [None])[0]
    amount = places.get("amount", [None])[0] if credit is None or debit is None else None
    side = places.get("side", [None])[0]
    if amount is not None and side is None:
        after = row[amount + 1] if amount + 1 < len(row) else "?"
        side = amount + 1 if is_empty(after) else None
    text = tuple(places.get("text", ()))
    return Columns(header, places["date"][0], text, credit, debit, amount, side)


def sheet_read(sheet: Sheet, columns: Columns, decimal: str, today: dt.date) -> Statement:
    found, alike = Statement(), Counter[tuple[dt.date, int, str]]()
    period = period_of(sheet, columns.header)
    for number, row in enumerate(sheet.rows[columns.header :], columns.header + 1):
        if all(is_empty(cell) for cell in row) or is_summary(row):
            continue
        text = text_of(row, columns)
        try:
            on = day_read(at(row, columns.date), period, today)
            rupiah = amount_read(row, columns, decimal)
        except RowUnread as unread:
            found.unread.append(Unread(number, text or " ".join(map(cell_text, row))[:TEXT_MAX], unread.why))
            continue
        if rupiah > 0:
            alike[on, rupiah, text] += 1
            found.came.append(Came(number, on, rupiah, text, alike[on, rupiah, text]))
        elif rupiah < 0:
            found.out += 1
    return found


def at(row: Sequence[Cell], place: int | None) -> Cell:
    return row[place] if place is not None and place < len(row) else None


def is_summary(row: Sequence[Cell]) -> bool:
    """Whether it tells an opening or closing balance, or a sum of all."""
    first = next((cell for cell in row if not is_empty(cell)), None)
    return isinstance(first, str) and fold(first).startswith(SUMMARY)


def text_of(row: Sequence[Cell], columns: Columns) -> str:
    return " ".join(filter(None, (cell_text(at(row, place)).strip("'") for place in columns.text)))[:TEXT_MAX]


def period_of(sheet: Sheet, header: int) -> tuple[dt.date, dt.date] | None:
    """The first and the last day that stand above the table."""
    days = []
    for row in sheet.rows[: header - 1]:
        for cell in row:
            days += [date_of(text) for text in FULL_DAY.findall(cell_text(cell))]
    known = sorted(day for day in days if day is not None)
    return (known[0], known[-1]) if known else None


def day_read(cell: Cell, period: tuple[dt.date, dt.date] | None, today: dt.date) -> dt.date:
    """Raises RowUnread."""
    text = cell_text(cell).strip("'").strip()
    if text.upper().startswith("PEND"):
        raise RowUnread("pending")
    if isinstance(cell, dt.datetime):
        day: dt.date | None = cell.date()
    elif isinstance(cell, dt.date):
        day = cell
    elif short := SHORT_DAY.fullmatch(text):
        day = short_day(int(short[1]), int(short[2]), period)
    else:
        day = date_of(text)
    if day is None:
        raise RowUnread("no_date")
    if day > today:
        raise RowUnread("future")
    return day


def short_day(day: int, month: int, period: tuple[dt.date, dt.date] | None) -> dt.date | None:
    """A day without its year lies in the period above the table."""
    if period is None:
        raise RowUnread("no_year")
    first, last = period
    made = [date_made(year, month, day) for year in range(last.year, first.year - 1, -1)]
    known = [one for one in made if one is not None]
    return next((one for one in known if first <= one <= last), next(iter(known), None))


def amount_read(row: Sequence[Cell], columns: Columns, decimal: str) -> int:
    """Rupiah, below zero for money that went out. Raises RowUnread."""
    if columns.amount is None or not is_empty(at(row, columns.credit)):
        credit = whole(at(row, columns.credit), decimal)
        debit = whole(at(row, columns.debit), decimal)
        if not credit and not debit:
            raise RowUnread("no_amount")
        return credit or -abs(debit)
    cell, side = at(row, columns.amount), cell_text(at(row, columns.side)).lower().strip(" .")
    marked = MARKED.fullmatch(cell) if isinstance(cell, str) else None
    if marked is not None and not side:
        cell, side = marked["number"], marked["side"].lower()
    amount = whole(cell, decimal)
    if not amount:
        raise RowUnread("no_amount")
    if side in OUT:
        return -abs(amount)
    if side in IN:
        return abs(amount)
    if side or columns.side is not None:
        raise RowUnread("no_side")
    return amount


def whole(cell: Cell, decimal: str) -> int:
    """0 where the cell is empty or a dash. Raises RowUnread."""
    text = cell_text(cell).strip()
    if is_empty(cell) or text in {"-", "–"}:
        return 0
    try:
        number = number_of(cell, text, decimal, degrees=False)
    except CellRefused:
        raise RowUnread("no_amount") from None
    if number % 1:
        raise RowUnread("sen")
    if abs(number) >= Decimal(10) ** 15:
        raise RowUnread("no_amount")
    return int(number)
