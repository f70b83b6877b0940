"""What support could be spent on: one thing each, with what it costs, when it comes to fruit, and what it gives."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wadah.accounts.models import User
from wadah.base.models import Job
from wadah.catalogue.models import Part
from wadah.plans.models import PlanRun
from wadah.programme.models.ramps import RampCurve
from wadah.register.models import Area, Cooperative, Workshop

HOURS_WEEK_MAX = 2_000
RUPIAH_MAX = 10**13


class BottleneckRun(models.Model):
    """Which skill would open most orders, by the plan `run`: worked out in the background and kept with it.

    result: one row a skill, what an hour is worth by the plan's prices beside what planning again with a newcomer of
    hours_week saves (docs/city.md G5); null while it is worked out, or if that failed.
    """

    run = models.OneToOneField(PlanRun, models.CASCADE, related_name="+")
    hours_week = models.PositiveSmallIntegerField(default=8)
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="+")
    result = models.JSONField(null=True)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=Q(hours_week__gte=1), name="bottleneckrun_hours")]

    def __str__(self) -> str:
        return f"of {self.run_id}"

    @property
    def is_working(self) -> bool:
        return self.result is None and self.job is not None and not self.job.finished


class Intervention(models.Model):
    """One intervention for one cooperative's planning; docs/city.md G2 says what each kind gives to whom.

    hours_week: hours a week once it has come to all of it; area: the kelurahan that it counts for (its workshop's,
    where it has one). basis: where cost and m² come from; assumed: nobody has quoted them. proposed_from: the plan
    whose prices pointed at it, and worth_rupiah_hour what one more hour was worth in it, a mean over its weeks.
    dropped_at: no longer proposed; the row stays for the studies that hold it.
    """

    class Kind(models.TextChoices):
        TRAINING = "training", _("training")
        MACHINE = "machine", _("machine")
        MENTOR = "mentor", _("mentor")
        NEW_GROUP = "new_group", _("new group")
        FLOOR = "floor", _("floor space")
        CERTIFICATE = "certificate", _("certificate or approval")

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=160)
    part = models.ForeignKey(Part, models.PROTECT, null=True, blank=True, related_name="+")
    workshop = models.ForeignKey(Workshop, models.PROTECT, null=True, blank=True, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    hours_week = models.PositiveSmallIntegerField(
        default=0, validators=[MinValueValidator(0), MaxValueValidator(HOURS_WEEK_MAX)]
    )
    minutes_piece = models.DecimalField(
        max_digits=9, decimal_places=3, null=True, blank=True, help_text="null: as those who make the part now"
    )
    people = models.PositiveSmallIntegerField(default=0, help_text="who would work in a new group")
    cost_rupiah = models.PositiveBigIntegerField(default=0, validators=[MaxValueValidator(RUPIAH_MAX)])
    floor_m2 = models.PositiveIntegerField(default=0)
    ramp = models.ForeignKey(RampCurve, models.PROTECT, related_name="+")
    basis = models.CharField(max_length=240, blank=True)
    assumed = models.BooleanField(default=True)
    proposed_from = models.ForeignKey(PlanRun, models.SET_NULL, null=True, blank=True, related_name="+")
    worth_rupiah_hour = models.FloatField(null=True, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="intervention_name_filled"),
            models.CheckConstraint(
                condition=Q(kind="floor", part=None) | (~Q(kind="floor") & Q(part__isnull=False)),
                name="intervention_part",
            ),
            models.CheckConstraint(
                condition=Q(kind="new_group", workshop=None, area__isnull=False)
                | (~Q(kind="new_group") & Q(workshop__isnull=False)),
                name="intervention_whom",
            ),
            models.CheckConstraint(
                condition=Q(hours_week__gte=1, hours_week__lte=HOURS_WEEK_MAX), name="intervention_hours"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["training", "machine", "mentor", "new_group", "floor", "certificate"]),
                name="intervention_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.name
