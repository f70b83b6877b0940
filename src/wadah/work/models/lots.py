"""Lots: pieces of one part that belong together, where each of them is, and every move that brought it there."""

from __future__ import annotations

from decimal import Decimal
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Abs
from django.db.models.lookups import LessThan

from wadah.accounts.models import User
from wadah.base.models import Attachment
from wadah.catalogue.constraints import filled, not_negative, one_of, positive
from wadah.catalogue.models import Part
from wadah.demand.models import Buyer
from wadah.demand.rules import check_code_new
from wadah.register.models import Cooperative, Workshop
from wadah.work.models.orders import Milestone, WorkOrder
from wadah.work.words import Bucket, LotOrigin, MoveKind

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable

HALF_A_THOUSANDTH = Decimal("0.0005")  # SQLite keeps fractions as floating point


def pieces_field(**more: object) -> models.DecimalField[Decimal, Decimal]:
    return models.DecimalField(max_digits=14, decimal_places=3, **more)  # type: ignore[arg-type]


def every_piece_somewhere() -> models.CheckConstraint:
    """quantity = the sum of all buckets."""
    columns: list[Combinable] = [F(bucket) for bucket in Bucket.values]
    gap = Abs(F("quantity") - reduce(add, columns))
    return models.CheckConstraint(
        condition=LessThan(gap, Value(HALF_A_THOUSANDTH)), name="lot_every_piece_is_somewhere"
    )


class Lot(models.Model):
    """So many pieces of a part that were made, bought or brought together; nothing is inspected or shipped without one.

    quantity: born with so many, for ever; one column a bucket (words.Bucket) says where they are now, and they add up
    to it. work_order: who made it; milestone: of service work. supplier, batch: of what was bought, or a dye lot;
    owner: the buyer whose material it is. expires_on: of what perishes. bring_at: when its maker said to bring it;
    empty once it is at the hub.
    """

    number = models.CharField(max_length=20, unique=True)
    check_code = models.CharField(max_length=12, default=check_code_new)
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    origin = models.CharField(max_length=7, choices=LotOrigin)
    work_order = models.ForeignKey(WorkOrder, models.PROTECT, null=True, related_name="lots")
    milestone = models.OneToOneField(Milestone, models.PROTECT, null=True, related_name="+")
    supplier = models.CharField(max_length=120, blank=True)
    batch = models.CharField(max_length=60, blank=True)
    owner = models.ForeignKey(Buyer, models.PROTECT, null=True, related_name="+")
    received_on = models.DateField()
    bring_at = models.DateTimeField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    quantity = pieces_field()
    waiting = pieces_field(default=0)
    accepted = pieces_field(default=0)
    rejected = pieces_field(default=0)
    rework = pieces_field(default=0)
    scrapped = pieces_field(default=0)
    returned = pieces_field(default=0)
    issued = pieces_field(default=0)
    shipped = pieces_field(default=0)
    moved = pieces_field(default=0)
    note = models.CharField(max_length=400, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["received_on", "id"]
        indexes = [models.Index(fields=["cooperative", "part"], name="lot_of_a_part")]
        constraints = [
            *filled("lot", "number"),
            *positive("lot", "quantity"),
            *not_negative("lot", *Bucket.values),
            one_of("lot", "origin", LotOrigin),
            every_piece_somewhere(),
            models.CheckConstraint(
                condition=~Q(origin="made") | Q(work_order__isnull=False), name="lot_made_by_somebody"
            ),
            models.CheckConstraint(condition=~Q(origin="owned") | Q(owner__isnull=False), name="lot_owned_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.quantity} of {self.part_id}"


class LotLink(models.Model):
    """Pieces that went from one lot into another of the same part: split off, or merged."""

    parent = models.ForeignKey(Lot, models.PROTECT, related_name="children")
    child = models.ForeignKey(Lot, models.PROTECT, related_name="parents")
    pieces = pieces_field()

    class Meta:
        constraints = [
            *positive("lotlink", "pieces"),
            models.UniqueConstraint(fields=["parent", "child"], name="lotlink_once"),
            models.CheckConstraint(condition=~Q(parent=F("child")), name="lotlink_not_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.parent_id} → {self.child_id}: {self.pieces}"


class MaterialIssue(models.Model):
    """Pieces of a lot handed out for a work order: material of the cooperative's or of the buyer's.

    pieces: handed out; returned: brought back unused; scrapped: spoilt at the workshop. What is left was used up.
    """

    work_order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="issues")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="issues")
    pieces = pieces_field()
    returned = pieces_field(default=0)
    scrapped = pieces_field(default=0)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    received_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            *positive("materialissue", "pieces"),
            *not_negative("materialissue", "returned", "scrapped"),
            models.CheckConstraint(
                condition=Q(returned__lte=F("pieces") - F("scrapped")), name="materialissue_not_more_back"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id} → {self.work_order_id}: {self.pieces}"


class LotMove(models.Model):
    """Pieces of a lot went from one bucket to another; written once, never changed. The ledger reads these.

    from_bucket: empty where the lot was born with them. What the move was for is one of the rows it points to.
    """

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="moves")
    kind = models.CharField(max_length=11, choices=MoveKind)
    from_bucket = models.CharField(max_length=8, choices=Bucket, blank=True)
    to_bucket = models.CharField(max_length=8, choices=Bucket)
    pieces = pieces_field()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    on_behalf_of = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    issue = models.ForeignKey(MaterialIssue, models.PROTECT, null=True, related_name="moves")
    inspection = models.ForeignKey("work.Inspection", models.PROTECT, null=True, related_name="moves")
    shipment_line = models.ForeignKey("work.ShipmentLine", models.PROTECT, null=True, related_name="moves")
    claim = models.ForeignKey("work.Claim", models.PROTECT, null=True, related_name="moves")
    other_lot = models.ForeignKey(Lot, models.PROTECT, null=True, related_name="+")
    workshop = models.ForeignKey(Workshop, models.PROTECT, null=True, related_name="+")
    photo = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["kind", "at"], name="lotmove_by_kind")]
        constraints = [
            *positive("lotmove", "pieces"),
            one_of("lotmove", "kind", MoveKind),
            one_of("lotmove", "from_bucket", Bucket, blank=True),
            one_of("lotmove", "to_bucket", Bucket),
            models.CheckConstraint(condition=~Q(from_bucket=F("to_bucket")), name="lotmove_goes_somewhere"),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id}: {self.pieces} {self.from_bucket or '·'} → {self.to_bucket}"
