"""Part × workshop: leave to make it, the dated rate it is made at; and what lies at the hub."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wadah.catalogue.constraints import not_negative, one_of, period, share
from wadah.catalogue.models.parts import Part
from wadah.catalogue.rules.prices import pay_rupiah_hour
from wadah.catalogue.words import ApprovalStatus, MaterialBy
from wadah.register.models import Cooperative, Workshop


class Approval(models.Model):
    """A workshop's leave to make a part, from valid_from to valid_until (its last day; empty: until further notice).

    Only `approved` is leave. Two approved periods of one part and workshop never overlap: the services refuse it, and
    the database holds at least that one of them is open. by: who decided, a name and an office.
    """

    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="approvals")
    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=9, choices=ApprovalStatus)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    by = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["workshop", "status"])]
        constraints = [
            one_of("approval", "status", ApprovalStatus),
            period("approval"),
            models.UniqueConstraint(fields=["part", "workshop", "status", "valid_from"], name="approval_once"),
            models.UniqueConstraint(
                fields=["part", "workshop"],
                condition=Q(status="approved", valid_until__isnull=True),
                name="approval_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part_id} × {self.workshop_id}: {self.status}"


class Rate(models.Model):
    """What a part takes and is paid at a workshop from valid_from to valid_until (its last day).

    minutes_per_piece: by the workshop's clock, a piece started; setup_minutes: once a week in which it is made, as are
    setup_pay_rupiah (pay for setting up) and transport_rupiah_trip (to the hub and back). pay_rupiah_piece,
    transport_rupiah_piece: a piece started; material_by: who brings what goes into it, and material_rupiah_piece: what
    a member is paid for bringing it, 0 where somebody else does. lot_quantity_min: least started in a week in which it
    is made; quantity_max_week: empty where only hours limit it; yield_rate: good pieces for each started.
    """

    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="rates")
    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    minutes_per_piece = models.DecimalField(max_digits=12, decimal_places=4)
    setup_minutes = models.DecimalField(max_digits=9, decimal_places=2, default=0)
    setup_pay_rupiah = models.BigIntegerField(default=0)
    pay_rupiah_piece = models.BigIntegerField(default=0)
    material_by = models.CharField(max_length=11, choices=MaterialBy, default=MaterialBy.COOPERATIVE)
    material_rupiah_piece = models.BigIntegerField(default=0)
    transport_rupiah_piece = models.BigIntegerField(default=0)
    transport_rupiah_trip = models.BigIntegerField(default=0)
    lot_quantity_min = models.DecimalField(max_digits=14, decimal_places=3, default=0)
    quantity_max_week = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    yield_rate = models.DecimalField(max_digits=6, decimal_places=5, default=1)
    source = models.TextField(blank=True)
    simulated = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["workshop", "valid_from"])]
        constraints = [
            *not_negative("rate", "minutes_per_piece", "setup_minutes", "setup_pay_rupiah", "pay_rupiah_piece"),
            *not_negative("rate", "material_rupiah_piece", "transport_rupiah_piece", "transport_rupiah_trip"),
            one_of("rate", "material_by", MaterialBy),
            models.CheckConstraint(
                condition=Q(material_by="member") | Q(material_rupiah_piece=0), name="rate_material_paid_to_a_member"
            ),
            *not_negative("rate", "lot_quantity_min", "quantity_max_week"),
            share("rate", "yield_rate"),
            period("rate"),
            models.UniqueConstraint(fields=["part", "workshop", "valid_from"], name="rate_once"),
            models.UniqueConstraint(
                fields=["part", "workshop"], condition=Q(valid_until__isnull=True), name="rate_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part_id} × {self.workshop_id} from {self.valid_from}"

    @property
    def cost_rupiah_piece(self) -> int:
        """What the cooperative pays for each piece started: pay, material that the member brings, transport."""
        return self.pay_rupiah_piece + self.material_rupiah_piece + self.transport_rupiah_piece

    @property
    def pay_rupiah_hour(self) -> int | None:
        """What the workshop earns in an hour, rounded down; None where a piece takes no time."""
        return pay_rupiah_hour(self.pay_rupiah_piece, self.minutes_per_piece, self.yield_rate)

    @property
    def setup_cost_rupiah(self) -> int:
        """What it pays once a week in which the part is made: setting up, and the trip."""
        return self.setup_pay_rupiah + self.transport_rupiah_trip


class HubStock(models.Model):
    """What a cooperative's hub held of a part when the day as_of began."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="stock")
    as_of = models.DateField()
    quantity = models.DecimalField(max_digits=14, decimal_places=3)

    class Meta:
        constraints = [
            *not_negative("hubstock", "quantity"),
            models.UniqueConstraint(fields=["cooperative", "part", "as_of"], name="hubstock_once"),
        ]

    def __str__(self) -> str:
        return f"{self.part_id}: {self.quantity} on {self.as_of}"
