"""Balances with which a cooperative that begins in mid-life comes into Wadah (P20): one document, by two people."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wadah.accounts.models import User
from wadah.catalogue.constraints import filled, not_negative, one_of, positive
from wadah.demand.models import Buyer
from wadah.ledger.models.books import Account
from wadah.ledger.words import OpeningKind, OpeningStatus
from wadah.register.models import Cooperative, Ikm


class Opening(models.Model):
    """Opening balances at the beginning of the day `on`, the first of a month. number: "SA-2026-0001".

    Prepared by one person, who may change it as often as they like; locked by another; taken back as long as nothing
    was built on it.
    """

    number = models.CharField(max_length=24, unique=True)
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    on = models.DateField()
    status = models.CharField(max_length=6, choices=OpeningStatus, default=OpeningStatus.DRAFT)
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    locked_at = models.DateTimeField(null=True)
    locked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["-id"]
        constraints = [
            *filled("opening", "number"),
            one_of("opening", "status", OpeningStatus),
            models.CheckConstraint(condition=Q(on__day=1), name="opening_first_of_a_month"),
            models.UniqueConstraint(
                fields=["cooperative"], condition=~Q(status="back"), name="opening_one_a_cooperative"
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | (Q(locked_by__isnull=False) & ~Q(locked_by=F("prepared_by"))),
                name="opening_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class OpeningLine(models.Model):
    """One balance: of an account, of a member's savings or advance, or an open invoice of a buyer.

    paper: the invoice's number in the old books, made on the day `made_on` and due on due_on.
    """

    opening = models.ForeignKey(Opening, models.CASCADE, related_name="lines")
    line_no = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=OpeningKind)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    debit = models.BigIntegerField(default=0)
    credit = models.BigIntegerField(default=0)
    ikm = models.ForeignKey(Ikm, models.PROTECT, null=True, related_name="+")
    buyer = models.ForeignKey(Buyer, models.PROTECT, null=True, related_name="+")
    paper = models.CharField(max_length=24, blank=True)
    made_on = models.DateField(null=True)
    due_on = models.DateField(null=True)

    class Meta:
        ordering = ["opening", "line_no"]
        constraints = [
            *positive("openingline", "line_no"),
            *not_negative("openingline", "debit", "credit"),
            one_of("openingline", "kind", OpeningKind),
            models.UniqueConstraint(fields=["opening", "line_no"], name="openingline_once"),
            models.CheckConstraint(
                condition=Q(debit=0, credit__gt=F("debit")) | Q(credit=0, debit__gt=F("credit")),
                name="openingline_one_side",
            ),
            models.CheckConstraint(
                condition=~Q(kind="invoice")
                | (Q(buyer__isnull=False, made_on__isnull=False, due_on__isnull=False) & ~Q(paper="")),
                name="openingline_invoice_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opening_id}/{self.line_no}: {self.debit} | {self.credit}"
