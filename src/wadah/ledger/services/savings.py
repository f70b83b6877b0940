"""Members' savings paid in and out by hand (P9); what settlements withhold is theirs (services/settlement.py).

Principal and mandatory savings are the cooperative's own capital (UU 25/1992 Art. 41): given back only to whoever has
left. Voluntary savings are a debt, and may be had back any day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from wadah.base.clock import now
from wadah.base.errors import Refused
from wadah.base.history import history_record, history_values
from wadah.base.numbering import number_next, number_text
from wadah.ledger.models import MemberTerms, Saving
from wadah.ledger.services.books import book_lock
from wadah.ledger.services.days import day_of
from wadah.ledger.services.money import rupiah_check, till_check
from wadah.ledger.services.posting import rows_post
from wadah.ledger.words import Rule, SavingKind
from wadah.register.selectors import cooperative_members
from wadah.units import rupiah_text

if TYPE_CHECKING:
    import datetime as dt

    from wadah.accounts.models import User
    from wadah.register.models import Cooperative, Ikm

PREFIX = "SIM"


@transaction.atomic
def saving_pay_in(
    *,
    cooperative: Cooperative,
    ikm: Ikm,
    kind: str,
    rupiah: int,
    till: str,
    by: User,
    on: dt.date | None = None,
    note: str = "",
) -> Saving:
    """A member pays savings in. kind: of SavingKind.

    Raises
    ------
    Refused: not a member that day, no amount, a day to come, or more principal savings than members agreed on.
    """
    day = day_of(on)
    rupiah_check(rupiah)
    till_check(till)
    book_lock(cooperative)
    if not cooperative_members(cooperative, day).filter(ikm=ikm).exists():
        raise Refused(_("%(who)s isn't a member that day.") % {"who": ikm.name}, field="ikm")
    if SavingKind(kind) == SavingKind.PRINCIPAL:
        principal_check(cooperative, ikm, rupiah, day)
    return moved(cooperative, ikm, kind, rupiah, till, by, day, note)


def principal_check(cooperative: Cooperative, ikm: Ikm, rupiah: int, day: dt.date) -> None:
    """Equal for all and paid once, in parts or whole."""
    held = MemberTerms.objects.filter(cooperative=cooperative, valid_from__lte=day).order_by("valid_from").last()
    if held is None:
        raise Refused(_("Members haven't agreed on principal savings yet. Enter the terms first."), field="kind")
    left = held.principal_saving_rupiah - saved(cooperative, ikm, SavingKind.PRINCIPAL)
    if rupiah > left:
        words = _("Principal savings are the same for all: of %(whole)s, %(who)s still owes %(left)s.")
        of = {"whole": rupiah_text(held.principal_saving_rupiah), "who": ikm.name, "left": rupiah_text(max(left, 0))}
        raise Refused(words % of, field="rupiah")


@transaction.atomic
def saving_pay_out(
    *,
    cooperative: Cooperative,
    ikm: Ikm,
    kind: str,
    rupiah: int,
    till: str,
    by: User,
    on: dt.date | None = None,
    note: str = "",
) -> Saving:
    """Savings are given back: voluntary ones any day, the others once the member has left.

    Raises
    ------
    Refused: more than is saved, still a member, no amount, or a day to come.
    """
    day = day_of(on)
    rupiah_check(rupiah)
    till_check(till)
    book_lock(cooperative)
    if SavingKind(kind) != SavingKind.VOLUNTARY and cooperative_members(cooperative, day).filter(ikm=ikm).exists():
        words = _("%(who)s is a member. Principal and mandatory savings are given back after leaving.")
        raise Refused(words % {"who": ikm.name}, field="kind")
    there = saved(cooperative, ikm, kind)
    if rupiah > there:
        words = _("%(who)s has saved %(there)s of this kind: no more can be given back.")
        raise Refused(words % {"who": ikm.name, "there": rupiah_text(there)}, field="rupiah")
    return moved(cooperative, ikm, kind, -rupiah, till, by, day, note)


@transaction.atomic
def saving_take_back(*, saving: Saving, reason: str, by: User) -> Saving:
    """What was entered by mistake is taken back by a row of its own that goes the other way.

    Raises
    ------
    Refused: a settlement withheld it, it came with opening balances, it is taken back already, it takes another back
    itself, less than it is saved by now, or nobody says why.
    """
    book_lock(saving.cooperative)
    row = Saving.objects.select_for_update().get(pk=saving.pk)
    if row.row_id:
        raise Refused(_("A settlement withheld these savings. They can be given back, not taken back."))
    if row.opening is not None:
        words = _("These savings came with the opening balances %(number)s. They can be given back, not taken back.")
        raise Refused(words % {"number": row.opening.number})
    if row.reverses_id or Saving.objects.filter(reverses=row).exists():
        raise Refused(_("%(number)s is taken back already.") % {"number": row.number})
    if not reason.strip():
        raise Refused(_("Say why."), field="reason")
    if row.rupiah > saved(row.cooperative, row.ikm, row.kind):
        raise Refused(_("Part of it has been given back by now. Take that back first."))
    day = day_of(None)
    return moved(row.cooperative, row.ikm, row.kind, -row.rupiah, row.till, by, day, reason.strip(), reverses=row)


def saved(cooperative: Cooperative, ikm: Ikm, kind: str) -> int:
    """Rupiah of a kind that a maker has saved. One query."""
    rows = Saving.objects.filter(cooperative=cooperative, ikm=ikm, kind=kind)
    return rows.aggregate(all=Sum("rupiah"))["all"] or 0


def moved(
    cooperative: Cooperative,
    ikm: Ikm,
    kind: str,
    rupiah: int,
    till: str,
    by: User,
    day: dt.date,
    note: str,
    reverses: Saving | None = None,
) -> Saving:
    row = Saving.objects.create(
        number=number_text(PREFIX, day.year, number_next(PREFIX, day.year)),
        cooperative=cooperative,
        ikm=ikm,
        kind=kind,
        on=day,
        rupiah=rupiah,
        till=till,
        reverses=reverses,
        note=note.strip(),
        at=now(),
        by=by,
    )
    rows_post(cooperative=cooperative, rule=Rule.SAVING, rows=[row])
    act = "saving_take_back" if reverses else "saving_pay_in" if rupiah > 0 else "saving_pay_out"
    history_record(user=by, act=act, row=row, new=history_values(row, ("number", "kind", "on", "rupiah", "note")))
    return row
