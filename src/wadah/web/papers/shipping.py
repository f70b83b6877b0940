"""Papers of a shipment: the delivery note (surat jalan), the receipt (BAST), labels of its boxes."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from wadah.base.clock import JAKARTA, business_date
from wadah.units import moment_text
from wadah.web.papers.labels import Label, labels_pdf
from wadah.web.papers.sheet import SheetTable, To, sheet_pdf
from wadah.web.words import amount_text, language, part_name, quantity_text
from wadah.work.words import ShipmentStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wadah.work.models import Receipt, Shipment, ShipmentLine


def counted(line: ShipmentLine, pieces: float) -> str:
    return amount_text(pieces, line.line.part.unit)


def receiver(row: Shipment) -> To:
    buyer = row.order.buyer
    return To(_("To"), buyer.name, buyer.address.splitlines())


def delivery_note_pdf(row: Shipment, lines: Sequence[ShipmentLine], check_url: str) -> bytes:
    table = SheetTable(
        head=[_("Box"), _("Part"), _("Line of the order"), _("Lot"), _("Pieces")],
        align="rwrlr",
        rows=[
            [
                str(line.box),
                part_name(line.line.part),
                f"{row.order.number}/{line.line.line_no}",
                line.lot.number,
                counted(line, float(line.pieces)),
            ]
            for line in lines
        ],
        note=_("%(boxes)s boxes in all.") % {"boxes": len({line.box for line in lines})},
    )
    return sheet_pdf(
        title=_("Delivery note"),
        number=row.number,
        date=business_date(row.sent_at or row.made_at),
        cooperative=row.order.cooperative,
        to=receiver(row),
        facts=[(_("Order"), row.order.number), (_("Driver"), row.driver), (_("Vehicle"), row.vehicle)],
        tables=[table],
        notes=[_("Count when you receive it, and sign on the page of this note or here.")],
        signatures=[(_("Sent by"), ""), (_("Driver"), row.driver), (_("Received by"), "")],
        check_url=check_url,
        draft=row.status not in {ShipmentStatus.SENT, ShipmentStatus.RECEIVED},
        simulated=row.simulated,
    )


def receipt_pdf(row: Shipment, receipt: Receipt, lines: Sequence[ShipmentLine], check_url: str) -> bytes:
    return sheet_pdf(**receipt_facts(row, receipt, lines, check_url))


def receipt_facts(row: Shipment, receipt: Receipt, lines: Sequence[ShipmentLine], check_url: str) -> dict[str, Any]:
    """What a BAST says, alone or in a pack."""
    table = SheetTable(
        head=[_("Part"), _("Lot"), _("Sent"), _("Received"), _("Refused"), _("Missing")],
        align="wlrrrr",
        rows=[
            [
                part_name(line.line.part),
                line.lot.number,
                *(counted(line, float(got)) for got in (line.pieces, line.received, line.refused, line.missing)),
            ]
            for line in lines
        ],
    )
    written = _("Written down by the cooperative for %(buyer)s.") % {"buyer": receipt.on_behalf_of}
    return dict(
        title=_("Receipt of goods (BAST)"),
        number=receipt.number,
        date=business_date(receipt.received_at),
        cooperative=row.order.cooperative,
        to=receiver(row),
        intro=_("The goods of delivery note %(note)s for order %(order)s were counted and received.")
        % {"note": row.number, "order": row.order.number},
        facts=[
            (_("Received by"), receipt.received_by),
            (_("Office"), receipt.office),
            (_("When"), moment_text(receipt.received_at.astimezone(JAKARTA), language())),
            (_("Note"), receipt.note),
        ],
        tables=[table],
        notes=[written] if receipt.on_behalf_of else [],
        signatures=[(_("Handed over by"), row.driver), (_("Received by"), receipt.received_by)],
        check_url=check_url,
        simulated=row.simulated,
    )


def box_labels_pdf(row: Shipment, lines: Sequence[ShipmentLine], check_url: str) -> bytes:
    """One label a box: what is in it, for whom."""
    boxes = []
    for box, group in groupby(lines, key=lambda line: line.box):
        held = list(group)
        first = f"{quantity_text(float(held[0].pieces))} {part_name(held[0].line.part)}"
        more = _("and %(count)s more") % {"count": len(held) - 1} if len(held) > 1 else ""
        head = _("Box %(box)s") % {"box": box}
        boxes.append(Label(f"{head} · {row.number}", [row.order.buyer.name, first, more], check_url))
    return labels_pdf(row.number, boxes)
