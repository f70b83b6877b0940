"""Fields of the forum's forms: a kelurahan, a community of one's own, hours of a day, hours of work."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wadah import units
from wadah.web.forms import RowField, UnitField
from wadah.web.views.manager.register.common import hours_text

SPAN = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?\s*(?:-|–|s/d|sampai|to)\s*(\d{1,2})(?:[.:](\d{2}))?", re.IGNORECASE)
HOURS_MAX = 100_000


class KelurahanField(RowField):
    """Where it is; may stay empty. Its rows are given to it by the form."""

    def __init__(self, **more: Any) -> None:
        told = lambda row: row.name_spaced  # noqa: E731
        super().__init__(None, code="name_spaced", search=("name_spaced",), told=told, **more)


class SpanField(forms.CharField):
    """Hours of a day as people write them: "8-17", "08.00–16.30"; minutes after midnight, None for a closed day."""

    widget = forms.TextInput(attrs={"size": 12, "autocomplete": "off", "placeholder": "08.00–17.00"})

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        found = SPAN.fullmatch(" ".join(text.split()))
        if found is None:
            raise forms.ValidationError(_("Write the hours like 08.00–17.00, or leave the day empty."))
        hour, minute, hour_last, minute_last = (int(part or 0) for part in found.groups())
        first, last = hour * 60 + minute, hour_last * 60 + minute_last
        if not (minute < 60 and minute_last < 60 and first < last <= 24 * 60):
            raise forms.ValidationError(_("The day has to close after it opens, by 24.00 at the latest."))
        return first, last

    def prepare_value(self, value: Any) -> Any:
        return span_text(value) if isinstance(value, tuple) else value


def span_text(hours: tuple[int, int]) -> str:
    """ "08.00–17.00"."""
    return "–".join(f"{minute // 60:02d}.{minute % 60:02d}" for minute in hours)


class WorkHoursField(UnitField):
    """Hours of work as people type them ("7,5"), kept as minutes; None while not told."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 6, "autocomplete": "off"})

    def read(self, text: str) -> int:
        if text.startswith("-"):
            raise units.UnitError("negative", text)
        hours = units.number_read(text, grouped=False)
        if hours > HOURS_MAX:
            raise forms.ValidationError(_("“%(typed)s” hours are too many."), params={"typed": text[:20]})
        return round(hours * 60)

    def prepare_value(self, value: Any) -> Any:
        return hours_text(value) if isinstance(value, int) else value


class TimeField(forms.TimeField):
    """A time of day, picked or typed: 09:30, 09.30, 9."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time", "step": 900}, format="%H:%M")
        super().__init__(widget=widget, input_formats=["%H:%M", "%H.%M", "%H"], **more)


class CommunityField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A community that one is in, or nobody but oneself; its rows are given to it by the form."""

    def __init__(self, **more: Any) -> None:
        told = {"label": _("For which community"), "required": False, "empty_label": _("just me"), **more}
        super().__init__(None, **told)
