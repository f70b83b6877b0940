"""How a cooperative works by default: how long an offer stands, how lots are inspected."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from wadah.catalogue.constraints import not_negative, positive
from wadah.register.models import Cooperative


class WorkTerms(models.Model):
    """One row a cooperative; without one, the defaults hold.

    offer_weeks_ahead: how many weeks from this one on are offered to members; answer_hours: how long a member has;
    level: inspection level of MIL-STD-105E / ANSI Z1.4 where a part has no plan of its own, with an AQL (defects a
    hundred pieces) for major and minor defects, and no critical defect allowed; over_percent: how much more than asked
    a member may hand over.
    """

    cooperative = models.OneToOneField(Cooperative, models.PROTECT, related_name="+")
    offer_weeks_ahead = models.PositiveSmallIntegerField(default=4, validators=[MinValueValidator(1)])
    answer_hours = models.PositiveSmallIntegerField(default=48, validators=[MinValueValidator(1)])
    level = models.CharField(max_length=3, default="II")
    aql_major = models.DecimalField(max_digits=7, decimal_places=3, default=1)
    aql_minor = models.DecimalField(max_digits=7, decimal_places=3, default=4)
    over_percent = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(100)])

    class Meta:
        constraints = [
            *positive("workterms", "offer_weeks_ahead", "answer_hours", "aql_major", "aql_minor"),
            *not_negative("workterms", "over_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.cooperative_id}"
