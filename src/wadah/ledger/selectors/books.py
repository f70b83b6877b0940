"""The books as pages show them: postings, one account with its running balance, months, entries by hand, counts."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Sum

from wadah.base.clock import business_date, today
from wadah.demand.selectors import PaperStanding
from wadah.ledger.models import Account, Book, Journal, Period, Posting, PostingLine, StockCount, StockCountRow
from wadah.ledger.rules.cash import CASH_ACCOUNTS, flow_of
from wadah.ledger.rules.months import first_of, months_between
from wadah.ledger.words import Rule, Side
from wadah.register.models import Ikm

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from django.db.models import QuerySet

NAMES_AT_MOST = 200
BOOKS_CODE_LENGTH = 12
"""So many letters of the last posting's hash stand in a report's QR."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the books. period: empty while it is open; over: whether it can be closed."""

    first: dt.date
    postings: int
    period: Period | None
    over: bool


@dataclass(frozen=True, slots=True)
class Running:
    """A line of an account, and the account's balance after it, on the side on which it grows."""

    line: PostingLine
    balance: int


def book_of(cooperative: int) -> Book | None:
    return Book.objects.filter(cooperative=cooperative).first()


def postings_seen(cooperative: int) -> QuerySet[Posting]:
    """All postings of a cooperative, the newest first, each with `rupiah`, the sum of one side, and `back`, whether it
    was reversed."""
    whole = PostingLine.objects.filter(posting=OuterRef("pk")).order_by().values("posting").annotate(all=Sum("debit"))
    reversal = Posting.objects.filter(reverses=OuterRef("pk"))
    rows = Posting.objects.filter(cooperative=cooperative).select_related("by", "reverses")
    return rows.annotate(rupiah=Subquery(whole.values("all")), back=Exists(reversal)).order_by("-seq")


def posting_lines(posting: Posting) -> list[PostingLine]:
    """The lines of a posting, with what they name. One query."""
    rows = posting.lines.select_related("account", "ikm", "buyer", "motif", "lot__part")
    return list(rows.order_by("line_no"))


def postings_found(rows: QuerySet[Posting], text: str) -> QuerySet[Posting]:
    """By the number on a paper, words of an entry, or the name of a maker."""
    makers = list(Ikm.objects.filter(name__icontains=text).values_list("pk", flat=True)[:NAMES_AT_MOST])
    named = PostingLine.objects.filter(posting=OuterRef("pk"), ikm__in=makers)
    wanted = Q(source_number__icontains=text) | Q(note__icontains=text)
    return rows.filter(wanted | Exists(named)) if makers else rows.filter(wanted)


def with_account(rows: QuerySet[Posting], account: int) -> QuerySet[Posting]:
    return rows.filter(Exists(PostingLine.objects.filter(posting=OuterRef("pk"), account=account)))


def with_maker(rows: QuerySet[Posting], ikm: int) -> QuerySet[Posting]:
    return rows.filter(Exists(PostingLine.objects.filter(posting=OuterRef("pk"), ikm=ikm)))


def with_flow(rows: QuerySet[Posting], accounts: Collection[Account], flow: str) -> QuerySet[Posting]:
    """Postings that moved money for a purpose of rules.cash.FLOWS."""
    behind = [one.pk for one in accounts if flow_of(one.code, one.group) == flow and one.code not in CASH_ACCOUNTS]
    money = [one.pk for one in accounts if one.code in CASH_ACCOUNTS]
    lines = PostingLine.objects.filter(posting=OuterRef("pk"))
    return rows.filter(Exists(lines.filter(account__in=money)), Exists(lines.filter(account__in=behind)))


