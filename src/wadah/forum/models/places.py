"""Rooms and shared tools of the city and of communities, when they are open, who booked them (docs/city.md F2)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wadah.accounts.models import User
from wadah.catalogue.constraints import filled, one_of, positive
from wadah.forum.models.communities import Community
from wadah.forum.words import ResourceKind
from wadah.register.models import Area

DAY_MINUTES = 24 * 60


class Resource(models.Model):
    """A room or a shared tool.

    owner: the community that shares it, null: the city (a city space); capacity: people at once, null: not told;
    house_rules: what everybody who books keeps to; archived_at: no longer shared.
    """

    kind = models.CharField(max_length=4, choices=ResourceKind, default=ResourceKind.ROOM)
    name = models.CharField(max_length=120)
    about = models.TextField(max_length=1000, blank=True)
    place = models.CharField(max_length=200)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    house_rules = models.TextField(max_length=1000, blank=True)
    owner = models.ForeignKey(Community, models.PROTECT, null=True, blank=True, related_name="resources")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    archived_at = models.DateTimeField(null=True, blank=True)
    simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            one_of("resource", "kind", ResourceKind),
            *filled("resource", "name", "place"),
            *positive("resource", "capacity"),
        ]

    def __str__(self) -> str:
        return self.name


class OpeningHours(models.Model):
    """On which weekday (0: Monday) a resource may be used, in minutes after midnight; a day without a row is closed."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="opening")
    weekday = models.PositiveSmallIntegerField()
    opens_minute = models.PositiveSmallIntegerField()
    closes_minute = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["resource", "weekday"]
        constraints = [
            models.UniqueConstraint(fields=["resource", "weekday"], name="openinghours_once"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="openinghours_weekday"),
            models.CheckConstraint(
                condition=Q(opens_minute__lt=F("closes_minute"), closes_minute__lte=DAY_MINUTES),
                name="openinghours_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource_id}/{self.weekday}"


class Booking(models.Model):
    """A resource kept for somebody from starts_at up to ends_at (the first moment outside).

    community: for whom, null: for the person alone. Two that aren't cancelled never overlap: services.bookings holds
    that by locking the resource (R1).
    """

    resource = models.ForeignKey(Resource, models.PROTECT, related_name="bookings")
    community = models.ForeignKey(Community, models.PROTECT, null=True, blank=True, related_name="bookings")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    purpose = models.CharField(max_length=160)
    booked_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    cancel_reason = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["resource", "starts_at"], name="booking_of_a_resource")]
        constraints = [
            *filled("booking", "purpose"),
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="booking_in_order"),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | Q(cancelled_by__isnull=False), name="booking_cancelled_by"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource_id}: {self.starts_at:%Y-%m-%d %H:%M}"
