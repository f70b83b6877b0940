"""Start what is committed before anything else, with the components it takes (docs/model.md §9)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from wadah.planning.construct.pool import WHOLE
from wadah.planning.construct.sources import SourceRule
from wadah.planning.construct.trial import Trial

if TYPE_CHECKING:
    from wadah.planning.construct.floor import Floor


def commit(floor: Floor) -> bool:
    """Start every committed lot; whether hours, limits and components allow it."""
    pool = floor.pool
    wanted: dict[tuple[int, int], float] = {}
    for row in pool.problem.committed:
        if row.quantity <= 0:
            continue
        k = pool.cap_index.get((row.part, row.workshop))
        if k is None:
            return False
        wanted[k, row.period] = wanted.get((k, row.period), 0.0) + row.quantity
    trial = Trial(floor)
    if not all(start_committed(trial, k, period, pieces) for (k, period), pieces in sorted(wanted.items())):
        return False
    top_up_sources(trial, {pool.index[pool.capabilities[k].part] for k, _ in wanted})
    done = trial.explode() >= 1.0
    floor.settle()
    return done


def start_committed(trial: Trial, k: int, period: int, pieces: float) -> bool:
    """Start one committed lot, in a whole step where it fits, else in whole pieces; whether it fits."""
    pool = trial.pool
    step = float(pool.step[k])
    sizes = [math.ceil(pieces / size - WHOLE) * size for size in (step, 1.0)] if step > 0 else [pieces]
    for size in sizes:
        if fits(trial.floor, k, period, size):
            trial.start(k, period, size, pool.index[pool.capabilities[k].part])
            return True
    return False


def fits(floor: Floor, k: int, period: int, pieces: float) -> bool:
    pool = floor.pool
    w = int(pool.workshop[k])
    hours = float(pool.hours_per_unit[k]) * pieces + float(pool.setup_hours[k])
    within = hours <= float(floor.regular[w, period] + floor.overtime[w, period]) + WHOLE * max(1.0, hours)
    return within and (k not in pool.limit or pieces <= float(pool.limit[k][period]) + WHOLE)


def top_up_sources(trial: Trial, parts: set[int]) -> None:
    """Let committed parts obey their sourcing rules as far as can be; the referee sees the rest."""
    pool = trial.pool
    for part in sorted(parts, key=pool.rank.__getitem__):
        rule = SourceRule(trial.floor, part, slice(pool.start[part], pool.start[part + 1]), 0.0)
        rule.top_up(trial, part)
