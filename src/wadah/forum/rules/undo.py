"""How long an act can be undone by whoever did it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

UNDO_MINUTES = 10


def undo_left(done_at: datetime | None, moment: datetime) -> bool:
    """Whether what was done at `done_at` (None: not done) can still be undone at `moment`."""
    return done_at is not None and moment - done_at <= timedelta(minutes=UNDO_MINUTES)
