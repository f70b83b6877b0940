"""The tables of acceptance sampling: code letters and single plans, grown from their diagonals (docs/quality.md Q1–Q5).

In: a lot size with an inspection level, or a code letter with an AQL and a severity. Out: a letter, or the sample size
with the acceptance and rejection numbers, arrows followed. Source: MIL-STD-105E (10 May 1989, approved for public
release), tables I, II-A, II-B and II-C; ANSI Z1.4 prints the same. Not for ISO 2859-1:1999, whose reduced plans differ.

Each table is one ladder of (Ac, Re) laid along a diagonal: one letter further down and one AQL to the left is the same
step. So a cell's step is its letter's number (A = 0) plus its AQL's number (0.010 = 0), and the table is the ladder.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

from wadah.work.rules.faults import QualityError

SCHEME = "MIL-STD-105E / ANSI Z1.4"

Level = Literal["I", "II", "III", "S-1", "S-2", "S-3", "S-4"]
Severity = Literal["normal", "tightened", "reduced"]
Arrow = Literal["", "down", "up"]

LETTERS = "ABCDEFGHJKLMNPQR"
EXTRA_LETTER = "S"
"""Tightened only, at AQL 0.025 only: where arrows lead from Q and R. No lot asks for it."""

AQLS_PRINTED = (
    "0.010", "0.015", "0.025", "0.040", "0.065", "0.10", "0.15", "0.25", "0.40", "0.65", "1.0", "1.5", "2.5", "4.0",
    "6.5", "10", "15", "25", "40", "65", "100", "150", "250", "400", "650", "1000",
)  # fmt: skip
AQLS = tuple(Decimal(printed) for printed in AQLS_PRINTED)
"""Per hundred pieces: up to 10 failed pieces or faults, above 10 faults only."""
AQL_PERCENT_MOST = Decimal(10)

SIZES = (2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000, 3150)
"""Sample sizes of A … R and S, normal and tightened."""
SIZES_REDUCED = (2, 2, 2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800)

LOT_LEAST = 2
LOTS_UP_TO = (8, 15, 25, 50, 90, 150, 280, 500, 1200, 3200, 10_000, 35_000, 150_000, 500_000)
LETTERS_BY_LEVEL: dict[Level, str] = {
    "S-1": "AAAABBBBCCCCDDD",
    "S-2": "AAABBBCCCDDDEEE",
    "S-3": "AABBCCDDEEFFGGH",
    "S-4": "AABCCDEEFGGHJJK",
    "I": "AABCCDEFGHJKLMN",
    "II": "ABCDEFGHJKLMNPQ",
    "III": "BCDEFGHJKLMNPQR",
}
"""Table I: one letter for each range of lots; the last range has no end."""

Step = int
Numbers = tuple[int, int]

LADDERS: dict[Severity, dict[Step, Numbers]] = {
    "normal": {
        14: (0, 1), 17: (1, 2), 18: (2, 3), 19: (3, 4), 20: (5, 6), 21: (7, 8), 22: (10, 11), 23: (14, 15),
        24: (21, 22), 25: (30, 31), 26: (44, 45),
    },
    "tightened": {
        15: (0, 1), 18: (1, 2), 19: (2, 3), 20: (3, 4), 21: (5, 6), 22: (8, 9), 23: (12, 13),
        24: (18, 19), 25: (27, 28), 26: (41, 42),
    },
    "reduced": {
        14: (0, 1), 17: (0, 2), 18: (1, 3), 19: (1, 4), 20: (2, 5), 21: (3, 6), 22: (5, 8), 23: (7, 10),
        24: (10, 13), 25: (14, 17), 26: (21, 24),
    },
}  # fmt: skip
"""Steps that are missing between two rungs, and all before the first or after the last, are arrows."""
STEP_LAST = 24
"""The ladder's end, except for the short samples, A … E, which have two rungs more."""
STEP_LAST_SHORT = 26
SHORT_LETTERS = "ABCDE"
STEP_UP = 15
"""Between Ac 0 and Ac 1, normal and reduced: this step leads up to Ac 0, the next one down to Ac 1."""

EXCEPTIONS: dict[tuple[Severity, str, Decimal], Numbers | Arrow] = {
    ("reduced", "B", Decimal(40)): (2, 4),
    ("reduced", "B", Decimal(65)): (3, 5),
    ("tightened", "A", Decimal(10)): "down",
}
"""Printed off the diagonal. Reduced B, where the samples of A, B and C are all two pieces, stands between A's numbers
and C's (table II-C); tightened A has no plan with Ac 0 (table II-B). Compared with the transcription in the R package
AQLSchemes 1.7-2."""

