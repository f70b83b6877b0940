"""What the pages of the forum share: whose they are, the ways between them, forms that act, how people are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import JAKARTA
from wadah.base.errors import Conflict, Refused
from wadah.units import date_long_text, number_text
from wadah.web.access import person_of
from wadah.web.history import history_table
from wadah.web.views.forum.words import ACTS, FIELDS
from wadah.web.views.manager.quality.common import act_page, acted, user_of
from wadah.web.words import language

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.db.models import Model
    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

    from wadah.web.tables import Table

    Words = str | _StrPromise

__all__ = ["act_page", "acted", "count_text", "history_of_row", "is_officer", "on_form", "user_of", "ways", "when_text"]

T = TypeVar("T")
FEW = 5
"""Fewer people than this aren't counted in public (promises.md, personal data)."""
WAYS: list[tuple[str, Words]] = [
    ("forum", gettext_lazy("Forum")),
    ("communities", gettext_lazy("Communities")),
    ("experiments", gettext_lazy("Experiments and lessons")),
    ("ideas", gettext_lazy("Ideas")),
    ("resources", gettext_lazy("Rooms and tools")),
    ("forum_figures", gettext_lazy("In figures")),
]
SIGNED_IN_WAYS: list[tuple[str, Words]] = [
    ("bookings", gettext_lazy("My bookings")),
    ("supports", gettext_lazy("Support")),
    ("graduations", gettext_lazy("To the register")),
]
TEXT = forms.Textarea(attrs={"rows": 4})


def is_officer(request: HttpRequest) -> bool:
    return person_of(request).roles.officer


def ways(request: HttpRequest) -> list[tuple[str, Words, bool]]:
    """Address, words, whether it is this page."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    shown = [*WAYS, *(SIGNED_IN_WAYS if person_of(request).signed_in else [])]
    if is_officer(request):
        shown.append(("support_desk", gettext_lazy("Support to decide")))
    return [(reverse(name), words, here == name) for name, words in shown]


def history_of_row(row: Model) -> Table:
    return history_table(row, acts=ACTS, fields=FIELDS)


def on_form(act: Callable[[dict[str, Any]], T], field: str = "") -> Callable[[dict[str, Any]], T]:
    """The same act, with a lost race told on the form, where what was typed stays."""

    def told(facts: dict[str, Any]) -> T:
        try:
            return act(facts)
        except Conflict as lost:
            raise Refused(str(lost), field=field or None) from None

    return told


def count_text(people: int, *, public: bool) -> str:
    """How many people; in public only that they are few, where they are."""
    if public and 0 < people < FEW:
        return _("fewer than %(few)s") % {"few": FEW}
    return number_text(people, language())


def when_text(start: datetime, end: datetime) -> str:
    """ "Rabu, 2 Desember 2026, 09.00–11.00"."""
    first, last = start.astimezone(JAKARTA), end.astimezone(JAKARTA)
    mark = "." if language() == "id" else ":"
    return f"{date_long_text(first.date(), language())}, {first:%H}{mark}{first:%M}–{clock_text(last, mark)}"


def clock_text(moment: datetime, mark: str) -> str:
    """Midnight at the end of a day is 24.00."""
    hour = 24 if (moment.hour, moment.minute) == (0, 0) else moment.hour
    return f"{hour:02d}{mark}{moment.minute:02d}"
