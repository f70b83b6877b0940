"""Finding people, and what stands at their door."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, Max, OuterRef
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from wadah.accounts.models import Device, LinkRequest, SignInLink, User
from wadah.accounts.rules import phone_e164
from wadah.base.clock import JAKARTA, now
from wadah.base.errors import Refused
from wadah.units import moment_text

if TYPE_CHECKING:
    from django.db.models import QuerySet


def user_by_phone(phone: str) -> User | None:
    """The open account with this phone, as people write it; None if there is none, or if it is no phone at all."""
    try:
        stored = phone_e164(phone)
    except Refused:
        return None
    return User.objects.filter(phone=stored, is_active=True).first()


def hashed(secret: str) -> str:
    """What is kept of a link's or a cookie's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def devices_living(user: User) -> QuerySet[Device]:
    """A person's devices that are neither ended nor too old, the last seen first."""
    return Device.objects.filter(user=user, ended_at__isnull=True, expires_at__gt=now())


def device_of_cookie(cookie: str) -> Device | None:
    """The living device that this cookie belongs to, with its person; None for a closed account too."""
    if not cookie:
        return None
    row = Device.objects.select_related("user").filter(secret_hash=hashed(cookie), ended_at__isnull=True)
    return row.filter(expires_at__gt=now(), user__is_active=True).first()


def second_step_device(user: User) -> TOTPDevice | None:
    """django-otp's row of a person's authenticator app, once it is confirmed."""
    return TOTPDevice.objects.filter(user=user.pk, confirmed=True).first()


def second_step_set(user: User) -> bool:
    """Whether a code is asked of this person."""
    return bool(TOTPDevice.objects.filter(user=user.pk, confirmed=True).exists())


def recovery_codes_left(user: User) -> int:
    return int(StaticToken.objects.filter(device__user=user, device__confirmed=True).count())


@dataclass(frozen=True, slots=True)
class LinkState:
    """A link as its holder finds it. name: "open", "used", "expired", "withdrawn" or "unknown"; link: None if unknown;
    sentence: why it doesn't open, empty while it does."""

    name: str
    link: SignInLink | None
    sentence: str


def link_state(token: str) -> LinkState:
    """What has become of a link; reading it changes nothing."""
    link = SignInLink.objects.select_related("user").filter(token_hash=hashed(token)).first()
    if link is None or not link.user.is_active:
        return LinkState("unknown", None, _("Wadah doesn't know this link. Perhaps a part of it is missing."))
    if link.used_at is not None:
        return LinkState("used", link, _("This link was used already, on %(when)s.") % {"when": told(link, "used_at")})
    if link.withdrawn_at is not None:
        return LinkState("withdrawn", link, _("A newer link has taken the place of this one."))
    if link.expires_at <= now():
        return LinkState("expired", link, _("This link was valid until %(when)s.") % {"when": told(link, "expires_at")})
    return LinkState("open", link, "")


def told(link: SignInLink, column: str) -> str:
    language = "en" if (get_language() or "id").startswith("en") else "id"
    return moment_text(getattr(link, column).astimezone(JAKARTA), language)


@dataclass(frozen=True, slots=True)
class Door:
    """How one person can come in. secret: "pin", "password" or "" (none chosen yet); request: the open wish for a link;
    link: the open link that was handed over."""

    secret: str
    second_step: bool
    devices: list[Device]
    request: LinkRequest | None
    link: SignInLink | None


def door_of(user: User) -> Door:
    """Five small reads, for the page about one person."""
    open_link = SignInLink.objects.filter(user=user, used_at__isnull=True, withdrawn_at__isnull=True)
    return Door(
        secret=("pin" if user.by_pin else "password") if user.has_usable_password() else "",
        second_step=second_step_set(user),
        devices=list(devices_living(user)),
        request=LinkRequest.objects.filter(user=user, answered_at__isnull=True).first(),
        link=open_link.filter(expires_at__gt=now()).first(),
    )


def accounts_all() -> QuerySet[User]:
    """Every open account by name, those who wait for a link first; adds seen_at and waiting."""
    wish = LinkRequest.objects.filter(user=OuterRef("pk"), answered_at__isnull=True)
    rows = User.objects.filter(is_active=True).annotate(seen_at=Max("devices__seen_at"), waiting=Exists(wish))
    return rows.order_by("-waiting", "name", "id")
