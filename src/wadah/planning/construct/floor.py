"""The workshop floor while the first plan grows: hours left, lots started, pieces on the shelves; with undo.

A trial (one order with everything below it) runs between `begin` and `keep` or `undo`, so an order that can't be
served leaves no trace. Money in rupiah, time in periods, hours as given.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from wadah.planning.construct.pool import Floats, Pool


@dataclass
class Journal:
    """Rows as they were before a trial changed them, and what the trial has spent (rupiah)."""

    shelves: dict[int, list[float]] = field(default_factory=dict)
    lots: dict[int, Floats] = field(default_factory=dict)
    workshops: dict[int, tuple[Floats, Floats, float, bool]] = field(default_factory=dict)
    spent: float = 0.0


class Floor:
    """What is used and what is left.

    regular, overtime: W × T hours left; lots: K × T pieces started; shelves: for each shelf a row of T + 1 numbers:
    for goods that keep, the stock at the end of each t; for goods that perish, what is left of the lot made in u, at
    u + 1 (opening stock at 0). engaged: workshops that make anything. used: hours used by workshop.
    hour_prices: rupiah by workshop that steer the choice of makers (scarce.py).
    """

    def __init__(self, pool: Pool, hour_prices: Floats) -> None:
        problem = pool.problem
        shape = (len(problem.workshops), problem.periods)
        self.pool = pool
        self.hour_prices = hour_prices
        self.regular = np.array([row.hours for row in problem.workshops], dtype=float).reshape(shape)
        self.overtime = np.array([row.overtime_hours for row in problem.workshops], dtype=float).reshape(shape)
        self.overtime_cost = np.array([row.overtime_cost for row in problem.workshops], dtype=float)
        self.engage_cost = np.array([row.engage_cost for row in problem.workshops], dtype=float)
        self.target = np.array([row.target_hours for row in problem.workshops], dtype=float)
        self.below_cost = np.array([row.below_target_cost for row in problem.workshops], dtype=float)
        self.used = np.zeros(len(problem.workshops))
        self.engaged = np.zeros(len(problem.workshops), dtype=bool)
        self.lots = np.zeros((len(pool.capabilities), problem.periods))
        self.life = [pool.parts[part].shelf_life for part in pool.shelf_part]
        self.shelves = [self.opening(shelf) for shelf in range(len(pool.shelf_part))]
        self.journal = [Journal()]

    def opening(self, shelf: int) -> list[float]:
        part = self.pool.shelf_part[shelf]
        stock = self.pool.parts[part].stock if shelf == part else 0.0
        if self.life[shelf] is None:
            return [stock] * (self.pool.periods + 1)
        return [stock] + [0.0] * self.pool.periods

    @property
    def spent(self) -> float:
        """Rupiah of the open trial so far."""
        return self.journal[-1].spent

    def begin(self) -> None:
        """Open a trial, within the one that is open if there is one."""
        self.journal.append(Journal())

    def keep(self) -> None:
        """Close the trial and keep what it did; the trial around it can still undo it."""
        inner = self.journal.pop()
        outer = self.journal[-1]
        outer.spent += inner.spent
        outer.shelves = inner.shelves | outer.shelves
        outer.lots = inner.lots | outer.lots
        outer.workshops = inner.workshops | outer.workshops

    def undo(self) -> None:
        """Close the trial and put everything back as it was when it began."""
        journal = self.journal.pop()
        for shelf, row in journal.shelves.items():
            self.shelves[shelf] = row
        for k, lots in journal.lots.items():
            self.lots[k] = lots
        for w, (regular, overtime, used, engaged) in journal.workshops.items():
            self.regular[w], self.overtime[w], self.used[w], self.engaged[w] = regular, overtime, used, engaged

    def settle(self) -> None:
        """Forget how to undo what has been kept so far: it stays."""
        self.journal = [Journal()]

    def start(self, k: int, period: int, pieces: float) -> None:
        """Start a lot, or add to one: hours and money are used; its good pieces lie on the shelf in the same period."""
        pool = self.pool
        row, w = pool.capabilities[k], pool.workshops_of[k]
        self.remember(k, w)
        fresh = self.lots[k, period] <= 0
        hours = row.hours_per_unit * pieces + (row.setup_hours if fresh else 0.0)
        over = max(0.0, hours - max(0.0, float(self.regular[w, period])))
        self.regular[w, period] -= hours - over
        spent = row.cost_per_unit * pieces + (row.setup_cost if fresh else 0.0) - self.fairness_gain(w, hours)
        if over > 0:
            self.overtime[w, period] -= over
            spent += over * float(self.overtime_cost[w])
        if not self.engaged[w]:
            self.engaged[w] = True
            spent += float(self.engage_cost[w])
        self.journal[-1].spent += spent
        self.used[w] += hours
        self.lots[k, period] += pieces
        self.put(pool.shelf_of[k], period, row.yield_rate * pieces)

    def remember(self, k: int, w: int) -> None:
        journal = self.journal[-1]
        if k not in journal.lots:
            journal.lots[k] = self.lots[k].copy()
        if w not in journal.workshops:
            old = (self.regular[w].copy(), self.overtime[w].copy(), float(self.used[w]), bool(self.engaged[w]))
            journal.workshops[w] = old

    def fairness_gain(self, w: int, hours: float) -> float:
        """Rupiah that these hours save of what being below the target costs."""
        if self.below_cost[w] <= 0:
            return 0.0
        below = max(0.0, float(self.target[w] - self.used[w]))
        return float(self.below_cost[w]) * min(hours, below)

    def put(self, shelf: int, period: int, pieces: float) -> None:
        row = self.change(shelf)
        if self.life[shelf] is not None:
            row[period + 1] += pieces
            return
        for t in range(period, self.pool.periods):
            row[t] += pieces

    def available(self, shelf: int, period: int) -> float:
        """Pieces that may leave the shelf in `period` without leaving anything short later."""
        row, life = self.shelves[shelf], self.life[shelf]
        if life is None:
            return max(0.0, min(row[period : self.pool.periods]))
        return sum(row[max(0, period - life + 1) : period + 2])

    def take(self, shelf: int, period: int, pieces: float) -> None:
        """Take pieces that are `available`; the oldest first where they perish."""
        row, life = self.change(shelf), self.life[shelf]
        if life is None:
            for t in range(period, self.pool.periods):
                row[t] -= pieces
            return
        for made in range(max(0, period - life + 1), period + 2):
            taken = min(pieces, row[made])
            row[made] -= taken
            pieces -= taken

    def change(self, shelf: int) -> list[float]:
        """The shelf's row, copied first if this trial hasn't changed it yet."""
        journal = self.journal[-1]
        if shelf not in journal.shelves:
            journal.shelves[shelf] = self.shelves[shelf].copy()
        return self.shelves[shelf]
