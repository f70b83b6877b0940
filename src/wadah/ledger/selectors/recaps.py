"""What the annual meeting and the tax office read beside the reports: each member's figures, and taxes by month."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from wadah.ledger.models import Account, Meeting, PostingLine
from wadah.ledger.rules import chart
from wadah.ledger.rules.months import MONTHS_A_YEAR, last_of
from wadah.ledger.selectors.reports import lines_of
from wadah.ledger.selectors.result import NOT_CLOSING, OPENED, year_days
from wadah.ledger.words import Rule
from wadah.register.selectors import cooperative_members

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.db.models.expressions import Combinable

    from wadah.register.models import Cooperative, Membership

TURNOVER = (chart.SALES, "4102", chart.FEES, chart.RETURNS)
TAX_ACCOUNTS = (chart.PPN_OWED, "1130", chart.WITHHELD, chart.INCOME_TAX)


@dataclass(frozen=True, slots=True)
class TaxMonth:
    """turnover: sales and fees less what came back; charged: PPN owed, input: PPN paid to others; withheld: by buyers;
    income_tax: of the month. All in rupiah."""

    first: dt.date
    turnover: int
    charged: int
    input: int
    withheld: int
    income_tax: int

    @property
    def last(self) -> dt.date:
        return last_of(self.first)


def member_book(cooperative: Cooperative, year: int) -> QuerySet[Membership]:
    """Buku anggota: the members at the end of a year, by name, each with rupiah of principal, mandatory and voluntary
    savings then, work and what was paid for it in the year, and the share of its surplus. Two queries."""
    last = year_days(year)[1]
    accounts = dict(Account.objects.filter(cooperative=None).values_list("code", "pk"))
    until, within = Q(posting__on__lte=last), Q(posting__on__range=year_days(year))
    meetings = Meeting.objects.filter(book_year__cooperative=cooperative, book_year__year=year).values("pk")
    meeting = Q(posting__rule=Rule.SURPLUS, posting__source_kind="meeting", posting__source_id__in=meetings)

    def held(code: str, where: Q) -> Combinable:
        return of_member(cooperative, accounts[code], where, F("credit") - F("debit"))

    return cooperative_members(cooperative, last).annotate(
        principal=held(chart.PRINCIPAL, until),
        mandatory=held(chart.MANDATORY, until),
        voluntary=held(chart.VOLUNTARY, until),
        work=held(chart.WORK, within & Q(posting__rule=Rule.ACCEPTED)),
        paid=of_member(
            cooperative, accounts[chart.SETTLED], within & ~Q(posting__rule=Rule.SETTLEMENT), F("debit") - F("credit")
        ),
        share=held(chart.SURPLUS_OWED, meeting),
    )


def of_member(cooperative: Cooperative, account: int, where: Q, amount: Combinable) -> Combinable:
    """A sum over one maker's lines of an account, which the index on (account, ikm) finds."""
    lines = PostingLine.objects.filter(where, account=account, ikm=OuterRef("ikm"), posting__cooperative=cooperative)
    total = lines.order_by().values("ikm").annotate(total=Sum(amount)).values("total")
    return Coalesce(Subquery(total), 0)


def tax_recap(cooperative: int, year: int) -> list[TaxMonth]:
    """Taxes of each month of a year. One query."""
    rows = lines_of(cooperative).filter(posting__on__range=year_days(year), account__code__in=TURNOVER + TAX_ACCOUNTS)
    by_month = rows.filter(NOT_CLOSING, ~OPENED).values_list("posting__on__month", "account__code")
    found: dict[tuple[int, str], int] = defaultdict(int)
    for month, code, up, down in by_month.annotate(up=Sum("credit"), down=Sum("debit")):
        found[month, code] = up - down
    return [
        TaxMonth(
            first=dt.date(year, month, 1),
            turnover=sum(found[month, code] for code in TURNOVER),
            charged=found[month, chart.PPN_OWED],
            input=-found[month, "1130"],
            withheld=-found[month, chart.WITHHELD],
            income_tax=-found[month, chart.INCOME_TAX],
        )
        for month in range(1, MONTHS_A_YEAR + 1)
    ]
