"""The tables of MIL-STD-105E grown from their diagonals, against printed cells and whole published files."""

import csv
import os
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wadah.work.rules.faults import QualityError
from wadah.work.rules.sampling_tables import (
    AQLS,
    LADDERS,
    LETTERS,
    LETTERS_BY_LEVEL,
    LOTS_UP_TO,
    SIZES,
    SIZES_REDUCED,
    Cell,
    aql_read,
    aql_tighter,
    code_letter,
    table_cell,
)

SHARED = os.environ.get("WADAH_SHARED")
CELLS = 416

# Every cell of the six AQLs that garment makers use in which MIL-STD-105E, table II-A, prints an arrow, and where it
# leads. The package garment-aql-calculator keeps the letter's own n in all of them.
GARMENT_ARROWS = {
    "0.65": {"ABCDE": ("F", 20, 0, 1), "G": ("F", 20, 0, 1), "H": ("J", 80, 1, 2)},
    "1.0": {"ABCD": ("E", 13, 0, 1), "F": ("E", 13, 0, 1), "G": ("H", 50, 1, 2), "R": ("Q", 1250, 21, 22)},
    "1.5": {"ABC": ("D", 8, 0, 1), "E": ("D", 8, 0, 1), "F": ("G", 32, 1, 2), "QR": ("P", 800, 21, 22)},
    "2.5": {"AB": ("C", 5, 0, 1), "D": ("C", 5, 0, 1), "E": ("F", 20, 1, 2), "PQR": ("N", 500, 21, 22)},
    "4.0": {"A": ("B", 3, 0, 1), "C": ("B", 3, 0, 1), "D": ("E", 13, 1, 2), "NPQR": ("M", 315, 21, 22)},
    "6.5": {"B": ("A", 2, 0, 1), "C": ("D", 8, 1, 2), "MNPQR": ("L", 200, 21, 22)},
}
GARMENT_CELLS = [
    (letter, aql, arrived)
    for aql, column in GARMENT_ARROWS.items()
    for letters, arrived in column.items()
    for letter in letters
]

# Rejection numbers for AQL 0.65 … 15 as the National Institute of Building Sciences reprints them (AC-TABLE, tables 1-A
# and 1-B, "developed from MIL-STD-105E"); "v" and "^" are arrows.
REPRINTED_AQLS = ("0.65", "1.0", "1.5", "2.5", "4.0", "6.5", "10", "15")
REPRINTED = {
    ("normal", "J", 80): "2 3 4 6 8 11 15 22",
    ("normal", "K", 125): "3 4 6 8 11 15 22 ^",
    ("normal", "L", 200): "4 6 8 11 15 22 ^ ^",
    ("normal", "N", 500): "8 11 15 22 ^ ^ ^ ^",
    ("normal", "Q", 1250): "15 22 ^ ^ ^ ^ ^ ^",
    ("tightened", "F", 20): "v 1 v v 2 3 4 6",
    ("tightened", "G", 32): "1 v v 2 3 4 6 9",
    ("tightened", "H", 50): "v v 2 3 4 6 9 13",
    ("tightened", "J", 80): "v 2 3 4 6 9 13 19",
    ("tightened", "K", 125): "2 3 4 6 9 13 19 ^",
}


def plan(letter, aql, severity="normal"):
    cell = table_cell(letter, aql_read(aql), severity)
    return cell.letter, cell.n, cell.ac, cell.re


@pytest.mark.parametrize(
    ("lot_size", "level", "letter"),
    [
        (2, "II", "A"), (8, "II", "A"), (9, "II", "B"), (2_400, "II", "K"), (1_200, "II", "J"), (1_201, "II", "K"),
        (500_000, "II", "P"), (500_001, "II", "Q"), (500_001, "III", "R"), (8, "III", "B"), (25, "I", "B"),
        (25, "S-4", "B"), (35_000, "S-4", "H"),
        (500_001, "S-1", "D"), (500_001, "S-2", "E"), (500_001, "S-3", "H"), (500_001, "S-4", "K"),
    ],
)  # fmt: skip
def test_the_letter_of_a_lot_is_the_printed_one(lot_size, level, letter):
    assert code_letter(lot_size, level) == letter


@settings(deadline=None)
@given(st.sampled_from(list(LETTERS_BY_LEVEL)), st.integers(2, 10**6), st.integers(0, 10**6))
def test_a_larger_lot_never_has_an_earlier_letter(level, lot_size, more):
    assert code_letter(lot_size, level) <= code_letter(lot_size + more, level)


