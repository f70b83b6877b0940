"""Studies: which interventions together, within a budget and a floor, a plan gains most from; and what came of it."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wadah.accounts.models import User
from wadah.base.models import Job
from wadah.programme.models.interventions import RUPIAH_MAX, Intervention
from wadah.register.models import Cooperative, Workshop

WEEKS_MAX = 104
SECONDS_MAX = 3_600


class Study(models.Model):
    """One question: the best package for so much money and floor. queued → running → done, failed or discarded.

    best_…, bound_…: rupiah of the plan without a package and with it, and what no such plan costs less than;
    gain_rupiah: what the package saves, most_rupiah: what no package within the limits saves more than (proven);
    promised_rupiah: what the prices alone promised. shown: other plain figures for the page. The problem and both
    plans are kept, so that each figure can be checked again with `wadah check`.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("working it out")
        DONE = "done", _("answered")
        DISCARDED = "discarded", _("put aside")
        FAILED = "failed", _("failed")

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    name = models.CharField(max_length=120, blank=True)
    start_on = models.DateField(help_text="Monday of period 0")
    weeks = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(WEEKS_MAX)])
    budget_rupiah = models.PositiveBigIntegerField(validators=[MaxValueValidator(RUPIAH_MAX)])
    floor_m2 = models.PositiveIntegerField()
    least_areas = models.PositiveSmallIntegerField(default=0)
    least_rupiah_area = models.PositiveBigIntegerField(default=0, help_text="in each kelurahan of `areas`")
    areas = models.JSONField(default=list, help_text="codes of the kelurahan that get that much at least")
    time_limit_seconds = models.PositiveIntegerField(validators=[MinValueValidator(1)])
    seed = models.PositiveIntegerField(default=0)
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="+")

    stage = models.CharField(max_length=40, blank=True)
    seconds = models.FloatField(default=0)
    stopped = models.CharField(max_length=400, blank=True, help_text="why it ended early or failed")
    best_before_rupiah = models.FloatField(null=True)
    bound_before_rupiah = models.FloatField(null=True)
    best_after_rupiah = models.FloatField(null=True)
    bound_after_rupiah = models.FloatField(null=True)
    gain_rupiah = models.FloatField(null=True)
    most_rupiah = models.FloatField(null=True)
    promised_rupiah = models.FloatField(null=True)
    shown = models.JSONField(default=dict)
    problem_file = models.BinaryField(default=bytes, help_text="wadah-problem/1 without the package, gzipped JSON")
    plan_before_file = models.BinaryField(default=bytes)
    plan_after_file = models.BinaryField(default=bytes)

    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    adopted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    adopted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(weeks__gte=1, weeks__lte=WEEKS_MAX), name="study_weeks"),
            models.CheckConstraint(
                condition=Q(status__in=["queued", "running", "done", "discarded", "failed"]), name="study_status"
            ),
            models.CheckConstraint(condition=Q(adopted_at=None) | Q(status="done"), name="study_adopted_when_done"),
            models.UniqueConstraint(
                fields=["cooperative"], condition=Q(status__in=["queued", "running"]), name="study_one_at_work"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cooperative_id} {self.start_on} #{self.pk}"

    @property
    def is_working(self) -> bool:
        return self.status in {self.Status.QUEUED, self.Status.RUNNING}


class StudyItem(models.Model):
    """One intervention as a study saw it; what it costs and gives is frozen here.

    price_rupiah: what the plan's prices promise for it; alone_rupiah: what planning again with it alone saves, null:
    not tried; settled: that figure is proven to be one. planned_…: what the plan with the package makes with it. state,
    workshop_now and begun_on are for following an adopted package: where a new group came to work.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("not begun")
        BEGUN = "begun", _("begun")
        GIVEN_UP = "given_up", _("given up")

    study = models.ForeignKey(Study, models.CASCADE, related_name="items")
    intervention = models.ForeignKey(Intervention, models.PROTECT, related_name="+")
    cost_rupiah = models.PositiveBigIntegerField()
    floor_m2 = models.PositiveIntegerField()
    hours_week = models.PositiveSmallIntegerField()
    shares = models.JSONField(default=list, help_text="of the full hours, by week of the study")
    chosen = models.BooleanField(default=False)
    price_rupiah = models.FloatField(null=True)
    alone_rupiah = models.FloatField(null=True)
    settled = models.BooleanField(default=True)
    planned_pieces = models.JSONField(default=list, help_text="by week of the study; none for floor space")
    planned_hours = models.JSONField(default=list, help_text="the same in hours, set-ups included")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    begun_on = models.DateField(null=True, blank=True)
    workshop_now = models.ForeignKey(Workshop, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=240, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["study", "intervention"], name="studyitem_once"),
            models.CheckConstraint(
                condition=~Q(state="begun") | Q(begun_on__isnull=False, chosen=True), name="studyitem_begun"
            ),
            models.CheckConstraint(condition=~Q(state="given_up") | ~Q(reason=""), name="studyitem_given_up_why"),
        ]

    def __str__(self) -> str:
        return f"{self.study_id}: {self.intervention_id}"
