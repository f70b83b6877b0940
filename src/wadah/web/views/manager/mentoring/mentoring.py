"""Mentoring: the list, one with its visits and what came of it, beginning and ending it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import today
from wadah.base.errors import Refused
from wadah.programme.mentoring.selectors import cooperative_for, mentorings_kept, mentorings_seen, outcomes_of
from wadah.programme.mentoring.services import mentoring_end, mentoring_start
from wadah.programme.models import Mentoring, MentoringVisit
from wadah.register.selectors import experts_seen, skills_all, workshops_kept
from wadah.web.access import MANAGER, OFFICER, access, own_or_404, person_of
from wadah.web.editing import form_page
from wadah.web.forms import RowField
from wadah.web.history import history_table
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.manager.mentoring import words
from wadah.web.views.manager.register.common import day_text, skill_name

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

LISTING = Listing(
    "pendampingan",
    gettext_lazy("Mentoring"),
    [
        ListColumn(
            "ahli",
            gettext_lazy("Expert"),
            lambda row: row.expert.name,
            sort=("expert__name",),
            url=lambda row: reverse("mentoring", args=[row.pk]),
            badge=lambda row: "simulated" if row.expert.simulated else "",
        ),
        ListColumn("bengkel", gettext_lazy("Workshop"), lambda row: row.workshop.name, sort=("workshop__name",)),
        ListColumn("proses", gettext_lazy("Process"), lambda row: skill_name(row.skill)),
        ListColumn("untuk", gettext_lazy("What for"), lambda row: row.purpose),
        ListColumn(
            "mulai",
            gettext_lazy("From"),
            lambda row: day_text(row.starts_on),
            value=lambda row: row.starts_on,
            sort=("starts_on",),
        ),
        ListColumn(
            "sampai", gettext_lazy("Last day"), lambda row: day_text(row.ends_on), value=lambda row: row.ends_on
        ),
        ListColumn(
            "kunjungan",
            gettext_lazy("Visits held"),
            lambda row: str(row.visits_held),
            value=lambda row: row.visits_held,
            numeric=True,
        ),
        ListColumn(
            "jam",
            gettext_lazy("Hours"),
            lambda row: words.hours_text(row.minutes_held),
            value=lambda row: round((row.minutes_held or 0) / 60, 2),
            numeric=True,
        ),
        ListColumn(
            "berikut", gettext_lazy("Next visit"), lambda row: day_text(row.next_on), value=lambda row: row.next_on
        ),
        ListColumn("keadaan", gettext_lazy("State"), lambda row: row.get_status_display()),
        ListColumn("hasil", gettext_lazy("What came of it"), lambda row: row.outcome, hidden=True),
        ListColumn("koperasi", gettext_lazy("Cooperative"), lambda row: row.cooperative.name, hidden=True),
    ],
    filters=[
        ListFilter(
            "keadaan",
            gettext_lazy("State"),
            lambda: list(Mentoring.Status.choices),
            lambda rows, value: rows.filter(status=value),
        )
    ],
    empty=gettext_lazy("No expert is beside a member yet. Find one who masters what a member wants to learn."),
)


@access(MANAGER, readers=(OFFICER,))
def mentorings(request: HttpRequest) -> HttpResponse:
    roles = person_of(request).roles
    add = reverse("mentoring_find") if roles.manager else ""
    rows = mentorings_seen(roles)
    return list_page(request, LISTING, rows, template="mentoring/list.html", add=add, ways=words.ways(request))


@access(MANAGER, readers=(OFFICER,))
def mentoring(request: HttpRequest, pk: int) -> HttpResponse:
    """One mentoring: visits, what came of it by work, history."""
    roles = person_of(request).roles
    row = own_or_404(mentorings_seen(roles), pk=pk)
    own = row.cooperative_id in roles.cooperatives_managed
    found = outcomes_of([row])[row.pk]
    shown = {
        "row": row,
        "own": own,
        "open": row.status == Mentoring.Status.OPEN,
        "skill": skill_name(row.skill),
        "visits": visits_table(row, may=own),
        "outcome": found,
        "outcome_sentence": words.outcome_sentence(found),
        "before": words.rate_text(found.before),
        "since": words.rate_text(found.since),
        "hours": words.hours_text(row.__dict__["minutes_held"]),
        "history": history_table(row, acts=words.ACTS, fields=words.FIELDS),
    }
    return render(request, "mentoring/mentoring.html", shown)


def visits_table(row: Mentoring, *, may: bool) -> Table:
    table = Table(
        _("Visits"),
        [Column(_("Day")), Column(_("Minutes"), numeric=True), Column(_("State")), Column(_("What was done"))],
    )
    for visit in row.visits.all():
        planned = visit.status == MentoringVisit.Status.PLANNED
        url = reverse("visit_held", args=[visit.pk]) if may and planned else ""
        badge = "late" if planned and visit.on < today() else ""
        table.add(
            Cell(day_text(visit.on), url, badge),
            str(visit.minutes),
            visit.get_status_display(),
            visit.done or words.NOTHING,
        )
    return table


class StartForm(forms.Form):
    expert = RowField(label=gettext_lazy("Expert"), code="", search=("name", "background"))
    workshop = RowField(label=gettext_lazy("Workshop"), told=lambda row: f"{row.code} · {row.name}")
    skill = RowField(label=gettext_lazy("Process"), told=skill_name)
    purpose = forms.CharField(
        label=gettext_lazy("What for"),
        max_length=240,
        help_text=gettext_lazy("Like: dyes that don't run, so that the trial lot passes"),
    )
    starts_on = forms.DateField(
        label=gettext_lazy("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = person_of(request).roles
        for name, key, rows in (
            ("expert", "ahli", experts_seen(roles).filter(archived_at__isnull=True)),
            ("workshop", "bengkel", workshops_kept(roles).filter(archived_at__isnull=True)),
            ("skill", "proses", skills_all()),
        ):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
            self.fields[name].initial = request.GET.get(key)
        self.fields["starts_on"].initial = today()


@access(MANAGER, methods=("GET", "POST"))
def mentoring_add(request: HttpRequest) -> HttpResponse:
    person = person_of(request)

    def save(facts: dict[str, Any]) -> str:
        cooperative = cooperative_for(facts["workshop"], person.roles.cooperatives_managed)
        if cooperative is None:
            name = facts["workshop"].name
            raise Refused(_("%(workshop)s is no member's workshop.") % {"workshop": name}, field="workshop")
        row = mentoring_start(cooperative=cooperative, by=person.user, **facts)
        messages.success(request, _("It has begun. Plan the first visit."))
        return reverse("mentoring", args=[row.pk])

    form = StartForm(request.POST or None, request=request)
    title = _("An expert beside a member")
    return form_page(request, form, title=title, back=reverse("mentoring_find"), save=save, action=_("Begin"))


class EndForm(forms.Form):
    outcome = forms.CharField(
        label=gettext_lazy("What came of it"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Also where nothing did, and why."),
    )
    called_off = forms.BooleanField(label=gettext_lazy("It was called off before its end"), required=False)


@access(MANAGER, methods=("GET", "POST"))
def mentoring_end_page(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    row = own_or_404(mentorings_kept(person.roles), pk=pk)
    page = reverse("mentoring", args=[pk])

    def save(facts: dict[str, Any]) -> str:
        mentoring_end(mentoring=row, by=person.user, **facts)
        messages.success(request, _("It is over. What came of it goes on being counted for 90 days."))
        return page

    form = EndForm(request.POST or None)
    title = _("End the mentoring of %(workshop)s") % {"workshop": row.workshop.name}
    return form_page(request, form, title=title, back=page, save=save, action=_("End it"))
