"""The buyer signs for a shipment (BAST), complains of what is wrong with it, and what comes of that."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import now, today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_record
from wadah.base.numbering import number_next, number_text
from wadah.catalogue.saving import quantity_check
from wadah.demand.models import Order
from wadah.demand.services import order_line_hand_over, order_move
from wadah.demand.words import OrderStatus
from wadah.units import decimal_text
from wadah.work.models import Claim, Receipt, Shipment, ShipmentLine
from wadah.work.rules.shipping import told_whole
from wadah.work.services.moves import lot_move
from wadah.work.words import Bucket, ClaimStatus, MoveKind, ShipmentStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wadah.accounts.models import User
    from wadah.base.models import Attachment

RECEIPT_PREFIX, CLAIM_PREFIX = "BAST", "KLM"
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Told:
    """What a buyer says of one shipment line: received, refused at the door, missing. They add up to its pieces."""

    received: Decimal
    refused: Decimal = NOTHING
    missing: Decimal = NOTHING


@transaction.atomic
def shipment_receive(
    *,
    shipment: Shipment,
    received_by: str,
    told: Mapping[int, Told],
    office: str = "",
    note: str = "",
    photo: Attachment | None = None,
    on_behalf_of: str = "",
    by: User | None = None,
) -> Receipt:
    """Signs for a shipment that is on the way; told: by id of the shipment's lines, a line left out arrived whole.

    What was refused lies blocked at the hub again; what is missing is written off the lot; both are owed to the buyer
    anew. An order of which everything has arrived is closed. on_behalf_of: the buyer, where the hub writes it down.

    Raises
    ------
    Refused: nobody's name is given, or what is told of a line doesn't account for all of its pieces.
    Conflict: it isn't on the way (any more): somebody may have signed already.
    """
    row = Shipment.objects.select_for_update(of=("self",)).select_related("order").get(pk=shipment.pk)
    if row.status != ShipmentStatus.SENT:
        words = {"number": row.number, "status": row.get_status_display()}
        raise Conflict(_("%(number)s is %(status)s: it can't be signed for.") % words)
    if not received_by.strip():
        raise Refused(_("Write the name of whoever received it."), field="received_by")
    for line in row.lines.select_related("line__part", "line__order", "lot").order_by("lot_id", "pk"):
        line_receive(line, told.get(line.pk, Told(line.pieces)), by=by)
    year = today().year
    receipt = Receipt.objects.create(
        number=number_text(RECEIPT_PREFIX, year, number_next(RECEIPT_PREFIX, year)),
        shipment=row,
        received_by=received_by.strip(),
        office=office.strip(),
        received_at=now(),
        user=by,
        on_behalf_of=on_behalf_of,
        note=note.strip(),
        photo=photo,
    )
    row.status = ShipmentStatus.RECEIVED
    row.save(update_fields=["status"])
    order_close_if_whole(row.order, by=by)
    history_record(
        user=by,
        act="shipment_receive",
        row=row,
        new={"receipt": receipt.number},
        on_behalf_of=on_behalf_of,
    )
    return receipt


def line_receive(line: ShipmentLine, told: Told, *, by: User | None) -> None:
    """Writes down what arrived of a line. Raises Refused where it doesn't add up."""
    for pieces in (told.received, told.refused, told.missing):
        quantity_check(line.line.part, pieces, field="pieces", zero=True)
    if not told_whole(line.pieces, told.received, told.refused, told.missing):
        words = {
            "lot": line.lot.number,
            "pieces": decimal_text(line.pieces, 3),
            "told": decimal_text(told.received + told.refused + told.missing, 3),
        }
        raise Refused(
            _("%(lot)s: %(pieces)s were sent, but received, refused and missing make %(told)s.") % words, field="pieces"
        )
    line.received, line.refused, line.missing = told.received, told.refused, told.missing
    line.save(update_fields=["received", "refused", "missing"])
    back(line, told.refused, Bucket.REJECTED, MoveKind.SHIP_BACK, _("Refused by the buyer at the door."), by)
    back(line, told.missing, Bucket.SCRAPPED, MoveKind.SCRAP, _("Missing when the buyer counted."), by)
    if told.refused + told.missing > 0:
        order_line_hand_over(line=line.line, pieces=-(told.refused + told.missing), by=by)


def back(
    line: ShipmentLine,
    pieces: Decimal,
    target: str,
    kind: str,
    reason: str,
    by: User | None,
    claim: Claim | None = None,
) -> None:
    if pieces > 0:
        lot_move(
            lot=line.lot,
            kind=kind,
            source=Bucket.SHIPPED,
            target=target,
            pieces=pieces,
            by=by,
            reason=reason,
            shipment_line=line,
            claim=claim,
        )


def order_close_if_whole(order: Order, *, by: User | None) -> None:
    """Closes an order whose lines have all arrived whole and were signed for."""
    order = Order.objects.select_for_update(of=("self",)).get(pk=order.pk)
    under_way = Shipment.objects.filter(order=order, status__in=[ShipmentStatus.DRAFT, ShipmentStatus.SENT]).exists()
    owed = any(line.outstanding > 0 for line in order.lines.all())
    if order.status in {OrderStatus.CONFIRMED, OrderStatus.PLANNED} and not under_way and not owed:
        order_move(order=order, to=OrderStatus.CLOSED, by=by)


