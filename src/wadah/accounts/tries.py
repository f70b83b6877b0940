"""Guessing is slowed down: so many tries within so many minutes, counted for an account, a device and an address.

A try on a secret is counted before it is looked at, so that a hundred at once are no more than five. Call it outside a
transaction: a refusal rolls that back, and with it what was counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.utils.translation import gettext as _

from wadah.base.errors import Refused
from wadah.base.throttle import throttle_clear, throttle_count, throttle_left

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")

TRY_MINUTES = 15
DAY_MINUTES = 24 * 60
TRIES_AN_ACCOUNT = 5
TRIES_A_DAY = 30
TRIES_AN_ADDRESS = 60
"""A workshop's phones, or a whole office, may share one address."""
LINKS_A_DAY = 5


@dataclass(frozen=True, slots=True)
class Limit:
    """most: tries of `who` for `kind` within `minutes` of the first; shared: by many people, so only failures count and
    a success clears nothing."""

    kind: str
    who: str
    most: int = TRIES_AN_ACCOUNT
    minutes: int = TRY_MINUTES
    shared: bool = False

    def left(self) -> int:
        return throttle_left(self.kind, self.who, limit=self.most, minutes=self.minutes)

    def passed(self) -> bool:
        return throttle_left(self.kind, self.who, limit=self.most + 1, minutes=self.minutes) == 0

    def count(self) -> None:
        throttle_count(self.kind, self.who, minutes=self.minutes)


def sign_in_limits(phone: str, address: str) -> list[Limit]:
    """For a phone number and a secret from a device that isn't remembered. address: the network's."""
    return [
        Limit("sign-in", phone),
        Limit("sign-in-day", phone, TRIES_A_DAY, DAY_MINUTES),
        Limit("sign-in-from", address, TRIES_AN_ADDRESS, shared=True),
    ]


def device_limits(device_id: int) -> list[Limit]:
    """For a secret on a remembered device; strangers who guess elsewhere don't lock it out."""
    return [
        Limit("sign-in-device", str(device_id)),
        Limit("sign-in-device-day", str(device_id), TRIES_A_DAY, DAY_MINUTES),
    ]


def step_limits(user_id: int) -> list[Limit]:
    """For codes of the second step."""
    return [
        Limit("second-step", str(user_id)),
        Limit("second-step-day", str(user_id), TRIES_A_DAY, DAY_MINUTES),
    ]


def own_limits(user_id: int) -> list[Limit]:
    """For the old PIN or password, asked of somebody who is signed in."""
    return [Limit("own-secret", str(user_id))]


def ask_limits(phone: str, address: str) -> list[Limit]:
    """For asking for a link, which is never refused for other reasons."""
    return [
        Limit("ask-link", phone, LINKS_A_DAY, DAY_MINUTES),
        Limit("ask-link-from", address, TRIES_AN_ADDRESS),
    ]


def attempt(limits: Sequence[Limit], look: Callable[[], T | None], wrong: str, field: str | None = None) -> T:
    """What `look` finds; its failures are counted.

    wrong: what to say when it finds nothing, with %(left)s for how many tries are left.

    Raises
    ------
    Refused: nothing found, or no try left, with how long to wait.
    """
    take([limit for limit in limits if not limit.shared])
    refuse_if(any(limit.left() == 0 for limit in limits if limit.shared), TRY_MINUTES)
    found = look()
    if found is None:
        for limit in limits:
            if limit.shared:
                limit.count()
        raise Refused(wrong % {"left": min(limit.left() for limit in limits)}, field=field)
    for limit in limits:
        if not limit.shared:
            throttle_clear(limit.kind, limit.who)
    return found


def take(limits: Sequence[Limit]) -> None:
    """Count one try for each limit. Raises Refused when one has none left; then nothing is counted."""
    for limit in limits:
        refuse_if(limit.left() == 0, limit.minutes)
    for limit in limits:
        limit.count()
    for limit in limits:
        refuse_if(limit.passed(), limit.minutes)


def refuse_if(over: bool, minutes: int) -> None:
    if over and minutes > TRY_MINUTES:
        raise Refused(_("Too many tries today. Ask the manager of your cooperative for a one-time link."))
    if over:
        raise Refused(_("Too many tries. Wait %(minutes)s minutes, then try again.") % {"minutes": minutes})
