"""A session lives no longer than its device: one that was signed out is a stranger from the next page on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import auth
from django.db import DatabaseError

from wadah.accounts.selectors import devices_living
from wadah.accounts.services import device_seen

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from wadah.accounts.models import Device

DEVICE_KEY = "device"
"""In the session: the id of the device that it was opened on."""


def living_device(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        number = request.session.get(DEVICE_KEY)
        if number is not None and request.user.is_authenticated:
            device = devices_living(request.user).filter(pk=number).first()
            if device is None:
                auth.logout(request)
            else:
                seen(device)
        return get_response(request)

    return middleware


def seen(device: Device) -> None:
    """A disk that can't be written stops nobody from reading."""
    try:
        device_seen(device=device)
    except DatabaseError:
        return