@transaction.atomic
def claim_make(
    *,
    line: ShipmentLine,
    kind: str,
    pieces: Decimal,
    note: str,
    photo: Attachment | None = None,
    by: User | None = None,
) -> Claim:
    """A buyer complains of `pieces` (> 0) that were received with a shipment line.

    Raises
    ------
    Refused: more than were received and aren't complained of yet, or nothing is said. Conflict: not signed for yet.
    """
    shipment = Shipment.objects.select_for_update(of=("self",)).get(pk=line.shipment_id)
    line = ShipmentLine.objects.select_related("line__part", "lot").get(pk=line.pk)
    if shipment.status != ShipmentStatus.RECEIVED:
        raise Conflict(_("%(number)s has not been signed for yet.") % {"number": shipment.number})
    quantity_check(line.line.part, pieces, field="pieces")
    if not note.strip():
        raise Refused(_("Say what is wrong, so that it can be looked into."), field="note")
    standing = line.claims.exclude(status=ClaimStatus.REFUSED)
    left = line.received - sum(standing.values_list("pieces", flat=True), NOTHING)
    if pieces > left:
        words = {"lot": line.lot.number, "left": decimal_text(left, 3)}
        raise Refused(
            _("%(lot)s: at most %(left)s can be complained of: received, and not complained of yet.") % words,
            field="pieces",
        )
    year = today().year
    claim = Claim.objects.create(
        number=number_text(CLAIM_PREFIX, year, number_next(CLAIM_PREFIX, year)),
        shipment_line=line,
        kind=kind,
        pieces=pieces,
        note=note.strip(),
        photo=photo,
        made_at=now(),
        made_by=by,
    )
    history_record(user=by, act="claim_make", row=claim, new={"pieces": f"{pieces.normalize():f}"}, reason=note)
    return claim


@transaction.atomic
def claim_decide(*, claim: Claim, accept: bool, answer: str, replace: bool = False, by: User | None = None) -> Claim:
    """Answers a claim; replace: an accepted one's pieces are made again: they are owed to the buyer anew.

    Raises
    ------
    Refused: no answer is given; or they are to be made again for an order that is over.
    Conflict: it was answered already.
    """
    claim = claim_lock(claim, ClaimStatus.OPEN)
    if not answer.strip():
        raise Refused(_("Answer the buyer in a sentence."), field="answer")
    if accept and replace:
        owed_again(claim, by=by)
    claim.status = ClaimStatus.ACCEPTED if accept else ClaimStatus.REFUSED
    claim.replaced, claim.answer = accept and replace, answer.strip()
    claim.decided_at, claim.decided_by = now(), by
    claim.save()
    act = "claim_accept" if accept else "claim_refuse"
    history_record(user=by, act=act, row=claim, reason=answer)
    return claim


def owed_again(claim: Claim, *, by: User | None) -> None:
    """The order line takes the pieces anew; an order that was closed is opened for them."""
    line = claim.shipment_line.line
    order_line_hand_over(line=line, pieces=-claim.pieces, by=by)
    order = Order.objects.select_for_update(of=("self",)).get(pk=line.order_id)
    if order.status == OrderStatus.CLOSED:
        order_move(order=order, to=OrderStatus.CONFIRMED, by=by)


@transaction.atomic
def claim_take_back(*, claim: Claim, pieces: Decimal, by: User | None = None) -> Claim:
    """Pieces of an accepted claim have come back to the hub: they lie blocked in their lot, to be decided on.

    Raises
    ------
    Refused: more than were complained of. Conflict: the claim isn't accepted.
    """
    claim = claim_lock(claim, ClaimStatus.ACCEPTED)
    line = claim.shipment_line
    quantity_check(line.line.part, pieces, field="pieces")
    if claim.returned + pieces > claim.pieces:
        left = decimal_text(claim.pieces - claim.returned, 3)
        raise Refused(_("Only %(left)s are still to come back.") % {"left": left}, field="pieces")
    reason = _("Came back with claim %(number)s.") % {"number": claim.number}
    back(line, pieces, Bucket.REJECTED, MoveKind.SHIP_BACK, reason, by, claim)
    claim.returned += pieces
    claim.save(update_fields=["returned"])
    history_record(user=by, act="claim_take_back", row=claim, new={"returned": f"{claim.returned.normalize():f}"})
    return claim


@transaction.atomic
def claim_settle(*, claim: Claim, by: User | None = None) -> Claim:
    """Nothing more is to be done about an accepted claim. Raises Conflict where it isn't accepted."""
    claim = claim_lock(claim, ClaimStatus.ACCEPTED)
    claim.status = ClaimStatus.SETTLED
    claim.save(update_fields=["status"])
    history_record(user=by, act="claim_settle", row=claim)
    return claim


def claim_lock(claim: Claim, status: str) -> Claim:
    row = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
    if row.status != status:
        words = {"number": row.number, "status": row.get_status_display()}
        raise Conflict(_("%(number)s is %(status)s by now.") % words)
    row.shipment_line = ShipmentLine.objects.select_related("line__part", "line__order", "lot").get(
        pk=row.shipment_line_id
    )
    return row
