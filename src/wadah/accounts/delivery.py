"""How a one-time link reaches its owner. By default a manager hands it over; an adapter may send it at once instead.

An adapter is a class without arguments, named by WADAH_DELIVERY ("package.module.Class"). Its `send` gets the phone
(E.164) and the text, and raises DeliveryFailed if it couldn't: the request then waits with the manager, as without one.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote

from django.conf import settings
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from wadah.base.clock import JAKARTA
from wadah.units import moment_text

if TYPE_CHECKING:
    import datetime as dt

    from wadah.accounts.models import User

TEXT_LENGTH_MAX = 300


class DeliveryFailed(Exception):
    """The message couldn't be sent; nothing reached anybody."""


class Delivery(Protocol):
    """Sends short texts to phones."""

    def send(self, *, phone: str, text: str) -> None:
        """Send at once, or raise DeliveryFailed."""


@cache
def adapter_named(path: str) -> Delivery:
    made: Delivery = import_string(path)()
    return made


def delivery() -> Delivery | None:
    """The adapter that this site has; None: managers hand links over."""
    return adapter_named(settings.DELIVERY) if settings.DELIVERY else None


def link_text(user: User, address: str, until: dt.datetime) -> str:
    """What to send along with a link, in the person's own language; at most 300 characters."""
    language = "en" if user.language == "en" else "id"
    with translation.override(language):
        text: str = _(
            "Hello %(name)s, this opens Wadah for you: %(link)s It works once, until %(until)s. Keep it private."
        )
        until_text = moment_text(until.astimezone(JAKARTA), language)
        return text % {"name": user.first_name, "link": address, "until": until_text}


def whatsapp_address(phone: str, text: str) -> str:
    """A click-to-chat address with the text filled in; phone: E.164."""
    return f"https://wa.me/{phone.lstrip('+')}?text={quote(text)}"
