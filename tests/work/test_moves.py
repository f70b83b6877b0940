"""Pieces move and none is lost: W1 and W2 of docs/work.md."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from cast import MONDAY
from wadah.base.clock import today
from wadah.base.errors import Refused
from wadah.catalogue.models import Part
from wadah.catalogue.selectors import stock_on
from wadah.catalogue.services import stock_count
from wadah.work.models import Lot, LotMove
from wadah.work.services.moves import lot_born, lot_move, stock_follow
from wadah.work.words import Bucket, MoveKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def bolt(cast):
    return Part.objects.create(code="BAUT-M8", name="Baut M8", subsector=cast.subsector)


def born(cast, part, quantity=100, **more):
    return lot_born(
        cooperative=cast.cooperative, part=part, origin="bought", quantity=Decimal(quantity), by=cast.manager, **more
    )


def move(lot, source, target, pieces, kind=MoveKind.ACCEPT):
    return lot_move(lot=lot, kind=kind, source=source, target=target, pieces=Decimal(pieces))


def tomorrow(cast, part):
    return stock_on(cooperative=cast.cooperative, on=today() + timedelta(days=1)).get(part.pk, 0)


def test_a_lot_is_born_with_a_number_and_a_first_move(cast, bolt):
    lot = born(cast, bolt)
    assert lot.number == f"LOT-{today().year}-0001"
    assert list(LotMove.objects.values_list("from_bucket", "to_bucket", "pieces")) == [("", "waiting", 100)]


def test_moving_keeps_every_piece_and_writes_it_down(cast, bolt):
    lot = born(cast, bolt)
    move(lot, Bucket.WAITING, Bucket.ACCEPTED, 60)
    move(lot, Bucket.WAITING, Bucket.REJECTED, 40, MoveKind.REJECT)
    lot.refresh_from_db()
    assert (lot.waiting, lot.accepted, lot.rejected) == (0, 60, 40)
    assert LotMove.objects.count() == 3
    assert tomorrow(cast, bolt) == 60


def test_more_than_is_there_is_refused_and_nothing_moves(cast, bolt):
    lot = born(cast, bolt)
    with pytest.raises(Refused, match="LOT-"):
        move(lot, Bucket.WAITING, Bucket.ACCEPTED, 101)
    lot.refresh_from_db()
    assert lot.waiting == 100
    assert LotMove.objects.count() == 1


def test_half_a_bolt_is_refused(cast, bolt):
    with pytest.raises(Refused, match="utuh"):
        move(born(cast, bolt), Bucket.WAITING, Bucket.ACCEPTED, "0.5")


@pytest.mark.parametrize("wrong", [{"waiting": 99}, {"waiting": 101}, {"waiting": 110, "accepted": -10}])
def test_the_database_refuses_pieces_out_of_nothing(cast, bolt, wrong):
    lot = born(cast, bolt)
    with pytest.raises(IntegrityError), transaction.atomic():
        Lot.objects.filter(pk=lot.pk).update(**wrong)


def test_what_was_counted_before_the_first_lot_becomes_a_lot(cast, bolt):
    stock_count(cooperative=cast.cooperative, part=bolt, as_of=MONDAY - timedelta(days=7), quantity=25)
    lot = born(cast, bolt)
    move(lot, Bucket.WAITING, Bucket.ACCEPTED, 10)
    assert Lot.objects.get(origin="counted").accepted == 25
    assert tomorrow(cast, bolt) == 35


def test_fractions_add_up(cast):
    wool = Part.objects.create(
        code="DAKRON", name="Dakron", unit="kg", integer=False, subsector=cast.subsector, supply="bought"
    )
    lot = born(cast, wool, "0.3")
    for _ in range(3):
        move(lot, Bucket.WAITING, Bucket.ACCEPTED, "0.1")
    lot.refresh_from_db()
    assert (lot.waiting, lot.accepted) == (0, Decimal("0.3"))


def test_a_stock_that_fell_behind_is_counted_again(cast, bolt):
    born(cast, bolt, 60, bucket=Bucket.ACCEPTED)
    stock_count(cooperative=cast.cooperative, part=bolt, as_of=today() + timedelta(days=1), quantity=Decimal(20))
    assert [stock_follow(), stock_follow()] == [1, 0]
    assert tomorrow(cast, bolt) == 60
