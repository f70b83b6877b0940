"""Forms of a registration; each has `answer()`: what the service keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.accounts.rules import phone_local
from wadah.register.selectors import (
    CERTIFICATE_KINDS,
    WORKSHOP_KINDS,
    cooperatives_named,
    kelurahan_all,
    kelurahan_found,
    skills_all,
    subsectors_all,
)
from wadah.web.views.manager.register.forms import PlaceField, WholeField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wadah.register.models import Area, Cooperative

MACHINE_ROWS = 3
MACHINES_MAX = 32_767
FOUND_MAX = 8


class WhoForm(forms.Form):
    """Name, phone and kelurahan. The button pressed says whether the person is 18 or older."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone number"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
    )
    area = forms.CharField(
        label=gettext_lazy("Kelurahan"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"list": "kelurahan", "autocomplete": "off"}),
    )
    firm = forms.CharField(label=gettext_lazy("Name of the firm, if it has one"), required=False, max_length=120)

    def __init__(self, *args: Any, cooperatives: Sequence[Cooperative], told: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found: list[Area] = []
        """Kelurahan to choose from, where what was typed means several."""
        self.cooperatives = cooperatives
        if len(cooperatives) > 1:
            ids = [row.pk for row in cooperatives]
            self.fields["cooperative"] = forms.ModelChoiceField(
                cooperatives_named(ids), label=_("Cooperative"), initial=ids[0], empty_label=None
            )
        if told:
            area = kelurahan_all().filter(pk=told["area"]).first() if told["area"] else None
            phone = phone_local(told["phone"]) if told["phone"] else ""
            values = {"name": told["name"], "phone": phone, "firm": told["firm"]}
            for name, value in {**values, "area": str(area or "")}.items():
                self.fields[name].initial = value

    def clean_area(self) -> int | None:
        typed = self.cleaned_data["area"]
        if not typed:
            return None
        rows = kelurahan_found(typed)
        picked = self.data.get("pick", "")
        one = rows if len(rows) == 1 else [row for row in rows if str(row.pk) == picked]
        if one:
            return one[0].pk
        self.found = rows[:FOUND_MAX]
        if rows:
            raise forms.ValidationError(_("“%(typed)s” may be several: choose one.") % {"typed": typed[:40]})
        raise forms.ValidationError(
            _("No kelurahan is called “%(typed)s”. Check the spelling, or leave it empty.") % {"typed": typed[:40]}
        )

    def chosen_cooperative(self) -> Cooperative:
        chosen: Cooperative = self.cleaned_data.get("cooperative") or self.cooperatives[0]
        return chosen

    def answer(self) -> dict[str, Any]:
        facts = {name: self.cleaned_data[name] for name in ("name", "phone", "area", "firm")}
        return facts | {"adult": self.data.get("adult") == "yes"}


class WhatForm(forms.Form):
    """Trades and processes to be ticked, some machines, and what kind of place it is."""

    subsectors: Any = forms.ModelMultipleChoiceField(None, required=False)
    skills: Any = forms.ModelMultipleChoiceField(None, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("What kind of place is it?"), choices=WORKSHOP_KINDS, initial="home")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("subsectors", subsectors_all()), ("skills", skills_all())):
            field = self.fields[name]
            assert isinstance(field, forms.ModelMultipleChoiceField)
            field.queryset = rows
        for number in range(1, MACHINE_ROWS + 1):
            self.fields[f"machine_{number}"] = forms.CharField(
                label=_("Machine %(number)s") % {"number": number},
                required=False,
                max_length=120,
                widget=forms.TextInput(attrs={"list": "machines", "autocomplete": "off"}),
            )
            self.fields[f"count_{number}"] = WholeField(
                label=_("How many of machine %(number)s") % {"number": number}, required=False, most=MACHINES_MAX
            )

    def machine_rows(self) -> list[tuple[Any, Any]]:
        numbers = range(1, MACHINE_ROWS + 1)
        return [(self[f"machine_{number}"], self[f"count_{number}"]) for number in numbers]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        for number in range(1, MACHINE_ROWS + 1):
            if facts.get(f"count_{number}") == 0:
                self.add_error(f"count_{number}", _("At least one; leave the machine out if there is none."))
        return facts

    def answer(self) -> dict[str, Any]:
        facts = self.cleaned_data
        rows = ((facts[f"machine_{n}"], facts[f"count_{n}"]) for n in range(1, MACHINE_ROWS + 1))
        machines = {" ".join(name.split()): count or 1 for name, count in rows if name}
        return {
            "subsectors": [row.pk for row in facts["subsectors"]],
            "skills": [row.pk for row in facts["skills"]],
            "kind": facts["kind"],
            "machines": [list(pair) for pair in machines.items()],
        }


def what_initial(told: Any) -> dict[str, Any]:
    """The form's first values, out of what was told before."""
    if not told:
        return {}
    values: dict[str, Any] = {name: told[name] for name in ("subsectors", "skills", "kind")}
    for number, (name, count) in enumerate(told["machines"], 1):
        values |= {f"machine_{number}": name, f"count_{number}": count}
    return values


class PapersForm(forms.Form):
    """Which certificates there are; the number may follow later."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, words in CERTIFICATE_KINDS:
            self.fields[kind] = forms.BooleanField(label=words, required=False)
            self.fields[f"number_{kind}"] = forms.CharField(
                label=_("Number of “%(kind)s”") % {"kind": words}, required=False, max_length=60
            )

    def rows(self) -> list[tuple[Any, Any]]:
        return [(self[kind], self[f"number_{kind}"]) for kind, _words in CERTIFICATE_KINDS]

    def answer(self) -> list[dict[str, str]]:
        """A number that was typed counts as a tick."""
        facts = self.cleaned_data
        return [
            {"kind": kind, "number": facts[f"number_{kind}"]}
            for kind, _words in CERTIFICATE_KINDS
            if facts[kind] or facts[f"number_{kind}"]
        ]


class PlaceForm(forms.Form):
    lat = PlaceField(label=gettext_lazy("Latitude"), required=False, min_value=-90, max_value=90)
    lng = PlaceField(label=gettext_lazy("Longitude"), required=False, min_value=-180, max_value=180)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if not self.errors and (facts.get("lat") is None) != (facts.get("lng") is None):
            raise forms.ValidationError(_("A place needs both latitude and longitude, or neither."))
        return facts

    def answer(self) -> dict[str, float] | None:
        """None where neither was written."""
        facts = self.cleaned_data
        return None if facts["lat"] is None else {"lat": facts["lat"], "lng": facts["lng"]}
