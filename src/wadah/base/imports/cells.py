"""One cell becomes a value of its column's type, or a sentence that says what to do.

Values are text, whole numbers, Decimal, dates, truth values, or tuples of codes. An empty cell says nothing (None); a
lone dash empties what is there (CLEARED).
"""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from wadah import units
from wadah.base.errors import Refused
from wadah.base.imports.faults import CellRefused
from wadah.base.imports.kinds import LANGUAGES, fold

if TYPE_CHECKING:
    from wadah.base.imports.kinds import Column, Desk
    from wadah.base.imports.reading import Cell

CLEARED = ""
WHOLE_MAX = 2**53
NUMBER = re.compile(r"[-+−]?\s*\d[\d.,\s']*")
SCIENTIFIC = re.compile(r"-?\d+(?:[.,]\d+)?[eE][+]?\d+")
BROKEN = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|#+)$|^#+$")
DAY = re.compile(r"(\d{1,4})[\s/.\-](\d{1,2})[\s/.\-](\d{1,4})(?:[T\s]+[\d:.]+)?")
DAY_WORDS = re.compile(r"(?:[^\W\d]+,\s*)?(\d{1,2})[\s.\-/]+([^\W\d]+)[\s.\-/,]+(\d{2,4})")
YES = {"ya", "y", "yes", "true", "benar", "1", "x", "✓", "ada", "negeri"}
NO = {"tidak", "t", "n", "no", "false", "salah", "0", "tdk", "bukan", "swasta"}
YEARS = range(1900, 2200)
MONTH_ALIASES = {"agt": 8, "ags": 8, "sept": 9, "nop": 11, "nopember": 11, "pebruari": 2, "peb": 2}


