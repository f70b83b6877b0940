"""Cards about inspection: lots that wait, rejected pieces that nobody has decided about, inspection that stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wadah.base.clock import today
from wadah.web.views.manager.today.registry import Card, card
from wadah.work.selectors.inspections import lots_rejected, lots_waiting, states_kept

if TYPE_CHECKING:
    from wadah.web.access import Person


@card(urgency=24)
def rejected(person: Person) -> Card | None:
    count = lots_rejected(person.roles.cooperatives_managed).count()
    if not count:
        return None
    return Card(
        count,
        _("Rejected pieces"),
        ngettext(
            "%(count)s lot has rejected pieces: mend, sort, accept or scrap them?",
            "%(count)s lots have rejected pieces: mend, sort, accept or scrap them?",
            count,
        )
        % {"count": count},
        reverse("quality"),
        _("Decide"),
        "warning",
        pressing=True,
    )


@card(urgency=28)
def waiting(person: Person) -> Card | None:
    rows = lots_waiting(person.roles.cooperatives_managed)
    count, first = rows.count(), rows.first()
    if first is None:
        return None
    days = (today() - first.received_on).days
    return Card(
        count,
        _("Lots to inspect"),
        ngettext(
            "%(count)s lot waits at the hub, since %(days)s days; its maker is paid for what passes.",
            "%(count)s lots wait at the hub, the first since %(days)s days; makers are paid for what passes.",
            count,
        )
        % {"count": count, "days": days},
        reverse("quality"),
        _("Inspect"),
        "search",
    )


@card(urgency=26)
def stopped(person: Person) -> Card | None:
    count = states_kept(person.roles.cooperatives_managed).filter(severity="discontinued").count()
    if not count:
        return None
    return Card(
        count,
        _("Inspection has stopped"),
        ngettext(
            "After five rejected lots inspection of %(count)s part at a workshop has stopped. What was corrected?",
            "After five rejected lots inspection of %(count)s parts at workshops has stopped. What was corrected?",
            count,
        )
        % {"count": count},
        reverse("severities") + "?ketat=discontinued",
        _("Look into it"),
        "warning",
        pressing=True,
    )
