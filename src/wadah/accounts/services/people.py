"""Opening, correcting and closing accounts."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.accounts.models import Device, LinkRequest, SignInLink, User
from wadah.accounts.rules import password_check, phone_e164
from wadah.base.clock import now
from wadah.base.errors import Refused
from wadah.base.history import history_record

NAME_LENGTH_MAX = 120


@transaction.atomic
def user_create(*, phone: str, name: str, password: str | None, adult: bool, language: str = "id") -> User:
    """Opens an account.

    Parameters
    ----------
    phone: as people write it; kept as +62….
    password: None opens an account that can't sign in yet (a member whom the manager acts for).
    adult: the person has said to be 18 or older. The answer isn't stored, and no date of birth is asked.

    Raises
    ------
    Refused: under 18, no phone or one in use, no name, an unknown language, or a password that is too easy.
    """
    if not adult:
        raise Refused(_("Only people aged 18 or older can be registered."), field="adult")
    stored = phone_e164(phone)
    if User.objects.filter(phone=stored).exists():
        raise Refused(_("This phone number already has an account."), field="phone")
    user = User(phone=stored, name=name_checked(name), language=language_checked(language))
    set_password(user, password)
    user.save()
    return user


@transaction.atomic
def user_correct(*, user: User, name: str | None = None, language: str | None = None) -> User:
    """Writes a new name or language; None keeps the old one.

    Raises
    ------
    Refused: an empty or too long name, or an unknown language.
    """
    row = User.objects.select_for_update().get(pk=user.pk)
    row.name = row.name if name is None else name_checked(name)
    row.language = row.language if language is None else language_checked(language)
    row.save(update_fields=["name", "language"])
    return row


@transaction.atomic
def password_change(*, user: User, old: str, new: str) -> User:
    """A person's own change of password; other sign-ins of theirs end, for the session hash changes with it.

    Raises
    ------
    Refused: the old password is wrong, the new one is the old one, or it is too easy.
    """
    row = User.objects.select_for_update().get(pk=user.pk)
    if not row.check_password(old):
        raise Refused(_("The old password isn't right."), field="old")
    if old == new:
        raise Refused(_("The new password is the old one."), field="new")
    set_password(row, new)
    row.by_pin = False
    row.save(update_fields=["password", "by_pin"])
    history_record(user=row, act="password_choose", row=row)
    return row


@transaction.atomic
def user_close(*, user: User) -> User:
    """Closes an account: it can't sign in and has no roles. Its row stays, for the books name it."""
    row = User.objects.select_for_update().get(pk=user.pk)
    row.is_active = False
    row.set_unusable_password()
    row.save(update_fields=["is_active", "password"])
    moment = now()
    Device.objects.filter(user=row, ended_at__isnull=True).update(ended_at=moment)
    SignInLink.objects.filter(user=row, used_at__isnull=True, withdrawn_at__isnull=True).update(withdrawn_at=moment)
    LinkRequest.objects.filter(user=row, answered_at__isnull=True).update(answered_at=moment)
    return row


def set_password(user: User, password: str | None) -> None:
    if password is not None:
        password_check(password, phone=user.phone, name=user.name)
    user.set_password(password)


def name_checked(name: str) -> str:
    tidy = " ".join(name.split())
    if not 1 <= len(tidy) <= NAME_LENGTH_MAX:
        raise Refused(_("A name has 1 to %(high)d letters.") % {"high": NAME_LENGTH_MAX}, field="name")
    return tidy


def language_checked(language: str) -> str:
    if language not in User.Language.values:
        raise Refused(_("Wadah speaks id and en, not “%(language)s”.") % {"language": language}, field="language")
    return language
