"""The second step: a code of six digits from an authenticator app, asked of those who answer for others.

Setting it up, giving the code at sign-in, new recovery codes, turning it off.
"""

from __future__ import annotations

from base64 import b32encode
from typing import TYPE_CHECKING, Any

import django_otp
import segno
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from wadah.accounts.selectors import recovery_codes_left, second_step_device, second_step_set
from wadah.accounts.services import (
    recovery_codes_renew,
    second_step_check,
    second_step_confirm,
    second_step_off,
    second_step_offer,
)
from wadah.accounts.tries import attempt, step_limits
from wadah.base.errors import Refused
from wadah.web.access import SIGNED_IN, access, person_of
from wadah.web.forms import refuse
from wadah.web.steps import safe_next
from wadah.web.views.public.door_secret import user_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from wadah.accounts.models import User

WRONG = _("This code isn't right. Tries left: %(left)s.")
FEW_CODES = 3


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=30,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


def code_tried(form: CodeForm, user: User, look: Callable[[str], Any]) -> Any:
    """What `look` makes of the code; None, with the reason on the form, if it is wrong."""
    if not form.is_valid():
        return None
    try:
        return attempt(step_limits(user.pk), lambda: look(form.cleaned_data["code"]), str(WRONG), "code")
    except Refused as refused:
        refuse(form, refused)
        return None


@access(SIGNED_IN, methods=("GET", "POST"), once=False)
def verify(request: HttpRequest) -> HttpResponse:
    """The code at sign-in."""
    user = user_of(person_of(request))
    onward = safe_next(request, request.POST.get("next", request.GET.get("next", "")), person_of(request))
    if getattr(request.user, "otp_device", None) is not None or not second_step_set(user):
        return HttpResponseRedirect(onward)
    form = CodeForm(request.POST or None, initial={"next": request.GET.get("next", "")})
    device = code_tried(form, user, lambda code: second_step_check(user=user, code=code)) if request.POST else None
    if device is None:
        return render(request, "door/second_step.html", {"form": form}, status=400 if form.errors else 200)
    passed(request, device)
    left = recovery_codes_left(user)
    if left <= FEW_CODES:
        words = ngettext("%(left)s recovery code is left.", "%(left)s recovery codes are left.", left) % {"left": left}
        messages.warning(request, words + " " + gettext("Make new ones under “My devices”."))
    return HttpResponseRedirect(onward)


def passed(request: HttpRequest, device: Any) -> None:
    django_otp.login(request, device)
    request.session.cycle_key()


@access(SIGNED_IN, methods=("GET", "POST"), once=False)
def setup(request: HttpRequest) -> HttpResponse:
    """The secret as a QR code and as text; a first right code turns the second step on and shows the recovery codes."""
    person = person_of(request)
    user = user_of(person)
    if second_step_set(user):
        return HttpResponseRedirect(resolve_url("devices"))
    form = CodeForm(request.POST or None, initial={"next": request.GET.get("next", "")})
    codes = code_tried(form, user, lambda code: second_step_confirm(user=user, code=code)) if request.POST else None
    if codes is not None:
        passed(request, second_step_device(user))
        return codes_page(request, codes, form.cleaned_data["next"])
    offered = second_step_offer(user=user)
    secret = b32encode(offered.bin_key).decode()
    shown = {
        "form": form,
        "qr": qr_svg(offered.config_url),
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "required": settings.TOTP == "required" and person.answers_for_others,
        "issuer": settings.OTP_TOTP_ISSUER,
    }
    return private(render(request, "door/second_step_setup.html", shown, status=400 if form.errors else 200))


@access(SIGNED_IN, methods=("GET", "POST"), once=False)
def codes(request: HttpRequest) -> HttpResponse:
    """Ten new recovery codes in place of the old, for a right code."""
    return with_code(
        request,
        lambda user, code: recovery_codes_renew(user=user, code=code),
        lambda found: codes_page(request, found, ""),
        title=gettext("New recovery codes"),
        lead=gettext("The old recovery codes stop working. Type a code from your app to go on."),
        action=gettext("Make new codes"),
    )


@access(SIGNED_IN, methods=("GET", "POST"), once=False)
def off(request: HttpRequest) -> HttpResponse:
    """Turns the second step off, for a right code; not where the site requires it."""
    if settings.TOTP == "required" and person_of(request).answers_for_others:
        raise Refused(_("Your office needs the second step, so it can't be turned off."))

    def done(_found: bool) -> HttpResponse:
        messages.success(request, gettext("The second step is off."))
        return HttpResponseRedirect(resolve_url("devices"))

    return with_code(
        request,
        lambda user, code: second_step_off(user=user, code=code),
        done,
        title=gettext("Turn the second step off"),
        lead=gettext("After this, your password alone opens your account. Type a code from your app to go on."),
        action=gettext("Turn it off"),
    )


def with_code(
    request: HttpRequest,
    act: Callable[[User, str], Any],
    done: Callable[[Any], HttpResponse],
    **words: str,
) -> HttpResponse:
    user = user_of(person_of(request))
    if not second_step_set(user):
        return HttpResponseRedirect(resolve_url("devices"))
    form = CodeForm(request.POST or None)
    found = code_tried(form, user, lambda code: act(user, code)) if request.POST else None
    if found is not None:
        return done(found)
    return render(request, "door/with_code.html", {"form": form, **words}, status=400 if form.errors else 200)


def codes_page(request: HttpRequest, codes: list[str], onward: str) -> HttpResponse:
    """Shown once, in the answer itself: nothing but their hashes is kept."""
    shown = {
        "codes": codes,
        "onward": safe_next(request, onward, person_of(request)),
        "user": user_of(person_of(request)),
    }
    return private(render(request, "door/recovery_codes.html", shown))


def private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response


def qr_svg(text: str) -> SafeString:
    """A QR code as an inline picture, dark on white whatever the page's colours are."""
    code = segno.make(text, error="m")
    drawn = code.svg_inline(scale=4, border=4, dark="#000", light="#fff", title=gettext("QR code"), lineclass=None)
    return mark_safe(drawn)  # drawn by segno from the code's squares; the text itself isn't in it
