"""Sourcing rules in the first plan: no workshop starts more than its share, and enough workshops take part (§6).

Both are measured over the whole horizon, committed pieces included. While lots are chosen, each workshop's room is
held below its share of what will have been started; afterwards `top_up` starts further lots at other workshops until
the rule holds, or says that it can't.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.construct.offers import NEGLIGIBLE, offers
from wadah.planning.construct.pool import WHOLE

if TYPE_CHECKING:
    from wadah.planning.construct.floor import Floor
    from wadah.planning.construct.pool import Floats
    from wadah.planning.construct.trial import Trial

MOST_TOP_UPS = 60


class SourceRule:
    """What the sourcing rule of one part leaves each of its capabilities; no limit where the part has no rule."""

    def __init__(self, floor: Floor, part: int, rows: slice, wanted: float) -> None:
        row = floor.pool.parts[part]
        self.share = row.max_share
        self.sources = max(row.min_sources, math.ceil(1.0 / row.max_share - WHOLE))
        self.active = self.sources > 1 or row.max_share < 1.0
        self.rows = rows
        if not self.active:
            return
        self.started: Floats = floor.lots[rows].sum(axis=1)
        usual = float(np.min(floor.pool.yields[rows])) if rows.stop > rows.start else 1.0
        total = float(self.started.sum()) + wanted / usual
        least = float(np.median(floor.pool.least[rows])) if rows.stop > rows.start else 0.0
        self.most = max(self.share * total, total / self.sources, least)
        if self.share >= 1.0:
            self.most = math.inf

    def room(self, k: int) -> float:
        """Pieces that capability k may still start."""
        return self.most - float(self.started[k - self.rows.start]) if self.active else math.inf

    def count(self, k: int, pieces: float) -> None:
        if self.active:
            self.started[k - self.rows.start] += pieces

    def holds(self) -> bool:
        total = float(self.started.sum())
        if total <= NEGLIGIBLE:
            return True
        within = float(self.started.max()) <= self.share * total + NEGLIGIBLE
        return within and int((self.started > 1e-6).sum()) >= self.sources

    def top_up(self, trial: Trial, part: int) -> bool:
        """Start further lots until the rule holds; whether it does."""
        for _ in range(MOST_TOP_UPS):
            if not self.active or self.holds():
                return True
            if not self.add_lot(trial, part):
                return False
        return self.holds()

    def add_lot(self, trial: Trial, part: int) -> bool:
        """One more lot at the cheapest workshop that has room under the share, a new source if sources are missing."""
        pool, floor = trial.pool, trial.floor
        highest = float(self.started.max())
        missing = highest / self.share - float(self.started.sum())
        new = int((self.started > 1e-6).sum()) < self.sources
        for k, period, room, _ in offers(floor, self.rows, range(pool.periods), max(missing, 1.0), pool.periods - 1):
            have = float(self.started[k - self.rows.start])
            if new and have > 0:
                continue
            step, least = float(pool.step[k]), float(pool.least[k]) if floor.lots[k, period] <= 0 else 0.0
            pieces = min(max(missing, least, step, 2 * NEGLIGIBLE), max(highest - have, least))
            if step > 0:
                pieces = math.ceil(pieces / step - WHOLE) * step
            if (new or have < highest - NEGLIGIBLE) and max(least, 2e-6) <= pieces <= room:
                trial.start(k, period, pieces, part)
                self.count(k, pieces)
                return True
        return False
