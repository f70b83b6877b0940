"""Start what is committed before anything else, with the components it takes (docs/model.md §9), compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.compiled import compiled, inner_loop
from wadah.planning.construct.floor import LOGGED, start
from wadah.planning.construct.needs import ask_components
from wadah.planning.construct.offers import Job
from wadah.planning.construct.pool import WHOLE
from wadah.planning.construct.sources import sourcing, top_up
from wadah.planning.construct.trial import explode

if TYPE_CHECKING:
    from wadah.planning.construct.floor import Floor
    from wadah.planning.construct.pool import Floats, Pool


@compiled
def commit(pool: Pool, floor: Floor, promised: Floats) -> bool:
    """Start every committed lot; whether hours, limits and components allow it. promised: pieces, K × T."""
    committed = np.zeros(len(pool.parts), dtype=np.bool_)
    for k in range(promised.shape[0]):
        for t in range(promised.shape[1]):
            if promised[k, t] > 0:
                committed[pool.makers[k].part] = True
                if not start_committed(pool, floor, k, t, promised[k, t]):
                    return False
    for p in pool.parents_first:  # as far as can be; the referee sees the rest
        if committed[p]:
            job = Job(p, pool.parts[p].begin, pool.parts[p].end, 0, 0, 0.0)
            top_up(pool, floor, job, sourcing(pool, floor, job))
    done = explode(pool, floor) >= 1.0
    floor.counts[LOGGED] = 0
    return done


@inner_loop
def start_committed(pool: Pool, floor: Floor, k: int, period: int, pieces: float) -> bool:
    """Start one committed lot, in a whole step where it fits, else in whole pieces; whether it fits."""
    maker = pool.makers[k]
    for size in (maker.step, min(maker.step, 1.0)):
        lot = np.ceil(pieces / size - WHOLE) * size if size > 0 else pieces
        if fits(pool, floor, k, period, lot):
            start(pool, floor, k, period, lot)
            ask_components(pool, floor, maker.part, period, lot)
            floor.counts[LOGGED] = 0
            return True
    return False


@inner_loop
def fits(pool: Pool, floor: Floor, k: int, period: int, pieces: float) -> bool:
    """Whether a fresh lot of this size fits the hours left and the most that may be started."""
    maker = pool.makers[k]
    hours = maker.unit_hours * pieces + maker.setup_hours
    left = floor.regular[maker.workshop, period] + floor.overtime[maker.workshop, period]
    return bool(hours <= left + WHOLE * max(1.0, hours) and pieces <= pool.limit[k, period] + WHOLE)
