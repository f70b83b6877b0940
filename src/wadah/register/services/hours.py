"""Usual weeks, leave and holidays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.errors import Refused
from wadah.register.models import Holiday, Leave, WeekPattern
from wadah.register.models.hours import DAYS
from wadah.register.services.saving import days_check, row_save, rupiah_check

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

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
    pattern = WeekPattern.objects.filter(**key).first() or WeekPattern(**key)
    for day, value in zip(DAYS, minutes, strict=True):
        setattr(pattern, f"minutes_{day}", value)
    pattern.overtime_minutes_week = overtime_minutes_week
    pattern.overtime_cost_rupiah_hour = overtime_cost_rupiah_hour
    return row_save(pattern)


@transaction.atomic
def leave_record(*, workshop: Workshop, first_day: date, last_day: date, reason: str = "") -> Leave:
    """Closes a workshop from its first to its last day of leave, both included.

    Raises
    ------
    Refused: it ends before it starts, or lasts longer than a year (archive the workshop then).
    """
    days_check(first_day, last_day)
    if (last_day - first_day).days >= LEAVE_DAYS_MAX:
        raise Refused(_("A leave lasts a year at most; a workshop that stops is archived."))
    return row_save(Leave(workshop=workshop, first_day=first_day, last_day=last_day, reason=reason))


@transaction.atomic
def leave_cancel(*, leave: Leave) -> None:
    """Opens the days again; cancelling twice changes nothing."""
    Leave.objects.filter(pk=leave.pk).delete()


@transaction.atomic
def holiday_put(*, date: date, name: str, kind: str = Holiday.Kind.NATIONAL, area: Area | None = None) -> Holiday:
    """Writes a day of rest of the country or of an area, or corrects its kind.

    Raises
    ------
    Refused: a local holiday without an area, or a national one with one.
    """
    if (kind == Holiday.Kind.LOCAL) != (area is not None):
        raise Refused(_("A local holiday needs an area; other holidays are for the whole country."))
    key = {"date": date, "name": name, "area": area}
    holiday = Holiday.objects.filter(**key).first() or Holiday(**key)
    holiday.kind = kind
    return row_save(holiday)
