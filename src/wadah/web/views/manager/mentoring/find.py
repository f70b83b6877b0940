"""Which expert fits a member's workshop: the same process, with hours left, and near."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.programme.mentoring.selectors import expert_hours_kept, experts_for
from wadah.register.selectors import experts_seen, skills_all, workshops_seen
from wadah.units import decimal_text
from wadah.web.access import MANAGER, OFFICER, access, person_of
from wadah.web.forms import RowField
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.manager.mentoring.words import NOTHING, hours_text, ways
from wadah.web.views.manager.register.common import area_name, skill_name
from wadah.web.words import language

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.programme.mentoring.selectors import Fit
    from wadah.register.models import Skill, Workshop


class FindForm(forms.Form):
    bengkel = RowField(label=gettext_lazy("Workshop"), told=lambda row: f"{row.code} · {row.name}")
    proses = RowField(label=gettext_lazy("Process to be learned"), told=skill_name)

    def __init__(self, *args: Any, workshops: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bengkel"].queryset = workshops  # type: ignore[attr-defined]
        self.fields["proses"].queryset = skills_all()  # type: ignore[attr-defined]


@access(MANAGER, readers=(OFFICER,))
def mentoring_find(request: HttpRequest) -> HttpResponse:
    roles = person_of(request).roles
    shops = workshops_seen(roles).filter(archived_at__isnull=True)
    form = FindForm(request.GET or None, workshops=shops)
    shown: dict[str, Any] = {"form": form, "ways": ways(request)}
    if form.is_valid():
        workshop, skill = form.cleaned_data["bengkel"], form.cleaned_data["proses"]
        fits = experts_for(workshop, skill, experts_seen(roles))
        kept = set(expert_hours_kept(roles).values_list("pk", flat=True))
        shown |= {"table": fits_table(fits, workshop, skill, may=roles.manager, kept=kept), "workshop": workshop}
        shown |= {"skill": skill_name(skill), "found": len(fits), "own": roles.manager}
    return render(request, "mentoring/find.html", shown)


def fits_table(fits: list[Fit], workshop: Workshop, skill: Skill, *, may: bool, kept: set[int]) -> Table:
    """may: whether a mentoring can be begun from here; kept: ids of experts whose hours can be changed from here."""
    table = Table(
        _("Experts in %(skill)s for %(workshop)s") % {"skill": skill_name(skill), "workshop": workshop.name},
        [
            Column(_("Expert")),
            Column(_("Years of experience"), numeric=True),
            Column(_("Of them in multinational firms"), numeric=True),
            Column("Kelurahan"),
            Column(_("Kilometres"), numeric=True),
            Column(_("Hours a week"), numeric=True),
            Column(_("Left this week"), numeric=True),
        ],
    )
    for row in fits:
        query = urlencode({"ahli": row.expert.pk, "bengkel": workshop.pk, "proses": skill.pk})
        url = f"{reverse('mentoring_add')}?{query}" if may and row.may else ""
        table.add(
            Cell(row.expert.name, url, "simulated" if row.expert.simulated else ""),
            told(row.expert.years_experience),
            told(row.expert.multinational_years),
            area_name(row.expert.area),
            NOTHING if row.km is None else decimal_text(row.km, 1, language()),
            Cell(told(row.hours_week), reverse("expert_hours", args=[row.expert.pk]) if row.expert.pk in kept else ""),
            hours_text(60 * row.hours_left) if row.hours_week is not None else NOTHING,
        )
    return table


def told(number: int | None) -> str:
    return NOTHING if number is None else str(number)
