"""Work offered by hand: which part, how many, for which week; then to whom, the first to say yes gets it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from wadah.base.clock import monday, today
from wadah.base.errors import Refused
from wadah.register.selectors import cooperatives_named
from wadah.units import date_text
from wadah.web.access import MANAGER, access, own_or_404, person_of
from wadah.web.forms import RowField, refuse
from wadah.web.quantities import QuantityField
from wadah.web.words import language, part_name
from wadah.work.selectors.mending import disruptions_of
from wadah.work.selectors.offers import able_to, parts_offerable
from wadah.work.services.offering import package_offer

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.register.models import Cooperative
    from wadah.work.models import Disruption
    from wadah.work.selectors.offers import Able

WEEKS = 12


def week_choices() -> list[tuple[str, str]]:
    first = monday(today())
    weeks = [first + timedelta(weeks=at) for at in range(WEEKS)]
    return [(week.isoformat(), date_text(week, language())) for week in weeks]


class WorkForm(forms.Form):
    """What is offered. Sent by GET: nothing is offered yet."""

    koperasi: forms.ModelChoiceField[Cooperative] = forms.ModelChoiceField(
        label=gettext_lazy("Cooperative"), queryset=None
    )
    barang = RowField(label=gettext_lazy("Part"), search=("code", "name", "name_en"), told=part_name)
    minggu = forms.TypedChoiceField(label=gettext_lazy("Week of"), choices=week_choices, coerce=lambda text: text)
    jumlah = QuantityField(label=gettext_lazy("How many?"))
    gangguan = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, cooperatives: frozenset[int], **more: Any) -> None:
        super().__init__(*args, **more)
        kept = cooperatives_named(cooperatives)
        own: Any = self.fields["koperasi"]
        own.queryset = kept
        part: Any = self.fields["barang"]
        part.queryset = parts_offerable(cooperatives)
        if len(kept) == 1:
            own.initial = kept[0].pk
            own.widget = forms.HiddenInput()


class ToForm(forms.Form):
    workshops = forms.MultipleChoiceField(
        label=gettext_lazy("To whom?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    note = forms.CharField(label=gettext_lazy("A word to them"), max_length=400, required=False)

    def __init__(self, *args: Any, able: list[Able], **more: Any) -> None:
        super().__init__(*args, **more)
        choice: Any = self.fields["workshops"]
        choice.choices = [(str(row.workshop.pk), row.workshop.name) for row in able]


@access(MANAGER, methods=("GET", "POST"))
def package_new(request: HttpRequest) -> HttpResponse:
    """First what, then to whom; the second step is written, the first stands in the address."""
    cooperatives = person_of(request).roles.cooperatives_managed
    work = WorkForm(request.GET if "barang" in request.GET else None, cooperatives=cooperatives)
    if not work.is_bound or not work.is_valid():
        status = 400 if work.is_bound else 200
        return render(request, "offers/package.html", {"work": work}, status=status)
    facts = work.cleaned_data
    week = monday(today()).fromisoformat(facts["minggu"])
    able = able_to(facts["koperasi"], facts["barang"], week, facts["jumlah"])
    form = ToForm(request.POST or None, able=able)
    if request.method == "POST" and form.is_valid():
        chosen = set(form.cleaned_data["workshops"])
        try:
            package = package_offer(
                cooperative=facts["koperasi"],
                part=facts["barang"],
                week_start=week,
                pieces=facts["jumlah"],
                workshops=[row.workshop for row in able if str(row.workshop.pk) in chosen],
                by=person_of(request).user,  # type: ignore[arg-type]
                note=form.cleaned_data["note"],
                disruption=disruption_meant(request, facts),
            )
        except Refused as refused:
            refuse(form, refused)
        else:
            count = package.offers.count()
            words = ngettext("Offered to %(count)s member.", "Offered to %(count)s members at once.", count)
            messages.success(request, words % {"count": count})
            return HttpResponseRedirect(reverse("answers"))
    context = {"work": work, "form": form, "able": able, "facts": facts, "week": week}
    return render(request, "offers/package.html", context, status=400 if form.errors else 200)


def disruption_meant(request: HttpRequest, facts: dict[str, Any]) -> Disruption | None:
    """What it makes up for, where the address names it."""
    if not facts["gangguan"]:
        return None
    return own_or_404(disruptions_of(facts["koperasi"]), pk=facts["gangguan"])
