"""Windows of days in which something holds: first and last day, both counted; last None is open."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Window = tuple[date, date | None]


def windows_overlap(one: Window, other: Window) -> bool:
    """Whether a day lies in both."""
    return common(one, other) is not None


def windows_common(one: Sequence[Window], other: Sequence[Window]) -> tuple[Window, ...]:
    """The windows in which both hold, by first day. Within each of the two, windows must not overlap."""
    found = (common(left, right) for left in one for right in other)
    return tuple(sorted((window for window in found if window is not None), key=lambda window: window[0]))


def windows_merged(windows: Sequence[Window]) -> list[Window]:
    """The days that lie in at least one of the windows, as windows that don't overlap, by first day."""
    found: list[Window] = []
    for first, last in sorted(windows, key=lambda window: window[0]):
        if found and (found[-1][1] is None or first <= found[-1][1]):
            before = found[-1][1]
            longer = None if before is None or last is None else max(before, last)
            found[-1] = (found[-1][0], longer)
        else:
            found.append((first, last))
    return found


def common(one: Window, other: Window) -> Window | None:
    first = max(one[0], other[0])
    lasts = [last for last in (one[1], other[1]) if last is not None]
    last = min(lasts) if lasts else None
    return None if last is not None and last < first else (first, last)
