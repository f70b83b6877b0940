"""Rows of planning: a run of the planner, what it planned, why a line is late or short, and what members promised.

Beside a run stand the manager's edits of it, and answers to questions about it that took a while to work out.

A run keeps the exact problem and plan files it worked on, so that any figure on a page can be checked again with
`wadah check`. The rows beside them are for pages and for the rooms above; they say the same.
"""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
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
    promises_read_at = models.DateTimeField(null=True, help_text="members' promises up to this moment are in the plan")
    stock_read_at = models.DateTimeField(
        null=True, help_text="what was handed over up to this moment lies in its stock, not in its lots (work.md W14)"
    )
    change_cost_rupiah_piece = models.PositiveBigIntegerField(default=0)
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="+")
    based_on = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", help_text="the plan that was edited or mended"
    )

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


class PlanEdit(models.Model):
    """One change that a manager wants of a plan. The edits of a run that aren't taken back are its draft of edits.

    pin: the lot stays, whole or larger; forbid: the part isn't made there from first to last period; out: the workshop
    makes nothing then; move: `quantity` pieces of the lot in first period go to another workshop or period (the same
    ones: the lot becomes that large).
    """

    class Kind(models.TextChoices):
        PIN = "pin", _("keep a lot")
        FORBID = "forbid", _("not this part there")
        OUT = "out", _("workshop away")
        MOVE = "move", _("move a lot")

    run = models.ForeignKey(PlanRun, models.CASCADE, related_name="edits")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="+")
    part = models.ForeignKey(Part, models.PROTECT, null=True, related_name="+", help_text="none: all of them (out)")
    first_period = models.PositiveSmallIntegerField()
    last_period = models.PositiveSmallIntegerField(help_text="included")
    quantity = models.FloatField(null=True, help_text="pieces, of a move")
    to_workshop = models.ForeignKey(Workshop, models.PROTECT, null=True, related_name="+")
    to_period = models.PositiveSmallIntegerField(null=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, help_text="taken back; it can be brought back")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(last_period__gte=F("first_period")), name="planedit_periods"),
            models.CheckConstraint(condition=Q(part__isnull=False) | Q(kind="out"), name="planedit_part"),
            models.CheckConstraint(
                condition=Q(kind="move", quantity__gt=0, to_workshop__isnull=False, to_period__isnull=False)
                | (~Q(kind="move") & Q(quantity=None, to_workshop=None, to_period=None)),
                name="planedit_move",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.part_id} {self.workshop_id} {self.first_period}-{self.last_period}"


class PlanAnswer(models.Model):
    """What a question about a run came to, worked out in the background and kept with it.

    question: "edits" (what the draft of edits costs), "ways" (the ways out for one order line) or "repair" (how what
    won't come is made up for); about: the mark of the edits or of what won't come, or the line's id in the problem;
    result: what pages say, as plain numbers and names; plans_file: the plans behind it, a gzipped JSON list of
    wadah-plan/1, in the order of result's rows; of a repair its plan, its problem and what is promised in it.
    """

    class Question(models.TextChoices):
        EDITS = "edits"
        WAYS = "ways"
        REPAIR = "repair"

    run = models.ForeignKey(PlanRun, models.CASCADE, related_name="answers")
    question = models.CharField(max_length=6, choices=Question.choices)
    about = models.CharField(max_length=120)
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="+")
    result = models.JSONField(null=True)
    plans_file = models.BinaryField(default=bytes)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["run", "question", "about"], name="plananswer_once")]

    def __str__(self) -> str:
        return f"{self.question} {self.about} of {self.run_id}"

    @property
    def is_working(self) -> bool:
        return self.result is None and self.job is not None and not self.job.finished


class PlannedLot(models.Model):
    """Pieces of a part that a workshop starts in one week of a run; promised: those it had promised or made before."""

    run = models.ForeignKey(PlanRun, models.CASCADE, related_name="lots")
    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="+")
    period = models.PositiveSmallIntegerField()
    quantity = models.FloatField()
    promised = models.FloatField(default=0, help_text="pieces, up to the run's promises_read_at")
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
    from_stock = models.FloatField(default=0, help_text="pieces at hand that its problem doesn't ask for (work.md W14)")
    assigned_to = models.ForeignKey(Workshop, models.PROTECT, null=True, related_name="+")
    deliveries = models.JSONField(default=list, help_text="[[period, pieces], …]")
    reasons = models.JSONField(default=list, help_text="planning.explain reasons: code and numbers")

    class Meta:
        ordering = ["due_period", "line_id"]
        constraints = [models.UniqueConstraint(fields=["run", "line"], name="plannedline_once")]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.on_time:g} + {self.late:g} late, {self.short:g} short"


