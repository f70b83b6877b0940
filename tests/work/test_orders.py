"""A work order is born once, with a number and its hours; what is given up goes back, with its hours: W3, W5."""

from datetime import timedelta
from decimal import Decimal

import pytest

from cast_work import order_open, week, work_build
from wadah.base.clock import today
from wadah.base.errors import Refused
from wadah.base.history import history_of
from wadah.plans.models import CapacityBucket, Commitment
from wadah.work.models import WorkOrder

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return work_build()


def test_a_work_order_by_hand_has_a_number_its_rate_and_its_hours(world):
    row = order_open(world, world.bracket.bolt, world.cast.sari, week_start=week(1) + timedelta(days=2))
    assert row.number == f"SPK-{today().year}-0001"
    assert (row.week_start, row.due_on) == (week(1), week(1) + timedelta(days=5))
    assert row.pay_rupiah_piece == 350
    promise = Commitment.objects.get()
    assert (promise.pieces, promise.week_start) == (100, week(1))
    assert CapacityBucket.objects.get().promised_minutes == promise.minutes
    assert history_of(row).get().reason == "Disepakati lewat telepon"


def test_numbers_follow_each_other(world):
    rows = [order_open(world, world.bracket.bolt, world.cast.sari, 10) for _ in range(3)]
    assert [row.number[-4:] for row in rows] == ["0001", "0002", "0003"]


def test_a_trial_lot_is_no_commitment(world):
    order_open(world, world.bracket.bolt, world.cast.sari, 10, kind="trial")
    assert not Commitment.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"pieces": 0}, "pieces"),
        ({"week_start": week(-1)}, "week_start"),
        ({"kind": "service"}, "line"),
    ],
)
def test_work_by_hand_is_refused_in_words(world, wrong, field):
    with pytest.raises(Refused) as refused:
        order_open(world, world.bracket.bolt, world.cast.sari, **wrong)
    assert refused.value.field == field
    assert not WorkOrder.objects.exists()


def test_hours_that_are_not_there_are_not_promised(world):
    with pytest.raises(Refused) as refused:
        order_open(world, world.bracket.bolt, world.cast.sari, 1_000_000, week_start=week(1), beyond_hours=False)
    assert refused.value.field == "pieces"
    assert not WorkOrder.objects.exists()


def test_half_a_bolt_is_no_bolt(world):
    with pytest.raises(Refused):
        order_open(world, world.bracket.bolt, world.cast.sari, Decimal("1.5"))
