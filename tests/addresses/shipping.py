"""Shipments, claims and where an order is: the manager's and, once something has left, the buyer's own."""

from datetime import date, timedelta
from decimal import Decimal

from addresses import BUYER, MANAGER, OTHER_BUYER, OTHER_MANAGER, Rule
from cast import MONDAY
from wadah.catalogue.services import part_put
from wadah.demand.models import Buyer
from wadah.demand.services import order_draft, order_line_add, order_move
from wadah.work.services.moves import lot_born
from wadah.work.services.receipts import claim_make, shipment_receive
from wadah.work.services.shipping import shipment_open, shipment_pick, shipment_send

EVERY = {MANAGER, BUYER, OTHER_MANAGER, OTHER_BUYER}
DRAFT, SENT, SIGNED = {"number": "shipment draft"}, {"number": "shipment sent"}, {"number": "shipment signed"}
CLAIM = {"number": "complaint"}
RULES = {
    "shipments": Rule(EVERY),
    "shipment": Rule({MANAGER, BUYER}, arguments=SIGNED),
    "shipment_pack": Rule({MANAGER}, arguments=DRAFT, method="post"),
    "shipment_pack_all": Rule({MANAGER}, arguments=DRAFT, method="post"),
    "shipment_take_out": Rule({MANAGER}, arguments=DRAFT | {"pk": "packed line"}, method="post"),
    "shipment_leave": Rule({MANAGER}, arguments=DRAFT),
    "shipment_call_off": Rule({MANAGER}, arguments=SENT),
    "shipment_sign": Rule({MANAGER, BUYER}, arguments=SENT),
    "shipment_note": Rule({MANAGER, BUYER}, arguments=SENT),
    "shipment_receipt": Rule({MANAGER, BUYER}, arguments=SIGNED),
    "shipment_labels": Rule({MANAGER}, arguments=SENT),
    "shipment_add": Rule({MANAGER}, arguments={"number": "shipped order"}, method="post"),
    "order_where": Rule({MANAGER, BUYER}, arguments={"number": "shipped order"}),
    "complaint_add": Rule({MANAGER, BUYER}, arguments=SIGNED | {"pk": "signed line"}),
    "complaints": Rule(EVERY),
    "complaint": Rule({MANAGER, BUYER}, arguments=CLAIM),
    "complaint_answer": Rule({MANAGER}, arguments=CLAIM),
    "complaint_back": Rule({MANAGER}, arguments=CLAIM),
    "complaint_end": Rule({MANAGER}, arguments=CLAIM, method="post"),
    "complaint_photo": Rule({MANAGER, BUYER}, arguments={"number": "complaint with photo"}),
}


def build(cast, users):
    buyer = Buyer.objects.get(name="Car maker")  # made by addresses.demand
    part = part_put(code="ENGSEL", name="Engsel", subsector=cast.subsector)
    # Of another year: PO-2026-0001 is made by hand in addresses.demand.
    order = order_draft(buyer=buyer, cooperative=cast.cooperative, ordered_on=date(2025, 12, 1))
    line = order_line_add(
        order=order, part=part, quantity=90, due_on=MONDAY + timedelta(days=9), short_cost_rupiah_piece=1
    )
    order_move(order=order, to="confirmed")
    lot = lot_born(cooperative=cast.cooperative, part=part, origin="counted", quantity=Decimal(90), bucket="accepted")
    signed = leaving(order, line, lot, 20)
    shipment_receive(shipment=signed, received_by="Mr Tanaka", told={})
    sent = leaving(order, line, lot, 20)
    draft = shipment_open(order=order)
    packed = shipment_pick(shipment=draft, line=line, lot=lot, pieces=Decimal(20))
    first = signed.lines.get()
    claim = claim_make(line=first, kind="defect", pieces=Decimal(2), note="berkarat")
    with_photo = claim_make(line=first, kind="damaged", pieces=Decimal(2), note="penyok", photo=photo())
    return {
        "shipment draft": draft.number,
        "shipment sent": sent.number,
        "shipment signed": signed.number,
        "packed line": packed.pk,
        "signed line": first.pk,
        "shipped order": order.number,
        "complaint": claim.number,
        "complaint with photo": with_photo.number,
    }


def leaving(order, line, lot, pieces):
    shipment = shipment_open(order=order)
    shipment_pick(shipment=shipment, line=line, lot=lot, pieces=Decimal(pieces))
    return shipment_send(shipment=shipment, driver="Pak Udin", vehicle="B 1234 KCD")


def photo():
    from wadah.base.clock import now
    from wadah.base.models import Attachment

    return Attachment.objects.create(content=b"\xff\xd8", media_type="image/jpeg", digest="0" * 64, at=now())
