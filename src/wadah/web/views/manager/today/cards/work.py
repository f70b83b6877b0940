"""Cards about work: what is late, what was announced and hasn't come, milestones that wait for a yes or a no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wadah.base.clock import today
from wadah.web.views.manager.today.registry import Card, card
from wadah.work.selectors.material import arrivals_overdue
from wadah.work.selectors.orders import late, milestones_waiting, work_orders_seen

if TYPE_CHECKING:
    from wadah.web.access import Person


@card(urgency=20)
def late_work(person: Person) -> Card | None:
    count = work_orders_seen(person.roles.cooperatives_managed).filter(late(today())).count()
    if not count:
        return None
    return Card(
        count,
        _("Late work"),
        ngettext(
            "%(count)s work order isn't at the hub though it was due: ask what holds it.",
            "%(count)s work orders aren't at the hub though they were due: ask what holds them.",
            count,
        )
        % {"count": count},
        f"{reverse('work_orders')}?kolom=late",
        _("See which"),
        "workshop",
        pressing=True,
    )


@card(urgency=45)
def announced_and_not_here(person: Person) -> Card | None:
    count = arrivals_overdue(person.roles.cooperatives_managed)
    if not count:
        return None
    return Card(
        count,
        _("Announced, not here yet"),
        ngettext(
            "%(count)s lot should have come by now: receive it, or ask where it is.",
            "%(count)s lots should have come by now: receive them, or ask where they are.",
            count,
        )
        % {"count": count},
        reverse("store"),
        _("Open the hub"),
        "in",
    )


@card(urgency=46)
def milestones_to_judge(person: Person) -> Card | None:
    count = len(milestones_waiting(cooperatives=person.roles.cooperatives_managed, buyers=[]))
    if not count:
        return None
    return Card(
        count,
        _("Milestones handed in"),
        ngettext("%(count)s milestone waits for a yes or a no.", "%(count)s milestones wait for a yes or a no.", count)
        % {"count": count},
        reverse("milestones"),
        _("Look at it"),
        "check",
    )
