"""Bookings: a resource is locked, then overlaps are looked for, so no hour is given twice (R1, docs/city.md F3).

booking_make and booking_undo are the only ways to a booking that counts, and both lock the resource first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import JAKARTA, now
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_record
from wadah.forum.models import Booking
from wadah.forum.rules import AHEAD_DAYS, OPEN_MOST, STEP_MINUTES, BookingFault, Span, booking_fault
from wadah.forum.services.common import joined_check, locked, undo_check
from wadah.register.services.saving import row_save

if TYPE_CHECKING:
    from datetime import datetime

    from wadah.accounts.models import User
    from wadah.forum.models import Community, Resource


@transaction.atomic
def booking_make(
    *,
    resource: Resource,
    starts_at: datetime,
    ends_at: datetime,
    purpose: str,
    by: User,
    community: Community | None = None,
) -> Booking:
    """Keeps a resource from starts_at up to ends_at, for a community or for oneself.

    Raises
    ------
    Refused: not shared any more, out of its hours, in the past, too far ahead, too many ahead by one person, or for a
    community that one isn't in. Conflict: somebody has booked some of it.
    """
    row = locked(resource)
    span = Span(starts_at.astimezone(JAKARTA), ends_at.astimezone(JAKARTA))
    if row.archived_at is not None:
        raise Refused(_("%(name)s isn't shared any more.") % {"name": row})
    span_check(row, span)
    joined_check(community, by)
    ahead = Booking.objects.filter(resource=row, user=by, cancelled_at__isnull=True, ends_at__gt=now()).count()
    if ahead >= OPEN_MOST:
        words = {"most": OPEN_MOST, "name": row}
        raise Refused(_("You have %(most)s bookings of %(name)s ahead. Cancel one, or use them first.") % words)
    free_check(row, span)
    booking = Booking(
        resource=row,
        community=community,
        user=by,
        starts_at=span.start,
        ends_at=span.end,
        purpose=purpose.strip(),
        booked_at=now(),
    )
    row_save(booking)
    history_record(user=by, act="booking_make", row=booking)
    return booking


def span_check(row: Resource, span: Span) -> None:
    opening = {one.weekday: (one.opens_minute, one.closes_minute) for one in row.opening.all()}
    fault = booking_fault(span, opening, now())
    if fault is not None:
        hours = opening.get(span.start.weekday(), (0, 0))
        raise Refused(fault_text(fault, hours), field="end" if fault is BookingFault.BACKWARDS else "start")


def fault_text(fault: BookingFault, hours: tuple[int, int]) -> str:
    words = {
        "step": STEP_MINUTES,
        "days": AHEAD_DAYS,
        "opens": clock_text(hours[0]),
        "closes": clock_text(hours[1]),
    }
    return {
        BookingFault.BACKWARDS: _("It has to end after it begins, on the same day."),
        BookingFault.OFF_STEP: _("Choose a time in steps of %(step)s minutes."),
        BookingFault.PAST: _("This time is over. Choose a later one."),
        BookingFault.TOO_FAR: _("You can book up to %(days)s days ahead."),
        BookingFault.CLOSED: _("It is closed on that day. Choose another day."),
        BookingFault.OUTSIDE: _("On that day it is open from %(opens)s to %(closes)s."),
    }[fault] % words


def clock_text(minute: int) -> str:
    """Minutes after midnight as "09.30"."""
    return f"{minute // 60:02d}.{minute % 60:02d}"


def free_check(row: Resource, span: Span) -> None:
    """Raises Conflict where a booking that counts meets the span. The resource is locked by whoever calls."""
    rows = Booking.objects.filter(resource=row, cancelled_at__isnull=True)
    held = rows.filter(starts_at__lt=span.end, ends_at__gt=span.start).order_by("starts_at").first()
    if held is not None:
        start, end = held.starts_at.astimezone(JAKARTA), held.ends_at.astimezone(JAKARTA)
        words = {"name": row, "start": f"{start:%H.%M}", "end": f"{end:%H.%M}"}
        raise Conflict(_("%(name)s is taken from %(start)s to %(end)s. Choose another time.") % words)


@transaction.atomic
def booking_cancel(*, booking: Booking, by: User, reason: str = "") -> Booking:
    """Gives the time back. Raises Refused where it is over, or another's is cancelled without a reason; Conflict where
    it is cancelled already."""
    row = locked(booking)
    if row.cancelled_at is not None:
        raise Conflict(_("This booking is cancelled already."))
    if row.ends_at <= now():
        raise Refused(_("This booking is over; it can't be cancelled any more."))
    if row.user_id != by.pk and not reason.strip():
        raise Refused(_("Say why: whoever booked will read it."), field="reason")
    row.cancelled_at, row.cancelled_by, row.cancel_reason = now(), by, reason.strip()
    row.save(update_fields=["cancelled_at", "cancelled_by", "cancel_reason"])
    history_record(user=by, act="booking_cancel", row=row, reason=reason.strip())
    return row


@transaction.atomic
def booking_undo(*, booking: Booking, by: User) -> Booking:
    """Takes a cancellation back within its minutes, while the time is still free.

    Raises
    ------
    Conflict: too late, another's act, or somebody has booked the time since.
    """
    resource = locked(booking.resource)
    row = locked(booking)
    undo_check(row.cancelled_at)
    if row.cancelled_by_id != by.pk:
        raise Conflict(_("Only whoever cancelled it can undo that."))
    free_check(resource, Span(row.starts_at, row.ends_at))
    row.cancelled_at, row.cancelled_by, row.cancel_reason = None, None, ""
    row.save(update_fields=["cancelled_at", "cancelled_by", "cancel_reason"])
    history_record(user=by, act="booking_undo", row=row)
    return row
