"""What these pages share: whose rows they are, and forms that do one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseRedirect

from wadah.ledger.selectors.members_money import members_saving, settlements_seen
from wadah.web.access import own_or_404, person_of
from wadah.web.editing import form_page
from wadah.web.views.manager.money.common import cooperatives_of
from wadah.web.views.manager.money.members.words import ways

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import _StrPromise

    from wadah.accounts.models import User
    from wadah.ledger.models import Settlement
    from wadah.register.models import Ikm, Membership

    Words = str | _StrPromise


def keeper(request: HttpRequest) -> User:
    """Whoever sent it: a view with a policy of an office is run for nobody else."""
    user = person_of(request).user
    assert user is not None
    return user


def firm_of(place: Membership) -> Ikm:
    """A member's place is a firm's."""
    assert place.ikm is not None
    return place.ikm


def settlement_or_404(request: HttpRequest, pk: int) -> Settlement:
    return own_or_404(settlements_seen(cooperatives_of(request)), pk=pk)


def places(request: HttpRequest) -> QuerySet[Membership]:
    """Members of the person's cooperatives, and who left with something saved."""
    return members_saving(cooperatives_of(request))


def place_or_404(request: HttpRequest, pk: int) -> Membership:
    return own_or_404(places(request), pk=pk)


def act_page(
    request: HttpRequest,
    form: forms.Form,
    *,
    title: Words,
    back: str,
    act: Callable[[dict[str, Any]], object],
    done: Words,
    action: Words = "",
    to: str = "",
    **context: Any,
) -> HttpResponse:
    """A form that does one thing with its values, says so, and goes to `to` (back)."""

    def save(facts: dict[str, Any]) -> str:
        act(facts)
        messages.success(request, str(done))
        return to or back

    return form_page(request, form, title=title, back=back, save=save, action=action, **context)


def acted(request: HttpRequest, words: Words, to: str) -> HttpResponse:
    messages.success(request, str(words))
    return HttpResponseRedirect(to)


def shelf(request: HttpRequest) -> dict[str, Any]:
    return {"ways": ways(request), "template": "money/members/list.html"}
