"""Who can sign in: a manager's list of their cooperative, an administrator's of all, and the page about one person.

From there a one-time link is handed over, and the second step of a colleague who lost the phone is taken away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wadah.accounts.delivery import link_text, whatsapp_address
from wadah.accounts.rules import phone_local
from wadah.accounts.selectors import accounts_all, door_of
from wadah.accounts.services import link_make, second_step_reset
from wadah.base.clock import business_date
from wadah.base.errors import Refused
from wadah.register.selectors.signing_in import places_signing_in
from wadah.register.services.signing_in import member_account_open
from wadah.units import date_text
from wadah.web.access import ADMIN, MANAGER, access, own_or_404, person_of
from wadah.web.editing import form_page
from wadah.web.history import history_table
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.reach import accounts_in_reach
from wadah.web.views.public.door_link import link_address
from wadah.web.views.public.door_second import private, qr_svg
from wadah.web.views.public.door_secret import user_of
from wadah.web.words import language

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from wadah.accounts.models import User

ACTS = {
    "sign_in_link_make": _("one-time link handed over"),
    "sign_in_link_use": _("signed in by one-time link"),
    "pin_choose": _("PIN chosen"),
    "password_choose": _("password chosen"),
    "device_end": _("a device signed out"),
    "devices_end_others": _("other devices signed out"),
    "second_step_on": _("second step set up"),
    "second_step_off": _("second step turned off"),
    "second_step_reset": _("second step taken away"),
    "recovery_codes_renew": _("new recovery codes made"),
}
FIELDS = {"device": _("device"), "devices": _("devices")}


def day_text(moment: dt.datetime | None) -> str:
    return date_text(business_date(moment), language()) if moment else str(_("never"))


def account_words(user: User | None) -> str:
    if user is None:
        return str(_("no account"))
    if not user.is_active:
        return str(_("closed"))
    if not user.has_usable_password():
        return str(_("no PIN yet"))
    return str(_("PIN") if user.by_pin else _("password"))


def place_phone(place: Any) -> str:
    phone = place.user.phone if place.user else place.ikm.phone if place.ikm else ""
    return phone_local(phone) if phone else "–"


def place_name(place: Any) -> str:
    return place.user.name if place.user else place.ikm.owner_name if place.ikm else ""


def place_address(place: Any) -> str:
    if place.user is None:
        return reverse("account_open", kwargs={"pk": place.pk})
    return reverse("account", kwargs={"pk": place.user_id})


def place_next(place: Any) -> str:
    if place.user is None:
        return str(_("Open an account"))
    return str(_("Waits for a link: hand it over") if place.waiting else _("Hand over a link"))


def place_search(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(
        Q(user__name__icontains=text) | Q(ikm__name__icontains=text) | Q(ikm__owner_name__icontains=text)
    )


STATES: dict[str, tuple[Any, Q]] = {
    "menunggu": (_("waits for a link"), Q(waiting=True)),
    "tanpa": (_("no account"), Q(user__isnull=True)),
    "belum": (_("never seen"), Q(user__isnull=False, seen_at__isnull=True)),
}
PLACES = Listing(
    "masuk",
    _("Who can sign in"),
    [
        ListColumn(
            "name",
            _("Name"),
            place_name,
            url=place_address,
            sort=("user__name", "ikm__owner_name"),
        ),
        ListColumn(
            "firm",
            _("Firm or office"),
            lambda place: place.ikm.name if place.ikm else f"{place.get_role_display()}, {place.cooperative}",
            sort=("ikm__name",),
        ),
        ListColumn("phone", _("Phone"), place_phone),
        ListColumn("account", _("Opens with"), lambda place: account_words(place.user)),
        ListColumn("seen", _("Last seen"), lambda place: day_text(place.seen_at), sort=("seen_at",)),
        ListColumn(
            "act",
            _("Next"),
            place_next,
            url=place_address,
        ),
    ],
    search=place_search,
    filters=[
        ListFilter(
            "keadaan",
            _("State"),
            lambda: [(key, words) for key, (words, _narrow) in STATES.items()],
            lambda rows, value: rows.filter(STATES[value][1]),
        )
    ],
    empty=_("Your cooperative has no members yet. Register the first workshop, then hand over a link."),
)
ACCOUNTS = Listing(
    "akun",
    _("Everybody's accounts"),
    [
        ListColumn(
            "name",
            _("Name"),
            lambda user: user.name,
            url=lambda user: reverse("account", kwargs={"pk": user.pk}),
            sort=("name",),
        ),
        ListColumn("phone", _("Phone"), lambda user: phone_local(user.phone)),
        ListColumn("account", _("Opens with"), account_words),
        ListColumn("seen", _("Last seen"), lambda user: day_text(user.seen_at), sort=("seen_at",)),
        ListColumn("act", _("Next"), lambda user: str(_("Waits for a link") if user.waiting else "–")),
    ],
    search=lambda rows, text: rows.filter(name__icontains=text),
)


@access(MANAGER)
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with a place in the manager's cooperatives: with which secret they sign in, and when they last did."""
    return list_page(request, PLACES, places_signing_in(person_of(request).roles.cooperatives_managed))


