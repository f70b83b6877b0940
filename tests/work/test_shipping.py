"""From the hub to the buyer's signature and back again: W8, W9 and W10 of docs/work.md."""

from datetime import timedelta
from decimal import Decimal

import pytest

from cast import cast_build
from cast_shipping import accepted_lot, shipping_build
from wadah.base.clock import today
from wadah.base.errors import Conflict, Refused
from wadah.demand.models import Order
from wadah.work.models import LotMove
from wadah.work.services.receipts import (
    Told,
    claim_decide,
    claim_make,
    claim_settle,
    claim_take_back,
    shipment_receive,
)
from wadah.work.services.shipping import (
    shipment_cancel,
    shipment_open,
    shipment_pick,
    shipment_pick_all,
    shipment_send,
    shipment_unpick,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return shipping_build(cast_build())


def opened(world):
    return shipment_open(order=world.order, by=world.cast.manager)


def pick(world, shipment, lot, pieces, **more):
    return shipment_pick(shipment=shipment, line=world.line, lot=lot, pieces=Decimal(pieces), **more)


def sent(world, *pieces):
    """A shipment on the way, one line a lot."""
    shipment = opened(world)
    lines = [pick(world, shipment, accepted_lot(world, count), count) for count in pieces]
    return shipment_send(shipment=shipment, driver="Pak Udin", vehicle="B 1234 KCD"), lines


def received(shipment, told=None):
    return shipment_receive(shipment=shipment, received_by="Mr Tanaka", told=told or {})


def fresh(*rows):
    for row in rows:
        row.refresh_from_db()
    return rows if len(rows) > 1 else rows[0]


# ---- picking


def test_picked_pieces_leave_the_stock_and_the_line_at_once(world):
    lot = accepted_lot(world, 80)
    pick(world, opened(world), lot, 30)
    lot, line = fresh(lot, world.line)
    assert (lot.accepted, lot.shipped, line.outstanding) == (50, 30, 70)


def test_an_order_has_one_draft_at_a_time(world):
    assert opened(world) == opened(world)


def test_more_than_the_lot_holds_or_the_line_takes_is_refused(world):
    shipment, lot = opened(world), accepted_lot(world, 150)
    with pytest.raises(Refused, match=world.order.number):
        pick(world, shipment, lot, 101)
    small = accepted_lot(world, 5)
    with pytest.raises(Refused, match=small.number):
        pick(world, shipment, small, 6)


def test_what_perishes_first_goes_first_and_what_has_perished_stays(world):
    day = today()
    late, soon, gone = (accepted_lot(world, 60, expires_on=day + timedelta(days=days)) for days in (30, 5, -1))
    shipment_pick_all(shipment=opened(world))
    late, soon, gone = fresh(late, soon, gone)
    assert (soon.shipped, late.shipped, gone.shipped) == (60, 40, 0)
    with pytest.raises(Refused, match=gone.number):
        pick(world, opened(world), gone, 1)


def test_taking_out_and_cancelling_put_everything_back(world):
    lot, shipment = accepted_lot(world, 80), opened(world)
    row = pick(world, shipment, lot, 30)
    pick(world, shipment, lot, 20, box=2)
    shipment_unpick(row=row)
    assert fresh(lot).accepted == 60
    with pytest.raises(Refused):
        shipment_cancel(shipment=shipment, reason=" ")
    shipment_cancel(shipment=shipment, reason="truk rusak")
    lot, line = fresh(lot, world.line)
    assert (lot.accepted, lot.shipped, line.outstanding) == (80, 0, 100)
    with pytest.raises(Conflict, match=shipment.number):
        pick(world, shipment, lot, 1)


def test_a_line_that_may_not_come_in_parts_leaves_whole_or_not_at_all():
    world = shipping_build(cast_build(), partial=False)
    lot, shipment = accepted_lot(world, 99), opened(world)
    assert shipment_pick_all(shipment=shipment) == []
    pick(world, shipment, lot, 99)
    with pytest.raises(Refused, match="100"):
        shipment_send(shipment=shipment)
    pick(world, shipment, accepted_lot(world, 1), 1)
    assert shipment_send(shipment=shipment).status == "sent"


def test_an_empty_shipment_does_not_leave_and_a_draft_order_ships_nothing(world):
    with pytest.raises(Refused):
        shipment_send(shipment=opened(world))
    Order.objects.filter(pk=world.order.pk).update(status="draft")
    with pytest.raises(Refused, match=world.order.number):
        shipment_open(order=world.order)


# ---- signing for it


def test_a_shipment_signed_for_whole_closes_its_order(world):
    shipment, _lines = sent(world, 60, 40)
    receipt = received(shipment)
    assert receipt.number.startswith("BAST-")
    assert fresh(world.order).status == "closed"
    with pytest.raises(Conflict, match=shipment.number):
        received(shipment)


def test_what_is_refused_or_missing_is_owed_again(world):
    shipment, (line, other) = sent(world, 60, 40)
    received(shipment, {line.pk: Told(Decimal(50), Decimal(7), Decimal(3))})
    lot = fresh(line).lot
    assert (fresh(lot).shipped, lot.rejected, lot.scrapped) == (50, 7, 3)
    assert fresh(other).received == 40
    assert fresh(world.line).outstanding == 10
    assert fresh(world.order).status == "confirmed"


@pytest.mark.parametrize("told", [Told(Decimal(59)), Told(Decimal(61)), Told(Decimal(61), Decimal(-1))])
def test_what_is_told_must_account_for_every_piece(world, told):
    shipment, (line,) = sent(world, 60)
    with pytest.raises(Refused):
        received(shipment, {line.pk: told})
    assert fresh(shipment).status == "sent"


def test_nobody_signs_without_a_name_or_before_it_left(world):
    shipment, _ = sent(world, 60)
    with pytest.raises(Refused):
        shipment_receive(shipment=shipment, received_by=" ", told={})
    with pytest.raises(Conflict):
        received(opened(world))


# ---- claims


def claimed(line, pieces=10):
    return claim_make(line=line, kind="defect", pieces=Decimal(pieces), note="ulir rusak")


def test_claimed_pieces_find_their_way_back_to_the_lot(world):
    shipment, (line,) = sent(world, 100)
    received(shipment)
    claim = claim_decide(claim=claimed(line), accept=True, answer="kami ganti", replace=True)
    assert fresh(world.order).status == "confirmed"
    assert fresh(world.line).outstanding == 10
    claim_take_back(claim=claim, pieces=Decimal(4))
    claim_take_back(claim=claim, pieces=Decimal(6))
    lot = fresh(line).lot
    assert (fresh(lot).shipped, lot.rejected) == (90, 10)
    assert set(LotMove.objects.filter(claim=claim).values_list("from_bucket", "to_bucket")) == {("shipped", "rejected")}
    with pytest.raises(Refused):
        claim_take_back(claim=claim, pieces=Decimal(1))
    assert claim_settle(claim=claim).status == "settled"


def test_a_piece_is_complained_of_once(world):
    shipment, (line,) = sent(world, 100)
    with pytest.raises(Conflict):
        claimed(line)
    received(shipment)
    first = claimed(line, 60)
    with pytest.raises(Refused, match="40"):
        claimed(line, 41)
    claim_decide(claim=first, accept=False, answer="sesuai gambar")
    assert claimed(line, 100).pieces == 100
    with pytest.raises(Conflict, match=first.number):
        claim_decide(claim=first, accept=True, answer="ya")
