"""Finding people."""

from __future__ import annotations

from wadah.accounts.models import User
from wadah.accounts.rules import phone_e164
from wadah.base.errors import Refused


def user_by_phone(phone: str) -> User | None:
    """The open account with this phone, as people write it; None if there is none, or if it is no phone at all."""
    try:
        stored = phone_e164(phone)
    except Refused:
        return None
    return User.objects.filter(phone=stored, is_active=True).first()
