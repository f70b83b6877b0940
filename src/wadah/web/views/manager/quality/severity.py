"""Seberapa ketat: how severely each maker's lots are inspected, why, and what a manager may decide between two lots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import business_date
from wadah.base.errors import NotYours
from wadah.units import date_text
from wadah.web.access import INSPECTOR, MANAGER, access, own_or_404
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.views.manager.quality.common import act_page, cooperatives_of, history_of_row, managed, user_of, ways
from wadah.web.views.manager.quality.forms import ReasonForm
from wadah.web.views.manager.quality.words import class_label, severity_label
from wadah.web.words import language, part_name
from wadah.work.rules.switching import SCORE_ENOUGH
from wadah.work.selectors.inspections import states_kept
from wadah.work.services.refusals import STATES, reasons_text
from wadah.work.services.switching import state_of, switching_reduce, switching_resume, switching_to_normal

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.work.models import SwitchingState

ACTS = {
    "longgarkan": (
        gettext_lazy("Reduce inspection"),
        gettext_lazy("Only where production runs regularly and nothing has changed in how the part is made."),
        gettext_lazy("Inspection is reduced."),
    ),
    "normal": (
        gettext_lazy("Back to normal inspection"),
        gettext_lazy("When production became irregular or stopped, or when somebody asks for it."),
        gettext_lazy("Inspection is normal again."),
    ),
    "lanjut": (
        gettext_lazy("Inspect again after a correction"),
        gettext_lazy("Say what the maker has corrected. Inspection begins again, tightened."),
        gettext_lazy("Inspection goes on, tightened. The approval stays suspended until somebody approves it again."),
    ),
}
FROM = {"normal": "longgarkan", "reduced": "normal", "discontinued": "lanjut"}
"""The act that each severity allows."""

LISTING = Listing(
    "keketatan",
    gettext_lazy("How severely"),
    [
        ListColumn(
            "bagian",
            gettext_lazy("Part"),
            lambda row: part_name(row.part),
            sort=("part__code",),
            url=lambda row: reverse("severity", args=[row.pk]),
        ),
        ListColumn("kode", gettext_lazy("Part code"), lambda row: row.part.code, hidden=True),
        ListColumn("bengkel", gettext_lazy("Workshop"), lambda row: row.workshop.name, sort=("workshop__name",)),
        ListColumn("cacat", gettext_lazy("Defects"), lambda row: class_label(row.defect_class), sort=("defect_class",)),
        ListColumn(
            "keketatan",
            gettext_lazy("Severity"),
            lambda row: severity_label(row.severity),
            sort=("severity",),
            badge=lambda row: "late" if row.severity == "discontinued" else "",
        ),
        ListColumn(
            "sejak",
            gettext_lazy("Since"),
            lambda row: date_text(business_date(row.changed_at), language()),
            value=lambda row: business_date(row.changed_at),
            sort=("changed_at",),
        ),
    ],
    search=lambda rows, text: rows.filter(
        Q(part__name__icontains=text) | Q(part__code__icontains=text) | Q(workshop__name__icontains=text)
    ),
    filters=[
        ListFilter(
            "ketat",
            gettext_lazy("Severity"),
            lambda: list(STATES.items()),
            lambda rows, value: rows.filter(severity=value),
        )
    ],
    empty=gettext_lazy("No lot of a member has been inspected yet: each maker begins with normal inspection."),
)


@access(MANAGER, INSPECTOR)
def severities(request: HttpRequest) -> HttpResponse:
    rows = states_kept(cooperatives_of(request))
    return list_page(request, LISTING, rows, template="quality/list.html", ways=ways(request))


@access(MANAGER, INSPECTOR)
def severity(request: HttpRequest, pk: int) -> HttpResponse:
    """Where one state stands, in words, and its history."""
    row = own_or_404(states_kept(cooperatives_of(request)), pk=pk)
    act = FROM.get(row.severity) if row.cooperative_id in managed(request) else None
    state = state_of(row)
    if act == "longgarkan" and not state.may_reduce:
        act = None
    context = {
        "row": row,
        "title": f"{part_name(row.part)} × {row.workshop.name}",
        "defects": class_label(row.defect_class),
        "label": severity_label(row.severity),
        "sentences": state_sentences(row),
        "act": (act, *ACTS[act][:2]) if act else None,
        "history": history_of_row(row),
    }
    return render(request, "quality/severity.html", context)


def state_sentences(row: SwitchingState) -> list[str]:
    state = state_of(row)
    found = []
    if state.inspection == "normal":
        if state.recent:
            words = {"count": len(state.recent), "bad": state.recent.count(False)}
            found.append(_("Of the last %(count)s lots that count, %(bad)s were rejected.") % words)
        found.append(_("Two rejected out of five tighten inspection."))
        words = {"score": state.score, "enough": SCORE_ENOUGH}
        found.append(_("ISO-style switching score: %(score)s of %(enough)s. From there on you may reduce it.") % words)
    if state.inspection == "tightened":
        words = {"run": state.accepted_run, "rejected": state.rejected}
        found.append(_("%(run)s of five in a row are accepted; then inspection is normal again.") % words)
        found.append(
            _("%(rejected)s of five are rejected; then inspection stops and the approval is suspended.") % words
        )
    if state.inspection == "reduced":
        found.append(_("One rejected lot, or one between accepting and rejecting, leads back to normal inspection."))
    if state.inspection == "discontinued":
        found.append(_("No lot of this part is inspected from here until something was corrected."))
    if state.reasons:
        found.append(_("Last: %(why)s.") % {"why": reasons_text(state.reasons)})
    return found


@access(MANAGER, methods=("GET", "POST"))
def severity_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    row = own_or_404(states_kept(managed(request)), pk=pk)
    if act not in ACTS:
        raise NotYours
    title, hint, done = ACTS[act]
    return act_page(
        request,
        ReasonForm(request.POST or None),
        title=title,
        back=reverse("severity", args=[row.pk]),
        act=lambda facts: decide(act, row, facts["reason"], user_of(request)),
        done=done,
        action=title,
        template="quality/form.html",
        lead=hint,
    )


def decide(act: str, row: SwitchingState, reason: str, by: object) -> None:
    told = {"state": row, "reason": reason, "by": by}
    if act == "longgarkan":
        switching_reduce(**told, steady=True)  # type: ignore[arg-type]
    elif act == "normal":
        switching_to_normal(**told, why="asked")  # type: ignore[arg-type]
    else:
        switching_resume(**told)  # type: ignore[arg-type]
