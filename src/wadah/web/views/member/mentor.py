"""A member's mentor: who comes, what for, when next, and what was done so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render

from wadah.base.clock import today
from wadah.programme.mentoring.selectors import mentorings_of
from wadah.programme.models import Mentoring, MentoringVisit
from wadah.units import date_long_text
from wadah.web.access import MEMBER, access, person_of
from wadah.web.views.manager.register.common import skill_name
from wadah.web.words import language

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

VISITS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Beside:
    """A mentoring as its member sees it. next_on: the next visit in words, empty while none is planned; held: day,
    minutes and what was done, the last one first."""

    row: Mentoring
    skill: str
    open: bool
    next_on: str
    next_minutes: int
    held: list[MentoringVisit]


@access(MEMBER)
def my_mentor(request: HttpRequest) -> HttpResponse:
    rows = [beside(row) for row in mentorings_of(person_of(request).roles.workshops_owned)]
    return render(request, "member/mentor.html", {"rows": rows})


def beside(row: Mentoring) -> Beside:
    visits = list(row.visits.all())
    status = MentoringVisit.Status
    to_come = [visit for visit in visits if visit.status == status.PLANNED and visit.on >= today()]
    held = [visit for visit in reversed(visits) if visit.status == status.HELD]
    following = to_come[0] if to_come else None
    return Beside(
        row,
        skill_name(row.skill),
        row.status == Mentoring.Status.OPEN,
        date_long_text(following.on, language()) if following else "",
        following.minutes if following else 0,
        held[:VISITS_SHOWN],
    )
