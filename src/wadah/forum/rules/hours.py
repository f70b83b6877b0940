"""When a room or tool may be booked (docs/city.md F2): spans of time in Bekasi, opening hours by weekday, overlaps.

Spans are half open, [start, end): a booking may begin the moment another ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

STEP_MINUTES = 15
AHEAD_DAYS = 90
OPEN_MOST = 8
"""Bookings of one resource that one person may have ahead: rooms are for everybody."""


@dataclass(frozen=True, slots=True)
class Span:
    """From start up to end, both with a zone; the weekday and the minutes are read from them, so that is Bekasi's."""

    start: datetime
    end: datetime

    @property
    def minutes(self) -> int:
        return int((self.end - self.start) / timedelta(minutes=1))

    def meets(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


class BookingFault(Enum):
    """Why a span can't be booked, whoever else has booked."""

    BACKWARDS = "backwards"
    OFF_STEP = "off_step"
    PAST = "past"
    TOO_FAR = "too_far"
    CLOSED = "closed"
    OUTSIDE = "outside"


def booking_fault(span: Span, opening: Mapping[int, tuple[int, int]], moment: datetime) -> BookingFault | None:
    """The first thing wrong with a span, None where nothing is.

    opening: weekday (0: Monday) → minutes after midnight (opens, closes), a closed day missing; moment: now.
    """
    if span.start >= span.end:
        return BookingFault.BACKWARDS
    if any(at.minute % STEP_MINUTES or at.second or at.microsecond for at in (span.start, span.end)):
        return BookingFault.OFF_STEP
    if span.start < moment:
        return BookingFault.PAST
    if span.start > moment + timedelta(days=AHEAD_DAYS):
        return BookingFault.TOO_FAR
    hours = opening.get(span.start.weekday())
    if hours is None:
        return BookingFault.CLOSED
    first = minute_of(span.start)
    return None if hours[0] <= first and first + span.minutes <= hours[1] else BookingFault.OUTSIDE


def minute_of(moment: datetime) -> int:
    """Minutes after midnight."""
    return moment.hour * 60 + moment.minute


def overlapping(spans: Iterable[Span]) -> list[tuple[Span, Span]]:
    """Neighbours in time that meet each other: none where a resource was never given twice."""
    ordered = sorted(spans, key=lambda span: (span.start, span.end))
    return [(one, other) for one, other in pairwise(ordered) if one.meets(other)]


def open_minutes(opening: Mapping[int, tuple[int, int]]) -> int:
    """Minutes that a week of these hours has."""
    return sum(closes - opens for opens, closes in opening.values())
