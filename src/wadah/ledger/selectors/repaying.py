"""What makers owe their cooperative, from settlements (account 1111) and advances (1112), and what they paid back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import BigIntegerField, Count, DateField, F, Field, Min, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from wadah.demand.selectors import PaperStanding
from wadah.ledger.models import Advance, Recovery, Repayment, SettlementRow
from wadah.ledger.words import SettlementStatus
from wadah.register.models import Ikm
from wadah.register.selectors import cooperatives_named

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from django.db.models import QuerySet
    from django.db.models.expressions import Combinable

    from wadah.register.models import Cooperative

NOTHING = Value(0, output_field=BigIntegerField())
LEFT = F("rupiah") - F("recovered")
CARRIED = F("carried_out") - F("carried_in")


@dataclass(frozen=True, slots=True)
class Owing:
    """What one maker owes one cooperative. debt: left by settlements; advances: with `left`, the oldest first."""

    cooperative: Cooperative
    debt: int
    advances: list[Advance]

    @property
    def rupiah(self) -> int:
        return self.debt + sum(self.lefts)

    @property
    def lefts(self) -> list[int]:
        return [row.rupiah - row.recovered for row in self.advances]


def settled_rows(cooperatives: Collection[int]) -> QuerySet[SettlementRow]:
    """Of locked settlements."""
    rows = SettlementRow.objects.filter(settlement__cooperative__in=cooperatives)
    return rows.exclude(settlement__status=SettlementStatus.DRAFT)


def owing(cooperative: Cooperative, ikm: int, day: dt.date | None = None) -> Owing:
    """Today, or of it what was given and settled up to a day already. Three queries."""
    of: dict[str, Any] = {"cooperative": cooperative, "ikm": ikm, "reversed_at": None}
    rows = settled_rows([cooperative.pk]).filter(ikm=ikm)
    by_then = Q(settlement__on__lte=day) if day else Q()
    sums = rows.aggregate(all=Sum(CARRIED), then=Sum(CARRIED, filter=by_then))
    left = min(sums["all"] or 0, sums["then"] or 0)
    repaid = Repayment.objects.filter(**of).aggregate(all=Sum("debt"))["all"] or 0
    advances = Advance.objects.filter(recovered__lt=F("rupiah"), **of, **({"on__lte": day} if day else {}))
    return Owing(cooperative, max(left - repaid, 0), list(advances.annotate(left=LEFT).order_by("on", "id")))


def owings(cooperatives: Collection[int], ikm: int) -> list[Owing]:
    """What a maker owes to each of these cooperatives; where it owes nothing is left out. Four queries a cooperative
    that a maker belongs to, which is one."""
    found = [owing(one, ikm) for one in cooperatives_named(cooperatives)]
    return [one for one in found if one.rupiah]


def maker_named(ikm: int) -> Ikm | None:
    return Ikm.objects.filter(pk=ikm).first()


def debtors(cooperatives: Collection[int]) -> QuerySet[Ikm]:
    """Makers who owe these cooperatives something, with `debt`, `ahead` (of advances), `owed` together and `since` (the
    day of the oldest advance, None without one); who owes most comes first. One query."""
    rows = Ikm.objects.annotate(
        carried=summed(settled_rows(cooperatives), CARRIED),
        repaid=summed(Repayment.objects.filter(cooperative__in=cooperatives, reversed_at=None), "debt"),
        ahead=summed(advances_open(cooperatives), LEFT),
        since=of_maker(advances_open(cooperatives), Min("on"), DateField()),
    ).annotate(debt=F("carried") - F("repaid"))
    return rows.annotate(owed=F("debt") + F("ahead")).filter(Q(debt__gt=0) | Q(ahead__gt=0)).order_by("-owed", "pk")


def advances_open(cooperatives: Collection[int]) -> QuerySet[Advance]:
    return Advance.objects.filter(cooperative__in=cooperatives, reversed_at=None, recovered__lt=F("rupiah"))


def of_maker(rows: QuerySet[Any], told: Any, kind: Field[Any, Any]) -> Combinable:
    own = rows.filter(ikm=OuterRef("pk")).order_by().values("ikm").annotate(all=told)
    return Subquery(own.values("all"), output_field=kind)


def summed(rows: QuerySet[Any], amount: Any) -> Combinable:
    return Coalesce(of_maker(rows, Sum(amount), BigIntegerField()), NOTHING)


@dataclass(frozen=True, slots=True)
class Debts:
    """makers: how many owe something; rupiah: together."""

    makers: int
    rupiah: int


def debts_recap(cooperatives: Collection[int]) -> Debts:
    """One query."""
    rows = debtors(cooperatives).order_by().aggregate(makers=Count("pk"), rupiah=Sum("owed"))
    return Debts(rows["makers"], rows["rupiah"] or 0)


def repayments_seen(*, cooperatives: Collection[int] = (), ikms: Collection[int] = ()) -> QuerySet[Repayment]:
    """All of these cooperatives, and of these makers what counts; the newest first."""
    own = Q(ikm__in=ikms, reversed_at=None)
    rows = Repayment.objects.filter(Q(cooperative__in=cooperatives) | own)
    return rows.select_related("ikm", "cooperative__area", "by").order_by("-on", "-id")


def parts_of(repayment: Repayment) -> list[Recovery]:
    """Which advances it went to, the oldest first."""
    return list(Recovery.objects.filter(repayment=repayment).select_related("advance").order_by("advance__on", "pk"))


def recoveries_of_advance(advance: Advance) -> list[Recovery]:
    """How an advance was paid back: off which pay, by which repayment; what was taken back is left out."""
    rows = Recovery.objects.filter(advance=advance).exclude(repayment__reversed_at__isnull=False)
    return list(rows.select_related("row__settlement", "repayment").order_by("pk"))


def repayment_paper_standing(number: str, code: str) -> PaperStanding | None:
    """How a receipt ("PL-2026-0001") stands; None where there is none with this number and code."""
    row = Repayment.objects.filter(number=number, check_code=code).first()
    return PaperStanding(number, row.on, valid=row.reversed_at is None) if row else None
