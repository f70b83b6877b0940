"""A cooperative that sells: an order of bolts, shipped, signed for, claimed, as the tests of the ledger need it."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from unittest.mock import patch

from cast import MONDAY, Cast
from cast_orders import bracket_build
from wadah.base.clock import today
from wadah.catalogue.models import Part
from wadah.demand.models import Buyer, Order
from wadah.demand.services import order_draft, order_line_add, order_move
from wadah.ledger.models import Posting, PostingLine
from wadah.work.models import Shipment
from wadah.work.services.moves import lot_born
from wadah.work.services.receipts import claim_decide, claim_make, claim_take_back, shipment_receive
from wadah.work.services.shipping import shipment_open, shipment_pick, shipment_send
from wadah.work.words import Bucket, MoveKind

PRICE = 1_333


@dataclass(frozen=True)
class Selling:
    cast: Cast
    buyer: Buyer
    bolt: Part

    @property
    def cooperative(self):
        return self.cast.cooperative

    @property
    def treasurer(self):
        return self.cast.manager

    def order(self, pieces=100, price=PRICE, buyer=None) -> Order:
        order = order_draft(buyer=buyer or self.buyer, cooperative=self.cooperative, ordered_on=MONDAY, simulated=True)
        order_line_add(
            order=order,
            part=self.bolt,
            quantity=pieces,
            due_on=MONDAY + timedelta(days=20),
            short_cost_rupiah_piece=9,
            price_rupiah_piece=price,
        )
        return order_move(order=order, to="confirmed")

    def shipped(self, order, pieces=100, refused=0) -> Shipment:
        """Signed for; refused: of it."""
        line = order.lines.get()
        lot = lot_born(
            cooperative=self.cooperative,
            part=self.bolt,
            origin="counted",
            quantity=Decimal(pieces),
            bucket=Bucket.ACCEPTED,
            kind=MoveKind.RECEIVE,
            by=self.treasurer,
            received_on=today(),
        )
        shipment = shipment_open(order=order)
        row = shipment_pick(shipment=shipment, line=line, lot=lot, pieces=Decimal(pieces))
        shipment_send(shipment=shipment)
        told = {row.pk: told_of(pieces, refused)} if refused else {}
        shipment_receive(shipment=shipment, received_by="Mr Tanaka", told=told)
        return shipment

    def came_back(self, shipment, pieces, replace=False):
        """A claim of so many pieces, all of which came back."""
        line = shipment.lines.get()
        claim = claim_make(line=line, kind="defect", pieces=Decimal(pieces), note="berkarat")
        claim_decide(claim=claim, accept=True, replace=replace, answer="benar")
        return claim_take_back(claim=claim, pieces=Decimal(pieces))


def told_of(pieces, refused):
    from wadah.work.services.receipts import Told

    return Told(Decimal(pieces - refused), Decimal(refused), Decimal(0))


def selling_build(cast) -> Selling:
    world = bracket_build(cast)
    return Selling(cast, world.buyer, world.bolt)


def balance(code, **of):
    """Debit less credit of an account."""
    lines = PostingLine.objects.filter(account__code=code, **of)
    return sum(line.debit - line.credit for line in lines)


def rules_posted():
    return list(Posting.objects.order_by("seq").values_list("rule", flat=True))


@contextmanager
def on_day(day):
    """As if it were noon of a day."""
    with patch("django.utils.timezone.now", lambda: datetime(day.year, day.month, day.day, 5, tzinfo=UTC)):
        yield
