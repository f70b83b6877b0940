"""Support that is asked of the city: decided with reasons, delivered, and what came of it (docs/city.md F7)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wadah.accounts.models import User
from wadah.catalogue.constraints import filled, not_negative, one_of, positive
from wadah.forum.models.communities import Community
from wadah.forum.models.experiments import Experiment
from wadah.forum.words import SupportKind, SupportStatus


class Support(models.Model):
    """One ask, "DUK-2026-0001".

    community: for whom, null: for the person; asked_rupiah, granted_rupiah: of a grant; people: whom a training or a
    mentor is for; worth_rupiah: what the city put in once delivered, by its own word, null: not told; trained: people
    who took part; outcome: what came of it, by outcome_by.
    """

    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=9, choices=SupportKind)
    what = models.TextField(max_length=2000)
    community = models.ForeignKey(Community, models.PROTECT, null=True, blank=True, related_name="supports")
    experiment = models.ForeignKey(Experiment, models.PROTECT, null=True, blank=True, related_name="supports")
    asked_rupiah = models.BigIntegerField(null=True, blank=True)
    people = models.PositiveSmallIntegerField(null=True, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    status = models.CharField(max_length=9, choices=SupportStatus, default=SupportStatus.ASKED)
    reason = models.CharField(max_length=1000, blank=True)
    granted_rupiah = models.BigIntegerField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    delivered_on = models.DateField(null=True, blank=True)
    delivered_note = models.CharField(max_length=1000, blank=True)
    worth_rupiah = models.BigIntegerField(null=True, blank=True)
    trained = models.PositiveSmallIntegerField(null=True, blank=True)
    outcome = models.TextField(max_length=2000, blank=True)
    outcome_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    outcome_at = models.DateTimeField(null=True, blank=True)
    simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            one_of("support", "kind", SupportKind),
            one_of("support", "status", SupportStatus),
            *filled("support", "what"),
            *not_negative("support", "granted_rupiah", "worth_rupiah"),
            *positive("support", "asked_rupiah", "people"),
            models.CheckConstraint(
                condition=Q(status__in=["asked", "withdrawn"])
                | (~Q(reason="") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="support_decided_with_reasons",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["delivered", "told"]) | Q(delivered_on__isnull=False),
                name="support_delivered_on_a_day",
            ),
            models.CheckConstraint(condition=~Q(status="told") | ~Q(outcome=""), name="support_told_what_came_of_it"),
        ]

    def __str__(self) -> str:
        return self.number
