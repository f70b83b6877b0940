"""The small forms that edit a plan, each with the lot or workshop it was opened from filled in."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wadah.units import date_text, decimal_text
from wadah.web.forms import PiecesField
from wadah.web.views.manager.catalogue.forms import NumberField
from wadah.web.words import language, part_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wadah.catalogue.models import Part
    from wadah.plans.edits.selectors import Maker
    from wadah.plans.models import PlannedLot
    from wadah.plans.rules import Horizon

    Weeks = Sequence[tuple[int, str]]


def weeks_of(horizon: Horizon, now: int) -> list[tuple[int, str]]:
    """The weeks of a plan that aren't over, by their Mondays."""
    return [(t, date_text(horizon.monday(t), language())) for t in range(now, horizon.weeks)]


def week_field(label: Any, weeks: Weeks, initial: int, **more: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=weeks, coerce=int, initial=initial, **more)


def pieces_field(label: Any, lot: PlannedLot, **more: Any) -> forms.CharField:
    """Whole pieces, or with decimals where the part is made so; filled in with the whole lot."""
    if lot.part.integer:
        return PiecesField(label=label, initial=round(lot.quantity), **more)
    return NumberField(label=label, initial=Decimal(str(round(lot.quantity, 3))), **more)


class KeepForm(forms.Form):
    """Nothing to fill in."""


class MoveForm(forms.Form):
    """How many pieces of a lot go to whom, and in which week."""

    def __init__(self, *args: Any, lot: PlannedLot, makers: Sequence[Maker], weeks: Weeks, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.makers = {str(maker.workshop.pk): maker.workshop for maker in makers}
        others = [maker for maker in makers if maker.workshop != lot.workshop]
        self.fields["quantity"] = pieces_field(_("Pieces to move"), lot)
        self.fields["to_workshop"] = forms.ChoiceField(
            label=_("To this workshop"),
            choices=[(str(maker.workshop.pk), maker_label(maker)) for maker in makers],
            initial=str((others[0].workshop if others else lot.workshop).pk),
            help_text=_("Only those who may make this part. The free hours are those of the lot's own week."),
        )
        self.fields["to_period"] = week_field(_("In the week of"), weeks, lot.period)

    def clean_to_workshop(self) -> Any:
        return self.makers[self.cleaned_data["to_workshop"]]


def maker_label(maker: Maker) -> str:
    words = {
        "name": f"{maker.workshop.code} {maker.workshop.name}",
        "hours": decimal_text(round(maker.free, 1), 1, language()),
    }
    return str(_("%(name)s (%(hours)s hours free)")) % words


class SizeForm(forms.Form):
    """How many pieces the lot becomes."""

    def __init__(self, *args: Any, lot: PlannedLot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quantity"] = pieces_field(_("Pieces"), lot)


class SpanForm(forms.Form):
    """From which week to which; parts: to choose one of, where none is given."""

    def __init__(self, *args: Any, weeks: Weeks, first: int, parts: Sequence[Part] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = {str(part.pk): part for part in parts}
        if parts:
            choices = [(str(part.pk), f"{part.code} {part_name(part)}") for part in parts]
            self.fields["part"] = forms.ChoiceField(label=_("Part"), choices=choices)
        self.fields["first_period"] = week_field(_("From the week of"), weeks, first)
        self.fields["last_period"] = week_field(_("To the week of, included"), weeks, first)

    def clean_part(self) -> Any:
        return self.parts[self.cleaned_data["part"]]
