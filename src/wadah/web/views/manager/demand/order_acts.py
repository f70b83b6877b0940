"""What a manager does with an order: draft it, write its lines, confirm it, cancel it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wadah.demand.selectors import buyers_seen, orders_seen, parts_to_name
from wadah.demand.services import (
    order_cancel,
    order_correct,
    order_draft,
    order_line_price,
    order_line_remove,
    order_move,
)
from wadah.demand.words import OrderStatus
from wadah.register.selectors import cooperatives_named
from wadah.web.access import MANAGER, access, own_or_404, person_of
from wadah.web.editing import form_page
from wadah.web.views.manager.demand.forms import CancelForm, LineForm, NewOrderForm, OrderForm

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from wadah.demand.models import Buyer, Order


def managed(request: HttpRequest) -> QuerySet[Order]:
    return orders_seen(cooperatives=person_of(request).roles.cooperatives_managed, buyers=[])


def buyers_to_choose(request: HttpRequest) -> QuerySet[Buyer]:
    return buyers_seen(person_of(request).roles.cooperatives_managed).filter(archived_at__isnull=True)


def address(order: Order) -> str:
    return reverse("order", args=[order.number])


@access(MANAGER, methods=("GET", "POST"))
def order_add(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = NewOrderForm(
        request.POST or None,
        buyers=buyers_to_choose(request),
        cooperatives=cooperatives_named(person.roles.cooperatives_managed),
    )

    def save(facts: dict[str, Any]) -> str:
        return address(order_draft(by=person.user, **facts))

    return form_page(request, form, title=_("A new order"), back=reverse("orders"), save=save)


@access(MANAGER, methods=("GET", "POST"))
def order_change(request: HttpRequest, number: str) -> HttpResponse:
    row = own_or_404(managed(request), number=number)
    form = OrderForm(request.POST or None, row=row, buyers=buyers_to_choose(request))

    def save(facts: dict[str, Any]) -> str:
        return address(order_correct(order=row, by=person_of(request).user, **facts))

    return form_page(request, form, title=row.number, back=address(row), save=save)


@access(MANAGER, methods=("GET", "POST"))
def order_line_add(request: HttpRequest, number: str) -> HttpResponse:
    row = own_or_404(managed(request), number=number)

    def save(facts: dict[str, Any]) -> str:
        order_line_price(order=row, by=person_of(request).user, **facts)
        return address(row)

    title = _("A line of %(number)s") % {"number": row.number}
    form = LineForm(request.POST or None, parts=parts_to_name())
    return form_page(request, form, title=title, back=address(row), save=save)


@access(MANAGER, methods=("GET", "POST"))
def order_line_change(request: HttpRequest, number: str, line_no: int) -> HttpResponse:
    row = own_or_404(managed(request), number=number)
    line = own_or_404(row.lines.all(), line_no=line_no)

    def save(facts: dict[str, Any]) -> str:
        order_line_price(order=row, line=line, by=person_of(request).user, **facts)
        return address(row)

    return form_page(
        request,
        LineForm(request.POST or None, parts=parts_to_name(), line=line),
        title=_("Line %(line)s of %(number)s") % {"line": line_no, "number": row.number},
        back=address(row),
        template="demand/line.html",
        save=save,
        order=row,
        line=line,
    )


@access(MANAGER, methods=("POST",))
def order_line_take_out(request: HttpRequest, number: str, line_no: int) -> HttpResponse:
    row = own_or_404(managed(request), number=number)
    order_line_remove(line=own_or_404(row.lines.all(), line_no=line_no), by=person_of(request).user)
    return HttpResponseRedirect(address(row))


@access(MANAGER, methods=("POST",))
def order_confirm(request: HttpRequest, number: str) -> HttpResponse:
    row = own_or_404(managed(request), number=number)
    order_move(order=row, to=OrderStatus.CONFIRMED, by=person_of(request).user)
    return HttpResponseRedirect(address(row))


@access(MANAGER, methods=("GET", "POST"))
def order_call_off(request: HttpRequest, number: str) -> HttpResponse:
    row = own_or_404(managed(request), number=number)

    def save(facts: dict[str, Any]) -> str:
        return address(order_cancel(order=row, by=person_of(request).user, **facts))

    title = _("Cancel %(number)s") % {"number": row.number}
    return form_page(
        request,
        CancelForm(request.POST or None),
        title=title,
        back=address(row),
        action=_("Cancel the order"),
        save=save,
    )
