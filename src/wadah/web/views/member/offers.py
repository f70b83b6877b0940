"""A member's offers: do I take this work? One page an offer, big buttons, a receipt; and the short link to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.errors import Refused
from wadah.web.access import MANAGER, MEMBER, access, own_or_404, person_of
from wadah.web.forms import refuse
from wadah.web.quantities import QuantityField
from wadah.work.rules.orders import due_day
from wadah.work.selectors.offers import (
    asking,
    materials_of,
    offers_of,
    offers_seen,
    order_of,
    waiting_for_answer,
)
from wadah.work.services.offers import offer_decline, offer_see, offer_take, offer_undo
from wadah.work.words import DeclineReason

if TYPE_CHECKING:
    from decimal import Decimal

    from django.http import HttpRequest, HttpResponse

    from wadah.work.models import Offer
    from wadah.work.selectors.offers import Asking

ANSWERED_SHOWN = 10


class TakeForm(forms.Form):
    """How many; the button "all of it" sends the number that its page showed."""

    pieces = QuantityField(label=gettext_lazy("How many do you take?"))


class DeclineForm(forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("Why not?"), choices=DeclineReason.choices, widget=forms.RadioSelect, required=False
    )
    note = forms.CharField(label=gettext_lazy("In your words"), max_length=400, required=False)


def own_offer(request: HttpRequest, number: str) -> Offer:
    return own_or_404(offers_of(person_of(request).roles.workshops_owned), number=number)


@access(MEMBER)
def offers(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, the first to answer first; and what was answered lately."""
    rows = offers_of(person_of(request).roles.workshops_owned)
    waiting = waiting_for_answer(rows)
    over = rows.exclude(pk__in=waiting.values("pk")).order_by("-answered_at", "-pk")[:ANSWERED_SHOWN]
    return render(request, "member/offers.html", {"waiting": asking(waiting), "over": asking(over)})


@access(MEMBER)
def offer(request: HttpRequest, number: str) -> HttpResponse:
    row = own_offer(request, number)
    offer_see(row)
    return offer_page(request, row)


def offer_page(
    request: HttpRequest, row: Offer, *, take: TakeForm | None = None, decline: DeclineForm | None = None
) -> HttpResponse:
    """The page of an offer; with a form that was refused, its status says so."""
    (asked,) = asking([row])
    wrong = bool((take and take.errors) or (decline and decline.errors))
    context = {
        "asked": asked,
        "row": row,
        "due": due_day(row.package.week_start),
        "most": plain_number(min(asked.fit, asked.left)),
        "materials": materials_of(row),
        "take": take or TakeForm(),
        "decline": decline or DeclineForm(),
        "order": order_of(row),
        "wrong": wrong,
    }
    return render(request, "member/offer.html", context, status=400 if wrong else 200)


def plain_number(pieces: Decimal) -> str:
    """As a button sends it: "1200" or "2.5"."""
    return f"{pieces.normalize():f}"


@access(MEMBER, methods=("POST",))
def offer_take_all(request: HttpRequest, number: str) -> HttpResponse:
    """All of it or part of it: what the pressed button or the field says."""
    row, form = own_offer(request, number), TakeForm(request.POST)
    if form.is_valid():
        try:
            offer_take(offer=row, pieces=form.cleaned_data["pieces"], by=person_of(request).user)
            return HttpResponseRedirect(reverse("offer_receipt", args=[number]))
        except Refused as refused:
            refuse(form, refused)
    return offer_page(request, row, take=form)


@access(MEMBER, methods=("POST",))
def offer_refuse(request: HttpRequest, number: str) -> HttpResponse:
    row, form = own_offer(request, number), DeclineForm(request.POST)
    if form.is_valid():
        try:
            offer_decline(offer=row, by=person_of(request).user, **form.cleaned_data)
            return HttpResponseRedirect(reverse("offer_receipt", args=[number]))
        except Refused as refused:
            refuse(form, refused)
    return offer_page(request, row, decline=form)


@access(MEMBER, methods=("POST",))
def offer_take_back(request: HttpRequest, number: str) -> HttpResponse:
    """The answer is taken back: the offer is open again."""
    row = own_offer(request, number)
    offer_undo(offer=row, by=person_of(request).user)
    messages.success(request, _("Your answer is taken back. You can answer anew."))
    return HttpResponseRedirect(reverse("offer", args=[number]))


@access(MEMBER)
def offer_receipt(request: HttpRequest, number: str) -> HttpResponse:
    """What was answered, with its number, to be kept or printed."""
    row = own_offer(request, number)
    (asked,) = asking([row])
    return render(request, "member/offer_receipt.html", receipt_context(row, asked))


def receipt_context(row: Offer, asked: Asking) -> dict[str, Any]:
    return {"row": row, "asked": asked, "order": order_of(row), "rest": row.pieces - row.taken}


@access(MEMBER, MANAGER)
def offer_link(request: HttpRequest, number: str) -> HttpResponse:
    """The short link of a message. It carries no authority: it only leads whoever may see the offer there."""
    roles = person_of(request).roles
    if offers_of(roles.workshops_owned).filter(number=number).exists():
        return HttpResponseRedirect(reverse("offer", args=[number]))
    own_or_404(offers_seen(roles.cooperatives_managed), number=number)
    return HttpResponseRedirect(reverse("answer", args=[number]))
