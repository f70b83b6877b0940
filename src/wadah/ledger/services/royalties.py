"""Royalties paid to the holder of a motif (P16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import now
from wadah.base.errors import Refused
from wadah.base.history import history_record, history_values
from wadah.base.numbering import number_next, number_text
from wadah.ledger.models import RoyaltyPayout
from wadah.ledger.selectors.paying import royalties_owed
from wadah.ledger.services.books import book_lock
from wadah.ledger.services.days import day_of
from wadah.ledger.services.money import posting_of, rupiah_check, till_check
from wadah.ledger.services.posting import posting_reverse, rows_post
from wadah.ledger.services.work import work_post
from wadah.ledger.words import Rule
from wadah.units import rupiah_text

if TYPE_CHECKING:
    import datetime as dt

    from wadah.accounts.models import User
    from wadah.catalogue.models import Motif
    from wadah.register.models import Cooperative

PREFIX = "ROY"


@transaction.atomic
def royalty_pay(
    *, cooperative: Cooperative, motif: Motif, rupiah: int, till: str, by: User, on: dt.date | None = None
) -> RoyaltyPayout:
    """Pay the holder of a motif for accepted pieces.

    Raises
    ------
    Refused: more than is owed, no amount, or a day to come.
    """
    day = day_of(on)
    rupiah_check(rupiah)
    till_check(till)
    book_lock(cooperative)
    work_post(cooperative=cooperative)
    owed = royalties_owed(cooperative).get(motif.pk, 0)
    if rupiah > owed:
        words = _("%(owed)s is owed for %(motif)s: no more can be paid.")
        raise Refused(words % {"owed": rupiah_text(owed), "motif": motif.name}, field="rupiah")
    row = RoyaltyPayout.objects.create(
        number=number_text(PREFIX, day.year, number_next(PREFIX, day.year)),
        cooperative=cooperative,
        motif=motif,
        holder=motif.holder,
        on=day,
        till=till,
        rupiah=rupiah,
        at=now(),
        by=by,
    )
    rows_post(cooperative=cooperative, rule=Rule.ROYALTY_PAYOUT, rows=[row])
    told = history_values(row, ("number", "holder", "on", "rupiah"))
    history_record(user=by, act="royalty_pay", row=row, new=told)
    return row


@transaction.atomic
def royalty_take_back(*, payout: RoyaltyPayout, reason: str, by: User) -> RoyaltyPayout:
    """A royalty that was entered by mistake, or came back.

    Raises
    ------
    Refused: it is taken back already, or nobody says why.
    """
    book_lock(payout.cooperative)
    row = RoyaltyPayout.objects.select_for_update().get(pk=payout.pk)
    if row.reversed_at:
        raise Refused(_("%(number)s is taken back already.") % {"number": row.number})
    posting_reverse(posting=posting_of(Rule.ROYALTY_PAYOUT, row), reason=reason, by=by)
    row.reversed_at = now()
    row.save(update_fields=["reversed_at"])
    history_record(user=by, act="royalty_take_back", row=row, reason=reason.strip())
    return row
