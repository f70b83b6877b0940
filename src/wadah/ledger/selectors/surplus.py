"""A year's surplus as pages and papers show it: where the year stands, the decision, each member's share in steps."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from django.db.models import F, Q, Sum

from wadah.demand.selectors import PaperStanding
from wadah.ledger.models import BookYear, Meeting, MeetingPool, SurplusPayout, SurplusShare
from wadah.ledger.rules.surplus import surplus_split
from wadah.ledger.selectors.years import year_bases, year_entries
from wadah.ledger.words import Pool, YearStatus

if TYPE_CHECKING:
    from collections.abc import Collection
    from decimal import Decimal

    from django.db.models import QuerySet

    from wadah.ledger.rules.surplus import Split
    from wadah.ledger.selectors.years import Bases

LEFT = F("patronage") + F("capital") - F("paid")
WHOLE = F("patronage") + F("capital")


@dataclass(frozen=True, slots=True)
class Made:
    """Accepted pieces of one part that one maker made in a year, and what they paid."""

    part: str
    name: str
    pieces: Decimal
    rupiah: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A member's share from pieces to rupiah. pools: rupiah of the two members' pools; work_all, savings_all: what all
    members have of each base."""

    share: SurplusShare
    meeting: Meeting
    year: BookYear
    made: list[Made]
    pools: dict[str, MeetingPool]
    work_all: int
    savings_all: int

    @property
    def patronage_exact(self) -> Fraction:
        return exact(self.pools.get(Pool.PATRONAGE), self.share.patronage_base, self.work_all)

    @property
    def capital_exact(self) -> Fraction:
        return exact(self.pools.get(Pool.CAPITAL), self.share.capital_base, self.savings_all)


@dataclass(frozen=True, slots=True)
class Preview:
    """What sharing would come to, before anybody shares."""

    split: Split
    bases: Bases


def exact(pool: MeetingPool | None, base: int, of_all: int) -> Fraction:
    return Fraction((pool.rupiah if pool else 0) * base, of_all) if of_all else Fraction(0)


def years_seen(cooperatives: Collection[int]) -> QuerySet[BookYear]:
    rows = BookYear.objects.filter(cooperative__in=cooperatives)
    return rows.select_related("cooperative__area", "proposed_by", "closed_by", "meeting")


def year_standing(cooperative: int, year: int) -> BookYear | None:
    return years_seen([cooperative]).filter(year=year).first()


def meeting_of(book_year: BookYear) -> Meeting | None:
    rows = Meeting.objects.filter(book_year=book_year).select_related("book_year__cooperative__area", "by", "shared_by")
    return rows.first()


def preview(meeting: Meeting) -> Preview | None:
    """None for a loss. Three queries."""
    year = meeting.book_year
    if year.result <= 0:
        return None
    bases = year_bases(year.cooperative_id, year.year, meeting.patronage_base)
    split = surplus_split(
        result=year.result,
        members=year.members_part,
        percents={Pool(pool.pool): pool.percent for pool in meeting.pools.all()},
        others_to_reserve=meeting.others_to_reserve,
        has_work=bool(bases.work),
        has_savings=bool(bases.savings),
    )
    return Preview(split, bases)


def shares_unpaid(meeting: Meeting) -> list[SurplusShare]:
    """Shares of which something is left to pay, by name. One query."""
    return list(shares_of_meeting(meeting).filter(paid__lt=WHOLE))


def shares_of_meeting(meeting: Meeting) -> QuerySet[SurplusShare]:
    """By name, each with `left`, rupiah still to be paid, and `whole`."""
    rows = SurplusShare.objects.filter(meeting=meeting).select_related("ikm")
    return rows.annotate(left=LEFT, whole=WHOLE).order_by("ikm__name", "pk")


def shares_seen(*, cooperatives: Collection[int], ikms: Collection[int]) -> QuerySet[SurplusShare]:
    """Shares of these cooperatives, and a member's own in any; only once they are shared."""
    rows = SurplusShare.objects.filter(Q(meeting__book_year__cooperative__in=cooperatives) | Q(ikm__in=ikms))
    rows = rows.filter(meeting__shared_at__isnull=False)
    return rows.select_related("ikm", "meeting__book_year__cooperative__area").order_by("-meeting__book_year__year")


def sheet_of(share: SurplusShare) -> Sheet:
    """Three queries."""
    meeting, year = share.meeting, share.meeting.book_year
    totals = meeting.shares.aggregate(work=Sum("patronage_base"), savings=Sum("capital_base"))
    return Sheet(
        share=share,
        meeting=meeting,
        year=year,
        made=made_by(year, share.ikm_id),
        pools={pool.pool: pool for pool in meeting.pools.all()},
        work_all=totals["work"] or 0,
        savings_all=totals["savings"] or 0,
    )


def made_by(year: BookYear, ikm: int) -> list[Made]:
    rows = year_entries(year.cooperative_id, year.year).filter(ikm=ikm).order_by("work_order__part__code")
    by_part = rows.values_list("work_order__part__code", "work_order__part__name")
    return [Made(*columns) for columns in by_part.annotate(all=Sum("pieces"), paid=Sum("rupiah"))]


def payouts_of_run(payout: SurplusPayout) -> list[SurplusPayout]:
    """All shares that were paid at one stroke with this one, by number. One query."""
    rows = SurplusPayout.objects.filter(share__meeting=payout.share.meeting_id, at=payout.at, by=payout.by_id)
    return list(rows.select_related("share__ikm").order_by("pk"))


def payouts_seen(cooperatives: Collection[int]) -> QuerySet[SurplusPayout]:
    rows = SurplusPayout.objects.filter(share__meeting__book_year__cooperative__in=cooperatives)
    return rows.select_related("share__ikm", "share__meeting__book_year__cooperative__area", "by")


def share_paper_standing(number: str, code: str) -> PaperStanding | None:
    """How a member's sheet ("SHU-2025-17" of year and share) stands; None where there is no such paper."""
    row = SurplusShare.objects.filter(check_code=code).select_related("meeting__book_year").first()
    if row is None or row.meeting.shared_at is None or share_number(row) != number:
        return None
    return PaperStanding(number, row.meeting.held_on, row.meeting.book_year.status == YearStatus.SHARED)


def share_number(row: SurplusShare) -> str:
    """What stands on a member's sheet: the year that was shared, and the share."""
    return f"LBR-{row.meeting.book_year.year}-{row.pk}"
