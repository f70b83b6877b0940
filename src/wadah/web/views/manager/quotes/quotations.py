"""One quotation: its variants with the price line by line, sending it, taking it back, and the buyer's letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from wadah.base.clock import business_date
from wadah.demand.selectors import quotation_standing, quotations_seen
from wadah.demand.services import quotation_decline, quotation_withdraw
from wadah.demand.words import AnsweredHow, QuotationStatus
from wadah.plans.offers.quoting import moving_piece, price_built, quotation_adjust
from wadah.plans.offers.taking import quotation_offer, quotation_take
from wadah.units import date_text, rupiah_of, rupiah_text
from wadah.web.access import MANAGER, access, own_or_404, person_of
from wadah.web.editing import form_page
from wadah.web.history import history_table
from wadah.web.tables import Column, Table
from wadah.web.views.manager.quotes.forms import DeclinedForm, DeclineForm, LetterForm, QuotationForm, SendForm
from wadah.web.views.manager.quotes.words import ACTS, FIELDS, KINDS, SURE
from wadah.web.words import language, part_name, quantity_text, way_text
from wadah.work.services.offering import offers_sync

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from wadah.demand.models import Quotation, QuotationLine, QuotationVariant


def mine(request: HttpRequest) -> QuerySet[Quotation]:
    return quotations_seen(cooperatives=person_of(request).roles.cooperatives_managed, buyers=[])


@access(MANAGER)
def quotation(request: HttpRequest, number: str) -> HttpResponse:
    row = own_or_404(mine(request), number=number)
    standing = QuotationStatus(quotation_standing(row))
    variants = [
        (variant, way_text(variant.label), lines_table(variant), total(variant), built(variant))
        for variant in row.variants.all()
    ]
    return render(
        request,
        "quotes/quotation.html",
        {
            "row": row,
            "standing": standing.label,
            "variants": variants,
            "draft": standing == QuotationStatus.DRAFT,
            "sent": standing == QuotationStatus.SENT,
            "answered_on": row.letter_on or (business_date(row.answered_at) if row.answered_at else None),
            "order": row.orders.exclude(status="cancelled").first(),
            "message": wa_link(request, row) if standing == QuotationStatus.SENT else "",
            "history": history_table(row, acts=ACTS, fields=FIELDS),
        },
    )


def total(variant: QuotationVariant) -> int:
    return sum(rupiah_of(line.quantity * line.price_rupiah_piece) for line in variant.lines.all())


def lines_table(variant: QuotationVariant) -> Table:
    columns = [Column(_("Part")), Column(_("Pieces"), numeric=True), Column(_("Promised by"))]
    columns += [Column(_("Price a piece"), numeric=True), Column(_("How sure"))]
    table = Table(_("Variant %(code)s") % {"code": variant.code}, columns)
    for line in variant.lines.all():
        table.add(
            part_name(line.part),
            quantity_text(float(line.quantity)),
            date_text(line.promised_on, language()),
            rupiah_text(line.price_rupiah_piece),
            str(SURE[line.sure]).partition(":")[0],
        )
    return table


def built(variant: QuotationVariant) -> list[Table]:
    """Each line's price a piece, line by line."""
    return [built_line(line, variant.quotation) for line in variant.lines.all()]


def built_line(line: QuotationLine, row: Quotation) -> Table:
    caption = _("%(part)s: the price of a piece") % {"part": part_name(line.part)}
    table = Table(caption, [Column(_("For")), Column(_("Rupiah a piece"), numeric=True)])
    lines = price_built(line.cost, line.quantity, row.margin_percent)
    moving = moving_piece(line.cost, line.quantity)
    for price in lines[:-1]:
        table.add(str(KINDS[price.kind]), rupiah_text(price.rupiah_piece))
    if moving:
        table.add(str(KINDS["moving"]), rupiah_text(moving))
    table.add(str(KINDS["price"]), rupiah_text(lines[-1].rupiah_piece + moving))
    return table


