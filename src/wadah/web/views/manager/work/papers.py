"""Papers of work as PDF: for the member whose work it is, and for the manager."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import translation

from wadah.web.access import INSPECTOR, MANAGER, MEMBER, access, own_or_404, person_of
from wadah.web.papers.work import hand_over_pdf, issue_slip_pdf, lot_labels_pdf, work_order_pdf
from wadah.web.views.buyer.papers import answer, asked_language, check_url
from wadah.web.views.manager.work.common import cooperatives, managed_order
from wadah.web.views.member.work import promised
from wadah.work.selectors.lots import lots_numbered
from wadah.work.selectors.material import issues_of, needs_of
from wadah.work.selectors.orders import lots_handed_over, milestones_of, work_orders_of, work_orders_seen
from wadah.work.selectors.trace import lots_seen
from wadah.work.words import WorkOrderKind

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.work.models import Lot

LABELS_MOST = 240


@access(MEMBER, MANAGER)
def work_order_paper(request: HttpRequest, number: str) -> HttpResponse:
    roles = person_of(request).roles
    rows = work_orders_of(roles.workshops_owned) | work_orders_seen(roles.cooperatives_managed)
    row = own_or_404(rows, number=number)
    service = row.kind == WorkOrderKind.SERVICE
    with translation.override(asked_language(request)):
        url = check_url(request, row.number, row.check_code)
        steps = milestones_of(row) if service else []
        content = work_order_pdf(row, [] if service else needs_of(row), steps, promised(row), url)
        return answer(row.number, content)


@access(MANAGER)
def material_paper(request: HttpRequest, number: str) -> HttpResponse:
    row = managed_order(request, number)
    with translation.override(asked_language(request)):
        url = check_url(request, row.number, row.check_code)
        return answer(f"{row.number}-bahan", issue_slip_pdf(row, issues_of(row)[::-1], url))


def lot_url_of(request: HttpRequest, lot: Lot) -> str:
    return request.build_absolute_uri(reverse("lot_check", args=[lot.number, lot.check_code]))


@access(MEMBER, MANAGER)
def hand_over_paper(request: HttpRequest, number: str) -> HttpResponse:
    roles = person_of(request).roles
    lot = own_or_404(lots_handed_over(roles.workshops_owned, roles.cooperatives_managed), number=number)
    with translation.override(asked_language(request)):
        return answer(f"{lot.number}-tanda-terima", hand_over_pdf(lot, lot_url_of(request, lot)))


@access(MANAGER, INSPECTOR)
def lot_labels(request: HttpRequest, number: str) -> HttpResponse:
    """Labels of a lot and of others (`lot`, as often as wanted), `kali` of each."""
    own_or_404(lots_seen(cooperatives(request)), number=number)
    numbers = [number, *request.GET.getlist("lot")][:LABELS_MOST]
    lots = lots_numbered(lots_seen(cooperatives(request)), numbers)
    times = request.GET.get("kali", "1")
    count = min(int(times), LABELS_MOST) if times.isdecimal() and int(times) else 1
    pairs = [(lot, lot_url_of(request, lot)) for lot in lots for _time in range(count)]
    with translation.override(asked_language(request)):
        return answer("label-lot", lot_labels_pdf(pairs[:LABELS_MOST]))
