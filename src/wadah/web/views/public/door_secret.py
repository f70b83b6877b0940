"""The PIN or password of one's own: chosen after a one-time link, changed later by who knows the old one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import auth, messages
from django.http import HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wadah.accounts.rules import PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN
from wadah.accounts.services import password_choose, pin_choose, secret_check
from wadah.accounts.tries import attempt, own_limits
from wadah.base.errors import Refused
from wadah.web.access import SIGNED_IN, access, person_of
from wadah.web.forms import refuse
from wadah.web.steps import CHOOSE_KEY, safe_next

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.accounts.models import User
    from wadah.web.access import Person


def secret_field(label: Any, complete: str, *, numeric: bool, hint: Any = "") -> forms.CharField:
    attrs = {"autocomplete": complete, **({"inputmode": "numeric"} if numeric else {})}
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=PASSWORD_LENGTH_MAX,
        strip=False,
        widget=forms.PasswordInput(attrs=attrs),
    )


class ChooseForm(forms.Form):
    """by_pin: a PIN is chosen, else a password; old: whether the old one has to be typed first, "pin" or "password"."""

    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by_pin: bool, old: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_pin = by_pin
        if old:
            label = _("Old PIN") if old == "pin" else _("Old password")
            self.fields["old"] = secret_field(label, "current-password", numeric=old == "pin")
        if by_pin:
            rule = _("8 digits. Not a date, not your phone number.")
            self.fields["pin"] = secret_field(_("New PIN"), "new-password", numeric=True, hint=rule)
            self.fields["again"] = secret_field(_("The same PIN again"), "new-password", numeric=True)
        else:
            words = _("At least %(least)s signs. Three or four words are easy to remember.")
            hint = words % {"least": PASSWORD_LENGTH_MIN}
            self.fields["password"] = secret_field(_("New password"), "new-password", numeric=False, hint=hint)
            self.fields["again"] = secret_field(_("The same password again"), "new-password", numeric=False)

    @property
    def key(self) -> str:
        return "pin" if self.by_pin else "password"

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("again") and facts.get(self.key) and facts["again"] != facts[self.key]:
            self.add_error("again", _("The two aren't the same. Type both again."))
        return facts


def by_pin_wanted(request: HttpRequest, person: Person) -> bool:
    """Who answers for others has a password; everybody else a PIN, unless they would rather have a password."""
    return not person.answers_for_others and "kata-sandi" not in request.GET


@access(SIGNED_IN, methods=("GET", "POST"), once=False)
def choose(request: HttpRequest) -> HttpResponse:
    """After a one-time link: a PIN or password of one's own, or keep the one that there is."""
    reason = request.session.get(CHOOSE_KEY, "")
    person = person_of(request)
    onward = safe_next(request, request.POST.get("next", request.GET.get("next", "")), person)
    if not reason:
        return HttpResponseRedirect(onward)
    user = user_of(person)
    may_keep = user.has_usable_password() and not (user.by_pin and person.answers_for_others)
    if request.method == "POST" and "keep" in request.POST and may_keep:
        del request.session[CHOOSE_KEY]
        return HttpResponseRedirect(onward)
    by_pin = by_pin_wanted(request, person)
    form = ChooseForm(request.POST or None, by_pin=by_pin, initial={"next": request.GET.get("next", "")})
    if request.method == "POST" and form.is_valid() and written(request, form, user):
        request.session.pop(CHOOSE_KEY, None)
        return HttpResponseRedirect(onward)
    shown = {"form": form, "by_pin": by_pin, "may_keep": may_keep, "office": person.answers_for_others}
    return render(request, "door/choose.html", shown, status=400 if form.errors else 200)


@access(SIGNED_IN, methods=("GET", "POST"), once=False)
def change(request: HttpRequest) -> HttpResponse:
    """A new PIN or password, by who knows the old one; other phones are signed out."""
    person = person_of(request)
    user = user_of(person)
    by_pin = by_pin_wanted(request, person)
    old = ("pin" if user.by_pin else "password") if user.has_usable_password() else ""
    if not old:
        words = gettext("This account has no PIN or password yet. A one-time link lets you choose one.")
        messages.warning(request, words)
        return HttpResponseRedirect(resolve_url("devices"))
    form = ChooseForm(request.POST or None, by_pin=by_pin, old=old)
    if request.method == "POST" and form.is_valid():
        try:
            attempt(
                own_limits(user.pk),
                lambda: secret_check(phone=user.phone, secret=form.cleaned_data["old"]),
                gettext("The old one isn't right. Tries left: %(left)s."),
                "old",
            )
        except Refused as refused:
            refuse(form, refused)
        else:
            if written(request, form, user):
                messages.success(request, gettext("That is changed. Every other phone of yours has to sign in again."))
                return HttpResponseRedirect(resolve_url("devices"))
    shown = {"form": form, "by_pin": by_pin, "office": person.answers_for_others}
    return render(request, "door/change.html", shown, status=400 if form.errors else 200)


def written(request: HttpRequest, form: ChooseForm, user: User) -> bool:
    """Whether the new secret was taken; if so this session goes on under a new key, and all others end."""
    try:
        if form.by_pin:
            row = pin_choose(user=user, pin=form.cleaned_data["pin"])
        else:
            row = password_choose(user=user, password=form.cleaned_data["password"])
    except Refused as refused:
        refuse(form, refused)
        return False
    auth.update_session_auth_hash(request, row)
    return True


def user_of(person: Person) -> User:
    """The person's account; a view that asks for it is open to nobody else."""
    assert person.user is not None
    return person.user
