"""Spans of days that may be open at the end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def day_after(day: date) -> date:
    return day + timedelta(days=1)


def is_open_on(day: date, first: date, end: date | None) -> bool:
    """`day` lies in [first, end); end None: the span is open."""
    return first <= day and (end is None or day < end)


def spans_overlap(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    """Two spans of days [first, end) share a day; end None: open."""
    (first, end), (other_first, other_end) = one, other
    return (other_end is None or first < other_end) and (end is None or other_first < end)


def spans_without(span: tuple[date, date], taken: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """What is left of a span of days when others are taken out of it; first and last day included, earliest first."""
    left = []
    start, end = span
    for first, last in sorted(taken):
        if first > start:
            left.append((start, min(end, first - timedelta(days=1))))
        start = max(start, day_after(last))
        if start > end:
            return left
    return [*left, (start, end)]
