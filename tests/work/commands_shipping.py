"""Shipments, receipts and claims, for tests/crashing.py."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from commands import command

from cast import MONDAY
from wadah.demand.services import order_draft, order_line_add, order_move
from wadah.work.models import Lot
from wadah.work.services.moves import lot_born
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
from wadah.work.words import Bucket

ORDERED = 100


def bolts_ordered(world):
    """An order of 100 bolts, confirmed, and two accepted lots of 60 at the hub."""
    bolt = world.bracket.bolt
    order = order_draft(buyer=world.bracket.buyer, cooperative=world.cast.cooperative, ordered_on=MONDAY)
    day = MONDAY + timedelta(days=20)
    order_line_add(order=order, part=bolt, quantity=ORDERED, due_on=day, short_cost_rupiah_piece=9)
    order_move(order=order, to="confirmed")
    for _ in range(2):
        lot_born(
            cooperative=world.cast.cooperative,
            part=bolt,
            origin="counted",
            quantity=Decimal(60),
            bucket=Bucket.ACCEPTED,
        )
    return order


def draft_begun(world):
    return shipment_open(order=bolts_ordered(world))


def draft_packed(world):
    shipment = draft_begun(world)
    shipment_pick_all(shipment=shipment)
    return shipment


def on_the_way(world):
    return shipment_send(shipment=draft_packed(world), driver="Pak Udin")


def signed_for(world):
    shipment = on_the_way(world)
    shipment_receive(shipment=shipment, received_by="Mr Tanaka", told={})
    return shipment


def claimed(world):
    line = signed_for(world).lines.first()
    return claim_make(line=line, kind="defect", pieces=Decimal(10), note="ulir rusak")


def claim_granted(world):
    return claim_decide(claim=claimed(world), accept=True, answer="kami ganti", replace=True)


@command(build=bolts_ordered)
def ship_begin(world, order):
    shipment_open(order=order, by=world.cast.manager)


@command(build=draft_begun)
def ship_pack(world, shipment):
    line = shipment.order.lines.select_related("part", "order").get()
    lot = Lot.objects.order_by("pk").first()
    shipment_pick(shipment=shipment, line=line, lot=lot, pieces=Decimal(7), box=2, by=world.cast.manager)


@command(build=draft_begun)
def ship_pack_all(world, shipment):
    shipment_pick_all(shipment=shipment, by=world.cast.manager)


@command(build=draft_packed)
def ship_take_out(world, shipment):
    shipment_unpick(row=shipment.lines.select_related("shipment").first(), by=world.cast.manager)


@command(build=draft_packed)
def ship_send(world, shipment):
    shipment_send(shipment=shipment, driver="Pak Udin", by=world.cast.manager)


@command(build=on_the_way)
def ship_call_off(world, shipment):
    shipment_cancel(shipment=shipment, reason="truk rusak", by=world.cast.manager)


@command(build=on_the_way)
def ship_sign(world, shipment):
    shipment_receive(shipment=shipment, received_by="Mr Tanaka", told={}, by=world.cast.buyer)


@command(build=on_the_way)
def ship_sign_partly(world, shipment):
    line = shipment.lines.first()
    told = {line.pk: Told(line.pieces - 5, Decimal(3), Decimal(2))}
    shipment_receive(shipment=shipment, received_by="Mr Tanaka", told=told, by=world.cast.buyer)


@command(build=signed_for)
def complain(world, shipment):
    line = shipment.lines.first()
    claim_make(line=line, kind="defect", pieces=Decimal(4), note="ulir rusak", by=world.cast.buyer)


@command(build=claimed)
def complaint_grant(world, claim):
    claim_decide(claim=claim, accept=True, answer="kami ganti", replace=True, by=world.cast.manager)


@command(build=claim_granted)
def complaint_take_back(world, claim):
    claim_take_back(claim=claim, pieces=Decimal(6), by=world.cast.manager)


@command(build=claim_granted)
def complaint_settle(world, claim):
    claim_settle(claim=claim, by=world.cast.manager)
