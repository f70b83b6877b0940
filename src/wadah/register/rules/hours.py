"""How many minutes a workshop works in a week: its usual week less the holidays of the place and its own leave.

In: a usual week in minutes a day, closed days as dates. Out: whole minutes, rounded down. Rates and hours are by the
clock: a workshop with more hands makes pieces faster, it has no more hours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    Span = tuple[date, date]
    """First and last day, both included."""

WEEK = timedelta(days=7)
MONDAY = 0


@dataclass(frozen=True, slots=True)
class UsualWeek:
    """minutes: 0 … 1440 for Monday to Sunday; overtime_minutes: ≥ 0 more in a whole week; valid_from: since when."""

    valid_from: date
    minutes: tuple[int, int, int, int, int, int, int]
    overtime_minutes: int = 0


def is_monday(day: date) -> bool:
    return day.weekday() == MONDAY


def week_minutes(
    pattern: UsualWeek | None, holidays: Collection[date], leaves: Sequence[Span], week_start: date
) -> tuple[int, int]:
    """Minutes and overtime minutes of one workshop in the week that starts on a Monday.

    Parameters
    ----------
    pattern: the usual week, or None when the workshop has said nothing: it has no hours then.
    holidays: days on which the workshop's place rests; days outside the week don't matter.
    leaves: the workshop's own closed spans, first and last day included; they may overlap.

    Returns
    -------
    Minutes left on the open days, and the overtime scaled by the same share, rounded down: who is closed half of a
    week can't work the whole week's overtime in the other half.

    Raises
    ------
    ValueError: week_start isn't a Monday.
    """
    if not is_monday(week_start):
        raise ValueError(f"Expected week_start to be a Monday, got {week_start:%A %Y-%m-%d}")
    if pattern is None:
        return 0, 0
    usual = sum(pattern.minutes)
    days = (week_start + timedelta(days=n) for n in range(7))
    left = sum(
        minutes
        for day, minutes in zip(days, pattern.minutes, strict=True)
        if day not in holidays and not any(first <= day <= last for first, last in leaves)
    )
    overtime = pattern.overtime_minutes * left // usual if usual else 0
    return left, overtime


def horizon_minutes(
    patterns: Sequence[UsualWeek],
    holidays: Collection[date],
    leaves: Sequence[Span],
    first_monday: date,
    weeks: int,
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Minutes and overtime minutes for each of `weeks` weeks; a week takes the latest pattern valid on its Monday."""
    result = []
    for n in range(weeks):
        monday = first_monday + n * WEEK
        valid = [pattern for pattern in patterns if pattern.valid_from <= monday]
        pattern = max(valid, key=lambda row: row.valid_from, default=None)
        result.append(week_minutes(pattern, holidays, leaves, monday))
    return tuple(minutes for minutes, _ in result), tuple(overtime for _, overtime in result)
