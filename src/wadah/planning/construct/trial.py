"""One trial: what an order needs, exploded down the bill of materials with lots sized level by level.

In: needs (part → period → good pieces). Each part is served once, after all its parents: from the shelf first, then
from the cheapest offers; the lots started become needs of their components `lead_time` earlier. Out: 1.0 if all was
found, else the share of the needed pieces that was found at the part that held it up (the caller undoes the trial).
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wadah.planning.construct.offers import NEGLIGIBLE, Offer, offers
from wadah.planning.construct.pool import WHOLE
from wadah.planning.construct.sources import SourceRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wadah.planning.construct.floor import Floor


@dataclass(frozen=True, slots=True)
class Need:
    """`pieces` good pieces of a part to leave the shelf in `period`, made in `first` or later."""

    period: int
    pieces: float
    first: int = 0


class Trial:
    """A change to the floor that is kept as a whole or undone as a whole."""

    def __init__(self, floor: Floor) -> None:
        self.floor = floor
        self.pool = floor.pool
        self.needs: dict[int, dict[int, float]] = {}
        self.waiting: list[tuple[int, int]] = []

    def need(self, part: int, period: int, pieces: float) -> None:
        by_period = self.needs.get(part)
        if by_period is None:
            by_period = self.needs[part] = {}
            heapq.heappush(self.waiting, (self.pool.rank[part], part))
        by_period[period] = by_period.get(period, 0.0) + pieces

    def start(self, k: int, period: int, pieces: float, part: int) -> None:
        """Start a lot and ask for its components."""
        self.floor.start(k, period, pieces)
        pulled = max(0, period - self.pool.parts[part].lead_time)
        for component, quantity in self.pool.components[part]:
            self.need(component, pulled, quantity * pieces)

    def explode(self) -> float:
        """Serve every need, parents before components; the share found where it stops, 1.0 where it doesn't."""
        while self.waiting:
            _, part = heapq.heappop(self.waiting)
            life = self.pool.parts[part].shelf_life
            needs = [
                Need(period, pieces, 0 if life is None else max(0, period - life))
                for period, pieces in sorted(self.needs.pop(part).items())
            ]
            found = self.supply(part, needs)
            if found < 1.0:
                return found
        return 1.0

    def supply(self, part: int, needs: list[Need]) -> float:
        """Take from the shelf and make the rest of one component; the share found."""
        maker = Maker(self, part, self.rows(part), needs)
        wanted = missing = 0.0
        for need in needs:
            taken = self.take(part, need)
            wanted += need.pieces
            if need.pieces - taken > NEGLIGIBLE:
                maker.make(need, need.pieces - taken)
                missing += need.pieces - taken - self.take(part, need, taken)
        if missing > NEGLIGIBLE:
            return max(0.0, 1.0 - missing / wanted)
        return maker.finish()

    def take(self, part: int, need: Need, already: float = 0.0) -> float:
        pieces = min(need.pieces - already, self.floor.available(part, need.period))
        if pieces > 0:
            self.floor.take(part, need.period, pieces)
        return max(pieces, 0.0)

    def rows(self, part: int) -> slice:
        return slice(self.pool.start[part], self.pool.start[part + 1])


class Maker:
    """Starts lots of one part from one list of offers, for one need (in order of period) after the other."""

    def __init__(self, trial: Trial, part: int, rows: slice, needs: list[Need]) -> None:
        self.trial = trial
        self.part = part
        self.rows = rows
        self.window = range(min(need.first for need in needs), needs[-1].period + 1)
        self.wanted = sum(need.pieces for need in needs)
        self.last = needs[-1].period
        self.rule = SourceRule(trial.floor, part, rows, self.wanted)
        self.source: Iterator[Offer] | None = None
        self.overtime = False
        self.open: list[list[float]] = []  # offers drawn so far with pieces left: [capability, period, pieces]

    def make(self, need: Need, good: float) -> float:
        """Start lots until `good` more good pieces lie ready for `need`; the good pieces made."""
        made = 0.0
        for offer in self.drawn():
            if made >= good - NEGLIGIBLE:
                break
            k, period = int(offer[0]), int(offer[1])
            if not need.first <= period <= need.period:
                continue
            pieces = self.lot(k, period, offer[2], good - made)
            if pieces > 0:
                self.trial.start(k, period, pieces, self.part)
                self.rule.count(k, pieces)
                offer[2] -= pieces
                made += pieces * self.trial.pool.capabilities[k].yield_rate
        return made

    def drawn(self) -> Iterator[list[float]]:
        """The offers already looked at that still have room, then fresh ones."""
        self.open = [offer for offer in self.open if offer[2] > NEGLIGIBLE]
        yield from self.open
        if self.source is None:
            self.source = offers(self.trial.floor, self.rows, self.window, self.wanted, self.last)
        for capability, period, pieces, overtime in self.source:
            if overtime and not self.overtime:
                self.open, self.overtime = [], True  # the new offers hold all the room there is
            offer = [float(capability), float(period), pieces]
            self.open.append(offer)
            yield offer

    def lot(self, k: int, period: int, room: float, good: float) -> float:
        """Pieces to start for `good` good pieces: whole steps, at least the smallest lot, within room and shares."""
        pool, floor = self.trial.pool, self.trial.floor
        room = min(room, self.rule.room(k))
        step = float(pool.step[k])
        pieces = good / pool.capabilities[k].yield_rate
        least = float(pool.least[k]) if floor.lots[k, period] <= 0 else step
        if step > 0:
            pieces = math.ceil(pieces / step - WHOLE) * step
            room = math.floor(room / step + WHOLE) * step
        pieces = min(max(pieces, least), room)
        return pieces if pieces >= max(least, NEGLIGIBLE) else 0.0

    def finish(self) -> float:
        """Add what the sourcing rule still asks for; 1.0 if it holds."""
        return 1.0 if self.rule.top_up(self.trial, self.part) else 0.0
