"""Tables of shipping: what could leave, what is packed, where an order is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from wadah.base.clock import today
from wadah.units import date_text
from wadah.web.tables import Cell, Column, Table
from wadah.web.words import language, part_name, quantity_text
from wadah.work.words import ShipmentStatus

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from wadah.demand.models import OrderLine
    from wadah.work.models import Shipment, ShipmentLine
    from wadah.work.selectors.shipping import Whereabouts


def pieces(value: Decimal) -> str:
    return quantity_text(float(value))


def due(line: OrderLine) -> date:
    return line.promised_on or line.due_on


def ready_table(rows: Sequence[tuple[OrderLine, Decimal]]) -> Table:
    """Order lines with accepted pieces at the hub; each leads to its order's whereabouts, where packing begins."""
    table = Table(
        _("What could leave today"),
        [
            Column(_("Order")),
            Column(_("Buyer")),
            Column(_("Part")),
            Column(_("Delivered by")),
            Column(_("At the hub"), numeric=True),
            Column(_("Still to deliver"), numeric=True),
        ],
    )
    for line, held in rows:
        late = due(line) < today()
        table.add(
            Cell(f"{line.order.number}/{line.line_no}", reverse("order_where", args=[line.order.number])),
            line.order.buyer.name,
            part_name(line.part),
            Cell(date_text(due(line), language()), badge="late" if late else ""),
            pieces(held),
            pieces(line.outstanding),
        )
    return table


def lines_table(row: Shipment, lines: Sequence[ShipmentLine], *, manager: bool) -> Table:
    """What is in the boxes, and, once signed for, what arrived. A lot leads to its own page for the manager."""
    signed = row.status == ShipmentStatus.RECEIVED
    columns = [Column(_("Box")), Column(_("Part")), Column(_("Lot")), Column(_("Pieces"), numeric=True)]
    if signed:
        columns += [
            Column(_("Received"), numeric=True),
            Column(_("Refused"), numeric=True),
            Column(_("Missing"), numeric=True),
        ]
    table = Table(_("What is in the boxes"), columns)
    for line in lines:
        told = [pieces(line.received), pieces(line.refused), pieces(line.missing)] if signed else []
        lot = Cell(line.lot.number, reverse("lot", args=[line.lot.number])) if manager else line.lot.number
        table.add(str(line.box), part_name(line.line.part), lot, pieces(line.pieces), *told)
    return table


def whereabouts_table(rows: Sequence[Whereabouts]) -> Table:
    table = Table(
        _("Where each line is"),
        [
            Column(_("Line")),
            Column(_("Part")),
            Column(_("Ordered"), numeric=True),
            Column(_("Received"), numeric=True),
            Column(_("On the way"), numeric=True),
            Column(_("Ready at the hub"), numeric=True),
            Column(_("Still to deliver"), numeric=True),
            Column(_("Delivered by")),
        ],
    )
    for row in rows:
        late = row.to_come > 0 and due(row.line) < today()
        table.add(
            str(row.line.line_no),
            part_name(row.line.part),
            pieces(row.line.quantity),
            pieces(row.received),
            pieces(row.on_the_way),
            pieces(row.at_hub),
            pieces(row.to_come),
            Cell(date_text(due(row.line), language()), badge="late" if late else ""),
        )
    return table
