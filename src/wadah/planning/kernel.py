"""A better plan from few columns: only those lots that the best plan has or the tightened relaxation asks for.

Source: kernel search (Angelelli, Mansini & Speranza 2010), with one bucket. The relaxation with its cuts (cuts/) asks
for few lots that a good plan doesn't have, so what is left is small; whole pieces are relaxed until the set-ups are
decided. For programs that a solver can hold whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.cuts.setups import Desk, run
from wadah.planning.extract import start_values, values_at

if TYPE_CHECKING:
    from wadah.planning.cuts.root import Tightened
    from wadah.planning.formulation import Formulation
    from wadah.planning.formulation.model import Flags, Floats
    from wadah.planning.incumbent import Incumbent
    from wadah.planning.solver import Session
    from wadah.planning.stop import Clock

ASKED = 0.3  # of a smallest lot: from here on the relaxation asks for a lot
TRACE = 1e-6  # pieces; less is the solver's noise


def search_kernel(
    form: Formulation, tight: Tightened, session: Session, best: Incumbent, clock: Clock, seconds: float
) -> None:
    """Offer the best plan that the search finds with the kernel's lots within `seconds`; without a point, nothing."""
    if tight.point is None:
        return
    lower, upper = tight.model.lower.copy(), tight.model.upper.copy()
    dropped = ~kernel(form, tight.point, best)
    for columns in (form.x, form.y):
        upper[columns[(columns >= 0) & dropped]] = 0.0
    run(Desk(form, tight.model, session, best, clock, clock.seconds + seconds), lower, upper, seconds)


def kernel(form: Formulation, point: Floats, best: Incumbent) -> Flags:
    """The lots that may be, K × T."""
    data = form.data
    least = np.array([capability.min_lot for capability in data.problem.capabilities], dtype=float)
    used = (values_at(form.x, point) > np.maximum(ASKED * least, TRACE)[:, None]) | (data.promised > 0)
    if best.plan is not None:
        used |= values_at(form.x, start_values(form, best.plan)) > 0
    return np.asarray(used)
