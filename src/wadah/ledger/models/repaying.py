"""What a member pays back by hand, before a settlement takes it off the pay."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wadah.accounts.models import User
from wadah.catalogue.constraints import filled, not_negative, one_of, positive
from wadah.demand.rules import check_code_new
from wadah.ledger.words import Till
from wadah.register.models import Cooperative, Ikm


class Repayment(models.Model):
    """Money that a maker brings for what it owes (P19). number: "PL-2026-0001", of its receipt.

    debt: of it, for what settlements left owed (account 1111); the rest goes to advances, each by a Recovery.
    """

    number = models.CharField(max_length=24, unique=True)
    check_code = models.CharField(max_length=12, default=check_code_new)
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    ikm = models.ForeignKey(Ikm, models.PROTECT, related_name="+")
    on = models.DateField()
    till = models.CharField(max_length=4, choices=Till)
    rupiah = models.BigIntegerField()
    debt = models.BigIntegerField(default=0)
    note = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reversed_at = models.DateTimeField(null=True)
    simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["cooperative", "ikm"], name="repayment_of_an_ikm")]
        constraints = [
            *filled("repayment", "number"),
            *positive("repayment", "rupiah"),
            *not_negative("repayment", "debt"),
            one_of("repayment", "till", Till),
            models.CheckConstraint(condition=Q(debt__lte=F("rupiah")), name="repayment_debt_of_it"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.rupiah}"
