"""What perishes in the first plan: scrapped in the period in which it gets too old, first in, first out (§10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.compiled import compiled, inner
from wadah.planning.construct.pool import NEGLIGIBLE
from wadah.planning.state.sums import sums

if TYPE_CHECKING:
    from wadah.planning.construct.pool import Floats
    from wadah.planning.flat import Flat
    from wadah.planning.state import State

TOO_OLD = 1e-6  # pieces; less may lie


@compiled
def add_scrap(flat: Flat, state: State) -> None:
    """Scrap what would lie too long; whole pieces where the part is whole."""
    added = sums(flat, state)
    for p in range(flat.life.shape[0]):
        if flat.life[p] >= 0:
            scrap_part(flat, p, added.received[p], added.level[p], state.scrapped[p])


@inner
def scrap_part(flat: Flat, p: int, received: Floats, level: Floats, scrapped: Floats) -> None:
    """The same for one part; `level` is its stock before anything is scrapped."""
    gone, life = 0.0, flat.life[p]
    for t in range(len(level)):
        fresh = received[max(0, t - life + 1) : t + 1].sum() if life > 0 else 0.0
        if life > t + 1:
            fresh += flat.stock[p]
        excess = level[t] - gone - fresh
        if excess > TOO_OLD:
            pieces = np.ceil(excess - TOO_OLD) if flat.integer[p] else excess
            if pieces > NEGLIGIBLE:
                scrapped[t] += pieces
                gone += pieces
