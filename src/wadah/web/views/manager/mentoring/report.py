"""What came of mentoring, by expert: hours, visits, rejections before and since, trial lots on their word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wadah.programme.mentoring.selectors import expert_reports, mentorings_seen
from wadah.web.access import MANAGER, OFFICER, access, person_of
from wadah.web.exports import FORMATS, file_answer
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.manager.mentoring import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from wadah.programme.mentoring.selectors import ExpertReport
    from wadah.web.exports import Value

FILE = "hasil-pendampingan"


@access(MANAGER, readers=(OFFICER,))
def mentoring_report(request: HttpRequest) -> HttpResponse:
    """By expert; of the manager's cooperatives, for an officer of the whole city."""
    roles = person_of(request).roles
    reports = expert_reports(mentorings_seen(roles), None if roles.officer else roles.cooperatives_managed)
    kind = request.GET.get("unduh", "")
    if kind in FORMATS:
        return file_answer(kind, FILE, head(), [values(report) for report in reports])
    shown = {
        "table": report_table(reports),
        "sentence": sentence(reports),
        "files": list(FORMATS),
        "ways": words.ways(request),
    }
    return render(request, "mentoring/report.html", shown)


def report_table(reports: Sequence[ExpertReport]) -> Table:
    table = Table(
        _("Experts, their hours and what came of them"),
        [
            Column(_("Expert")),
            Column(_("Workshops"), numeric=True),
            Column(_("Visits held"), numeric=True),
            Column(_("Hours"), numeric=True),
            Column(_("Rejected in the 90 days before"), numeric=True),
            Column(_("Rejected since"), numeric=True),
            Column(_("Trial lots passed there"), numeric=True),
            Column(_("Trial lots approved on their word"), numeric=True),
            Column(_("Refused on their word"), numeric=True),
        ],
    )
    for row in reports:
        url = reverse("register_about", args=["ahli", row.expert.pk])
        table.add(
            Cell(row.expert.name, url, "simulated" if row.expert.simulated else ""),
            str(row.workshops),
            str(row.visits),
            words.hours_text(row.minutes),
            words.rate_text(row.before),
            words.rate_text(row.since),
            str(row.approved),
            str(row.trials_approved),
            str(row.trials_refused),
        )
    return table


def sentence(reports: Sequence[ExpertReport]) -> str:
    if not reports:
        return ""
    return _(
        "%(experts)s experts gave %(hours)s hours in %(visits)s visits; %(passed)s trial lots passed beside them."
    ) % {
        "experts": len(reports),
        "hours": words.hours_text(sum(row.minutes for row in reports)),
        "visits": sum(row.visits for row in reports),
        "passed": sum(row.approved for row in reports),
    }


def head() -> list[str]:
    return [
        _("Expert"),
        _("Years of experience"),
        _("Of them in multinational firms"),
        _("Workshops"),
        _("Visits held"),
        _("Hours"),
        _("Pieces judged before"),
        _("Rejected before"),
        _("Pieces judged since"),
        _("Rejected since"),
        _("Trial lots passed there"),
        _("Trial lots approved on their word"),
        _("Refused on their word"),
    ]


def values(row: ExpertReport) -> list[Value]:
    return [
        row.expert.name,
        row.expert.years_experience,
        row.expert.multinational_years,
        row.workshops,
        row.visits,
        round(row.minutes / 60, 2),
        row.before.pieces,
        row.before.rejected,
        row.since.pieces,
        row.since.rejected,
        row.approved,
        row.trials_approved,
        row.trials_refused,
    ]
