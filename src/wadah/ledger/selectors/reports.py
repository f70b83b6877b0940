"""Reports of a cooperative's books, each figure beside that of the year before: trial balance, position, result, cash.

A figure carries the code of its account, so that a page can lead to the postings behind it. Each report costs two
queries: the accounts, and one sum over the lines.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q, Sum

from wadah.ledger.models import Account, PostingLine
from wadah.ledger.rules import chart
from wadah.ledger.rules.cash import CASH_ACCOUNTS, FLOWS, PARTS, flow_of
from wadah.ledger.rules.surplus import members_part
from wadah.ledger.selectors.postings import account_name
from wadah.ledger.selectors.result import NOT_CLOSING, OPENED, year_days
from wadah.ledger.words import Group, Side

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from django.db.models import QuerySet

ASSETS = (Group.CURRENT_ASSET, Group.FIXED_ASSET, Group.OTHER_ASSET)
LIABILITIES = (Group.CURRENT_LIABILITY, Group.LONG_LIABILITY)


@dataclass(frozen=True, slots=True)
class Figure:
    """Rupiah of an account (or of a flow of money) now and in the year before, on the side on which it grows.

    code: of the account, empty where the figure is of none.
    """

    code: str
    name: str
    now: int
    before: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """Figures under one heading, and their sum. key: of words.Group or of rules.cash.PARTS."""

    key: str
    name: str
    figures: list[Figure]

    @property
    def now(self) -> int:
        return sum(one.now for one in self.figures)

    @property
    def before(self) -> int:
        return sum(one.before for one in self.figures)


@dataclass(frozen=True, slots=True)
class TrialRow:
    """An account over some days. opening, closing: debit less credit; debit, credit: what was posted in between."""

    account: Account
    opening: int
    debit: int
    credit: int

    @property
    def closing(self) -> int:
        return self.opening + self.debit - self.credit


@dataclass(frozen=True, slots=True)
class Position:
    """What there is and whom it belongs to at the end of a day, and at the same day of the year before.

    open_result: earned and not closed into equity yet; with it assets = liabilities + equity.
    """

    on: dt.date
    before: dt.date
    assets: list[Section]
    liabilities: list[Section]
    equity: Section
    open_result: Figure

    @property
    def totals(self) -> tuple[int, int]:
        return sum(one.now for one in self.assets), sum(one.before for one in self.assets)

    @property
    def claims(self) -> tuple[int, int]:
        """Liabilities and equity, now and before: the same as `totals` in any books that balance."""
        sections = [*self.liabilities, self.equity]
        return (
            sum(one.now for one in sections) + self.open_result.now,
            sum(one.before for one in sections) + self.open_result.before,
        )


@dataclass(frozen=True, slots=True)
class Result:
    """Revenue and cost of a year and of the one before (S1), and how the result parts (S3).

    members, others: of the result, now and before.
    """

    year: int
    revenue: list[Section]
    costs: list[Section]
    members: tuple[int, int]
    others: tuple[int, int]

    @property
    def now(self) -> int:
        return sum(one.now for one in self.revenue) - sum(one.now for one in self.costs)

    @property
    def before(self) -> int:
        return sum(one.before for one in self.revenue) - sum(one.before for one in self.costs)


@dataclass(frozen=True, slots=True)
class CashFlow:
    """What came in (above zero) and went out in a year and in the one before. opening: money held before; held: at the
    end, by account."""

    year: int
    parts: list[Section]
    opening: tuple[int, int]
    held: list[Figure]

    @property
    def change(self) -> tuple[int, int]:
        return sum(one.now for one in self.parts), sum(one.before for one in self.parts)

    @property
    def closing(self) -> tuple[int, int]:
        return sum(one.now for one in self.held), sum(one.before for one in self.held)


@dataclass(slots=True)
class Sums:
    """Debit less credit by account code, now and before."""

    now: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    before: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def lines_of(cooperative: int) -> QuerySet[PostingLine]:
    return PostingLine.objects.filter(posting__cooperative=cooperative).order_by()


def accounts_of(cooperative: int) -> list[Account]:
    """The chart and the cooperative's own, by code. One query."""
    rows = Account.objects.filter(Q(cooperative=cooperative) | Q(cooperative=None))
    return list(rows.order_by("code"))


def sums(lines: QuerySet[PostingLine], now: Q, before: Q) -> Sums:
    """Two sums of the lines by account in one query; now, before: which lines each takes."""
    found = Sums()
    by_code = lines.values_list("account__code").annotate(
        now_up=Sum("debit", filter=now, default=0),
        now_down=Sum("credit", filter=now, default=0),
        before_up=Sum("debit", filter=before, default=0),
        before_down=Sum("credit", filter=before, default=0),
    )
    for code, now_up, now_down, before_up, before_down in by_code:
        found.now[code], found.before[code] = now_up - now_down, before_up - before_down
    return found


def section(group: str, accounts: Iterable[Account], found: Sums, side: str) -> Section:
    """The accounts of a group that hold something, on the side where the group grows."""
    sign = 1 if side == Side.DEBIT else -1
    figures = [
        Figure(one.code, account_name(one), sign * found.now[one.code], sign * found.before[one.code])
        for one in accounts
        if one.group == group and (found.now[one.code] or found.before[one.code])
    ]
    return Section(group, str(Group(group).label), figures)


