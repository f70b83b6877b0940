"""How far a work order is, as plain numbers: what may still be reported, handed over or given up (docs/work.md W3).

No database. All quantities are of the part's unit, ≥ 0.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

SATURDAY = timedelta(days=5)
WHOLE, PLACES = Decimal(1), Decimal("0.001")
NONE = Decimal(0)


def due_day(week: date) -> date:
    """The last day on which work of a week (its Monday) can be brought to the hub: its Saturday."""
    return week + SATURDAY


@dataclass(frozen=True, slots=True)
class Standing:
    """pieces: promised; over: allowed beyond them; reported: said to be done; handed_over: brought to the hub;
    given_up: won't be made any more. In work + handed over + given up = pieces, but for what is over."""

    pieces: Decimal
    over: Decimal = NONE
    reported: Decimal = NONE
    handed_over: Decimal = NONE
    given_up: Decimal = NONE

    @property
    def asked(self) -> Decimal:
        """How many are still wanted of it."""
        return self.pieces - self.given_up

    @property
    def in_work(self) -> Decimal:
        """How many are still to be handed over; 0 where more than asked were."""
        return max(NONE, self.asked - self.handed_over)

    @property
    def to_do(self) -> Decimal:
        """How many aren't reported as done yet."""
        return max(NONE, self.asked - self.reported)

    @property
    def to_bring(self) -> Decimal:
        """How many are done and not handed over yet."""
        return max(NONE, self.reported - self.handed_over)

    @property
    def may_give_up(self) -> Decimal:
        """What is done or handed over can't be given up."""
        return max(NONE, self.asked - max(self.reported, self.handed_over))

    def room(self, over: Decimal) -> Decimal:
        """How many more may be handed over where `over` pieces beyond those asked are allowed."""
        return max(NONE, self.asked + max(over, self.over) - self.handed_over)

    def report(self, more: Decimal) -> Standing:
        """After `more` (below zero: fewer) are said to be done."""
        return replace(self, reported=self.reported + more)

    def hand_over(self, pieces: Decimal) -> Standing:
        """After a lot was brought: it counts as done, and what is beyond those asked as over."""
        brought = self.handed_over + pieces
        over, reported = max(self.over, brought - self.asked), max(self.reported, brought)
        return replace(self, handed_over=brought, over=over, reported=reported)

    def take_back(self, pieces: Decimal) -> Standing:
        """After pieces that were handed over are in work again; they stay done."""
        return replace(self, handed_over=self.handed_over - pieces)

    def give_up(self, pieces: Decimal) -> Standing:
        return replace(self, given_up=self.given_up + pieces)


def over_allowed(pieces: Decimal, percent: int, *, integer: bool) -> Decimal:
    """How many pieces beyond `pieces` a member may hand over, rounded down; percent: 0 … 100 of WorkTerms."""
    return (pieces * percent / 100).quantize(WHOLE if integer else PLACES, ROUND_FLOOR)
