"""What work brings to people: income and its spread, work per floor, the surplus shared (O10)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Q, Sum

from wadah.ledger.models import SurplusShare
from wadah.observatory.rules.spread import gini, quantile, ratio_90_10
from wadah.register.models import Membership
from wadah.units import rupiah_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from wadah.observatory.rules.spans import Span
    from wadah.observatory.selectors.labour import Done
    from wadah.observatory.selectors.output import Paid
    from wadah.observatory.selectors.scope import Scope


@dataclass(frozen=True, slots=True)
class Income:
    """Pay for accepted work by firm. earning: firms with any; members: firms that were members at the end of the span;
    without: of them, those without pay. gini, ratio: of the earning ones; median in whole rupiah."""

    rupiah: int
    earning: int
    members: int
    without: int
    median: int | None
    gini: float | None
    ratio: float | None
    largest: float | None


def members_on(day: date, scope: Scope) -> frozenset[int]:
    """Firms that were members of a cooperative on a day. One query."""
    rows = Membership.objects.filter(Q(left_on__isnull=True) | Q(left_on__gt=day), joined_on__lte=day)
    rows = rows.filter(role=Membership.Role.MEMBER).filter(scope.holds("ikm__area"))
    return frozenset(firm for firm in rows.values_list("ikm", flat=True) if firm is not None)


def income_of(paid: Iterable[Paid], members: frozenset[int]) -> Income:
    """How pay is spread over firms; corrections below 0 are taken off the same firm's pay first."""
    by_firm: dict[int, int] = defaultdict(int)
    for row in paid:
        by_firm[row.ikm] += row.rupiah
    earned = sorted(rupiah for rupiah in by_firm.values() if rupiah > 0)
    total = sum(earned)
    return Income(
        rupiah=sum(by_firm.values()),
        earning=len(earned),
        members=len(members),
        without=len([firm for firm in members if by_firm.get(firm, 0) <= 0]),
        median=rupiah_of(quantile(earned, 0.5)) if earned else None,
        gini=gini(earned),
        ratio=ratio_90_10(earned),
        largest=earned[-1] / total if total else None,
    )


@dataclass(frozen=True, slots=True)
class Floor:
    """Accepted work on floor that the register knows. hours: on it; hours_unknown: in workshops whose floor it
    doesn't know; m2: of the workshops that worked."""

    m2: int
    hours: float
    hours_unknown: float
    workshops_unknown: int

    @property
    def hours_m2(self) -> float | None:
        return self.hours / self.m2 if self.m2 else None


def floor_of(done: Iterable[Done]) -> Floor:
    """Work per floor of `work_done`; a workshop's floor counts once, whatever trades it worked in."""
    listed = [row for row in done if row.hours > 0]
    known = {row.workshop: row.floor_m2 for row in listed if row.floor_m2}
    return Floor(
        m2=sum(known.values()),
        hours=sum(row.hours for row in listed if row.workshop in known),
        hours_unknown=sum(row.hours for row in listed if row.workshop not in known),
        workshops_unknown=len({row.workshop for row in listed if row.workshop not in known}),
    )


@dataclass(frozen=True, slots=True)
class Surplus:
    """Shares of cooperatives' surplus that annual meetings decided within a span, in whole rupiah; paid: so far."""

    rupiah: int
    paid: int
    firms: int


def surplus_shared(span: Span, scope: Scope) -> Surplus:
    """One query."""
    rows = SurplusShare.objects.filter(meeting__shared_at__gte=span.begins, meeting__shared_at__lt=span.ends)
    by_firm = rows.filter(scope.holds("ikm__area")).order_by().values_list("ikm")
    shares = list(by_firm.annotate(all_rupiah=Sum(F("patronage") + F("capital")), all_paid=Sum("paid")))
    return Surplus(sum(row[1] for row in shares), sum(row[2] for row in shares), len(shares))
