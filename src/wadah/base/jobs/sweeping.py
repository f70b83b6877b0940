"""House-keeping that a worker does by itself now and then: each room registers its own acts."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import DatabaseError

if TYPE_CHECKING:
    from collections.abc import Callable

    Act = Callable[[], object]

log = logging.getLogger("wadah.jobs")
ACTS: dict[str, Act] = {}


def swept(act: Act) -> Act:
    """Have `act` done every hour or so, and once at the start. Done twice it must do no harm."""
    ACTS[f"{act.__module__}.{act.__qualname__}"] = act
    return act


def sweep() -> None:
    """Do all of it; what the database refuses is tried again the next time, and stops nothing else."""
    for name, act in ACTS.items():
        try:
            act()
        except DatabaseError:
            log.exception("%s failed; it is tried again", name)
