"""Plans: the runs of a cooperative, one plan as picture and tables, and the manager's acts on it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wadah.base.errors import Refused
from wadah.catalogue.selectors import part_names_by_code
from wadah.plans.drafts import LIVE
from wadah.plans.edits.selectors import run_edits, standing
from wadah.plans.offers.promises import promises_broken
from wadah.plans.rules import Horizon
from wadah.plans.selectors import (
    cooperative_runs,
    mandate_coverage,
    parts_planned,
    plan_bottlenecks,
    plan_by_part,
    plan_by_workshop,
    plan_gantt,
    plan_lines,
    plan_summary,
    run_visible,
    workshops_busiest,
)
from wadah.plans.services import plan_discard, plan_run_again, plan_run_start, plan_run_use_best
from wadah.register.selectors import cooperatives_named
from wadah.web.access import MANAGER, OFFICER, access, own_or_404, person_of
from wadah.web.forms import refuse
from wadah.web.pictures.gantt import gantt_picture
from wadah.web.views.city.figures import coverage_figures
from wadah.web.views.manager.plans import tables as plan_tables
from wadah.web.views.manager.plans.form import PlanForm
from wadah.web.views.manager.plans.since_words import since_shown
from wadah.web.words import gap_sentence, language, stopped_sentence
from wadah.work.selectors.since import answers_since
from wadah.work.services.publishing import plan_offer

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.http import HttpRequest

    from wadah.plans.models import PlannedLine, PlanRun

LANES_MAX = 40
UNHAPPY_MAX = 6
PAGE = 50


def cooperatives_seen(request: HttpRequest) -> Collection[int] | None:
    """None: all, for an officer of the city."""
    roles = person_of(request).roles
    return None if roles.officer else roles.cooperatives_managed


def run_or_404(request: HttpRequest, pk: int) -> PlanRun:
    return own_or_404(run_visible(cooperatives_seen(request)), pk=pk)


def own_run_or_404(request: HttpRequest, pk: int) -> PlanRun:
    """For writing: of a cooperative that the person manages, an officer's too."""
    return own_or_404(run_visible(person_of(request).roles.cooperatives_managed), pk=pk)


@access(MANAGER, readers=(OFFICER,), methods=("GET", "POST"))
def plans(request: HttpRequest) -> HttpResponse:
    """The runs, and the form that starts one."""
    roles = person_of(request).roles
    form = PlanForm(request.POST or None, cooperatives=cooperatives_named(roles.cooperatives_managed))
    if request.method == "POST" and form.is_valid():
        try:
            run = plan_run_start(by=person_of(request).user, **form.cleaned_data)
            return HttpResponseRedirect(reverse("plan", args=[run.pk]))
        except Refused as refused:
            refuse(form, refused)
    shown = [
        (cooperative, plan_tables.runs(cooperative_runs(cooperative)))
        for cooperative in cooperatives_named(cooperatives_seen(request))
    ]
    context = {"shown": shown, "form": form if roles.manager else None}
    return render(request, "plans/list.html", context, status=400 if form.errors else 200)


@access(MANAGER, readers=(OFFICER,))
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    run = run_or_404(request, pk)
    own = run.cooperative_id in person_of(request).roles.cooperatives_managed
    if not run.has_plan or run.best_rupiah is None:
        return render(
            request,
            "plans/waiting.html",
            {"run": run, "gap": gap_sentence(run), "own": own, "stopped": stopped_sentence(run)},
        )
    horizon = Horizon(run.start_on, run.weeks)
    lines = plan_lines(run)
    unhappy = most_missing(lines)
    names = part_names()
    gantt = plan_gantt(run, lines, lanes_max=None if "semua" in request.GET else LANES_MAX)
    due = {line.due_period for line in lines}
    missed = Counter(line.due_period for line in unhappy)
    return render(
        request,
        "plans/plan.html",
        {
            "run": run,
            "own": own,
            "gap": gap_sentence(run),
            "summary": plan_summary(lines),
            "bottlenecks": plan_tables.bottlenecks(plan_bottlenecks(lines), names),
            "unhappy": plan_tables.leading(plan_tables.unhappy(unhappy[:UNHAPPY_MAX], horizon, names), own=own),
            "unhappy_more": max(0, len(unhappy) - UNHAPPY_MAX),
            "broken": plan_tables.leading(
                plan_tables.broken(promises_broken(run) if run.status in {"draft", "published"} else []), own=own
            ),
            "cost": plan_tables.cost(run),
            "coverage": coverage_figures(mandate_coverage(lines)),
            "picture": gantt_picture(gantt, due=due, late=missed),
            "missed": bool(missed),
            "late_work": plan_tables.leading(plan_tables.late_work(gantt, unhappy), own=own),
            "may_edit": own and run.status in LIVE,
            "edits": len(standing(run_edits(run))),
            "since": since_shown(answers_since(run)) if own else None,
            "workshop_count": gantt.more + len(gantt.lanes),
        },
    )


