"""Postings and their lines: written once, in one place (services/posting.py), never changed (docs/ledger.md L1-L4)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wadah.accounts.models import User
from wadah.catalogue.constraints import filled, not_negative, one_of, positive
from wadah.catalogue.models import Motif
from wadah.demand.models import Buyer
from wadah.ledger.models.books import HASH_LENGTH, Account
from wadah.ledger.words import Rule
from wadah.register.models import Cooperative, Ikm
from wadah.work.models import Lot


class Posting(models.Model):
    """One event in the books of a cooperative.

    seq: 1, 2, 3 … a cooperative, without a gap; on: the day that counts; rule: which of docs/ledger.md; source_kind and
    source_id: the document it comes from, and source_number what stands on it; at and by: when and by whom that was
    made; reverses: the posting that it takes back; previous_hash, hash: the chain.
    """

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+", db_index=False)  # posting_seq_once
    seq = models.PositiveBigIntegerField()
    on = models.DateField()
    rule = models.CharField(max_length=3, choices=Rule)
    source_kind = models.CharField(max_length=20)
    source_id = models.BigIntegerField()
    source_number = models.CharField(max_length=24, blank=True)
    note = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    previous_hash = models.CharField(max_length=HASH_LENGTH, blank=True)
    hash = models.CharField(max_length=HASH_LENGTH)

    class Meta:
        ordering = ["cooperative", "seq"]
        indexes = [models.Index(fields=["cooperative", "on"], name="posting_by_day")]
        constraints = [
            *positive("posting", "seq"),
            *filled("posting", "source_kind", "hash"),
            one_of("posting", "rule", Rule),
            models.UniqueConstraint(fields=["cooperative", "seq"], name="posting_seq_once"),
            models.UniqueConstraint(fields=["rule", "source_kind", "source_id"], name="posting_source_once"),
        ]

    def __str__(self) -> str:
        return f"{self.cooperative_id}/{self.seq} {self.rule}"


class PostingLine(models.Model):
    """So many rupiah on one side of an account. lot, pieces: of what, where the event was about pieces.

    There are a million of them in a large cooperative's year, so no column is indexed twice, and what few lines have
    only where they have it: each index costs a settlement time.
    """

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="lines", db_index=False)  # postingline_once
    line_no = models.PositiveIntegerField()
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)  # line_of_an_ikm
    debit = models.BigIntegerField(default=0)
    credit = models.BigIntegerField(default=0)
    ikm = models.ForeignKey(Ikm, models.PROTECT, null=True, related_name="+")
    buyer = models.ForeignKey(Buyer, models.PROTECT, null=True, related_name="+", db_index=False)
    motif = models.ForeignKey(Motif, models.PROTECT, null=True, related_name="+", db_index=False)
    lot = models.ForeignKey(Lot, models.PROTECT, null=True, related_name="+", db_index=False)
    pieces = models.DecimalField(max_digits=14, decimal_places=3, null=True)

    class Meta:
        ordering = ["posting", "line_no"]
        indexes = [
            models.Index(fields=["account", "ikm"], name="line_of_an_ikm"),
            models.Index(fields=["buyer", "account"], name="line_of_a_buyer", condition=Q(buyer__isnull=False)),
            models.Index(fields=["motif"], name="line_of_a_motif", condition=Q(motif__isnull=False)),
            models.Index(fields=["lot"], name="line_of_a_lot", condition=Q(lot__isnull=False)),
        ]
        constraints = [
            *positive("postingline", "line_no"),
            *not_negative("postingline", "debit", "credit"),
            models.UniqueConstraint(fields=["posting", "line_no"], name="postingline_once"),
            models.CheckConstraint(
                condition=(Q(debit__gt=0) & Q(credit=0)) | (Q(credit__gt=0) & Q(debit=0)), name="postingline_one_side"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.posting_id}/{self.line_no}: {self.debit} | {self.credit}"


class Reversal(models.Model):
    """Somebody took a posting back, and why; the mirror posting follows from it (P17)."""

    posting = models.OneToOneField(Posting, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=400)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [*filled("reversal", "reason")]

    def __str__(self) -> str:
        return f"of {self.posting_id}"


class Journal(models.Model):
    """An entry by hand: rent, wages, a purchase, a grant. number: "JU-2026-0001"; what: for whom and for what."""

    number = models.CharField(max_length=24, unique=True)
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    on = models.DateField()
    what = models.CharField(max_length=400)
    attachment = models.ForeignKey("base.Attachment", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [*filled("journal", "number", "what")]

    def __str__(self) -> str:
        return self.number


class JournalLine(models.Model):
    journal = models.ForeignKey(Journal, models.PROTECT, related_name="lines")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    debit = models.BigIntegerField(default=0)
    credit = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        constraints = [
            *not_negative("journalline", "debit", "credit"),
            models.CheckConstraint(
                condition=Q(debit=0, credit__gt=F("debit")) | Q(credit=0, debit__gt=F("credit")),
                name="journalline_one_side",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.journal_id}: {self.debit} | {self.credit}"
