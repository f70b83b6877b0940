"""One workshop's coming weeks, day by day: what its own phone page shows and lets it close."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q

from wadah.register.models import Holiday, Workshop
from wadah.register.rules import area_codes_above, horizon_minutes
from wadah.register.selectors.hours import closed_spans, usual_weeks

if TYPE_CHECKING:
    from wadah.register.models import WeekPattern

OPEN, CLOSED, HOLIDAY, REST, UNKNOWN = "open", "closed", "holiday", "rest", "unknown"


class Day(NamedTuple):
    """state: OPEN, CLOSED by the workshop's own leave, HOLIDAY of the place, REST by its usual week, UNKNOWN while it
    has no usual week; minutes: of work on that day; holiday: its name."""

    date: date
    state: str
    minutes: int
    holiday: str = ""


class Week(NamedTuple):
    """minutes: left of the usual week; usual: of the usual week, None while it isn't known."""

    days: tuple[Day, ...]
    minutes: int
    usual: int | None

    @property
    def monday(self) -> date:
        return self.days[0].date

    @property
    def sunday(self) -> date:
        return self.days[-1].date


def workshop_strip(workshop: Workshop, first_monday: date, weeks: int) -> list[Week]:
    """The workshop's weeks from a Monday on, as the planner counts them; three queries."""
    one = Workshop.objects.filter(pk=workshop.pk)
    end = first_monday + timedelta(days=7 * weeks)
    patterns = usual_weeks(one, end).get(workshop.pk, [])
    leaves = closed_spans(one, first_monday, end).get(workshop.pk, [])
    resting = holidays_named(workshop.area.code if workshop.area else "", first_monday, end)
    minutes, _overtime = horizon_minutes(patterns, resting.keys(), leaves, first_monday, weeks)
    strip = []
    for number in range(weeks):
        monday = first_monday + timedelta(days=7 * number)
        valid = [row for row in patterns if row.valid_from <= monday]
        usual = max(valid, key=lambda row: row.valid_from).minutes if valid else None
        days = tuple(day_of(monday + timedelta(days=n), usual[n] if usual else None, leaves, resting) for n in range(7))
        strip.append(Week(days, minutes[number], sum(usual) if usual else None))
    return strip


def day_of(day: date, usual: int | None, leaves: list[tuple[date, date]], resting: dict[date, str]) -> Day:
    if any(first <= day <= last for first, last in leaves):
        return Day(day, CLOSED, 0)
    if day in resting:
        return Day(day, HOLIDAY, 0, resting[day])
    if usual is None:
        return Day(day, UNKNOWN, 0)
    return Day(day, OPEN if usual else REST, usual)


def holidays_named(code: str, first: date, before: date) -> dict[date, str]:
    """Days of rest of an area (its code, "" for unknown) and of the country, with their names."""
    here = Q(area__isnull=True) | Q(area__code__in=area_codes_above(code))
    rows = Holiday.objects.filter(here, date__gte=first, date__lt=before, archived_at__isnull=True)
    return dict(rows.values_list("date", "name"))


def pattern_on(patterns: list[WeekPattern], day: date) -> WeekPattern | None:
    """The usual week in force on a day, out of a workshop's patterns; None: it never said when it works."""
    return max((row for row in patterns if row.valid_from <= day), key=lambda row: row.valid_from, default=None)
