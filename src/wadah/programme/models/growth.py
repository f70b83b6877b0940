"""How many makers more would cover the mandate: the figures that an answer rests on, the question, and its plans."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wadah.accounts.models import User
from wadah.base.models import Job
from wadah.programme.models.ramps import RampCurve
from wadah.register.models import Area, Cooperative, Skill

MONTHS_MAX = 60
FACTOR_MAX = 10


class GrowthFigure(models.Model):
    """A dated figure with its source: of those of one kind (skill and month) the newest that has begun holds (G31).

    weather: what a process gives in a calendar month, as a multiple of the rates in the register (skill and month are
    given); training and tools: rupiah for a new group, once; mentoring: rupiah for a new group and month of its ramp;
    floor: m² of a new group.
    """

    class Kind(models.TextChoices):
        WEATHER = "weather", _("output in a month, times the registered rate")
        TRAINING = "training", _("training of a new group, rupiah once")
        TOOLS = "tools", _("tools of a new group, rupiah once")
        MENTORING = "mentoring", _("mentoring of a new group, rupiah a month")
        FLOOR = "floor", _("floor of a new group, m²")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    skill = models.ForeignKey(Skill, models.PROTECT, null=True, blank=True, related_name="+")
    month = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    value = models.DecimalField(max_digits=14, decimal_places=3)
    valid_from = models.DateField()
    confidence = models.CharField(
        max_length=10, choices=RampCurve.Confidence.choices, default=RampCurve.Confidence.ASSUMED
    )
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["kind", "skill_id", "month", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["weather", "training", "tools", "mentoring", "floor"]), name="growthfigure_kind"
            ),
            models.CheckConstraint(
                condition=Q(confidence__in=["published", "assumed"]), name="growthfigure_confidence"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="growthfigure_source_filled"),
            models.CheckConstraint(
                condition=Q(kind="weather", skill__isnull=False, month__gte=1, month__lte=12)
                | (~Q(kind="weather") & Q(skill__isnull=True, month__isnull=True)),
                name="growthfigure_of_a_month",
            ),
            models.CheckConstraint(
                condition=Q(value__gt=0, value__lte=FACTOR_MAX) | (~Q(kind="weather") & Q(value__gte=0)),
                name="growthfigure_value",
            ),
            models.UniqueConstraint(
                fields=["skill", "month", "valid_from"], condition=Q(kind="weather"), name="growthfigure_weather_once"
            ),
            models.UniqueConstraint(
                fields=["kind", "valid_from"], condition=~Q(kind="weather"), name="growthfigure_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.month or ''}: {self.value} from {self.valid_from}"


class GrowthRun(models.Model):
    """One question: how many groups more, and from when on, until a year's mandate is made (G30 … G37).

    start_on: first day of the month in which the first new groups begin; by_month: the year to be covered begins so
    many months later; groups_a_month: how many may begin in one month, 0: all at once; target: the share of the year's
    pieces that counts as covered; seconds_each: the longest search for one plan. assumptions: everything that the
    answer rests on, as it was read; result: what it came to, for pages.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("working")
        DONE = "done", _("done")
        STOPPED = "stopped", _("stopped early")
        FAILED = "failed", _("failed")

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    start_on = models.DateField()
    by_month = models.PositiveSmallIntegerField(validators=[MaxValueValidator(MONTHS_MAX)])
    groups_a_month = models.PositiveSmallIntegerField(default=0)
    target = models.DecimalField(max_digits=4, decimal_places=3, default=1)
    ramp = models.ForeignKey(RampCurve, models.PROTECT, related_name="+")
    areas = models.ManyToManyField(Area, related_name="+", blank=True)
    seconds_each = models.PositiveSmallIntegerField(default=10, validators=[MinValueValidator(1)])

    status = models.CharField(max_length=8, choices=Status.choices, default=Status.QUEUED)
    stage = models.CharField(max_length=40, blank=True)
    plans_made = models.PositiveSmallIntegerField(default=0)
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=400, blank=True, help_text="why it failed")
    assumptions = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(by_month__lte=MONTHS_MAX), name="growthrun_by_month"),
            models.CheckConstraint(condition=Q(target__gt=0, target__lte=1), name="growthrun_target"),
            models.CheckConstraint(condition=Q(seconds_each__gte=1), name="growthrun_seconds"),
            models.UniqueConstraint(
                fields=["cooperative"], condition=Q(status__in=["queued", "running"]), name="growthrun_one_at_work"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cooperative_id} {self.start_on} #{self.pk}"

    @property
    def is_working(self) -> bool:
        return self.status in {self.Status.QUEUED, self.Status.RUNNING}


class GrowthPoint(models.Model):
    """One plan of a run: so many groups more, the year that begins in that month, and what it comes to.

    scope: what of the mandate is asked for; skill: the code of a process made a tenth faster in it, "" for none.
    made: pieces that the plan delivers; most: no plan delivers more (its bound); hours: the plan's by skill code, and
    "" for what is left over.
    """

    class Scope(models.TextChoices):
        OBLIGATION = "obligation", _("obligation")
        ALL = "all", _("obligation and scenario")

    run = models.ForeignKey(GrowthRun, models.CASCADE, related_name="points")
    scope = models.CharField(max_length=10, choices=Scope.choices)
    groups = models.PositiveIntegerField()
    month = models.PositiveSmallIntegerField()
    skill = models.CharField(max_length=40, blank=True)
    asked = models.FloatField()
    made = models.FloatField()
    most = models.FloatField()
    seconds = models.FloatField()
    hours = models.JSONField(default=dict)

    class Meta:
        ordering = ["scope", "month", "groups", "skill"]
        constraints = [
            models.CheckConstraint(condition=Q(scope__in=["obligation", "all"]), name="growthpoint_scope"),
            models.CheckConstraint(
                condition=Q(made__gte=0, most__gte=models.F("made"), asked__gte=models.F("most")),
                name="growthpoint_in_order",
            ),
            models.UniqueConstraint(fields=["run", "scope", "groups", "month", "skill"], name="growthpoint_once"),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.groups} groups, month {self.month}: {self.made:g} … {self.most:g} of {self.asked:g}"
