"""Slows down guessing. Counts live in the database, so that a restart or a second process forgets nothing."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db import transaction
from django.db.models import F

from wadah.base.clock import now
from wadah.base.models import Throttle


def throttle_left(kind: str, who: str, *, limit: int, minutes: int) -> int:
    """How many more tries `who` has for `kind`: `limit` within `minutes` of the first one, then none until they end."""
    since = now() - dt.timedelta(minutes=minutes)
    row = Throttle.objects.filter(key=hashed(kind, who), since__gt=since).first()
    return limit if row is None else max(0, limit - row.count)


@transaction.atomic
def throttle_count(kind: str, who: str, *, minutes: int) -> None:
    """Count one try. Windows that ended are swept away."""
    Throttle.objects.filter(since__lte=now() - dt.timedelta(days=1)).delete()
    key = hashed(kind, who)
    Throttle.objects.filter(key=key, since__lte=now() - dt.timedelta(minutes=minutes)).delete()
    Throttle.objects.get_or_create(key=key, defaults={"since": now()})
    Throttle.objects.filter(key=key).update(count=F("count") + 1)


def throttle_clear(kind: str, who: str) -> None:
    Throttle.objects.filter(key=hashed(kind, who)).delete()


def hashed(kind: str, who: str) -> str:
    return hashlib.sha256(f"{kind}\0{who}".encode()).hexdigest()
