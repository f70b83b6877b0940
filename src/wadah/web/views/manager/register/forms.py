"""Fields of the register's forms: hours of a day, and lists of rows in the language of the page."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wadah import units
from wadah.register.rules.enrolment import PRESETS
from wadah.register.selectors import kelurahan_all, skills_all, subsectors_all
from wadah.web.forms import MISTAKES, UnitField
from wadah.web.views.manager.register.common import day_minutes_of, hours_text, skill_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wadah.register.models import WeekPattern

DAY_MINUTES = 24 * 60
DAYS = (
    ("monday", _("Monday")),
    ("tuesday", _("Tuesday")),
    ("wednesday", _("Wednesday")),
    ("thursday", _("Thursday")),
    ("friday", _("Friday")),
    ("saturday", _("Saturday")),
    ("sunday", _("Sunday")),
)
PRESET_WORDS = (
    ("half", _("Half days, Monday to Saturday: 24 hours")),
    ("full", _("Full days, Monday to Friday: 40 hours")),
    ("weekend", _("Saturday and Sunday: 16 hours")),
)


class HoursField(UnitField):
    """Hours as people type them ("7,5", "8"), kept as minutes from 0 to 1440; empty is 0: closed."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "size": "5", "autocomplete": "off"})

    def to_python(self, value: Any) -> int:  # type: ignore[override]
        return super().to_python(value) or 0

    def read(self, text: str) -> int:
        if text.startswith("-"):
            raise units.UnitError("negative", text)
        minutes = units.number_read(text, grouped=False) * 60
        if minutes > DAY_MINUTES:
            raise forms.ValidationError(_("A day has 24 hours; “%(typed)s” is more."), params={"typed": text[:20]})
        return int(minutes.quantize(Decimal(1)))

    def prepare_value(self, value: Any) -> Any:
        return hours_text(value) if isinstance(value, int) else value


class WholeField(UnitField):
    """A whole number ≥ 0, None while not known."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def __init__(self, *, most: int = 2_147_483_647, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most

    def read(self, text: str) -> int:
        number = units.pieces_read(text)
        if number > self.most:
            message = _("“%(typed)s” is too much: %(most)s at most.")
            raise forms.ValidationError(message, params={"typed": text[:20], "most": self.most})
        return number


class PlaceField(forms.FloatField):
    """Degrees with a point or a comma; None while not known."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> float | None:  # type: ignore[override]
        try:
            return super().to_python(str(value).replace(",", ".") if value not in self.empty_values else value)
        except forms.ValidationError:
            raise forms.ValidationError(MISTAKES["not_a_number"], params={"typed": str(value)[:20]}) from None


class OneNamed(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One process or trade, in the language of the page."""

    def label_from_instance(self, obj: Any) -> str:
        return skill_name(obj)


class SomeNamed(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Some processes or trades, in the language of the page, to be ticked."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return skill_name(obj)


class KelurahanChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name_spaced} ({obj.parent.name_spaced})" if obj.parent else obj.name_spaced


def kelurahan_field(**kwargs: Any) -> KelurahanChoice:
    return KelurahanChoice(kelurahan_all(), label=_("Kelurahan"), required=False, empty_label=_("not known"), **kwargs)


def skill_field(**kwargs: Any) -> OneNamed:
    return OneNamed(skills_all(), **kwargs)


def skills_field(**kwargs: Any) -> SomeNamed:
    return SomeNamed(skills_all(), **kwargs)


def subsectors_field(**kwargs: Any) -> SomeNamed:
    return SomeNamed(subsectors_all(), **kwargs)


class WeekForm(forms.Form):
    """Hours of each day of the usual week."""

    def __init__(self, *args: Any, pattern: WeekPattern | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held: Sequence[int | None] = day_minutes_of(pattern) if pattern else [None] * 7
        for (name, words), minutes in zip(DAYS, held, strict=True):
            self.fields[name] = HoursField(label=words, required=False, initial=minutes)

    def minutes(self) -> list[int]:
        return [self.cleaned_data[name] for name, _words in DAYS]


def week_asked(data: Any, form: WeekForm) -> tuple[bool, list[int] | None]:
    """What was answered to "which hours": whether it can be kept, and seven numbers of minutes or None (not known).

    data: of the form, whose pressed button is `hours`: the name of a preset, "own" or "unknown".
    """
    answer = data.get("hours", "")
    if answer in PRESETS:
        return True, list(PRESETS[answer])
    if answer == "unknown":
        return True, None
    if not form.is_valid():
        return False, None
    minutes = form.minutes()
    if not any(minutes):
        form.add_error(None, _("Fill in the hours of at least one day, or choose that they aren't known yet."))
        return False, None
    return True, minutes
