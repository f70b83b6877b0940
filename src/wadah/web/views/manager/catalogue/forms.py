"""Fields of the catalogue's forms: numbers with decimals and percentages as people type them, parts, workshops."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wadah import units
from wadah.base.clock import today
from wadah.catalogue.selectors import parts_open
from wadah.register.selectors import cooperatives_kept, workshops_kept
from wadah.web.forms import RowField, UnitField
from wadah.web.quantities import DayField
from wadah.web.words import language, part_name

if TYPE_CHECKING:
    from wadah.register.rules import Roles

NUMBER_MAX = Decimal(10) ** 9


class NumberField(UnitField):
    """A number ≥ 0 with decimals: "0,25", "1.5"; the value is a Decimal, None if empty. places: decimals that count."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, *, places: int = 3, most: Decimal = NUMBER_MAX, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.places, self.most = places, most

    def read(self, text: str) -> Any:
        if text.startswith("-"):
            raise units.UnitError("negative", text)
        number = units.number_read(text, grouped=False)
        if number > self.most:
            message = _("“%(typed)s” is too much: %(most)s at most.")
            raise forms.ValidationError(message, params={"typed": text[:20], "most": self.most})
        if number != round(number, self.places):
            message = _("“%(typed)s” has too many decimals: %(places)s at most.")
            raise forms.ValidationError(message, params={"typed": text[:20], "places": self.places})
        return number

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal):
            return value
        text = f"{value.normalize():f}"
        return text.replace(".", ",") if language() == "id" else text


class ShareField(NumberField):
    """A share as a percentage: "97,5" is kept as 0.975."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(most=Decimal(100), **kwargs)

    def read(self, text: str) -> Any:
        return super().read(text) / 100

    def prepare_value(self, value: Any) -> Any:
        return super().prepare_value(value * 100 if isinstance(value, Decimal) else value)


class PartField(RowField):
    """A part that isn't archived, by name and code."""

    def __init__(self, **kwargs: Any) -> None:
        told = lambda row: f"{part_name(row)} ({row.code})"  # noqa: E731
        super().__init__(parts_open(), label=_("Part"), search=("code", "name", "name_en"), told=told, **kwargs)


class WorkshopField(RowField):
    """A workshop of the manager's own members; which, is set by `narrowed`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(None, label=_("Workshop"), told=lambda row: f"{row.name} ({row.code})", **kwargs)


class CooperativeField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the manager's cooperatives; which, is set by `narrowed`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(None, label=_("Cooperative"), empty_label=None, **kwargs)


def narrowed(form: forms.Form, roles: Roles, **given: Any) -> None:
    """Lets a form choose only among the manager's own workshops and cooperatives; given: what the address names."""
    for name, field in form.fields.items():
        if isinstance(field, WorkshopField):
            field.queryset = workshops_kept(roles).filter(archived_at__isnull=True)
        elif isinstance(field, CooperativeField):
            field.queryset = cooperatives_kept(roles)
            if field.queryset.count() == 1:
                field.initial = field.queryset.first()
                field.widget = field.hidden_widget()
        if given.get(name):
            field.initial = given[name]


def from_day(**kwargs: Any) -> DayField:
    return DayField(label=_("From"), initial=today, **kwargs)
