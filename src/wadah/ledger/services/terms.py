"""What members agreed on, dated, with the meeting that decided; and how much each wants to save beyond that."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import now, today
from wadah.base.errors import Refused
from wadah.base.history import history_record, history_values
from wadah.ledger.models import MemberTerms, Settlement, VoluntarySaving
from wadah.ledger.services.books import book_lock
from wadah.ledger.words import SettlementStatus
from wadah.register.selectors import cooperative_members
from wadah.units import date_text

if TYPE_CHECKING:
    import datetime as dt

    from wadah.accounts.models import User
    from wadah.register.models import Cooperative, Ikm
    from wadah.work.services.acting import Act

RUPIAH = ("principal_saving_rupiah", "mandatory_saving_rupiah_month")
WHOLE = Decimal(100)


@transaction.atomic
def terms_set(
    *, cooperative: Cooperative, valid_from: dt.date, decided_by: str, by: User, **agreed: Any
) -> MemberTerms:
    """Write what members agreed on, from a day on; the row of the same day is corrected.

    agreed: columns of MemberTerms; what isn't given is as the model has it.

    Raises
    ------
    Refused: nobody says which meeting decided; a day that is settled already; a percentage outside 0 … 100, an amount
    below zero; savings and recovery together above the whole pay.
    """
    unknown = agreed.keys() - {*RUPIAH, *MemberTerms.PERCENTS}
    if unknown:
        raise TypeError(f"Expected columns of the terms, got {sorted(unknown)}")
    book_lock(cooperative)
    if not decided_by.strip():
        raise Refused(_("Say which meeting decided: its number and its day."), field="decided_by")
    settled = settled_until(cooperative)
    if settled and valid_from <= settled:
        words = _("All up to %(day)s is settled by the terms of then. Begin after it.")
        raise Refused(words % {"day": date_text(settled)}, field="valid_from")
    found = MemberTerms.objects.filter(cooperative=cooperative, valid_from=valid_from).first()
    row = found or MemberTerms(cooperative=cooperative, valid_from=valid_from, simulated=cooperative.simulated)
    told = ("decided_by", *RUPIAH, *MemberTerms.PERCENTS)
    old = history_values(row, told) if row.pk else {}
    row.decided_by = decided_by.strip()
    for name, value in agreed.items():
        setattr(row, name, value)
    agreed_check(row)
    row.save()
    history_record(user=by, act="terms_set", row=row, old=old, new=history_values(row, told))
    return row


def settled_until(cooperative: Cooperative) -> dt.date | None:
    """The last day that a locked settlement covers."""
    locked = Settlement.objects.filter(cooperative=cooperative).exclude(status=SettlementStatus.DRAFT)
    return locked.order_by("-until").values_list("until", flat=True).first()


def agreed_check(row: MemberTerms) -> None:
    for name in RUPIAH:
        if getattr(row, name) < 0:
            raise Refused(_("An amount isn't below zero."), field=name)
    for name in MemberTerms.PERCENTS:
        percent_check(Decimal(getattr(row, name)), name)
    if row.penalty_percent_week and not row.penalty_cap_percent:
        raise Refused(_("Say up to which percentage late work is fined."), field="penalty_cap_percent")


def percent_check(percent: Decimal, field: str) -> None:
    if not 0 <= percent <= WHOLE:
        raise Refused(_("A percentage lies between 0 and 100."), field=field)


@transaction.atomic
def voluntary_saving_set(*, cooperative: Cooperative, ikm: Ikm, percent: Decimal, act: Act) -> VoluntarySaving:
    """How much of each pay a member saves, from today on.

    Raises
    ------
    Refused: the maker isn't a member today, or the percentage isn't 0 … 100.
    """
    assert act.by is not None
    percent_check(percent, "percent")
    book_lock(cooperative)
    if not cooperative_members(cooperative).filter(ikm=ikm).exists():
        raise Refused(_("%(who)s isn't a member.") % {"who": ikm.name})
    last = VoluntarySaving.objects.filter(cooperative=cooperative, ikm=ikm).order_by("valid_from", "id").last()
    old = {"percent": str(last.percent)} if last else {}
    row, _made = VoluntarySaving.objects.update_or_create(
        cooperative=cooperative,
        ikm=ikm,
        valid_from=today(),
        defaults={"percent": percent, "at": now(), "by": act.by},
    )
    history_record(user=act.by, act="voluntary_saving_set", row=row, old=old, new={"percent": str(percent)}, **act.told)
    return row
