"""Fields for quantities, days and photos of work, as people type and take them on a phone."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wadah.base.clock import JAKARTA
from wadah.base.errors import Refused
from wadah.units import UnitError, decimal_text, number_read
from wadah.web.forms import MISTAKES, UnitField
from wadah.web.words import language

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

HOURS = (("9", _("in the morning")), ("12", _("at midday")), ("15", _("in the afternoon")))
"""When somebody comes: nobody says a minute, everybody says a part of the day."""


QUANTITY_MOST = 10**9
QUANTITY_PLACES = 3
TOO_MUCH = _("“%(typed)s” is too much: %(most)s at most.")
TOO_FINE = _("“%(typed)s” has too many decimals: %(places)s at most.")


class QuantityField(UnitField):
    """A quantity from 0 to QUANTITY_MOST with either decimal mark: "12", "1.250", "2,5"; a Decimal, None if empty."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "size": "8"})

    def read(self, text: str) -> Any:
        if text.startswith("-"):
            raise UnitError("negative", text)
        return quantity_read(text)


def quantity_read(text: str) -> Decimal:
    """Raises UnitError where it isn't a number, ValidationError where it is more or finer than Wadah keeps."""
    number = number_read(text)
    if abs(number) > QUANTITY_MOST:
        words = {"typed": text[:20], "most": decimal_text(QUANTITY_MOST, 0, language())}
        raise forms.ValidationError(TOO_MUCH, params=words)
    if number != round(number, QUANTITY_PLACES):
        raise forms.ValidationError(TOO_FINE, params={"typed": text[:20], "places": QUANTITY_PLACES})
    return number


def quantity_asked(typed: str, *, field: str = "pieces") -> Decimal:
    """As QuantityField, for a button or a field that stands in no form, below zero too; 0 where nothing is typed.
    Raises Refused."""
    try:
        return quantity_read(typed.strip() or "0")
    except UnitError as mistake:
        raise Refused(str(MISTAKES[mistake.code]) % {"typed": typed[:40]}, field=field) from None
    except forms.ValidationError as mistake:
        raise Refused(mistake.messages[0], field=field) from None


class PhotoField(forms.FileField):
    """A photo from the phone's camera or its pictures; optional."""

    def __init__(self, **more: Any) -> None:
        widget = forms.FileInput(attrs={"accept": "image/*"})
        super().__init__(**{"required": False, "label": _("A photo"), "widget": widget, **more})


class DayField(forms.DateField):
    """A day, picked or typed: 2026-11-30, 30/11/2026, 30-11-2026."""

    def __init__(self, **more: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"], **more)


class ReasonField(forms.CharField):
    """Why, in the words of whoever acts; 400 letters."""

    def __init__(self, **more: Any) -> None:
        told = {"label": _("Why?"), "widget": forms.Textarea(attrs={"rows": 2}), **more}
        super().__init__(max_length=400, **told)


def moment_of(day: date, hour: str) -> datetime:
    """A part of a day (HOURS) as a moment in Bekasi."""
    return datetime.combine(day, time(int(hour)), JAKARTA)
