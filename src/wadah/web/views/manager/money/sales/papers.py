"""Papers of sales as PDF: for the cooperative and for the buyer concerned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation

from wadah.base.errors import NotYours
from wadah.ledger.selectors.sales import credit_notes_seen, invoice_lines_of
from wadah.ledger.selectors.taxes import stamp_due, tax_status_on
from wadah.web.access import BUYER, MANAGER, TREASURER, access, own_or_404, person_of
from wadah.web.papers.sales import credit_note_pdf, invoice_pdf, kuitansi_pdf
from wadah.web.views.buyer.papers import answer, asked_language, check_url
from wadah.web.views.manager.money.common import cooperatives_of
from wadah.web.views.manager.money.sales.invoices import seen as invoices_of
from wadah.web.views.manager.money.sales.payments import seen as payments_of
from wadah.web.views.manager.money.sales.words import contract_sentence

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@access(MANAGER, TREASURER, BUYER)
def invoice_paper(request: HttpRequest, number: str) -> HttpResponse:
    row = own_or_404(invoices_of(request), number=number)
    if row.order is None:  # it was written on another paper, before the books began in Wadah
        raise NotYours
    status = tax_status_on(row.cooperative, row.on)
    with translation.override(asked_language(request)):
        content = invoice_pdf(
            row,
            invoice_lines_of(row),
            check_url(request, row.number, row.check_code),
            npwp=status.npwp if status else "",
            contract=contract_sentence(row.order),
        )
    return answer(row.number, content)


@access(MANAGER, TREASURER, BUYER)
def payment_paper(request: HttpRequest, number: str) -> HttpResponse:
    """The kuitansi."""
    row = own_or_404(payments_of(request), number=number)
    paid = list(row.allocations.select_related("invoice__order").order_by("pk"))
    with translation.override(asked_language(request)):
        stamp = stamp_due(row.rupiah, row.on)
        return answer(row.number, kuitansi_pdf(row, paid, check_url(request, row.number, row.check_code), stamp=stamp))


@access(MANAGER, TREASURER, BUYER)
def credit_note_paper(request: HttpRequest, number: str) -> HttpResponse:
    rows = credit_notes_seen(cooperatives=cooperatives_of(request), buyers=person_of(request).buyers)
    row = own_or_404(rows, number=number)
    with translation.override(asked_language(request)):
        return answer(row.number, credit_note_pdf(row, check_url(request, row.number, row.check_code)))