@access(ADMIN)
def accounts(request: HttpRequest) -> HttpResponse:
    return list_page(request, ACCOUNTS, accounts_all())


@access(MANAGER, ADMIN)
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: how they come in, and what was done about it."""
    user = own_or_404(accounts_in_reach(person_of(request)), pk=pk)
    return render(request, "door/account.html", about(request, user))


def about(request: HttpRequest, user: User) -> dict[str, Any]:
    person = person_of(request)
    return {
        "who": user,
        "phone": phone_local(user.phone),
        "door": door_of(user),
        "opens_with": account_words(user),
        "own": user == person.user,
        "history": history_table(user, acts=ACTS, fields=FIELDS),
        "back": resolve_url("sign_in_links" if person.holds(MANAGER) else "accounts"),
    }


@access(MANAGER, ADMIN, methods=("POST",), once=False)
def link_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes a link and shows it in the answer itself, for only a hash is kept; pressed again, the newest one counts."""
    person = person_of(request)
    user = own_or_404(accounts_in_reach(person), pk=pk)
    if user == person.user:
        raise Refused(_("You are signed in already. A colleague can make a link for you."))
    link, token = link_make(user=user, by=user_of(person))
    address = link_address(request, token)
    text = link_text(user, address, link.expires_at)
    shown = {
        "who": user,
        "link": link,
        "address": address,
        "text": text,
        "whatsapp": whatsapp_address(user.phone, text),
        "qr": qr_svg(address),
    }
    return private(render(request, "door/hand_over.html", shown))


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why"), help_text=_("For example: the phone was stolen."), max_length=300)


@access(MANAGER, ADMIN, methods=("GET", "POST"))
def second_step_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes away the second step of a colleague whose phone is lost."""
    person = person_of(request)
    user = own_or_404(accounts_in_reach(person), pk=pk)
    back = reverse("account", kwargs={"pk": user.pk})

    def save(facts: dict[str, Any]) -> str:
        second_step_reset(user=user, by=user_of(person), reason=facts["reason"])
        words = gettext("Done. %(name)s sets a new second step up at the next sign-in.")
        messages.success(request, words % {"name": user})
        return back

    return form_page(
        request,
        ReasonForm(request.POST or None),
        title=gettext("Take away the second step of %(name)s") % {"name": user},
        back=back,
        action=_("Take it away"),
        template="door/take_away.html",
        save=save,
    )


class AccountForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    phone = forms.CharField(
        label=_("Phone number"),
        help_text=_("Like 0812-3456-7890"),
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}),
    )
    adult = forms.BooleanField(label=_("This person is 18 or older"), required=False)


@access(MANAGER, methods=("GET", "POST"))
def account_open(request: HttpRequest, pk: int) -> HttpResponse:
    """An account for a member firm that nobody signs in for yet."""
    person = person_of(request)
    places = places_signing_in(person.roles.cooperatives_managed).filter(ikm__isnull=False, user__isnull=True)
    place = own_or_404(places, pk=pk)
    assert place.ikm is not None
    known = {"name": place.ikm.owner_name, "phone": phone_local(place.ikm.phone) if place.ikm.phone else ""}

    def save(facts: dict[str, Any]) -> str:
        user = member_account_open(membership=place, by=user_of(person), **facts)
        return reverse("account", kwargs={"pk": user.pk})

    return form_page(
        request,
        AccountForm(request.POST or None, initial=known),
        title=gettext("Open an account for %(firm)s") % {"firm": place.ikm.name},
        back=resolve_url("sign_in_links"),
        action=_("Open the account"),
        save=save,
    )
