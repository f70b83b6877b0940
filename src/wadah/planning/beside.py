"""Plain search beside everything else: on another processor, the solver alone with the whole program and no start.

What the rest of a run does can't cost it anything then: what the search finds by itself in the same time is found
here too, and whatever both know ends both. Only the thread of the caller touches the best plan.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.bound import search_bound
from wadah.planning.extract import extract
from wadah.planning.polish import accept
from wadah.planning.solver import Answer, Ears, lease

if TYPE_CHECKING:
    from wadah.planning.formulation import Formulation
    from wadah.planning.formulation.model import Floats
    from wadah.planning.incumbent import Incumbent
    from wadah.planning.solver import Session
    from wadah.planning.stop import Clock

TICK = 0.05  # seconds between two looks at the other side


class Beside:
    """One search in a thread of its own, from the moment it is entered until it is left."""

    def __init__(self, form: Formulation, best: Incumbent, clock: Clock, seed: int) -> None:
        self.form, self.best, self.seed = form, best, seed
        self.run_clock = clock
        self.clock = clock.unless(self.news)
        self.seconds = clock.left
        self.answer: Answer | None = None
        self.heard: Floats | None = None
        self.offered: Floats | None = None
        self.bound = -np.inf
        self.enough = False
        self.thread = threading.Thread(target=self.run, daemon=True)

    def __enter__(self) -> Beside:
        self.thread.start()
        return self

    def __exit__(self, *ended: object) -> None:
        self.enough = True
        self.thread.join()

    def run(self) -> None:
        """The thread: it only leaves word."""
        answer = Answer("lost")
        try:
            with lease() as session:
                answer = session.search(
                    self.form.model,
                    self.seconds,
                    Ears(lambda: self.enough, self.hear, self.hear_bound),
                    seed=self.seed,
                )
        finally:
            self.answer = answer

    def hear(self, x: Floats) -> None:
        self.heard = x

    def hear_bound(self, bound: float) -> None:
        self.bound = bound

    @property
    def done(self) -> bool:
        """Whether the search has said its last word."""
        return self.answer is not None

    @property
    def settled(self) -> bool:
        """Whether it has proved something: the optimum, or that there is no plan."""
        return self.answer is not None and self.answer.status in ("optimal", "infeasible")

    def news(self) -> bool:
        """Take what it has found so far; whether nothing is left to do."""
        heard = self.heard
        if heard is not None and heard is not self.offered:
            self.offered = heard
            self.best.offer(extract(self.form, heard))
        self.best.raise_bound(search_bound(self.bound))
        return self.settled or self.best.optimal

    def wait(self, seconds: float) -> None:
        """Until it is done, or so many seconds are over, or the run is."""
        until = time.monotonic() + seconds
        while not self.done and time.monotonic() < until and not self.run_clock.over and not self.news():
            self.thread.join(TICK)

    def finish(self, session: Session) -> str:
        """Let it end, and take its last word. Returns the solver's status."""
        self.enough = True
        self.thread.join()
        answer = self.answer or Answer("lost")
        x = answer.x if answer.x is not None else self.heard
        if x is not None:
            accept(self.form, session, self.best, self.run_clock, x)
        if answer.status in ("optimal", "limit", "asked"):
            self.best.raise_bound(search_bound(answer.bound))
        return answer.status
