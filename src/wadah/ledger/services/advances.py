"""Advances: money or material that a member gets ahead of pay (P6); settlements take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import now
from wadah.base.errors import Refused
from wadah.base.history import history_record, history_values
from wadah.base.numbering import number_next, number_text
from wadah.ledger.models import Advance, MemberTerms
from wadah.ledger.services.books import book_lock
from wadah.ledger.services.days import day_of
from wadah.ledger.services.money import posting_of, rupiah_check, till_check
from wadah.ledger.services.posting import posting_reverse, rows_post
from wadah.ledger.words import AdvanceKind, Rule
from wadah.register.selectors import cooperative_members

if TYPE_CHECKING:
    import datetime as dt

    from wadah.accounts.models import User
    from wadah.register.models import Cooperative, Ikm

PREFIX = "UM"


@transaction.atomic
def advance_give(
    *,
    cooperative: Cooperative,
    ikm: Ikm,
    kind: str,
    rupiah: int,
    what: str,
    by: User,
    till: str = "",
    on: dt.date | None = None,
) -> Advance:
    """Write down an advance. kind: of AdvanceKind; till: where money came from, empty for material; what: for what.

    Raises
    ------
    Refused: not a member that day, no amount, nothing said, a day to come, or members haven't agreed how much of their
    pay may go to pay back.
    """
    day = day_of(on)
    rupiah_check(rupiah)
    money = AdvanceKind(kind) == AdvanceKind.MONEY
    till_check(till if money else "cash")
    if not what.strip():
        raise Refused(_("Say what the advance is for."), field="what")
    book_lock(cooperative)
    if not cooperative_members(cooperative, day).filter(ikm=ikm).exists():
        raise Refused(_("%(who)s isn't a member that day.") % {"who": ikm.name}, field="ikm")
    if not MemberTerms.objects.filter(cooperative=cooperative, valid_from__lte=day).exists():
        words = _("Members haven't agreed yet how much of their pay may go to pay back. Enter the terms first.")
        raise Refused(words)
    row = Advance.objects.create(
        number=number_text(PREFIX, day.year, number_next(PREFIX, day.year)),
        cooperative=cooperative,
        ikm=ikm,
        kind=kind,
        on=day,
        till=till if money else "",
        rupiah=rupiah,
        what=what.strip(),
        at=now(),
        by=by,
    )
    rows_post(cooperative=cooperative, rule=Rule.ADVANCE, rows=[row])
    told = history_values(row, ("number", "kind", "on", "rupiah", "what"))
    history_record(user=by, act="advance_give", row=row, new=told)
    return row


@transaction.atomic
def advance_take_back(*, advance: Advance, reason: str, by: User) -> Advance:
    """An advance that was entered by mistake: its posting is reversed.

    Raises
    ------
    Refused: it is taken back already, a settlement took part of it off, or nobody says why.
    """
    book_lock(advance.cooperative)
    row = Advance.objects.select_for_update().get(pk=advance.pk)
    if row.reversed_at:
        raise Refused(_("%(number)s is taken back already.") % {"number": row.number})
    if row.opening is not None:
        words = _("%(number)s came with the opening balances %(opening)s. It can be paid back, not taken back.")
        raise Refused(words % {"number": row.number, "opening": row.opening.number})
    repaid = row.recoveries.filter(repayment__reversed_at=None).exclude(repayment=None).first()
    if repaid is not None and repaid.repayment is not None:
        words = _("Part of %(number)s was paid back by %(paid)s. Take that back first.")
        raise Refused(words % {"number": row.number, "paid": repaid.repayment.number})
    if row.recovered:
        words = _("A settlement took part of %(number)s off the pay already, so it stays.")
        raise Refused(words % {"number": row.number})
    posting_reverse(posting=posting_of(Rule.ADVANCE, row), reason=reason, by=by)
    row.reversed_at = now()
    row.save(update_fields=["reversed_at"])
    history_record(user=by, act="advance_take_back", row=row, reason=reason.strip())
    return row
