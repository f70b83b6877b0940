"""What is still asked of somebody who has just signed in: a code, a PIN of their own, setting the second step up.

While a step is missing, every page but the door's own leads to it (web.access calls `step_missing` before each view).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from wadah.accounts.selectors import second_step_set

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.web.access import Person

CHOOSE_KEY = "choose_secret"
"""In the session: a PIN or password is to be chosen, for a link let this person in."""


def step_missing(request: HttpRequest, person: Person) -> str:
    """The name of the page that has to come first; empty when nothing is missing, or for a stranger."""
    if person.user is None:
        return ""
    verified = getattr(request.user, "otp_device", None) is not None
    if not verified and second_step_set(person.user):
        return "second_step"
    if request.session.get(CHOOSE_KEY):
        return "secret_choose"
    if not verified and settings.TOTP == "required" and person.answers_for_others:
        return "second_step_setup"
    return ""


def to_step(request: HttpRequest, step: str) -> HttpResponse:
    """To the missing step, and afterwards to the page that was asked for."""
    here = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
    return HttpResponseRedirect(resolve_url(step) + ("?" + urlencode({"next": here}) if here not in {"", "/"} else ""))


def safe_next(request: HttpRequest, address: str, person: Person | None = None) -> str:
    """Where to go: `address` if it is a page of this site, else the first page (a person's own, where one is given)."""
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if address and safe else resolve_url(first_page(person))


def first_page(person: Person | None) -> str:
    """The page where somebody lands after signing in: what a manager must decide, what a member must do, which lots an
    inspector must look at, which money a treasurer must see to, what a school or another buyer can order, else the
    public one."""
    if person is None:
        return "home"
    roles = person.roles
    firsts = (
        (roles.cooperatives_managed, "today"),
        (roles.cooperatives_joined, "beranda"),
        (roles.cooperatives_inspected, "quality"),
        (roles.officer, "city_summary"),
        (roles.cooperatives_kept, "today"),
        (person.speaks_for_school, "school"),
        (person.buyers, "buyer"),
    )
    return next((page for held, page in firsts if held), "home")


def page_of_ours(address: str) -> str:
    """`address` if it is a path of this site, fit to be kept for later; else nothing."""
    ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, None) and len(address) <= 200
    return address if ours else ""
