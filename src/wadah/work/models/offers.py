"""Work offered to members, what they answered, and what has to be mended because of it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wadah.accounts.models import User
from wadah.catalogue.constraints import not_negative, one_of, positive
from wadah.catalogue.models import Part
from wadah.catalogue.words import MaterialBy
from wadah.plans.models import PlanRun
from wadah.register.models import Cooperative, Workshop
from wadah.work.words import DeclineReason, DisruptionKind, DisruptionStatus, OfferStatus


class WorkPackage(models.Model):
    """Pieces of a part for one week that a cooperative gives out: the scarce row that is locked to take some.

    pieces: to be started, not more than these are ever given; taken: how many are; run: the plan that asked for them,
    None where the manager offered them to several members by hand (then the first to say yes gets them).
    """

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    week_start = models.DateField(help_text="Monday")
    pieces = models.DecimalField(max_digits=14, decimal_places=3)
    taken = models.DecimalField(max_digits=14, decimal_places=3, default=0)
    run = models.ForeignKey(PlanRun, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["week_start", "id"]
        indexes = [models.Index(fields=["cooperative", "week_start"], name="workpackage_of_a_week")]
        constraints = [
            *not_negative("workpackage", "pieces", "taken"),
            models.CheckConstraint(condition=Q(taken__lte=F("pieces")), name="workpackage_never_oversold"),
        ]

    def __str__(self) -> str:
        return f"{self.part_id}: {self.taken} of {self.pieces} in {self.week_start}"


class Offer(models.Model):
    """A package offered to one workshop: all or part of it, at the workshop's own rate of that week, frozen here.

    pieces: at most so many; taken: what was accepted; answer_by: after it nobody can answer any more. reminded_50_at,
    reminded_85_at: when the member was reminded at half and at 85 % of the time. minutes and pay as catalogue.Rate has
    them, royalty left out. number: what members and managers say on the phone.
    """

    number = models.CharField(max_length=20, unique=True)
    package = models.ForeignKey(WorkPackage, models.PROTECT, related_name="offers")
    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="+")
    pieces = models.DecimalField(max_digits=14, decimal_places=3)
    taken = models.DecimalField(max_digits=14, decimal_places=3, default=0)
    status = models.CharField(max_length=9, choices=OfferStatus, default=OfferStatus.OPEN)
    minutes_per_piece = models.DecimalField(max_digits=12, decimal_places=4)
    setup_minutes = models.DecimalField(max_digits=9, decimal_places=2, default=0)
    pay_rupiah_piece = models.BigIntegerField(default=0)
    setup_pay_rupiah = models.BigIntegerField(default=0)
    material_by = models.CharField(max_length=11, choices=MaterialBy, default=MaterialBy.COOPERATIVE)
    material_rupiah_piece = models.BigIntegerField(default=0)
    transport_rupiah_piece = models.BigIntegerField(default=0)
    transport_rupiah_trip = models.BigIntegerField(default=0)
    lot_quantity_min = models.DecimalField(max_digits=14, decimal_places=3, default=0)
    offered_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    reminded_50_at = models.DateTimeField(null=True, blank=True)
    reminded_85_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    on_behalf_of = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=8, choices=DeclineReason, blank=True)
    reason_note = models.CharField(max_length=400, blank=True)
    simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["package__week_start", "id"]
        indexes = [
            models.Index(fields=["workshop", "status"], name="offer_of_a_workshop"),
            models.Index(fields=["status", "answer_by"], name="offer_waiting"),
        ]
        constraints = [
            *positive("offer", "pieces"),
            *not_negative("offer", "taken", "minutes_per_piece", "setup_minutes", "pay_rupiah_piece"),
            *not_negative("offer", "setup_pay_rupiah", "material_rupiah_piece", "lot_quantity_min"),
            *not_negative("offer", "transport_rupiah_piece", "transport_rupiah_trip"),
            one_of("offer", "status", OfferStatus),
            one_of("offer", "reason", DeclineReason, blank=True),
            models.CheckConstraint(condition=Q(taken__lte=F("pieces")), name="offer_never_oversold"),
            models.CheckConstraint(
                condition=Q(status__in=["taken", "part"], taken__gt=0)
                | (~Q(status__in=["taken", "part"]) & Q(taken=0)),
                name="offer_taken_says_how_many",
            ),
            models.UniqueConstraint(
                fields=["package", "workshop"], condition=Q(status="open"), name="offer_one_open_a_workshop"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.pieces} to {self.workshop_id}, {self.status}"


class Reminder(models.Model):
    """A member was reminded of an offer: by WhatsApp (the manager sent it), by phone, or by Wadah on the page."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="reminders")
    channel = models.CharField(max_length=8, choices=[("wa", "WhatsApp"), ("phone", "phone"), ("page", "page")])
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.channel} {self.at:%d %H:%M}"


class Disruption(models.Model):
    """Something that the plan in force counted on won't come: to be mended by a replan, or left as it is.

    pieces: how many won't come (None: nothing at all can be made in these weeks); part None: whatever the workshop
    makes; mended_run: the plan that made up for it.
    """

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=DisruptionKind)
    part = models.ForeignKey(Part, models.PROTECT, null=True, related_name="+")
    workshop = models.ForeignKey(Workshop, models.PROTECT, null=True, related_name="+")
    first_week = models.DateField(help_text="Monday")
    last_week = models.DateField(help_text="Monday, included")
    pieces = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    offer = models.ForeignKey(Offer, models.PROTECT, null=True, related_name="+")
    work_order = models.ForeignKey("work.WorkOrder", models.PROTECT, null=True, related_name="+")
    lot = models.ForeignKey("work.Lot", models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=400, blank=True)
    status = models.CharField(max_length=9, choices=DisruptionStatus, default=DisruptionStatus.OPEN)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    mended_run = models.ForeignKey(PlanRun, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["first_week", "id"]
        indexes = [models.Index(fields=["cooperative", "status"], name="disruption_to_mend")]
        constraints = [
            *positive("disruption", "pieces"),
            one_of("disruption", "kind", DisruptionKind),
            one_of("disruption", "status", DisruptionStatus),
            models.CheckConstraint(condition=Q(last_week__gte=F("first_week")), name="disruption_weeks"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.part_id} {self.workshop_id} {self.first_week}"
