"""What leaves for a buyer, what the buyer signed for, and what came back."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wadah.accounts.models import User
from wadah.base.models import Attachment
from wadah.catalogue.constraints import filled, not_negative, one_of, positive
from wadah.demand.models import Order, OrderLine
from wadah.demand.rules import check_code_new
from wadah.work.models.lots import Lot, pieces_field
from wadah.work.words import ClaimKind, ClaimStatus, ShipmentStatus


class Shipment(models.Model):
    """One trip to one buyer for one order: picked, sent with a surat jalan, received."""

    number = models.CharField(max_length=20, unique=True)
    check_code = models.CharField(max_length=12, default=check_code_new)
    order = models.ForeignKey(Order, models.PROTECT, related_name="+")
    status = models.CharField(max_length=9, choices=ShipmentStatus, default=ShipmentStatus.DRAFT)
    driver = models.CharField(max_length=120, blank=True)
    vehicle = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=400, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["-id"]
        constraints = [*filled("shipment", "number"), one_of("shipment", "status", ShipmentStatus)]

    def __str__(self) -> str:
        return f"{self.number} {self.status}"


class ShipmentLine(models.Model):
    """Pieces of a lot for an order line, in a box (1, 2, …). received + refused + missing = pieces, once signed for."""

    shipment = models.ForeignKey(Shipment, models.PROTECT, related_name="lines")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="+")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="+")
    box = models.PositiveSmallIntegerField(default=1)
    pieces = pieces_field()
    received = pieces_field(default=0)
    refused = pieces_field(default=0)
    missing = pieces_field(default=0)

    class Meta:
        ordering = ["shipment", "box", "id"]
        constraints = [
            *positive("shipmentline", "pieces", "box"),
            *not_negative("shipmentline", "received", "refused", "missing"),
            models.UniqueConstraint(fields=["shipment", "line", "lot", "box"], name="shipmentline_once"),
            models.CheckConstraint(
                condition=Q(received__lte=F("pieces") - F("refused") - F("missing")), name="shipmentline_not_more"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shipment_id}: {self.pieces} of lot {self.lot_id}"


class Receipt(models.Model):
    """The buyer signed for a shipment (BAST): who, in what office, when; with a photo or a signature where there is."""

    number = models.CharField(max_length=20, unique=True)
    check_code = models.CharField(max_length=12, default=check_code_new)
    shipment = models.OneToOneField(Shipment, models.PROTECT, related_name="receipt")
    received_by = models.CharField(max_length=120)
    office = models.CharField(max_length=120, blank=True)
    received_at = models.DateTimeField()
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    on_behalf_of = models.CharField(max_length=160, blank=True)
    note = models.CharField(max_length=400, blank=True)
    photo = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [*filled("receipt", "number", "received_by")]

    def __str__(self) -> str:
        return self.number


class Claim(models.Model):
    """A buyer complains of received pieces of a shipment line; accepted ones may come back to the lot.

    returned: how many have come back; replaced: whether they are to be made again (they are asked for anew).
    """

    number = models.CharField(max_length=20, unique=True)
    shipment_line = models.ForeignKey(ShipmentLine, models.PROTECT, related_name="claims")
    kind = models.CharField(max_length=7, choices=ClaimKind)
    pieces = pieces_field()
    returned = pieces_field(default=0)
    replaced = models.BooleanField(default=False)
    status = models.CharField(max_length=8, choices=ClaimStatus, default=ClaimStatus.OPEN)
    note = models.CharField(max_length=400)
    answer = models.CharField(max_length=400, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    photo = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [
            *filled("claim", "number"),
            *positive("claim", "pieces"),
            *not_negative("claim", "returned"),
            one_of("claim", "kind", ClaimKind),
            one_of("claim", "status", ClaimStatus),
            models.CheckConstraint(condition=Q(returned__lte=F("pieces")), name="claim_not_more_back"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.pieces}"
