"""How many groups more, artisans and months until the mandate is covered: the question, its progress, its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wadah.base.errors import Refused
from wadah.programme.growth.selectors import growth_points, growth_runs, ramp_curves
from wadah.programme.growth.services import growth_run_start, growth_run_stop
from wadah.register.selectors import cooperatives_named
from wadah.web.access import MANAGER, OFFICER, access, own_or_404, person_of
from wadah.web.exports import FORMATS, Sheet, file_answer, workbook_answer
from wadah.web.forms import refuse
from wadah.web.views.city import growth_tables as tables
from wadah.web.views.city import growth_words as words
from wadah.web.views.city.growth_form import GrowthForm

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.http import HttpRequest, HttpResponse

    from wadah.programme.models import GrowthPoint, GrowthRun

FILE = "pertumbuhan"
GROUNDS = (tables.mandate, tables.makers, tables.ramp, tables.weather, tables.costs)


def cooperatives_seen(request: HttpRequest) -> Collection[int] | None:
    """None: all, for an officer of the city."""
    roles = person_of(request).roles
    return None if roles.officer else roles.cooperatives_managed


@access(OFFICER, readers=(MANAGER,), methods=("GET", "POST"))
def growth(request: HttpRequest) -> HttpResponse:
    """Questions asked so far, and the form that asks one."""
    officer = person_of(request).roles.officer
    form = GrowthForm(request.POST or None, cooperatives=cooperatives_named(), ramps=ramp_curves())
    if request.method == "POST" and form.is_valid():
        try:
            run = growth_run_start(by=person_of(request).user, **form.facts())
            return HttpResponseRedirect(reverse("growth_run", args=[run.pk]))
        except Refused as refused:
            refuse(form, refused)
    runs = tables.runs(growth_runs(cooperatives_seen(request)))
    context = {"runs": runs, "form": form if officer else None, "ramps": ramp_curves().exists()}
    return render(request, "city/growth.html", context, status=400 if form.errors else 200)


@access(OFFICER, readers=(MANAGER,))
def growth_run(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer, as a page or as a file; while it is worked out, how far it is."""
    run = own_or_404(growth_runs(cooperatives_seen(request)), pk=pk)
    points = growth_points(run)
    kind = request.GET.get("unduh", "")
    if kind in FORMATS:
        return as_file(kind, run, points)
    own = person_of(request).roles.officer
    if run.is_working or not points:
        shown = {"run": run, "own": own, "stage": words.stage_text(run), "why": words.why_text(run)}
        return render(request, "city/growth_waiting.html", shown)
    return render(request, "city/growth_run.html", {"run": run, "own": own, **answer(run, points)})


def answer(run: GrowthRun, points: list[GrowthPoint]) -> dict[str, object]:
    """Everything that the page of an answer shows."""
    by_groups, by_month = tables.over_groups(run, points), tables.over_months(run, points)
    return {
        "answers": [words.scope_answer(run, scope) for scope in run.result.get("scopes", {})],
        "groups_picture": tables.picture(run, by_groups, month=False),
        "groups_sentence": words.groups_sentence(run),
        "groups_table": tables.points(run, by_groups, _("By number of groups more"), month=False),
        "months_picture": tables.picture(run, by_month, month=True),
        "months_sentence": words.months_sentence(run),
        "months_table": tables.points(run, by_month, _("By month in which the year begins"), month=True),
        "steps": tables.steps(run, points),
        "steps_sentence": words.steps_sentence(run, points),
        "places": tables.places(run),
        "cost_sentence": words.cost_sentence(run),
        "assumptions": words.assumptions(run),
        "sources": words.sources(run),
        "grounds": [make(run) for make in GROUNDS],
        "weather": bool(run.assumptions["weather"]),
        "simulated": any(maker["simulated"] for maker in run.assumptions.get("makers", [])),
        "files": list(FORMATS),
    }


def as_file(kind: str, run: GrowthRun, points: list[GrowthPoint]) -> HttpResponse:
    """All plans of the question; in Excel with what they rest on as a second sheet."""
    head, rows = tables.point_head(), [tables.point_values(run, point) for point in points]
    if kind != "xlsx":
        return file_answer(kind, FILE, head, rows)
    told = [[line] for line in [*words.assumptions(run), *words.sources(run)]]
    sheets = [Sheet(_("Plans"), head, rows), Sheet(_("Assumptions"), [_("Assumption")], told)]
    return workbook_answer(FILE, sheets)


@access(OFFICER, readers=(MANAGER,), methods=("POST",))
def growth_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """End the search with what it has."""
    run = own_or_404(growth_runs(cooperatives_seen(request)), pk=pk)
    growth_run_stop(run=run, by=person_of(request).user)
    messages.success(request, _("The search ends with what its plans show so far."))
    return HttpResponseRedirect(reverse("growth_run", args=[run.pk]))
