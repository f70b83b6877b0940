"""Forms of a year: the meeting's decision, which shares are paid, why something is taken back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import today
from wadah.ledger.words import PatronageBase, Pool, Till
from wadah.web.forms import PiecesField, UnitField
from wadah.web.quantities import DayField, ReasonField, quantity_read

PLACES = Decimal("0.0001")


class PercentField(UnitField):
    """0 to 100 with either decimal mark, four places; empty: none."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 8})

    def read(self, text: str) -> Any:
        value = quantity_read(text.removesuffix("%").strip())
        if value > 100 or value != value.quantize(PLACES):
            raise forms.ValidationError(_("Write a percentage from 0 to 100, with four decimals at most."))
        return value


class MeetingForm(forms.Form):
    """When and where it was decided, and how many percent go to each pool: "pool-reserve" …"""

    reference = forms.CharField(label=gettext_lazy("Number of the minutes"), max_length=80)
    held_on = DayField(label=gettext_lazy("Day of the annual meeting"))
    present = PiecesField(label=gettext_lazy("Members present"))
    members = PiecesField(label=gettext_lazy("Members in all"))
    patronage_base = forms.ChoiceField(
        label=gettext_lazy("Work is measured by"), choices=PatronageBase.choices, widget=forms.RadioSelect
    )
    others_to_reserve = forms.BooleanField(
        label=gettext_lazy("What comes from others' business goes to the reserve whole"), required=False
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, members_now: int, loss: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["members"].initial = members_now or None
        self.fields["patronage_base"].initial = PatronageBase.PAY
        self.fields["others_to_reserve"].initial = True
        self.pools = [] if loss else list(Pool)
        for pool in self.pools:
            self.fields[f"pool-{pool}"] = PercentField(label=f"{pool.label}, %", required=False)

    def percents(self) -> dict[Pool, Decimal]:
        typed = {pool: self.cleaned_data.get(f"pool-{pool}") for pool in self.pools}
        return {pool: Decimal(value) for pool, value in typed.items() if value}


class PayForm(forms.Form):
    till = forms.ChoiceField(label=gettext_lazy("How is it paid?"), choices=Till.choices, widget=forms.RadioSelect)
    on = DayField(label=gettext_lazy("Day"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["on"].initial = today()


class WhyForm(forms.Form):
    reason = ReasonField()
