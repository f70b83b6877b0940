"""Coming in: a new session on a device that is remembered from now on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import auth
from django.http import HttpResponseRedirect

from wadah.accounts.middleware import DEVICE_KEY
from wadah.accounts.models import Device
from wadah.accounts.selectors import device_of_cookie
from wadah.accounts.services import device_remember
from wadah.accounts.services.devices import REMEMBERED_DAYS
from wadah.web.access import Person
from wadah.web.steps import CHOOSE_KEY, safe_next

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.accounts.models import User


def enter(request: HttpRequest, user: User, *, to: str, by_link: bool = False) -> HttpResponse:
    """Signs `user` in under a new session key, remembers the device, and goes on to `to` (a missing step comes first).

    A PIN or password is to be chosen by whoever came by a link, and by who answers for others with a PIN alone.
    """
    how = Device.How.PIN if user.by_pin else Device.How.PASSWORD
    device, secret = device_remember(
        user=user,
        how=Device.How.LINK if by_link else how,
        agent=request.headers.get("User-Agent", ""),
        cookie=device_cookie(request),
    )
    auth.login(request, user)
    request.session[DEVICE_KEY] = device.pk
    if by_link or (user.by_pin and Person(user).answers_for_others):
        request.session[CHOOSE_KEY] = "link" if by_link else "office"
    response = HttpResponseRedirect(safe_next(request, to, Person(user)))
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        secret,
        max_age=REMEMBERED_DAYS * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def device_cookie(request: HttpRequest) -> str:
    return request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")


def device_remembered(request: HttpRequest) -> Device | None:
    """The living device that sent this request, whoever is signed in on it."""
    return device_of_cookie(device_cookie(request))


def network_address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR"))