def wa_link(request: HttpRequest, row: Quotation) -> str:
    """wa.me with a message to the buyer, who chooses to whom it goes; its link carries no authority."""
    page = request.build_absolute_uri(reverse("buyer_quotation", args=[row.number]))
    buyer = row.request.buyer
    with override("en" if buyer.market == "export" else "id"):
        words = {
            "buyer": buyer.name,
            "number": row.number,
            "cooperative": row.request.cooperative.name,
            "day": date_text(row.valid_until, language()),
            "page": page,
        }
        text = (
            _("%(buyer)s: quotation %(number)s of %(cooperative)s is ready, valid until %(day)s. See %(page)s") % words
        )
    return f"https://wa.me/?text={quote(text)}"


@access(MANAGER, methods=("GET", "POST"))
def quotation_edit(request: HttpRequest, number: str) -> HttpResponse:
    """Margin, validity and reservation of a draft."""
    row = own_or_404(mine(request), number=number)
    here = reverse("quotation", args=[row.number])

    def save(facts: dict[str, Any]) -> str:
        quotation_adjust(quotation=row, by=person_of(request).user, **facts)
        return here

    title = _("Change %(number)s") % {"number": row.number}
    return form_page(request, QuotationForm(request.POST or None, row=row), title=title, back=here, save=save)


@access(MANAGER, methods=("GET", "POST"))
def quotation_post(request: HttpRequest, number: str) -> HttpResponse:
    """Send a draft to the buyer's page."""
    row = own_or_404(mine(request), number=number)
    here = reverse("quotation", args=[row.number])

    def save(facts: dict[str, Any]) -> str:
        quotation_offer(quotation=row, by=person_of(request).user, **facts)
        offers_sync(cooperative=row.request.cooperative, by=person_of(request).user)
        return here

    return form_page(
        request,
        SendForm(request.POST or None, quotation=row),
        title=_("Send %(number)s") % {"number": row.number},
        back=here,
        action=_("Send"),
        save=save,
        template="quotes/send.html",
        row=row,
    )


@access(MANAGER, methods=("GET", "POST"))
def quotation_pull(request: HttpRequest, number: str) -> HttpResponse:
    """Take a quotation back; hours that it kept are free again."""
    row = own_or_404(mine(request), number=number)
    here = reverse("quotation", args=[row.number])

    def save(facts: dict[str, Any]) -> str:
        quotation_withdraw(quotation=row, by=person_of(request).user, **facts)
        return here

    title = _("Withdraw %(number)s") % {"number": row.number}
    form = DeclineForm(request.POST or None)
    return form_page(request, form, title=title, back=here, action=_("Withdraw"), save=save)


@access(MANAGER, methods=("GET", "POST"))
def quotation_letter(request: HttpRequest, number: str) -> HttpResponse:
    """The buyer accepted by letter: the order, and the plan that keeps it, in one act."""
    row = own_or_404(mine(request), number=number)

    def save(facts: dict[str, Any]) -> str:
        variant = own_or_404(row.variants.all(), code=facts.pop("variant"))
        by = person_of(request).user
        order, _run = quotation_take(quotation=row, variant=variant, how=AnsweredHow.LETTER, by=by, **facts)
        offers_sync(cooperative=order.cooperative, by=by)
        return reverse("order", args=[order.number])

    return form_page(
        request,
        LetterForm(request.POST or None, quotation=row),
        title=_("%(number)s was accepted by letter") % {"number": row.number},
        back=reverse("quotation", args=[row.number]),
        action=_("Order and plan it"),
        save=save,
    )


@access(MANAGER, methods=("GET", "POST"))
def quotation_refused(request: HttpRequest, number: str) -> HttpResponse:
    """The buyer declined by letter or on the phone; hours that were kept are free again."""
    row = own_or_404(mine(request), number=number)
    here = reverse("quotation", args=[row.number])

    def save(facts: dict[str, Any]) -> str:
        quotation_decline(quotation=row, by=person_of(request).user, **facts)
        return here

    title = _("%(number)s was declined") % {"number": row.number}
    form = DeclinedForm(request.POST or None)
    return form_page(request, form, title=title, back=here, action=_("Write it down"), save=save)