def cell_text(cell: Cell) -> str:
    """A cell as a person would type it back; numbers without a trailing .0."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ya" if cell else "tidak"
    if isinstance(cell, dt.datetime):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, dt.date):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, float):
        return repr(cell).replace(".", ",")
    return " ".join(str(cell).split())


def cell_read(column: Column, cell: Cell, decimal: str, desk: Desk) -> Any:
    """The value; None where the cell is empty, CLEARED where it says so.

    Raises
    ------
    CellRefused: it can't be read as this column's type.
    """
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    text = cell_text(cell)
    if BROKEN.search(text):
        raise CellRefused(_("Excel shows an error here (%(text)s). Type the value itself.") % {"text": text[:20]})
    if text in {"-", "–", "—"} and column.type not in {"whole", "number"}:
        return CLEARED
    return READERS[column.type](column, cell, text, decimal, desk)


def read_text(column: Column, cell: Cell, text: str, decimal: str, desk: Desk) -> str:
    if isinstance(cell, float) or (isinstance(cell, int) and abs(cell) >= 10**15) or SCIENTIFIC.fullmatch(text):
        shown = f"{cell:.3E}" if isinstance(cell, float | int) and abs(cell) >= 10**11 else text
        raise CellRefused(
            _("Excel turned it into %(shown)s. Set the column to Text in Excel and type it again.") % {"shown": shown}
        )
    if isinstance(cell, dt.date | dt.time | dt.timedelta):
        raise CellRefused(
            _("Excel turned it into a date (%(shown)s). Set the column to Text in Excel and type it again.")
            % {"shown": text}
        )
    if len(text) > column.limit:
        raise CellRefused(
            _("It has %(count)s characters; %(limit)s fit.") % {"count": len(text), "limit": column.limit}
        )
    if any(ord(letter) < 32 or 0xD800 <= ord(letter) <= 0xDFFF or letter == "\ufffd" for letter in text):
        raise CellRefused(_("It holds signs that are no text. Type it again."))
    return text


def read_number(column: Column, cell: Cell, text: str, decimal: str, desk: Desk) -> Decimal:
    value = number_of(cell, text, decimal, degrees=column.type == "degrees")
    if abs(value) > WHOLE_MAX:
        raise CellRefused(_("“%(text)s” is too large.") % {"text": text[:40]})
    if value < 0 and column.type != "degrees":
        raise CellRefused(_("“%(text)s” is below zero.") % {"text": text[:40]})
    return value.quantize(Decimal("0.000001")).normalize() if value % 1 else value.quantize(Decimal(1))


def read_degrees(column: Column, cell: Cell, text: str, decimal: str, desk: Desk) -> float:
    return float(number_of(cell, text, decimal, degrees=True))


def read_whole(column: Column, cell: Cell, text: str, decimal: str, desk: Desk) -> int:
    value = read_number(column, cell, text, decimal, desk)
    if value % 1:
        raise CellRefused(_("“%(text)s” isn't whole.") % {"text": text[:40]})
    if value > 2**31 - 1 and column.type == "whole":
        raise CellRefused(_("“%(text)s” is too large.") % {"text": text[:40]})
    return int(value)


def read_rupiah(column: Column, cell: Cell, text: str, decimal: str, desk: Desk) -> int:
    return read_whole(column, cell, text, decimal, desk)


def number_of(cell: Cell, text: str, decimal: str, *, degrees: bool) -> Decimal:
    """A number as people type it: "1.000,50", "Rp 1.250.000,-", "1,25 jt". A doubtful mark is read by `decimal`."""
    if isinstance(cell, bool | dt.date | dt.time | dt.timedelta):
        raise CellRefused(
            _("Excel turned it into something else (%(shown)s). Set the column to Number and type it again.")
            % {"shown": text[:40]}
        )
    if isinstance(cell, int | float):
        if not math.isfinite(cell):
            raise CellRefused(_("“%(text)s” isn't a number that Wadah understands.") % {"text": text[:40]})
        return Decimal(str(cell))
    if len(text) > 40:
        raise CellRefused(_("“%(text)s” isn't a number that Wadah understands.") % {"text": text[:40]})
    try:
        if NUMBER.fullmatch(text):
            return plain_number(text.replace("−", "-"), decimal, degrees=degrees)
        if SCIENTIFIC.fullmatch(text):
            return Decimal(text.replace(",", "."))
        return Decimal(scaled(text, decimal))
    except (units.UnitError, InvalidOperation, ValueError):
        raise CellRefused(_("“%(text)s” isn't a number that Wadah understands.") % {"text": text[:40]}) from None


def plain_number(text: str, decimal: str, *, degrees: bool) -> Decimal:
    sign = -1 if text.startswith("-") else 1
    digits = "".join(text.lstrip("+-").split()).replace("'", "").rstrip(".,")
    marks = {mark for mark in digits if mark in ".,"}
    if len(marks) == 1 and digits.count(next(iter(marks))) == 1:
        mark = next(iter(marks))
        whole, part = digits.split(mark)
        doubtful = len(part) == 3 and 0 < len(whole) <= 3 and whole != "0"
        if degrees or mark == decimal or not doubtful:
            return sign * Decimal(f"{whole or 0}.{part}")
    return sign * units.number_read(digits)


def scaled(text: str, decimal: str) -> Decimal:
    """ "Rp 1.250.000,-", "1,25 jt", "750rb": with a currency or a scale."""
    found = units.MONEY.fullmatch(text)
    if found is None or (found["scale"] or "").lower() not in {"", *units.SCALES}:
        raise ValueError(text)
    scale = units.SCALES.get((found["scale"] or "").lower(), 1)
    amount = plain_number(found["number"], decimal, degrees=scale > 1 and found["number"].count(".") < 2)
    return (-1 if found["minus"] else 1) * amount * scale


def read_date(column: Column, cell: Cell, text: str, decimal: str, desk: Desk) -> dt.date:
    value: dt.date | None
    if isinstance(cell, dt.datetime):
        value = cell.date()
    elif isinstance(cell, dt.date):
        value = cell
    elif isinstance(cell, int) and not isinstance(cell, bool) and 20_000 < cell < 80_000:
        value = dt.date(1899, 12, 30) + dt.timedelta(days=cell)  # how Excel counts days
    else:
        value = date_of(text)
    if value is None or value.year not in YEARS:
        raise CellRefused(
            _("“%(text)s” isn't a date. Write it as day/month/year, for instance 04/12/2026.") % {"text": text[:40]}
        )
    return value


def date_of(text: str) -> dt.date | None:
    """ "04/12/2026" (day first), "12/31/2026" (only one reading), "2026-12-04", "4 Desember 2026", "4-Des-26"."""
    if found := DAY.fullmatch(text):
        first, second, third = (int(number) for number in found.groups())
        if len(found[1]) == 4:
            return date_made(first, second, third)
        return date_made(full_year(third), second, first) or date_made(full_year(third), first, second)
    if found := DAY_WORDS.fullmatch(text):
        month = month_of(found[2].lower())
        return date_made(full_year(int(found[3])), month, int(found[1])) if month else None
    return None


def full_year(year: int) -> int:
    return year + 2000 if year < 100 else year


def date_made(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def month_of(word: str) -> int | None:
    if word in MONTH_ALIASES:
        return MONTH_ALIASES[word]
    for names in units.MONTHS.values():
        for number, name in enumerate(names, 1):
            if len(word) >= 3 and name.lower().startswith(word):
                return number
    return None


def read_yes(column: Column, cell: Cell, text: str, decimal: str, desk: Desk) -> bool:
    word = text.lower()
    if word in YES or word in NO:
        return word in YES
    raise CellRefused(_("Write yes or no, not “%(text)s”.") % {"text": text[:40]})


def read_choice(column: Column, cell: Cell, text: str, decimal: str, desk: Desk) -> str:
    found = choice_values(column).get(fold(text))
    if found is not None:
        return found
    words = ", ".join(str(label) for _value, label in column.choices)
    raise CellRefused(_("“%(text)s” isn't one of these: %(words)s.") % {"text": text[:40], "words": words})


@lru_cache(maxsize=256)
def choice_values(column: Column) -> dict[str, str]:
    """The values by all that people call them, folded; worked out once, as a large file asks for each row."""
    known: dict[str, str] = {}
    for value, label in column.choices:
        known[fold(value)] = value
        for language in LANGUAGES:
            with override(language):
                known.setdefault(fold(label), value)
    return known


def read_find(column: Column, cell: Cell, text: str, decimal: str, desk: Desk) -> str:
    read_text(column, cell, text, decimal, desk)
    try:
        return desk.find(column.find, text)
    except Refused as refused:
        raise CellRefused(str(refused)) from refused


def read_several(column: Column, cell: Cell, text: str, decimal: str, desk: Desk) -> tuple[str, ...]:
    names = [name.strip() for name in re.split(r"[,;/\n]", str(cell)) if name.strip()]
    return tuple(sorted({read_find(column, name, name, decimal, desk) for name in names}))


READERS: dict[str, Any] = {
    "text": read_text,
    "whole": read_whole,
    "number": read_number,
    "degrees": read_degrees,
    "rupiah": read_rupiah,
    "date": read_date,
    "yes": read_yes,
    "choice": read_choice,
    "find": read_find,
    "several": read_several,
}
