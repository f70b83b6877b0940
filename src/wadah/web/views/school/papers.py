"""All papers of one order in one PDF, for the buyer and for the cooperative."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation

from wadah.base.clock import today
from wadah.base.errors import NotYours
from wadah.demand.selectors import orders_seen
from wadah.demand.selectors.schools import small_share_on
from wadah.demand.words import OrderStatus
from wadah.ledger.selectors.schools import procurement_of
from wadah.web.access import BUYER, MANAGER, access, own_or_404, person_of
from wadah.web.papers.procurement import procurement_pdf
from wadah.web.views.buyer.papers import answer, asked_language, check_url
from wadah.web.views.manager.money.sales.words import contract_sentence

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

UNSIGNED = {OrderStatus.DRAFT, OrderStatus.RESERVED}


@access(MANAGER, BUYER)
def procurement_papers(request: HttpRequest, number: str) -> HttpResponse:
    person = person_of(request)
    order = own_or_404(orders_seen(cooperatives=person.roles.cooperatives_managed, buyers=person.buyers), number=number)
    if order.status in UNSIGNED:
        raise NotYours
    rule = small_share_on(today())
    with translation.override(asked_language(request)):
        content = procurement_pdf(
            procurement_of(order),
            lambda paper, code: check_url(request, paper, code),
            contract=contract_sentence(order),
            small_rule=rule.regulation if rule else "",
        )
    return answer(f"{order.number}-berkas", content)
