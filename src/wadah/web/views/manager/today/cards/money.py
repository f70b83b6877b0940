"""Cards about money: a preview that another person prepared, pay that isn't paid out, what buyers and members owe.

The treasurer has them as well as the manager.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wadah.base.clock import today
from wadah.ledger.selectors.members_money import settlements_seen
from wadah.ledger.selectors.repaying import debts_recap
from wadah.ledger.selectors.sales import overdue
from wadah.ledger.words import SettlementStatus
from wadah.units import date_text, rupiah_text
from wadah.web.views.manager.today.registry import Card, card
from wadah.web.words import language

if TYPE_CHECKING:
    from wadah.web.access import Person


def books_of(person: Person) -> frozenset[int]:
    return person.roles.cooperatives_managed | person.roles.cooperatives_kept


@card(urgency=30)
def preview(person: Person) -> Card | None:
    """Prepared by the treasurer, or another manager: to be looked at and locked."""
    rows = settlements_seen(books_of(person)).filter(status=SettlementStatus.DRAFT)
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
    rows = settlements_seen(books_of(person)).filter(status=SettlementStatus.LOCKED).order_by("until")
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


@card(urgency=34)
def late_invoices(person: Person) -> Card | None:
    """What buyers owe past the day that it was due."""
    found = overdue(books_of(person), today())
    if found is None:
        return None
    late = (today() - found.since).days
    words = {
        "rupiah": rupiah_text(found.rupiah),
        "buyers": ngettext("%(count)s buyer", "%(count)s buyers", found.buyers) % {"count": found.buyers},
        "late": ngettext("%(count)s day late", "%(count)s days late", late) % {"count": late},
    }
    return Card(
        found.invoices,
        _("Invoices overdue"),
        _("%(buyers)s owe %(rupiah)s; the oldest is %(late)s.") % words,
        reverse("invoices") + "?keadaan=terlambat&urut=due",
        _("See whom to remind"),
        "order",
        pressing=True,
    )


@card(urgency=72)
def members_owe(person: Person) -> Card | None:
    """Advances, and what was paid for pieces that came back."""
    found = debts_recap(books_of(person))
    if not found.makers:
        return None
    return Card(
        found.makers,
        _("Owed by members"),
        _("%(rupiah)s is still to come back, off their pay or by hand.") % {"rupiah": rupiah_text(found.rupiah)},
        reverse("debtors"),
        _("See who owes what"),
        "people",
    )