def account_lines(
    cooperative: int, account: Account, *, since: dt.date | None, until: dt.date | None, ikm: int | None = None
) -> QuerySet[PostingLine]:
    """An account's lines from a day to another (each None: no end), of one maker or of all, the oldest first."""
    rows = PostingLine.objects.filter(account=account, posting__cooperative=cooperative)
    if ikm is not None:
        rows = rows.filter(ikm=ikm)
    if since is not None:
        rows = rows.filter(posting__on__gte=since)
    if until is not None:
        rows = rows.filter(posting__on__lte=until)
    rows = rows.select_related("posting__reverses", "ikm", "buyer", "motif", "lot")
    return rows.order_by("posting__on", "posting__seq", "line_no")


def running(
    rows: QuerySet[PostingLine], account: Account, *, first: int, last: int, carried: int = 0
) -> tuple[int, list[Running]]:
    """The balance before the rows first … last (0 is the oldest), and each of them with the balance after it.

    carried: the balance before all of `rows`. Two queries.
    """
    before = carried + (signed_sum(rows[:first], account) if first else 0)
    found = list(rows[first:last])
    sign = 1 if account.side == Side.DEBIT else -1
    steps = accumulate((sign * (line.debit - line.credit) for line in found), initial=before)
    balances = list(steps)[1:]
    return before, [Running(line, balance) for line, balance in zip(found, balances, strict=True)]


def signed_sum(rows: QuerySet[PostingLine], account: Account) -> int:
    """What the rows come to on the side on which the account grows. One query."""
    sums = rows.aggregate(up=Sum("debit", default=0), down=Sum("credit", default=0))
    whole: int = sums["up"] - sums["down"]
    return whole if account.side == Side.DEBIT else -whole


def maker_named(cooperative: int, key: str) -> list[tuple[str, str]]:
    """(key, name) of a maker with work or money in these books; empty where there is none. One query."""
    if not key.isdecimal():
        return []
    lines = PostingLine.objects.filter(posting__cooperative=cooperative, ikm=OuterRef("pk"))
    rows = Ikm.objects.filter(Exists(lines), pk=int(key))
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


def months_of(cooperative: int) -> list[Month]:
    """Every month since the books were opened, this month last. Three queries."""
    book = book_of(cooperative)
    if book is None:
        return []
    periods = {row.month: row for row in Period.objects.filter(cooperative=cooperative).select_related("closed_by")}
    rows = Posting.objects.filter(cooperative=cooperative).order_by().values_list("on__year", "on__month")
    counted = {(year, month): number for year, month, number in rows.annotate(number=Count("pk"))}
    now = first_of(today())
    return [
        Month(month, counted.get((month.year, month.month), 0), periods.get(month), month < now)
        for month in months_between(book.opened_on, now)
    ]


def journals_of(cooperative: int) -> QuerySet[Journal]:
    return Journal.objects.filter(cooperative=cooperative).select_related("by", "attachment")


def journal_posting(journal: Journal) -> Posting:
    return Posting.objects.get(rule=Rule.JOURNAL, source_kind="journal", source_id=journal.pk)


def stock_counts_of(cooperative: int) -> QuerySet[StockCount]:
    return StockCount.objects.filter(cooperative=cooperative).select_related("by").order_by("-on")


def stock_count_rows(count: StockCount) -> list[StockCountRow]:
    return list(count.rows.select_related("part").order_by("part__code"))


def own_accounts(cooperative: int) -> QuerySet[Account]:
    """Accounts that the cooperative added."""
    return Account.objects.filter(cooperative=cooperative).order_by("code")


def books_number(cooperative: int, seq: int) -> str:
    """What stands on a printed report: whose books, and up to which posting."""
    return f"BUKU-{cooperative}-{seq}"


def books_paper_standing(number: str, code: str) -> PaperStanding | None:
    """Whether the books still hold the posting that a printed report ended with; None where they never did."""
    prefix, _dash, rest = number.partition("-")
    cooperative, _dash, seq = rest.partition("-")
    if prefix != "BUKU" or not (cooperative.isdecimal() and seq.isdecimal()) or len(code) != BOOKS_CODE_LENGTH:
        return None
    row = Posting.objects.filter(cooperative=int(cooperative), seq=int(seq), hash__startswith=code).first()
    return PaperStanding(number, business_date(row.at), True) if row else None
