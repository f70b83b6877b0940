"""Pure rules of the catalogue: loops, routings, windows, quantities."""

import itertools
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wadah.catalogue.rules import (
    Step,
    StepsError,
    find_loop,
    quantity_fault,
    routing_parts,
    windows_common,
    windows_overlap,
)

GRAPHS = st.dictionaries(st.integers(0, 7), st.lists(st.integers(0, 7), max_size=4), max_size=8)


def reaches(graph, start, goal):
    seen, stack = set(), list(graph.get(start, ()))
    while stack:
        here = stack.pop()
        if here == goal:
            return True
        if here not in seen:
            seen.add(here)
            stack.extend(graph.get(here, ()))
    return False


@given(GRAPHS)
def test_a_loop_is_found_exactly_where_some_part_reaches_itself(graph):
    loop = find_loop(graph)
    assert (loop is not None) == any(reaches(graph, key, key) for key in graph)
    if loop is not None:
        assert loop[0] == loop[-1]
        assert all(below in graph[above] for above, below in itertools.pairwise(loop))


def test_the_chain_of_a_loop_is_named_in_order():
    assert find_loop({"a": ["b"], "b": ["c"], "c": ["b"]}) == ("b", "c", "b")


def test_a_very_deep_bill_of_materials_is_searched_without_recursion():
    deep = {n: [n + 1] for n in range(20_000)}
    assert find_loop(deep) is None
    assert find_loop(deep | {20_000: [0]}) is not None


HEADED = Step("headed", "heading", Decimal("0.2"), Decimal(20))
ROLLED = Step("rolled", "rolling", Decimal("0.3"), Decimal(30))
PLATED = Step("plated", "plating", Decimal("0.1"), Decimal(60))


def test_a_step_that_another_workshop_could_do_becomes_a_part_of_its_own():
    chain = routing_parts("BOLT-M8", [HEADED, ROLLED, PLATED], [("WIRE", Decimal("0.02"))])
    assert [(part.code, part.bom) for part in chain] == [
        ("BOLT-M8/headed", (("WIRE", Decimal("0.02")),)),
        ("BOLT-M8/rolled", (("BOLT-M8/headed", Decimal(1)),)),
        ("BOLT-M8", (("BOLT-M8/rolled", Decimal(1)),)),
    ]


def test_steps_always_done_together_stay_in_one_part():
    together = Step("rolled", "rolling", Decimal("0.3"), Decimal(30), with_previous=True)
    chain = routing_parts("BOLT-M8", [HEADED, together, PLATED])
    assert [part.code for part in chain] == ["BOLT-M8/rolled", "BOLT-M8"]
    assert chain[0].skills == ("heading", "rolling")
    assert chain[0].main_skill == "rolling"
    assert chain[0].minutes_per_piece == Decimal("0.5")
    assert chain[0].setup_minutes == 50


@given(st.lists(st.tuples(st.decimals(0, 99, places=2), st.decimals(0, 99, places=1), st.booleans()), min_size=1))
def test_routing_into_parts_loses_no_minute_and_no_step(rows):
    steps = [
        Step(f"s{i}", "skill", minutes, setup, with_previous=together and i > 0)
        for i, (minutes, setup, together) in enumerate(rows)
    ]
    chain = routing_parts("P", steps)
    assert sum(part.minutes_per_piece for part in chain) == sum(step.minutes_per_piece for step in steps)
    assert sum(part.setup_minutes for part in chain) == sum(step.setup_minutes for step in steps)
    assert [name for part in chain for name in part.steps] == [step.name for step in steps]
    assert chain[-1].code == "P"


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([], "none"),
        ([Step("headed", "heading", Decimal(1), with_previous=True)], "first"),
        ([HEADED, HEADED], "name: 'headed'"),
        ([Step("hot/headed", "heading", Decimal(1))], "name: 'hot/headed'"),
    ],
)
def test_steps_that_do_not_hold_together_are_refused(steps, words):
    with pytest.raises(StepsError, match=words):
        routing_parts("BOLT-M8", steps)


JAN, MAR, JUN = date(2026, 1, 1), date(2026, 3, 1), date(2026, 6, 30)


def test_windows_that_share_one_day_overlap():
    assert windows_overlap((JAN, MAR), (MAR, None))
    assert not windows_overlap((JAN, MAR), (MAR + timedelta(days=1), None))


DAYS = st.dates(date(2026, 1, 1), date(2026, 2, 1))
WINDOWS = st.tuples(DAYS, st.none() | DAYS).filter(lambda window: window[1] is None or window[0] <= window[1])


@given(WINDOWS, WINDOWS, DAYS)
def test_a_day_lies_in_the_common_window_exactly_when_it_lies_in_both(one, other, day):
    def inside(window):
        return window[0] <= day and (window[1] is None or day <= window[1])

    assert any(map(inside, windows_common([one], [other]))) == (inside(one) and inside(other))


@pytest.mark.parametrize(
    ("quantity", "integer", "zero", "fault"),
    [
        (Decimal(3), True, False, None),
        (Decimal("3.5"), False, False, None),
        (Decimal("3.5"), True, False, "not_whole"),
        (Decimal(0), True, False, "not_positive"),
        (Decimal(0), True, True, None),
        (Decimal(-1), False, True, "not_positive"),
        (Decimal("NaN"), False, True, "not_positive"),
    ],
)
def test_a_quantity_is_positive_and_whole_where_pieces_are(quantity, integer, zero, fault):
    assert quantity_fault(quantity, integer=integer, zero=zero) == fault
