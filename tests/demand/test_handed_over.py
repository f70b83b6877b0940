"""Pieces that left for the buyer are no longer planned; more than was ordered never leaves."""

from datetime import timedelta
from decimal import Decimal

import pytest

from cast import MONDAY
from cast_orders import bracket_build
from wadah.base.errors import Refused
from wadah.demand.selectors import lines_handed_over, lines_to_plan
from wadah.demand.services import order_draft, order_line_add, order_line_hand_over, order_move
from wadah.plans.snapshot import problem_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(cast):
    world = bracket_build(cast)
    order = order_draft(buyer=world.buyer, cooperative=cast.cooperative, ordered_on=MONDAY)
    row = order_line_add(
        order=order, part=world.bolt, quantity=100, due_on=MONDAY + timedelta(days=20), short_cost_rupiah_piece=9
    )
    order_move(order=order, to="confirmed")
    return row


def handed(line, pieces):
    return order_line_hand_over(line=line, pieces=Decimal(pieces))


def test_the_plan_asks_for_the_rest_only(cast, line):
    handed(line, 30)
    problem = problem_of(cast.cooperative, MONDAY, 6).problem
    assert [order.quantity for order in problem.orders] == [70.0]


def test_a_line_that_left_whole_is_not_planned_and_counts_as_handed_over(cast, line):
    handed(line, 30)
    handed(line, 70)
    assert not lines_to_plan(cast.cooperative).exists()
    assert lines_handed_over(cast.cooperative) == {f"{line.order.number}/1"}


def test_what_came_back_is_owed_again(cast, line):
    handed(line, 100)
    assert handed(line, -5).outstanding == 5
    assert lines_to_plan(cast.cooperative).count() == 1


@pytest.mark.parametrize("pieces", [101, -1])
def test_more_than_was_ordered_or_less_than_nothing_is_refused(line, pieces):
    with pytest.raises(Refused, match=line.order.number):
        handed(line, pieces)
