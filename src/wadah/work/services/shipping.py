"""Shipments: picked from accepted lots for one order, sent with a surat jalan, signed for by the buyer (BAST).

Picking already takes the pieces out of the hub's stock (docs/work.md W8), so that nothing else can have them; what is
put back, or refused by the buyer, comes back the same way.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import now, today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_record
from wadah.base.numbering import number_next, number_text
from wadah.catalogue.saving import quantity_check
from wadah.demand.services import order_line_hand_over
from wadah.demand.words import OrderStatus
from wadah.units import date_text
from wadah.work.models import Lot, Shipment, ShipmentLine
from wadah.work.rules.shipping import Standing, picks, whole_or_nothing
from wadah.work.services.moves import lot_lock, lot_move
from wadah.work.words import Bucket, MoveKind, ShipmentStatus

if TYPE_CHECKING:
    from wadah.accounts.models import User
    from wadah.demand.models import Order, OrderLine

PREFIX = "SJ"
SHIPPABLE = (OrderStatus.CONFIRMED, OrderStatus.PLANNED)


@transaction.atomic
def shipment_open(*, order: Order, note: str = "", by: User | None = None) -> Shipment:
    """A shipment to be picked, with the next number of its year; the order's draft where one is being picked already.

    Raises
    ------
    Refused: the order isn't confirmed, or it is delivered or cancelled.
    """
    order = type(order).objects.select_for_update(of=("self",)).get(pk=order.pk)
    if order.status not in SHIPPABLE:
        words = {"number": order.number, "status": order.get_status_display()}
        raise Refused(_("%(number)s is %(status)s: nothing can be shipped for it.") % words)
    held = Shipment.objects.filter(order=order, status=ShipmentStatus.DRAFT).first()
    if held is not None:
        return held
    year = today().year
    row = Shipment.objects.create(
        number=number_text(PREFIX, year, number_next(PREFIX, year)),
        order=order,
        note=note,
        made_at=now(),
        made_by=by,
        simulated=order.simulated,
    )
    history_record(user=by, act="shipment_open", row=row, new={"order": order.number})
    return row


@transaction.atomic
def shipment_pick(
    *, shipment: Shipment, line: OrderLine, lot: Lot, pieces: Decimal, box: int = 1, by: User | None = None
) -> ShipmentLine:
    """Packs `pieces` (> 0) of a lot for an order line into a box (1, 2, …).

    Raises
    ------
    Refused: the lot is of another part or cooperative, belongs to a buyer or has perished; there are fewer in it; or
    the line takes no more.
    """
    draft = draft_lock(shipment)
    if line.order_id != draft.order_id:
        raise Refused(_("This line is of another order."), field="line")
    lot = lot_lock(lot)
    lot_check(draft, line, lot, box)
    quantity_check(line.part, pieces, field="pieces")
    order_line_hand_over(line=line, pieces=pieces, by=by)
    row = ShipmentLine.objects.filter(shipment=draft, line=line, lot=lot, box=box).first()
    row = row or ShipmentLine(shipment=draft, line=line, lot=lot, box=box, pieces=Decimal(0))
    row.pieces += pieces
    row.save()
    lot_move(
        lot=lot,
        kind=MoveKind.SHIP,
        source=Bucket.ACCEPTED,
        target=Bucket.SHIPPED,
        pieces=pieces,
        by=by,
        shipment_line=row,
    )
    return row


@transaction.atomic
def shipment_pick_all(*, shipment: Shipment, box: int = 1, by: User | None = None) -> list[ShipmentLine]:
    """Packs for each line of the order as much as it still takes and lies accepted at the hub: what perishes first goes
    first, then what came first. A line that may not come in parts is packed whole or not at all."""
    draft = draft_lock(shipment)
    packed = []
    for line in draft.order.lines.select_related("part", "order").order_by("line_no"):
        lots = Lot.objects.filter(cooperative=draft.order.cooperative_id, part=line.part, accepted__gt=0, owner=None)
        standing = [Standing(row.pk, row.accepted, row.received_on, row.expires_on) for row in lots.order_by("pk")]
        chosen = picks(standing, line.outstanding, on=today())
        total = sum((pick.pieces for pick in chosen), Decimal(0))
        held = packed_of(draft, line)
        if not total or not whole_or_nothing(partial=line.partial, quantity=line.quantity, packed=total + held):
            continue
        by_key = {row.pk: row for row in lots}
        for pick in chosen:
            packed.append(
                shipment_pick(shipment=draft, line=line, lot=by_key[pick.lot], pieces=pick.pieces, box=box, by=by)
            )
    return packed


@transaction.atomic
def shipment_unpick(*, row: ShipmentLine, by: User | None = None) -> None:
    """Takes a line out of a shipment that hasn't left; its pieces lie at the hub again."""
    draft_lock(row.shipment)
    row = ShipmentLine.objects.select_related("line", "lot", "shipment").get(pk=row.pk)
    put_back(row, row.pieces, by=by, reason=_("Taken out of %(number)s.") % {"number": row.shipment.number})
    row.moves.update(shipment_line=None)
    row.delete()


