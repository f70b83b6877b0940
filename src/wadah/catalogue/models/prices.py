"""Dated prices of what is bought, and the dated terms on which a cooperative sells."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wadah.catalogue.constraints import filled, not_negative, positive
from wadah.catalogue.models.parts import Part
from wadah.register.models import Cooperative


class MaterialPrice(models.Model):
    """What a cooperative pays for a bought part from valid_from on: rupiah for so many units, as on the receipt.

    quantity: a whole pack unless the price was for another; source: whose price list, quotation or receipt.
    """

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="prices")
    valid_from = models.DateField()
    price_rupiah = models.BigIntegerField()
    quantity = models.DecimalField(max_digits=12, decimal_places=3, default=1)
    source = models.CharField(max_length=200)
    simulated = models.BooleanField(default=False)

    class Meta:
        constraints = [
            *filled("materialprice", "source"),
            *not_negative("materialprice", "price_rupiah"),
            *positive("materialprice", "quantity"),
            models.UniqueConstraint(fields=["cooperative", "part", "valid_from"], name="materialprice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.part_id}: {self.price_rupiah} for {self.quantity} from {self.valid_from}"


class CooperativeTerms(models.Model):
    """On what terms a cooperative sells from valid_from on, until the next (catalogue.rules.prices.Terms).

    wage_rupiah_hour: the minimum wage that pay is compared with, an hour, empty where none is known; wage_source: the
    regulation that says so; wage_on: its date. overtime_rupiah_hour: what an extra hour costs on top in a plan at
    workshops that have agreed on no price of their own, empty where the cooperative has set none.
    """

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    margin_percent = models.DecimalField(max_digits=6, decimal_places=2)
    late_penalty_percent_week = models.DecimalField(max_digits=6, decimal_places=3)
    late_penalty_cap_percent = models.DecimalField(max_digits=6, decimal_places=2)
    quotation_valid_days = models.PositiveSmallIntegerField()
    wage_rupiah_hour = models.BigIntegerField(null=True, blank=True)
    wage_source = models.CharField(max_length=200, blank=True)
    wage_on = models.DateField(null=True, blank=True)
    overtime_rupiah_hour = models.BigIntegerField(null=True, blank=True)
    simulated = models.BooleanField(default=False)

    class Meta:
        constraints = [
            *not_negative("terms", "margin_percent", "late_penalty_percent_week", "late_penalty_cap_percent"),
            *positive("terms", "quotation_valid_days", "wage_rupiah_hour", "overtime_rupiah_hour"),
            models.CheckConstraint(
                condition=Q(late_penalty_percent_week__lte=100, late_penalty_cap_percent__lte=100),
                name="terms_penalty_within_the_price",
            ),
            models.CheckConstraint(
                condition=Q(wage_rupiah_hour__isnull=True) | ~Q(wage_source=""), name="terms_wage_has_a_source"
            ),
            models.UniqueConstraint(fields=["cooperative", "valid_from"], name="terms_once"),
        ]

    def __str__(self) -> str:
        return f"{self.cooperative_id} from {self.valid_from}"
