"""The second step of people who answer for others' work and money: a code from their phone, or a recovery code.

django-otp keeps the secret, the clock's drift and the last code used, so that no code works twice. Guessing is slowed
down by `tries`, which all callers go through. Recovery codes are kept as hashes: 60 random bits, used once each.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django_otp import verify_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from wadah.accounts.models import User
from wadah.accounts.services.devices import devices_end_others
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_record

RECOVERY_CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without i, l, o, 0 and 1, which people take for one another on paper."""
CODE_LENGTH = 12
NAME = "phone"


def second_step_offer(*, user: User) -> TOTPDevice:
    """The secret to put into an authenticator app, the same until it is confirmed.

    Raises
    ------
    Conflict: the second step is set up already.
    """
    with transaction.atomic():
        row = User.objects.select_for_update().get(pk=user.pk)
        if TOTPDevice.objects.filter(user=row, confirmed=True).exists():
            raise Conflict(_("The second step is set up already."))
        offered = TOTPDevice.objects.filter(user=row, confirmed=False).first()
        return offered or TOTPDevice.objects.create(user=row, name=NAME, confirmed=False)


def second_step_confirm(*, user: User, code: str) -> list[str] | None:
    """Turns the second step on if the app shows the right code; returns the recovery codes, None if it is wrong.

    Raises
    ------
    Conflict: the second step is set up already.
    """
    offered = second_step_offer(user=user)
    with transaction.atomic():
        if verify_token(user, offered.persistent_id, digits(code)) is None:
            return None
        TOTPDevice.objects.filter(pk=offered.pk).update(confirmed=True)
        codes = recovery_codes_write(user)
        history_record(user=user, act="second_step_on", row=user)
        return codes


def second_step_check(*, user: User, code: str) -> Any:
    """The django-otp device that takes this code (six digits of the app, or a recovery code, then used up), or None."""
    if len(digits(code)) == 6 and digits(code) == re.sub(r"[ -]", "", code):
        device: Any = TOTPDevice.objects.filter(user=user, confirmed=True).first()
        return device and verify_token(user, device.persistent_id, digits(code))
    device = StaticDevice.objects.filter(user=user, confirmed=True).first()
    return device and verify_token(user, device.persistent_id, recovery_hash(code))


@transaction.atomic
def recovery_codes_renew(*, user: User, code: str) -> list[str] | None:
    """Ten new recovery codes in place of the old ones; None if the code is wrong."""
    if second_step_check(user=user, code=code) is None:
        return None
    history_record(user=user, act="recovery_codes_renew", row=user)
    return recovery_codes_write(user)


@transaction.atomic
def second_step_off(*, user: User, code: str) -> bool | None:
    """Turns the second step off; None if the code is wrong."""
    if second_step_check(user=user, code=code) is None:
        return None
    second_step_forget(user)
    history_record(user=user, act="second_step_off", row=user)
    return True


@transaction.atomic
def second_step_reset(*, user: User, by: User, reason: str) -> None:
    """Takes a colleague's second step away, whose phone is lost: all their devices are signed out, and the next sign-in
    sets it up anew.

    Raises
    ------
    Refused: no reason, nothing to reset, or one's own.
    """
    tidy = " ".join(reason.split())
    if not tidy:
        raise Refused(_("Write why: the history keeps it."), field="reason")
    if user.pk == by.pk:
        raise Refused(_("Your own second step is reset by a colleague."))
    row = User.objects.select_for_update().get(pk=user.pk)
    if not TOTPDevice.objects.filter(user=row, confirmed=True).exists():
        raise Refused(_("This person has no second step."))
    second_step_forget(row)
    devices_end_others(user=row, keep=None, by=by)
    history_record(user=by, act="second_step_reset", row=row, reason=tidy[:300])


def second_step_forget(user: User) -> None:
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()


def recovery_codes_write(user: User) -> list[str]:
    """Replaces the codes; returned as people read them: "abcd-efgh-jkmn"."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name=NAME, confirmed=True)
    codes = ["".join(secrets.choice(LETTERS) for _letter in range(CODE_LENGTH)) for _code in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=recovery_hash(code)) for code in codes)
    return ["-".join(code[start : start + 4] for start in range(0, CODE_LENGTH, 4)) for code in codes]


def recovery_hash(code: str) -> str:
    """What is kept of a recovery code: sixteen hexadecimal digits of its SHA-256 fill django-otp's column."""
    bare = re.sub(r"[^a-z0-9]", "", code.lower())
    return hashlib.sha256(bare.encode()).hexdigest()[:16]


def digits(code: str) -> str:
    return "".join(sign for sign in code if sign.isascii() and sign.isdigit())
