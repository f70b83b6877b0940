"""Pure rules of mentoring: how far it is, whose hours are left, and what share is rejected before and after."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

EARTH_KM = 6371.0
BEFORE_DAYS = 90  # looked at before a mentoring began, and after it has ended
MINUTES_AN_HOUR = 60

Place = tuple[float, float]


def distance_km(here: Place, there: Place) -> float:
    """Along the ground between two places, (latitude, longitude) in degrees; haversine."""
    south, north = radians(here[0]), radians(there[0])
    rise, turn = north - south, radians(there[1] - here[1])
    part = sin(rise / 2) ** 2 + cos(south) * cos(north) * sin(turn / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, part)))


def hours_on(rows: Iterable[tuple[date, int]], day: date) -> int | None:
    """Hours a week on a day: of (from, hours) rows the last that has begun; None where none has."""
    begun = [row for row in rows if row[0] <= day]
    return max(begun)[1] if begun else None


@dataclass(frozen=True, slots=True)
class Judged:
    """Pieces at the first inspection of a process at a workshop."""

    accepted: Decimal
    rejected: Decimal

    @property
    def pieces(self) -> Decimal:
        return self.accepted + self.rejected

    @property
    def rate(self) -> float | None:
        """Rejected share, 0 … 1; None where nothing was judged."""
        return float(self.rejected / self.pieces) if self.pieces else None

    def __add__(self, other: Judged) -> Judged:
        return Judged(self.accepted + other.accepted, self.rejected + other.rejected)
