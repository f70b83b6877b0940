"""What people paste is read as they mean it; what can't be read is named, never guessed."""

from datetime import date
from decimal import Decimal

import pytest

from wadah.demand.rules.pasted import LINES_MAX, Named, part_meant, parts_like, pasted_read

TODAY = date(2026, 11, 25)


def read(message, **columns):
    return pasted_read(message, today=TODAY, **columns)


@pytest.mark.parametrize(
    ("typed", "text", "quantity", "day"),
    [
        ("bracket mesin 1.000 pcs, kirim 20 Januari 2027", "bracket mesin", 1000, date(2027, 1, 20)),
        ("- Baut M8 500 buah tgl 5/1/2027", "Baut M8", 500, date(2027, 1, 5)),
        ("2) 1,5 rb pcs karet peredam paling lambat 20 Feb", "karet peredam", 1500, date(2027, 2, 20)),
        ("Pelat braket 250 sebelum 2027-03-01", "Pelat braket", 250, date(2027, 3, 1)),
        ("1,200 pcs rubber bush by March 3, 2027", "rubber bush", 1200, date(2027, 3, 3)),
        ("2 lusin kemeja batik, 31 Desember", "kemeja batik", 24, date(2026, 12, 31)),
        ("300 x kemeja batik 31 Des", "kemeja batik", 300, date(2026, 12, 31)),
        ("kain 2,5 meter 12-12-26", "kain", Decimal("2.5"), date(2026, 12, 12)),
        ("12\tBaut M8\t1.500\t05/02/2027", "Baut M8", 1500, date(2027, 2, 5)),
        ("Baut M8;1500 pcs;5 Februari 2027", "Baut M8", 1500, date(2027, 2, 5)),
    ],
)
def test_a_line_is_read_as_it_is_meant(typed, text, quantity, day):
    (line,) = read(typed)
    assert (line.text, line.quantity, line.wanted_on, line.faults) == (text, quantity, day, ())


def test_a_table_with_headings_and_a_date_for_all():
    lines = read("No\tNama barang\tJumlah\n1\tBaut M8\t2.000\n2\tKaret\t800\n\nkirim semua 20 Januari 2027")
    assert [(line.row, line.text, line.quantity, line.wanted_on) for line in lines] == [
        (2, "Baut M8", 2000, date(2027, 1, 20)),
        (3, "Karet", 800, date(2027, 1, 20)),
    ]


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        ("Selamat pagi Bu", ("no_quantity", "no_date")),
        ("baut 100 pcs", ("no_date",)),
        ("100 pcs 20 Januari 2027", ("no_text",)),
        ("baut 100 pcs dan karet 200 pcs 20 Januari 2027", ("several",)),
        ("baut 100 pcs 1 Januari 2026", ("past",)),
        ("baut 100 pcs 31 Februari 2027", ("no_date",)),
        ("baut 0 pcs 20 Januari 2027", ("no_quantity",)),
    ],
)
def test_what_is_not_understood_is_named(typed, faults):
    (line,) = read(typed)
    assert line.faults == faults
    assert line.raw == typed


def test_the_form_gives_the_day_that_lines_leave_out():
    (line,) = read("baut 100 pcs", wanted_on=date(2027, 1, 4))
    assert (line.wanted_on, line.faults) == (date(2027, 1, 4), ())


def test_a_flood_of_lines_is_cut():
    assert len(read("baut 1 pcs 20 Januari 2027\n" * (LINES_MAX + 50))) == LINES_MAX


PARTS = [
    Named(1, ("BOLT-M8", "Baut M8", "Bolt M8")),
    Named(2, ("BOLT-M10", "Baut M10", "Bolt M10")),
    Named(3, ("BRACKET", "Braket", "Engine bracket")),
    Named(4, ("BUSH", "Karet peredam", "Rubber bush")),
]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("bolt m8", 1),
        ("Baut M-10", 2),
        ("bracket", 3),
        ("karet peredam hitam", 4),
        ("BUSH", 4),
        ("baut", None),
        ("x", None),
    ],
)
def test_words_are_matched_to_the_part_that_they_plainly_mean(text, meant):
    assert part_meant(parts_like(text, PARTS)) == meant


def test_what_is_unclear_gives_candidates():
    assert [key for key, _likeness in parts_like("baut m", PARTS)][:2] == [1, 2]


def test_two_parts_of_one_name_are_left_to_a_person():
    assert part_meant(parts_like("Braket", [Named(1, ("Braket",)), Named(2, ("braket",))])) is None
