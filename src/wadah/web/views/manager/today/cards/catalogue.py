"""Cards about leave to make something: approvals and licences that end soon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wadah.base.clock import today
from wadah.catalogue.selectors import approvals_ending, licences_ending
from wadah.units import date_text
from wadah.web.views.manager.today.registry import Card, card
from wadah.web.words import language

if TYPE_CHECKING:
    from wadah.web.access import Person


@card(urgency=72)
def approvals(person: Person) -> Card | None:
    rows = approvals_ending(person.roles.cooperatives_managed, today())
    count, first = rows.count(), rows.first()
    if first is None or first.valid_until is None:
        return None
    return Card(
        count,
        _("Approvals that end soon"),
        ngettext(
            "%(count)s approval ends within 60 days, on %(day)s: after it no plan gives that work.",
            "%(count)s approvals end within 60 days, the first on %(day)s: after it no plan gives that work.",
            count,
        )
        % {"count": count, "day": date_text(first.valid_until, language())},
        reverse("approvals") + "?berlaku=segera&status=approved&urut=sampai",
        _("Approve again, or not"),
        "check",
    )


@card(urgency=74)
def licences(person: Person) -> Card | None:
    rows = licences_ending(person.roles.cooperatives_managed, today())
    count, first = rows.count(), rows.first()
    if first is None or first.valid_until is None:
        return None
    return Card(
        count,
        _("Licences that end soon"),
        ngettext(
            "%(count)s licence for a motif ends within 60 days, on %(day)s.",
            "%(count)s licences for motifs end within 60 days, the first on %(day)s.",
            count,
        )
        % {"count": count, "day": date_text(first.valid_until, language())},
        reverse("licences") + "?berlaku=segera",
        _("Renew, or not"),
        "cloth",
    )
