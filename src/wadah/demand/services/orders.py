"""Orders: drafted, their lines priced by the cooperative's terms, confirmed, cancelled."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from wadah.base.clock import today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_record
from wadah.base.numbering import number_next, number_text
from wadah.catalogue.rules.prices import late_cost_rupiah, short_cost_rupiah
from wadah.catalogue.saving import change_record, price_check, quantity_check, row_save, row_values
from wadah.catalogue.selectors import cooperative_terms, stock_on
from wadah.demand.models import Order, OrderLine
from wadah.demand.rules import status_may_become
from wadah.demand.words import OrderStatus

if TYPE_CHECKING:
    from datetime import date

    from wadah.accounts.models import User
    from wadah.catalogue.models import Part
    from wadah.demand.models import Buyer
    from wadah.register.models import Cooperative

PREFIX = "PO"


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
def order_line_price(
    *, order: Order, price_rupiah_piece: int, line: OrderLine | None = None, by: User | None = None, **columns: Any
) -> OrderLine:
    """Adds a line to a draft, or changes `line`, at a price; what late and short cost follows from the terms.

    price_rupiah_piece: rupiah ≥ 0; the cooperative's terms of the day of order count (catalogue.rules.prices).
    columns: the others of OrderLine, but for the two costs; part, quantity and due_on for a new line.

    Raises
    ------
    Refused: as `order_line_add`.
    """
    price_check(price_rupiah_piece)
    terms = cooperative_terms(order.cooperative, order.ordered_on)
    columns |= {
        "price_rupiah_piece": price_rupiah_piece,
        "late_cost_rupiah_piece_week": late_cost_rupiah(price_rupiah_piece, terms),
        "short_cost_rupiah_piece": short_cost_rupiah(price_rupiah_piece, terms),
    }
    if line is None:
        return order_line_add(order=order, by=by, **columns)
    draft_lock(order)
    quantity_check(columns.get("part", line.part), columns.get("quantity", line.quantity))
    row_save(line, columns, by=by, act="order_line_price")
    source_check(line)
    return line


@transaction.atomic
def order_correct(*, order: Order, by: User | None = None, **columns: Any) -> Order:
    """Corrects a draft's buyer, day or note. Raises Refused where it is no draft any more."""
    return row_save(draft_lock(order), columns, by=by, act="order_correct")


@transaction.atomic
def order_line_remove(*, line: OrderLine, by: User | None = None) -> None:
    """Takes a line out of a draft; the other lines keep their numbers."""
    draft_lock(line.order)
    change_record(line, by=by, act="order_line_remove", old=row_values(line), new={})
    try:
        line.delete()
    except ProtectedError:
        raise Refused(_("A plan names this line, so it stays. Make its quantity smaller instead.")) from None


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
def order_cancel(*, order: Order, reason: str, by: User | None = None) -> Order:
    """Cancels an order for a reason, which stands in its history; its hours are free from the next plan on.

    Raises
    ------
    Refused: there is no reason, or a quotation holds the order: then that is withdrawn instead.
    Conflict: it can't be cancelled any more.
    """
    if not reason.strip():
        raise Refused(_("Say why, so that the buyer knows."), field="reason")
    if order.status == OrderStatus.RESERVED and order.quotation is not None:
        words = {"number": order.number, "quotation": order.quotation.number}
        raise Refused(_("%(number)s keeps hours for %(quotation)s: withdraw that quotation instead.") % words)
    old = {"status": order.status}
    order = order_move(order=order, to=OrderStatus.CANCELLED)
    new = {"status": order.status}
    history_record(user=by, act="order_cancel", row=order, old=old, new=new, reason=reason)
    return order


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


@transaction.atomic
def order_line_hand_over(*, line: OrderLine, pieces: Decimal, by: User | None = None) -> OrderLine:
    """Counts pieces that leave for the buyer, or (below zero) that came back or never arrived and are owed again.

    Raises
    ------
    Refused: more than the buyer is still to get, or more back than were handed over.
    """
    line = OrderLine.objects.select_for_update(of=("self",)).select_related("part", "order").get(pk=line.pk)
    handed_over = line.handed_over + pieces
    if not 0 <= handed_over <= line.quantity:
        words = {"line": f"{line.order.number}/{line.line_no}", "left": f"{line.outstanding.normalize():f}"}
        raise Refused(_("%(line)s: only %(left)s are still to be delivered.") % words, field="pieces")
    old, line.handed_over = row_values(line), handed_over
    line.save(update_fields=["handed_over"])
    change_record(line, by=by, act="order_line_hand_over", old=old, new=row_values(line))
    return line
