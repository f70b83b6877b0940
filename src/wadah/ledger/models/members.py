"""What members earn, owe, save and are paid: work entries, terms, advances, savings, settlements, payouts."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wadah.accounts.models import User
from wadah.catalogue.constraints import filled, not_negative, one_of, positive
from wadah.catalogue.models import Motif
from wadah.demand.rules import check_code_new
from wadah.ledger.models.openings import Opening
from wadah.ledger.models.repaying import Repayment
from wadah.ledger.words import AdvanceKind, SavingKind, SettlementStatus, Till
from wadah.register.models import Cooperative, Ikm
from wadah.work.models import LotMove, WorkOrder


class MemberTerms(models.Model):
    """What members agreed on, from valid_from on until the next row; decided_by: the meeting, its number and day.

    principal_saving_rupiah: once, on joining; mandatory_saving_rupiah_month: a month; voluntary_percent: of the pay;
    recovery_percent_max: how much of a settlement may go to pay back advances; penalty_percent_week: of the pay of
    pieces handed over late, a week begun, up to penalty_cap_percent; 0: no penalty.
    """

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    decided_by = models.CharField(max_length=200)
    principal_saving_rupiah = models.BigIntegerField(default=0)
    mandatory_saving_rupiah_month = models.BigIntegerField(default=0)
    voluntary_percent = models.DecimalField(max_digits=6, decimal_places=3, default=0)
    recovery_percent_max = models.DecimalField(max_digits=6, decimal_places=3, default=50)
    penalty_percent_week = models.DecimalField(max_digits=6, decimal_places=3, default=0)
    penalty_cap_percent = models.DecimalField(max_digits=6, decimal_places=3, default=0)
    simulated = models.BooleanField(default=False)

    PERCENTS = ("voluntary_percent", "recovery_percent_max", "penalty_percent_week", "penalty_cap_percent")

    class Meta:
        ordering = ["cooperative", "valid_from"]
        constraints = [
            *filled("memberterms", "decided_by"),
            *not_negative("memberterms", "principal_saving_rupiah", "mandatory_saving_rupiah_month"),
            *not_negative("memberterms", "voluntary_percent", "recovery_percent_max"),
            *not_negative("memberterms", "penalty_percent_week", "penalty_cap_percent"),
            models.CheckConstraint(
                condition=Q(voluntary_percent__lte=100, recovery_percent_max__lte=100, penalty_cap_percent__lte=100),
                name="memberterms_percent",
            ),
            models.UniqueConstraint(fields=["cooperative", "valid_from"], name="memberterms_once"),
        ]

    def __str__(self) -> str:
        return f"{self.cooperative_id} from {self.valid_from}"


class VoluntarySaving(models.Model):
    """How much of each settlement a member wants to save, from valid_from on; without a row, as all members agreed."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    ikm = models.ForeignKey(Ikm, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    percent = models.DecimalField(max_digits=6, decimal_places=3)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["valid_from"]
        constraints = [
            *not_negative("voluntarysaving", "percent"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="voluntarysaving_percent"),
            models.UniqueConstraint(fields=["cooperative", "ikm", "valid_from"], name="voluntarysaving_once"),
        ]

    def __str__(self) -> str:
        return f"{self.ikm_id}: {self.percent}"


