"""Bring what, where, when? Announcing a hand-over, its code on the phone, taking it back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import segno
from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from wadah.base.clock import today
from wadah.web.access import MEMBER, access, own_or_404, person_of
from wadah.web.editing import form_page
from wadah.web.views.member.work import own_order
from wadah.web.views.member.work_forms import BringForm, CancelForm
from wadah.web.words import quantity_text
from wadah.work.selectors.lots import buckets_of
from wadah.work.selectors.orders import lots_of_member, ready_to_bring
from wadah.work.services.handing_over import hand_over, hand_over_cancel
from wadah.work.services.orders import standing
from wadah.work.words import Bucket

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.work.models import Lot

SHOWN = 20


def own_lot(request: HttpRequest, number: str) -> Lot:
    return own_or_404(lots_of_member(person_of(request).roles.workshops_owned), number=number)


def qr_inline(text: str) -> SafeString:
    """A code that fills what it stands in; made by segno out of modules only, whatever the text."""
    return mark_safe(segno.make(text, error="m").svg_inline(border=1, omitsize=True))


@access(MEMBER)
def bring(request: HttpRequest) -> HttpResponse:
    """What can be brought, what is announced, what was brought lately."""
    shops = person_of(request).roles.workshops_owned
    lots = lots_of_member(shops)
    context = {
        "ready": [(row, standing(row)) for row in ready_to_bring(shops)],
        "coming": list(lots.filter(bring_at__isnull=False).order_by("bring_at")),
        "brought": list(lots.filter(bring_at__isnull=True)[:SHOWN]),
    }
    return render(request, "member/work_bring.html", context)


@access(MEMBER, methods=("GET", "POST"))
def work_bring(request: HttpRequest, number: str) -> HttpResponse:
    """Announce a lot of one work order."""
    row = own_order(request, number)
    at = standing(row)
    ready = at.to_bring or at.in_work
    tomorrow = today() + timedelta(days=1)
    initial = {"pieces": quantity_text(float(ready)), "day": tomorrow}
    form = BringForm(request.POST or None, initial=initial)

    def save(facts: dict[str, Any]) -> str:
        lot = hand_over(work_order=row, pieces=facts["pieces"], bring_at=form.bring_at, by=person_of(request).user)
        messages.success(request, _("Announced. Show this code at the hub. Receipt: %(lot)s.") % {"lot": lot.number})
        return reverse("bring_lot", args=[lot.number])

    return form_page(
        request,
        form,
        title=_("What do you bring?"),
        back=reverse("work_order", args=[number]),
        action=_("Announce it"),
        save=save,
        template="member/work_bring_form.html",
        row=row,
        at=at,
    )


@access(MEMBER)
def bring_lot(request: HttpRequest, number: str) -> HttpResponse:
    """A lot of the member's: its code to show at the hub, and where its pieces are."""
    lot = own_lot(request, number)
    url = request.build_absolute_uri(reverse("lot_check", args=[lot.number, lot.check_code]))
    context = {
        "lot": lot,
        "qr": qr_inline(url),
        "buckets": [(Bucket(name).label, pieces) for name, pieces in buckets_of(lot)],
        "address": url,
    }
    return render(request, "member/work_lot.html", context)


@access(MEMBER, methods=("GET", "POST"))
def bring_cancel(request: HttpRequest, number: str) -> HttpResponse:
    """What was announced isn't brought."""
    lot = own_lot(request, number)

    def save(facts: dict[str, Any]) -> str:
        hand_over_cancel(lot=lot, by=person_of(request).user, **facts)
        messages.success(request, _("Taken back. The pieces are still noted as done."))
        return reverse("bring")

    return form_page(
        request,
        CancelForm(request.POST or None),
        title=_("I don't bring %(lot)s") % {"lot": lot.number},
        back=reverse("bring_lot", args=[lot.number]),
        action=_("Take it back"),
        save=save,
    )
