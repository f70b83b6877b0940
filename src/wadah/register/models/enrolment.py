"""A workshop that is being registered, step by step; what isn't finished can be gone on with on another day."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wadah.accounts.models import User
from wadah.register.models.cooperatives import Cooperative, Membership


class Enrolment(models.Model):
    """What was said so far of a home workshop that joins a cooperative.

    told: step → what was answered there, by names of rules.enrolment; emptied when it is finished or dropped, for the
    rows of the register hold it then. membership: what it became. A row is open, finished or dropped.
    """

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="enrolments")
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    told = models.JSONField(default=dict, blank=True)
    membership = models.OneToOneField(Membership, models.PROTECT, null=True, blank=True, related_name="enrolment")
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-changed_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(membership__isnull=True) | Q(dropped_at__isnull=True), name="enrolment_finished_or_dropped"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cooperative}, {self.started_at:%Y-%m-%d}"
