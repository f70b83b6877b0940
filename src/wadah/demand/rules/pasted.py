"""Out of a pasted message or rows of a spreadsheet: what is asked for, how many, by when; and which part it may mean.

    "bracket mesin 1.000 pcs, kirim 20 Januari 2027"  →  "bracket mesin", 1000, 2027-01-20

One line of text is one thing. A line with only a date holds for all lines without one. Days come before months, as in
Indonesia; a date without a year is the next such day. What can't be read is named by a code in `faults`, never guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from wadah.units import MONTHS, SCALES, UnitError, number_read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

LINES_MAX = 500
TEXT_MAX = 200
MONTH_NUMBERS = {
    name.lower()[:length]: number
    for names in MONTHS.values()
    for number, name in enumerate(names, 1)
    for length in (3, 4, len(name))
} | {"agt": 8, "ags": 8, "nop": 11, "pebruari": 2, "nopember": 11}
MONTH = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
DATES = [
    re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})\b"),
    re.compile(r"\b(?P<d>\d{1,2})(?P<s>[/.-])(?P<m>\d{1,2})(?P=s)(?P<y>\d{4}|\d{2})\b(?!\d)"),
    re.compile(rf"\b(?P<d>\d{{1,2}})[\s-]+(?P<n>{MONTH})\.?(?:[\s,-]+(?P<y>\d{{4}}))?\b", re.IGNORECASE),
    re.compile(rf"\b(?P<n>{MONTH})\.?\s+(?P<d>\d{{1,2}})\b(?:,?\s+(?P<y>\d{{4}}))?", re.IGNORECASE),
    re.compile(r"(?<![\d/])(?P<d>\d{1,2})/(?P<m>\d{1,2})(?![\d/])"),
]
NUMBER = r"(?P<number>\d[\d.,]*)"
COUNTED = r"pcs?|pieces?|buah|bh|biji|bj|units?|sets?|lembar|lbr|helai|pasang|potong|batang|ea|kg|meter|jam"
DOZENS = {"lusin": 12, "dozen": 12, "kodi": 20, "gros": 144, "gross": 144}
SCALED = rf"(?:\s*(?P<scale>rb|ribu|jt|juta|{'|'.join(DOZENS)})\b)?"
WITH_UNIT = re.compile(rf"(?<![\w.,]){NUMBER}{SCALED}\s*(?:{COUNTED})\b\.?", re.IGNORECASE)
ALONE = re.compile(rf"(?<![\w.,/-]){NUMBER}{SCALED}(?:\s*[x×](?=\s))?(?![\w/-])", re.IGNORECASE)
BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,3}[.)](?=\s))\s*")
SMALL = re.compile(
    r"\b(?:(?:di)?kirim|tanggal|tgl|paling lambat|selambatnya|sebelum|sampai|untuk|by|deliver(?:y|ed)?|due|on|before|"
    r"we|until|mohon|tolong|please|semua(?:nya)?|all|sebanyak|jumlah|qty|pada|butuh|perlu|need|pesan|order)\b[:.]?",
    re.IGNORECASE,
)
HEADINGS = re.compile(r"\b(?:nama|barang|item|part|jumlah|qty|quantity|banyaknya|tanggal|date|no)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pasted:
    """One line as it was understood. row: its number in the message, from 1; raw: as it was written.

    faults: "no_text", "no_quantity", "no_date", "past" (the day lies behind) or "several" (more than one quantity).
    code: of the part, where a column of its own says so.
    """

    row: int
    raw: str
    text: str
    quantity: Decimal | None
    wanted_on: dt.date | None
    faults: tuple[str, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A part as its names are compared: key and all that it is called (code, names)."""

    key: int
    names: tuple[str, ...]


def pasted_read(message: str, *, today: dt.date, wanted_on: dt.date | None = None) -> list[Pasted]:
    """The message's lines, in order; at most LINES_MAX. wanted_on: the day for lines that name none."""
    found = []
    for row, raw in enumerate(message.splitlines()[:LINES_MAX], 1):
        if not raw.strip() or heading(raw):
            continue
        line = row_read(row, raw, today) if "\t" in raw or raw.count(";") > 1 else sentence_read(row, raw, today)
        if line.wanted_on and not line.text and line.quantity is None:
            wanted_on = line.wanted_on
            continue
        found.append(line)
    return [with_faults(line, wanted_on, today) for line in found]


def heading(raw: str) -> bool:
    """A table's first row: several known words and no figure."""
    return not re.search(r"\d", raw) and len(HEADINGS.findall(raw)) > 1


