"""Opening balances (P20): prepared by one person, locked by another, taken back while nothing is built on them.

One document and one posting. Members' savings and advances and buyers' open invoices become rows of their own, so that
control accounts are their sub-ledgers from the first day on (L6), and are recovered, given back and paid as any other.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import now, today
from wadah.base.errors import Refused
from wadah.base.history import history_record
from wadah.base.numbering import number_next, number_text, numbers_next
from wadah.ledger.models import Advance, Invoice, Opening, OpeningLine, Saving
from wadah.ledger.selectors.openings import (
    allocation_since,
    month_closed_since,
    opening_held,
    posted_before,
    posting_before,
    recovery_since,
    savings_short,
)
from wadah.ledger.services.advances import PREFIX as ADVANCE_PREFIX
from wadah.ledger.services.books import book_lock, open_from
from wadah.ledger.services.days import said
from wadah.ledger.services.money import posting_of
from wadah.ledger.services.opening_lines import Balances, balance_check, lines_of
from wadah.ledger.services.posting import posting_reverse, rows_post
from wadah.ledger.words import AdvanceKind, OpeningKind, OpeningStatus, Rule, SavingKind, SoldAs
from wadah.units import date_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wadah.accounts.models import User
    from wadah.ledger.models import Book
    from wadah.register.models import Cooperative

PREFIX = "SA"
DRAFT_NUMBER = "SA-draft-%d"
"""Until it is locked: a number is given once, and what is being prepared may be thrown away."""
BEFORE = dt.timedelta(days=1)
SAVED = {OpeningKind(kind): SavingKind(kind) for kind in SavingKind.values}


@transaction.atomic
def opening_prepare(*, cooperative: Cooperative, on: dt.date, balances: Balances, by: User) -> Opening:
    """Keep balances of the beginning of a day as a draft, in place of the draft before; nothing is posted.

    Raises
    ------
    Refused: the day isn't the first of a month or has come after other postings; balances are locked already; a row
    names nobody or twice the same; a control account isn't the sum of its members or invoices; debit and credit differ.
    """
    book = book_lock(cooperative)
    held = opening_held(cooperative.pk)
    if held is not None and held.status == OpeningStatus.LOCKED:
        raise Refused(_("%(number)s is locked. Take it back first.") % {"number": held.number})
    day_check(book, on)
    lines = lines_of(cooperative, on, balances)
    balance_check(lines)
    row = held or Opening(cooperative=cooperative, number=DRAFT_NUMBER % cooperative.pk)
    row.on, row.prepared_at, row.prepared_by, row.simulated = on, now(), by, cooperative.simulated
    row.save()
    row.lines.all().delete()
    for number, line in enumerate(lines, start=1):
        line.opening, line.line_no = row, number
    OpeningLine.objects.bulk_create(lines, batch_size=2_000)
    told = {"on": str(on), "lines": len(lines), "rupiah": sum(line.debit for line in lines)}
    history_record(user=by, act="opening_prepare", row=row, new=told)
    return row


def day_check(book: Book, on: dt.date) -> None:
    """Balances come before anything else that is posted."""
    if on.day != 1:
        raise Refused(_("Balances are brought at the beginning of a month: choose its first day."), field="on")
    if on > today():
        raise Refused(_("This day is still to come."), field="on")
    posting = posting_before(book.cooperative_id, on)
    if posting is not None:
        words = _("Something was posted on %(day)s already. Balances come first: choose an earlier day.")
        raise Refused(words % {"day": date_text(posting.on)}, field="on")
    if book.head_seq and on < open_from(book):
        words = _("The books begin on %(day)s, and there are postings. Choose that day or a later one.")
        raise Refused(words % {"day": date_text(open_from(book))}, field="on")


@transaction.atomic
def opening_lock(*, opening: Opening, by: User) -> Opening:
    """A second person says that the balances are right: they are posted, and become savings, advances and invoices.

    The books begin on that day from then on.

    Raises
    ------
    Refused: locked or thrown away already, whoever prepared it locks it, or something was posted meanwhile.
    """
    book = book_lock(opening.cooperative)
    row = draft_locked(opening)
    if row.prepared_by_id == by.pk:
        raise Refused(_("You prepared these balances. Another person with an office looks at them and locks them."))
    day_check(book, row.on)
    begin(book, row.on)
    row.number = number_text(PREFIX, row.on.year, number_next(PREFIX, row.on.year))
    row.status, row.locked_at, row.locked_by = OpeningStatus.LOCKED, now(), by
    row.save()
    lines = list(row.lines.select_related("account", "ikm", "buyer").order_by("line_no"))
    origin = {"opening": row, "cooperative": row.cooperative, "at": row.locked_at, "by": by}
    savings_bring(row, lines, origin)
    advances_bring(row, lines, origin)
    invoices_bring(row, lines, origin)
    rows_post(cooperative=row.cooperative, rule=Rule.OPENING, rows=[row])
    told = {"number": row.number, "on": str(row.on), "rupiah": sum(line.debit for line in lines)}
    history_record(user=by, act="opening_lock", row=row, new=told)
    return row


def begin(book: Book, on: dt.date) -> None:
    """The books begin on that day, unless a month was closed or a posting lies before it."""
    if open_from(book) == book.opened_on and not posted_before(book.cooperative_id, on):
        book.opened_on = on
        book.save(update_fields=["opened_on"])


def draft_locked(opening: Opening) -> Opening:
    """The draft under its lock. Raises Refused."""
    rows = Opening.objects.select_for_update(of=("self",)).select_related("cooperative")
    row = rows.filter(pk=opening.pk, status=OpeningStatus.DRAFT).first()
    if row is None:
        raise Refused(_("These balances are locked or thrown away by now. Open the page again."))
    return row


def savings_bring(row: Opening, lines: Iterable[OpeningLine], origin: dict[str, Any]) -> None:
    """Saved by the day before, so that they don't count as mandatory savings of months to come."""
    made = [
        Saving(
            ikm=line.ikm,
            kind=SAVED[OpeningKind(line.kind)],
            on=row.on - BEFORE,
            rupiah=line.credit,
            **origin,
        )
        for line in lines
        if OpeningKind(line.kind) in SAVED
    ]
    Saving.objects.bulk_create(made, batch_size=2_000)


