"""The one tree of refusals. A user's mistake is one of these and is shown in words; a programmer's mistake crashes.

Refused → the form again (400), NotYours → 404, ReadOnly → 403, Conflict → 409. Each says what happened; the page adds
that nothing was changed and what to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class WadahError(Exception):
    """The root of everything that Wadah refuses on purpose.

    message: what happened and the way out, translated when shown; field: the form field at fault, None for the whole.
    """

    status = 400
    default: str | _StrPromise = _("That can't be done.")

    def __init__(self, message: str | _StrPromise = "", *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message or self.default
        self.field = field

    def __str__(self) -> str:
        return str(self.message)


class Refused(WadahError):
    """A rule forbids it; shown on the form."""


class NotYours(WadahError):
    """It doesn't exist, or it is another's: the two are told apart to nobody."""

    status = 404
    default = _("There is nothing at this address, or it isn't yours to see.")


class ReadOnly(WadahError):
    """May be seen, not changed."""

    status = 403
    default = _("You may look at this, but not change it.")


class Conflict(WadahError):
    """Somebody, or the same person twice, was faster."""

    status = 409
    default = _("Somebody else changed this first.")
