"""Rows of planning: a run of the planner, what it planned, why a line is late or short, and what members promised.

A run keeps the exact problem and plan files it worked on, so that any figure on a page can be checked again with
`wadah check`. The rows beside them are for pages and for the rooms above; they say the same.
"""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wadah.accounts.models import User
from wadah.base.models import Job
from wadah.catalogue.models import Part
from wadah.demand.models import OrderLine
from wadah.register.models import Cooperative, Workshop


class PlanRun(models.Model):
    """One run of the planner for one cooperative: queued → running → draft → published → superseded, or failed."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("planning")
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        SUPERSEDED = "superseded", _("replaced")
        DISCARDED = "discarded", _("discarded")
        FAILED = "failed", _("failed")

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.QUEUED)
    start_on = models.DateField(help_text="Monday of period 0")
    weeks = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    time_limit_seconds = models.PositiveIntegerField(default=60)
    seed = models.PositiveIntegerField(default=0)
    change_cost_rupiah_piece = models.PositiveBigIntegerField(default=0)
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="+")

    stage = models.CharField(max_length=40, blank=True)
    best_rupiah = models.FloatField(null=True)
    bound_rupiah = models.FloatField(null=True)
    gap = models.FloatField(null=True)
    seconds = models.FloatField(default=0)
    result = models.CharField(max_length=12, blank=True, help_text="status of the plan file")
    stopped = models.CharField(max_length=400, blank=True, help_text="why the planner stopped, or why it failed")
    cost = models.JSONField(default=dict, help_text="rupiah by kind, docs/model.md §11")

    problem_file = models.BinaryField(default=bytes, help_text="wadah-problem/1, gzipped JSON")
    plan_file = models.BinaryField(default=bytes, help_text="wadah-plan/1, gzipped JSON")

    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(weeks__gte=1), name="planrun_weeks"),
            models.CheckConstraint(condition=Q(time_limit_seconds__gte=1), name="planrun_time_limit"),
            models.CheckConstraint(
                condition=Q(best_rupiah__isnull=True) | Q(best_rupiah__gte=0),
                name="planrun_best_not_negative",
            ),
            models.UniqueConstraint(
                fields=["cooperative"], condition=Q(status="published"), name="planrun_one_published"
            ),
            models.UniqueConstraint(
                fields=["cooperative"],
                condition=Q(status__in=["queued", "running"]),
                name="planrun_one_at_work",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cooperative_id} {self.start_on} #{self.pk}"

    @property
    def is_working(self) -> bool:
        return self.status in {self.Status.QUEUED, self.Status.RUNNING}

    @property
    def has_plan(self) -> bool:
        return bool(self.plan_file)


class PlannedLot(models.Model):
    """Pieces of a part that a workshop starts in one week of a run."""

    run = models.ForeignKey(PlanRun, models.CASCADE, related_name="lots")
    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="+")
    period = models.PositiveSmallIntegerField()
    quantity = models.FloatField()
    hours = models.FloatField(help_text="set-up included")
    pay_rupiah = models.FloatField(help_text="set-up and pieces, as the problem prices them")

    class Meta:
        ordering = ["period", "part_id"]
        constraints = [
            models.UniqueConstraint(fields=["run", "part", "workshop", "period"], name="plannedlot_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="plannedlot_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.part_id} × {self.quantity:g} @{self.period}"


class PlannedLine(models.Model):
    """What becomes of one order line in a run: pieces by week, and the reason where they are late or short."""

    run = models.ForeignKey(PlanRun, models.CASCADE, related_name="lines")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="+")
    on_time = models.FloatField(default=0)
    late = models.FloatField(default=0)
    short = models.FloatField(default=0)
    last_period = models.SmallIntegerField(null=True, help_text="week of the last delivery")
    due_period = models.SmallIntegerField()
    assigned_to = models.ForeignKey(Workshop, models.PROTECT, null=True, related_name="+")
    deliveries = models.JSONField(default=list, help_text="[[period, pieces], …]")
    reasons = models.JSONField(default=list, help_text="planning.explain reasons: code and numbers")

    class Meta:
        ordering = ["due_period", "line_id"]
        constraints = [models.UniqueConstraint(fields=["run", "line"], name="plannedline_once")]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.on_time:g} + {self.late:g} late, {self.short:g} short"


class Commitment(models.Model):
    """Pieces that a workshop has promised a cooperative for one week. Written through services by `work`."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="+")
    week_start = models.DateField(help_text="Monday")
    pieces = models.DecimalField(max_digits=12, decimal_places=3)

    class Meta:
        ordering = ["week_start", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "part", "workshop", "week_start"], name="commitment_once"),
            models.CheckConstraint(condition=Q(pieces__gt=0), name="commitment_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.workshop_id}: {self.pieces} of {self.part_id} in {self.week_start}"
