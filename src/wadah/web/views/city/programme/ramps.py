"""How support comes to fruit: the curves with their sources; adding and changing them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.programme.models import RampCurve
from wadah.programme.packages.curves import curve_add, curve_change, curves_known
from wadah.web.access import MANAGER, OFFICER, access, own_or_404, person_of
from wadah.web.editing import RowForm, form_page
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.city.programme import common
from wadah.web.views.city.programme.common import may_write, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

SPOKEN = ("name", "source", "full_note")
"""Columns whose words of the beginning are told in the reader's language."""


@access(OFFICER, readers=(MANAGER,))
def curves(request: HttpRequest) -> HttpResponse:
    """How support of each kind comes to fruit, with source and confidence."""
    return render(request, "programme/curves.html", {"table": curves_table(curves_known()), "own": may_write(request)})


def curves_table(rows: QuerySet[RampCurve]) -> Table:
    table = Table(
        _("How support comes to fruit"),
        [Column(_("Curve")), Column(_("Share of the full hours")), Column(_("Confidence")), Column(_("Source"))],
    )
    for row in rows:
        source = " · ".join(text for text in (said(row.source), said(row.full_note)) if text)
        name = Cell(said(row.name), url=reverse("ramp", args=[row.pk]))
        table.add(name, common.curve_text(row), row.get_confidence_display(), source)
    return table


@access(OFFICER, readers=(MANAGER,))
def curve(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_or_404(curves_known(), pk=pk)
    context = {
        "row": row,
        "told": common.curve_text(row),
        "history": common.history_of_row(row),
        "own": may_write(request),
    } | {name: said(getattr(row, name)) for name in SPOKEN}
    return render(request, "programme/curve.html", context)


class SharesField(forms.CharField):
    """Percent in a row, `25, 50, 75, 100`; shares 0 … 1 as a list."""

    def prepare_value(self, value: Any) -> Any:
        return shares_text(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[float]:
        words = str(super().clean(value)).replace(";", " ").replace("%", " ").replace(", ", " ").split()
        if len(words) == 1:
            words = words[0].split(",")
        try:
            return [float(Decimal(word.strip(",").replace(",", ".")) / 100) for word in words]
        except ArithmeticError:  # no number, or one beyond any
            raise forms.ValidationError(
                _("Write percent in a row with a space between them, like 25 50 75 100.")
            ) from None


def shares_text(shares: Sequence[float]) -> str:
    return " ".join(f"{100 * share:g}" for share in shares)


class CurveForm(RowForm):
    """When it begins, how it grows, and who says so."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    delay_weeks = forms.IntegerField(label=gettext_lazy("Weeks in which nothing comes"), min_value=0)
    shares = SharesField(
        label=gettext_lazy("Then, in percent of the full hours"),
        help_text=gettext_lazy("Like 25 50 75 100. After the last one it stays so."),
        max_length=300,
    )
    step_weeks = forms.IntegerField(label=gettext_lazy("Weeks that each of these lasts"), min_value=1)
    confidence = forms.ChoiceField(
        label=gettext_lazy("Confidence"),
        choices=RampCurve.Confidence.choices,
        initial=RampCurve.Confidence.ASSUMED,
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        help_text=gettext_lazy("Who measured or published it, and where."),
        max_length=300,
    )
    source_on = forms.DateField(
        label=gettext_lazy("Date of the source"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )
    full_note = forms.CharField(label=gettext_lazy("What the full amount is"), max_length=240, required=False)

    def __init__(self, *args: Any, row: RampCurve | None = None, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        if row is not None:
            for name in SPOKEN:
                self.fields[name].initial = said(getattr(row, name))

    def clean(self) -> dict[str, Any]:
        """Words that nobody changed stay in the language they were written in."""
        facts = super().clean()
        kept = {name: getattr(self.row, name, "") for name in SPOKEN}
        return facts | {name: words for name, words in kept.items() if words and facts.get(name) == said(words)}


@access(OFFICER, methods=("GET", "POST"))
def curve_new(request: HttpRequest) -> HttpResponse:
    user = person_of(request).user
    assert user is not None

    def save(facts: dict[str, Any]) -> str:
        row = curve_add(by=user, **facts)
        messages.success(request, _("The curve is there. Proposals and questions of growth can follow it."))
        return reverse("ramp", args=[row.pk])

    return form_page(
        request, CurveForm(request.POST or None), title=_("Add a curve"), back=reverse("curves"), save=save
    )


@access(OFFICER, methods=("GET", "POST"))
def curve_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_or_404(curves_known(), pk=pk)
    user, here = person_of(request).user, reverse("ramp", args=[row.pk])
    assert user is not None

    def save(facts: dict[str, Any]) -> str:
        curve_change(curve=row, by=user, **facts)
        messages.success(request, _("The curve is changed. Answers that hold it keep the old one."))
        return here

    form = CurveForm(request.POST or None, row=row)
    return form_page(request, form, title=_("Change the curve"), back=here, save=save)
