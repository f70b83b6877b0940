"""Half-years and years: the spans that the city's figures are told for (docs/city.md O1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from wadah.base.clock import JAKARTA

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = re.compile(r"(20[0-9]{2})(?:-([12]))?")
WEEK_DAYS = 7


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-year (half 1 or 2), or a whole year (half 0); first and last day included."""

    year: int
    half: int = 0

    @property
    def first(self) -> date:
        return date(self.year, 7 if self.half == 2 else 1, 1)

    @property
    def last(self) -> date:
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def key(self) -> str:
        """As it stands in addresses: "2026-2", "2026"."""
        return f"{self.year}-{self.half}" if self.half else str(self.year)

    @property
    def before(self) -> Span:
        """The half-year (or year) that went before."""
        if not self.half:
            return Span(self.year - 1)
        return Span(self.year, 1) if self.half == 2 else Span(self.year - 1, 2)

    @property
    def begins(self) -> datetime:
        return datetime.combine(self.first, time.min, JAKARTA)

    @property
    def ends(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.last + timedelta(days=1), time.min, JAKARTA)

    def until(self, day: date) -> date:
        """Its last day that is over on `day`, or its last one."""
        return min(self.last, day)

    def weeks(self, day: date) -> float:
        """Weeks of it that are over on `day`; 0 where it hasn't begun."""
        return max(0, (self.until(day) - self.first).days + 1) / WEEK_DAYS


def span_of(day: date) -> Span:
    """The half-year of a day."""
    return Span(day.year, 1 if day.month <= 6 else 2)


def span_read(text: str, otherwise: Span) -> Span:
    """The span that an address names; `otherwise` where it names none."""
    found = KEY.fullmatch(text)
    return Span(int(found[1]), int(found[2] or 0)) if found else otherwise


def spans_between(first: date, last: date) -> Iterator[Span]:
    """The half-years from the one of `first` to the one of `last`."""
    span, end = span_of(first), span_of(last)
    while span <= end:
        yield span
        span = Span(span.year, 2) if span.half == 1 else Span(span.year + 1, 1)
