"""What the pages of work share: whose rows a manager may see, addresses, texts of cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from wadah.base.clock import JAKARTA
from wadah.units import date_text, moment_text
from wadah.web.access import own_or_404, person_of
from wadah.web.words import language, quantity_text
from wadah.work.selectors.orders import work_orders_seen
from wadah.work.selectors.trace import lots_seen

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from decimal import Decimal

    from django.http import HttpRequest

    from wadah.work.models import Lot, WorkOrder


def cooperatives(request: HttpRequest) -> Collection[int]:
    """Ids of the cooperatives that the person manages or whose hub they inspect."""
    roles = person_of(request).roles
    return roles.cooperatives_managed | roles.cooperatives_inspected


def managed_order(request: HttpRequest, number: str) -> WorkOrder:
    rows = work_orders_seen(person_of(request).roles.cooperatives_managed)
    return own_or_404(rows, number=number)


def seen_lot(request: HttpRequest, number: str) -> Lot:
    return own_or_404(lots_seen(cooperatives(request)), number=number)


def order_url(row: WorkOrder) -> str:
    return reverse("board_order", args=[row.number])


def lot_url(lot: Lot) -> str:
    return reverse("lot", args=[lot.number])


def pieces_text(pieces: Decimal | float) -> str:
    return quantity_text(float(pieces))


def day_cell(day: date | None) -> str:
    return date_text(day, language()) if day else "–"


def moment_cell(moment: datetime | None) -> str:
    return moment_text(moment.astimezone(JAKARTA), language()) if moment else "–"


def maker_of(lot: Lot) -> str:
    """Who made it, who sold it, or whose it is."""
    if lot.work_order is not None:
        return lot.work_order.workshop.name
    return lot.owner.name if lot.owner else lot.supplier or "–"
