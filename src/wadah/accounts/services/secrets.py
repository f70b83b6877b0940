"""The one secret of an account: a PIN of eight digits, or a password. Choosing one takes the place of the other.

Django's hasher keeps both in one column, and the session hash follows it: whoever chooses anew is signed out elsewhere.
"""

from __future__ import annotations

import re

from django.contrib.auth import authenticate
from django.db import transaction
from django.utils.translation import gettext as _

from wadah.accounts.models import User
from wadah.accounts.rules import password_check, pin_check
from wadah.base.errors import Refused
from wadah.base.history import history_record


def secret_check(*, phone: str, secret: str) -> User | None:
    """Whoever has this phone (E.164) and this PIN or password; a PIN may be typed in groups: "1407 5296".

    A phone that nobody has takes as long as one with a wrong secret.
    """
    user = authenticate(username=phone, password=secret)
    bare = re.sub(r"[ -]", "", secret)
    if user is None and bare != secret and bare.isdigit():
        user = authenticate(username=phone, password=bare)
    return user if isinstance(user, User) else None


@transaction.atomic
def pin_choose(*, user: User, pin: str) -> User:
    """A person's own new PIN, in place of the PIN or password before.

    Raises
    ------
    Refused: not eight digits, too easy, or the old one.
    """
    row = User.objects.select_for_update().get(pk=user.pk)
    bare = re.sub(r"[ -]", "", pin)
    pin_check(bare, phone=row.phone)
    return secret_write(row, bare, by_pin=True)


@transaction.atomic
def password_choose(*, user: User, password: str) -> User:
    """A person's own new password, in place of the PIN or password before.

    Raises
    ------
    Refused: too short, too easy, or the old one.
    """
    row = User.objects.select_for_update().get(pk=user.pk)
    password_check(password, phone=row.phone, name=row.name)
    return secret_write(row, password, by_pin=False)


def secret_write(row: User, secret: str, *, by_pin: bool) -> User:
    if row.check_password(secret):
        message = _("The new PIN is the old one.") if by_pin else _("The new password is the old one.")
        raise Refused(message, field="pin" if by_pin else "password")
    row.set_password(secret)
    row.by_pin = by_pin
    row.save(update_fields=["password", "by_pin"])
    history_record(user=row, act="pin_choose" if by_pin else "password_choose", row=row)
    return row