@settings(deadline=None)
@given(st.integers(2, 10**6))
def test_a_higher_level_never_has_an_earlier_letter(lot_size):
    letters = [code_letter(lot_size, level) for level in LETTERS_BY_LEVEL]
    assert letters == sorted(letters)


@pytest.mark.parametrize(
    ("letter", "aql", "severity", "arrived"),
    [
        ("H", "0.65", "normal", ("J", 80, 1, 2)),
        ("G", "1.0", "normal", ("H", 50, 1, 2)),
        ("L", "2.5", "normal", ("L", 200, 10, 11)),
        ("K", "2.5", "normal", ("K", 125, 7, 8)),
        ("A", "0.010", "normal", ("Q", 1250, 0, 1)),
        ("E", "1000", "normal", ("B", 3, 44, 45)),
        ("E", "250", "normal", ("E", 13, 44, 45)),
        ("F", "100", "normal", ("E", 13, 21, 22)),
        ("F", "150", "tightened", ("E", 13, 27, 28)),
        ("R", "0.015", "normal", ("P", 800, 0, 1)),
        ("R", "0.025", "normal", ("R", 2000, 1, 2)),
        ("K", "2.5", "tightened", ("K", 125, 5, 6)),
        ("R", "0.010", "tightened", ("R", 2000, 0, 1)),
        ("R", "0.015", "tightened", ("Q", 1250, 0, 1)),
        ("Q", "0.025", "tightened", ("S", 3150, 1, 2)),
        ("R", "0.025", "tightened", ("S", 3150, 1, 2)),
        ("R", "0.040", "tightened", ("R", 2000, 1, 2)),
        ("B", "1000", "tightened", ("B", 3, 41, 42)),
        ("J", "1.0", "reduced", ("J", 32, 1, 3)),
        ("K", "2.5", "reduced", ("K", 50, 3, 6)),
        ("C", "650", "reduced", ("C", 2, 21, 24)),
        ("C", "1000", "reduced", ("B", 2, 30, 31)),
        ("A", "1000", "reduced", ("A", 2, 30, 31)),
    ],
)
def test_a_cell_is_the_printed_one(letter, aql, severity, arrived):
    assert plan(letter, aql, severity) == arrived


@pytest.mark.parametrize(("letter", "aql", "arrived"), GARMENT_CELLS)
def test_an_arrow_takes_the_sample_of_the_letter_it_leads_to(letter, aql, arrived):
    cell = table_cell(letter, aql_read(aql), "normal")
    assert (cell.letter, cell.n, cell.ac, cell.re) == arrived
    assert cell.arrow == ("down" if cell.letter > letter else "up")
    assert cell.n != SIZES[LETTERS.index(letter)]


def test_the_garment_arrows_are_all_there_are_in_those_columns():
    arrows = {
        (letter, aql)
        for aql in GARMENT_ARROWS
        for letter in LETTERS
        if table_cell(letter, aql_read(aql), "normal").arrow
    }
    assert arrows == {(letter, aql) for letter, aql, _arrived in GARMENT_CELLS}
    assert len(arrows) == 42


@pytest.mark.parametrize(("row", "printed"), REPRINTED.items())
def test_a_reprinted_row_comes_out(row, printed):
    severity, letter, n = row
    signs = {"down": "v", "up": "^"}
    cells = [table_cell(letter, aql_read(aql), severity) for aql in REPRINTED_AQLS]
    assert " ".join(signs.get(cell.arrow) or str(cell.re) for cell in cells) == printed
    assert {cell.n for cell in cells if not cell.arrow} == {n}


def test_the_cells_off_the_diagonal_are_the_printed_ones():
    assert [plan("B", aql, "reduced") for aql in ("25", "40", "65", "100")] == [
        ("B", 2, 1, 3), ("B", 2, 2, 4), ("B", 2, 3, 5), ("B", 2, 5, 6),
    ]  # fmt: skip
    assert table_cell("A", Decimal(10), "tightened") == Cell("D", 8, 1, 2, "down")


@pytest.mark.parametrize(
    ("letter", "first_aql", "printed"),
    [
        ("C", "10", "0/2 1/3 1/4 2/5 3/6 5/8 7/10 10/13 14/17 21/24"),
        ("J", "0.65", "0/2 1/3 1/4 2/5 3/6 5/8 7/10 10/13"),
        ("A", "25", "1/2 2/3 3/4 5/6 7/8 10/11 14/15 21/22 30/31"),
        ("B", "15", "0/2 1/3 2/4 3/5 5/6 7/8 10/11 14/15 21/22 30/31"),
    ],
)
def test_a_row_of_the_reduced_table_is_the_printed_one(letter, first_aql, printed):
    """MIL-STD-105E, table II-C."""
    first = AQLS.index(aql_read(first_aql))
    cells = [table_cell(letter, aql, "reduced") for aql in AQLS[first : first + len(printed.split())]]
    assert " ".join(f"{cell.ac}/{cell.re}" for cell in cells) == printed
    assert all(cell.arrow == "" for cell in cells)


