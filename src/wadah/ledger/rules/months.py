"""Months, each known by its first day."""

from __future__ import annotations

import datetime as dt

MONTHS_A_YEAR = 12


def first_of(day: dt.date) -> dt.date:
    return day.replace(day=1)


def month_after(month: dt.date) -> dt.date:
    year, index = divmod(month.year * MONTHS_A_YEAR + month.month, MONTHS_A_YEAR)
    return dt.date(year, index + 1, 1)


def last_of(day: dt.date) -> dt.date:
    """The last day of the month that `day` lies in."""
    return month_after(first_of(day)) - dt.timedelta(days=1)


def months_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """First days of all months from first's to last's; none where last lies before."""
    months, month = [], first_of(first)
    while month <= last:
        months.append(month)
        month = month_after(month)
    return months
