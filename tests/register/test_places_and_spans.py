"""The small rules: folding names, the tree of areas, spans of days."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from wadah.register.rules import (
    Roles,
    area_codes_above,
    area_nodes,
    fold_key,
    is_open_on,
    spans_overlap,
)


def test_spaces_and_case_are_folded():
    assert fold_key(" Medan  Satria ") == fold_key("MEDANSATRIA") == "medansatria"


def test_a_code_names_all_areas_above_it():
    assert area_codes_above("32.75.01") == ("32.75.01", "32.75", "32")


def test_the_tree_is_sorted_by_code_whatever_the_order_of_the_rows():
    rows = [(3, 1, "32.75.02", "B", "kecamatan"), (2, 1, "32.75.01", "A", "kecamatan"), (1, None, "32.75", "K", "city")]
    (root,) = area_nodes(rows)
    assert [child.code for child in root.children] == ["32.75.01", "32.75.02"]


def test_an_area_whose_parent_is_not_listed_stands_at_the_top():
    assert [node.code for node in area_nodes([(2, 1, "32.75.01", "A", "kecamatan")])] == ["32.75.01"]


def test_the_day_of_leaving_is_the_first_day_outside():
    first, left = date(2026, 1, 5), date(2026, 3, 1)
    assert is_open_on(first, first, left)
    assert not is_open_on(left, first, left)
    assert is_open_on(left, first, None)


days = st.dates(date(2026, 1, 1), date(2026, 2, 1))
spans = st.tuples(days, st.none() | days)


@given(spans, spans)
def test_spans_overlap_when_some_day_lies_in_both(one, other):
    shared = any(
        is_open_on(date(2026, month, day), *one) and is_open_on(date(2026, month, day), *other)
        for month in (1, 2)
        for day in range(1, 29 if month == 2 else 32)
    )
    empty = any(end is not None and end <= first for first, end in (one, other))
    assert empty or spans_overlap(one, other) == shared


def test_a_stranger_may_act_for_nothing():
    assert not (Roles().anything or Roles().member or Roles().manager)
    assert Roles(officer=True).anything
