"""How old what is owed is: days after the day that it was due. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    import datetime as dt

AGES = (
    _("not due yet"),
    _("up to 30 days late"),
    _("31 to 60 days late"),
    _("61 to 90 days late"),
    _("more than 90 days late"),
)
LAST_DAYS = (0, 30, 60, 90)


def age_of(due_on: dt.date, on: dt.date) -> int:
    """Which of AGES what was due on a day is on another."""
    late = (on - due_on).days
    return sum(late > last for last in LAST_DAYS)
