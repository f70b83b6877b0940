"""Cards about buyers: who waits for an answer, and which offer is about to lapse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wadah.base.clock import today
from wadah.demand.selectors import quotations_lapsing, requests_unanswered
from wadah.units import date_text
from wadah.web.views.manager.today.registry import Card, card
from wadah.web.words import language

if TYPE_CHECKING:
    from wadah.web.access import Person


@card(urgency=10)
def requests(person: Person) -> Card | None:
    waiting = requests_unanswered(person.roles.cooperatives_managed)
    if waiting.day is None:
        return None
    one = waiting.count == 1
    return Card(
        waiting.count,
        _("Requests without an answer"),
        ngettext(
            "%(count)s buyer waits to hear whether you can, since %(day)s.",
            "%(count)s requests wait to hear whether you can, the first since %(day)s.",
            waiting.count,
        )
        % {"count": waiting.count, "day": date_text(waiting.day, language())},
        reverse("request", args=[waiting.first]) if one else reverse("requests") + "?keadaan=open&urut=received_on",
        _("Answer them"),
        "in",
        pressing=True,
    )


@card(urgency=20)
def quotations(person: Person) -> Card | None:
    lapsing = quotations_lapsing(person.roles.cooperatives_managed, today())
    if lapsing.day is None:
        return None
    return Card(
        lapsing.count,
        _("Quotations about to lapse"),
        ngettext(
            "%(number)s ends on %(day)s, and the buyer hasn't answered: remind them, or offer anew.",
            "%(count)s end within days and nobody answered, %(number)s first, on %(day)s: remind the buyers.",
            lapsing.count,
        )
        % {"count": lapsing.count, "number": lapsing.first, "day": date_text(lapsing.day, language())},
        reverse("quotation", args=[lapsing.first]),
        _("Open %(number)s") % {"number": lapsing.first},
        "paper",
        pressing=True,
    )
