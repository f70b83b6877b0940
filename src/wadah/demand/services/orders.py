"""Buyers and their orders."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from wadah.base.clock import today
from wadah.base.errors import Conflict, Refused
from wadah.base.numbering import number_next, number_text
from wadah.catalogue.saving import change_record, quantity_check, row_save, row_values
from wadah.catalogue.selectors import stock_on
from wadah.demand.models import Buyer, BuyerContact, Order, OrderLine
from wadah.demand.rules import status_may_become
from wadah.demand.words import OrderStatus

if TYPE_CHECKING:
    from datetime import date

    from wadah.accounts.models import User
    from wadah.catalogue.models import Part
    from wadah.register.models import Cooperative

PREFIX = "PO"


@transaction.atomic
def buyer_put(*, name: str, by: User | None = None, **columns: Any) -> Buyer:
    """Writes a buyer or corrects the one of this name. columns: those of Buyer."""
    return row_save(Buyer.objects.filter(name=name).first() or Buyer(name=name), columns, by=by, act="buyer_put")


@transaction.atomic
def buyer_contact_add(*, buyer: Buyer, user: User, by: User | None = None) -> BuyerContact:
    """Lets a person see and place the buyer's orders."""
    contact, created = BuyerContact.objects.get_or_create(buyer=buyer, user=user)
    if created:
        change_record(contact, by=by, act="buyer_contact_add", old={}, new=row_values(contact))
    return contact


@transaction.atomic
def order_draft(
    *,
    buyer: Buyer,
    cooperative: Cooperative,
    ordered_on: date | None = None,
    note: str = "",
    simulated: bool = False,
    by: User | None = None,
) -> Order:
    """Opens an order without lines, with the next number of its year ("PO-2026-0001"); ordered today unless given."""
    day = ordered_on or today()
    number = number_text(PREFIX, day.year, number_next(PREFIX, day.year))
    order = Order(number=number, buyer=buyer, cooperative=cooperative, ordered_on=day)
    return row_save(order, {"note": note, "simulated": simulated}, by=by, act="order_draft")


@transaction.atomic
def order_line_add(
    *,
    order: Order,
    part: Part,
    quantity: Decimal | int,
    due_on: date,
    short_cost_rupiah_piece: int | None,
    late_cost_rupiah_piece_week: int | None = 0,
    by: User | None = None,
    **columns: Any,
) -> OrderLine:
    """Adds a line to a draft.

    short_cost_rupiah_piece, late_cost_rupiah_piece_week: rupiah ≥ 0; None forbids being short, or late.
    columns: the others of OrderLine (earliest_on, price_rupiah_piece, partial, single_source, mandate, area, level).

    Raises
    ------
    Refused: the order is no draft, the quantity doesn't suit the part, or one source can't be had.
    """
    order = draft_lock(order)
    quantity_check(part, quantity)
    last = order.lines.aggregate(last=Max("line_no"))["last"] or 0
    line = OrderLine(order=order, line_no=last + 1, part=part, quantity=Decimal(quantity), due_on=due_on)
    line.short_cost_rupiah_piece = short_cost_rupiah_piece
    line.late_cost_rupiah_piece_week = late_cost_rupiah_piece_week
    row_save(line, columns, by=by, act="order_line_add")
    source_check(line)
    return line


@transaction.atomic
def order_line_remove(*, line: OrderLine, by: User | None = None) -> None:
    """Takes a line out of a draft; the other lines keep their numbers."""
    draft_lock(line.order)
    change_record(line, by=by, act="order_line_remove", old=row_values(line), new={})
    line.delete()


def draft_lock(order: Order) -> Order:
    """The order, locked. Raises Refused where it is no draft any more."""
    order = Order.objects.select_for_update().get(pk=order.pk)
    if order.status != OrderStatus.DRAFT:
        words = {"number": order.number, "status": order.get_status_display()}
        raise Refused(_("%(number)s is %(status)s: only a draft can be changed.") % words)
    return order


def source_check(line: OrderLine) -> None:
    """One source only (docs/model.md §7): the part goes into nothing else, isn't in stock, and all its lines agree."""
    part = line.part
    others = OrderLine.objects.filter(part=part, order__cooperative=line.order.cooperative_id).exclude(pk=line.pk)
    others = others.exclude(order__status__in=[OrderStatus.CLOSED, OrderStatus.CANCELLED])
    if others.exclude(single_source=line.single_source).exists():
        raise Refused(
            _("%(part)s: its lines must all be from one source, or none.") % {"part": part.code}, field="single_source"
        )
    if line.single_source and part.used_in.exists():
        raise Refused(
            _("%(part)s goes into other parts, so it can't be kept to one source.") % {"part": part.code},
            field="single_source",
        )
    if line.single_source and stock_on(cooperative=line.order.cooperative, on=today()).get(part.pk):
        raise Refused(
            _("%(part)s lies in stock, so it can't be kept to one source.") % {"part": part.code}, field="single_source"
        )


@transaction.atomic
def order_move(*, order: Order, to: str, by: User | None = None) -> Order:
    """Takes an order one step on: confirmed, planned, closed or cancelled.

    Raises
    ------
    Refused: confirming an order without lines.
    Conflict: the order can't go there from where it is by now; somebody may have been faster.
    """
    order = Order.objects.select_for_update().get(pk=order.pk)
    if not status_may_become(order.status, to):
        words = {"number": order.number, "status": order.get_status_display(), "to": OrderStatus(to).label}
        raise Conflict(_("%(number)s is %(status)s and can't become %(to)s.") % words)
    if to == OrderStatus.CONFIRMED and not order.lines.exists():
        raise Refused(_("%(number)s has no lines yet.") % {"number": order.number})
    return row_save(order, {"status": to}, by=by, act="order_move")
