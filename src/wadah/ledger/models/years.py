"""A year closed, what the annual meeting decided about its surplus, and each member's share."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wadah.accounts.models import User
from wadah.catalogue.constraints import filled, not_negative, one_of, positive
from wadah.catalogue.models import Part
from wadah.demand.rules import check_code_new
from wadah.ledger.words import PatronageBase, Pool, Till, YearStatus
from wadah.register.models import Cooperative, Ikm


class StockCount(models.Model):
    """What lay at the hub and at the workshops at the end of a day, at cost (P11). rupiah: of all rows."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    on = models.DateField()
    rupiah = models.BigIntegerField()
    before_rupiah = models.BigIntegerField(help_text="what the books held")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["on"]
        constraints = [
            *not_negative("stockcount", "rupiah", "before_rupiah"),
            models.UniqueConstraint(fields=["cooperative", "on"], name="stockcount_once"),
        ]

    def __str__(self) -> str:
        return f"{self.cooperative_id} {self.on}: {self.rupiah}"


class StockCountRow(models.Model):
    count = models.ForeignKey(StockCount, models.PROTECT, related_name="rows")
    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    pieces = models.DecimalField(max_digits=14, decimal_places=3)
    each_rupiah = models.DecimalField(max_digits=16, decimal_places=4)
    rupiah = models.BigIntegerField()
    how = models.CharField(max_length=8, help_text="where the price comes from: pay, price, none")

    class Meta:
        ordering = ["id"]
        constraints = [
            *not_negative("stockcountrow", "pieces", "each_rupiah", "rupiah"),
            models.UniqueConstraint(fields=["count", "part"], name="stockcountrow_once"),
        ]

    def __str__(self) -> str:
        return f"{self.part_id}: {self.rupiah}"


class BookYear(models.Model):
    """A calendar year of a cooperative, closed by two people (P13).

    result: revenue less all costs and tax, below zero for a loss; members_part: of it, from members' business, the rest
    from others' (docs/ledger.md S3); closed_seq: the last posting before the closing one.
    """

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=8, choices=YearStatus, default=YearStatus.PROPOSED)
    result = models.BigIntegerField()
    members_part = models.BigIntegerField()
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["-year"]
        constraints = [
            one_of("bookyear", "status", YearStatus),
            models.UniqueConstraint(fields=["cooperative", "year"], name="bookyear_once"),
            models.CheckConstraint(
                condition=Q(status="proposed") | (Q(closed_by__isnull=False) & ~Q(closed_by=F("proposed_by"))),
                name="bookyear_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cooperative_id} {self.year}"


class Meeting(models.Model):
    """What the annual meeting of members (RAT) decided about a year's surplus. reference: number of its minutes.

    others_to_reserve: the part from others' business goes to the reserve whole, else it is split with the rest, but
    never to members by their work.
    """

    book_year = models.OneToOneField(BookYear, models.PROTECT, related_name="meeting")
    reference = models.CharField(max_length=80)
    held_on = models.DateField()
    present = models.PositiveIntegerField(help_text="members who were there")
    members = models.PositiveIntegerField(help_text="members there are")
    patronage_base = models.CharField(max_length=6, choices=PatronageBase, default=PatronageBase.PAY)
    others_to_reserve = models.BooleanField(default=True)
    note = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    shared_at = models.DateTimeField(null=True)
    shared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-held_on"]
        constraints = [
            *filled("meeting", "reference"),
            *positive("meeting", "present", "members"),
            one_of("meeting", "patronage_base", PatronageBase),
            models.CheckConstraint(condition=Q(present__lte=F("members")), name="meeting_present_of_members"),
        ]

    def __str__(self) -> str:
        return self.reference


class MeetingPool(models.Model):
    """So many percent of the surplus to one pool; all pools of a meeting add up to exactly 100. rupiah: once shared."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="pools")
    pool = models.CharField(max_length=9, choices=Pool)
    percent = models.DecimalField(max_digits=7, decimal_places=4)
    rupiah = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        constraints = [
            *not_negative("meetingpool", "percent", "rupiah"),
            one_of("meetingpool", "pool", Pool),
            models.UniqueConstraint(fields=["meeting", "pool"], name="meetingpool_once"),
        ]

    def __str__(self) -> str:
        return f"{self.pool}: {self.percent}"


class SurplusShare(models.Model):
    """A member's share. patronage_base: rupiah of accepted work, or minutes in it; capital_base: principal and
    mandatory savings at the year's end, rupiah. paid: so far."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="shares")
    ikm = models.ForeignKey(Ikm, models.PROTECT, related_name="+")
    check_code = models.CharField(max_length=12, default=check_code_new)
    patronage_base = models.BigIntegerField()
    capital_base = models.BigIntegerField()
    patronage = models.BigIntegerField()
    capital = models.BigIntegerField()
    paid = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        constraints = [
            *not_negative("surplusshare", "patronage_base", "capital_base", "patronage", "capital", "paid"),
            models.UniqueConstraint(fields=["meeting", "ikm"], name="surplusshare_once"),
            models.CheckConstraint(
                condition=Q(paid__lte=F("patronage") + F("capital")), name="surplusshare_not_paid_twice"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ikm_id}: {self.patronage} + {self.capital}"

    @property
    def rupiah(self) -> int:
        return self.patronage + self.capital

    @property
    def unpaid(self) -> int:
        return self.rupiah - self.paid


class SurplusPayout(models.Model):
    """A member's share of the surplus, or a part of it, paid out (P15). number: "SHU-2026-0001"; reversed_at: it didn't
    arrive, and was taken back."""

    number = models.CharField(max_length=24, unique=True)
    share = models.ForeignKey(SurplusShare, models.PROTECT, related_name="payouts")
    on = models.DateField()
    till = models.CharField(max_length=4, choices=Till)
    rupiah = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reversed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            *filled("surpluspayout", "number"),
            *positive("surpluspayout", "rupiah"),
            one_of("surpluspayout", "till", Till),
        ]

    def __str__(self) -> str:
        return self.number
