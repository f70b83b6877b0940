"""How a successful experiment becomes a capability in the register, step by step (docs/city.md F8)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wadah.accounts.models import User
from wadah.catalogue.constraints import filled, one_of
from wadah.catalogue.models import Part
from wadah.forum.models.experiments import Experiment
from wadah.forum.words import GraduationStatus
from wadah.register.models import Cooperative, Skill, Workshop
from wadah.work.models import Trial


class Graduation(models.Model):
    """One way from an experiment that worked to a workshop's approval, "LUL-2026-0001".

    product: what it would be sold as; cooperative: that was asked; workshop, skill, part: who makes it on trial, by
    which process, as which part; trial: work's own trial, whose approval is the end of the way; reason: why it ended.
    """

    number = models.CharField(max_length=20, unique=True)
    experiment = models.ForeignKey(Experiment, models.PROTECT, related_name="graduations")
    product = models.CharField(max_length=120)
    message = models.TextField(max_length=1000, blank=True)
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    status = models.CharField(max_length=7, choices=GraduationStatus, default=GraduationStatus.ASKED)
    workshop = models.ForeignKey(Workshop, models.PROTECT, null=True, blank=True, related_name="+")
    skill = models.ForeignKey(Skill, models.PROTECT, null=True, blank=True, related_name="+")
    part = models.ForeignKey(Part, models.PROTECT, null=True, blank=True, related_name="+")
    trial = models.ForeignKey(Trial, models.PROTECT, null=True, blank=True, related_name="+")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    product_at = models.DateTimeField(null=True, blank=True)
    trial_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            one_of("graduation", "status", GraduationStatus),
            *filled("graduation", "product"),
            models.UniqueConstraint(
                fields=["experiment", "cooperative"], condition=~Q(status="stopped"), name="graduation_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["product", "trial"]) | Q(workshop__isnull=False, skill__isnull=False),
                name="graduation_product_has_a_maker",
            ),
            models.CheckConstraint(
                condition=~Q(status="trial") | Q(trial__isnull=False, part__isnull=False),
                name="graduation_trial_has_a_trial",
            ),
        ]

    def __str__(self) -> str:
        return self.number
