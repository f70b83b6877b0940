"""When to stop, and why: one clock for the whole run (docs/model.md §12)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Clock:
    """Wall time of one run. limit: seconds; should_stop: asked now and then whether to give up early."""

    def __init__(self, limit: float, should_stop: Callable[[], bool] | None = None) -> None:
        self.start = time.monotonic()
        self.limit = limit
        self.ask = should_stop or (lambda: False)
        self.asked = False

    @property
    def seconds(self) -> float:
        """Since the run began."""
        return time.monotonic() - self.start

    @property
    def left(self) -> float:
        """Seconds left, never below 0."""
        return max(0.0, self.limit - self.seconds)

    def should_stop(self) -> bool:
        """Whether somebody asked to stop; once asked, always."""
        self.asked = self.asked or self.ask()
        return self.asked

    @property
    def over(self) -> bool:
        return self.left <= 0.0 or self.should_stop()

    @property
    def reason(self) -> str:
        """Why a run that is over is over."""
        return "asked to stop" if self.asked else "time limit"