def trial_balance(cooperative: int, since: dt.date, until: dt.date) -> list[TrialRow]:
    """Each account with something in it up to a day, and what was posted from `since` on. Two queries."""
    earlier, within = Q(posting__on__lt=since), Q(posting__on__gte=since)
    by_code = (
        lines_of(cooperative)
        .filter(posting__on__lte=until)
        .values_list("account__code")
        .annotate(
            up=Sum("debit", filter=earlier, default=0),
            down=Sum("credit", filter=earlier, default=0),
            debit_all=Sum("debit", filter=within, default=0),
            credit_all=Sum("credit", filter=within, default=0),
        )
    )
    found = {code: (up - down, debit, credit) for code, up, down, debit, credit in by_code}
    return [TrialRow(one, *found[one.code]) for one in accounts_of(cooperative) if one.code in found]


def position(cooperative: int, on: dt.date) -> Position:
    """Laporan posisi keuangan at the end of a day. Two queries."""
    before = year_before(on)
    found = sums(lines_of(cooperative).filter(posting__on__lte=on), Q(posting__on__lte=on), Q(posting__on__lte=before))
    accounts = accounts_of(cooperative)
    of_result = [one.code for one in accounts if one.group in chart.RESULT_GROUPS]
    return Position(
        on=on,
        before=before,
        assets=[section(group, accounts, found, Side.DEBIT) for group in ASSETS],
        liabilities=[section(group, accounts, found, Side.CREDIT) for group in LIABILITIES],
        equity=section(Group.EQUITY, accounts, found, Side.CREDIT),
        open_result=Figure(
            "",
            "",
            -sum(found.now[code] for code in of_result),
            -sum(found.before[code] for code in of_result),
        ),
    )


def year_before(on: dt.date) -> dt.date:
    """The same day of the year before; 28 February for the 29th."""
    try:
        return on.replace(year=on.year - 1)
    except ValueError:
        return on.replace(year=on.year - 1, day=28)


def years_of(year: int) -> tuple[Q, Q, Q]:
    """Lines of a year, of the one before, and of both."""
    (first, last), (earlier, _end) = year_days(year), year_days(year - 1)
    now = Q(posting__on__range=(first, last))
    return now, Q(posting__on__gte=earlier, posting__on__lt=first), Q(posting__on__range=(earlier, last))


def result(cooperative: int, year: int) -> Result:
    """Laporan hasil usaha of a year; the postings that only close a year are left out. Two queries."""
    now, before, both = years_of(year)
    lines = lines_of(cooperative).filter(both, account__group__in=chart.RESULT_GROUPS).filter(NOT_CLOSING)
    found, accounts = sums(lines, now, before), accounts_of(cooperative)
    revenue = [section(group, accounts, found, Side.CREDIT) for group in (Group.REVENUE, Group.OTHER_REVENUE)]
    costs = (Group.DIRECT_COST, Group.COST, Group.OTHER_COST, Group.INCOME_TAX)
    made = Result(
        year=year,
        revenue=revenue,
        costs=[section(group, accounts, found, Side.DEBIT) for group in costs],
        members=(0, 0),
        others=(0, 0),
    )
    members = tuple(
        int(members_part(whole, of[chart.MEMBERS_WORK], of[chart.OTHERS_WORK]))
        for whole, of in ((made.now, found.now), (made.before, found.before))
    )
    parted = (members[0], members[1]), (made.now - members[0], made.before - members[1])
    return Result(year, made.revenue, made.costs, *parted)


def cash_flow(cooperative: int, year: int) -> CashFlow:
    """Laporan arus kas, direct: what stands on the other side of each posting that touches money. Four queries."""
    now, before, both = years_of(year)
    lines = lines_of(cooperative)
    with_money = lines.filter(both, account__code__in=CASH_ACCOUNTS).values("posting")
    other = lines.filter(both, ~OPENED, posting__in=with_money).exclude(account__code__in=CASH_ACCOUNTS)
    found = sums(other, now, before)
    accounts = accounts_of(cooperative)
    groups = {one.code: one.group for one in accounts}
    flows_now, flows_before = by_flow(found.now, groups), by_flow(found.before, groups)
    parts = [
        Section(
            part,
            str(name),
            [
                Figure(flow.key, str(flow.name), flows_now[flow.key], flows_before[flow.key])
                for flow in FLOWS
                if flow.part == part and (flows_now[flow.key] or flows_before[flow.key])
            ],
        )
        for part, name in PARTS.items()
    ]
    began, ended = money_held(cooperative, year)
    money = [one for one in accounts if one.code in CASH_ACCOUNTS]
    held = [Figure(one.code, account_name(one), ended.now[one.code], ended.before[one.code]) for one in money]
    return CashFlow(year, parts, (sum(began.now.values()), sum(began.before.values())), held)


def by_flow(debits: Mapping[str, int], groups: Mapping[str, str]) -> dict[str, int]:
    """What stands on the credit side of the other account came in."""
    found: dict[str, int] = defaultdict(int)
    for code, debit in debits.items():
        found[flow_of(code, groups[code])] -= debit
    return found


def money_held(cooperative: int, year: int) -> tuple[Sums, Sums]:
    """Cash and bank by account as a year and the one before began, what opening balances brought in it included, and
    as they ended. Two queries."""
    (first, last), (earlier, _end) = year_days(year), year_days(year - 1)
    rows = lines_of(cooperative).filter(account__code__in=CASH_ACCOUNTS, posting__on__lte=last)
    before_first = Q(posting__on__lt=first)
    began = sums(rows, before_first | OPENED, Q(posting__on__lt=earlier) | (OPENED & before_first))
    return began, sums(rows, Q(posting__on__lte=last), before_first)
