"""A quotation as the buyer sees it: variants side by side, one of them accepted, or all declined."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wadah.demand.selectors import quotation_standing, quotations_seen
from wadah.demand.services import quotation_decline
from wadah.demand.words import QuotationStatus
from wadah.plans.offers.taking import quotation_take
from wadah.units import date_text, rupiah_of, rupiah_text
from wadah.web.access import BUYER, access, own_or_404, person_of
from wadah.web.editing import form_page
from wadah.web.tables import Column, Table
from wadah.web.views.buyer.forms import AcceptForm, ReasonForm
from wadah.web.words import language, part_name, quantity_text, way_text
from wadah.work.services.offering import offers_sync

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from wadah.demand.models import Quotation, QuotationVariant


def mine(request: HttpRequest) -> QuerySet[Quotation]:
    return quotations_seen(cooperatives=[], buyers=person_of(request).buyers).exclude(sent_at__isnull=True)


@access(BUYER)
def buyer_quotation(request: HttpRequest, number: str) -> HttpResponse:
    row = own_or_404(mine(request), number=number)
    standing = QuotationStatus(quotation_standing(row))
    variants = [
        (variant, way_text(variant.label), variant_table(variant, _("Variant %(code)s")), variant_total(variant))
        for variant in row.variants.all()
    ]
    order = row.orders.exclude(status="cancelled").first() if standing == QuotationStatus.ACCEPTED else None
    shown = {
        "row": row,
        "variants": variants,
        "standing": standing.label,
        "answerable": standing == QuotationStatus.SENT,
        "order": order,
    }
    return render(request, "buyer/quotation.html", shown)


def variant_total(variant: QuotationVariant) -> int:
    return sum(rupiah_of(line.quantity * line.price_rupiah_piece) for line in variant.lines.all())


def variant_table(variant: QuotationVariant, caption: str) -> Table:
    """caption: what stands above it, with %(code)s and %(label)s."""
    table = Table(
        caption % {"code": variant.code, "label": way_text(variant.label)},
        [
            Column(_("Part")),
            Column(_("Pieces × price")),
            Column(_("Delivered by")),
            Column(_("Sum"), numeric=True),
        ],
    )
    for line in variant.lines.all():
        table.add(
            part_name(line.part),
            f"{quantity_text(float(line.quantity))} × {rupiah_text(line.price_rupiah_piece)}",
            date_text(line.promised_on, language()),
            rupiah_text(rupiah_of(line.quantity * line.price_rupiah_piece)),
        )
    return table


@access(BUYER, methods=("GET", "POST"))
def buyer_quotation_accept(request: HttpRequest, number: str, code: str) -> HttpResponse:
    row = own_or_404(mine(request), number=number)
    variant = own_or_404(row.variants.all(), code=code)
    person = person_of(request)

    def save(facts: dict[str, Any]) -> str:
        order, _run = quotation_take(quotation=row, variant=variant, answered_by=facts["answered_by"], by=person.user)
        offers_sync(cooperative=order.cooperative, by=person.user)
        messages.success(request, _("Thank you. It is ordered, and stands in the cooperative's plan."))
        return reverse("order", args=[order.number])

    return form_page(
        request,
        AcceptForm(request.POST or None, initial={"answered_by": person.name}),
        title=_("Accept variant %(code)s of %(number)s") % {"code": code, "number": row.number},
        back=reverse("buyer_quotation", args=[row.number]),
        action=_("Order now"),
        template="buyer/accept.html",
        save=save,
        table=variant_table(variant, _("Variant %(code)s: %(label)s")),
        total=variant_total(variant),
    )


@access(BUYER, methods=("GET", "POST"))
def buyer_quotation_decline(request: HttpRequest, number: str) -> HttpResponse:
    row = own_or_404(mine(request), number=number)
    here = reverse("buyer_quotation", args=[row.number])

    def save(facts: dict[str, Any]) -> str:
        quotation_decline(quotation=row, by=person_of(request).user, **facts)
        return here

    title = _("Decline %(number)s") % {"number": row.number}
    return form_page(request, ReasonForm(request.POST or None), title=title, back=here, action=_("Decline"), save=save)