def test_only_reduced_plans_have_a_gap():
    for severity in LADDERS:
        gaps = {cell.re - cell.ac - 1 for cell in every_cell(severity)}
        assert (gaps == {0}) == (severity != "reduced")
        assert min(gaps) == 0


def test_every_cell_leads_to_a_plan_of_its_letters_own_sample():
    for severity in LADDERS:
        sizes = dict(zip(LETTERS, SIZES_REDUCED if severity == "reduced" else SIZES, strict=False)) | {"S": 3150}
        cells = list(every_cell(severity))
        assert len(cells) == CELLS
        for cell in cells:
            assert cell.n == sizes[cell.letter]
            own = table_cell(cell.letter, aql_of(cells, cell), severity) if cell.letter != "S" else None
            assert own is None or (own.arrow == "" and (own.n, own.ac, own.re) == (cell.n, cell.ac, cell.re))


def every_cell(severity):
    return (table_cell(letter, aql, severity) for letter in LETTERS for aql in AQLS)


def aql_of(cells, cell):
    """The column of a cell out of `every_cell`, which goes row by row."""
    return AQLS[next(place for place, other in enumerate(cells) if other is cell) % len(AQLS)]


@settings(deadline=None)
@given(st.sampled_from(LETTERS), st.sampled_from(AQLS[:-1]), st.sampled_from(list(LADDERS)))
def test_a_looser_aql_never_asks_for_more_good_pieces(letter, aql, severity):
    """Ac a piece grows along a row, arrows included."""
    looser = AQLS[AQLS.index(aql) + 1]
    here, there = table_cell(letter, aql, severity), table_cell(letter, looser, severity)
    assert here.ac / here.n <= there.ac / there.n


def test_an_aql_is_read_however_it_is_written():
    assert [str(aql_read(value)) for value in ("1", 1, 1.0, Decimal("1.00"), "0.1", 0.065)] == [
        "1.0", "1.0", "1.0", "1.0", "0.10", "0.065",
    ]  # fmt: skip
    assert aql_tighter(aql_read(1)) == Decimal("0.65")
    assert aql_tighter(aql_read("0.010")) is None


@pytest.mark.parametrize(
    ("asked", "code", "value"),
    [
        (lambda: code_letter(1, "II"), "lot_size", 1),
        (lambda: code_letter(100, "IV"), "level", "IV"),
        (lambda: aql_read("3"), "aql", "3"),
        (lambda: aql_read("much"), "aql", "much"),
        (lambda: aql_read(float("nan")), "aql", None),
        (lambda: table_cell("I", AQLS[0], "normal"), "letter", "I"),
        (lambda: table_cell("S", AQLS[2], "tightened"), "letter", "S"),
        (lambda: table_cell("AB", AQLS[2], "normal"), "letter", "AB"),
        (lambda: table_cell("A", AQLS[0], "strict"), "severity", "strict"),
    ],
)
def test_what_the_tables_do_not_have_is_refused_by_name(asked, code, value):
    with pytest.raises(QualityError) as refused:
        asked()
    assert refused.value.code == code
    assert value is None or refused.value.value == value
    assert refused.value.limit is not None


def rows(name):
    with (Path(SHARED) / "domain" / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.shared
@pytest.mark.skipif(not SHARED, reason="WADAH_SHARED names no folder with the published tables")
def test_all_code_letters_are_the_published_ones():
    published = rows("acceptance_code_letters.csv")
    equal = 0
    for row in published:
        most = int(row["lot_max"] or 2 * LOTS_UP_TO[-1])
        for level in LETTERS_BY_LEVEL:
            assert {code_letter(int(row["lot_min"]), level), code_letter(most, level)} == {row[level]}
            equal += 1
    assert equal == 105


@pytest.mark.shared
@pytest.mark.skipif(not SHARED, reason="WADAH_SHARED names no folder with the published tables")
@pytest.mark.parametrize("severity", list(LADDERS))
def test_all_single_plans_are_the_published_ones(severity):
    published = [row for row in rows("acceptance_single_plans.csv") if row["severity"] == severity]
    assert len(published) == CELLS
    for row in published:
        cell = table_cell(row["code_letter"], aql_read(row["aql"]), severity)
        expected = Cell(row["used_letter"], int(row["n"]), int(row["ac"]), int(row["re"]), row["arrow"])
        assert cell == expected, (severity, row["code_letter"], row["aql"])
