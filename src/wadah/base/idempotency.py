"""Press twice, pay once: a writing form carries a key; the same key again answers with the first one's receipt.

The key's row is inserted first, in the transaction of the write itself: whoever comes second waits for the first to
commit, then finds the receipt; if the first is rolled back, nothing is left of it and the second is the first.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wadah.base.clock import now
from wadah.base.errors import Conflict
from wadah.base.models import IdempotencyKey

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

KEPT_DAYS = 30
KEY_LENGTH_MAX = 64


def key_new() -> str:
    return uuid.uuid4().hex


def body_hash(fields: Mapping[str, Any], files: Mapping[str, bytes] | None = None) -> str:
    """One hash of all that was sent, order-free. fields: name → value or list of values; files: name → content."""
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in (files or {}).items()}
    text = json.dumps([sorted(fields.items()), sorted(digests.items())], ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


class NoReceipt(Exception):
    """Raised by the write to say that nothing was done (a form with mistakes): roll back, keep no key."""


def once(
    *, key: str, user_id: int | None, route: str, body: str, write: Callable[[], dict[str, Any]]
) -> tuple[dict[str, Any], bool]:
    """Do `write` once for this key, in one transaction with it.

    body: from `body_hash`. Returns the receipt and whether it is a replay. Raises Conflict when the key came with
    another body, person or route; whatever `write` raises rolls all back, the key too.
    """
    try:
        with transaction.atomic():
            row = IdempotencyKey.objects.create(
                key=key, user_id=user_id, route=route, body_hash=body, created_at=now(), receipt={}
            )
            row.receipt = write()
            row.save(update_fields=["receipt"])
            return row.receipt, False
    except IntegrityError:
        earlier = IdempotencyKey.objects.filter(key=key).first()
        if earlier is None:
            raise
    if (earlier.user_id, earlier.route, earlier.body_hash) != (user_id, route, body):
        raise Conflict(_("This form was already sent, with other contents."))
    return earlier.receipt, True


def keys_sweep() -> int:
    """Forget keys older than 30 days; how many."""
    oldest = now() - dt.timedelta(days=KEPT_DAYS)
    return IdempotencyKey.objects.filter(created_at__lt=oldest).delete()[0]
