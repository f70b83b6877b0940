"""One-time links: what a link shows before it is used, using it, and asking for one.

A link is opened by whatever previews messages before its owner sees it, so looking at it changes nothing; the button
does. The page tells its address to nobody: no cache, no search engine, and as referrer only the name of this site (none
at all would also hide where the form comes from, and it would be refused).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from wadah.accounts.rules import phone_e164
from wadah.accounts.selectors import link_state
from wadah.accounts.services import link_ask, link_use
from wadah.accounts.tries import ask_limits, take
from wadah.base.errors import Refused
from wadah.web.access import PUBLIC, access, person_of
from wadah.web.forms import refuse
from wadah.web.steps import page_of_ours, safe_next
from wadah.web.views.public.door_session import enter, network_address

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.accounts.models import User
    from wadah.accounts.selectors import LinkState


@access(PUBLIC, door=True)
def link_show(request: HttpRequest, token: str) -> HttpResponse:
    """Whom the link is for, by first name, and a button; or why it doesn't open any more."""
    state = link_state(token)
    if state.name != "open":
        return gone(request, state)
    assert state.link is not None
    code = owners_language(request, state.link.user)
    with translation.override(code):
        response = render(request, "door/link.html", {"link": state.link, "token": token})
    response["Content-Language"] = code
    return kept_private(response)


def owners_language(request: HttpRequest, owner: User) -> str:
    """Whoever has chosen a language on this phone keeps it; else the language of the account that the link opens."""
    chosen = person_of(request).signed_in or settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    return translation.get_language() or settings.LANGUAGE_CODE if chosen else owner.language


@access(PUBLIC, methods=("GET", "POST"), once=False, door=True)
def link_open(request: HttpRequest) -> HttpResponse:
    """Uses the link up and signs its owner in; of two presses one wins, and the other is told that it was used."""
    if request.method != "POST":
        return HttpResponseRedirect(resolve_url("home"))
    token = request.POST.get("token", "")[:100]
    try:
        link = link_use(token=token)
    except Refused:
        state = link_state(token)
        mine = state.link is not None and state.link.user == person_of(request).user
        if state.name == "used" and mine:  # pressed twice: the first press let this same phone in
            return HttpResponseRedirect(safe_next(request, state.link.next if state.link else "", person_of(request)))
        return gone(request, state)
    return enter(request, link.user, to=link.next, by_link=True)


def gone(request: HttpRequest, state: LinkState) -> HttpResponse:
    status = 404 if state.name == "unknown" else 410
    return kept_private(render(request, "door/link_gone.html", {"state": state}, status=status))


def kept_private(response: HttpResponse) -> HttpResponse:
    response["Referrer-Policy"] = "strict-origin"
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


class AskForm(forms.Form):
    phone = forms.CharField(
        label=_("Phone number"),
        help_text=_("Like 0812-3456-7890"),
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "username", "inputmode": "tel"}),
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


@access(PUBLIC, methods=("GET", "POST"), once=False, door=True)
def ask(request: HttpRequest) -> HttpResponse:
    """Asks for a link; the answer is the same whether or not the phone is known."""
    form = AskForm(request.POST or None, initial={"next": request.GET.get("next", "")})
    if request.method == "POST" and form.is_valid():
        try:
            phone = phone_e164(form.cleaned_data["phone"])
            take(ask_limits(phone, network_address(request)))
        except Refused as refused:
            refuse(form, refused)
        else:
            link_ask(
                phone=phone,
                address=lambda token: link_address(request, token),
                next_page=page_of_ours(form.cleaned_data["next"]),
            )
            return HttpResponseRedirect(resolve_url("link_asked"))
    return render(request, "door/ask.html", {"form": form}, status=400 if form.errors else 200)


@access(PUBLIC, door=True)
def asked(request: HttpRequest) -> HttpResponse:
    return render(request, "door/asked.html")


def link_address(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("link_show", kwargs={"token": token}))
