"""Hours that workshops have, week by week: what the planner calls hours and overtime_hours (docs/model.md §2).

Four queries for any number of workshops; a pattern shared by many workshops of one place is worked out once.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from wadah.register.models import Holiday, Leave, WeekPattern
from wadah.register.models.hours import DAYS
from wadah.register.rules import UsualWeek, area_codes_above, horizon_minutes
from wadah.register.selectors.cooperatives import cooperative_workshops

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from wadah.register.models import Cooperative, Workshop

Pairs = tuple[tuple[int, int], ...]
PATTERN_COLUMNS = ("valid_from", *(f"minutes_{day}" for day in DAYS), "overtime_minutes_week")


class Hours(NamedTuple):
    """One number a week each, in hours."""

    hours: tuple[float, ...]
    overtime_hours: tuple[float, ...]


def workshop_hours(cooperative: Cooperative, first_monday: date, weeks: int) -> dict[int, Hours]:
    """Hours and overtime hours by workshop id, for `weeks` ≥ 0 weeks from a Monday on.

    The workshops are those of `cooperative_workshops` on first_monday; one that has never said when it works has zeros.

    Raises
    ------
    ValueError: first_monday isn't a Monday.
    """
    weeks_of = workshops_weeks(cooperative_workshops(cooperative, first_monday), first_monday, weeks)
    known: dict[Pairs, Hours] = {}
    for pairs in weeks_of.values():
        if pairs not in known:
            known[pairs] = in_hours(tuple(regular for regular, _ in pairs), tuple(extra for _, extra in pairs))
    return {workshop: known[pairs] for workshop, pairs in weeks_of.items()}


def workshops_weeks(workshops: QuerySet[Workshop], first_monday: date, weeks: int) -> dict[int, Pairs]:
    """Minutes and overtime minutes, a pair a week, by workshop id; for `weeks` ≥ 0 weeks from a Monday on.

    Raises
    ------
    ValueError: first_monday isn't a Monday.
    """
    last = first_monday + timedelta(days=7 * weeks)
    patterns = usual_weeks(workshops, last)
    leaves = closed_spans(workshops, first_monday, last)
    resting = holidays_by_area(first_monday, last)
    known: dict[tuple[tuple[UsualWeek, ...], frozenset[date], tuple[tuple[date, date], ...]], Pairs] = {}
    result = {}
    for workshop, code in workshops.values_list("pk", "area__code"):
        closed = resting[None].union(*(resting[above] for above in area_codes_above(code or "") if above in resting))
        key = (tuple(patterns.get(workshop, ())), closed, tuple(leaves.get(workshop, ())))
        if key not in known:
            known[key] = tuple(zip(*horizon_minutes(*key, first_monday, weeks), strict=True))
        result[workshop] = known[key]
    return result


def workshop_week(workshop: Workshop, monday: date) -> tuple[int, int]:
    """Minutes and overtime minutes of one workshop in one week, for its own page."""
    one = type(workshop).objects.filter(pk=workshop.pk)
    last = monday + timedelta(days=7)
    code = workshop.area.code if workshop.area else ""
    resting = holidays_by_area(monday, last)
    closed = resting[None].union(*(resting[above] for above in area_codes_above(code) if above in resting))
    spans = closed_spans(one, monday, last).get(workshop.pk, [])
    minutes, overtime = horizon_minutes(usual_weeks(one, last).get(workshop.pk, []), closed, spans, monday, 1)
    return minutes[0], overtime[0]


def workshop_overtime_costs(cooperative: Cooperative, on: date) -> dict[int, int]:
    """Rupiah that an hour of overtime costs on top, by workshop id, by the pattern in force on a day."""
    workshops = cooperative_workshops(cooperative, on)
    rows = WeekPattern.objects.filter(workshop__in=workshops.values("pk"), valid_from__lte=on).order_by("valid_from")
    return dict(rows.values_list("workshop_id", "overtime_cost_rupiah_hour"))


def usual_weeks(workshops: QuerySet[Workshop], before: date) -> dict[int, list[UsualWeek]]:
    rows = WeekPattern.objects.filter(workshop__in=workshops.order_by().values("pk"), valid_from__lt=before)
    found: dict[int, list[UsualWeek]] = defaultdict(list)
    for workshop, valid_from, *minutes, overtime in rows.order_by("valid_from").values_list(
        "workshop_id", *PATTERN_COLUMNS
    ):
        mon, tue, wed, thu, fri, sat, sun = minutes
        found[workshop].append(UsualWeek(valid_from, (mon, tue, wed, thu, fri, sat, sun), overtime))
    return found


def closed_spans(workshops: QuerySet[Workshop], first: date, before: date) -> dict[int, list[tuple[date, date]]]:
    rows = Leave.objects.filter(workshop__in=workshops.order_by().values("pk"))
    rows = rows.filter(last_day__gte=first, first_day__lt=before)
    found: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for workshop, first_day, last_day in rows.values_list("workshop_id", "first_day", "last_day"):
        found[workshop].append((first_day, last_day))
    return found


def holidays_by_area(first: date, before: date) -> dict[str | None, frozenset[date]]:
    """Days of rest by area code; None: the whole country, always there."""
    found: dict[str | None, set[date]] = {None: set()}
    rows = Holiday.objects.filter(date__gte=first, date__lt=before, archived_at__isnull=True)
    for day, code in rows.values_list("date", "area__code"):
        found.setdefault(code, set()).add(day)
    return {code: frozenset(days) for code, days in found.items()}


def in_hours(minutes: tuple[int, ...], overtime: tuple[int, ...]) -> Hours:
    return Hours(tuple(value / 60 for value in minutes), tuple(value / 60 for value in overtime))
