"""Cards about members' money: a preview that another person prepared, pay that is settled and not paid out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from wadah.ledger.selectors.members_money import settlements_seen
from wadah.ledger.words import SettlementStatus
from wadah.units import date_text, rupiah_text
from wadah.web.views.manager.today.registry import Card, card
from wadah.web.words import language

if TYPE_CHECKING:
    from wadah.web.access import Person


@card(urgency=30)
def preview(person: Person) -> Card | None:
    """Prepared by the treasurer, or another manager: to be looked at and locked."""
    rows = settlements_seen(person.roles.cooperatives_managed).filter(status=SettlementStatus.DRAFT)
    row = rows.exclude(prepared_by=person.user).first()
    if row is None:
        return None
    words = {"who": row.prepared_by.name, "day": date_text(row.until, language()), "net": rupiah_text(row.net)}  # type: ignore[attr-defined]
    return Card(
        1,
        _("A settlement to look at"),
        _("%(who)s prepared the pay for work up to %(day)s: %(net)s. Is it right?") % words,
        reverse("settlement", args=[row.pk]),
        _("Look and lock"),
        "money",
        pressing=True,
    )


@card(urgency=32)
def unpaid(person: Person) -> Card | None:
    rows = settlements_seen(person.roles.cooperatives_managed).filter(status=SettlementStatus.LOCKED).order_by("until")
    count, row = rows.count(), rows.first()
    if row is None:
        return None
    words = {"number": row.number, "left": rupiah_text(row.left)}  # type: ignore[attr-defined]
    return Card(
        count,
        _("Members wait for their pay"),
        _("%(left)s of %(number)s isn't paid out yet.") % words,
        reverse("settlement", args=[row.pk]),
        _("Pay it out"),
        "money",
        pressing=True,
    )
