"""The day that stands on a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from wadah.base.clock import today
from wadah.base.errors import Refused

if TYPE_CHECKING:
    import datetime as dt


def day_of(on: dt.date | None, *, field: str = "on") -> dt.date:
    """The day, today where none is said. Raises Refused for a day to come."""
    if on is None:
        return today()
    if on > today():
        raise Refused(_("This day is still to come."), field=field)
    return on


def said(reason: str) -> str:
    """The reason without blanks. Raises Refused where there is none."""
    if not reason.strip():
        raise Refused(_("Say why, so that it can be followed later."), field="reason")
    return reason.strip()
