"""Material of a work order, counted: what its parts list needs, what is missing, which lots go out first.

No database; quantities in the component's unit, ≥ 0. The law (docs/work.md W11): handed out = used + brought back +
scrapped + still at the workshop. What was used is worked out from the parts list, for information: nobody counts it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NONE = Decimal(0)
WHOLE, PLACES = Decimal(1), Decimal("0.001")
NEVER = date.max


@dataclass(frozen=True, slots=True)
class Held:
    """A lot that could go out. free: accepted pieces at the hub; owned: whether it is the buyer's own."""

    lot: int
    received_on: date
    free: Decimal
    expires_on: date | None = None
    owned: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """One issue, or all of one component: handed out, brought back unused, scrapped at the workshop."""

    pieces: Decimal = NONE
    returned: Decimal = NONE
    scrapped: Decimal = NONE

    @property
    def kept(self) -> Decimal:
        """What stayed at the workshop, used up or not."""
        return self.pieces - self.returned - self.scrapped

    def __add__(self, other: Given) -> Given:
        return Given(self.pieces + other.pieces, self.returned + other.returned, self.scrapped + other.scrapped)


def needed(pieces: Decimal, quantity: Decimal, *, integer: bool) -> Decimal:
    """What `pieces` take of a component at `quantity` each, rounded up to what can be handed out."""
    return (pieces * quantity).quantize(WHOLE if integer else PLACES, ROUND_CEILING)


def used(handed_over: Decimal, quantity: Decimal, kept: Decimal) -> Decimal:
    """What `handed_over` pieces used by the parts list; never more than was kept. To a thousandth."""
    return min(kept, (handed_over * quantity).quantize(PLACES, ROUND_HALF_UP))


def reserved(kept: Decimal, quantity: Decimal, *, handed_over: Decimal, in_work: Decimal) -> Decimal:
    """Of what was kept, what the pieces still in work will take; the rest counts once it is brought back (W14).

    Rounded in its favour, to a thousandth: where all that is needed was handed out, no crumb of it is asked for again.
    """
    left = max(NONE, kept - (handed_over * quantity).quantize(PLACES, ROUND_FLOOR))
    return min(left, (in_work * quantity).quantize(PLACES, ROUND_CEILING))


def missing(need: Decimal, given: Given) -> Decimal:
    """What is still to be handed out: what was scrapped has to be made up for."""
    return max(NONE, need - given.kept)


def picking(lots: Iterable[Held], want: Decimal, *, on: date) -> list[tuple[int, Decimal]]:
    """(lot, pieces) that make up `want`, or as much of it as there is: the buyer's own first, then what expires first
    (FEFO), then what came first (FIFO). What has expired by the day `on` stays."""
    picked, left = [], want
    for held in sorted(lots, key=lambda held: (not held.owned, held.expires_on or NEVER, held.received_on, held.lot)):
        take = min(held.free, left)
        if take > 0 and (held.expires_on is None or held.expires_on >= on):
            picked.append((held.lot, take))
            left -= take
    return picked


def sum_of(issues: Sequence[Given]) -> Given:
    return sum(issues, Given())
