"""Papers of quotations and orders as PDF, and the public page that says whether a paper is genuine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from wadah.base.errors import NotYours
from wadah.demand.selectors import orders_seen, paper_standing, quotations_seen
from wadah.ledger.selectors.books import books_paper_standing
from wadah.ledger.selectors.members_money import members_paper_standing
from wadah.ledger.selectors.repaying import repayment_paper_standing
from wadah.ledger.selectors.sales import sales_paper_standing
from wadah.ledger.selectors.surplus import share_paper_standing
from wadah.web.access import BUYER, MANAGER, PUBLIC, access, own_or_404, person_of
from wadah.web.papers.letters import order_pdf, quotation_pdf
from wadah.work.selectors.inspections import quality_paper_standing
from wadah.work.selectors.lots import work_paper_standing
from wadah.work.selectors.shipping import shipping_paper_standing

if TYPE_CHECKING:
    from django.http import HttpRequest


@access(MANAGER, BUYER)
def quotation_paper(request: HttpRequest, number: str) -> HttpResponse:
    person = person_of(request)
    rows = quotations_seen(cooperatives=person.roles.cooperatives_managed, buyers=person.buyers)
    row = own_or_404(rows, number=number)
    with translation.override(asked_language(request)):
        return answer(row.number, quotation_pdf(row, check_url(request, row.number, row.check_code)))


@access(MANAGER, BUYER)
def order_paper(request: HttpRequest, number: str) -> HttpResponse:
    person = person_of(request)
    rows = orders_seen(cooperatives=person.roles.cooperatives_managed, buyers=person.buyers)
    row = own_or_404(rows, number=number)
    with translation.override(asked_language(request)):
        return answer(row.number, order_pdf(row, check_url(request, row.number, row.check_code)))


def asked_language(request: HttpRequest) -> str | None:
    """`bahasa` of the address, for a letter to somebody who reads another language than its writer; else the page's."""
    asked = request.GET.get("bahasa", "")
    return asked if asked in dict(settings.LANGUAGES) else translation.get_language()


def check_url(request: HttpRequest, number: str, code: str) -> str:
    return request.build_absolute_uri(reverse("paper_check", args=[number, code]))


def answer(name: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


@access(PUBLIC)
def paper_check(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Number, date, valid or not; nothing else is told to whoever holds the paper."""
    found = paper_standing(number, code) or shipping_paper_standing(number, code)
    found = found or quality_paper_standing(number, code) or work_paper_standing(number, code)
    found = found or sales_paper_standing(number, code) or share_paper_standing(number, code)
    found = found or books_paper_standing(number, code)
    found = found or members_paper_standing(number, code) or repayment_paper_standing(number, code)
    if found is None:
        raise NotYours(_("Wadah knows no paper with this number and code. If it stands on a paper, don't trust it."))
    return render(request, "buyer/paper.html", {"paper": found})
