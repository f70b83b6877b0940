"""What the pages about members' money show: settlements and their rows, payouts, advances, savings, bank accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import BigIntegerField, Count, Exists, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from wadah.base.clock import today
from wadah.demand.selectors import PaperStanding
from wadah.ledger.models import (
    Advance,
    MemberTerms,
    Payout,
    PayoutAccount,
    PayoutRow,
    Recovery,
    RoyaltyPayout,
    Saving,
    Settlement,
    SettlementRow,
    VoluntarySaving,
)
from wadah.ledger.words import SavingKind, SettlementStatus
from wadah.register.models import Membership

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from decimal import Decimal

    from django.db.models import QuerySet
    from django.db.models.expressions import Combinable

    from wadah.register.models import Cooperative

NOTHING = Value(0, output_field=BigIntegerField())
AMOUNTS = ("work", "penalty", "recovered", "carried_in", "mandatory", "voluntary", "carried_out", "net", "paid")


@dataclass(frozen=True, slots=True)
class Recap:
    """A settlement in sums: columns of SettlementRow; makers: how many rows; unpaid: how many have something left."""

    makers: int
    unpaid: int
    sums: dict[str, int]

    @property
    def left(self) -> int:
        return self.sums["net"] - self.sums["paid"]


def settlements_seen(cooperatives: Collection[int]) -> QuerySet[Settlement]:
    """With `makers`, `net` and `left` of their rows, the newest first."""
    rows = Settlement.objects.filter(cooperative__in=cooperatives).select_related(
        "cooperative__area", "prepared_by", "locked_by", "terms"
    )
    of = SettlementRow.objects.filter(settlement=OuterRef("pk")).order_by().values("settlement")
    return rows.annotate(
        makers=summed(of.annotate(all=Count("pk"))),
        net=summed(of.annotate(all=Sum("net"))),
        left=summed(of.annotate(all=Sum(F("net") - F("paid")))),
    ).order_by("-until", "-id")


def summed(rows: QuerySet[Any, Any]) -> Combinable:
    return Coalesce(Subquery(rows.values("all"), output_field=BigIntegerField()), NOTHING)


def settlement_rows(settlement: Settlement) -> QuerySet[SettlementRow]:
    """By maker's name, without what the slips say; `left`: still to be paid."""
    rows = SettlementRow.objects.filter(settlement=settlement).select_related("ikm").defer("why")
    return rows.annotate(left=F("net") - F("paid")).order_by("ikm__name", "pk")


def recap(settlement: Settlement) -> Recap:
    """One query."""
    rows = SettlementRow.objects.filter(settlement=settlement)
    sums = {f"{name}_sum": Coalesce(Sum(name), NOTHING) for name in AMOUNTS}
    found = rows.aggregate(makers=Count("pk"), unpaid=Count("pk", filter=Q(net__gt=F("paid"))), **sums)
    return Recap(found["makers"], found["unpaid"], {name: found[f"{name}_sum"] for name in AMOUNTS})


def rows_seen(*, cooperatives: Collection[int], ikms: Collection[int]) -> QuerySet[SettlementRow]:
    """Rows with what their slips say: all of these cooperatives, and of these makers those that are locked."""
    own = Q(ikm__in=ikms) & ~Q(settlement__status=SettlementStatus.DRAFT)
    rows = SettlementRow.objects.filter(Q(settlement__cooperative__in=cooperatives) | own)
    return rows.select_related("ikm__area", "settlement__cooperative__area").order_by("-settlement__until", "-pk")


def slips_of(settlement: Settlement) -> QuerySet[SettlementRow]:
    """All rows with what their slips say, by maker's name."""
    rows = SettlementRow.objects.filter(settlement=settlement)
    return rows.select_related("ikm__area", "settlement__cooperative__area").order_by("ikm__name", "pk")


def recoveries_of(row: SettlementRow) -> list[Recovery]:
    return recoveries_in([row.pk])


def recoveries_in(rows: Collection[int]) -> list[Recovery]:
    """What was taken off which advances in these rows. One query."""
    found = Recovery.objects.filter(row__in=rows).select_related("advance")
    return list(found.order_by("row", "advance__on", "pk"))


