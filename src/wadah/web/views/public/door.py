"""The door: signing in and out, the language, and whether the house stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.conf import settings
from django.contrib import auth
from django.db import DatabaseError, connection
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from wadah.accounts.rules import phone_e164
from wadah.accounts.services import user_correct
from wadah.base.errors import Refused
from wadah.base.throttle import throttle_clear, throttle_count, throttle_left
from wadah.web.access import PUBLIC, access, person_of
from wadah.web.forms import refuse

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.accounts.models import User

TRY_MINUTES = 15
TRIES_A_PHONE = 5
TRIES_AN_ADDRESS = 60  # a workshop's phones, or a whole office, may share one address


class SignInForm(forms.Form):
    phone = forms.CharField(
        label=_("Phone number"),
        help_text=_("Like 0812-3456-7890"),
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "username", "inputmode": "tel"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


@access(PUBLIC, methods=("GET", "POST"), once=False)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Phone and password. A wrong one says only that the pair is wrong, and how often one may still try."""
    if person_of(request).signed_in:
        return HttpResponseRedirect(safe_next(request, request.GET.get("next", "")))
    form = SignInForm(request.POST or None, initial={"next": request.GET.get("next", "")})
    if request.method == "POST" and form.is_valid():
        try:
            user = person_checked(request, form.cleaned_data["phone"], form.cleaned_data["password"])
        except Refused as refused:
            refuse(form, refused)
        else:
            auth.login(request, user)
            return HttpResponseRedirect(safe_next(request, form.cleaned_data["next"]))
    return render(request, "pages/sign_in.html", {"form": form}, status=400 if form.errors else 200)


def person_checked(request: HttpRequest, typed: str, password: str) -> User:
    """Whoever has this phone and password. Raises Refused; counts each failure for the phone and for the address."""
    phone = phone_e164(typed)
    counts = [
        ("sign-in", phone, TRIES_A_PHONE),
        ("sign-in-from", str(request.META.get("REMOTE_ADDR")), TRIES_AN_ADDRESS),
    ]
    if any(throttle_left(kind, who, limit=limit, minutes=TRY_MINUTES) == 0 for kind, who, limit in counts):
        raise Refused(_("Too many tries. Wait %(minutes)s minutes, then try again.") % {"minutes": TRY_MINUTES})
    user = auth.authenticate(request, username=phone, password=password)
    if user is None:
        for kind, who, _limit in counts:
            throttle_count(kind, who, minutes=TRY_MINUTES)
        left = throttle_left("sign-in", phone, limit=TRIES_A_PHONE, minutes=TRY_MINUTES)
        raise Refused(_("Phone number or password isn't right. Tries left: %(left)s.") % {"left": left})
    throttle_clear("sign-in", phone)
    return user


@access(PUBLIC, methods=("POST",), once=False)
def sign_out(request: HttpRequest) -> HttpResponse:
    auth.logout(request)
    return HttpResponseRedirect(resolve_url("home"))


@access(PUBLIC, methods=("POST",), once=False)
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


@access(PUBLIC)
def health(request: HttpRequest) -> HttpResponse:
    """For whoever watches the server: 200 when the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"ok": False, "database": "unreachable"}, status=503)
    return JsonResponse({"ok": True})


def safe_next(request: HttpRequest, address: str) -> str:
    """Where to go: `address` if it is a page of this site, else the first page."""
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if address and safe else resolve_url("home")
