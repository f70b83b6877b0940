"""A workshop tries to be approved for a part: a trial lot, and the elements of a PPAP that the buyer asks for."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from wadah.accounts.models import User
from wadah.base.models import Attachment
from wadah.catalogue.constraints import one_of
from wadah.catalogue.models import Approval, Part
from wadah.demand.models import Buyer
from wadah.demand.rules import check_code_new
from wadah.register.models import Cooperative, Expert, Workshop
from wadah.work.models.orders import WorkOrder
from wadah.work.words import ElementStatus, TrialStatus

ELEMENTS = 18  # of PPAP, 4th edition


class Trial(models.Model):
    """One try at an approval of part × workshop. level: 1 … 5, what the buyer wants to see (docs/quality.md).

    work_order: the trial lot; approval: what came of it; expert: whose word it is, where not decided_by's own.
    """

    number = models.CharField(max_length=20, unique=True)
    check_code = models.CharField(max_length=12, default=check_code_new)
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="+")
    buyer = models.ForeignKey(Buyer, models.PROTECT, null=True, blank=True, related_name="+")
    level = models.PositiveSmallIntegerField(default=3, validators=[MinValueValidator(1), MaxValueValidator(5)])
    status = models.CharField(max_length=9, choices=TrialStatus, default=TrialStatus.OPEN)
    work_order = models.ForeignKey(WorkOrder, models.PROTECT, null=True, related_name="+")
    approval = models.ForeignKey(Approval, models.PROTECT, null=True, related_name="+")
    expert = models.ForeignKey(Expert, models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            one_of("trial", "status", TrialStatus),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=5), name="trial_level"),
            models.UniqueConstraint(fields=["part", "workshop"], condition=Q(status="open"), name="trial_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.part_id} × {self.workshop_id}"


class TrialElement(models.Model):
    """One of the 18 elements, by number; a missing row is `missing`."""

    trial = models.ForeignKey(Trial, models.CASCADE, related_name="elements")
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=ElementStatus, default=ElementStatus.MISSING)
    note = models.CharField(max_length=400, blank=True)
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["trial", "number"]
        constraints = [
            one_of("trialelement", "status", ElementStatus),
            models.UniqueConstraint(fields=["trial", "number"], name="trialelement_once"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=ELEMENTS), name="trialelement_number"),
        ]

    def __str__(self) -> str:
        return f"{self.trial_id}/{self.number}: {self.status}"
