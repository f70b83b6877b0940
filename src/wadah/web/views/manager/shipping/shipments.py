"""Shipments: the list with what could leave today, one being packed, sent, signed for, and its papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.attachments import attachment_keep
from wadah.base.clock import business_date
from wadah.demand.selectors import orders_seen
from wadah.units import date_text
from wadah.web.access import BUYER, MANAGER, access, own_or_404, person_of
from wadah.web.editing import form_page
from wadah.web.history import history_table
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.quantities import quantity_asked
from wadah.web.views.manager.shipping.forms import (
    ReceiveForm,
    SendForm,
    WhyForm,
    box_asked,
    told_of,
)
from wadah.web.views.manager.shipping.tables import lines_table, ready_table, whereabouts_table
from wadah.web.views.manager.shipping.words import ACTS, FIELDS
from wadah.web.words import language, quantity_text
from wadah.work.selectors.orders import milestones_of_order
from wadah.work.selectors.shipping import (
    claims_waiting,
    lines_ready,
    packable,
    shipment_lines,
    shipments_seen,
    whereabouts,
)
from wadah.work.services.receipts import shipment_receive
from wadah.work.services.shipping import (
    shipment_cancel,
    shipment_open,
    shipment_pick,
    shipment_pick_all,
    shipment_send,
    shipment_unpick,
)
from wadah.work.words import ShipmentStatus

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from wadah.work.models import Shipment

LISTING = Listing(
    "pengiriman",
    gettext_lazy("Shipments"),
    [
        ListColumn(
            "number",
            gettext_lazy("Number"),
            text=lambda row: row.number,
            sort=("number",),
            url=lambda row: reverse("shipment", args=[row.number]),
            badge=lambda row: "simulated" if row.simulated else "",
        ),
        ListColumn("buyer", gettext_lazy("Buyer"), text=lambda row: row.order.buyer.name, sort=("order__buyer__name",)),
        ListColumn("order", gettext_lazy("Order"), text=lambda row: row.order.number, sort=("order__number",)),
        ListColumn(
            "pieces",
            gettext_lazy("Pieces"),
            text=lambda row: quantity_text(float(row.pieces or 0)),
            value=lambda row: float(row.pieces or 0),
            numeric=True,
            sort=("pieces",),
        ),
        ListColumn(
            "sent",
            gettext_lazy("Left on"),
            text=lambda row: date_text(business_date(row.sent_at), language()) if row.sent_at else "–",
            value=lambda row: business_date(row.sent_at) if row.sent_at else None,
            sort=("sent_at",),
        ),
        ListColumn("status", gettext_lazy("Status"), text=lambda row: row.get_status_display(), sort=("status",)),
    ],
    search=lambda rows, text: rows.filter(
        Q(number__icontains=text) | Q(order__number__icontains=text) | Q(order__buyer__name__icontains=text)
    ),
    filters=[
        ListFilter(
            "keadaan",
            gettext_lazy("Status"),
            choices=lambda: ShipmentStatus.choices,
            narrow=lambda rows, value: rows.filter(status=value),
        )
    ],
    empty=gettext_lazy(
        "Nothing has been shipped yet. As soon as accepted pieces of an order lie at the hub, they can be packed here."
    ),
)


def seen(request: HttpRequest) -> QuerySet[Shipment]:
    person = person_of(request)
    return shipments_seen(cooperatives=person.roles.cooperatives_managed, buyers=person.buyers)


def managed(request: HttpRequest, number: str) -> Shipment:
    rows = shipments_seen(cooperatives=person_of(request).roles.cooperatives_managed, buyers=[])
    return own_or_404(rows, number=number)


def address(row: Shipment) -> str:
    return reverse("shipment", args=[row.number])


@access(MANAGER, BUYER)
def shipments(request: HttpRequest) -> HttpResponse:
    """What could leave today, and all that has left."""
    cooperatives = person_of(request).roles.cooperatives_managed
    ready = lines_ready(cooperatives) if cooperatives else []
    return list_page(
        request,
        LISTING,
        seen(request),
        template="shipping/list.html",
        manager=bool(cooperatives),
        ready=ready_table(ready),
        claims=claims_waiting(cooperatives) if cooperatives else 0,
    )


@access(MANAGER, methods=("POST",))
def shipment_add(request: HttpRequest, number: str) -> HttpResponse:
    person = person_of(request)
    order = own_or_404(orders_seen(cooperatives=person.roles.cooperatives_managed, buyers=[]), number=number)
    return HttpResponseRedirect(address(shipment_open(order=order, by=person.user)))


@access(MANAGER, BUYER)
def shipment(request: HttpRequest, number: str) -> HttpResponse:
    """One shipment: packed box by box, on the way, or signed for."""
    row = own_or_404(seen(request), number=number)
    manager = row.order.cooperative_id in person_of(request).roles.cooperatives_managed
    lines = shipment_lines(row)
    draft = manager and row.status == ShipmentStatus.DRAFT
    context = {
        "row": row,
        "manager": manager,
        "draft": draft,
        "lines": lines,
        "table": lines_table(row, lines, manager=manager),
        "packable": packable(row) if draft else [],
        "receivable": row.status == ShipmentStatus.SENT,
        "cancellable": manager and row.status in {ShipmentStatus.DRAFT, ShipmentStatus.SENT},
        "receipt": getattr(row, "receipt", None),
        "next_box": max((line.box for line in lines), default=1),
        "history": history_table(row, acts=ACTS, fields=FIELDS) if manager else None,
    }
    return render(request, "shipping/shipment.html", context)


@access(MANAGER, methods=("POST",))
def shipment_pack(request: HttpRequest, number: str) -> HttpResponse:
    """One lot into one box: the button says which ("line:lot")."""
    row = managed(request, number)
    line_key, _sep, lot_key = request.POST.get("lot", "").partition(":")
    entry = next((one for one in packable(row) if str(one.line.pk) == line_key), None)
    lot = next((one for one in entry.lots if str(one.pk) == lot_key), None) if entry else None
    if entry is None or lot is None:
        messages.error(request, _("That lot isn't there any more. Choose another one."))
        return HttpResponseRedirect(address(row))
    shipment_pick(
        shipment=row,
        line=entry.line,
        lot=lot,
        pieces=quantity_asked(request.POST.get("pieces", "")),
        box=box_asked(request.POST.get("box", "")),
        by=person_of(request).user,
    )
    return HttpResponseRedirect(address(row))


@access(MANAGER, methods=("POST",))
def shipment_pack_all(request: HttpRequest, number: str) -> HttpResponse:
    row = managed(request, number)
    packed = shipment_pick_all(shipment=row, box=box_asked(request.POST.get("box", "")), by=person_of(request).user)
    if not packed:
        messages.info(request, _("Nothing could be packed: no accepted pieces are left, or a line must go whole."))
    return HttpResponseRedirect(address(row))


@access(MANAGER, methods=("POST",))
def shipment_take_out(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    row = managed(request, number)
    shipment_unpick(row=own_or_404(row.lines.all(), pk=pk), by=person_of(request).user)
    return HttpResponseRedirect(address(row))


@access(MANAGER, methods=("GET", "POST"))
def shipment_leave(request: HttpRequest, number: str) -> HttpResponse:
    row = managed(request, number)

    def save(facts: dict[str, Any]) -> str:
        shipment_send(shipment=row, by=person_of(request).user, **facts)
        messages.success(request, _("It is on the way. Print the delivery note for the driver."))
        return address(row)

    return form_page(
        request,
        SendForm(request.POST or None),
        title=_("%(number)s leaves the hub") % {"number": row.number},
        back=address(row),
        action=_("It leaves now"),
        save=save,
    )


@access(MANAGER, methods=("GET", "POST"))
def shipment_call_off(request: HttpRequest, number: str) -> HttpResponse:
    row = managed(request, number)

    def save(facts: dict[str, Any]) -> str:
        shipment_cancel(shipment=row, by=person_of(request).user, **facts)
        messages.success(request, _("Cancelled. All its pieces lie at the hub again."))
        return address(row)

    return form_page(
        request,
        WhyForm(request.POST or None),
        title=_("Cancel %(number)s") % {"number": row.number},
        back=address(row),
        action=_("Cancel the shipment"),
        save=save,
    )


@access(MANAGER, BUYER, methods=("GET", "POST"))
def shipment_sign(request: HttpRequest, number: str) -> HttpResponse:
    """The buyer signs on the phone; where the hub writes it down for the buyer, the page and the paper say so."""
    row = own_or_404(seen(request), number=number)
    person, lines = person_of(request), shipment_lines(row)
    for_buyer = row.order.buyer_id not in person.buyers

    def save(facts: dict[str, Any]) -> str:
        told = told_of(lines, request.POST)
        photo = facts.pop("photo")
        shipment_receive(
            shipment=row,
            told=told,
            photo=attachment_keep(file=photo, by=person.user) if photo else None,
            on_behalf_of=row.order.buyer.name if for_buyer else "",
            by=person.user,
            **facts,
        )
        messages.success(request, _("Signed for. The receipt is kept, and can be printed."))
        return address(row)

    initial = {} if for_buyer else {"received_by": person.name}
    return form_page(
        request,
        ReceiveForm(request.POST or None, request.FILES or None, initial=initial),
        title=_("Receive %(number)s") % {"number": row.number},
        back=address(row),
        action=_("Sign for it"),
        template="shipping/sign.html",
        save=save,
        row=row,
        for_buyer=for_buyer,
        lines=[
            (line, request.POST.get(f"tolak-{line.pk}", ""), request.POST.get(f"kurang-{line.pk}", ""))
            for line in lines
        ],
    )


@access(MANAGER, BUYER)
def order_where(request: HttpRequest, number: str) -> HttpResponse:
    """Where is it? Line by line, with every shipment."""
    person = person_of(request)
    order = own_or_404(orders_seen(cooperatives=person.roles.cooperatives_managed, buyers=person.buyers), number=number)
    rows = whereabouts(order)
    shipped, managed = list(seen(request).filter(order=order)), person.roles.cooperatives_managed
    context = {
        "order": order,
        "table": whereabouts_table(rows),
        "rows": rows,
        "shipments": shipped,
        "milestones": milestones_of_order(order, for_buyer=order.cooperative_id not in managed),
        "manager": order.cooperative_id in managed,
    }
    return render(request, "shipping/where.html", context)
