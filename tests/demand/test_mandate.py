"""The mandate: heads in, order lines and coverage out."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from wadah.base.errors import Refused
from wadah.catalogue.services import part_put
from wadah.demand.models import Institution, Order
from wadah.demand.selectors import mandate_duty
from wadah.demand.services import (
    buyer_put,
    headcount_record,
    institution_put,
    mandate_order_create,
    mandate_phase_put,
    mandate_rule_put,
    order_line_add,
    order_move,
)
from wadah.register.services import area_put

JANUARY = date(2027, 1, 1)


@pytest.fixture
def cloth(cast):
    return part_put(code="CLOTH", name="Kain batik", subsector=cast.subsector)


@pytest.fixture
def pupils(cast):
    """100 pupils of Bekasi Jaya (60 SD, 40 SMP) and 20 of Margahayu (SD): 0.5 buy."""
    margahayu = area_put(code="32.75.01.1002", name="Margahayu", kind="kelurahan", parent=cast.kecamatan)
    for code, area, level, heads in (
        ("A", cast.kelurahan, "sd", 60),
        ("B", cast.kelurahan, "smp", 40),
        ("C", margahayu, "sd", 20),
    ):
        school = institution_put(code=code, name=f"Sekolah {code}", kind="aggregate", level=level, area=area, count=3)
        headcount_record(institution=school, group="pupils", heads=999, as_of=date(2020, 1, 1))
        headcount_record(institution=school, group="pupils", heads=heads, as_of=date(2025, 12, 1), source="Dapodik")
    rule = mandate_rule_put(
        code="pupils",
        name="Batik pelajar",
        valid_from=date(2015, 1, 1),
        applies_to_kind="school",
        applies_to_group="pupils",
        pieces_per_head_year=Decimal(1),
        obligation=False,
    )
    mandate_phase_put(rule=rule, valid_from=date(2026, 1, 1), compliance=Decimal("0.5"), assumption="separuh membeli")
    return rule


@pytest.fixture
def order_of(cast, cloth):
    buyer = buyer_put(name="Sekolah se-kota (simulasi)", market="local", kind="school", simulated=True)

    def create(*rules, **columns):
        facts = {"cooperative": cast.cooperative, "buyer": buyer, "part": cloth, "short_cost_rupiah_piece": 50_000}
        return mandate_order_create(rules=rules, **facts | {"year": 2027} | columns)

    return create


def pieces(order, **where):
    return sum(line.quantity for line in order.lines.filter(**where))


def test_a_year_of_the_mandate_is_ordered_by_area_and_month(pupils, order_of, cast):
    order = order_of(pupils)
    assert pieces(order) == 60
    assert pieces(order, area=cast.kelurahan) == 50
    assert pieces(order, due_on=date(2027, 2, 28)) == 6  # 50 give 5 and 5, then 4 a month; 10 give 1 for ten months
    assert pieces(order, due_on=date(2027, 12, 31)) == 4
    assert order.simulated
    assert [line.line_no for line in order.lines.all()] == list(range(1, order.lines.count() + 1))


def test_months_bring_their_own_part_of_the_same_year(pupils, order_of):
    halves = [pieces(order_of(pupils, months=months)) for months in (range(1, 7), range(7, 13))]
    assert sum(halves) == 60


@pytest.mark.parametrize(("by", "cells"), [("area", 2), ("district", 1), ("level", 2)])
def test_cells_may_be_areas_districts_or_levels(pupils, order_of, by, cells):
    order = order_of(pupils, split_by=by)
    assert pieces(order) == 60
    assert len({(line.area_id, line.level) for line in order.lines.all()}) == cells


def test_an_obligation_is_no_simulation(pupils, order_of, cast):
    office = institution_put(code="K", name="Kantor", kind="aggregate", level="office", area=cast.city, count=42)
    headcount_record(institution=office, group="employees", heads=120, as_of=date(2017, 1, 1))
    rule = mandate_rule_put(
        code="offices",
        name="Batik pegawai",
        valid_from=date(2024, 8, 20),
        applies_to_kind="office",
        applies_to_group="employees",
        pieces_per_head_year=Decimal("0.5"),
        obligation=True,
    )
    mandate_phase_put(rule=rule, valid_from=date(2024, 8, 20), compliance=Decimal(1), assumption="wajib")
    assert not order_of(rule).simulated
    assert pieces(order_of(pupils, rule)) == 120


def test_what_cannot_be_ordered_is_refused(pupils, order_of, cast):
    metre = part_put(code="BY-METRE", name="Kain meteran", unit="metre", integer=False, subsector=cast.subsector)
    for columns in (
        {"part": metre},
        {"months": [13]},
        {"months": []},
        {"year": 2014},
        {"short_cost_rupiah_piece": -1},
    ):
        with pytest.raises(Refused), transaction.atomic():
            order_of(pupils, **columns)
    assert not Order.objects.exists()


def test_a_rule_without_a_phase_is_refused(pupils, order_of):
    pupils.phases.all().delete()
    with pytest.raises(Refused, match="Batik pelajar"):
        order_of(pupils)


def test_duty_and_orders_stand_side_by_side(pupils, order_of):
    order = order_of(pupils, months=[1, 2, 3])
    assert [row.ordered_pieces for row in mandate_duty(2027)] == [0, 0]
    order_move(order=order, to="confirmed")
    rows = {row.cell.name: row for row in mandate_duty(2027)}
    jaya = rows["Bekasi Jaya"]
    assert (jaya.heads, jaya.duty_pieces, jaya.expected_pieces) == (100, 100, 50)
    assert sum(row.ordered_pieces for row in rows.values()) == pieces(order)
    assert [(row.cell.key, row.heads) for row in mandate_duty(2027, "level") if row.cell] == [("sd", 80), ("smp", 40)]
    assert [(row.cell.key, row.heads) for row in mandate_duty(2027, "district")] == [("32.75.01", 120)]


def test_what_is_ordered_without_a_level_is_shown_as_not_told_apart(pupils, order_of):
    order = order_of(pupils)
    order_move(order=order, to="confirmed")
    last = mandate_duty(2027, "level")[-1]
    assert (last.cell, last.heads, last.ordered_pieces) == (None, 0, 60)


def test_reading_the_duty_takes_the_same_queries_for_any_number_of_areas(pupils, cast, django_assert_num_queries):
    def more(number):
        area = area_put(code=f"32.75.01.{number}", name=f"Kelurahan {number}", kind="kelurahan", parent=cast.kecamatan)
        school = institution_put(code=f"S{number}", name="Sekolah", kind="school", level="sd", area=area)
        headcount_record(institution=school, group="pupils", heads=10, as_of=date(2026, 1, 1))

    for number in range(1100, 1105):
        more(number)
    with django_assert_num_queries(7):
        assert len(mandate_duty(2027)) == 7


@pytest.mark.parametrize("compliance", [Decimal("-0.1"), Decimal("1.1")])
def test_compliance_is_a_share(pupils, compliance):
    with pytest.raises(Refused):
        mandate_phase_put(rule=pupils, valid_from=JANUARY, compliance=compliance, assumption="tak mungkin")


def test_a_phase_needs_its_assumption(pupils):
    with pytest.raises(Refused):
        mandate_phase_put(rule=pupils, valid_from=JANUARY, compliance=Decimal(1), assumption="")


def test_a_school_has_a_level_of_school_and_an_office_none(cast):
    for kind, level in (("school", "office"), ("office", "sd")):
        with pytest.raises(Refused):
            institution_put(code="X", name="X", kind=kind, level=level, area=cast.kelurahan)
        with pytest.raises(IntegrityError), transaction.atomic():
            Institution.objects.create(code="X", name="X", kind=kind, level=level, area=cast.kelurahan)


def test_lines_of_the_mandate_agree_on_one_source_with_those_that_stand(pupils, order_of, cloth):
    first = order_of(pupils, single_source=True)
    with pytest.raises(Refused, match="all be from one source"), transaction.atomic():
        order_line_add(order=first, part=cloth, quantity=1, due_on=JANUARY, short_cost_rupiah_piece=0)
    with pytest.raises(Refused, match="all be from one source"), transaction.atomic():
        order_of(pupils)