def advances_bring(row: Opening, lines: Iterable[OpeningLine], origin: dict[str, Any]) -> None:
    given = [line for line in lines if line.kind == OpeningKind.ADVANCE]
    year = row.on.year
    numbers = numbers_next(ADVANCE_PREFIX, year, len(given)) if given else range(0)
    made = [
        Advance(
            number=number_text(ADVANCE_PREFIX, year, number),
            ikm=line.ikm,
            kind=AdvanceKind.MONEY,
            on=row.on - BEFORE,
            rupiah=line.debit,
            what=row.number,
            **origin,
        )
        for number, line in zip(numbers, given, strict=True)
    ]
    Advance.objects.bulk_create(made, batch_size=2_000)


def invoices_bring(row: Opening, lines: Iterable[OpeningLine], origin: dict[str, Any]) -> None:
    """Numbers of the old books, with the cooperative's code behind those that another paper has."""
    owed = [line for line in lines if line.kind == OpeningKind.INVOICE]
    taken = set(Invoice.objects.filter(number__in=[line.paper for line in owed]).values_list("number", flat=True))
    made = [
        Invoice(
            number=f"{line.paper[:15]}-{row.pk}" if line.paper in taken else line.paper,
            buyer=line.buyer,
            on=line.made_on,
            due_on=line.due_on,
            sold_as=SoldAs.PRINCIPAL,
            net=line.debit,
            total=line.debit,
            simulated=row.simulated,
            **origin,
        )
        for line in owed
        if line.made_on and line.due_on
    ]
    Invoice.objects.bulk_create(made, batch_size=2_000)


@transaction.atomic
def opening_discard(*, opening: Opening, by: User) -> None:
    """Throw a draft away.

    Raises
    ------
    Refused: it is locked, or thrown away already.
    """
    book_lock(opening.cooperative)
    row = draft_locked(opening)
    history_record(user=by, act="opening_discard", row=row, old={"on": str(row.on)})
    row.lines.all().delete()
    row.delete()


@transaction.atomic
def opening_take_back(*, opening: Opening, reason: str, by: User) -> Opening:
    """Take locked balances back: the posting is reversed (P17); savings, advances and invoices that came with it go.

    Raises
    ------
    Refused: something is built on it (a closed month, a recovery, a payment, savings given back), it isn't locked, or
    nobody says why.
    """
    book_lock(opening.cooperative)
    row = Opening.objects.select_for_update(of=("self",)).select_related("cooperative").get(pk=opening.pk)
    why = said(reason)
    if row.status != OpeningStatus.LOCKED:
        raise Refused(_("%(number)s isn't locked, or is taken back already.") % {"number": row.number})
    posting = posting_of(Rule.OPENING, row)
    built_check(row, month_closed_since(row, posting) is not None)
    for rows in (Saving.objects.all(), Advance.objects.all(), Invoice.objects.all()):
        rows.filter(opening=row).delete()
    posting_reverse(posting=posting, reason=why, by=by)
    row.status = OpeningStatus.BACK
    row.save(update_fields=["status"])
    history_record(user=by, act="opening_take_back", row=row, reason=why)
    return row


def built_check(row: Opening, closed: bool) -> None:
    """Raises Refused that names the first thing that was built on it."""
    if closed:
        raise Refused(_("A month was closed since, so these balances stay. Correct them by an entry by hand."))
    recovery, allocation, member = recovery_since(row), allocation_since(row), savings_short(row)
    if recovery is not None:
        words = _("Part of advance %(number)s is paid back already, so these balances stay.")
        raise Refused(words % {"number": recovery.advance.number})
    if allocation is not None:
        words = _("Invoice %(number)s was paid in part or whole since, so these balances stay.")
        raise Refused(words % {"number": allocation.invoice.number})
    if member:
        words = _("%(who)s got savings back since, so these balances stay.")
        raise Refused(words % {"who": member})
