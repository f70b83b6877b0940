"""What buyers owe and pay: invoices, credit notes, payments, and which payment goes with which invoice."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wadah.accounts.models import User
from wadah.catalogue.constraints import filled, not_negative, one_of, positive
from wadah.demand.models import Buyer, Order
from wadah.demand.rules import check_code_new
from wadah.ledger.models.openings import Opening
from wadah.ledger.models.taxes import TaxRate
from wadah.ledger.words import SoldAs, Till
from wadah.register.models import Cooperative
from wadah.work.models import Claim, ShipmentLine


class SaleTerms(models.Model):
    """How an order is sold, frozen with its first invoice: in the cooperative's own name, or for its members for a fee.

    fee_percent: of the price, the cooperative's share where it is an agent; due_days: from the invoice to its due day.
    Without a row: principal, 30 days.
    """

    order = models.OneToOneField(Order, models.PROTECT, related_name="+")
    sold_as = models.CharField(max_length=9, choices=SoldAs, default=SoldAs.PRINCIPAL)
    fee_percent = models.DecimalField(max_digits=6, decimal_places=3, default=0)
    due_days = models.PositiveSmallIntegerField(default=30)

    class Meta:
        constraints = [
            *not_negative("saleterms", "fee_percent"),
            one_of("saleterms", "sold_as", SoldAs),
            models.CheckConstraint(condition=Q(fee_percent__lte=100), name="saleterms_fee"),
            models.CheckConstraint(condition=~Q(sold_as="agent") | Q(fee_percent__gt=0), name="saleterms_agent_fee"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.sold_as}"


class Invoice(models.Model):
    """What a buyer owes for pieces that it signed for. number: "INV-2026-0001".

    net: of the lines; fee: the cooperative's own part of it where it is an agent, else 0; tax: PPN, by tax_rate; total
    = net + tax. sold_as: frozen. paid, credited: what payments and credit notes took off so far. opening: made before
    the books began in Wadah, without an order of Wadah (P20): net is what was still owed then.
    """

    number = models.CharField(max_length=24, unique=True)
    check_code = models.CharField(max_length=12, default=check_code_new)
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="+")
    opening = models.ForeignKey(Opening, models.PROTECT, null=True, related_name="+")
    buyer = models.ForeignKey(Buyer, models.PROTECT, related_name="+")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    on = models.DateField()
    due_on = models.DateField()
    sold_as = models.CharField(max_length=9, choices=SoldAs)
    net = models.BigIntegerField()
    fee = models.BigIntegerField(default=0)
    tax = models.BigIntegerField(default=0)
    tax_rate = models.ForeignKey(TaxRate, models.PROTECT, null=True, related_name="+")
    total = models.BigIntegerField()
    paid = models.BigIntegerField(default=0)
    credited = models.BigIntegerField(default=0)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["cooperative", "due_on"], name="invoice_by_due")]
        constraints = [
            *filled("invoice", "number"),
            *positive("invoice", "net"),
            *not_negative("invoice", "fee", "tax", "paid", "credited"),
            one_of("invoice", "sold_as", SoldAs),
            models.CheckConstraint(
                condition=Q(order__isnull=False, opening=None) | Q(order=None, opening__isnull=False),
                name="invoice_of_an_order_or_from_before",
            ),
            models.CheckConstraint(condition=Q(total=F("net") + F("tax")), name="invoice_total"),
            models.CheckConstraint(condition=Q(fee__lte=F("net")), name="invoice_fee_of_it"),
            models.CheckConstraint(condition=Q(paid__lte=F("total") - F("credited")), name="invoice_not_paid_twice"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def open_rupiah(self) -> int:
        """What is still owed."""
        return self.total - self.paid - self.credited


class InvoiceLine(models.Model):
    """Pieces of one shipment line, at the price of the order. pieces: received, signed for, and not come back before.

    Invoiced once; cancelled: the invoice was taken back whole, so that they may be invoiced anew.
    """

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="lines")
    shipment_line = models.ForeignKey(ShipmentLine, models.PROTECT, related_name="+")
    pieces = models.DecimalField(max_digits=14, decimal_places=3)
    price_rupiah_piece = models.BigIntegerField()
    rupiah = models.BigIntegerField()
    cancelled = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            *positive("invoiceline", "pieces"),
            *not_negative("invoiceline", "price_rupiah_piece", "rupiah"),
            models.UniqueConstraint(
                fields=["shipment_line"], condition=Q(cancelled=False), name="invoiceline_invoiced_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice_id}: {self.pieces}"


class CreditNote(models.Model):
    """Taken off an invoice for pieces that came back by a claim, or (without a claim) all that was left of it, because
    the invoice was wrong. number: "NK-2026-0001"; parts as in the invoice; freed: of what was paid already, so much
    became the buyer's balance.
    """

    number = models.CharField(max_length=24, unique=True)
    check_code = models.CharField(max_length=12, default=check_code_new)
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="credit_notes")
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    pieces = models.DecimalField(max_digits=14, decimal_places=3)
    net = models.BigIntegerField()
    fee = models.BigIntegerField(default=0)
    tax = models.BigIntegerField(default=0)
    total = models.BigIntegerField()
    freed = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=400)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [
            *filled("creditnote", "number", "reason"),
            *positive("creditnote", "pieces", "net"),
            *not_negative("creditnote", "fee", "tax", "freed"),
            models.CheckConstraint(condition=Q(total=F("net") + F("tax")), name="creditnote_total"),
        ]

    def __str__(self) -> str:
        return self.number


class BankFile(models.Model):
    """A bank statement that was read. digest: of the file, so that it isn't read twice.

    told: what else was in it: {"known": credits that another statement brought, "out": debits, "unread": [[row, text,
    code of why], …]}.
    """

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField(default=0)
    told = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["cooperative", "digest"], name="bankfile_once")]

    def __str__(self) -> str:
        return self.name


class BankRow(models.Model):
    """One credit on a bank statement. key: hash of its date, amount, text and place among equals, so that statements
    that overlap bring each row in once. dismissed: it is no payment of a buyer, and why."""

    file = models.ForeignKey(BankFile, models.PROTECT, related_name="lines")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    on = models.DateField()
    rupiah = models.BigIntegerField()
    text = models.CharField(max_length=400, blank=True)
    dismissed = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            *positive("bankrow", "rupiah"),
            models.UniqueConstraint(fields=["cooperative", "key"], name="bankrow_once"),
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.rupiah}"


class Payment(models.Model):
    """Money from a buyer. number: "KW-2026-0001", of its receipt (kuitansi).

    rupiah: what came in; withheld: tax that a public treasurer kept back and paid for us, by withheld_rate, with the
    number of its slip: it pays the invoice as well. Both together, less what is allocated and refunded, are the
    buyer's balance with us.
    """

    number = models.CharField(max_length=24, unique=True)
    check_code = models.CharField(max_length=12, default=check_code_new)
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    buyer = models.ForeignKey(Buyer, models.PROTECT, related_name="+")
    on = models.DateField()
    till = models.CharField(max_length=4, choices=Till)
    rupiah = models.BigIntegerField()
    withheld = models.BigIntegerField(default=0)
    withheld_rate = models.ForeignKey(TaxRate, models.PROTECT, null=True, related_name="+")
    withheld_slip = models.CharField(max_length=60, blank=True)
    allocated = models.BigIntegerField(default=0)
    refunded = models.BigIntegerField(default=0)
    bank_row = models.OneToOneField(BankRow, models.PROTECT, null=True, related_name="payment")
    reference = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reversed_at = models.DateTimeField(null=True)
    simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["-id"]
        constraints = [
            *filled("payment", "number"),
            *not_negative("payment", "rupiah", "withheld", "allocated", "refunded"),
            one_of("payment", "till", Till),
            models.CheckConstraint(
                condition=Q(allocated__lte=F("rupiah") + F("withheld") - F("refunded")), name="payment_not_spent_twice"
            ),
            models.CheckConstraint(
                condition=Q(withheld=0) | Q(withheld_rate__isnull=False), name="payment_withheld_by_a_rate"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def left(self) -> int:
        """What isn't set against an invoice yet, nor paid back; nothing of a payment that was taken back."""
        if self.reversed_at is not None:
            return 0
        return self.rupiah + self.withheld - self.allocated - self.refunded


class Allocation(models.Model):
    """So much of a payment pays so much of an invoice; taken back by a row below zero."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="allocations")
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="allocations")
    rupiah = models.BigIntegerField()
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(rupiah=0), name="allocation_says_it")]

    def __str__(self) -> str:
        return f"{self.payment_id} → {self.invoice_id}: {self.rupiah}"


class Refund(models.Model):
    """Money paid back to a buyer out of what its payment left."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="refunds")
    on = models.DateField()
    till = models.CharField(max_length=4, choices=Till)
    rupiah = models.BigIntegerField()
    reason = models.CharField(max_length=400)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [*positive("refund", "rupiah"), *filled("refund", "reason"), one_of("refund", "till", Till)]

    def __str__(self) -> str:
        return f"{self.payment_id}: {self.rupiah}"
