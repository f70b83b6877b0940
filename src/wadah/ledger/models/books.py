"""The book of a cooperative, its accounts, and the months that are closed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wadah.accounts.models import User
from wadah.catalogue.constraints import filled, one_of
from wadah.ledger.words import Group, Party, Side
from wadah.register.models import Cooperative

HASH_LENGTH = 64


class Book(models.Model):
    """One row a cooperative: the lock under which postings are added, and the head of their chain.

    head_seq: the number of the last posting, 0 before the first; head_hash: its hash (docs/ledger.md L4); opened_on:
    the first day that may be posted to.
    """

    cooperative = models.OneToOneField(Cooperative, models.PROTECT, related_name="+")
    opened_on = models.DateField()
    head_seq = models.PositiveBigIntegerField(default=0)
    head_hash = models.CharField(max_length=HASH_LENGTH, blank=True)

    def __str__(self) -> str:
        return f"{self.cooperative_id}: {self.head_seq}"


class Account(models.Model):
    """An account of the chart (rules/chart.py), or one that a cooperative added: then it has a name of its own.

    party: of whom each line must name one; manual: whether a journal entry may use it (never where a sub-ledger or a
    rule owns it). archived: no new journal entries.
    """

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, null=True, blank=True, related_name="+")
    code = models.CharField(max_length=8)
    name = models.CharField(max_length=120, blank=True)
    group = models.CharField(max_length=17, choices=Group)
    side = models.CharField(max_length=6, choices=Side)
    party = models.CharField(max_length=5, choices=Party, blank=True)
    manual = models.BooleanField(default=False)
    archived = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]
        constraints = [
            *filled("account", "code"),
            one_of("account", "group", Group),
            one_of("account", "side", Side),
            one_of("account", "party", Party, blank=True),
            models.UniqueConstraint(fields=["cooperative", "code"], name="account_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(cooperative__isnull=True), name="account_of_the_chart"
            ),
            models.CheckConstraint(
                condition=Q(cooperative__isnull=True) | (~Q(name="") & Q(party="")), name="account_own_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Period(models.Model):
    """A month that is closed: nothing more is posted into it. month: its first day.

    closed_seq: the last posting when it was closed, so that it can be told of each posting which months were open.
    """

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    month = models.DateField()
    closed_seq = models.PositiveBigIntegerField()
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "month"], name="period_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="period_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.cooperative_id} {self.month:%Y-%m}"
