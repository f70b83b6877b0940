"""Spans, spread, classes, shapes and hidden cells: arithmetic of the city's figures (docs/city.md O1, O3, O9 … O11)."""

import json
import math
from datetime import date, datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wadah.observatory.rules.classes import classes_of
from wadah.observatory.rules.hidden import cells_hidden
from wadah.observatory.rules.shapes import BoundaryError, Centre, boundaries, cells, side
from wadah.observatory.rules.spans import Span, span_of, span_read, spans_between
from wadah.observatory.rules.spread import concentration, gini, ratio_90_10

BEKASI = ZoneInfo("Asia/Jakarta")
THREE = (Centre("A", -6.20, 107.00, 3.0), Centre("B", -6.25, 107.02, 4.0), Centre("C", -6.22, 107.05))


def test_half_years_begin_and_end_by_the_clock_of_bekasi():
    half = Span(2026, 1)
    assert (half.first, half.last, half.key) == (date(2026, 1, 1), date(2026, 6, 30), "2026-1")
    assert half.ends == datetime(2026, 7, 1, tzinfo=BEKASI) == Span(2026, 2).begins
    assert (Span(2026, 1).before, Span(2026, 2).before, Span(2026).before) == (Span(2025, 2), Span(2026, 1), Span(2025))
    assert Span(2026).first, Span(2026).last == (date(2026, 1, 1), date(2026, 12, 31))
    assert list(spans_between(date(2025, 8, 1), date(2026, 7, 1))) == [Span(2025, 2), Span(2026, 1), Span(2026, 2)]
    assert span_of(date(2026, 6, 30)) == half
    assert half.weeks(date(2026, 1, 14)) == 2 and half.weeks(date(2027, 1, 1)) == 181 / 7
    assert Span(2027, 1).weeks(date(2026, 1, 1)) == 0


@pytest.mark.parametrize("text", ["", "2026-3", "26-1", "2026-1; drop", "x"])
def test_an_address_that_names_no_span_gets_the_usual_one(text):
    assert span_read(text, Span(2026, 2)) == Span(2026, 2)
    assert span_read("2025-1", Span(2026, 2)) == Span(2025, 1)
    assert span_read("2025", Span(2026, 2)) == Span(2025)


def test_spread_of_known_amounts():
    assert gini([5, 5, 5, 5]) == 0
    assert gini([0, 0, 0, 8]) == pytest.approx(0.75)
    assert gini([1, 2, 3, 4]) == pytest.approx(0.25)
    assert gini([]) is gini([0, 0]) is gini([-1, 4]) is None
    assert ratio_90_10(range(10, 111, 10)) == pytest.approx(5)
    assert ratio_90_10([0, 0, 5]) is ratio_90_10([]) is None
    assert (concentration([6, 2, 2]).hhi, concentration([6, 2, 2]).largest) == pytest.approx((0.44, 0.6))
    assert concentration([]).hhi is concentration([0]).largest is None


@pytest.mark.parametrize("seed", range(300))
def test_no_cell_of_fewer_than_five_is_shown_nor_known_from_the_sum(seed):
    random = Random(seed)
    people = {key: random.choice([0, 1, 2, 4, 5, 6, random.randint(0, 40)]) for key in range(random.randint(0, 30))}
    hidden = cells_hidden(people)
    assert all(people[key] == 0 or people[key] >= 5 for key in people.keys() - hidden)
    assert all(people[key] > 0 for key in hidden)
    if hidden and any(people[key] for key in people.keys() - hidden):
        assert len(hidden) > 1 and sum(people[key] for key in hidden) >= 5


def test_cells_that_are_large_enough_are_all_shown():
    assert cells_hidden({"a": 5, "b": 90, "c": 0}) == frozenset()
    assert cells_hidden({"a": 4, "b": 90, "c": 6, "d": 0}) == {"a", "c"}
    assert cells_hidden({"a": 1, "b": 2, "c": 90}) == {"a", "b", "c"}


@given(st.lists(st.floats(0, 1e6), max_size=60))
def test_at_most_four_classes_rise_and_hold_every_value(values):
    classes = classes_of(values)
    assert len(classes.lows) <= 4 and list(classes.lows) == sorted(set(classes.lows))
    for value in values:
        place = classes.of(value)
        assert (place == 0) == (value <= 0)
        assert place == 0 or classes.lows[place - 1] <= value <= classes.highs[place - 1]


def area_of(ring):
    return sum(one[0] * two[1] - two[0] * one[1] for one, two in zip(ring, (*ring[1:], ring[0]), strict=True)) / 2


def test_every_place_gets_a_cell_around_its_centre_nearer_to_it_than_to_others():
    rings = cells(THREE)
    assert rings.keys() == {"A", "B", "C"}
    middles = {code: tuple(sum(axis) / len(ring) for axis in zip(*ring, strict=True)) for code, ring in rings.items()}
    for ring in rings.values():
        assert area_of(ring) > 0 and len(ring) >= 3
        corners = [side(ring[place - 1], ring[place], ring[(place + 1) % len(ring)]) for place in range(len(ring))]
        assert min(corners) > -1e-6  # convex
    assert middles["A"][0] < middles["B"][0] < middles["C"][0]
    assert middles["B"][1] < middles["C"][1] < middles["A"][1]
    assert area_of(rings["A"]) <= math.pi * (2.1 * math.sqrt(3.0 / math.pi)) ** 2


def test_one_place_or_none_or_two_on_one_point_are_drawn_too():
    assert cells(()) == {}
    assert area_of(cells((Centre("A", -6.2, 107.0),))["A"]) > 1
    both = cells((Centre("A", -6.2, 107.0), Centre("B", -6.2, 107.0)))
    assert all(area_of(ring) > 0.5 for ring in both.values())


def test_a_city_may_give_its_own_boundaries(tmp_path):
    square = [[107.0, -6.2], [107.0, -6.25], [107.05, -6.25], [107.05, -6.2], [107.0, -6.2]]
    features = [{"properties": {"code": "A"}, "geometry": {"type": "Polygon", "coordinates": [square]}}]
    features.append({"properties": {"kode": "B"}, "geometry": {"type": "MultiPolygon", "coordinates": [[square]]}})
    path = tmp_path / "batas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    found = boundaries(path, 1.0, -6.225, 107.025)
    assert found.keys() == {"A", "B"} and found["A"] == found["B"]
    assert abs(area_of(found["A"][0])) == pytest.approx(0.05 * 111.32 * 0.05 * 111.32 * math.cos(math.radians(6.225)))


@pytest.mark.parametrize(
    "text", ["", "{}", '{"features": []}', '{"features": [{"properties": {}, "geometry": null}]}', "[1]"]
)
def test_a_file_that_holds_no_boundaries_is_refused_in_words(tmp_path, text):
    path = tmp_path / f"{abs(hash(text))}.geojson"
    path.write_text(text)
    with pytest.raises(BoundaryError, match="geojson"):
        boundaries(path, 1.0, 0.0, 0.0)
