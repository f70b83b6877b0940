"""When to stop, and why: one clock for the whole run (docs/model.md §12).

A clock runs on wall time or, for a run that must be the same on every machine, on counted work: then its seconds are
work that takes about a second, and nobody who asks it learns what the time is. Each look at whether it is over counts,
and so does what the solver has done (solver.py).
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LOOK = 1e-3  # seconds of counted work between two looks at the clock, for a problem of no size
LOOK_AT_LOT = 4e-7  # and for each (capability, period), where all are gone through between two looks
BRIEF = 0.03  # of that, where a few orders or lots are tried between two looks


class Clock:
    """What is left of one run.

    limit: seconds of wall time, or of counted work where `counted`; should_stop: asked now and then whether to give up.
    """

    def __init__(self, limit: float, should_stop: Callable[[], bool] | None = None, *, counted: bool = False) -> None:
        self.start = time.monotonic()
        self.limit = limit
        self.ask = should_stop or (lambda: False)
        self.asked = False
        self.counted = counted
        self.look = LOOK
        self.spent = 0.0

    def size(self, lots: int, share: float = 1.0) -> None:
        """Tell how many (capability, period) there are; a look at the clock counts accordingly.

        share: of the work of going through all of them a few times, that is done from now on between two looks.
        """
        self.look = LOOK + LOOK_AT_LOT * share * lots

    def spend(self, seconds: float) -> None:
        """Count work that takes about so many seconds."""
        self.spent += seconds

    @property
    def seconds(self) -> float:
        """Since the run began."""
        return self.spent if self.counted else time.monotonic() - self.start

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
        self.spend(self.look)
        return self.left <= 0.0 or self.should_stop()

    @property
    def reason(self) -> str:
        """Why a run that is over is over."""
        if self.asked:
            return "asked to stop"
        return "effort spent" if self.counted else "time limit"

    def unless(self, done: Callable[[], bool]) -> Clock:
        """The same clock for a part of the run that also ends when `done` says so; for clocks on wall time."""
        part = Clock(self.limit, lambda: self.should_stop() or done())
        part.start = self.start
        return part
