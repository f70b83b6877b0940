"""How support comes to fruit: nothing for a while, then more and more of what it will give."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

WEEKS_MAX = 520


class RampCurve(models.Model):
    """A curve with its source: nothing for delay_weeks, then shares of the full amount, each for step_weeks.

    shares: numbers above 0 up to 1, none smaller than the one before; after the last one it stays at that share.
    confidence says whether somebody published it or it is assumed; full_note: what the source calls the full amount.
    """

    class Confidence(models.TextChoices):
        PUBLISHED = "published", _("published")
        ASSUMED = "assumed", _("assumed")

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    delay_weeks = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(WEEKS_MAX)])
    step_weeks = models.PositiveSmallIntegerField(default=4, validators=[MinValueValidator(1)])
    shares = models.JSONField(default=list)
    confidence = models.CharField(max_length=10, choices=Confidence.choices, default=Confidence.ASSUMED)
    source = models.CharField(max_length=300)
    source_on = models.DateField(null=True, blank=True, help_text="of the source, where it has a date")
    full_note = models.CharField(max_length=240, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=~Q(code=""), name="rampcurve_code_filled"),
            models.CheckConstraint(condition=~Q(name=""), name="rampcurve_name_filled"),
            models.CheckConstraint(condition=~Q(source=""), name="rampcurve_source_filled"),
            models.CheckConstraint(condition=Q(step_weeks__gte=1), name="rampcurve_step"),
            models.CheckConstraint(condition=Q(confidence__in=["published", "assumed"]), name="rampcurve_confidence"),
        ]

    def __str__(self) -> str:
        return self.name
