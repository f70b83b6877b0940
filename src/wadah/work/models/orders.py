"""Work orders: what a member has promised to make, how far it is, and the milestones of service work."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wadah.accounts.models import User
from wadah.base.models import Attachment
from wadah.catalogue.constraints import filled, not_negative, one_of, positive
from wadah.catalogue.models import Part
from wadah.catalogue.words import MaterialBy
from wadah.demand.models import OrderLine
from wadah.demand.rules import check_code_new
from wadah.register.models import Cooperative, Workshop
from wadah.work.models.offers import Offer
from wadah.work.words import MilestoneStatus, WorkOrderKind, WorkOrderStatus


class WorkOrder(models.Model):
    """Pieces of one part that one workshop makes in one week; its paper is the SPK with a job card.

    pieces: promised, to be started; reported: how many the member says are done; handed_over: brought to the hub in
    lots; given_up: won't be made any more; over: allowed beyond `pieces`. In work is pieces − handed_over − given_up,
    0 at least. Pay and pace are the offer's, frozen. promise_week: the week that was promised; week_start: the week
    whose hours it takes now (work that is late moves on). line: the order line that it was made for, where it is one
    only (service work always has it).
    """

    number = models.CharField(max_length=20, unique=True)
    check_code = models.CharField(max_length=12, default=check_code_new)
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    offer = models.ForeignKey(Offer, models.PROTECT, null=True, related_name="work_orders")
    kind = models.CharField(max_length=7, choices=WorkOrderKind, default=WorkOrderKind.PIECES)
    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="+")
    line = models.ForeignKey(OrderLine, models.PROTECT, null=True, blank=True, related_name="+")
    promise_week = models.DateField(help_text="Monday")
    week_start = models.DateField(help_text="Monday")
    due_on = models.DateField()
    pieces = models.DecimalField(max_digits=14, decimal_places=3)
    over = models.DecimalField(max_digits=14, decimal_places=3, default=0)
    reported = models.DecimalField(max_digits=14, decimal_places=3, default=0)
    handed_over = models.DecimalField(max_digits=14, decimal_places=3, default=0)
    given_up = models.DecimalField(max_digits=14, decimal_places=3, default=0)
    status = models.CharField(max_length=9, choices=WorkOrderStatus, default=WorkOrderStatus.OPEN)
    minutes_per_piece = models.DecimalField(max_digits=12, decimal_places=4, default=0)
    setup_minutes = models.DecimalField(max_digits=9, decimal_places=2, default=0)
    pay_rupiah_piece = models.BigIntegerField(default=0)
    setup_pay_rupiah = models.BigIntegerField(default=0)
    material_by = models.CharField(max_length=11, choices=MaterialBy, default=MaterialBy.COOPERATIVE)
    material_rupiah_piece = models.BigIntegerField(default=0)
    transport_rupiah_piece = models.BigIntegerField(default=0)
    transport_rupiah_trip = models.BigIntegerField(default=0)
    note = models.CharField(max_length=400, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["workshop", "status"], name="workorder_of_a_workshop"),
            models.Index(fields=["cooperative", "status", "due_on"], name="workorder_board"),
        ]
        constraints = [
            *positive("workorder", "pieces"),
            *not_negative("workorder", "over", "reported", "handed_over", "given_up"),
            *not_negative("workorder", "pay_rupiah_piece", "setup_pay_rupiah", "material_rupiah_piece"),
            one_of("workorder", "kind", WorkOrderKind),
            one_of("workorder", "status", WorkOrderStatus),
            one_of("workorder", "material_by", MaterialBy),
            models.CheckConstraint(
                condition=Q(handed_over__lte=F("pieces") + F("over") - F("given_up")), name="workorder_never_more"
            ),
            models.CheckConstraint(condition=Q(given_up__lte=F("pieces")), name="workorder_given_up_of_it"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.pieces} of {self.part_id} at {self.workshop_id}"


class Progress(models.Model):
    """One report of how far a work order is, never changed: +1, +10, all, or a correction below zero.

    on_behalf_of: the member for whom a manager pressed; reason: said then.
    """

    work_order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="progress")
    pieces = models.DecimalField(max_digits=14, decimal_places=3)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    on_behalf_of = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    photo = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(pieces=0) | Q(photo__isnull=False), name="progress_says_it")]

    def __str__(self) -> str:
        return f"{self.work_order_id}: {self.pieces:+}"


class Milestone(models.Model):
    """A part of service work that is handed in and accepted by itself; quantity: of the work order's unit (hours).

    The quantities of a work order's milestones that aren't cancelled add up to its pieces.
    """

    work_order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="milestones")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    quantity = models.DecimalField(max_digits=14, decimal_places=3)
    due_on = models.DateField()
    status = models.CharField(max_length=9, choices=MilestoneStatus, default=MilestoneStatus.OPEN)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    handed_in_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    link = models.URLField(blank=True)
    note = models.CharField(max_length=400, blank=True)
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decision_note = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["work_order", "number"]
        constraints = [
            *positive("milestone", "number", "quantity"),
            *filled("milestone", "title"),
            one_of("milestone", "status", MilestoneStatus),
            models.UniqueConstraint(fields=["work_order", "number"], name="milestone_once"),
        ]

    def __str__(self) -> str:
        return f"{self.work_order_id}/{self.number}"
