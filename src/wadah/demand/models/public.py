"""What public buyers are bound to beside the mandate: days on which batik is worn, and what is bought from the small.

Each is a dated row with its source: when a regulation changes, its row gets a last day and the next one is written.
"""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from wadah.catalogue.constraints import filled, not_negative, one_of, period
from wadah.demand.models.mandate import Institution
from wadah.demand.words import RuleKind, Weekday


class BatikDay(models.Model):
    """A day on which schools or offices wear batik: each week (weekday), or once a year (month and day).

    regulation: its name and number; source: where it was read.
    """

    applies_to_kind = models.CharField(max_length=6, choices=RuleKind)
    weekday = models.PositiveSmallIntegerField(null=True, blank=True, choices=Weekday)
    month = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    day = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    regulation = models.CharField(max_length=160)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    source = models.TextField()

    class Meta:
        ordering = ["applies_to_kind", "valid_from", "weekday", "month", "day"]
        constraints = [
            *filled("batikday", "regulation", "source"),
            one_of("batikday", "applies_to_kind", RuleKind),
            period("batikday"),
            models.CheckConstraint(
                condition=Q(weekday__isnull=False, month__isnull=True, day__isnull=True)
                | Q(weekday__isnull=True, month__isnull=False, day__isnull=False),
                name="batikday_weekly_or_yearly",
            ),
        ]

    def __str__(self) -> str:
        return self.regulation


class SmallShare(models.Model):
    """The least share, in percent, of a public budget for goods that has to be bought from small firms and
    cooperatives."""

    percent = models.DecimalField(
        max_digits=5, decimal_places=2, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    regulation = models.CharField(max_length=160)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    source = models.TextField()

    class Meta:
        ordering = ["valid_from"]
        constraints = [
            *filled("smallshare", "regulation", "source"),
            period("smallshare"),
            models.CheckConstraint(condition=Q(percent__gte=0, percent__lte=100), name="smallshare_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.percent} % from {self.valid_from}"


class GoodsBudget(models.Model):
    """An institution's budget for goods of a year, as it stated it on a day; the newest statement counts.

    small_elsewhere_rupiah: what it says it bought from small firms and cooperatives outside Wadah; empty: not said.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="budgets")
    year = models.PositiveSmallIntegerField()
    rupiah = models.BigIntegerField()
    small_elsewhere_rupiah = models.BigIntegerField(null=True, blank=True)
    stated_on = models.DateField()
    source = models.TextField()

    class Meta:
        ordering = ["institution_id", "-year", "-stated_on"]
        constraints = [
            *filled("goodsbudget", "source"),
            *not_negative("goodsbudget", "rupiah", "small_elsewhere_rupiah"),
            models.UniqueConstraint(fields=["institution", "year", "stated_on"], name="goodsbudget_once"),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id}: {self.rupiah} for {self.year}"
