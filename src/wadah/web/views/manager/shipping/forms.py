"""Forms of shipping: a lot packed, a truck leaving, what the buyer signs for, complaints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.errors import Refused
from wadah.web.quantities import PhotoField, QuantityField, ReasonField, quantity_asked
from wadah.work.services.receipts import Told
from wadah.work.words import ClaimKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

    from wadah.work.models import ShipmentLine

BOX_MAX = 9_999


class SendForm(forms.Form):
    driver = forms.CharField(label=gettext_lazy("Driver"), max_length=120, required=False)
    vehicle = forms.CharField(label=gettext_lazy("Vehicle and number plate"), max_length=60, required=False)


class WhyForm(forms.Form):
    reason = ReasonField()


class ReceiveForm(forms.Form):
    """Who signs, and for each line what was refused or missing; the rest of it was received."""

    received_by = forms.CharField(label=gettext_lazy("Received by (name)"), max_length=120)
    office = forms.CharField(label=gettext_lazy("Office or department"), max_length=120, required=False)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=400, required=False)
    photo = PhotoField()


class ClaimForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("What is wrong?"), choices=ClaimKind.choices)
    pieces = QuantityField(label=gettext_lazy("How many pieces"))
    note = ReasonField(label=gettext_lazy("What you see"))
    photo = PhotoField()


class AnswerForm(forms.Form):
    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[
            ("replace", gettext_lazy("The buyer is right: make them again")),
            ("accept", gettext_lazy("The buyer is right: nothing is made again")),
            ("refuse", gettext_lazy("We don't agree")),
        ],
        widget=forms.RadioSelect,
    )
    answer = ReasonField(label=gettext_lazy("Answer to the buyer"))


class BackForm(forms.Form):
    pieces = QuantityField(label=gettext_lazy("How many came back"))


def box_asked(typed: str) -> int:
    """The number of a box; 1 where nothing is typed. Raises Refused."""
    text = typed.strip() or "1"
    if not text.isdecimal() or not 1 <= int(text) <= BOX_MAX:
        raise Refused(_("Boxes are counted from 1."))
    return int(text)


def told_of(lines: Sequence[ShipmentLine], posted: QueryDict) -> dict[int, Told]:
    """What was refused and missing of each line, as typed ("tolak-17", "kurang-17"). Raises Refused."""
    found = {}
    for line in lines:
        refused = quantity_asked(posted.get(f"tolak-{line.pk}", ""))
        missing = quantity_asked(posted.get(f"kurang-{line.pk}", ""))
        if refused or missing:
            found[line.pk] = Told(line.pieces - refused - missing, refused, missing)
    return found
