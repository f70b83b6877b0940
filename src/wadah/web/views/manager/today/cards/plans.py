"""Cards about plans: drafts to put into force, promises and lines that the plan in force misses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wadah.plans.selectors import drafts_to_decide, lines_at_risk, promises_at_risk
from wadah.units import date_text
from wadah.web.views.manager.today.registry import Card, card
from wadah.web.words import language

if TYPE_CHECKING:
    from wadah.web.access import Person


@card(urgency=30)
def drafts(person: Person) -> Card | None:
    waiting = drafts_to_decide(person.roles.cooperatives_managed)
    if not waiting:
        return None
    newest = waiting[0]
    words = {
        "count": len(waiting),
        "cooperative": newest.cooperative.name,
        "day": date_text(newest.start_on, language()),
    }
    return Card(
        len(waiting),
        _("Drafts of plans"),
        ngettext(
            "%(cooperative)s has a draft from %(day)s on: put it into force, or put it aside.",
            "%(count)s drafts wait, the newest for %(cooperative)s from %(day)s on: put one into force.",
            len(waiting),
        )
        % words,
        reverse("plan", args=[newest.pk]),
        _("Look at the draft"),
        "plan",
    )


@card(urgency=40)
def promises(person: Person) -> Card | None:
    broken = promises_at_risk(person.roles.cooperatives_managed)
    if not broken:
        return None
    count = sum(row.count for row in broken)
    return Card(
        count,
        _("Promises at risk"),
        ngettext(
            "The plan in force doesn't keep %(count)s promise: tell the buyer, or plan again with more hours.",
            "The plan in force doesn't keep %(count)s promises: tell the buyers, or plan again with more hours.",
            count,
        )
        % {"count": count},
        reverse("plan", args=[broken[0].run.pk]) + "#broken",
        _("See which"),
        "warning",
        pressing=True,
    )


@card(urgency=45)
def lines(person: Person) -> Card | None:
    late = lines_at_risk(person.roles.cooperatives_managed)
    if not late:
        return None
    count = sum(row.count for row in late)
    return Card(
        count,
        _("Order lines late or short"),
        ngettext(
            "The plan in force delivers %(count)s order line late or not in full; nothing was promised for it.",
            "The plan in force delivers %(count)s order lines late or not in full; nothing was promised for them.",
            count,
        )
        % {"count": count},
        reverse("plan_late", args=[late[0].run.pk]),
        _("See why"),
        "clock",
    )
