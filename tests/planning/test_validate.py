"""Every range and rule of docs/model.md §13: what is refused, where it is said to be, and what is let through."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, datetime

import pytest

from planning.rich import PROBLEM
from wadah.planning.errors import MOST_FAULTS, Fault, ProblemError
from wadah.planning.problem import Calendar, Capability, Lot, Order, Part, Problem, Workshop, warnings


def faults_of(**changes) -> list[Fault]:
    with pytest.raises(ProblemError) as caught:
        replace(PROBLEM, **changes)
    return caught.value.faults


def changed(table: str, row: int, **fields) -> dict[str, tuple]:
    rows = list(getattr(PROBLEM, table))
    rows[row] = replace(rows[row], **fields)
    return {table: tuple(rows)}


def told(fault: Fault) -> tuple:
    return fault.code, fault.table, fault.row, fault.field


WRONG_VALUES = [
    ("parts", 1, "id", "", "empty"),
    ("parts", 1, "id", "  ", "empty"),
    ("parts", 4, "id", 7, "not_text"),
    ("parts", 4, "id", "FILM\x00", "unstorable"),
    ("parts", 4, "id", "\ud800", "unstorable"),
    ("parts", 1, "integer", 1, "not_flag"),
    ("parts", 0, "lead_time", -1, "too_small"),
    ("parts", 0, "lead_time", 1.5, "not_whole"),
    ("parts", 0, "lead_time", True, "not_number"),
    ("parts", 0, "holding_cost", -0.01, "too_small"),
    ("parts", 0, "holding_cost", "12", "not_number"),
    ("parts", 1, "stock", math.nan, "not_finite"),
    ("parts", 1, "stock", 10**400, "not_finite"),
    ("parts", 2, "shelf_life", -1, "too_small"),
    ("parts", 0, "max_share", 0.0, "too_low"),
    ("parts", 0, "max_share", 1.01, "too_large"),
    ("parts", 0, "min_sources", 0, "too_small"),
    ("parts", 0, "min_sources", None, "null"),
    ("parts", 0, "bom", (("BOLT", 0.0),), "too_low"),
    ("parts", 0, "bom", (("BOLT", math.inf),), "not_finite"),
    ("parts", 0, "bom", (("BOLT",),), "not_bom"),
    ("parts", 0, "bom", "BOLT", "not_bom"),
    ("parts", 0, "bom", (("NUT", 1.0),), "unknown_id"),
    ("workshops", 1, "hours", (40.0,) * 3, "series_length"),
    ("workshops", 1, "hours", (40.0, 40.0, -1.0, 40.0), "too_small"),
    ("workshops", 1, "hours", (40.0, 40.0, True, 40.0), "not_number"),
    ("workshops", 1, "hours", 40.0, "not_series"),
    ("workshops", 1, "overtime_hours", (8.0,) * 5, "series_length"),
    ("workshops", 1, "overtime_hours", None, "null"),
    ("workshops", 1, "overtime_cost", -1.0, "too_small"),
    ("workshops", 1, "engage_cost", -1.0, "too_small"),
    ("workshops", 1, "target_hours", -1.0, "too_small"),
    ("workshops", 1, "below_target_cost", math.inf, "not_finite"),
    ("capabilities", 3, "part", "NUT", "unknown_id"),
    ("capabilities", 3, "workshop", "RUDI", "unknown_id"),
    ("capabilities", 3, "hours_per_unit", -0.1, "too_small"),
    ("capabilities", 3, "setup_hours", -0.1, "too_small"),
    ("capabilities", 3, "setup_cost", -0.1, "too_small"),
    ("capabilities", 3, "cost_per_unit", -0.1, "too_small"),
    ("capabilities", 3, "min_lot", -1.0, "too_small"),
    ("capabilities", 3, "max_per_period", (-1.0,) * 4, "too_small"),
    ("capabilities", 3, "yield_rate", 0.0, "too_low"),
    ("capabilities", 3, "yield_rate", 1.0001, "too_large"),
    ("orders", 0, "part", "NUT", "unknown_id"),
    ("orders", 0, "quantity", -1.0, "too_small"),
    ("orders", 0, "quantity", 20.5, "quantity_not_whole"),
    ("orders", 0, "due", 2.5, "not_whole"),
    ("orders", 0, "due", None, "null"),
    ("orders", 0, "due", 10**17, "too_large"),
    ("orders", 0, "earliest", -1, "too_small"),
    ("orders", 0, "late_cost", -1.0, "too_small"),
    ("orders", 0, "short_cost", math.nan, "not_finite"),
    ("orders", 0, "partial", "yes", "not_flag"),
    ("orders", 0, "single_source", 0, "not_flag"),
    ("committed", 0, "part", "NUT", "unknown_id"),
    ("committed", 0, "period", 4, "too_large"),
    ("committed", 0, "period", -1, "too_small"),
    ("committed", 0, "quantity", -1.0, "too_small"),
    ("previous", 1, "workshop", "RUDI", "unknown_id"),
    ("previous", 1, "period", 1.5, "not_whole"),
]


@pytest.mark.parametrize(("table", "row", "field", "value", "code"), WRONG_VALUES)
def test_a_wrong_value_is_named_with_its_list_row_and_column(table, row, field, value, code):
    found = faults_of(**changed(table, row, **{field: value}))
    name = "yield" if field == "yield_rate" else field
    assert (code, table, row, name) in map(told, found)


CALENDARS = [
    (Calendar(date(2026, 12, 7), 0), "too_small", "periods"),
    (Calendar(date(2026, 12, 7), 10_001), "too_large", "periods"),
    (Calendar(date(2026, 12, 7), True), "not_number", "periods"),
    (Calendar("2026-12-07", 4), "not_date", "start"),
    (Calendar(datetime(2026, 12, 7), 4), "not_date", "start"),  # noqa: DTZ001 - what is refused
    (Calendar(date(2026, 12, 7), 4, ""), "empty", "period"),
]


@pytest.mark.parametrize(("calendar", "code", "field"), CALENDARS)
def test_a_calendar_has_a_date_and_at_least_one_period(calendar, code, field):
    assert (code, "calendar", 0, field) in map(told, faults_of(calendar=calendar))


def test_the_change_cost_is_not_negative():
    assert [fault.code for fault in faults_of(change_cost=-1.0)] == ["too_small"]


def test_a_wrong_number_of_periods_is_not_blamed_on_every_workshop():
    assert {fault.table for fault in faults_of(calendar=Calendar(date(2026, 12, 7), 0))} == {"calendar"}


@pytest.mark.parametrize("table", ["parts", "workshops", "orders"])
def test_an_id_is_used_once(table):
    rows = getattr(PROBLEM, table)
    found = faults_of(**{table: (*rows, rows[0])})
    assert [told(fault) for fault in found] == [("duplicate_id", table, len(rows), "id")]


def test_a_part_and_a_workshop_make_one_capability():
    rows = PROBLEM.capabilities
    found = faults_of(capabilities=(*rows, replace(rows[0], cost_per_unit=1.0)))
    assert [told(fault) for fault in found] == [("duplicate_pair", "capabilities", 7, "workshop")]


def test_a_looping_bill_of_materials_is_named_as_a_chain():
    parts = (Part("A", bom=(("B", 1.0),)), Part("B", bom=(("C", 1.0),)), Part("C", bom=(("A", 1.0),)), Part("D"))
    with pytest.raises(ProblemError) as caught:
        Problem(Calendar(date(2026, 12, 7), 1), parts=parts)
    assert [(fault.code, fault.row, fault.value) for fault in caught.value.faults] == [("bom_loop", 0, "A → B → C → A")]


def test_a_part_is_not_its_own_component():
    with pytest.raises(ProblemError) as caught:
        Problem(Calendar(date(2026, 12, 7), 1), parts=(Part("A"), Part("B", bom=(("B", 1.0),))))
    assert [(fault.row, fault.value) for fault in caught.value.faults] == [(1, "B → B")]


def test_a_component_of_two_parts_is_no_loop_however_deep():
    deep = [Part(f"P{i}", bom=((f"P{i + 1}", 1.0), (f"P{i + 2}", 1.0))) for i in range(5000)]
    Problem(Calendar(date(2026, 12, 7), 1), parts=(*deep, Part("P5000"), Part("P5001")))


def test_every_order_of_a_single_source_part_is_single_source():
    found = faults_of(**changed("orders", 4, single_source=False))
    assert [told(fault) for fault in found] == [("single_source_mixed", "orders", 4, "single_source")]


def test_the_part_of_a_single_source_order_has_no_stock():
    found = faults_of(**changed("parts", 3, stock=1.0))
    assert [told(fault) for fault in found] == [("single_source_stock", "parts", 3, "stock")]


def test_the_part_of_a_single_source_order_is_no_component():
    found = faults_of(**changed("parts", 4, bom=(("BATIK", 1.0),)))
    assert [told(fault) for fault in found] == [("single_source_component", "parts", 4, "bom")]


def test_all_faults_are_told_at_once():
    changes = changed("parts", 0, max_share=2.0) | changed("orders", 0, due=None) | {"change_cost": math.nan}
    assert {fault.code for fault in faults_of(**changes)} == {"too_large", "null", "not_finite"}


def test_no_more_faults_are_told_than_anyone_reads():
    with pytest.raises(ProblemError) as caught:
        Problem(Calendar(date(2026, 12, 7), 1), parts=tuple(Part("") for _ in range(1000)))
    assert len(caught.value.faults) == MOST_FAULTS


def test_the_edges_of_every_range_are_let_through():
    calendar = Calendar(date(2026, 12, 7), 1, "day")
    parts = (Part("A", max_share=1.0, shelf_life=0, bom=(("B", 0.001), ("B", 1.0))), Part("B", integer=False))
    shop = Workshop("W", (0.0,), (0.0,))
    able = Capability("A", "W", 0.0, max_per_period=(0.0,), yield_rate=1e-9)
    orders = (Order("1", "A", 0.0, -5, None, late_cost=None), Order("2", "B", 0.5, 99, 0.0, earliest=50))
    lots = (Lot("B", "W", 0, 0.0), Lot("B", "W", 0, 0.0))
    problem = Problem(calendar, parts, (shop,), (able,), orders, lots, lots)
    assert problem.capabilities_of == {"A": (able,)}


def test_an_empty_problem_is_a_problem():
    assert Problem(Calendar(date(2026, 12, 7), 1)).periods == 1


def test_a_target_dearer_than_an_hour_of_work_warns_of_idle_making():
    shop = replace(PROBLEM.workshops[0], below_target_cost=10.01)  # a bolt takes half an hour and costs 5
    found = warnings(replace(PROBLEM, workshops=(shop, *PROBLEM.workshops[1:])))
    assert [(told(fault), fault.value) for fault in found] == [
        (("idle_making", "workshops", 0, "below_target_cost"), 10.01)
    ]
    assert warnings(PROBLEM) == ()
