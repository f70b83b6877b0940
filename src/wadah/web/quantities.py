"""Fields for quantities, days and photos of work, as people type and take them on a phone."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wadah.base.clock import JAKARTA
from wadah.base.errors import Refused
from wadah.units import UnitError, number_read
from wadah.web.forms import MISTAKES

if TYPE_CHECKING:
    from datetime import date

HOURS = (("9", _("in the morning")), ("12", _("at midday")), ("15", _("in the afternoon")))
"""When somebody comes: nobody says a minute, everybody says a part of the day."""


class QuantityField(forms.CharField):
    """A quantity ≥ 0 with either decimal mark: "12", "1.250", "2,5"; a Decimal, None where it is empty."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "size": "8"})

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)  # no max_length: it would measure the number that comes out

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return number_read(text)
        except (UnitError, InvalidOperation):
            raise forms.ValidationError(MISTAKES["not_a_number"], params={"typed": text[:40]}) from None


def quantity_asked(typed: str, *, field: str = "pieces") -> Decimal:
    """As QuantityField, for a button or a field that stands in no form; 0 where nothing is typed. Raises Refused."""
    try:
        return number_read(typed.strip() or "0")
    except (UnitError, InvalidOperation):
        raise Refused(str(MISTAKES["not_a_number"]) % {"typed": typed[:40]}, field=field) from None


class PhotoField(forms.FileField):
    """A photo from the phone's camera or its pictures; optional."""

    def __init__(self, **more: Any) -> None:
        told = {"required": False, "label": _("A photo"), **more}
        super().__init__(widget=forms.FileInput(attrs={"accept": "image/*"}), **told)


class DayField(forms.DateField):
    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class ReasonField(forms.CharField):
    """Why, in the words of whoever acts; 400 letters."""

    def __init__(self, **more: Any) -> None:
        told = {"label": _("Why?"), "widget": forms.Textarea(attrs={"rows": 2}), **more}
        super().__init__(max_length=400, **told)


def moment_of(day: date, hour: str) -> datetime:
    """A part of a day (HOURS) as a moment in Bekasi."""
    return datetime.combine(day, time(int(hour)), JAKARTA)
