"""A school's or office's first page: what it owes in a year, what came of it, and what it can do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wadah.ledger.selectors.schools import school_year
from wadah.units import date_text, decimal_text, number_text
from wadah.web.access import SCHOOL, access
from wadah.web.tables import Column, Table
from wadah.web.views.city.public_words import batik_day_text, small_sentence
from wadah.web.views.school.common import YEARS, mine, own, year_asked, year_now
from wadah.web.words import language

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.demand.models import Institution
    from wadah.ledger.selectors.schools import SchoolYear


@access(SCHOOL)
def school(request: HttpRequest) -> HttpResponse:
    """The one school or office of this person, or which of them."""
    rows = list(mine(request))
    if len(rows) == 1:
        return HttpResponseRedirect(reverse("school_duty", args=[rows[0].code]))
    return render(request, "school/which.html", {"rows": rows})


@access(SCHOOL)
def school_duty(request: HttpRequest, code: str, year: int | None = None) -> HttpResponse:
    row = own(request, code)
    chosen = year_now() if year is None else year_asked(year)
    seen = school_year(row, chosen)
    context = {
        "row": row,
        "seen": seen,
        "sentence": duty_sentence(row, seen),
        "table": groups_table(seen),
        "scenario": seen.covered.scenario > 0,
        "days": [batik_day_text(day) for day in seen.days],
        "small": small_sentence(seen.small, chosen),
        "before": chosen - 1 if chosen - 1 in YEARS else None,
        "after": chosen + 1 if chosen + 1 in YEARS else None,
        "several": mine(request).count() > 1,
    }
    return render(request, "school/duty.html", context)


def duty_sentence(row: Institution, seen: SchoolYear) -> str:
    """What is left, in one sentence."""
    covered = seen.covered
    words = {
        "year": seen.year,
        "duty": pieces(covered.obliged),
        "left": pieces(covered.obliged_left),
        "wished": pieces(covered.to_order),
        "due": pieces(covered.to_receive),
    }
    if not seen.heads:
        return _("Nobody has counted your heads yet. Tell the city's officer how many you are.")
    if not seen.asked:
        return _("No rule asks anything of you in %(year)s.") % words
    if covered.obliged_left:
        return _("Your duty for %(year)s is %(duty)s pieces. %(left)s of them are not ordered yet.") % words
    if not covered.obliged and covered.to_order:
        return _("Nothing is a duty for %(year)s. If everybody bought, %(wished)s pieces would be missing.") % words
    if covered.to_receive:
        return _("All is ordered for %(year)s. %(due)s pieces are still to come.") % words
    return _("All is ordered and received for %(year)s. Thank you.") % words


def pieces(count: int) -> str:
    return number_text(count, language())


def groups_table(seen: SchoolYear) -> Table:
    table = Table(
        _("Whom you clothe"),
        [
            Column(_("Who")),
            Column(_("Heads"), numeric=True),
            Column(_("Pieces each"), numeric=True),
            Column(_("Pieces"), numeric=True),
            Column(_("Kind")),
        ],
    )
    for one in seen.asked:
        count = seen.heads[one.group]
        heads = _("%(heads)s on %(day)s") % {
            "heads": pieces(one.heads),
            "day": date_text(count.as_of, language()),
        }
        table.add(
            str(one.rule.get_applies_to_group_display()),
            heads,
            decimal_text(one.rule.pieces_per_head_year, 2, language()),
            pieces(one.duty),
            _("duty") if one.rule.obligation else _("scenario"),
        )
    return table
