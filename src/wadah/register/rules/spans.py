"""Spans of days that may be open at the end."""

from __future__ import annotations

from datetime import date, timedelta


def day_after(day: date) -> date:
    return day + timedelta(days=1)


def is_open_on(day: date, first: date, end: date | None) -> bool:
    """`day` lies in [first, end); end None: the span is open."""
    return first <= day and (end is None or day < end)


def spans_overlap(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    """Two spans of days [first, end) share a day; end None: open."""
    (first, end), (other_first, other_end) = one, other
    return (other_end is None or first < other_end) and (end is None or other_first < end)
