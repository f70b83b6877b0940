"""Cards about members: claims to attest, papers that end, hours nobody knows or has confirmed for long."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wadah.base.clock import now, today
from wadah.register.selectors import (
    CONFIRMED_DAYS,
    certificates_ending,
    claims_waiting,
    workshops_unconfirmed,
    workshops_without_hours,
)
from wadah.units import date_text
from wadah.web.views.manager.today.registry import Card, card
from wadah.web.words import language

if TYPE_CHECKING:
    from wadah.web.access import Person


@card(urgency=50)
def claims(person: Person) -> Card | None:
    count = claims_waiting(person.roles.cooperatives_managed, today()).count()
    if not count:
        return None
    return Card(
        count,
        _("Processes to attest"),
        ngettext(
            "A member says it masters %(count)s process, and nobody has attested it.",
            "Members say they master %(count)s processes that nobody has attested.",
            count,
        )
        % {"count": count},
        reverse("claims") + "?tingkat=claimed",
        _("Attest"),
        "check",
    )


@card(urgency=70)
def certificates(person: Person) -> Card | None:
    rows = certificates_ending(person.roles.cooperatives_managed, today())
    count, first = rows.count(), rows.first()
    if first is None or first.expires_on is None:
        return None
    return Card(
        count,
        _("Certificates that end soon"),
        ngettext(
            "%(count)s certificate ends within 60 days, on %(day)s: it takes weeks to renew.",
            "%(count)s certificates end within 60 days, the first on %(day)s: it takes weeks to renew them.",
            count,
        )
        % {"count": count, "day": date_text(first.expires_on, language())},
        reverse("certificates") + "?akhir=segera&urut=berlaku",
        _("See which"),
        "paper",
    )


@card(urgency=80)
def hours_unknown(person: Person) -> Card | None:
    count = workshops_without_hours(person.roles.cooperatives_managed, today()).count()
    if not count:
        return None
    return Card(
        count,
        _("Workshops without hours"),
        ngettext(
            "%(count)s workshop hasn't told when it works, so no plan gives it work.",
            "%(count)s workshops haven't told when they work, so no plan gives them work.",
            count,
        )
        % {"count": count},
        reverse("week_hours") + "?jam=belum",
        _("Ask and write it down"),
        "workshop",
    )


@card(urgency=90)
def hours_unconfirmed(person: Person) -> Card | None:
    since = now() - timedelta(days=CONFIRMED_DAYS)
    count = workshops_unconfirmed(person.roles.cooperatives_managed, today(), since).count()
    if not count:
        return None
    return Card(
        count,
        _("Hours not confirmed for long"),
        ngettext(
            "The hours of %(count)s workshop were last confirmed more than %(days)s days ago, or never.",
            "The hours of %(count)s workshops were last confirmed more than %(days)s days ago, or never.",
            count,
        )
        % {"count": count, "days": CONFIRMED_DAYS},
        reverse("week_hours") + "?urut=dipastikan",
        _("See which"),
        "calendar",
    )
