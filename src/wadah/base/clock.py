"""The one clock. A business date is the date in Bekasi (Asia/Jakarta, UTC+7), whatever zone the server stands in."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone

JAKARTA = ZoneInfo("Asia/Jakarta")


def now() -> dt.datetime:
    """This moment, aware, in UTC. For stamps, never for a business date."""
    return timezone.now()


def today() -> dt.date:
    """The business date: what the calendar on a wall in Bekasi shows."""
    return business_date(now())


def business_date(moment: dt.datetime) -> dt.date:
    """The date in Bekasi at an aware moment."""
    return moment.astimezone(JAKARTA).date()


def monday(date: dt.date) -> dt.date:
    """The Monday of the week that `date` lies in; weeks are the planner's periods."""
    return date - dt.timedelta(days=date.weekday())