@transaction.atomic
def shipment_send(*, shipment: Shipment, driver: str = "", vehicle: str = "", by: User | None = None) -> Shipment:
    """The shipment leaves the hub; from now on the surat jalan holds.

    Raises
    ------
    Refused: nothing is packed, or a line that may not come in parts isn't packed whole.
    """
    draft = draft_lock(shipment)
    lines = list(draft.lines.select_related("line__part", "line__order"))
    if not lines:
        raise Refused(_("Nothing is packed yet. Pack something first, or cancel the shipment."))
    for line in {row.line_id: row.line for row in lines}.values():
        if not whole_or_nothing(partial=line.partial, quantity=line.quantity, packed=packed_of(draft, line)):
            words = {"part": line.part.name, "line": line.line_no, "quantity": f"{line.quantity.normalize():f}"}
            raise Refused(
                _("Line %(line)s (%(part)s) may not be delivered in parts: pack all %(quantity)s, or take it out.")
                % words
            )
    draft.driver, draft.vehicle = driver.strip(), vehicle.strip()
    draft.status, draft.sent_at, draft.sent_by = ShipmentStatus.SENT, now(), by
    draft.save()
    history_record(user=by, act="shipment_send", row=draft)
    return draft


@transaction.atomic
def shipment_cancel(*, shipment: Shipment, reason: str, by: User | None = None) -> Shipment:
    """A shipment that hasn't been signed for comes back whole: each piece lies at the hub as before.

    Raises
    ------
    Refused: no reason is given. Conflict: it was received or cancelled already.
    """
    row = Shipment.objects.select_for_update(of=("self",)).get(pk=shipment.pk)
    if row.status not in {ShipmentStatus.DRAFT, ShipmentStatus.SENT}:
        words = {"number": row.number, "status": row.get_status_display()}
        raise Conflict(_("%(number)s is %(status)s and can't be cancelled any more.") % words)
    if not reason.strip():
        raise Refused(_("Say why, so that it can be followed later."), field="reason")
    for line in row.lines.select_related("line", "lot", "shipment").order_by("lot_id"):
        put_back(line, line.pieces, by=by, reason=reason)
    row.status = ShipmentStatus.CANCELLED
    row.save(update_fields=["status"])
    history_record(user=by, act="shipment_cancel", row=row, reason=reason)
    return row


def draft_lock(shipment: Shipment) -> Shipment:
    """The shipment, locked. Raises Conflict where it has left or was cancelled."""
    row = Shipment.objects.select_for_update(of=("self",)).select_related("order").get(pk=shipment.pk)
    if row.status != ShipmentStatus.DRAFT:
        words = {"number": row.number, "status": row.get_status_display()}
        raise Conflict(_("%(number)s is %(status)s: nothing can be packed or taken out any more.") % words)
    return row


def lot_check(shipment: Shipment, line: OrderLine, lot: Lot, box: int) -> None:
    """Raises Refused where a lot may not go into a shipment for a line."""
    if lot.part_id != line.part_id or lot.cooperative_id != shipment.order.cooperative_id:
        words = {"lot": lot.number, "part": line.part.name}
        raise Refused(_("%(lot)s isn't a lot of %(part)s at this hub.") % words, field="lot")
    if lot.owner_id is not None:
        raise Refused(_("%(lot)s is the buyer's own material.") % {"lot": lot.number}, field="lot")
    if lot.expires_on is not None and lot.expires_on < today():
        words = {"lot": lot.number, "day": date_text(lot.expires_on)}
        raise Refused(_("%(lot)s was to be used by %(day)s.") % words, field="lot")
    if box < 1:
        raise Refused(_("Boxes are counted from 1."), field="box")


def packed_of(shipment: Shipment, line: OrderLine) -> Decimal:
    """Pieces of an order line in a shipment."""
    return sum(shipment.lines.filter(line=line).values_list("pieces", flat=True), Decimal(0))


def put_back(row: ShipmentLine, pieces: Decimal, *, by: User | None, reason: str) -> None:
    """Pieces of a shipment line lie at the hub again, accepted as they were, and the buyer is owed them anew."""
    lot_move(
        lot=row.lot,
        kind=MoveKind.SHIP_BACK,
        source=Bucket.SHIPPED,
        target=Bucket.ACCEPTED,
        pieces=pieces,
        by=by,
        reason=reason[:400],
        shipment_line=row,
    )
    order_line_hand_over(line=row.line, pieces=-pieces, by=by)
