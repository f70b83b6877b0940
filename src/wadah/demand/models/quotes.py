"""Before an order: what a buyer asks for, and what the cooperative offers, in one variant or several.

A quotation that was sent is never changed: another price, date or term makes a new one, and the old one is withdrawn.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wadah.catalogue.constraints import filled, not_negative, one_of, positive
from wadah.catalogue.models import Part
from wadah.demand.models.buyers import Buyer
from wadah.demand.rules import check_code_new
from wadah.demand.words import AnsweredHow, Channel, QuotationStatus, RequestStatus, Sure
from wadah.register.models import Cooperative


class Request(models.Model):
    """A buyer asks one cooperative whether it can make something. text: the message as it was pasted.

    answer: why it was declined or withdrawn, in words for the buyer.
    """

    number = models.CharField(max_length=20, unique=True)
    buyer = models.ForeignKey(Buyer, on_delete=models.PROTECT, related_name="requests")
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    received_on = models.DateField()
    channel = models.CharField(max_length=6, choices=Channel)
    note = models.TextField(blank=True)
    text = models.TextField(blank=True)
    status = models.CharField(max_length=9, choices=RequestStatus, default=RequestStatus.OPEN)
    answer = models.TextField(blank=True)
    simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["-received_on", "-number"]
        indexes = [models.Index(fields=["cooperative", "status"], name="request_of_a_cooperative")]
        constraints = [
            *filled("request", "number"),
            one_of("request", "channel", Channel),
            one_of("request", "status", RequestStatus),
        ]

    def __str__(self) -> str:
        return self.number


class RequestLine(models.Model):
    """So much of something, wanted on a day. part: empty until somebody says which part the buyer's words mean."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="lines")
    line_no = models.PositiveSmallIntegerField()
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    text = models.CharField(max_length=200)
    quantity = models.DecimalField(max_digits=14, decimal_places=3)
    wanted_on = models.DateField()

    class Meta:
        ordering = ["request_id", "line_no"]
        constraints = [
            *filled("requestline", "text"),
            *positive("requestline", "line_no", "quantity"),
            models.UniqueConstraint(fields=["request", "line_no"], name="requestline_no_once"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}/{self.line_no}"


class Quotation(models.Model):
    """What a cooperative offers for a request until valid_until (its last day).

    reserves_hours: a sent quotation keeps hours free, by an order that is `reserved`; margin_percent: of the cost, not
    for the buyer's eyes; late_penalty_percent_week and late_penalty_cap_percent: of the price, the terms as they stood
    when it was drafted; answered_by: the name of whoever answered; letter_reference, letter_on: of the buyer's letter
    or call; reason: why it was declined or withdrawn; check_code: stands on its paper.
    """

    number = models.CharField(max_length=20, unique=True)
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="quotations")
    status = models.CharField(max_length=9, choices=QuotationStatus, default=QuotationStatus.DRAFT)
    valid_until = models.DateField()
    reserves_hours = models.BooleanField(default=False)
    margin_percent = models.DecimalField(max_digits=6, decimal_places=2)
    late_penalty_percent_week = models.DecimalField(max_digits=6, decimal_places=3)
    late_penalty_cap_percent = models.DecimalField(max_digits=6, decimal_places=3)
    note = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_how = models.CharField(max_length=6, choices=AnsweredHow, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)
    letter_reference = models.CharField(max_length=80, blank=True)
    letter_on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    check_code = models.CharField(max_length=12, default=check_code_new)

    class Meta:
        ordering = ["-number"]
        constraints = [
            *filled("quotation", "number"),
            *not_negative("quotation", "margin_percent", "late_penalty_percent_week", "late_penalty_cap_percent"),
            one_of("quotation", "status", QuotationStatus),
            one_of("quotation", "answered_how", AnsweredHow, blank=True),
            models.CheckConstraint(
                condition=~Q(status__in=["sent", "accepted", "declined", "lapsed"]) | Q(sent_at__isnull=False),
                name="quotation_sent_before_answered",
            ),
            models.CheckConstraint(
                condition=~Q(status="accepted") | (Q(answered_at__isnull=False) & ~Q(answered_by="")),
                name="quotation_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(answered_how__in=["letter", "phone"])
                | (~Q(letter_reference="") & Q(letter_on__isnull=False)),
                name="quotation_letter_named",
            ),
            models.UniqueConstraint(fields=["request"], condition=Q(status="sent"), name="quotation_one_sent"),
            models.UniqueConstraint(fields=["request"], condition=Q(status="accepted"), name="quotation_one_accepted"),
        ]

    def __str__(self) -> str:
        return self.number


class QuotationVariant(models.Model):
    """One way to fill the request: A, B, C … reserved: the one that hours are kept for; chosen: that the buyer took."""

    quotation = models.ForeignKey(Quotation, on_delete=models.CASCADE, related_name="variants")
    code = models.CharField(max_length=1)
    label = models.CharField(max_length=120)
    reserved = models.BooleanField(default=False)
    chosen = models.BooleanField(default=False)

    class Meta:
        ordering = ["quotation_id", "code"]
        constraints = [
            *filled("quotationvariant", "code", "label"),
            models.UniqueConstraint(fields=["quotation", "code"], name="quotationvariant_once"),
            models.UniqueConstraint(fields=["quotation"], condition=Q(chosen=True), name="quotationvariant_one_chosen"),
        ]

    def __str__(self) -> str:
        return f"{self.quotation_id}/{self.code}"


class QuotationLine(models.Model):
    """So much of a part, promised on a day, at a price.

    promised_on: the last day by which it is handed over; late_penalty_rupiah_piece_week, short_cost_rupiah_piece: what
    the price and the terms make of it, frozen here; cost: the build-up of the whole line, [{"kind": "pay", "rupiah":
    17500}, …], never shown to the buyer; sure: whether no better promise exists, or none was found.
    """

    variant = models.ForeignKey(QuotationVariant, on_delete=models.CASCADE, related_name="lines")
    line_no = models.PositiveSmallIntegerField()
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=14, decimal_places=3)
    promised_on = models.DateField()
    price_rupiah_piece = models.BigIntegerField()
    late_penalty_rupiah_piece_week = models.BigIntegerField()
    short_cost_rupiah_piece = models.BigIntegerField()
    partial = models.BooleanField(default=True)
    cost = models.JSONField(default=list, blank=True)
    sure = models.CharField(max_length=6, choices=Sure, default=Sure.FOUND)

    class Meta:
        ordering = ["variant_id", "line_no"]
        constraints = [
            *positive("quotationline", "line_no", "quantity"),
            *not_negative(
                "quotationline",
                "price_rupiah_piece",
                "late_penalty_rupiah_piece_week",
                "short_cost_rupiah_piece",
            ),
            one_of("quotationline", "sure", Sure),
            models.UniqueConstraint(fields=["variant", "line_no"], name="quotationline_no_once"),
        ]

    def __str__(self) -> str:
        return f"{self.variant_id}/{self.line_no}"
