"""Forms of a member's work: bring, can't make all, hand a milestone in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wadah.web.quantities import HOURS, DayField, PhotoField, QuantityField, ReasonField, moment_of

if TYPE_CHECKING:
    from datetime import datetime

REASONS = (
    ("ill", _("I am ill")),
    ("machine", _("My machine is broken")),
    ("material", _("The material isn't enough")),
    ("busy", _("I have no time")),
    ("other", _("Another reason")),
)


class BringForm(forms.Form):
    """How many, on which day, in which part of it."""

    pieces = QuantityField(label=_("How many do you bring?"))
    day = DayField(label=_("On which day?"))
    hour = forms.ChoiceField(label=_("When?"), choices=HOURS, widget=forms.RadioSelect, initial="9")

    @property
    def bring_at(self) -> datetime:
        return moment_of(self.cleaned_data["day"], self.cleaned_data["hour"])


class ShortForm(forms.Form):
    """How many can't be made, and why: one of REASONS, or in own words."""

    pieces = QuantityField(label=_("How many can't you make?"))
    kind = forms.ChoiceField(label=_("Why?"), choices=REASONS, widget=forms.RadioSelect)
    words = forms.CharField(label=_("Say more"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("kind") == "other" and not facts.get("words"):
            self.add_error("words", _("Say in a few words why."))
        return facts

    @property
    def reason(self) -> str:
        """One sentence of what was chosen and typed."""
        chosen, words = self.cleaned_data["kind"], self.cleaned_data["words"]
        told = "" if chosen == "other" else str(dict(REASONS)[chosen])
        return ": ".join(part for part in (told, words) if part)


class CancelForm(forms.Form):
    reason = ReasonField(label=_("Why don't you bring it?"))


class HandInForm(forms.Form):
    """At least one of the three, which the service asks for."""

    link = forms.URLField(label=_("A link"), required=False, assume_scheme="https")
    file = PhotoField(label=_("A photo or a PDF"))
    note = forms.CharField(label=_("A note"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3}))
