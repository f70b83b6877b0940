from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wadah import units
from wadah.units import Rupiah, UnitError

TYPED = [
    ("Rp1.250.000", 1_250_000),
    ("Rp 1.250.000", 1_250_000),
    ("Rp. 1.250.000,-", 1_250_000),
    ("1.250.000,-", 1_250_000),
    ("1.250.000,00", 1_250_000),
    ("1,250,000.00", 1_250_000),
    ("1250000", 1_250_000),
    ("1,25 jt", 1_250_000),
    ("1.25jt", 1_250_000),
    ("1,250 jt", 1_250_000),
    ("1.250 rb", 1_250),
    ("750rb", 750_000),
    ("750 ribu", 750_000),
    ("2 M", 2_000_000_000),
    ("2,5 miliar", 2_500_000_000),
    ("1 T", 1_000_000_000_000),
    ("IDR 15.000", 15_000),
    ("-Rp5.000", -5_000),
    ("0", 0),
    ("1.000", 1_000),
    ("12,5 juta", 12_500_000),
]


@pytest.mark.parametrize(("typed", "amount"), TYPED)
def test_what_people_type_is_read_as_whole_rupiah(typed, amount):
    if typed == "1.250 rb":
        amount = 1_250  # 1,25 thousand: before a scale a single mark is a decimal
    assert units.rupiah_read(typed) == amount


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", "empty"), ("abc", "not_a_number"), ("1,5", "not_whole"), ("1.2.3", "not_a_number"), ("5 kg", "not_a_number"),
     ("1,25,0", "not_a_number"), ("1.2345 rb", "not_whole"), ("Rp", "not_a_number")],
)  # fmt: skip
def test_what_is_no_amount_is_refused_with_a_reason(typed, code):
    with pytest.raises(UnitError) as refused:
        units.rupiah_read(typed)
    assert refused.value.code == code


@given(st.integers(-(10**15), 10**15))
def test_what_is_written_is_read_back(amount):
    assert units.rupiah_read(units.rupiah_text(amount).replace("−", "-")) == amount


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(0, 10**6), min_size=1, max_size=40).filter(any))
def test_shares_add_up_to_the_whole_and_none_is_a_rupiah_off(whole, weights):
    parts = units.share_rupiah(Rupiah(whole), weights)
    assert sum(parts) == whole
    assert all(abs(part - Fraction(whole * w, sum(weights))) < 1 for part, w in zip(parts, weights, strict=True))


@given(st.integers(0, 10**9), st.lists(st.integers(0, 1000), min_size=1, max_size=20).filter(any))
def test_a_reversal_mirrors_its_original(whole, weights):
    forth, back = units.share_rupiah(Rupiah(whole), weights), units.share_rupiah(Rupiah(-whole), weights)
    assert [-part for part in back] == forth


def test_the_remainder_goes_to_the_largest_remainders_first_come():
    assert units.share_whole(100, [1, 1, 1]) == [34, 33, 33]
    assert units.share_whole(10, [0.5, 0.3, 0.2]) == [5, 3, 2]


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1, 5]])
def test_weights_that_share_nothing_are_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        units.share_whole(5, weights)


def test_money_is_written_the_indonesian_way():
    assert units.rupiah_text(1_250_000) == "Rp1.250.000"
    assert units.rupiah_text(-800) == "−Rp800"
    assert units.rupiah_short_text(1_250_000) == "Rp1,25 jt"
    assert units.rupiah_short_text(2_300_000_000, "en") == "Rp2.3 billion"
    assert units.rupiah_short_text(950_000) == "Rp950.000"


def test_numbers_are_written_by_language():
    assert units.decimal_text(1234.5) == "1.234,5"
    assert units.decimal_text(1234.5, 1, "en") == "1,234.5"
    assert units.decimal_text(Decimal("-0.04")) == "0"
    assert units.number_text(-1234567) == "−1.234.567"
    assert units.percent_text(0.0534) == "5,3%"
    assert units.minutes_text(150) == "2 jam 30 menit"
    assert units.minutes_text(120, "en") == "2 h"
    assert units.minutes_text(0) == "0 menit"


def test_halves_of_a_rupiah_go_up_and_packs_are_whole():
    assert units.rupiah_of(Decimal("2.5")) == 3
    assert units.rupiah_of(Fraction(1, 3)) == 0
    assert units.pieces_up(101, 50) == 150
    assert units.pieces_up(0, 50) == 0


def test_pieces_are_whole_and_not_negative():
    assert units.pieces_read("1.200") == 1200
    for typed, code in (("1,5", "not_whole"), ("-3", "negative"), ("", "empty"), ("x", "not_a_number")):
        with pytest.raises(UnitError, match=code):
            units.pieces_read(typed)


def test_dates_are_written_in_words():
    import datetime as dt

    friday = dt.date(2026, 12, 4)
    assert units.date_long_text(friday) == "Jumat, 4 Desember 2026"
    assert units.date_long_text(friday, "en") == "Friday, 4 December 2026"
    assert units.date_short_text(dt.date(2026, 8, 7)) == "7 Agu"
    afternoon = dt.datetime(2026, 12, 4, 14, 0, tzinfo=dt.UTC)
    assert units.moment_text(afternoon) == "Jumat, 4 Desember 2026 pukul 14.00 WIB"
    assert units.moment_text(afternoon, "en") == "Friday, 4 December 2026 at 14:00 WIB"
