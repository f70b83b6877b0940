"""One plan held against another: cost by kind, orders, lots and members' work; as Excel and CSV too."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from wadah.plans.comparison import plans_compared, runs_to_compare
from wadah.units import date_text
from wadah.web.access import MANAGER, OFFICER, access, person_of
from wadah.web.lists import ListFilter, Listing, list_page
from wadah.web.views.manager.plans.compare_tables import LISTS, costs, sentences
from wadah.web.views.manager.plans.plans import run_or_404
from wadah.web.words import language

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.plans.models import PlanRun


@access(MANAGER, readers=(OFFICER,))
def plan_compare(request: HttpRequest, pk: int) -> HttpResponse:
    """This plan beside `dengan`, else beside the plan in force, the one it was made from, or the newest other."""
    run = run_or_404(request, pk)
    others = runs_to_compare(run) if run.best_rupiah is not None else []
    if "dengan" not in request.GET and not others:
        return render(request, "plans/compare.html", {"run": run, "other": None})
    other = chosen(request, others)
    found = plans_compared(other, run)
    which = request.GET.get("tabel", "")
    which = which if which in LISTS else "pesanan"
    made = LISTS[which](found)
    runs = [(str(row.pk), run_words(row)) for row in others]
    own = run.cooperative_id in person_of(request).roles.cooperatives_managed
    columns = made.columns if own else [replace(one, url=None) for one in made.columns]  # an officer opens no order
    tables = [(key, str(one(found).caption)) for key, one in LISTS.items()]
    listing = Listing(
        f"banding-{run.pk}-{other.pk}-{which}",
        made.caption,
        columns,
        filters=[kept("dengan", _("Against"), runs, str(other.pk)), kept("tabel", _("Show"), tables, which)],
    )
    return list_page(
        request,
        listing,
        made.rows,  # type: ignore[arg-type]  # a list that nothing narrows or sorts
        template="plans/compare.html",
        run=run,
        other=other,
        run_words=run_words(run),
        other_words=run_words(other),
        sentences=sentences(found),
        costs=costs(found),
    )


def chosen(request: HttpRequest, others: list[PlanRun]) -> PlanRun:
    asked = request.GET.get("dengan")
    if asked is None:
        return others[0]
    for row in others:
        if str(row.pk) == asked:
            return row
    raise Http404


def run_words(run: PlanRun) -> str:
    """Its number, status and first day."""
    words = {"number": run.pk, "status": run.get_status_display(), "day": date_text(run.start_on, language())}
    return _("No. %(number)s, %(status)s, from %(day)s") % words


def kept(key: str, label: str, choices: list[tuple[str, str]], value: str) -> ListFilter:
    """A choice that the view has made use of already; the list only carries it on in its addresses."""
    return ListFilter(key, label, lambda: choices, lambda rows, _value: rows, initial=value)
