"""When a workshop works: its usual week, the holidays of the place, its own leave."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wadah.register.models.fields import in_order
from wadah.register.models.makers import Workshop
from wadah.register.models.places import Area

DAY_MINUTES = 24 * 60
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def day_minutes() -> models.PositiveSmallIntegerField[int, int]:
    return models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(DAY_MINUTES)])


class WeekPattern(models.Model):
    """A workshop's usual week from a date until its next pattern, by the clock: more hands make pieces faster instead.

    minutes_<day>: 0 … 1440 minutes in which the workshop works; overtime_minutes_week: how many more it is ready to
    work in a week, at overtime_cost_rupiah_hour extra an hour. A pattern counts for the weeks on whose Monday it holds.
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="week_patterns")
    valid_from = models.DateField()
    minutes_monday = day_minutes()
    minutes_tuesday = day_minutes()
    minutes_wednesday = day_minutes()
    minutes_thursday = day_minutes()
    minutes_friday = day_minutes()
    minutes_saturday = day_minutes()
    minutes_sunday = day_minutes()
    overtime_minutes_week = models.PositiveIntegerField(default=0, validators=[MaxValueValidator(7 * DAY_MINUTES)])
    overtime_cost_rupiah_hour = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["workshop", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "valid_from"], name="weekpattern_once_a_day"),
            models.CheckConstraint(condition=Q(overtime_cost_rupiah_hour__gte=0), name="weekpattern_overtime_cost"),
            models.CheckConstraint(
                condition=Q(overtime_minutes_week__lte=7 * DAY_MINUTES), name="weekpattern_overtime_minutes"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"minutes_{day}__lte": DAY_MINUTES}), name=f"weekpattern_minutes_{day}"
                )
                for day in DAYS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workshop}, {self.valid_from}"


class Holiday(models.Model):
    """A day on which workshops rest. area: null for the whole country, else the area with all that lies in it.

    archived_at: taken out again, workshops work on it.
    """

    class Kind(models.TextChoices):
        NATIONAL = "national", _("national holiday")
        COLLECTIVE_LEAVE = "collective_leave", _("collective leave")
        LOCAL = "local", _("local holiday")

    date = models.DateField()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=18, choices=Kind.choices, default=Kind.NATIONAL)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="holidays")
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["date", "name"]
        constraints = [
            models.UniqueConstraint(fields=["date", "name", "area"], name="holiday_once_in_an_area"),
            models.UniqueConstraint(
                fields=["date", "name"], condition=Q(area__isnull=True), name="holiday_once_in_the_country"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Leave(models.Model):
    """Days on which one workshop is closed, first and last day included."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="leaves")
    first_day = models.DateField()
    last_day = models.DateField()
    reason = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["workshop", "first_day"]
        constraints = [models.CheckConstraint(condition=in_order("first_day", "last_day"), name="leave_dates")]

    def __str__(self) -> str:
        return f"{self.workshop}, {self.first_day}"
