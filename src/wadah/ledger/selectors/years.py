"""How far a year is: what is missing before it can be closed, what its members did in it, what is left to pay."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Sum
from django.utils.translation import gettext as _

from wadah.base.clock import today
from wadah.ledger.models import Book, BookYear, Period, Posting, Saving, WorkEntry
from wadah.ledger.rules.months import months_between
from wadah.ledger.selectors.result import year_days
from wadah.ledger.services.books import month_name
from wadah.ledger.words import PatronageBase, Rule, SavingKind, YearStatus
from wadah.units import rupiah_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

MONTHS_NAMED = 3
CAPITAL_KINDS = (SavingKind.PRINCIPAL, SavingKind.MANDATORY)
NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Bases:
    """What the shares of a year are measured by, by ikm id: work (rupiah or minutes) and savings (rupiah); > 0 each."""

    work: dict[int, int]
    savings: dict[int, int]

    @property
    def members(self) -> list[int]:
        return sorted(self.work.keys() | self.savings.keys())


def year_missing(cooperative: int, year: int) -> list[str]:
    """What has to be done before the year can be closed, in words; nothing: it can. Four queries."""
    first, last = year_days(year)
    if last >= today():
        return [_("%(year)s isn't over yet.") % {"year": year}]
    book = Book.objects.filter(cooperative=cooperative).first()
    if book is None or book.opened_on > last:
        return [_("The books of %(year)s were never opened.") % {"year": year}]
    return [*earlier_open(cooperative, year), *months_open(cooperative, max(first, book.opened_on), last)]


def earlier_open(cooperative: int, year: int) -> list[str]:
    """Years close in order: one before this with postings that isn't closed."""
    closed = BookYear.objects.filter(cooperative=cooperative).exclude(status=YearStatus.PROPOSED)
    done = set(closed.values_list("year", flat=True))
    days = Posting.objects.filter(cooperative=cooperative, on__lt=dt.date(year, 1, 1)).order_by("on")
    oldest = days.values_list("on", flat=True).first()
    if oldest is None:
        return []
    return [_("%(year)s isn't closed yet.") % {"year": one} for one in range(oldest.year, year) if one not in done][:1]


def months_open(cooperative: int, first: dt.date, last: dt.date) -> list[str]:
    closed = set(Period.objects.filter(cooperative=cooperative).values_list("month", flat=True))
    found = [month for month in months_between(first, last) if month not in closed]
    if not found:
        return []
    named = ", ".join(month_name(month) for month in found[:MONTHS_NAMED])
    more = len(found) - MONTHS_NAMED
    if more > 0:
        return [_("Months not closed yet: %(months)s and %(more)s more.") % {"months": named, "more": more}]
    return [_("Months not closed yet: %(months)s.") % {"months": named}]


def year_entries(cooperative: int, year: int) -> QuerySet[WorkEntry]:
    """Members' accepted work whose posting lies in the year: the same work that is the year's cost, so that none is
    shared in two years, or in none."""
    posted = Posting.objects.filter(
        rule=Rule.ACCEPTED, source_kind="work_entry", source_id=OuterRef("pk"), on__range=year_days(year)
    )
    return WorkEntry.objects.filter(Exists(posted), cooperative=cooperative, is_member=True)


def year_bases(cooperative: int, year: int, measured_by: str) -> Bases:
    """What S4 and S5 share by. Two queries.

    Who has less than nothing (more came back than was accepted) has none.
    """
    entries = year_entries(cooperative, year)
    work = pay_of_year(entries) if measured_by == PatronageBase.PAY else minutes_of_year(entries)
    rows = Saving.objects.filter(cooperative=cooperative, kind__in=CAPITAL_KINDS, on__lte=year_days(year)[1])
    savings = dict(rows.order_by().values_list("ikm").annotate(total=Sum("rupiah")))
    return Bases(positive(work), positive(savings))


def positive(sums: dict[int, int]) -> dict[int, int]:
    return {ikm: total for ikm, total in sums.items() if total > 0}


def pay_of_year(entries: QuerySet[WorkEntry]) -> dict[int, int]:
    """Rupiah of accepted work by ikm id."""
    return dict(entries.order_by().values_list("ikm").annotate(total=Sum("rupiah")))


def minutes_of_year(entries: QuerySet[WorkEntry]) -> dict[int, int]:
    """Minutes in accepted pieces by ikm id, set-up with the first piece of a work order; rounded once a member."""
    exact: dict[int, Decimal] = defaultdict(Decimal)
    columns = "ikm", "pieces", "accepted_after", "work_order__minutes_per_piece", "work_order__setup_minutes"
    for ikm, pieces, after, piece_minutes, setup in entries.order_by("pk").values_list(*columns).iterator(2_000):
        began, ended = after - pieces <= NONE < after, after <= NONE < after - pieces
        exact[ikm] += pieces * piece_minutes + setup * (began - ended)
    return {ikm: rupiah_of(minutes) for ikm, minutes in exact.items()}
