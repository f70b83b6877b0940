"""How forms look: one template a field (label, hint, error, widget), found like every other template."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from wadah import units

if TYPE_CHECKING:
    from wadah.base.errors import Refused


class Renderer(TemplatesSetting):
    field_template_name = "_field.html"


MISTAKES = {
    "not_a_number": _("“%(typed)s” isn't a number that Wadah understands."),
    "not_whole": _("“%(typed)s” isn't whole. Write it without a part after the decimal mark."),
    "negative": _("“%(typed)s” is below zero."),
}


class UnitField(forms.CharField):
    """Text that is read by one of the readers of `units`; the value is a whole number, None if empty."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return self.read(text)
        except units.UnitError as mistake:
            raise forms.ValidationError(MISTAKES[mistake.code], params={"typed": text[:40]}) from None

    def read(self, text: str) -> int:
        raise NotImplementedError


class RupiahField(UnitField):
    """Whole rupiah as people type it: "1,25 jt", "Rp 1.250.000", "1.250.000,-"."""

    def read(self, text: str) -> int:
        return units.rupiah_read(text)


class PiecesField(UnitField):
    """A whole number of pieces ≥ 0: "1.200"."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def read(self, text: str) -> int:
        return units.pieces_read(text)


def refuse(form: forms.Form, refused: Refused) -> None:
    """Show a refusal on the form, at its field if the form has it."""
    form.add_error(refused.field if refused.field in form.fields else None, str(refused))
