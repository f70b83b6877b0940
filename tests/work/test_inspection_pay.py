"""Only accepted pieces pay: W7 of docs/work.md."""

from datetime import timedelta
from decimal import Decimal

import pytest
from quality import bolt_make, inspect, lot_make, work_order

from cast import cast_build
from wadah.base.clock import today
from wadah.work.models import Lot
from wadah.work.selectors.pay import accepted_pieces, pay_of, pays_of
from wadah.work.services.disposition import rejected_accept, rejected_rework, rework_back
from wadah.work.services.lots import lot_split
from wadah.work.services.moves import lot_move

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return cast_build()


@pytest.fixture
def bolt(cast):
    return bolt_make(cast)


def pay(lot):
    return pay_of(Lot.objects.get(pk=lot.pk).work_order)


def test_what_waits_pays_nothing_and_says_why(cast, bolt):
    found = pay(lot_make(cast, bolt, 1_000))
    assert (found.accepted, found.rupiah) == (0, 0)
    assert [pieces for pieces, _words in found.why_not] == [1_000]


def test_accepted_pieces_pay_each_with_set_up_and_trip_once(cast, bolt):
    lot = lot_make(cast, bolt, 1_000, material_by="member", material_rupiah_piece=50)
    inspect(cast, lot, major=2)
    found = pay(lot)
    assert (found.accepted, found.piece_rupiah, found.once_rupiah) == (998, 998 * 850, 15_000)
    assert [pieces for pieces, _words in found.why_not] == [2]


def test_a_rejected_lot_pays_nothing_until_it_is_mended(cast, bolt):
    lot = lot_make(cast, bolt, 1_000)
    inspect(cast, lot, major=3)
    assert pay(lot).rupiah == 0
    due = today() + timedelta(days=3)
    row = rejected_rework(lot=lot, pieces=Decimal(1_000), reason="ulir", due_on=due, by=cast.manager)
    rework_back(rework=row, mended=Decimal(990), spoilt=Decimal(10), by=cast.manager)
    inspect(cast, lot)
    found = pay(lot)
    assert (found.accepted, found.piece_rupiah) == (990, 990 * 800)
    assert [pieces for pieces, _words in found.why_not] == [10]


def test_a_concession_counts_and_what_a_buyer_sends_back_is_taken_off(cast, bolt):
    lot = lot_make(cast, bolt, 1_000)
    inspect(cast, lot, major=3)
    rejected_accept(lot=lot, pieces=Decimal(500), allowed_by="QA", reason="goresan", by=cast.manager)
    lot_move(lot=lot, kind="ship", source="accepted", target="shipped", pieces=Decimal(500))
    assert pay(lot).accepted == 500
    lot_move(lot=lot, kind="ship_back", source="shipped", target="rejected", pieces=Decimal(30))
    assert pay(lot).accepted == 470


def test_split_lots_pay_each_piece_once(cast, bolt):
    lot = lot_make(cast, bolt, 1_000)
    child = lot_split(lot=lot, pieces=Decimal(400), source="waiting", by=cast.manager)
    inspect(cast, lot)
    inspect(cast, child)
    again = lot_split(lot=lot, pieces=Decimal(100), source="accepted", by=cast.manager)
    assert again.accepted == 100
    assert pay(lot).accepted == 1_000


def test_unfinished_work_is_told_apart(cast, bolt):
    row = work_order(cast, bolt, 100)
    row.handed_over = 60
    row.save()
    assert [pieces for pieces, _words in pay_of(row).why_not] == [40]


def test_many_work_orders_take_two_queries(cast, bolt, django_assert_num_queries):
    lots = [lot_make(cast, bolt, 10) for _ in range(5)]
    for lot in lots:
        inspect(cast, lot)
    orders = [lot.work_order for lot in lots]
    with django_assert_num_queries(2):
        assert {found.accepted for found in pays_of(orders).values()} == {10}
    assert accepted_pieces([0]) == {0: 0}
