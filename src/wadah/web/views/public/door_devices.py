"""My devices: where one is signed in, and everything about one's own way in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wadah.accounts.middleware import DEVICE_KEY
from wadah.accounts.selectors import devices_living, door_of, recovery_codes_left
from wadah.accounts.services import device_end, devices_end_others
from wadah.base.clock import business_date
from wadah.units import date_text
from wadah.web.access import ADMIN, MANAGER, SIGNED_IN, access, own_or_404, person_of
from wadah.web.views.public.door_secret import user_of
from wadah.web.words import language as words_language

if TYPE_CHECKING:
    import datetime as dt

    from django.http import HttpRequest, HttpResponse


@access(SIGNED_IN)
def devices(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    user = user_of(person)
    door = door_of(user)
    shown = {
        "door": door,
        "devices": [(device, day(device.first_seen_at), day(device.expires_at)) for device in door.devices],
        "here": request.session.get(DEVICE_KEY),
        "others": any(device.pk != request.session.get(DEVICE_KEY) for device in door.devices),
        "codes_left": recovery_codes_left(user) if door.second_step else 0,
        "required": settings.TOTP == "required" and person.answers_for_others,
        "office": person.answers_for_others,
        "manager": person.holds(MANAGER),
        "admin": person.holds(ADMIN),
    }
    return render(request, "door/devices.html", shown)


def day(moment: dt.datetime) -> str:
    return date_text(business_date(moment), words_language())


@access(SIGNED_IN, methods=("POST",))
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Signs one device out; this one too, if it is the one."""
    user = user_of(person_of(request))
    device = device_end(device=own_or_404(devices_living(user), pk=pk), by=user)
    if device.pk == request.session.get(DEVICE_KEY):
        auth.logout(request)
        return HttpResponseRedirect(resolve_url("home"))
    messages.success(request, _("%(device)s is signed out.") % {"device": device})
    return HttpResponseRedirect(resolve_url("devices"))


@access(SIGNED_IN, methods=("POST",))
def end_others(request: HttpRequest) -> HttpResponse:
    user = user_of(person_of(request))
    count = devices_end_others(user=user, keep=request.session.get(DEVICE_KEY), by=user)
    words = ngettext("%(count)s other device is signed out.", "%(count)s other devices are signed out.", count)
    messages.success(request, words % {"count": count})
    return HttpResponseRedirect(resolve_url("devices"))
