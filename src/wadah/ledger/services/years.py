"""A year proposed by one person and closed by another (P13, L7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import now
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_record, history_values
from wadah.ledger.models import BookYear
from wadah.ledger.selectors.result import year_result
from wadah.ledger.selectors.years import year_missing
from wadah.ledger.services.books import book_lock
from wadah.ledger.services.posting import rows_post
from wadah.ledger.services.work import work_post
from wadah.ledger.words import Rule, YearStatus

if TYPE_CHECKING:
    from wadah.accounts.models import User
    from wadah.register.models import Cooperative

TOLD = ("year", "result", "members_part", "status")


@transaction.atomic
def year_propose(*, cooperative: Cooperative, year: int, by: User) -> BookYear:
    """Work out the result of a year whose months are all closed; nothing is posted until another person closes it.

    Raises
    ------
    Refused: something is missing first (selectors.years.year_missing), or the year is proposed or closed already.
    """
    book_lock(cooperative)
    if BookYear.objects.filter(cooperative=cooperative, year=year).exists():
        raise Refused(_("%(year)s is proposed or closed already.") % {"year": year})
    work_post(cooperative=cooperative)
    missing = year_missing(cooperative.pk, year)
    if missing:
        raise Refused(" ".join(missing))
    result, members = year_result(cooperative.pk, year)
    row = BookYear.objects.create(
        cooperative=cooperative,
        year=year,
        result=result,
        members_part=members,
        proposed_at=now(),
        proposed_by=by,
        simulated=cooperative.simulated,
    )
    history_record(user=by, act="year_propose", row=row, new=history_values(row, TOLD))
    return row


@transaction.atomic
def year_withdraw(*, book_year: BookYear, reason: str, by: User) -> None:
    """Take a proposal back, as long as nobody has closed the year.

    Raises
    ------
    Refused: it is closed, or nobody says why.
    """
    row = locked(book_year)
    if row.status != YearStatus.PROPOSED:
        raise Refused(_("%(year)s is closed. Its books stay as they are.") % {"year": row.year})
    if not reason.strip():
        raise Refused(_("Say why."), field="reason")
    history_record(user=by, act="year_withdraw", row=row, old=history_values(row, TOLD), reason=reason.strip())
    row.delete()


@transaction.atomic
def year_close(*, book_year: BookYear, by: User) -> BookYear:
    """Bring the accounts of result to zero (P13). Someone else than who proposed it.

    Raises
    ------
    Refused: the same person (L7). Conflict: closed already, or the result isn't what was proposed.
    """
    row = locked(book_year)
    if row.status != YearStatus.PROPOSED:
        raise Conflict(_("%(year)s is closed already.") % {"year": row.year})
    if by.pk == row.proposed_by_id:
        raise Refused(_("You proposed this yourself. Another person with the office has to close the year."))
    if year_result(row.cooperative_id, row.year) != (row.result, row.members_part):
        raise Conflict(_("The books have changed since this was proposed. Withdraw it and propose it again."))
    old = history_values(row, TOLD)
    row.status, row.closed_at, row.closed_by = YearStatus.CLOSED, now(), by
    row.save(update_fields=["status", "closed_at", "closed_by"])
    rows_post(cooperative=row.cooperative, rule=Rule.YEAR_CLOSE, rows=[row])
    history_record(user=by, act="year_close", row=row, old=old, new=history_values(row, TOLD))
    return row


def locked(book_year: BookYear) -> BookYear:
    """The year under the book's lock. Raises Conflict where its proposal was withdrawn meanwhile."""
    book_lock(book_year.cooperative)
    row = BookYear.objects.select_for_update().select_related("cooperative").filter(pk=book_year.pk).first()
    if row is None:
        raise Conflict(_("This proposal was withdrawn."))
    return row