class Commitment(models.Model):
    """Pieces that a workshop has promised a cooperative for one week. Written by `commitments.services` alone.

    pieces: to be started; minutes: what they take by the workshop's clock, set-up included, as it was promised;
    handed_over: how many of them were brought in that week already, and are no longer to come (docs/work.md W5, W14).
    """

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="+")
    week_start = models.DateField(help_text="Monday")
    pieces = models.DecimalField(max_digits=12, decimal_places=3)
    minutes = models.PositiveIntegerField(default=0)
    handed_over = models.DecimalField(max_digits=12, decimal_places=3, default=0)

    class Meta:
        ordering = ["week_start", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "part", "workshop", "week_start"], name="commitment_once"),
            models.CheckConstraint(condition=Q(pieces__gt=0), name="commitment_positive"),
            models.CheckConstraint(
                condition=Q(handed_over__gte=0, handed_over__lte=F("pieces")), name="commitment_handed_over_of_it"
            ),
        ]
        indexes = [models.Index(fields=["workshop", "week_start"], name="commitment_of_a_week")]

    def __str__(self) -> str:
        return f"{self.workshop_id}: {self.pieces} of {self.part_id} in {self.week_start}"


class UnderWay(models.Model):
    """Pieces that a new plan may count on though they don't lie accepted at the hub. Written by `underway.services`.

    source: what they are known by in the room above: the number of a lot that waits for inspection or is being mended,
    or of a work order at whose workshop they lie as material that it still needs (docs/work.md W14).
    """

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    source = models.CharField(max_length=20)
    pieces = models.DecimalField(max_digits=14, decimal_places=3)

    class Meta:
        ordering = ["source", "id"]
        constraints = [
            models.UniqueConstraint(fields=["source", "part"], name="underway_once"),
            models.CheckConstraint(condition=Q(pieces__gt=0), name="underway_positive"),
        ]
        indexes = [models.Index(fields=["cooperative", "part"], name="underway_of_a_part")]

    def __str__(self) -> str:
        return f"{self.source}: {self.pieces} of {self.part_id}"


class CapacityBucket(models.Model):
    """The hours of one workshop in one week, whoever they are promised to: the row that is locked to promise some.

    promised_minutes: of all cooperatives' commitments; most_minutes: what the workshop had when something was last
    promised, set-up and overtime included, and never less than what is promised.
    """

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="+")
    week_start = models.DateField(help_text="Monday")
    promised_minutes = models.PositiveIntegerField(default=0)
    most_minutes = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workshop", "week_start"], name="capacitybucket_once"),
            models.CheckConstraint(
                condition=Q(promised_minutes__lte=F("most_minutes")), name="capacitybucket_never_oversold"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workshop_id} {self.week_start}: {self.promised_minutes} of {self.most_minutes} min"


class PartOutput(models.Model):
    """How many of a part a cooperative can make, as it was worked out last (plans.outputs): one row a part.

    week_quantity: good pieces in the full week of week_on, if nothing else were asked; week_bound: no plan has more.
    month_quantity: pieces ready by month_until beside all that is promised, and month_bound; null where orders wait for
    a plan, so that nobody can say. run: the plan in force at that time, null where there was none.
    """

    cooperative = models.ForeignKey(Cooperative, models.CASCADE, related_name="+")
    part = models.ForeignKey(Part, models.CASCADE, related_name="+")
    week_on = models.DateField(help_text="Monday")
    week_quantity = models.FloatField()
    week_bound = models.FloatField()
    month_until = models.DateField(null=True, help_text="Sunday")
    month_quantity = models.FloatField(null=True)
    month_bound = models.FloatField(null=True)
    run = models.ForeignKey(PlanRun, models.CASCADE, null=True, related_name="+")
    worked_out_at = models.DateTimeField()

    class Meta:
        ordering = ["cooperative_id", "part_id"]
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "part"], name="partoutput_once"),
            models.CheckConstraint(
                condition=Q(week_quantity__gte=0, week_bound__gte=F("week_quantity")), name="partoutput_week"
            ),
            models.CheckConstraint(
                condition=Q(month_quantity__isnull=True, month_bound__isnull=True, month_until__isnull=True)
                | Q(month_quantity__gte=0, month_bound__gte=F("month_quantity"), month_until__isnull=False),
                name="partoutput_month",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cooperative_id}: {self.part_id} {self.week_quantity:g} a week"
