"""Taxes as dated rows: which rate holds from when, by which regulation; what a cooperative is for the tax office."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wadah.catalogue.constraints import filled, not_negative, one_of, period
from wadah.ledger.words import TaxKind
from wadah.register.models import Cooperative


class TaxRate(models.Model):
    """percent of (base_numerator / base_denominator) of the amount, from valid_from to valid_until (its last day).

    above_rupiah: owed only on amounts above it (0: on all); turnover_max_rupiah: holds for those whose turnover of the
    year isn't above it (0: for all); fixed_rupiah: of stamp duty, in place of a percentage;
    code: of the e-invoice, where there is one; source: the regulation; sure: "A" read in the law itself, "B" from two
    sources or more, "C" to be asked of an adviser.
    """

    kind = models.CharField(max_length=16, choices=TaxKind)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    percent = models.DecimalField(max_digits=7, decimal_places=4, default=0)
    base_numerator = models.PositiveSmallIntegerField(default=1)
    base_denominator = models.PositiveSmallIntegerField(default=1)
    above_rupiah = models.BigIntegerField(default=0)
    turnover_max_rupiah = models.BigIntegerField(default=0)
    fixed_rupiah = models.BigIntegerField(default=0)
    code = models.CharField(max_length=4, blank=True)
    source = models.CharField(max_length=300)
    sure = models.CharField(max_length=1, default="B")

    class Meta:
        ordering = ["kind", "valid_from"]
        constraints = [
            *filled("taxrate", "source"),
            *not_negative("taxrate", "percent", "above_rupiah", "fixed_rupiah", "turnover_max_rupiah"),
            one_of("taxrate", "kind", TaxKind),
            period("taxrate"),
            models.CheckConstraint(condition=Q(base_denominator__gt=0), name="taxrate_base"),
            models.UniqueConstraint(fields=["kind", "valid_from"], name="taxrate_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.percent} from {self.valid_from}"


class TaxStatus(models.Model):
    """What a cooperative is for the tax office from valid_from on, until the next row.

    registered: charges PPN (PKP); final_income: pays the final income tax on turnover; certificate: its number, shown
    to public treasurers, who then withhold less; npwp: the tax number as it stands on papers.
    """

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    npwp = models.CharField(max_length=24, blank=True)
    registered = models.BooleanField(default=False)
    final_income = models.BooleanField(default=True)
    certificate = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["cooperative", "valid_from"]
        constraints = [models.UniqueConstraint(fields=["cooperative", "valid_from"], name="taxstatus_once")]

    def __str__(self) -> str:
        return f"{self.cooperative_id} from {self.valid_from}"


class IncomeTax(models.Model):
    """The final income tax of one month, worked out once: turnover × rate (P12).

    turnover_rupiah: of the year up to this month, less what earlier months of the year already paid for; below zero
    counts as nothing; withheld: of it, what public treasurers already paid for us.
    """

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    month = models.DateField()
    turnover_rupiah = models.BigIntegerField()
    rate = models.ForeignKey(TaxRate, models.PROTECT, related_name="+")
    rupiah = models.BigIntegerField()
    withheld = models.BigIntegerField(default=0)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["month"]
        constraints = [
            *not_negative("incometax", "rupiah", "withheld"),
            models.CheckConstraint(condition=Q(withheld__lte=F("rupiah")), name="incometax_withheld_of_it"),
            models.UniqueConstraint(fields=["cooperative", "month"], name="incometax_once"),
        ]

    def __str__(self) -> str:
        return f"{self.cooperative_id} {self.month:%Y-%m}: {self.rupiah}"


class YearTax(models.Model):
    """What becomes of PPh 22 and 23 that buyers kept back, at the end of a year (P21).

    final: the cooperative paid the final tax by months; else taxable_rupiah is what the tax of the year is reckoned on,
    by rate, and rupiah what it comes to. credited: of what was kept back, by credit_rate; carried: what is left of it
    in account 1131. reversed_at: worked out wrongly, and taken back.
    """

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    final = models.BooleanField()
    taxable_rupiah = models.BigIntegerField(default=0)
    rate = models.ForeignKey(TaxRate, models.PROTECT, null=True, related_name="+")
    rupiah = models.BigIntegerField(default=0)
    credit_rate = models.ForeignKey(TaxRate, models.PROTECT, related_name="+")
    credited = models.BigIntegerField(default=0)
    carried = models.BigIntegerField(default=0)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    reversed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-year", "-id"]
        constraints = [
            *not_negative("yeartax", "taxable_rupiah", "rupiah", "credited", "carried"),
            models.CheckConstraint(
                condition=Q(final=True, rate=None, rupiah=0)
                | Q(final=False, rate__isnull=False, credited__lte=F("rupiah")),
                name="yeartax_final_or_of_the_year",
            ),
            models.UniqueConstraint(fields=["cooperative", "year"], condition=Q(reversed_at=None), name="yeartax_once"),
        ]

    def __str__(self) -> str:
        return f"{self.cooperative_id} {self.year}: {self.credited}"
