"""Experiments: what was asked, how it was tried, what it took, what came out, what others learn (docs/city.md F5)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wadah.accounts.models import User
from wadah.base.models import Attachment
from wadah.catalogue.constraints import filled, not_negative, one_of
from wadah.forum.models.communities import Community
from wadah.forum.models.ideas import Idea
from wadah.forum.words import Result


class Experiment(models.Model):
    """One try. A result that is known has a lesson and a day; failed counts as much as worked.

    number: "EKS-2026-0001"; cost_rupiah, work_minutes: what it took, null: not told; follows: the one that it builds
    on; named: whether everybody may read whose it is; withdrawn_at: taken back.
    """

    number = models.CharField(max_length=20, unique=True)
    question = models.CharField(max_length=200)
    method = models.TextField(max_length=4000)
    community = models.ForeignKey(Community, models.PROTECT, null=True, blank=True, related_name="experiments")
    idea = models.ForeignKey(Idea, models.PROTECT, null=True, blank=True, related_name="experiments")
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followers")
    begun_on = models.DateField()
    cost_rupiah = models.BigIntegerField(null=True, blank=True)
    work_minutes = models.PositiveIntegerField(null=True, blank=True)
    result = models.CharField(max_length=7, choices=Result, default=Result.UNKNOWN)
    result_on = models.DateField(null=True, blank=True)
    lesson = models.TextField(max_length=4000, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    named = models.BooleanField(default=False)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdraw_reason = models.CharField(max_length=400, blank=True)
    simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["-begun_on", "-id"]
        constraints = [
            one_of("experiment", "result", Result),
            *filled("experiment", "question", "method"),
            *not_negative("experiment", "cost_rupiah"),
            models.CheckConstraint(
                condition=Q(result="unknown", result_on__isnull=True)
                | (Q(result_on__isnull=False) & ~Q(lesson="") & ~Q(result="unknown")),
                name="experiment_result_has_a_day_and_a_lesson",
            ),
            models.CheckConstraint(condition=~Q(follows=models.F("id")), name="experiment_follows_another"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.question}"


class ExperimentPhoto(models.Model):
    """A photo of an experiment, by number from 1."""

    experiment = models.ForeignKey(Experiment, models.CASCADE, related_name="photos")
    number = models.PositiveSmallIntegerField()
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+")
    caption = models.CharField(max_length=160)
    at = models.DateTimeField()

    class Meta:
        ordering = ["experiment", "number"]
        constraints = [
            models.UniqueConstraint(fields=["experiment", "number"], name="experimentphoto_once"),
            *filled("experimentphoto", "caption"),
        ]

    def __str__(self) -> str:
        return f"{self.experiment_id}/{self.number}"
