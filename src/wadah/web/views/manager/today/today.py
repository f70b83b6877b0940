"""Hari ini: what must I decide? The first page of a manager, and of a treasurer, who has the cards about money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from wadah.base.clock import today as business_today
from wadah.plans.selectors import beginning, begun
from wadah.register.selectors import cooperatives_named
from wadah.web.access import MANAGER, TREASURER, access, person_of
from wadah.web.views.manager.today import cards  # noqa: F401 registers them
from wadah.web.views.manager.today.registry import cards_of
from wadah.web.views.manager.today.ticks import ticks

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.register.models import Cooperative
    from wadah.web.access import Person
    from wadah.web.views.manager.today.ticks import Tick


@access(MANAGER, TREASURER)
def today(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    shown = {"day": business_today(), "cards": cards_of(person), "begun": beginners(person)}
    return render(request, "today/today.html", shown)


def beginners(person: Person) -> list[tuple[Cooperative, list[Tick], int]]:
    """Cooperatives that haven't ticked everything off, each with its seven ticks and how many are done."""
    found = []
    for cooperative in cooperatives_named(person.roles.cooperatives_managed):
        if not begun(cooperative, business_today()):
            listed = ticks(beginning(cooperative, business_today()))
            found.append((cooperative, listed, sum(tick.done for tick in listed)))
    return found
