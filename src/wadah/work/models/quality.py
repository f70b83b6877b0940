"""How a part is inspected, how severely a maker is inspected just now, and what inspections found."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wadah.accounts.models import User
from wadah.base.models import Attachment
from wadah.catalogue.constraints import filled, not_negative, one_of, period, positive
from wadah.catalogue.models import Part
from wadah.demand.rules import check_code_new
from wadah.register.models import Cooperative, Workshop
from wadah.work.models.lots import Lot, pieces_field
from wadah.work.words import (
    CharacteristicKind,
    DefectClass,
    DispositionKind,
    InspectionStatus,
    SamplingMethod,
)


class InspectionPlan(models.Model):
    """How lots of a part are inspected from a day on, in a cooperative. Without one, its WorkTerms hold."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    level = models.CharField(max_length=3, default="II", help_text="I, II, III, S-1 … S-4")
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["part", "valid_from"]
        constraints = [
            period("inspectionplan"),
            models.UniqueConstraint(fields=["cooperative", "part", "valid_from"], name="inspectionplan_once"),
            models.UniqueConstraint(
                fields=["cooperative", "part"], condition=Q(valid_until__isnull=True), name="inspectionplan_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part_id} from {self.valid_from}"


class DefectRule(models.Model):
    """What an inspection plan asks of one class of defects. Only the columns of its method are filled.

    aql: defects a hundred pieces; ltpd: share of defective pieces, 0 < ltpd < 1, that is accepted with a chance of at
    most `risk`; n, ac, re: of a plan agreed with the buyer.
    """

    plan = models.ForeignKey(InspectionPlan, models.CASCADE, related_name="defect_rules")
    defect_class = models.CharField(max_length=8, choices=DefectClass)
    method = models.CharField(max_length=4, choices=SamplingMethod)
    aql = models.DecimalField(max_digits=7, decimal_places=3, null=True, blank=True)
    ltpd = models.DecimalField(max_digits=7, decimal_places=5, null=True, blank=True)
    risk = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    n = models.PositiveIntegerField(null=True, blank=True)
    ac = models.PositiveIntegerField(null=True, blank=True)
    re = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["plan", "defect_class"]
        constraints = [
            one_of("defectrule", "defect_class", DefectClass),
            one_of("defectrule", "method", SamplingMethod),
            *positive("defectrule", "aql", "ltpd", "risk", "n"),
            models.UniqueConstraint(fields=["plan", "defect_class"], name="defectrule_once"),
            models.CheckConstraint(condition=Q(re__isnull=True) | Q(re__gt=F("ac")), name="defectrule_re_above_ac"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.defect_class}: {self.method}"


class Characteristic(models.Model):
    """Something that is looked at or measured on each sampled piece; lower and upper: limits, either may be open."""

    plan = models.ForeignKey(InspectionPlan, models.CASCADE, related_name="characteristics")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=CharacteristicKind)
    defect_class = models.CharField(max_length=8, choices=DefectClass, default=DefectClass.MAJOR)
    unit = models.CharField(max_length=12, blank=True)
    lower = models.DecimalField(max_digits=14, decimal_places=6, null=True, blank=True)
    target = models.DecimalField(max_digits=14, decimal_places=6, null=True, blank=True)
    upper = models.DecimalField(max_digits=14, decimal_places=6, null=True, blank=True)

    class Meta:
        ordering = ["plan", "number"]
        constraints = [
            *filled("characteristic", "name"),
            one_of("characteristic", "kind", CharacteristicKind),
            one_of("characteristic", "defect_class", DefectClass),
            models.UniqueConstraint(fields=["plan", "number"], name="characteristic_once"),
            models.CheckConstraint(
                condition=Q(lower__isnull=True) | Q(upper__isnull=True) | Q(lower__lte=F("upper")),
                name="characteristic_limits",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SwitchingState(models.Model):
    """How severely the lots of a part from a workshop are inspected, for one class of defects (docs/quality.md).

    state: rules.switching's own, as plain numbers and words; severity repeats it for lists.
    """

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="+")
    defect_class = models.CharField(max_length=8, choices=DefectClass)
    severity = models.CharField(max_length=12, default="normal")
    state = models.JSONField(default=dict)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("switchingstate", "defect_class", DefectClass),
            models.UniqueConstraint(
                fields=["cooperative", "part", "workshop", "defect_class"], name="switchingstate_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part_id} × {self.workshop_id} {self.defect_class}: {self.severity}"


class Inspection(models.Model):
    """One inspection of a lot. attempt: 1 is the original, more are of a lot that was sorted or reworked.

    pieces: of the lot when it began; plans: the sampling plan of each class of defects, frozen: [{"defect_class",
    "method", "scheme", "letter", "n", "ac", "re", "aql", "severity"}]; characteristics: what is looked at, frozen;
    verdicts: what came of each class.
    """

    number = models.CharField(max_length=20, unique=True)
    check_code = models.CharField(max_length=12, default=check_code_new)
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="inspections")
    attempt = models.PositiveSmallIntegerField(default=1)
    pieces = pieces_field()
    status = models.CharField(max_length=9, choices=InspectionStatus, default=InspectionStatus.OPEN)
    plans = models.JSONField(default=list)
    characteristics = models.JSONField(default=list)
    verdicts = models.JSONField(default=list)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            *positive("inspection", "attempt", "pieces"),
            one_of("inspection", "status", InspectionStatus),
            models.UniqueConstraint(fields=["lot", "attempt"], name="inspection_attempt_once"),
            models.UniqueConstraint(fields=["lot"], condition=Q(status="open"), name="inspection_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.status}"


class Tranche(models.Model):
    """Some of the sample, inspected at once: 100 now, 200 later. defects: how many a class, {"major": 1}."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="tranches")
    number = models.PositiveSmallIntegerField()
    checked = models.PositiveIntegerField()
    defects = models.JSONField(default=dict)
    note = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    photo = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["inspection", "number"]
        constraints = [
            *positive("tranche", "checked"),
            models.UniqueConstraint(fields=["inspection", "number"], name="tranche_once"),
        ]

    def __str__(self) -> str:
        return f"{self.inspection_id}/{self.number}: {self.checked}"


class Measurement(models.Model):
    """One measured value; characteristic: its number in the inspection's frozen list; sample: 1, 2, … in a tranche."""

    tranche = models.ForeignKey(Tranche, models.CASCADE, related_name="measurements")
    characteristic = models.PositiveSmallIntegerField()
    sample = models.PositiveIntegerField()
    value = models.DecimalField(max_digits=14, decimal_places=6)

    class Meta:
        ordering = ["tranche", "characteristic", "sample"]
        constraints = [
            models.UniqueConstraint(fields=["tranche", "characteristic", "sample"], name="measurement_once"),
        ]

    def __str__(self) -> str:
        return f"{self.tranche_id} {self.characteristic}: {self.value}"


class Disposition(models.Model):
    """What was decided about rejected pieces; of a sorting, accepted and rejected say what came of it.

    allowed_by: who let pieces be accepted as they are, a name and an office. Of a rework, due_on is the day by which
    they are to be back, and back how many have come back so far, mended or not.
    """

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="dispositions")
    inspection = models.ForeignKey(Inspection, models.PROTECT, null=True, related_name="dispositions")
    kind = models.CharField(max_length=6, choices=DispositionKind)
    pieces = pieces_field()
    accepted = pieces_field(default=0)
    rejected = pieces_field(default=0)
    reason = models.CharField(max_length=400, blank=True)
    allowed_by = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True, blank=True)
    back = pieces_field(default=0)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    photo = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            *positive("disposition", "pieces"),
            *not_negative("disposition", "accepted", "rejected", "back"),
            one_of("disposition", "kind", DispositionKind),
            models.CheckConstraint(condition=Q(back__lte=F("pieces")), name="disposition_not_more_back"),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id}: {self.kind} {self.pieces}"
