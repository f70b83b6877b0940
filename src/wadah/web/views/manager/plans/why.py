"""Why is this line late or short, and what are the ways out? Asked in the background; a way becomes a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wadah.plans.answers.selectors import run_lines, ways_answer
from wadah.plans.answers.services import way_apply, ways_ask
from wadah.plans.drafts import LIVE
from wadah.plans.rules import Horizon
from wadah.web.access import MANAGER, OFFICER, access, own_or_404, person_of
from wadah.web.views.manager.plans.plans import own_run_or_404, part_names, run_or_404
from wadah.web.views.manager.plans.tables import is_unhappy
from wadah.web.views.manager.plans.why_words import chain_shown, ways_shown, without_sentences
from wadah.web.words import line_sentence, reason_sentence

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.plans.models import PlannedLine, PlanRun


def line_or_404(run: PlanRun, line: int) -> PlannedLine:
    return own_or_404(run_lines(run), pk=line)


@access(MANAGER, readers=(OFFICER,))
def plan_why(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """The chain behind a line and its ways out, as far as they are known."""
    run = run_or_404(request, pk)
    row = line_or_404(run, line)
    horizon, names = Horizon(run.start_on, run.weeks), part_names()
    answer = ways_answer(row)
    result = answer.result if answer else None
    return render(
        request,
        "plans/why.html",
        {
            "run": run,
            "row": row,
            "own": run.cooperative_id in person_of(request).roles.cooperatives_managed,
            "live": run.status in LIVE,
            "unhappy": is_unhappy(row),
            "happens": line_sentence(row, horizon),
            "reasons": [reason_sentence(reason, horizon, names) for reason in row.reasons],
            "answer": answer,
            "job": answer.job if answer else None,
            "result": result,
            "chain": chain_shown(result, horizon, names) if result else [],
            "ways": ways_shown(result, horizon, names) if result else [],
            "without": without_sentences(result) if result else [],
        },
    )


@access(MANAGER, readers=(OFFICER,), methods=("POST",))
def plan_why_ask(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    run = own_run_or_404(request, pk)
    user = person_of(request).user
    assert user is not None
    ways_ask(line=line_or_404(run, line), by=user)
    return HttpResponseRedirect(reverse("plan_why", args=[pk, line]))


@access(MANAGER, readers=(OFFICER,), methods=("POST",))
def plan_why_apply(request: HttpRequest, pk: int, line: int, place: int) -> HttpResponse:
    run = own_run_or_404(request, pk)
    user = person_of(request).user
    assert user is not None
    draft = way_apply(line=line_or_404(run, line), place=place, by=user)
    messages.success(request, _("This is a draft with that way out. Nothing changes until you put it into force."))
    return HttpResponseRedirect(reverse("plan", args=[draft.pk]))
