"""Cara kerja: how a cooperative works where a part has no plan of its own; its manager changes it, its inspector
reads it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.errors import ReadOnly
from wadah.register.selectors import cooperatives_named
from wadah.units import decimal_text
from wadah.web.access import INSPECTOR, MANAGER, access, own_or_404
from wadah.web.editing import RowForm
from wadah.web.views.manager.quality.common import (
    act_page,
    cooperatives_of,
    history_of_row,
    managed,
    user_of,
    ways,
)
from wadah.web.views.manager.quality.plans import AQL_CHOICES, LEVELS, NUMBER
from wadah.web.views.manager.quality.words import FIELDS, rules_text
from wadah.web.words import language
from wadah.work.rules.sampling_tables import AQLS, AQLS_PRINTED
from wadah.work.selectors.terms import work_terms
from wadah.work.services.inspection_plans import work_terms_set

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.register.models import Cooperative
    from wadah.work.models import WorkTerms
    from wadah.work.selectors.asked import InspectedBy


class TermsForm(RowForm):
    """How a cooperative works; AQLs as the tables have them."""

    offer_weeks_ahead = forms.IntegerField(label=FIELDS["offer_weeks_ahead"], min_value=1, max_value=52, widget=NUMBER)
    answer_hours = forms.IntegerField(label=FIELDS["answer_hours"], min_value=1, max_value=720, widget=NUMBER)
    over_percent = forms.IntegerField(label=FIELDS["over_percent"], min_value=0, max_value=100, widget=NUMBER)
    level = forms.ChoiceField(label=gettext_lazy("Inspection level"), choices=LEVELS)
    aql_major = forms.ChoiceField(label=FIELDS["aql_major"], choices=AQL_CHOICES[1:])
    aql_minor = forms.ChoiceField(label=FIELDS["aql_minor"], choices=AQL_CHOICES[1:])

    def __init__(self, *args: Any, row: WorkTerms, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        for name in ("aql_major", "aql_minor"):
            printed = zip(AQLS_PRINTED, AQLS, strict=True)
            self.fields[name].initial = next((text for text, aql in printed if aql == getattr(row, name)), "1.0")


@access(MANAGER, INSPECTOR)
def work_settings_start(request: HttpRequest) -> HttpResponse:
    """Where somebody works for several cooperatives: of which one?"""
    own = list(cooperatives_named(cooperatives_of(request)))
    if len(own) == 1:
        return HttpResponseRedirect(reverse("work_settings", args=[own[0].pk]))
    return render(request, "quality/terms_start.html", {"own": own, "ways": ways(request)})


@access(MANAGER, INSPECTOR, methods=("GET", "POST"))
def work_settings(request: HttpRequest, pk: int) -> HttpResponse:
    cooperative: Cooperative = own_or_404(cooperatives_named(cooperatives_of(request)), pk=pk)
    row = work_terms(cooperative)
    context: dict[str, Any] = {
        "lead": _("%(cooperative)s: this holds wherever a part has no plan of its own.") % {"cooperative": cooperative},
        "begun": row.pk is None,
        "history": history_of_row(row) if row.pk else None,
    }
    if pk not in managed(request):
        if request.method == "POST":
            raise ReadOnly
        return render(request, "quality/terms_seen.html", {"facts": facts_of(row), "ways": ways(request), **context})
    return act_page(
        request,
        TermsForm(request.POST or None, row=row),
        title=_("How we work"),
        back=reverse("quality"),
        act=lambda facts: work_terms_set(cooperative=cooperative, by=user_of(request), **facts),
        done=_("Saved. It holds for what is offered and inspected from now on."),
        action=_("Save"),
        template="quality/terms.html",
        **context,
    )


def facts_of(row: WorkTerms) -> list[tuple[str, str]]:
    """As a form's labels and values, to be read."""
    return [
        (str(field.label), decimal_text(value, 3, language()) if isinstance(value, (int, Decimal)) else str(value))
        for name, field in TermsForm.base_fields.items()
        if name != "version"
        for value in [getattr(row, name)]
    ]


def inspected_sentence(row: InspectedBy) -> tuple[str, str]:
    """What lots of a part are inspected by, in words, and the page that says it all."""
    if row.plan is not None:
        return f"{row.plan.level}. {rules_text(row.plan)}", reverse("inspection_plan", args=[row.plan.pk])
    words = {
        "level": row.terms.level,
        "major": decimal_text(row.terms.aql_major, 3, language()),
        "minor": decimal_text(row.terms.aql_minor, 3, language()),
    }
    told = _("No plan of its own: level %(level)s, AQL %(major)s for major and %(minor)s for minor defects.") % words
    return told, reverse("work_settings", args=[row.cooperative.pk])
