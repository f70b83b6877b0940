"""The dated figures that the growth question rests on: weather by month, training, tools, mentoring, floor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import today
from wadah.programme.growth.selectors import growth_figures
from wadah.programme.growth.services import growth_figure_put
from wadah.programme.models import GrowthFigure, RampCurve
from wadah.register.selectors import skills_all
from wadah.units import MONTHS, decimal_text
from wadah.web.access import MANAGER, OFFICER, access, person_of
from wadah.web.editing import form_page
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.views.manager.register.common import day_text, skill_name
from wadah.web.words import language

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

Kind = GrowthFigure.Kind

LISTING = Listing(
    "angka-pertumbuhan",
    gettext_lazy("Figures of the growth question"),
    [
        ListColumn("jenis", gettext_lazy("What"), lambda row: row.get_kind_display(), sort=("kind",)),
        ListColumn("proses", gettext_lazy("Process"), lambda row: skill_name(row.skill)),
        ListColumn("bulan", gettext_lazy("Month"), lambda row: month_name(row.month), sort=("month",)),
        ListColumn(
            "angka",
            gettext_lazy("Figure"),
            lambda row: decimal_text(row.value, 2, language()),
            value=lambda row: row.value,
            numeric=True,
        ),
        ListColumn(
            "sejak",
            gettext_lazy("From"),
            lambda row: day_text(row.valid_from),
            value=lambda row: row.valid_from,
            sort=("valid_from",),
        ),
        ListColumn("pasti", gettext_lazy("How sure"), lambda row: row.get_confidence_display()),
        ListColumn("sumber", gettext_lazy("Source"), lambda row: row.source),
    ],
    filters=[
        ListFilter(
            "jenis",
            gettext_lazy("What"),
            lambda: [(str(value), label) for value, label in Kind.choices],
            lambda rows, value: rows.filter(kind=value),
        )
    ],
    empty=gettext_lazy("No figure yet: without weather each month counts alike, and costs aren't known."),
)


def month_name(month: int | None) -> str:
    return "–" if month is None else MONTHS[language()][month - 1]


class FigureForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("What"), choices=Kind.choices)
    skill: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Process"),
        required=False,
        help_text=gettext_lazy("For the weather alone: the process that it slows down."),
    )
    month = forms.TypedChoiceField(
        label=gettext_lazy("Month"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=gettext_lazy("For the weather alone."),
    )
    value = forms.DecimalField(
        label=gettext_lazy("Figure"),
        max_digits=14,
        decimal_places=3,
        localize=True,
        help_text=gettext_lazy("Weather: 2 is twice the registered rate. Else rupiah, or m²."),
    )
    valid_from = forms.DateField(
        label=gettext_lazy("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    confidence = forms.ChoiceField(
        label=gettext_lazy("How sure"), choices=RampCurve.Confidence.choices, initial=RampCurve.Confidence.ASSUMED
    )
    source = forms.CharField(label=gettext_lazy("Source"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        skill, month = self.fields["skill"], self.fields["month"]
        assert isinstance(skill, forms.ModelChoiceField)
        assert isinstance(month, forms.ChoiceField)
        skill.queryset = skills_all()
        skill.label_from_instance = skill_name  # type: ignore[assignment,method-assign]
        month.choices = [("", "–"), *((str(i + 1), name) for i, name in enumerate(MONTHS[language()]))]
        self.fields["valid_from"].initial = today()


@access(OFFICER, readers=(MANAGER,))
def figures(request: HttpRequest) -> HttpResponse:
    add = reverse("growth_figure_add") if person_of(request).roles.officer else ""
    return list_page(request, LISTING, growth_figures(), add=add)


@access(OFFICER, methods=("GET", "POST"))
def figure_add(request: HttpRequest) -> HttpResponse:
    def save(facts: dict[str, Any]) -> str:
        growth_figure_put(by=person_of(request).user, **facts)
        messages.success(request, _("Saved. Answers given before keep the figures that they were given with."))
        return reverse("growth_figures")

    form = FigureForm(request.POST or None)
    return form_page(request, form, title=_("A figure, from a day on"), back=reverse("growth_figures"), save=save)
