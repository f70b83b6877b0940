"""From a candidate of the search to a plan that the referee accepts.

The solver's floats may lean on its tolerances: a set-up of 1e-9 that starts a few pieces, a delivery of 11.9999999.
A candidate is first read as it is; if the referee objects, every whole decision is rounded and fixed and the small
linear program that is left is solved again, so that what isn't whole is exact.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.extract import extract
from wadah.planning.formulation.making import SOURCE

if TYPE_CHECKING:
    from wadah.planning.formulation import Formulation, Model
    from wadah.planning.formulation.model import Floats
    from wadah.planning.incumbent import Incumbent
    from wadah.planning.solver import Session
    from wadah.planning.stop import Clock

WORTH_SHOWING = 2_000  # columns; a smaller search is over before anybody has looked
OFFER_SHARE = 10.0  # times as long as an offer took, before the next one
LEAST_SECONDS = 1.0  # a candidate in hand is worth a moment past the limit


def accept(form: Formulation, session: Session, best: Incumbent, clock: Clock, x: Floats) -> bool:
    """Offer the plan behind these values; whether the referee accepted it, polished or not."""
    if best.offer(extract(form, x)):
        return True
    fixed = fixed_whole(form, x)
    answer = session.relax(fixed, max(clock.left, LEAST_SECONDS), lambda: False)
    return answer.x is not None and answer.status == "optimal" and best.offer(extract(form, answer.x))


def fixed_whole(form: Formulation, x: Floats) -> Model:
    """The model with every whole column fixed at its rounded value, and what has no set-up at 0."""
    model = form.model
    lower, upper = model.lower.copy(), model.upper.copy()
    whole = model.integer
    lower[whole] = upper[whole] = np.clip(np.rint(x[whole]), model.lower[whole], model.upper[whole])
    without = form.x[(form.y >= 0) & (x[np.maximum(form.y, 0)] < 0.5)]
    upper[without] = 0.0
    with_setup = form.x[(form.y >= 0) & (x[np.maximum(form.y, 0)] >= 0.5)]
    free = with_setup[~whole[with_setup]]
    lower[free] = np.maximum(lower[free], np.minimum(SOURCE, upper[free]))
    lower = np.minimum(lower, upper)
    return replace(model, lower=lower, upper=upper, integer=np.zeros(len(lower), dtype=bool))


class Candidates:
    """What the search says it has found: every candidate is kept, and offered as it is while that takes little time."""

    def __init__(self, form: Formulation, best: Incumbent, clock: Clock) -> None:
        self.form, self.best, self.clock = form, best, clock
        self.last: Floats | None = None
        self.again = 0.0

    def hear(self, x: Floats) -> None:
        """One candidate, better for the solver than the one before."""
        self.last = x
        began = self.clock.seconds
        if began < self.again or self.form.model.shape[1] < WORTH_SHOWING:
            return
        self.best.offer(extract(self.form, x))
        self.again = self.clock.seconds + OFFER_SHARE * (self.clock.seconds - began)
