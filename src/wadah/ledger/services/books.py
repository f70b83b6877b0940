"""The book of a cooperative: opened with the first posting, locked for each, its months closed in order (L5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import now, today
from wadah.base.errors import Refused
from wadah.base.history import history_record
from wadah.ledger.models import Account, Book, Period
from wadah.ledger.rules.chart import CHART
from wadah.ledger.rules.months import first_of, month_after, months_between
from wadah.units import MONTHS

if TYPE_CHECKING:
    import datetime as dt

    from wadah.accounts.models import User
    from wadah.register.models import Cooperative


def chart_lay_out() -> None:
    """The accounts of the chart, each once; those that are there stay as they are."""
    rows = [Account(code=one.code, group=one.group, side=one.side, party=one.party, manual=one.manual) for one in CHART]
    have = set(Account.objects.filter(cooperative=None).values_list("code", flat=True))
    Account.objects.bulk_create([row for row in rows if row.code not in have], ignore_conflicts=True)


def accounts_by_code(cooperative: Cooperative) -> dict[str, Account]:
    """The chart and the cooperative's own accounts. One query, three where the chart has to be laid out first."""
    rows = Account.objects.filter(cooperative__in=[cooperative]) | Account.objects.filter(cooperative=None)
    found = {row.code: row for row in rows}
    if not found.keys() >= {one.code for one in CHART}:
        chart_lay_out()
        found = {row.code: row for row in rows.all()}
    return found


def book_lock(cooperative: Cooperative) -> Book:
    """The book, locked until the transaction ends: all that writes to a cooperative's books takes this first."""
    Book.objects.get_or_create(cooperative=cooperative, defaults={"opened_on": today().replace(month=1, day=1)})
    return Book.objects.select_for_update().get(cooperative=cooperative)


def open_from(book: Book) -> dt.date:
    """The first day that may be posted to."""
    last = Period.objects.filter(cooperative=book.cooperative_id).order_by("-month").first()
    return month_after(last.month) if last else book.opened_on


@transaction.atomic
def book_open(*, cooperative: Cooperative, opened_on: dt.date, by: User | None) -> Book:
    """From which day on the books are kept; as long as nothing is posted.

    Raises
    ------
    Refused: there are postings already.
    """
    book = book_lock(cooperative)
    if book.head_seq:
        raise Refused(_("There are postings already. The first day of the books stays as it is."), field="opened_on")
    old = book.opened_on
    book.opened_on = first_of(opened_on)
    book.save(update_fields=["opened_on"])
    told = {"old": {"opened_on": str(old)}, "new": {"opened_on": str(book.opened_on)}}
    history_record(user=by, act="book_open", row=book, **told)
    return book


@transaction.atomic
def months_close(*, cooperative: Cooperative, month: dt.date, by: User | None) -> list[Period]:
    """Close all open months up to and with the one that `month` lies in. What is closed takes no posting any more.

    Raises
    ------
    Refused: the month isn't over, or is closed already.
    """
    book = book_lock(cooperative)
    first, last = open_from(book), first_of(month)
    if month_after(last) > today():
        raise Refused(_("%(month)s isn't over yet.") % {"month": month_name(last)}, field="month")
    if last < first:
        raise Refused(_("%(month)s is closed already.") % {"month": month_name(last)}, field="month")
    rows = [
        Period(cooperative=cooperative, month=one, closed_seq=book.head_seq, closed_at=now(), closed_by=by)
        for one in months_between(first_of(first), last)
    ]
    Period.objects.bulk_create(rows)
    history_record(user=by, act="months_close", row=book, new={"month": str(last), "seq": book.head_seq})
    return rows


def month_name(month: dt.date) -> str:
    from django.utils.translation import get_language

    return f"{MONTHS['en' if get_language() == 'en' else 'id'][month.month - 1]} {month.year}"
