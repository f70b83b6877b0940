"""Forms of inspection: a count on the phone, decisions about rejected pieces, plans of a part, trials."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from wadah.units import UnitError, number_read
from wadah.web.forms import MISTAKES
from wadah.web.quantities import DayField, PhotoField, QuantityField
from wadah.web.views.manager.quality.words import CLASS_HINTS, class_label
from wadah.work.services.inspection import Measured
from wadah.work.words import DefectClass, ElementStatus

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wadah.work.rules.inspecting import Standing

VALUE = re.compile(r"[^\s;]+")
REASON = forms.Textarea(attrs={"rows": 3})
VALUES_MOST = 1_000


def signed_read(text: str) -> Decimal:
    """Raises UnitError."""
    minus = text[:1] in {"-", "−"}
    number = number_read(text[1:] if minus else text, grouped=False)
    return -number if minus else number


class TallyForm(forms.Form):
    """One tranche: how many were checked, defects a class, measured values a characteristic, in the pieces' order."""

    def __init__(
        self, *args: Any, standing: Standing, characteristics: Sequence[Mapping[str, Any]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.measured = [one for one in characteristics if one["kind"] == "measured"]
        self.classes = [one.defect_class for one in standing.classes]
        self.fields["checked"] = forms.IntegerField(
            label=gettext_lazy("Checked now"), initial=standing.next_pieces, min_value=1, widget=number_input()
        )
        for name in self.classes:
            self.fields[name] = forms.IntegerField(
                label=class_label(name),
                help_text=str(CLASS_HINTS[DefectClass(name)]),
                initial=0,
                min_value=0,
                required=False,
                widget=number_input(),
            )
        for one in self.measured:
            self.fields[f"v{one['number']}"] = forms.CharField(
                label=one["name"] + (f" ({one['unit']})" if one["unit"] else ""),
                help_text=gettext_lazy("One value a piece, with a space between: 8,01 8,02 7,99"),
                required=False,
                widget=forms.Textarea(attrs={"rows": 2, "inputmode": "decimal"}),
            )
        self.fields["note"] = forms.CharField(label=gettext_lazy("Note"), max_length=400, required=False)
        self.fields["photo"] = PhotoField()

    def counters(self) -> list[tuple[Any, str]]:
        return [(self[name], name) for name in self.classes]

    def others(self) -> list[Any]:
        return [self[name] for name in self.fields if name != "checked" and name not in self.classes]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        values: list[Measured] = []
        for one in self.measured:
            name = f"v{one['number']}"
            try:
                read = values_read(facts.get(name, ""))
            except UnitError as mistake:
                self.add_error(name, MISTAKES[mistake.code] % {"typed": mistake.typed[:40]})
                continue
            values += [Measured(one["number"], sample, value) for sample, value in enumerate(read, start=1)]
        facts["values"] = values
        facts["defects"] = {name: facts.get(name) or 0 for name in self.classes}
        return facts


def number_input() -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": "numeric", "size": 5})


def values_read(text: str) -> list[Decimal]:
    """ "8,01 8.02; 7,99": values in their order. Raises UnitError at the first that is no number."""
    found = VALUE.findall(text)
    if len(found) > VALUES_MOST:
        raise UnitError("not_a_number", found[VALUES_MOST])
    return [signed_read(one) for one in found]


def stepped(data: Mapping[str, Any], step: str, names: Sequence[str]) -> dict[str, Any]:
    """What stands in the fields after one press of + or − ("major+" or "major-"); never below zero."""
    name, sign = step[:-1], step[-1:]
    shown = {key: data[key] for key in data}
    if name in names and sign in {"+", "-"}:
        text = str(shown.get(name, "")).strip()
        before = int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0
        shown[name] = max(0, before + (1 if sign == "+" else -1))
    return shown


class CloseForm(forms.Form):
    set_aside = QuantityField(
        label=gettext_lazy("Bad pieces set aside"),
        help_text=gettext_lazy("In how many pieces the defects lie; empty: one piece a defect."),
        required=False,
    )
    irregular = forms.BooleanField(
        label=gettext_lazy("Production was irregular or had stopped"), required=False, initial=False
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Why?"), max_length=400, widget=REASON)


class AcceptForm(forms.Form):
    pieces = QuantityField(label=gettext_lazy("How many pieces"))
    allowed_by = forms.CharField(label=gettext_lazy("Who allowed it (name and office)"), max_length=120)
    reason = forms.CharField(label=gettext_lazy("Why it is good enough"), max_length=400, widget=REASON)
    photo = PhotoField()


class SortForm(forms.Form):
    good = QuantityField(label=gettext_lazy("Good ones"))
    bad = QuantityField(label=gettext_lazy("Bad ones"))
    reason = forms.CharField(label=gettext_lazy("What is wrong with the bad ones"), max_length=400, required=False)
    photo = PhotoField()


class ReworkForm(forms.Form):
    pieces = QuantityField(label=gettext_lazy("How many pieces"))
    reason = forms.CharField(
        label=gettext_lazy("What is to be mended"),
        help_text=gettext_lazy("The member reads this. Write it as you would say it."),
        max_length=400,
        widget=REASON,
    )
    due_on = DayField(label=gettext_lazy("Back by"))
    photo = PhotoField()


class ScrapForm(forms.Form):
    pieces = QuantityField(label=gettext_lazy("How many pieces"))
    reason = forms.CharField(label=gettext_lazy("Why?"), max_length=400, widget=REASON)
    photo = PhotoField()


class BackForm(forms.Form):
    mended = QuantityField(label=gettext_lazy("Mended, to be inspected again"))
    spoilt = QuantityField(label=gettext_lazy("Can't be mended"), required=False)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=400, required=False)

    def clean_spoilt(self) -> Decimal:
        return self.cleaned_data["spoilt"] or Decimal(0)


class ElementForm(forms.Form):
    status = forms.ChoiceField(
        label=gettext_lazy("How it stands"),
        choices=[(value, label) for value, label in ElementStatus.choices if value != ElementStatus.NOT_NEEDED],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=400, required=False, widget=REASON)
    photo = PhotoField(
        label=gettext_lazy("Photo or PDF"),
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
    )


class TrialLotForm(forms.Form):
    pieces = QuantityField(label=gettext_lazy("How many pieces"))
    week_start = DayField(
        label=gettext_lazy("In the week of"), help_text=gettext_lazy("Any day of the week in which it is made.")
    )


class RefuseForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("What has to be better"), max_length=400, widget=REASON)


class SuspendForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Why is it suspended?"), max_length=400, widget=REASON)


def whole(pieces: Decimal | None) -> str:
    """A quantity as it stands in a field at first."""
    return "" if pieces is None else f"{pieces.normalize():f}"
