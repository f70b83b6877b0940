"""Entries by hand (P10), how they are taken back (P17), and accounts that a cooperative adds to the chart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.attachments import attachment_keep
from wadah.base.clock import now, today
from wadah.base.errors import Refused
from wadah.base.history import history_record
from wadah.base.numbering import number_next, number_text
from wadah.ledger.models import Account, Journal, JournalLine, Posting
from wadah.ledger.rules.chart import BY_CODE
from wadah.ledger.services.books import accounts_by_code, book_lock
from wadah.ledger.services.posting import posting_reverse, rows_post
from wadah.ledger.words import Group, Rule, Side
from wadah.units import rupiah_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from django.core.files.uploadedfile import UploadedFile

    from wadah.accounts.models import User
    from wadah.ledger.models import Book
    from wadah.register.models import Cooperative

PREFIX = "JU"
CODE_LENGTH = (4, 8)
FIRST_DIGIT = {
    Group.CURRENT_ASSET: "1",
    Group.FIXED_ASSET: "1",
    Group.OTHER_ASSET: "1",
    Group.CURRENT_LIABILITY: "2",
    Group.LONG_LIABILITY: "2",
    Group.EQUITY: "3",
    Group.REVENUE: "4",
    Group.OTHER_REVENUE: "4",
    Group.DIRECT_COST: "5",
    Group.COST: "6",
    Group.OTHER_COST: "6",
    Group.INCOME_TAX: "7",
}
"""Codes begin as the chart's do (rules/chart.py)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an entry by hand: the code of an account, and rupiah on one side (≥ 0, the other 0)."""

    account: str
    debit: int = 0
    credit: int = 0


@transaction.atomic
def journal_enter(
    *,
    cooperative: Cooperative,
    on: dt.date,
    what: str,
    entries: Sequence[Entry],
    by: User,
    attachment: UploadedFile[Any] | None = None,
) -> Journal:
    """Write down an entry by hand and post it (P10). attachment: a photo or PDF of the receipt.

    Raises
    ------
    Refused: a day to come, or before the books; no words; an account that a rule owns, or unknown; a line with both
    sides or none; fewer than two lines; debit and credit that differ.
    """
    book = book_lock(cooperative)
    day_check(book, on)
    if not what.strip():
        raise Refused(_("Say for whom and for what."), field="what")
    accounts = accounts_by_code(cooperative)
    entries_check(entries, accounts)
    row = Journal.objects.create(
        number=number_text(PREFIX, on.year, number_next(PREFIX, on.year)),
        cooperative=cooperative,
        on=on,
        what=what.strip(),
        attachment=attachment_keep(file=attachment, by=by) if attachment else None,
        at=now(),
        by=by,
    )
    JournalLine.objects.bulk_create(
        [JournalLine(journal=row, account=accounts[one.account], debit=one.debit, credit=one.credit) for one in entries]
    )
    history_record(user=by, act="journal_enter", row=row, new={"number": row.number, "on": str(on)})
    rows_post(cooperative=cooperative, rule=Rule.JOURNAL, rows=[row])
    return row


def day_check(book: Book, on: dt.date) -> None:
    """Documents carry a day of the past, since the books were opened."""
    if on > today():
        raise Refused(_("This day is still to come."), field="on")
    if on < book.opened_on:
        raise Refused(_("The books begin on %(day)s.") % {"day": book.opened_on.strftime("%d/%m/%Y")}, field="on")


def entries_check(entries: Sequence[Entry], accounts: dict[str, Account]) -> None:
    for entry in entries:
        entry_check(entry, accounts.get(entry.account))
    if len(entries) < 2:
        raise Refused(_("An entry needs two lines at least: where the money comes from, and where it goes."))
    left, right = sum(one.debit for one in entries), sum(one.credit for one in entries)
    if left != right:
        words = {"debit": rupiah_text(left), "credit": rupiah_text(right), "gap": rupiah_text(abs(left - right))}
        raise Refused(_("Debit is %(debit)s and credit %(credit)s: they differ by %(gap)s.") % words)


def entry_check(entry: Entry, account: Account | None) -> None:
    if account is None:
        raise Refused(_("There is no account %(code)s.") % {"code": entry.account})
    if not account.manual:
        raise Refused(
            _("Account %(code)s fills itself from other documents. Enter the document in its own place.")
            % {"code": entry.account}
        )
    if account.archived:
        raise Refused(_("Account %(code)s isn't used any more.") % {"code": entry.account})
    if (entry.debit > 0) == (entry.credit > 0) or min(entry.debit, entry.credit) < 0:
        raise Refused(_("Account %(code)s: write an amount on one side.") % {"code": entry.account})


@transaction.atomic
def journal_reverse(*, journal: Journal, reason: str, by: User) -> Posting:
    """Take an entry by hand back, on today's day (P17).

    Raises
    ------
    Refused: taken back already, or nobody says why.
    """
    book_lock(journal.cooperative)
    posting = Posting.objects.get(rule=Rule.JOURNAL, source_kind="journal", source_id=journal.pk)
    history_record(user=by, act="journal_reverse", row=journal, reason=reason.strip())
    return posting_reverse(posting=posting, reason=reason, by=by)


@transaction.atomic
def account_add(*, cooperative: Cooperative, code: str, name: str, group: str, side: str, by: User) -> Account:
    """An account of the cooperative's own, for entries by hand.

    Raises
    ------
    Refused: a code that isn't 4-8 digits, doesn't begin as its group does, or is taken; no name.
    """
    book_lock(cooperative)
    code, name = code.strip(), name.strip()
    shortest, longest = CODE_LENGTH
    if not (code.isascii() and code.isdigit() and shortest <= len(code) <= longest):
        raise Refused(_("A code has 4 to 8 digits."), field="code")
    first = FIRST_DIGIT[Group(group)]
    if not code.startswith(first):
        words = {"group": Group(group).label, "digit": first}
        raise Refused(_("The code of an account of “%(group)s” begins with %(digit)s.") % words, field="code")
    if code in BY_CODE or code in accounts_by_code(cooperative):
        raise Refused(_("There is an account %(code)s already.") % {"code": code}, field="code")
    if not name:
        raise Refused(_("Give the account a name."), field="name")
    row = Account.objects.create(
        cooperative=cooperative, code=code, name=name, group=Group(group), side=Side(side), manual=True
    )
    history_record(user=by, act="account_add", row=row, new={"code": code, "name": name})
    return row


@transaction.atomic
def account_archive(*, account: Account, archived: bool, by: User) -> Account:
    """Take an account of the cooperative's own out of use, or back into it; what is posted stays.

    Raises
    ------
    Refused: it is one of the chart.
    """
    if account.cooperative is None:
        raise Refused(_("This account belongs to the chart of all cooperatives."))
    book_lock(account.cooperative)
    row = Account.objects.select_for_update().get(pk=account.pk)
    told = {"old": {"archived": row.archived}, "new": {"archived": archived}}
    row.archived = archived
    row.save(update_fields=["archived"])
    history_record(user=by, act="account_archive", row=row, **told)
    return row
