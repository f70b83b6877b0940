"""Money that makers bring for what they owe (P19), before a settlement takes it off their pay.

It goes where a settlement would take it first: to what earlier settlements left owed, then to the oldest advance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from wadah.base.clock import now
from wadah.base.errors import Refused
from wadah.base.history import history_record, history_values
from wadah.base.numbering import number_next, number_text
from wadah.ledger.models import Advance, Recovery, Repayment
from wadah.ledger.rules.settlement import recovered
from wadah.ledger.selectors.repaying import owing
from wadah.ledger.services.books import book_lock
from wadah.ledger.services.days import day_of, said
from wadah.ledger.services.money import posting_of, rupiah_check, till_check
from wadah.ledger.services.posting import posting_reverse, rows_post
from wadah.ledger.words import Rule
from wadah.units import date_text, rupiah_text

if TYPE_CHECKING:
    import datetime as dt

    from wadah.accounts.models import User
    from wadah.ledger.selectors.repaying import Owing
    from wadah.register.models import Cooperative, Ikm

PREFIX = "PL"


@transaction.atomic
def repayment_take(
    *,
    cooperative: Cooperative,
    ikm: Ikm,
    rupiah: int,
    till: str,
    by: User,
    on: dt.date | None = None,
    note: str = "",
) -> Repayment:
    """A maker, member or not, pays back what it owes, or part of it. till: where the money came in.

    Raises
    ------
    Refused: more than was owed on that day, no amount, or a day to come.
    """
    day = day_of(on)
    rupiah_check(rupiah)
    till_check(till)
    book_lock(cooperative)
    owed = owing(cooperative, ikm.pk, day)
    owed_check(owed, ikm, rupiah, day)
    debt, *parts = recovered((owed.debt, *owed.lefts), rupiah)
    row = Repayment.objects.create(
        number=number_text(PREFIX, day.year, number_next(PREFIX, day.year)),
        cooperative=cooperative,
        ikm=ikm,
        on=day,
        till=till,
        rupiah=rupiah,
        debt=debt,
        note=note.strip(),
        at=now(),
        by=by,
        simulated=cooperative.simulated,
    )
    for advance, part in zip(owed.advances, parts, strict=True):
        if part:
            Recovery.objects.create(repayment=row, advance=advance, rupiah=part)
            Advance.objects.filter(pk=advance.pk).update(recovered=F("recovered") + part)
    rows_post(cooperative=cooperative, rule=Rule.REPAYMENT, rows=[row])
    told = history_values(row, ("number", "on", "rupiah", "debt", "note"))
    history_record(user=by, act="repayment_take", row=row, new=told)
    return row


def owed_check(owed: Owing, ikm: Ikm, rupiah: int, day: dt.date) -> None:
    told = {"who": ikm.name, "day": date_text(day), "owed": rupiah_text(owed.rupiah)}
    if not owed.rupiah:
        raise Refused(_("%(who)s owes nothing of %(day)s or before.") % told, field="rupiah")
    if rupiah > owed.rupiah:
        words = _("%(who)s owes %(owed)s of %(day)s or before: no more can be paid back.")
        raise Refused(words % told, field="rupiah")


@transaction.atomic
def repayment_take_back(*, repayment: Repayment, reason: str, by: User) -> Repayment:
    """A repayment that was entered by mistake: its posting is reversed (P17), and all of it is owed again.

    Raises
    ------
    Refused: it is taken back already, or nobody says why.
    """
    book_lock(repayment.cooperative)
    row = Repayment.objects.select_for_update().get(pk=repayment.pk)
    why = said(reason)
    if row.reversed_at:
        raise Refused(_("%(number)s is taken back already.") % {"number": row.number})
    posting_reverse(posting=posting_of(Rule.REPAYMENT, row), reason=why, by=by)
    for one in row.recoveries.all():
        Advance.objects.filter(pk=one.advance_id).update(recovered=F("recovered") - one.rupiah)
    row.reversed_at = now()
    row.save(update_fields=["reversed_at"])
    history_record(user=by, act="repayment_take_back", row=row, reason=why)
    return row