def payments_of(row: SettlementRow) -> list[PayoutRow]:
    """Paid, and what came back, in their order."""
    return list(PayoutRow.objects.filter(row=row).select_related("payout", "account").order_by("pk"))


def slip_number(row: SettlementRow) -> str:
    return f"{row.settlement.number}-{row.ikm_id}"


def recap_code(rows: Sequence[SettlementRow]) -> str:
    """What stands on the papers of a whole settlement: the code of its first row, by id."""
    return min(rows, key=lambda row: row.pk).check_code


def members_paper_standing(number: str, code: str) -> PaperStanding | None:
    """How a slip ("PNY-2026-0001-17"), a recap ("PNY-2026-0001") or a list signed for cash ("BYR-2026-0001") stands;
    None where there is none with this number and code. A preview has no papers that count."""
    rows = SettlementRow.objects.filter(check_code=code).exclude(settlement__status=SettlementStatus.DRAFT)
    row = rows.select_related("settlement").first()
    if row is None:
        return None
    if number in {slip_number(row), row.settlement.number}:
        return PaperStanding(number, row.settlement.until, valid=True)
    payout = Payout.objects.filter(number=number, rows__row=row).first()
    return PaperStanding(number, payout.on, valid=True) if payout else None


def payouts_seen(cooperatives: Collection[int]) -> QuerySet[Payout]:
    rows = Payout.objects.filter(settlement__cooperative__in=cooperatives)
    return rows.select_related("settlement__cooperative__area", "by").order_by("-id")


def payouts_of(settlement: Settlement) -> QuerySet[Payout]:
    """With `makers` and `rupiah` that went out and didn't come back."""
    kept = Q(rows__reversed_at=None)
    rows = Payout.objects.filter(settlement=settlement).order_by("id")
    return rows.annotate(makers=Count("rows", filter=kept), rupiah=Coalesce(Sum("rows__rupiah", filter=kept), NOTHING))


def payout_rows(payout: Payout) -> QuerySet[PayoutRow]:
    rows = PayoutRow.objects.filter(payout=payout).select_related("row__ikm", "account", "payout").defer("row__why")
    return rows.order_by("row__ikm__name", "pk")


def payout_rows_seen(cooperatives: Collection[int]) -> QuerySet[PayoutRow]:
    rows = PayoutRow.objects.filter(payout__settlement__cooperative__in=cooperatives)
    return rows.select_related("payout__settlement", "row__ikm", "account")


def without_account(settlement: Settlement) -> int:
    """How many who are still to be paid have no bank account today. One query."""
    held = PayoutAccount.objects.filter(ikm=OuterRef("ikm"), valid_from__lte=today())
    return SettlementRow.objects.filter(~Exists(held), settlement=settlement, net__gt=F("paid")).count()


# -- advances, savings, terms ------------------------------------------------------------------------------------------


def advances_seen(cooperatives: Collection[int]) -> QuerySet[Advance]:
    """With `left`: what isn't recovered; 0 of those taken back."""
    rows = Advance.objects.filter(cooperative__in=cooperatives).select_related("ikm", "cooperative", "by")
    return rows.annotate(left=F("rupiah") - F("recovered")).order_by("-on", "-id")


def advances_open(ikms: Collection[int]) -> list[Advance]:
    """Of these makers, what is still to be taken off their pay, the oldest first."""
    rows = Advance.objects.filter(ikm__in=ikms, reversed_at=None, recovered__lt=F("rupiah"))
    return list(rows.annotate(left=F("rupiah") - F("recovered")).order_by("on", "id"))


