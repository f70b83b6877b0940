"""All families of cuts in one place: what a point of the relaxation breaks, as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.cuts.chains import chains
from wadah.planning.cuts.hours import hour_cuts
from wadah.planning.cuts.lots import Written, facts_of, lot_cuts, places
from wadah.planning.cuts.rows import Cuts
from wadah.planning.flat import flat

if TYPE_CHECKING:
    from wadah.planning.formulation import Formulation
    from wadah.planning.formulation.model import Floats

LEAST = 1e-3  # of a row's size; what breaks by less isn't worth a row
LEAST_ROUNDING = 1e-2  # of δ, the unit of the rounding
ROWS = 20_000  # rows that one round may write
ENTRIES = 2_000_000


class Separator:
    """What the compiled loops need to know of one formulation."""

    def __init__(self, form: Formulation) -> None:
        self.facts = facts_of(flat(form.data, form.largest))
        self.chains = chains(form.data)
        self.at = places(form)

    def broken(self, point: Floats) -> Cuts:
        """Inequalities that the point breaks; point: values by column, within the bounds of the model."""
        out = blank()
        lot_cuts(self.facts, self.chains, self.at, point, LEAST, out)
        hour_cuts(self.facts, self.chains, self.at, point, LEAST_ROUNDING, out)
        rows, entries = int(out.used[0]), int(out.used[1])
        start = np.concatenate(([0], out.ends[:rows]))
        return Cuts(start, out.columns[:entries].copy(), out.values[:entries].copy(), out.upper[:rows].copy())


def blank() -> Written:
    return Written(
        np.zeros(ROWS, dtype=np.int64),
        np.zeros(ENTRIES, dtype=np.int64),
        np.zeros(ENTRIES),
        np.zeros(ROWS),
        np.zeros(2, dtype=np.int64),
    )
