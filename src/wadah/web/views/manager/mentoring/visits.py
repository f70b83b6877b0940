"""Visits of a mentoring, and the hours that an expert gives."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import monday, today
from wadah.programme.mentoring.selectors import expert_hours_kept, hours_of, mentorings_kept, visits_kept
from wadah.programme.mentoring.services import expert_hours_set, visit_call_off, visit_hold, visit_plan
from wadah.web.access import MANAGER, OFFICER, access, own_or_404, person_of
from wadah.web.editing import form_page
from wadah.web.tables import Column, Table
from wadah.web.views.manager.register.common import day_text

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

USUAL_MINUTES = 120


class VisitForm(forms.Form):
    on = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=1, initial=USUAL_MINUTES)


@access(MANAGER, methods=("GET", "POST"))
def visit_add(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    row = own_or_404(mentorings_kept(person.roles), pk=pk)
    page = reverse("mentoring", args=[pk])

    def save(facts: dict[str, Any]) -> str:
        visit_plan(mentoring=row, by=person.user, **facts)
        messages.success(request, _("Planned. The member sees it on the phone."))
        return page

    form = VisitForm(request.POST or None)
    words = {"expert": row.expert.name, "workshop": row.workshop.name}
    title = _("Next visit of %(expert)s at %(workshop)s") % words
    return form_page(request, form, title=title, back=page, save=save, action=_("Plan it"))


class HeldForm(forms.Form):
    minutes = forms.IntegerField(label=gettext_lazy("Minutes that it took"), min_value=1)
    done = forms.CharField(
        label=gettext_lazy("What was done"), max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )


@access(MANAGER, methods=("GET", "POST"))
def visit_held(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    visit = own_or_404(visits_kept(person.roles), pk=pk)
    page = reverse("mentoring", args=[visit.mentoring_id])

    def save(facts: dict[str, Any]) -> str:
        visit_hold(visit=visit, by=person.user, **facts)
        messages.success(request, _("Saved."))
        return page

    form = HeldForm(request.POST or None, initial={"minutes": visit.minutes})
    return form_page(
        request,
        form,
        title=_("Visit on %(day)s") % {"day": day_text(visit.on)},
        back=page,
        save=save,
        action=_("It took place"),
        template="mentoring/visit.html",
        visit=visit,
    )


class CallOffForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Why it falls out"), max_length=400)


@access(MANAGER, methods=("GET", "POST"))
def visit_called_off(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    visit = own_or_404(visits_kept(person.roles), pk=pk)
    page = reverse("mentoring", args=[visit.mentoring_id])

    def save(facts: dict[str, Any]) -> str:
        visit_call_off(visit=visit, by=person.user, **facts)
        messages.success(request, _("Called off. Its hours are free again."))
        return page

    form = CallOffForm(request.POST or None)
    title = _("Call off the visit on %(day)s") % {"day": day_text(visit.on)}
    return form_page(request, form, title=title, back=page, save=save, action=_("Call it off"))


class HoursForm(forms.Form):
    valid_from = forms.DateField(
        label=gettext_lazy("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    hours_week = forms.IntegerField(
        label=gettext_lazy("Hours a week for mentoring"),
        min_value=0,
        help_text=gettext_lazy("0: none for the time being."),
    )


@access(MANAGER, OFFICER, methods=("GET", "POST"))
def expert_hours(request: HttpRequest, pk: int) -> HttpResponse:
    """The hours that an expert gives, from a day on, and those given so far."""
    person = person_of(request)
    expert = own_or_404(expert_hours_kept(person.roles), pk=pk)

    def save(facts: dict[str, Any]) -> str:
        expert_hours_set(expert=expert, by=person.user, **facts)
        messages.success(request, _("Saved."))
        return reverse("expert_hours", args=[pk])

    form = HoursForm(request.POST or None, initial={"valid_from": monday(today()) + timedelta(weeks=1)})
    table = Table(_("Hours given so far"), [Column(_("From")), Column(_("Hours a week"), numeric=True)])
    for day, hours in sorted(hours_of([pk])[pk], reverse=True):
        table.add(day_text(day), str(hours))
    return form_page(
        request,
        form,
        title=_("Hours of %(expert)s") % {"expert": expert.name},
        back=reverse("register_about", args=["ahli", pk]),
        save=save,
        template="mentoring/hours.html",
        table=table,
    )
