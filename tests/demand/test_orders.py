"""Orders: what works, what each service refuses, who sees them."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from cast_orders import DUE, ORDERED, bracket_order
from wadah.base.errors import Conflict, Refused
from wadah.catalogue.services import stock_count
from wadah.demand.models import OrderLine
from wadah.demand.selectors import buyer_orders, cooperative_orders, lines_to_plan, order_explosion
from wadah.demand.services import order_draft, order_line_add, order_line_remove, order_move


def line(order, part, **columns):
    return order_line_add(
        **{"order": order, "part": part, "quantity": 5, "due_on": DUE, "short_cost_rupiah_piece": 9000} | columns
    )


def test_orders_are_numbered_by_year_without_a_gap(cast, world):
    numbers = [
        order_draft(buyer=world.buyer, cooperative=cast.cooperative, ordered_on=day).number
        for day in (ORDERED, ORDERED, date(2027, 1, 4))
    ]
    assert numbers == ["PO-2026-0001", "PO-2026-0002", "PO-2027-0001"]


def test_a_line_keeps_its_costs_and_its_number(cast, world):
    order = bracket_order(cast, world)
    second = line(order, world.bush, late_cost_rupiah_piece_week=None, short_cost_rupiah_piece=None)
    assert (second.line_no, second.late_cost_rupiah_piece_week, second.short_cost_rupiah_piece) == (2, None, None)
    assert order.lines.get(line_no=1).late_cost_rupiah_piece_week == 0


@pytest.mark.parametrize(
    "columns",
    [
        {"quantity": 0},
        {"quantity": -5},
        {"quantity": Decimal("1.5")},
        {"short_cost_rupiah_piece": -1},
        {"late_cost_rupiah_piece_week": -1},
        {"price_rupiah_piece": -1},
        {"earliest_on": date(2027, 3, 1)},
    ],
)
def test_a_line_out_of_range_is_refused(cast, world, columns):
    order = bracket_order(cast, world)
    with pytest.raises(Refused), transaction.atomic():
        line(order, world.bush, **columns)
    assert order.lines.count() == 1


def test_only_a_draft_can_be_changed(cast, world):
    order = bracket_order(cast, world)
    order_move(order=order, to="confirmed")
    with pytest.raises(Refused, match=order.number):
        line(order, world.bush)
    with pytest.raises(Refused, match=order.number):
        order_line_remove(line=order.lines.get())


def test_a_removed_line_leaves_the_others_their_numbers(cast, world):
    order = bracket_order(cast, world)
    second = line(order, world.bush)
    order_line_remove(line=order.lines.get(line_no=1))
    assert list(order.lines.all()) == [second]


def test_an_empty_order_cannot_be_confirmed(cast, world):
    with pytest.raises(Refused, match="no lines"):
        order_move(order=order_draft(buyer=world.buyer, cooperative=cast.cooperative), to="confirmed")


def test_a_step_that_somebody_else_took_first_is_a_conflict(cast, world):
    order = bracket_order(cast, world)
    order_move(order=order, to="cancelled")
    with pytest.raises(Conflict, match=order.number):
        order_move(order=order, to="confirmed")


def test_one_source_is_refused_for_a_part_that_goes_into_others(cast, world):
    with pytest.raises(Refused, match="goes into other parts"):
        line(bracket_order(cast, world), world.bush, single_source=True)


def test_one_source_is_refused_for_a_part_in_stock(cast, world):
    stock_count(cooperative=cast.cooperative, part=world.bracket, as_of=date(2026, 1, 1), quantity=3)
    order = order_draft(buyer=world.buyer, cooperative=cast.cooperative)
    with pytest.raises(Refused, match="stock"):
        line(order, world.bracket, single_source=True)


def test_lines_of_one_part_are_all_from_one_source_or_none(cast, world):
    order = bracket_order(cast, world)
    with pytest.raises(Refused, match="all be from one source"):
        line(order, world.bracket, single_source=True)


def test_only_confirmed_and_planned_orders_are_planned(cast, world):
    orders = [bracket_order(cast, world) for _ in range(4)]
    for order in orders[1:]:
        order_move(order=order, to="confirmed")
    order_move(order=orders[2], to="planned")
    order_move(order=orders[3], to="closed")
    assert [row.order for row in lines_to_plan(cast.cooperative)] == orders[1:3]


def test_a_buyer_sees_only_their_own_orders_and_another_cooperative_none(cast, world):
    order = bracket_order(cast, world)
    assert [row.number for row in buyer_orders(cast.buyer)] == [order.number]
    assert not buyer_orders(cast.rudi.user).exists()
    assert not cooperative_orders(cast.other_cooperative).exists()
    (row,) = cooperative_orders(cast.cooperative)
    assert (row.line_count, row.pieces, row.first_due) == (1, 500, DUE)


def test_the_bracket_order_is_exploded_into_bolts_bushes_plates_and_sheet(cast, world, django_assert_num_queries):
    order = bracket_order(cast, world)
    with django_assert_num_queries(3):
        explosion = order_explosion(order)
    needs = {code: need.gross for code, need in explosion.requirements.items()}
    assert needs == {
        "BRACKET": 500,
        "BOLT-M8": 1000,
        "BOLT-M8/headed": 1000,
        "BUSH": 1000,
        "PLATE": 500,
        "SHEET": 90,
    }
    assert (explosion.requirements["SHEET"].packs, explosion.requirements["SHEET"].buy) == (4, 100)
    assert explosion.parts["SHEET"].unit == "kg"


def test_the_reason_for_buying_is_told_in_the_readers_language(cast, world):
    order = bracket_order(cast, world)
    for language, reason in (("id", "tak ada anggota yang menggiling baja"), ("en", "no member rolls steel")):
        with translation.override(language):
            assert [row.reason for row in order_explosion(order).rows if row.code == "SHEET"] == [reason]


def test_lines_of_the_same_part_are_added_up(cast, world):
    order = bracket_order(cast, world)
    line(order, world.bracket, quantity=100, due_on=date(2027, 3, 5))
    assert order_explosion(order).requirements["BUSH"].gross == 1200


def test_the_database_itself_refuses_a_line_number_twice(cast, world):
    order = bracket_order(cast, world)
    with pytest.raises(IntegrityError), transaction.atomic():
        OrderLine.objects.create(order=order, line_no=1, part=world.bush, quantity=1, due_on=DUE)
