"""Cards about offers: members who haven't answered, and what won't come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wadah.base.clock import JAKARTA
from wadah.units import moment_text
from wadah.web.views.manager.today.registry import Card, card
from wadah.web.words import language
from wadah.work.selectors.mending import disruptions_kept
from wadah.work.selectors.offers import offer_counts, offers_late
from wadah.work.words import DisruptionStatus

if TYPE_CHECKING:
    from wadah.web.access import Person


@card(urgency=15)
def wont_come(person: Person) -> Card | None:
    count = disruptions_kept(person.roles.cooperatives_managed).filter(status=DisruptionStatus.OPEN).count()
    if not count:
        return None
    return Card(
        count,
        _("What won't come"),
        ngettext(
            "The plan in force counts on %(count)s lot that won't come: look how it is made up for.",
            "The plan in force counts on %(count)s lots that won't come: look how they are made up for.",
            count,
        )
        % {"count": count},
        reverse("mending_start"),
        _("Make up for it"),
        "warning",
        pressing=True,
    )


@card(urgency=25)
def unanswered(person: Person) -> Card | None:
    counts = offer_counts(person.roles.cooperatives_managed)
    if not counts.waiting or counts.first is None:
        return None
    words = {"count": counts.waiting, "moment": moment_text(counts.first.astimezone(JAKARTA), language())}
    return Card(
        counts.waiting,
        _("Offers without an answer"),
        ngettext(
            "%(count)s offer waits for a member's answer, until %(moment)s.",
            "%(count)s offers wait for members' answers, the first until %(moment)s.",
            counts.waiting,
        )
        % words,
        reverse("answers"),
        _("Remind them"),
        "phone",
        pressing=offers_late(person.roles.cooperatives_managed),
    )
