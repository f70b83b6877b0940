"""Single fields encrypted at rest: bank accounts, whose numbers are specific personal data (UU 27/2022).

Fernet (AES-128-CBC and HMAC-SHA-256). Keys are derived by HKDF-SHA-256 from WADAH_FIELD_KEY (several, parted by commas:
the first encrypts, all decrypt, so that a key can be changed) and from the secret key, which alone serves where
WADAH_FIELD_KEY isn't set. Whoever restores a backup needs the same key. Not for passwords, nor for what is searched.
"""

from __future__ import annotations

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wadah.base.errors import WadahError

KEY_BYTES = 32


class KeyMissing(WadahError):
    """What is kept was encrypted with a key that this installation doesn't have."""

    status = 500
    default = _("This can't be read: it was kept with another key. Ask whoever runs Wadah for WADAH_FIELD_KEY.")


def secret_keep(plain: str) -> str:
    """Encrypted, as text for a column; twice the same text comes out differently."""
    return box().encrypt(plain.encode()).decode()


def secret_read(kept: str) -> str:
    """What `secret_keep` was given.

    Raises
    ------
    KeyMissing: none of the keys fits, or a byte was changed.
    """
    try:
        return box().decrypt(kept.encode()).decode()
    except InvalidToken:
        raise KeyMissing from None


def secret_again(kept: str) -> str:
    """The same, encrypted with the first key: for when keys change."""
    try:
        return box().rotate(kept.encode()).decode()
    except InvalidToken:
        raise KeyMissing from None


def masked(last: str) -> str:
    """ "…1234", which is what people see."""
    return f"…{last}"


def box() -> MultiFernet:
    return box_of((*filter(None, (key.strip() for key in settings.FIELD_KEY.split(","))), settings.SECRET_KEY))


@lru_cache(maxsize=4)
def box_of(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(derived(key)) for key in keys])


def derived(key: str) -> bytes:
    material = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"wadah field").derive(key.encode())
    return base64.urlsafe_b64encode(material)
