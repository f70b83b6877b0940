"""Serve orders one after the other: on time if it can be, else as little late as pays, else short (docs/model.md §5).

Each order is tried as a whole trial at one delivery deadline after another. Where a part holds it up, the quantity is
cut to what was found and tried again. A trial that costs more than the shortness it saves is undone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wadah.planning.construct.offers import NEGLIGIBLE
from wadah.planning.construct.pool import WHOLE
from wadah.planning.construct.trial import Maker, Need, Trial

if TYPE_CHECKING:
    from wadah.planning.construct.floor import Floor
    from wadah.planning.problem import Order

LATER = (0, 1, 3, 6, 12, 25, 60)  # periods after the first deadline that are tried
CUTS = 3  # times that a quantity is cut before the next deadline is tried
CUT_MARGIN = 0.97
MAKERS_TRIED = 6  # of a single-source order


@dataclass
class Line:
    """One order on its way: where it may come from and what has been delivered of it, by period."""

    order: Order
    part: int
    rows: slice
    shelf: int
    whole: bool
    delivered: dict[int, float] = field(default_factory=dict)

    @property
    def left(self) -> float:
        return self.order.quantity - sum(self.delivered.values())


class Counter:
    """Where orders are served; keeps what has been delivered and who makes the single-source ones."""

    def __init__(self, floor: Floor) -> None:
        self.floor = floor
        self.pool = floor.pool
        self.delivered: dict[str, dict[int, float]] = {}
        self.assigned: dict[str, int] = {}

    def serve(self, order: Order) -> float:
        """Deliver what can be delivered of the order; the pieces left short."""
        part = self.pool.index[order.part]
        rows = slice(self.pool.start[part], self.pool.start[part + 1])
        whole = self.pool.parts[part].integer
        if order.single_source:
            line = self.best_maker(order, part, rows, whole)
        else:
            line = Line(order, part, rows, part, whole)
            self.fill(line)
        if line.delivered:
            self.delivered[order.id] = line.delivered
            if order.single_source:
                self.assigned[order.id] = line.rows.start
        return line.left

    def best_maker(self, order: Order, part: int, rows: slice, whole: bool) -> Line:
        """The first of a single-source order's cheapest makers that leaves nothing short, else the one with least."""
        price = self.pool.cost[rows] / self.pool.yields[rows]
        makers = [rows.start + int(i) for i in price.argsort(kind="stable")[:MAKERS_TRIED]]
        best = Line(order, part, slice(0, 0), part, whole)
        for k in makers:
            line = Line(order, part, slice(k, k + 1), self.pool.shelf_of[k], whole)
            self.floor.begin()
            self.fill(line)
            if line.left <= NEGLIGIBLE:
                self.floor.keep()
                return line
            self.floor.undo()
            if line.left < best.left - NEGLIGIBLE:
                best = line
        best.delivered = {}
        if best.rows.stop > best.rows.start:
            self.fill(best)
        return best

    def fill(self, line: Line) -> None:
        """Try one deadline after the other until the order is served or being late costs more than being short."""
        for deadline in self.deadlines(line.order):
            if line.left <= NEGLIGIBLE:
                return
            self.fill_by(line, deadline)

    def deadlines(self, order: Order) -> list[int]:
        """Periods by which pieces may be delivered, the punctual one first."""
        last = self.pool.periods - 1
        if order.earliest > last:
            return []
        first = min(max(order.due, order.earliest), last)
        found = sorted({min(first + later, last) for later in LATER})
        return [period for period in found if self.allowed(order, period)]

    def allowed(self, order: Order, period: int) -> bool:
        late = period - order.due
        if late <= 0:
            return True
        if order.late_cost is None:
            return False
        return order.short_cost is None or late * order.late_cost < order.short_cost

    def fill_by(self, line: Line, deadline: int) -> None:
        """Deliver as much as can be had by one deadline, cutting the quantity where a part holds it up."""
        pieces = line.left
        for _ in range(CUTS):
            found = self.attempt(line, pieces, deadline)
            if found >= 1.0 or not line.order.partial:
                return
            pieces *= found * (1.0 if found < CUT_MARGIN else CUT_MARGIN)
            if line.whole:
                pieces = math.floor(pieces + WHOLE)
            if pieces <= NEGLIGIBLE:
                return

    def attempt(self, line: Line, pieces: float, deadline: int) -> float:
        """One trial, kept if all of it works out and pays. 1.0: nothing more to try by then; else the share found."""
        self.floor.begin()
        trial = Trial(self.floor)
        found = self.make(trial, line, pieces, deadline)
        if found >= 1.0:
            handed = self.hand_over(line, pieces, deadline)
            if handed is not None and self.pays(line.order, handed):
                for period, quantity in handed.items():
                    line.delivered[period] = line.delivered.get(period, 0.0) + quantity
                self.floor.keep()
                return 1.0
            found = 1.0 if handed is not None else 0.5
        self.floor.undo()
        return found

    def make(self, trial: Trial, line: Line, pieces: float, deadline: int) -> float:
        """Start what the shelf doesn't hold, with everything below it; the share found."""
        order, life = line.order, self.pool.parts[line.part].shelf_life
        ready = self.ready(line, deadline)
        if pieces - ready > NEGLIGIBLE:
            begin = order.earliest if order.partial else deadline
            first = 0 if life is None else max(0, begin - life)
            need = Need(deadline, pieces - ready, first)
            maker = Maker(trial, line.part, line.rows, [need])
            made = maker.make(need, need.pieces)
            if made < need.pieces - NEGLIGIBLE:
                return (ready + made) / pieces
            if maker.finish() < 1.0:
                return 0.5
        return trial.explode()

    def ready(self, line: Line, deadline: int) -> float:
        """Pieces on the shelf that could be delivered by the deadline."""
        life = self.floor.life[line.shelf]
        if life is None or not line.order.partial:
            ready = self.floor.available(line.shelf, deadline)
        else:
            ready = sum(self.floor.shelves[line.shelf][max(0, line.order.earliest - life + 1) : deadline + 2])
        return float(math.floor(ready + WHOLE)) if line.whole and life is not None else ready

    def hand_over(self, line: Line, pieces: float, deadline: int) -> dict[int, float] | None:
        """Take the pieces off the shelf as early as they lie there, in one go where it must be; None if they don't."""
        handed: dict[int, float] = {}
        left = pieces
        for period in range(line.order.earliest, deadline + 1):
            ready = self.floor.available(line.shelf, period)
            ready = math.floor(ready + WHOLE) if line.whole else ready
            quantity = min(left, ready)
            if quantity <= NEGLIGIBLE or (not line.order.partial and quantity < pieces - NEGLIGIBLE):
                continue
            self.floor.take(line.shelf, period, quantity)
            handed[period] = quantity
            left -= quantity
            if left <= NEGLIGIBLE:
                return handed
        return None

    def pays(self, order: Order, handed: dict[int, float]) -> bool:
        """Whether making and lateness cost no more than the shortness they save."""
        if order.short_cost is None:
            return True
        late = sum((order.late_cost or 0.0) * max(0, period - order.due) * pieces for period, pieces in handed.items())
        return self.floor.spent + late <= order.short_cost * sum(handed.values())
