"""Usual weeks, leave and holidays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.errors import Refused
from wadah.base.history import history_record
from wadah.register.models import Holiday, Leave, WeekPattern
from wadah.register.models.hours import DAYS
from wadah.register.rules import spans_without
from wadah.register.services.saving import (
    days_check,
    row_archive,
    row_correct,
    row_create,
    row_restore,
    row_save,
    rupiah_check,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from wadah.accounts.models import User
    from wadah.register.models import Area, Workshop

LEAVE_DAYS_MAX = 366


@transaction.atomic
def week_pattern_set(
    *,
    workshop: Workshop,
    valid_from: date,
    minutes: Sequence[int],
    overtime_minutes_week: int = 0,
    overtime_cost_rupiah_hour: int = 0,
    by: User | None = None,
) -> WeekPattern:
    """Sets a workshop's usual week from a date on: seven numbers of minutes, Monday first.

    Raises
    ------
    Refused: not seven numbers, more than 1440 minutes a day, or an amount below zero.
    """
    if len(minutes) != len(DAYS):
        raise Refused(_("A week has seven days, Monday first; got %(count)d numbers.") % {"count": len(minutes)})
    rupiah_check(overtime_cost_rupiah_hour=overtime_cost_rupiah_hour)
    key = {"workshop": workshop, "valid_from": valid_from}
    held = WeekPattern.objects.filter(workshop=workshop, valid_from__lte=valid_from).order_by("-valid_from").first()
    old = sum(minutes_of(held)) if held else None
    pattern = WeekPattern.objects.filter(**key).first() or WeekPattern(**key)
    for day, value in zip(DAYS, minutes, strict=True):
        setattr(pattern, f"minutes_{day}", value)
    pattern.overtime_minutes_week = overtime_minutes_week
    pattern.overtime_cost_rupiah_hour = overtime_cost_rupiah_hour
    row_save(pattern)
    if by:
        new = {"minutes_week": sum(minutes), "valid_from": valid_from}
        history_record(user=by, act="week_pattern_set", row=workshop, old={"minutes_week": old}, new=new)
    return pattern


def minutes_of(pattern: WeekPattern) -> list[int]:
    return [getattr(pattern, f"minutes_{day}") for day in DAYS]


@transaction.atomic
def leave_record(
    *, workshop: Workshop, first_day: date, last_day: date, reason: str = "", by: User | None = None
) -> Leave:
    """Closes a workshop from its first to its last day of leave, both included.

    Raises
    ------
    Refused: it ends before it starts, or lasts longer than a year (archive the workshop then).
    """
    days_check(first_day, last_day)
    if (last_day - first_day).days >= LEAVE_DAYS_MAX:
        raise Refused(_("A leave lasts a year at most; a workshop that stops is archived."))
    leave = row_save(Leave(workshop=workshop, first_day=first_day, last_day=last_day, reason=reason))
    if by:
        history_record(
            user=by, act="leave_record", row=workshop, new={"first_day": first_day, "last_day": last_day}, reason=reason
        )
    return leave


@transaction.atomic
def leave_cancel(*, leave: Leave, by: User | None = None) -> None:
    """Opens the days again; cancelling twice changes nothing."""
    count, _rows = Leave.objects.filter(pk=leave.pk).delete()
    if count and by:
        history_record(
            user=by,
            act="leave_cancel",
            row=leave.workshop,
            old={"first_day": leave.first_day, "last_day": leave.last_day},
        )


@transaction.atomic
def days_close(*, workshop: Workshop, first_day: date, last_day: date, by: User | None = None) -> None:
    """Closes the days of a span that aren't closed yet, so that no day is closed twice."""
    days_check(first_day, last_day)
    rows = Leave.objects.select_for_update().filter(workshop=workshop, first_day__lte=last_day, last_day__gte=first_day)
    closed = [(row.first_day, row.last_day) for row in rows]
    for first, last in spans_without((first_day, last_day), closed):
        leave_record(workshop=workshop, first_day=first, last_day=last, by=by)


@transaction.atomic
def days_open(*, workshop: Workshop, first_day: date, last_day: date, by: User | None = None) -> None:
    """Opens the days of a span again; a leave that reaches beyond it keeps its other days and its reason."""
    days_check(first_day, last_day)
    rows = Leave.objects.select_for_update().filter(workshop=workshop, first_day__lte=last_day, last_day__gte=first_day)
    for leave in list(rows):
        left = spans_without((leave.first_day, leave.last_day), [(first_day, last_day)])
        leave_cancel(leave=leave, by=by)
        for first, last in left:
            leave_record(workshop=workshop, first_day=first, last_day=last, reason=leave.reason, by=by)


@transaction.atomic
def holiday_put(
    *, date: date, name: str, kind: str = Holiday.Kind.NATIONAL, area: Area | None = None, by: User | None = None
) -> Holiday:
    """Writes a day of rest of the country or of an area, or corrects its kind; one that was put away is back then.

    Raises
    ------
    Refused: a local holiday without an area, or a national one with one.
    """
    if (kind == Holiday.Kind.LOCAL) != (area is not None):
        raise Refused(_("A local holiday needs an area; other holidays are for the whole country."))
    key = {"date": date, "name": name, "area": area}
    holiday = Holiday.objects.filter(**key).first()
    if holiday is None:
        return row_create(Holiday(**key, kind=kind), by=by, act="holiday_add", told=("date", "name"))
    facts = {"kind": kind, "archived_at": None}
    return row_correct(holiday, facts, frozenset(facts), by=by, act="holiday_correct")


@transaction.atomic
def holiday_archive(*, holiday: Holiday, by: User | None = None) -> Holiday:
    """Takes a local holiday out again: workshops work on that day.

    Raises
    ------
    Refused: it is a holiday of the whole country.
    """
    if holiday.area_id is None:
        raise Refused(_("A holiday of the whole country can't be taken out here."))
    return row_archive(holiday, by=by, act="holiday_archive")


@transaction.atomic
def holiday_restore(*, holiday: Holiday, by: User | None = None) -> Holiday:
    """Brings a local holiday back."""
    return row_restore(holiday, by=by, act="holiday_restore")