def part_names() -> dict[str, str]:
    return part_names_by_code(language())


def most_missing(lines: list[PlannedLine]) -> list[PlannedLine]:
    """Late and short lines, those that miss most first."""
    unhappy = [line for line in lines if plan_tables.is_unhappy(line)]
    return sorted(unhappy, key=lambda line: (-line.late - line.short, line.due_period, line.pk))


@access(MANAGER, readers=(OFFICER,))
def plan_late(request: HttpRequest, pk: int) -> HttpResponse:
    """Every late and short line, page by page."""
    run = run_or_404(request, pk)
    page = Paginator(most_missing(plan_lines(run)), PAGE).get_page(request.GET.get("page"))
    own = run.cooperative_id in person_of(request).roles.cooperatives_managed
    table = plan_tables.leading(
        plan_tables.unhappy(page.object_list, Horizon(run.start_on, run.weeks), part_names()), own=own
    )
    context = {"run": run, "table": table, "page": page, "title": _("Late or not made, and why")}
    return render(request, "plans/table.html", context)


@access(MANAGER, readers=(OFFICER,))
def plan_workshops(request: HttpRequest, pk: int) -> HttpResponse:
    """Who makes what, page by page."""
    run = run_or_404(request, pk)
    page = Paginator(workshops_busiest(run), PAGE).get_page(request.GET.get("page"))
    rows = plan_by_workshop(run, [key for key, _code in page.object_list])
    table = plan_tables.workshops(rows, Horizon(run.start_on, run.weeks))
    return render(request, "plans/table.html", {"run": run, "table": table, "page": page, "title": _("By workshop")})


@access(MANAGER, readers=(OFFICER,))
def plan_parts(request: HttpRequest, pk: int) -> HttpResponse:
    """What is made, page by page."""
    run = run_or_404(request, pk)
    page = Paginator(parts_planned(run), PAGE).get_page(request.GET.get("page"))
    table = plan_tables.parts(plan_by_part(run, list(page.object_list)), Horizon(run.start_on, run.weeks))
    return render(request, "plans/table.html", {"run": run, "table": table, "page": page, "title": _("By part")})


@access(MANAGER, readers=(OFFICER,))
def plan_file(request: HttpRequest, pk: int, which: str) -> HttpResponse:
    """The exact problem or plan, for `wadah check` and for other programs."""
    run = run_or_404(request, pk)
    content = bytes(run.problem_file if which == "problem" else run.plan_file)
    answer = HttpResponse(content, content_type="application/gzip")
    answer["Content-Disposition"] = f'attachment; filename="wadah-{which}-{run.pk}.json.gz"'
    return answer


@access(MANAGER, readers=(OFFICER,), methods=("POST",))
def plan_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Publish or discard a draft, plan anew in its place, or take what a run at work has found so far."""
    run = own_run_or_404(request, pk)
    user = person_of(request).user
    assert user is not None
    if act == "terbitkan":
        asked = plan_offer(run=run, by=user)
        words = ngettext(
            "This plan is in force now. %(count)s offer went to a member.",
            "This plan is in force now. %(count)s offers went to members.",
            asked.made,
        )
        messages.success(request, words % {"count": asked.made})
    elif act == "buang":
        plan_discard(run=run, by=user)
        messages.success(request, _("This draft is put aside. It stays in the list."))
    elif act == "lagi":
        run = plan_run_again(run=run, by=user)
        messages.success(request, _("A plan is being made with all that members have said by now."))
    else:
        plan_run_use_best(run=run, by=user)
        messages.success(request, _("The planner ends with the best plan it has."))
    return HttpResponseRedirect(reverse("plan", args=[run.pk]))
