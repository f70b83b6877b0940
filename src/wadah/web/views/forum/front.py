"""The forum's first page, with the garden of experiments, and its figures."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _

from wadah.base.clock import today
from wadah.forum.selectors.communities import communities_joined, communities_open
from wadah.forum.selectors.experiments import experiments_all, results_counted
from wadah.forum.selectors.figures import ForumFigures, forum_figures
from wadah.forum.selectors.ideas import ideas_all
from wadah.forum.selectors.places import bookings_ahead
from wadah.forum.words import Result, SupportStatus
from wadah.units import date_text, minutes_text, number_text, rupiah_text
from wadah.web.access import PUBLIC, access, person_of
from wadah.web.exports import FORMATS, file_answer
from wadah.web.pictures.garden import garden
from wadah.web.tables import Column, Table
from wadah.web.views.forum.common import FEW, count_text, user_of, ways, when_text
from wadah.web.words import language

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

LESSONS, IDEAS, AHEAD = 4, 4, 3
YEARS_BACK = 5


@access(PUBLIC)
def forum(request: HttpRequest) -> HttpResponse:
    """Lessons first: what was tried, and what one learns from it."""
    user = user_of(request)
    lessons = experiments_all().exclude(result=Result.UNKNOWN).order_by("-result_on", "-pk")
    counted = results_counted()
    context = {
        "ways": ways(request),
        "lessons": lessons[:LESSONS],
        "ideas": ideas_all(user)[:IDEAS],
        "communities": communities_open().count(),
        "counted": counted,
        "all": sum(counted.values()),
        "garden": garden(experiments_all()[:60]),
        "mine": communities_joined(user),
        "ahead": [(row, when_text(row.starts_at, row.ends_at)) for row in bookings_ahead(user)[:AHEAD]] if user else (),
        "signed_in": person_of(request).signed_in,
    }
    return render(request, "forum/forum.html", context)


@access(PUBLIC)
def figures(request: HttpRequest) -> HttpResponse:
    """A year's figures beside those of the year before; ?tahun= names the year, ?unduh= takes them home."""
    year = year_asked(request.GET.get("tahun", ""))
    columns = [of_year(one) for one in (year, year - 1)]
    rows = [(words, [value(one) for one in columns]) for words, value in lines()]
    head = [_("What"), *(str(one.first.year) for one in columns)]
    kind = request.GET.get("unduh", "")
    if kind in FORMATS:
        return file_answer(kind, f"forum-{year}", head, ([words, *values] for words, values in rows))
    table = Table(_("The forum in figures"), [Column(head[0]), *(Column(words, numeric=True) for words in head[1:])])
    for words, values in rows:
        table.add(words, *values)
    context = {
        "ways": ways(request),
        "table": table,
        "year": year,
        "years": list(range(today().year, today().year - YEARS_BACK, -1)),
        "until": date_text(columns[0].last, language()),
        "figures": columns[0],
        "few": FEW,
    }
    return render(request, "forum/figures.html", context)


def year_asked(text: str) -> int:
    known = range(today().year - YEARS_BACK + 1, today().year + 1)
    return int(text) if text.isascii() and text.isdecimal() and int(text[:6]) in known else today().year


def of_year(year: int) -> ForumFigures:
    """A whole year, this one up to today."""
    last = min(date(year, 12, 31), today())
    return forum_figures(date(year, 1, 1), last)


def lines() -> list[tuple[str, Callable[[ForumFigures], str]]]:
    """Each line of the table: its words, and how it is read from a year."""
    return [
        (_("Communities that meet, at the end"), lambda one: number(one.communities_now)),
        (_("New communities"), lambda one: number(one.communities_new)),
        (_("Communities that did something"), lambda one: number(one.communities_active)),
        (_("People in communities, at the end"), lambda one: count_text(one.members_now, public=True)),
        (_("People who did something"), lambda one: count_text(one.people_active, public=True)),
        (_("Ideas"), lambda one: number(one.ideas)),
        (_("“I would join in”"), lambda one: number(one.idea_voices)),
        (_("Experiments begun"), lambda one: number(one.experiments_begun)),
        (_("Results: worked"), lambda one: number(one.lessons.get(Result.WORKED, 0))),
        (_("Results: failed, with a lesson"), lambda one: number(one.lessons.get(Result.FAILED, 0))),
        (_("Rooms and tools shared, at the end"), lambda one: number(one.resources_now)),
        (_("Bookings"), lambda one: number(one.bookings)),
        (_("Time booked"), lambda one: minutes_text(one.booked_minutes, language())),
        (_("Support asked for"), lambda one: number(sum(one.supports.values()))),
        (_("… of it refused"), lambda one: number(one.supports.get(SupportStatus.REFUSED, 0))),
        (_("… of it delivered"), lambda one: number(delivered(one))),
        (_("Small grants, in all"), lambda one: rupiah_text(one.granted_rupiah)),
        (_("People who took part in training"), lambda one: count_text(one.trained, public=True)),
        (_("Offered to a cooperative"), lambda one: number(one.graduations["asked"])),
        (_("Became a trial product"), lambda one: number(one.graduations["product"])),
        (_("Went into a trial lot"), lambda one: number(one.graduations["trial"])),
        (_("Came into the register"), lambda one: number(one.graduations["capability"])),
    ]


def number(value: int) -> str:
    return number_text(value, language())


def delivered(one: ForumFigures) -> int:
    return sum(one.supports.get(status, 0) for status in (SupportStatus.DELIVERED, SupportStatus.TOLD))
