"""The door: signing in and out, the language, and whether the house stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.conf import settings
from django.contrib import auth
from django.db import DatabaseError, connection
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext_lazy as _

from wadah.accounts.rules import PASSWORD_LENGTH_MAX, phone_e164
from wadah.accounts.services import secret_check, user_correct
from wadah.accounts.tries import attempt, device_limits, sign_in_limits
from wadah.base.errors import Refused
from wadah.web.access import PUBLIC, access, person_of
from wadah.web.forms import refuse
from wadah.web.steps import safe_next
from wadah.web.views.public.door_session import device_remembered, enter, network_address

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, HttpResponse

    from wadah.accounts.models import Device

NO_MATCH = _("Phone number, PIN or password isn't right. Tries left: %(left)s.")
NO_MATCH_HERE = {
    True: _("This PIN isn't right. Tries left: %(left)s."),
    False: _("This password isn't right. Tries left: %(left)s."),
}


class SignInForm(forms.Form):
    """Phone and secret; on a remembered device the secret alone."""

    phone = forms.CharField(
        label=_("Phone number"),
        help_text=_("Like 0812-3456-7890"),
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "username", "inputmode": "tel"}),
    )
    password = forms.CharField(
        label=_("PIN or password"),
        max_length=PASSWORD_LENGTH_MAX,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, device: Device | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if device is not None:
            del self.fields["phone"]
            self.fields["password"].label = _("PIN") if device.user.by_pin else _("Password")
            if device.user.by_pin:
                self.fields["password"].widget.attrs["inputmode"] = "numeric"


@access(PUBLIC, methods=("GET", "POST"), once=False)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Phone and secret; on a remembered device the secret alone. A wrong pair says only that it is wrong."""
    if person_of(request).signed_in:
        return HttpResponseRedirect(safe_next(request, request.GET.get("next", ""), person_of(request)))
    full = "phone" in request.POST if request.method == "POST" else "lain" in request.GET
    device = None if full else device_remembered(request)
    form = SignInForm(request.POST or None, device=device, initial={"next": request.GET.get("next", "")})
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            return enter(request, person_checked(request, device, facts), to=facts["next"])
        except Refused as refused:
            refuse(form, refused)
    shown = {"form": form, "device": device, "next": form["next"].value() or ""}
    return render(request, "pages/sign_in.html", shown, status=400 if form.errors else 200)


def person_checked(request: HttpRequest, device: Device | None, facts: dict[str, str]) -> Any:
    """Whoever has this secret. Raises Refused; failures are counted."""
    secret = facts["password"]
    if device is not None:
        phone, wrong = device.user.phone, str(NO_MATCH_HERE[device.user.by_pin])
        return attempt(device_limits(device.pk), lambda: secret_check(phone=phone, secret=secret), wrong, "password")
    phone = phone_e164(facts["phone"])
    limits = sign_in_limits(phone, network_address(request))
    return attempt(limits, lambda: secret_check(phone=phone, secret=secret), str(NO_MATCH))


@access(PUBLIC, methods=("POST",), once=False, door=True)
def sign_out(request: HttpRequest) -> HttpResponse:
    auth.logout(request)
    return HttpResponseRedirect(resolve_url("home"))


@access(PUBLIC, methods=("POST",), once=False, door=True)
def language(request: HttpRequest) -> HttpResponse:
    """Change the language: on this phone, and for the person if signed in."""
    code = request.POST.get("language", "")
    if code not in dict(settings.LANGUAGES):
        raise Refused(_("Wadah speaks Indonesian and English."))
    user = person_of(request).user
    if user is not None:
        user_correct(user=user, language=code)
    response = HttpResponseRedirect(safe_next(request, request.POST.get("next", "")))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return response


@access(PUBLIC, door=True)
def health(request: HttpRequest) -> HttpResponse:
    """For whoever watches the server: 200 when the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"ok": False, "database": "unreachable"}, status=503)
    return JsonResponse({"ok": True})
