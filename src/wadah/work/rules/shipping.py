"""What may leave with a shipment: which lots first, and how much a line still takes. No database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Standing:
    """A lot at the hub: its id, accepted pieces, the day it came and the day it perishes (None: never)."""

    lot: int
    accepted: Decimal
    received_on: date
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Pick:
    lot: int
    pieces: Decimal


def picks(lots: Iterable[Standing], wanted: Decimal, *, on: date) -> tuple[Pick, ...]:
    """Which lots to take for `wanted` pieces: what perishes first goes first, then what came first (FEFO, FIFO).

    What has perished by `on` is left. Fewer than wanted where there aren't more.
    """
    fresh = [row for row in lots if row.accepted > 0 and (row.expires_on is None or row.expires_on >= on)]
    fresh.sort(key=lambda row: (row.expires_on is None, row.expires_on or row.received_on, row.received_on, row.lot))
    taken, left = [], wanted
    for row in fresh:
        pieces = min(row.accepted, left)
        if pieces <= 0:
            break
        taken.append(Pick(row.lot, pieces))
        left -= pieces
    return tuple(taken)


def whole_or_nothing(*, partial: bool, quantity: Decimal, packed: Decimal) -> bool:
    """Whether a line may leave like this: in parts where the order allows it, else all of it at once."""
    return partial or packed == quantity


def told_whole(pieces: Decimal, received: Decimal, refused: Decimal, missing: Decimal) -> bool:
    """Whether what the buyer says of a line accounts for every piece of it."""
    return min(received, refused, missing) >= 0 and received + refused + missing == pieces
