"""Orders, in lines of one part, one quantity and one date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from wadah.catalogue.constraints import filled, not_negative, one_of, positive
from wadah.catalogue.models import Part
from wadah.demand.models.buyers import Buyer
from wadah.demand.models.mandate import MandateRule
from wadah.demand.models.quotes import Quotation
from wadah.demand.rules import check_code_new
from wadah.demand.words import Level, OrderStatus
from wadah.register.models import Area, Cooperative

if TYPE_CHECKING:
    from decimal import Decimal


class Order(models.Model):
    """A buyer's order to one cooperative. Only `reserved`, `confirmed` and `planned` orders are planned.

    quotation: the offer that it follows from, none where it was entered as an order; check_code: stands on its papers,
    so that anybody can ask whether a paper is genuine.
    """

    number = models.CharField(max_length=20, unique=True)
    buyer = models.ForeignKey(Buyer, on_delete=models.PROTECT, related_name="orders")
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=9, choices=OrderStatus, default=OrderStatus.DRAFT)
    ordered_on = models.DateField()
    note = models.TextField(blank=True)
    simulated = models.BooleanField(default=False)
    quotation = models.ForeignKey(Quotation, on_delete=models.PROTECT, related_name="orders", null=True, blank=True)
    check_code = models.CharField(max_length=12, default=check_code_new)

    class Meta:
        ordering = ["-ordered_on", "-number"]
        indexes = [models.Index(fields=["cooperative", "status"])]
        constraints = [
            *filled("order", "number"),
            one_of("order", "status", OrderStatus),
            models.CheckConstraint(
                condition=~Q(status="reserved") | Q(quotation__isnull=False), name="order_reserved_by_a_quotation"
            ),
            models.UniqueConstraint(
                fields=["quotation"], condition=~Q(status="cancelled"), name="order_one_a_quotation"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class OrderLine(models.Model):
    """So much of one part, due on a day.

    late_cost_rupiah_piece_week: what a piece late by one week costs; short_cost_rupiah_piece: what a piece never
    delivered costs; either left empty means that late, or short, is forbidden (docs/model.md §5). partial: may come
    in several deliveries; single_source: all from one workshop. A line that the mandate made names its rule, and the
    area and level it is for. promised_on: the day that the buyer was promised; a plan keeps it, or says that it can't.
    handed_over: pieces that the buyer has, or that are on the way there; only the rest is planned.
    """

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    line_no = models.PositiveSmallIntegerField()
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=14, decimal_places=3)
    handed_over = models.DecimalField(max_digits=14, decimal_places=3, default=0)
    due_on = models.DateField()
    earliest_on = models.DateField(null=True, blank=True)
    promised_on = models.DateField(null=True, blank=True)
    price_rupiah_piece = models.BigIntegerField(default=0)
    late_cost_rupiah_piece_week = models.BigIntegerField(null=True, blank=True)
    short_cost_rupiah_piece = models.BigIntegerField(null=True, blank=True)
    partial = models.BooleanField(default=True)
    single_source = models.BooleanField(default=False)
    mandate = models.ForeignKey(MandateRule, on_delete=models.PROTECT, related_name="lines", null=True, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    level = models.CharField(max_length=6, choices=Level, blank=True)

    class Meta:
        ordering = ["order_id", "line_no"]
        constraints = [
            *positive("orderline", "line_no", "quantity"),
            *not_negative("orderline", "price_rupiah_piece", "late_cost_rupiah_piece_week", "short_cost_rupiah_piece"),
            one_of("orderline", "level", Level, blank=True),
            *not_negative("orderline", "handed_over"),
            models.CheckConstraint(condition=Q(handed_over__lte=F("quantity")), name="orderline_not_handed_over_twice"),
            models.UniqueConstraint(fields=["order", "line_no"], name="orderline_no_once"),
            models.CheckConstraint(
                condition=Q(earliest_on__isnull=True) | Q(earliest_on__lte=F("due_on")), name="orderline_earliest_first"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.line_no}"

    @property
    def outstanding(self) -> Decimal:
        """Pieces that the buyer is still to get."""
        return self.quantity - self.handed_over
