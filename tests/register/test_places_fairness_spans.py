"""The small rules: folding names, the tree of areas, spans of days, targets of hours."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wadah.register.rules import (
    Roles,
    area_codes_above,
    area_nodes,
    fold_key,
    is_open_on,
    spans_overlap,
    target_hours,
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


def test_no_target_where_the_cooperative_wants_none():
    assert target_hours("none", 80, {1: 40.0}) == {1: 0.0}


def test_targets_in_proportion_to_free_hours():
    assert target_hours("free_hours", 50, {1: 40.0, 2: 10.0}) == {1: 20.0, 2: 5.0}


def test_equal_targets_never_ask_more_than_a_workshop_has():
    assert target_hours("equal", 80, {1: 40.0, 2: 10.0}) == {1: 20.0, 2: 10.0}


def test_equal_targets_of_nobody_are_none():
    assert target_hours("equal", 80, {}) == {}


@pytest.mark.parametrize(("key", "percent"), [("seniority", 50), ("equal", 101), ("equal", -1)])
def test_a_policy_that_is_not_known_is_a_programmers_mistake(key, percent):
    with pytest.raises(ValueError, match="Expected"):
        target_hours(key, percent, {1: 1.0})


def test_a_stranger_may_act_for_nothing():
    assert not (Roles().anything or Roles().member or Roles().manager)
    assert Roles(officer=True).anything