def members_saving(cooperatives: Collection[int]) -> QuerySet[Membership]:
    """Places of members, the last of each, with `pokok`, `wajib` and `sukarela` saved; who left and has nothing saved
    any more is left out."""
    later = Membership.objects.filter(
        cooperative=OuterRef("cooperative"), role=Membership.Role.MEMBER, ikm=OuterRef("ikm"), pk__gt=OuterRef("pk")
    )
    rows = Membership.objects.filter(~Exists(later), cooperative__in=cooperatives, role=Membership.Role.MEMBER)
    rows = rows.annotate(
        pokok=saved_of(SavingKind.PRINCIPAL),
        wajib=saved_of(SavingKind.MANDATORY),
        sukarela=saved_of(SavingKind.VOLUNTARY),
    )
    stays = Q(left_on=None) | Q(left_on__gt=today())
    saving = Exists(Saving.objects.filter(cooperative=OuterRef("cooperative"), ikm=OuterRef("ikm")))
    return rows.filter(stays | saving).select_related("ikm", "cooperative").order_by("ikm__name", "pk")


def saved_of(kind: str) -> Combinable:
    """What a place's maker has saved of a kind."""
    rows = Saving.objects.filter(cooperative=OuterRef("cooperative"), ikm=OuterRef("ikm"), kind=kind)
    sums = rows.order_by().values("ikm").annotate(all=Sum("rupiah")).values("all")
    return Coalesce(Subquery(sums, output_field=BigIntegerField()), NOTHING)


def savings_of(cooperative: Cooperative | int, ikm: int) -> QuerySet[Saving]:
    """One maker's, the newest first."""
    rows = Saving.objects.filter(cooperative=cooperative, ikm=ikm).order_by("-on", "-id")
    return rows.select_related("row__settlement", "opening", "reverses", "reversed_by", "by")


def savings_seen(cooperatives: Collection[int]) -> QuerySet[Saving]:
    return Saving.objects.filter(cooperative__in=cooperatives).select_related("ikm", "cooperative")


def saved_sums(ikms: Collection[int]) -> dict[str, int]:
    """By kind, what these makers have saved in all; kinds with nothing are left out. One query."""
    rows = Saving.objects.filter(ikm__in=ikms).order_by().values_list("kind").annotate(all=Sum("rupiah"))
    return {kind: rupiah for kind, rupiah in rows if rupiah}


def terms_seen(cooperatives: Collection[int]) -> QuerySet[MemberTerms]:
    rows = MemberTerms.objects.filter(cooperative__in=cooperatives).select_related("cooperative")
    return rows.order_by("cooperative", "-valid_from")


def terms_held(cooperative: int) -> MemberTerms | None:
    """Those that hold today."""
    rows = MemberTerms.objects.filter(cooperative=cooperative, valid_from__lte=today())
    return rows.order_by("valid_from").last()


def wish_of(cooperative: int, ikm: int) -> Decimal | None:
    """How much of each pay a member wants to save; None: as all members agreed."""
    rows = VoluntarySaving.objects.filter(cooperative=cooperative, ikm=ikm, valid_from__lte=today())
    return rows.order_by("valid_from", "id").values_list("percent", flat=True).last()


# -- bank accounts and royalties ---------------------------------------------------------------------------------------


def members_accounts(cooperatives: Collection[int]) -> QuerySet[Membership]:
    """Members of today with `bank`, `last` and `account` of the bank account that holds today, None without one."""
    held = PayoutAccount.objects.filter(ikm=OuterRef("ikm"), valid_from__lte=today()).order_by("-valid_from", "-pk")
    rows = Membership.objects.filter(cooperative__in=cooperatives, role=Membership.Role.MEMBER, joined_on__lte=today())
    rows = rows.filter(Q(left_on=None) | Q(left_on__gt=today()))
    rows = rows.annotate(
        account=Subquery(held.values("pk")[:1]),
        bank=Subquery(held.values("bank")[:1]),
        last=Subquery(held.values("last")[:1]),
    )
    return rows.select_related("ikm", "cooperative").order_by("ikm__name", "pk")


def accounts_of(ikm: int) -> list[PayoutAccount]:
    """All that a maker ever had, the newest first."""
    rows = PayoutAccount.objects.filter(ikm=ikm).select_related("by")
    return list(rows.order_by("-valid_from", "-pk"))


def royalty_payouts_seen(cooperatives: Collection[int]) -> QuerySet[RoyaltyPayout]:
    rows = RoyaltyPayout.objects.filter(cooperative__in=cooperatives)
    return rows.select_related("motif", "cooperative", "by").order_by("-id")