AQL_B_AS_A = Decimal(100)
"""Reduced only: from here on B has A's numbers."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, its arrow followed. letter: the one arrived at, whose n, ac and re these are; arrow: "" where the cell
    itself holds a plan."""

    letter: str
    n: int
    ac: int
    re: int
    arrow: Arrow = ""


def code_letter(lot_size: int, level: Level) -> str:
    """The letter of table I (Q2). lot_size: ≥ 2 pieces. Raises QualityError ("lot_size", "level")."""
    if lot_size < LOT_LEAST:
        raise QualityError("lot_size", lot_size, LOT_LEAST)
    check_level(level)
    return LETTERS_BY_LEVEL[level][bisect_left(LOTS_UP_TO, lot_size)]


def check_level(level: Level) -> None:
    if level not in LETTERS_BY_LEVEL:
        raise QualityError("level", level, tuple(LETTERS_BY_LEVEL))


def check_severity(severity: Severity) -> None:
    if severity not in LADDERS:
        raise QualityError("severity", severity, tuple(LADDERS))


def aql_read(value: Decimal | int | float | str) -> Decimal:
    """The AQL as the tables print it: "1.0" for 1. Raises QualityError ("aql") for others."""
    try:
        return next(aql for aql in AQLS if aql == Decimal(str(value)))
    except (StopIteration, InvalidOperation):
        raise QualityError("aql", value, AQLS) from None


def aql_tighter(aql: Decimal) -> Decimal | None:
    """The next smaller AQL of the tables; None for the smallest."""
    column = AQLS.index(aql)
    return AQLS[column - 1] if column else None


def table_cell(letter: str, aql: Decimal, severity: Severity) -> Cell:
    """The plan of table II-A, II-B or II-C, arrows followed (Q3, Q4): n, Ac and Re are all the letter's arrived at.

    letter: A … R without I and O; aql: one of AQLS. Raises QualityError ("letter", "severity").
    """
    check_severity(severity)
    if letter not in tuple(LETTERS):
        raise QualityError("letter", letter, LETTERS)
    row, column = LETTERS.index(letter), AQLS.index(aql)
    printed = printed_at(row, column, severity)
    if not isinstance(printed, str):
        return cell_of(row, printed, severity)
    for arrow in (printed, opposite(printed)):
        found = follow(row, column, severity, arrow)
        if found is not None:
            return found
    raise AssertionError(f"{severity} {letter} {aql}: no plan in this column")


def printed_at(row: int, column: int, severity: Severity) -> Numbers | Arrow:
    """What stands in the cell: (Ac, Re) or the way its arrow points. row: 0 for A … 16 for S."""
    letter, aql = (LETTERS + EXTRA_LETTER)[row], AQLS[column]
    if (severity, letter, aql) in EXCEPTIONS:
        return EXCEPTIONS[severity, letter, aql]
    if severity == "reduced" and (letter == "A" or (letter == "B" and aql >= AQL_B_AS_A)):
        # Two pieces are as few as there are: reduced A is normal A, and so is B where many faults are allowed.
        return printed_at(0, column, "normal")
    step = row + column
    last = STEP_LAST_SHORT if letter in SHORT_LETTERS else STEP_LAST
    if step > last:
        return "up"
    numbers = LADDERS[severity].get(step)
    if numbers is not None:
        return numbers
    return "up" if step == STEP_UP else "down"


def follow(row: int, column: int, severity: Severity, arrow: Arrow) -> Cell | None:
    """The first plan that the arrow comes to in this column; None where the table ends before."""
    step = 1 if arrow == "down" else -1
    rows = len(LETTERS) + (severity == "tightened")
    here = row + step
    while 0 <= here < rows:
        printed = printed_at(here, column, severity)
        if not isinstance(printed, str):
            return cell_of(here, printed, severity, arrow)
        here += step
    return None


def cell_of(row: int, numbers: Numbers, severity: Severity, arrow: Arrow = "") -> Cell:
    sizes = SIZES_REDUCED if severity == "reduced" else SIZES
    return Cell((LETTERS + EXTRA_LETTER)[row], sizes[row], *numbers, arrow)


def opposite(arrow: Arrow) -> Arrow:
    return "up" if arrow == "down" else "down"
