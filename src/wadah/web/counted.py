"""Figures that take long to count are kept for some minutes, with the moment in which they were counted."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, TypeVar

from django.core.cache import cache

from wadah.base.clock import now, today

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

T = TypeVar("T")
KEPT_SECONDS = 600


def counted(what: str, count: Callable[[], T], *, anew: bool = False) -> tuple[T, dt.datetime]:
    """What `count` gives, and when it was counted: now, or in this process within the last KEPT_SECONDS of this day.

    what: names the figures, for whom they are and of when, so that two never meet. anew: whatever is kept.
    """
    name = "counted-" + hashlib.sha256(f"{today()} {what}".encode()).hexdigest()
    kept: tuple[T, dt.datetime] | None = None if anew else cache.get(name)
    if kept is None:
        kept = count(), now()
        cache.set(name, kept, KEPT_SECONDS)
    return kept
