"""Experts at work: the hours they can give, whom they go to, and each visit."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wadah.accounts.models import User
from wadah.register.models import Cooperative, Expert, Skill, Workshop

WEEK_HOURS_MAX = 60
VISIT_MINUTES_MAX = 12 * 60


class ExpertHours(models.Model):
    """Hours a week that an expert can give from a day on, until the next row begins; 0: none for the time being."""

    expert = models.ForeignKey(Expert, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    hours_week = models.PositiveSmallIntegerField(validators=[MaxValueValidator(WEEK_HOURS_MAX)])

    class Meta:
        ordering = ["expert", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["expert", "valid_from"], name="experthours_once"),
            models.CheckConstraint(condition=Q(hours_week__lte=WEEK_HOURS_MAX), name="experthours_most"),
        ]

    def __str__(self) -> str:
        return f"{self.expert}: {self.hours_week} h from {self.valid_from}"


class Mentoring(models.Model):
    """An expert beside a member's workshop, from a day to a day, for a purpose (G50 … G56).

    ends_on: the last day, as agreed; outcome: what came of it, in the words of whoever ended it.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("under way")
        ENDED = "ended", _("ended")
        CALLED_OFF = "called_off", _("called off")

    expert = models.ForeignKey(Expert, models.PROTECT, related_name="+")
    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="+")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=240)
    starts_on = models.DateField()
    ends_on = models.DateField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    outcome = models.CharField(max_length=400, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="mentoring_dates"),
            models.CheckConstraint(condition=~Q(purpose=""), name="mentoring_purpose_filled"),
            models.CheckConstraint(
                condition=Q(status="open", ended_on__isnull=True, outcome="")
                | (Q(status__in=["ended", "called_off"], ended_on__isnull=False) & ~Q(outcome="")),
                name="mentoring_ended_with_an_outcome",
            ),
            models.UniqueConstraint(
                fields=["expert", "workshop", "skill"], condition=Q(status="open"), name="mentoring_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.expert} → {self.workshop}"


class MentoringVisit(models.Model):
    """One visit: planned, then held or called off. minutes: planned, and once held, what it took; done: what was done,
    or why it fell out."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        HELD = "held", _("held")
        CALLED_OFF = "called_off", _("called off")

    mentoring = models.ForeignKey(Mentoring, models.CASCADE, related_name="visits")
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(VISIT_MINUTES_MAX)])
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PLANNED)
    done = models.CharField(max_length=400, blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=VISIT_MINUTES_MAX), name="mentoringvisit_minutes"
            ),
            models.CheckConstraint(
                condition=Q(status="planned") | (Q(status__in=["held", "called_off"]) & ~Q(done="")),
                name="mentoringvisit_says_what_was_done",
            ),
            models.UniqueConstraint(
                fields=["mentoring", "on"], condition=~Q(status="called_off"), name="mentoringvisit_one_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentoring_id} {self.on}: {self.minutes} min, {self.status}"