class Settlement(models.Model):
    """One settlement run over all makers: what was accepted up to the last day `until` and isn't settled yet.

    number: "PNY-2026-0001"; terms: of the members that held; prepared by one person, locked by another.
    """

    number = models.CharField(max_length=24, unique=True)
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    until = models.DateField()
    on = models.DateField(help_text="the day that it is posted to")
    status = models.CharField(max_length=6, choices=SettlementStatus, default=SettlementStatus.DRAFT)
    terms = models.ForeignKey(MemberTerms, models.PROTECT, null=True, related_name="+")
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    locked_at = models.DateTimeField(null=True)
    locked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["-id"]
        constraints = [
            *filled("settlement", "number"),
            one_of("settlement", "status", SettlementStatus),
            models.UniqueConstraint(
                fields=["cooperative"], condition=Q(status="draft"), name="settlement_one_draft_a_cooperative"
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | (Q(locked_by__isnull=False) & ~Q(locked_by=F("prepared_by"))),
                name="settlement_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.status}"


class SettlementRow(models.Model):
    """What one maker is paid in a settlement, and why.

    work: for accepted pieces, below zero where more came back than was accepted; penalty: by the members' rule, below
    zero where pieces that were fined came back; recovered: of advances; carried_in: what earlier settlements left owed
    to the cooperative; mandatory, voluntary: saved; carried_out: what is still owed, where work is less than nothing;
    net ≥ 0 = what is paid = work − penalty − recovered − carried_in − mandatory − voluntary + carried_out. paid: of it,
    so far. why: what the paper says (rules/settlement.py `Told`), frozen when the settlement is prepared.
    """

    # Without an index of its own: right after its rows are written PostgreSQL takes that for the better one, and reads
    # all rows of a settlement for each piece of work. That of `settlementrow_once` begins with it too.
    settlement = models.ForeignKey(Settlement, models.CASCADE, related_name="rows", db_index=False)
    ikm = models.ForeignKey(Ikm, models.PROTECT, related_name="+")
    check_code = models.CharField(max_length=12, default=check_code_new)
    work = models.BigIntegerField(default=0)
    penalty = models.BigIntegerField(default=0)
    recovered = models.BigIntegerField(default=0)
    carried_in = models.BigIntegerField(default=0)
    mandatory = models.BigIntegerField(default=0)
    voluntary = models.BigIntegerField(default=0)
    carried_out = models.BigIntegerField(default=0)
    net = models.BigIntegerField(default=0)
    paid = models.BigIntegerField(default=0)
    why = models.JSONField(default=list)

    class Meta:
        ordering = ["settlement", "ikm"]
        constraints = [
            *not_negative("settlementrow", "recovered", "carried_in", "mandatory", "voluntary"),
            *not_negative("settlementrow", "carried_out", "net", "paid"),
            models.UniqueConstraint(fields=["settlement", "ikm"], name="settlementrow_once"),
            models.CheckConstraint(condition=Q(paid__lte=F("net")), name="settlementrow_not_paid_twice"),
            models.CheckConstraint(
                condition=Q(
                    net=F("work")
                    - F("penalty")
                    - F("recovered")
                    - F("carried_in")
                    - F("mandatory")
                    - F("voluntary")
                    + F("carried_out")
                ),
                name="settlementrow_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.settlement_id}: {self.ikm_id} {self.net}"


class WorkEntry(models.Model):
    """An accepted move of pieces (work.LotMove) in the books: posted once (P1), settled once.

    pieces, rupiah: below zero where accepted pieces were rejected afterwards; rupiah: what all pieces of the work order
    that are accepted now pay, less what they paid before (docs/ledger.md P1); late_weeks: weeks begun after the day
    they were due; royalty_rupiah: to the holder of motif. is_member: whether the maker was a member that day, frozen.
    settled: the row of the settlement that it was settled in.
    """

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+", db_index=False)
    move = models.OneToOneField(LotMove, models.PROTECT, related_name="+")
    work_order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="+")
    ikm = models.ForeignKey(Ikm, models.PROTECT, related_name="+")
    on = models.DateField()
    is_member = models.BooleanField()
    pieces = models.DecimalField(max_digits=14, decimal_places=3)
    accepted_after = models.DecimalField(max_digits=14, decimal_places=3)
    rupiah = models.BigIntegerField()
    late_weeks = models.PositiveSmallIntegerField(default=0)
    motif = models.ForeignKey(Motif, models.PROTECT, null=True, related_name="+", db_index=False)
    royalty_rupiah_piece = models.BigIntegerField(default=0)
    royalty_rupiah = models.BigIntegerField(default=0)
    settled = models.ForeignKey(SettlementRow, models.PROTECT, null=True, related_name="entries")

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["cooperative", "on"], name="workentry_unsettled", condition=Q(settled=None)),
            models.Index(fields=["motif"], name="workentry_of_a_motif", condition=Q(motif__isnull=False)),
            models.Index(fields=["cooperative", "ikm", "on"], name="workentry_of_an_ikm"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(pieces=0), name="workentry_some_pieces"),
            *not_negative("workentry", "accepted_after", "royalty_rupiah_piece"),
        ]

    def __str__(self) -> str:
        return f"{self.work_order_id}: {self.pieces} {self.rupiah}"


class Advance(models.Model):
    """Money or material that a member got ahead of pay, to be taken off settlements. number: "UM-2026-0001".

    recovered: so far, by settlements and by repayments; opening: it was given before the books began in Wadah (P20);
    reversed_at: entered by mistake, and taken back.
    """

    number = models.CharField(max_length=24, unique=True)
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    ikm = models.ForeignKey(Ikm, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=AdvanceKind)
    on = models.DateField()
    till = models.CharField(max_length=4, choices=Till, blank=True)
    rupiah = models.BigIntegerField()
    recovered = models.BigIntegerField(default=0)
    what = models.CharField(max_length=400)
    opening = models.ForeignKey(Opening, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reversed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            *filled("advance", "number", "what"),
            *positive("advance", "rupiah"),
            *not_negative("advance", "recovered"),
            one_of("advance", "kind", AdvanceKind),
            one_of("advance", "till", Till, blank=True),
            models.CheckConstraint(condition=Q(recovered__lte=F("rupiah")), name="advance_not_recovered_twice"),
            models.CheckConstraint(
                condition=Q(kind="material") | ~Q(till="") | Q(opening__isnull=False),
                name="advance_of_money_has_a_till",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.rupiah}"


class Recovery(models.Model):
    """How much of an advance a settlement took off, or a maker paid back by hand."""

    row = models.ForeignKey(SettlementRow, models.PROTECT, null=True, related_name="recoveries")
    repayment = models.ForeignKey(Repayment, models.PROTECT, null=True, related_name="recoveries")
    advance = models.ForeignKey(Advance, models.PROTECT, related_name="recoveries")
    rupiah = models.BigIntegerField()

    class Meta:
        constraints = [
            *positive("recovery", "rupiah"),
            models.UniqueConstraint(fields=["row", "advance"], name="recovery_once"),
            models.UniqueConstraint(fields=["repayment", "advance"], name="recovery_repaid_once"),
            models.CheckConstraint(
                condition=Q(row__isnull=False, repayment=None) | Q(row=None, repayment__isnull=False),
                name="recovery_off_the_pay_or_by_hand",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.advance_id}: {self.rupiah}"


class Saving(models.Model):
    """A member's savings went up (rupiah > 0) or down. row: withheld in a settlement, and posted with it (P7); opening:
    saved before the books began in Wadah (P20); else P9.

    number: "SIM-2026-0001" of what was paid in or out by hand, empty where a settlement withheld it; reverses: the row,
    entered by mistake, that this one takes back: the sum of all rows is what is saved.
    """

    number = models.CharField(max_length=24, blank=True)
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+", db_index=False)
    ikm = models.ForeignKey(Ikm, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=SavingKind)
    on = models.DateField()
    rupiah = models.BigIntegerField()
    till = models.CharField(max_length=4, choices=Till, blank=True)
    row = models.ForeignKey(SettlementRow, models.PROTECT, null=True, related_name="savings")
    opening = models.ForeignKey(Opening, models.PROTECT, null=True, related_name="+")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    note = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["on", "id"]
        indexes = [models.Index(fields=["cooperative", "ikm", "kind"], name="saving_of_a_member")]
        constraints = [
            one_of("saving", "kind", SavingKind),
            one_of("saving", "till", Till, blank=True),
            models.CheckConstraint(condition=~Q(rupiah=0), name="saving_says_it"),
            models.CheckConstraint(
                condition=(Q(row__isnull=False) & Q(rupiah__gt=0))
                | Q(opening__isnull=False, rupiah__gt=0)
                | (~Q(till="") & ~Q(number="")),
                name="saving_withheld_or_by_hand",
            ),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="saving_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.ikm_id} {self.kind}: {self.rupiah:+}"


class PayoutAccount(models.Model):
    """Where a maker's money goes, from valid_from on. number: encrypted; last: its last four digits, to be shown."""

    ikm = models.ForeignKey(Ikm, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    bank = models.CharField(max_length=60)
    holder = models.CharField(max_length=120)
    number = models.TextField(help_text="encrypted")
    last = models.CharField(max_length=4)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["ikm", "valid_from", "id"]
        constraints = [*filled("payoutaccount", "bank", "holder", "number", "last")]

    def __str__(self) -> str:
        return f"{self.ikm_id}: …{self.last}"


class Payout(models.Model):
    """One payment run of a locked settlement. number: "BYR-2026-0001"; file: how it went out, "bank" or "cash"."""

    number = models.CharField(max_length=24, unique=True)
    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="payouts")
    on = models.DateField()
    till = models.CharField(max_length=4, choices=Till)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [*filled("payout", "number"), one_of("payout", "till", Till)]

    def __str__(self) -> str:
        return self.number


class PayoutRow(models.Model):
    """What one maker got in a payment run (P8). received_by: who signed for cash."""

    payout = models.ForeignKey(Payout, models.PROTECT, related_name="rows")
    row = models.ForeignKey(SettlementRow, models.PROTECT, related_name="payouts")
    account = models.ForeignKey(PayoutAccount, models.PROTECT, null=True, related_name="+")
    rupiah = models.BigIntegerField()
    received_by = models.CharField(max_length=120, blank=True)
    reversed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [*positive("payoutrow", "rupiah")]

    def __str__(self) -> str:
        return f"{self.row_id}: {self.rupiah}"


class RoyaltyPayout(models.Model):
    """Royalties paid to the holder of a motif (P16). number: "ROY-2026-0001"."""

    number = models.CharField(max_length=24, unique=True)
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    motif = models.ForeignKey(Motif, models.PROTECT, related_name="+")
    holder = models.CharField(max_length=120)
    on = models.DateField()
    till = models.CharField(max_length=4, choices=Till)
    rupiah = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reversed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            *filled("royaltypayout", "number", "holder"),
            *positive("royaltypayout", "rupiah"),
            one_of("royaltypayout", "till", Till),
        ]

    def __str__(self) -> str:
        return self.number
