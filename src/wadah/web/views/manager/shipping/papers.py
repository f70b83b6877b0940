"""Papers of a shipment as PDF: for the cooperative, and for the buyer once it has left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation

from wadah.base.errors import NotYours
from wadah.web.access import BUYER, MANAGER, access, own_or_404
from wadah.web.papers.shipping import box_labels_pdf, delivery_note_pdf, receipt_pdf
from wadah.web.views.buyer.papers import answer, asked_language, check_url
from wadah.web.views.manager.shipping.shipments import seen
from wadah.work.selectors.shipping import shipment_lines

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@access(MANAGER, BUYER)
def shipment_note(request: HttpRequest, number: str) -> HttpResponse:
    row = own_or_404(seen(request), number=number)
    with translation.override(asked_language(request)):
        url = check_url(request, row.number, row.check_code)
        return answer(row.number, delivery_note_pdf(row, shipment_lines(row), url))


@access(MANAGER, BUYER)
def shipment_receipt(request: HttpRequest, number: str) -> HttpResponse:
    row = own_or_404(seen(request), number=number)
    receipt = getattr(row, "receipt", None)
    if receipt is None:
        raise NotYours
    with translation.override(asked_language(request)):
        url = check_url(request, receipt.number, receipt.check_code)
        return answer(receipt.number, receipt_pdf(row, receipt, shipment_lines(row), url))


@access(MANAGER)
def shipment_labels(request: HttpRequest, number: str) -> HttpResponse:
    row = own_or_404(seen(request), number=number)
    url = check_url(request, row.number, row.check_code)
    return answer(f"{row.number}-label", box_labels_pdf(row, shipment_lines(row), url))
