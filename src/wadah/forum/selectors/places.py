"""Rooms and tools, the week of one, and bookings of one's own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from wadah.base.clock import JAKARTA, now
from wadah.forum.models import Booking, Resource
from wadah.forum.rules import Span, open_minutes
from wadah.forum.selectors.communities import communities_kept

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from wadah.accounts.models import User

DAYS = 7


def resources_all() -> QuerySet[Resource]:
    """Every room and tool by name, with its hours at hand."""
    return Resource.objects.select_related("area", "owner").prefetch_related("opening").order_by("name", "pk")


def resources_open() -> QuerySet[Resource]:
    """Those that are shared now."""
    return resources_all().filter(archived_at__isnull=True)


def resources_kept(user: User | None, *, officer: bool) -> QuerySet[Resource]:
    """Those of communities that somebody keeps; a city officer keeps those of the city."""
    mine = Q(owner__in=communities_kept(user).order_by().values("pk"))
    return resources_all().filter(mine | Q(owner__isnull=True) if officer else mine)


def opening_of(resource: Resource) -> dict[int, tuple[int, int]]:
    """Weekday → minutes after midnight (opens, closes)."""
    return {one.weekday: (one.opens_minute, one.closes_minute) for one in resource.opening.all()}


@dataclass(frozen=True, slots=True)
class DayOfResource:
    """One day: its hours (None: closed) and what is booked, in order."""

    day: date
    hours: tuple[int, int] | None
    bookings: list[Booking] = field(default_factory=list)

    @property
    def booked_minutes(self) -> int:
        return sum(Span(row.starts_at, row.ends_at).minutes for row in self.bookings)


def resource_week(resource: Resource, first: date) -> list[DayOfResource]:
    """Seven days from `first` on. Two queries at most."""
    opening = opening_of(resource)
    days = [first + timedelta(days=number) for number in range(DAYS)]
    found = {day: DayOfResource(day, opening.get(day.weekday())) for day in days}
    start = datetime.combine(first, time(), JAKARTA)
    rows = resource.bookings.filter(
        cancelled_at__isnull=True, starts_at__gte=start, starts_at__lt=start + timedelta(days=DAYS)
    )
    for row in rows.select_related("community", "user").order_by("starts_at"):
        found[row.starts_at.astimezone(JAKARTA).date()].bookings.append(row)
    return [found[day] for day in days]


def week_share(resource: Resource, week: list[DayOfResource]) -> float | None:
    """Booked minutes as a share of the open ones, 0 … 1; None where a week has no open minute."""
    minutes = open_minutes(opening_of(resource))
    return min(1.0, sum(day.booked_minutes for day in week) / minutes) if minutes else None


def bookings_of(user: User) -> QuerySet[Booking]:
    """One's own, those still to come first and soonest, then the others, newest first."""
    rows = Booking.objects.filter(user=user).select_related("resource", "community", "cancelled_by")
    return rows.order_by("-starts_at", "-pk")


def bookings_ahead(user: User) -> QuerySet[Booking]:
    """One's own that are still to come, soonest first."""
    return bookings_of(user).filter(cancelled_at__isnull=True, ends_at__gt=now()).order_by("starts_at", "pk")


def bookings_kept(user: User, *, officer: bool) -> QuerySet[Booking]:
    """Those that somebody may cancel: one's own, and of rooms and tools that one keeps."""
    kept = resources_kept(user, officer=officer).order_by().values("pk")
    rows = Booking.objects.filter(Q(user=user) | Q(resource__in=kept))
    return rows.select_related("resource", "community", "user", "cancelled_by")


def bookings_meeting() -> QuerySet[Booking]:
    """Bookings that count and meet a later made one of the same resource: none where the law F3 holds. One query."""
    others = Booking.objects.filter(
        resource=OuterRef("resource"),
        cancelled_at__isnull=True,
        pk__gt=OuterRef("pk"),
        starts_at__lt=OuterRef("ends_at"),
        ends_at__gt=OuterRef("starts_at"),
    )
    rows = Booking.objects.filter(Exists(others), cancelled_at__isnull=True)
    return rows.select_related("resource").order_by("resource", "starts_at")
