"""An order of 100 bolts by Mr Tanaka, and lots of bolts that lie accepted at the hub."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from cast import MONDAY
from cast_orders import bracket_build
from wadah.base.clock import today
from wadah.demand.services import order_draft, order_line_add, order_move
from wadah.work.services.moves import lot_born
from wadah.work.words import Bucket, MoveKind


@dataclass(frozen=True)
class ShippingWorld:
    cast: object
    bolt: object
    order: object
    line: object


def shipping_build(cast, *, quantity=100, partial=True):
    world = bracket_build(cast)
    order = order_draft(buyer=world.buyer, cooperative=cast.cooperative, ordered_on=MONDAY, simulated=True)
    line = order_line_add(
        order=order,
        part=world.bolt,
        quantity=quantity,
        due_on=MONDAY + timedelta(days=20),
        short_cost_rupiah_piece=9,
        partial=partial,
    )
    order_move(order=order, to="confirmed")
    return ShippingWorld(cast, world.bolt, order, line)


def accepted_lot(world, pieces, **columns):
    return lot_born(
        cooperative=world.cast.cooperative,
        part=world.bolt,
        origin="counted",
        quantity=Decimal(pieces),
        bucket=Bucket.ACCEPTED,
        kind=MoveKind.RECEIVE,
        by=world.cast.manager,
        **{"received_on": today()} | columns,
    )