def row_read(row: int, raw: str, today: dt.date) -> Pasted:
    """Cells of a spreadsheet: the one that is a date, the one that is a number, and words.

    A number before the words, with another behind them, only counts the rows.
    """
    texts: list[str] = []
    before = quantity = day = None
    for cell in (cell.strip() for cell in re.split(r"\t|;", raw)):
        found, rest = date_in(cell, today)
        if found and day is None and not rest.strip():
            day = found
        elif (amount := whole_cell(cell)) is None:
            texts += [cell] if cell else []
        elif not texts:
            before = amount
        elif quantity is None:
            quantity = amount
    return Pasted(row, raw, " ".join(texts)[:TEXT_MAX], before if quantity is None else quantity, day)


def whole_cell(cell: str) -> Decimal | None:
    match = WITH_UNIT.fullmatch(cell) or ALONE.fullmatch(cell)
    return amount_of(match) if match else None


def sentence_read(row: int, raw: str, today: dt.date) -> Pasted:
    """A line of a message: the date out of it, then the quantity, and what is left is what is asked for."""
    day, rest = date_in(BULLET.sub("", raw), today)
    matches = list(WITH_UNIT.finditer(rest)) or list(ALONE.finditer(rest))[-1:]
    faults = ("several",) if len(matches) > 1 else ()
    quantity = None
    if len(matches) == 1:
        quantity = amount_of(matches[0])
        rest = rest[: matches[0].start()] + " " + rest[matches[0].end() :]
    text = " ".join(SMALL.sub(" ", rest).split()).strip(" ,;:.-–()@")
    return Pasted(row, raw, text[:TEXT_MAX], quantity, day, faults)


def date_in(text: str, today: dt.date) -> tuple[dt.date | None, str]:
    """The first date in a text, and the text without it; a real day of the calendar, or none."""
    for pattern in DATES:
        match = pattern.search(text)
        if match and (day := day_of(match.groupdict(), today)):
            return day, text[: match.start()] + " " + text[match.end() :]
    return None, text


def day_of(parts: dict[str, str | None], today: dt.date) -> dt.date | None:
    named = parts.get("n")
    month = MONTH_NUMBERS[named.lower()] if named else int(parts["m"] or 0)
    year = int(parts.get("y") or today.year)
    try:
        day = dt.date(year + 2000 if year < 100 else year, month, int(parts["d"] or 0))
        if not parts.get("y") and day < today:
            day = day.replace(year=day.year + 1)
    except ValueError:
        return None
    return day


def amount_of(match: re.Match[str]) -> Decimal | None:
    scale = (SCALES | DOZENS).get((match["scale"] or "").lower(), 1)
    try:
        return number_read(match["number"], grouped=scale == 1) * scale
    except UnitError:
        return None


def with_faults(line: Pasted, wanted_on: dt.date | None, today: dt.date) -> Pasted:
    line = replace(line, wanted_on=line.wanted_on or wanted_on)
    checks = {
        "no_text": not line.text,
        "no_quantity": not line.quantity and "several" not in line.faults,
        "no_date": line.wanted_on is None,
        "past": line.wanted_on is not None and line.wanted_on < today,
    }
    return replace(line, faults=(*line.faults, *(code for code, wrong in checks.items() if wrong)))


# -- which part is meant -----------------------------------------------------------------------------------------------

LIKELY = 0.55
SURE, AHEAD = 0.85, 0.1


def folded(text: str) -> str:
    """Letters and figures only, small: "Baut M-8" and "baut m8" are one. C and k sound alike in loan words."""
    return re.sub(r"[^0-9a-z]", "", text.lower().replace("ck", "k").replace("c", "k"))


def likeness(text: str, name: str) -> float:
    """0 … 1: 1 the same but for spelling marks; words of the one that stand in the other count, then letters."""
    here, there = folded(text), folded(name)
    if not here or not there:
        return 0.0
    if here == there:
        return 1.0
    words, others = ({folded(word) for word in re.findall(r"\w+", side)} for side in (text, name))
    shared = len(words & others) / max(len(others), 1)
    letters = SequenceMatcher(None, here, there).ratio()
    return min(0.99, max(letters, 0.9 * shared + 0.1 * letters if shared == 1 else 0.5 * shared + 0.5 * letters))


def parts_like(text: str, parts: Iterable[Named], *, most: int = 5) -> list[tuple[int, float]]:
    """Keys of the parts that the words may mean, likeliest first, each with its likeness (at least LIKELY)."""
    scores = [(part.key, max((likeness(text, name) for name in part.names), default=0.0)) for part in parts]
    likely = [score for score in scores if score[1] >= LIKELY]
    return sorted(likely, key=lambda score: (-score[1], score[0]))[:most]


def part_meant(candidates: Sequence[tuple[int, float]]) -> int | None:
    """The part, where one is plainly likelier than all others; else None, and a person decides."""
    if not candidates or candidates[0][1] < SURE:
        return None
    ahead = len(candidates) == 1 or candidates[0][1] - candidates[1][1] >= AHEAD or candidates[0][1] == 1.0
    twins = len(candidates) > 1 and candidates[1][1] == candidates[0][1]
    return candidates[0][0] if ahead and not twins else None
