"""A member's own page: what they can make, with which machines, when they are free; still right, with one tap."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import business_date, monday, today
from wadah.base.errors import Refused
from wadah.register.selectors import machine_names, pattern_on, skills_all, workshop_strip, workshops_owned
from wadah.register.services import (
    days_close,
    days_open,
    machine_put,
    skills_claim,
    week_pattern_set,
    workshop_confirm,
)
from wadah.register.services.sharing import workshop_wish_set
from wadah.web.access import MEMBER, access, own_or_404, person_of
from wadah.web.editing import form_page
from wadah.web.views.manager.register.common import day_text, skill_name
from wadah.web.views.manager.register.forms import PRESET_WORDS, WeekForm, WholeField, week_asked
from wadah.web.views.manager.register.parts import workshop_part
from wadah.web.views.manager.register.sharing import WeekHoursField
from wadah.web.views.member.strip import week_parts
from wadah.work.services.away import days_closed, days_opened

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.register.models import Workshop

WEEKS = 8
COUNT_MAX = 32_767


class MachineForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Machine"), max_length=120, widget=forms.TextInput(attrs={"list": "machines"})
    )
    count = WholeField(label=gettext_lazy("How many"), initial=1, most=COUNT_MAX)

    def clean_count(self) -> int:
        count: int = self.cleaned_data["count"]
        if count < 1:
            raise forms.ValidationError(_("At least one."))
        return count


def own_workshop(request: HttpRequest, pk: int) -> Workshop:
    return own_or_404(workshops_owned(person_of(request).roles), pk=pk)


@access(MEMBER)
def abilities(request: HttpRequest) -> HttpResponse:
    """Each workshop of the member's with its eight weeks; a member with several has them one below the other."""
    day = today()
    shops = [
        (
            workshop_part(row),
            week_parts(workshop_strip(row, monday(day), WEEKS), day),
            day_text(business_date(row.confirmed_at)) if row.confirmed_at else "",
        )
        for row in workshops_owned(person_of(request).roles)
    ]
    return render(request, "member/abilities.html", {"shops": shops})


@access(MEMBER, methods=("GET", "POST"))
def ability_skills(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which other processes the workshop masters."""
    row = own_workshop(request, pk)
    held = {claim.skill_id for claim in row.mastered.all()}
    known = [skill for skill in skills_all() if skill.pk not in held]
    if request.method == "POST":
        asked = set(request.POST.getlist("skills"))
        chosen = [skill for skill in known if str(skill.pk) in asked]
        if chosen:
            skills_claim(workshop=row, skills=chosen, by=person_of(request).user)
            messages.success(request, _("Saved. The manager of the cooperative can now confirm it."))
            return HttpResponseRedirect(reverse("abilities"))
    context = {
        "skills": [(skill.pk, skill_name(skill), False) for skill in known],
        "nothing": request.method == "POST",
        "shop": row,
    }
    return render(request, "member/ability_skills.html", context, status=400 if context["nothing"] else 200)


@access(MEMBER, methods=("GET", "POST"))
def ability_machine(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_workshop(request, pk)

    def save(facts: dict[str, Any]) -> str:
        machine_put(workshop=row, by=person_of(request).user, **facts)
        messages.success(request, _("Saved."))
        return reverse("abilities")

    return form_page(
        request,
        MachineForm(request.POST or None),
        title=_("Which machine do you have?"),
        back=reverse("abilities"),
        save=save,
        template="member/ability_machine.html",
        machine_names=machine_names(),
    )


@access(MEMBER, methods=("GET", "POST"))
def ability_hours(request: HttpRequest, pk: int) -> HttpResponse:
    """The usual week, from this week on; overtime that was agreed stays."""
    row = own_workshop(request, pk)
    pattern = pattern_on(list(row.week_patterns.all()), today())
    form = WeekForm(request.POST or None, pattern=pattern)
    if request.method == "POST":
        known, minutes = week_asked(request.POST, form)
        if known and minutes is not None:
            week_pattern_set(
                workshop=row,
                valid_from=monday(today()),
                minutes=minutes,
                overtime_minutes_week=pattern.overtime_minutes_week if pattern else 0,
                overtime_cost_rupiah_hour=pattern.overtime_cost_rupiah_hour if pattern else 0,
                by=person_of(request).user,
            )
            messages.success(request, _("Saved. It counts from this week on."))
            return HttpResponseRedirect(reverse("abilities"))
    context = {"form": form, "presets": PRESET_WORDS, "shop": row}
    return render(request, "member/ability_hours.html", context, status=400 if form.errors else 200)


class WishForm(forms.Form):
    hours = WeekHoursField(
        label=gettext_lazy("Hours a week"),
        help_text=gettext_lazy("Like 20. Empty: you leave it open."),
        required=False,
    )


@access(MEMBER, methods=("GET", "POST"))
def ability_wish(request: HttpRequest, pk: int) -> HttpResponse:
    """How many hours of work the member wishes for."""
    row = own_workshop(request, pk)

    def save(facts: dict[str, Any]) -> str:
        workshop_wish_set(workshop=row, minutes_week=facts["hours"], by=person_of(request).user)
        messages.success(request, _("Saved. The next plan looks at it."))
        return reverse("abilities")

    form = WishForm(request.POST or None, initial={"hours": row.wish_minutes_week})
    return form_page(request, form, title=_("How much work would you like?"), back=reverse("abilities"), save=save)


@access(MEMBER, methods=("POST",))
def ability_days(request: HttpRequest, pk: int) -> HttpResponse:
    """Close days or open them again: the pressed button says which, "tutup:2026-11-30:2026-12-06"."""
    row = own_workshop(request, pk)
    act, first, last = days_asked(request.POST.get("hari", ""))
    days: dict[str, Any] = {"workshop": row, "first_day": first, "last_day": last, "by": person_of(request).user}
    change, tell = (days_close, days_closed) if act == "tutup" else (days_open, days_opened)
    change(**days)
    if tell(**days) and act == "tutup":
        messages.warning(request, _("You have promised work for that week. Your manager is told."))
    return HttpResponseRedirect(f"{reverse('abilities')}#minggu-{row.pk}")


def days_asked(text: str) -> tuple[str, date, date]:
    """What a button of the strip says. Raises Refused: not one of its buttons, or days out of its eight weeks."""
    parts = text.split(":")
    try:
        act, first, last = parts[0], date.fromisoformat(parts[1]), date.fromisoformat(parts[2])
    except (IndexError, ValueError):
        raise Refused(_("Wadah couldn't read which days are meant. Open the page again.")) from None
    begin = monday(today())
    if act not in {"tutup", "buka"} or not begin <= first <= last < begin + timedelta(days=7 * WEEKS):
        raise Refused(_("Only days of the eight weeks shown can be closed or opened. Open the page again."))
    return act, max(first, today()), max(last, today())


@access(MEMBER, methods=("POST",))
def ability_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    workshop_confirm(workshop=own_workshop(request, pk), by=person_of(request).user)
    messages.success(request, _("Thank you. It is noted with today's date."))
    return HttpResponseRedirect(reverse("abilities"))
