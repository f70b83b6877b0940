"""A member's first page: what must I do now? Three cards at most, the most pressing first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wadah.base.clock import JAKARTA, today
from wadah.programme.mentoring.selectors import visit_next
from wadah.register.selectors import workshops_owned
from wadah.units import date_long_text, moment_text
from wadah.web.access import MEMBER, access, person_of
from wadah.web.words import language, part_name, quantity_text
from wadah.work.rules.orders import Standing
from wadah.work.selectors.offers import offers_of, waiting_for_answer
from wadah.work.selectors.orders import OPEN, work_orders_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.web.access import Person

CARDS_MOST = 3
SOON_DAYS = 14


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do now. pressing: late, or nearly."""

    title: str
    sentence: str
    url: str
    action: str
    icon: str
    pressing: bool = False


@access(MEMBER)
def beranda(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    tasks = [task for maker in (to_answer, to_make, to_expect, to_tell) if (task := maker(person)) is not None]
    return render(request, "member/home.html", {"tasks": tasks[:CARDS_MOST], "name": person.name})


def to_answer(person: Person) -> Task | None:
    rows = list(waiting_for_answer(offers_of(person.roles.workshops_owned)))
    if not rows:
        return None
    first, count = rows[0], len(rows)
    sentence = ngettext(
        "%(count)s offer waits for your answer, until %(moment)s.",
        "%(count)s offers wait for your answer, the first until %(moment)s.",
        count,
    )
    words = {"count": count, "moment": moment_text(first.answer_by.astimezone(JAKARTA), language())}
    url = reverse("offer", args=[first.number]) if count == 1 else reverse("offers")
    return Task(_("Work is offered to you"), sentence % words, url, _("Look and answer"), "in", pressing=True)


def to_make(person: Person) -> Task | None:
    row = work_orders_of(person.roles.workshops_owned).filter(status__in=OPEN).first()
    if row is None:
        return None
    at = Standing(row.pieces, row.over, row.reported, row.handed_over, row.given_up)
    words = {
        "part": part_name(row.part),
        "day": date_long_text(row.due_on, language()),
        "left": quantity_text(float(at.in_work)),
    }
    late = row.due_on < today()
    sentence = (
        _("%(left)s × %(part)s should have been at the hub on %(day)s.")
        if late
        else _("Bring %(left)s × %(part)s to the hub by %(day)s.")
    )
    url = reverse("work_order", args=[row.number])
    return Task(_("Work in your hands"), sentence % words, url, _("How far is it?"), "workshop", pressing=late)


def to_expect(person: Person) -> Task | None:
    """The mentor's next visit, once it is near."""
    visit = visit_next(person.roles.workshops_owned, today())
    if visit is None or visit.on > today() + timedelta(days=SOON_DAYS):
        return None
    words = {"name": visit.mentoring.expert.name, "day": date_long_text(visit.on, language())}
    sentence = _("%(name)s comes to your workshop on %(day)s.") % words
    return Task(_("Your mentor comes"), sentence, reverse("my_mentor"), _("What for?"), "people")


def to_tell(person: Person) -> Task | None:
    """Without known hours nobody gets work; hours that were never confirmed are asked for."""
    shops = list(workshops_owned(person.roles))
    unknown = [row for row in shops if not row.week_patterns.all()]
    if unknown:
        sentence = _("Your hours aren't known yet, so no plan gives you work.")
        return Task(_("When are you free?"), sentence, reverse("abilities"), _("Tell it now"), "calendar")
    if any(row.confirmed_at is None for row in shops):
        sentence = _("Is what stands here about your workshop still right?")
        return Task(_("What I can do"), sentence, reverse("abilities"), _("Look and confirm"), "check")
    return None
