"""How forms look: one template a field (label, hint, error, widget), found like every other template."""

from __future__ import annotations

import re
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from wadah import units

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models import Model, QuerySet

    from wadah.base.errors import Refused

FEW = 200
"""As many rows a list to choose from may hold; a longer one is slow to send, and nobody finds anything in it."""
MATCHES = 20
BETWEEN_WORDS = re.compile(r"[/·]")
"""Signs that stand in how a row is called, and in no column."""


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

    def run_validators(self, value: Any) -> None:
        """The value is a number by now; what is checked of it is how it is written."""
        super().run_validators(value if value in self.empty_values else str(value))

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


class Typed(str):
    """Text that came in with a form, and is no key of a row."""


class RowField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One row of a table: a list of up to FEW rows; of more, its code or name is typed, and where that fits several,
    they are the list.

    code: the column that, typed whole, is enough; search: columns that each of the words typed is looked for in;
    told: how a row is called in the list, in the language of the page.
    """

    def __init__(
        self,
        queryset: Any = None,
        *,
        code: str = "code",
        search: Sequence[str] = ("code", "name"),
        told: Callable[[Any], object] = str,
        **more: Any,
    ) -> None:
        super().__init__(queryset, **more)
        self.code, self.search, self.told = code, search, told

    def label_from_instance(self, obj: Any) -> str:
        return str(self.told(obj))

    def get_bound_field(self, form: forms.Form, field_name: str) -> forms.BoundField:  # type: ignore[override]
        if self.many and isinstance(self.widget, forms.Select):
            self.widget = forms.TextInput({"autocomplete": "off", "maxlength": 80})
            self.widget.is_required = self.required
            self.help_text = self.help_text or _("Write its code, or some of its name.")
        return super().get_bound_field(form, field_name)

    @property
    def many(self) -> bool:
        """Whether there are too many for a list; asked of the database once a form."""
        if "_many" not in self.__dict__:
            self._many = self.rows.order_by()[FEW : FEW + 1].exists()
        return self._many

    @property
    def rows(self) -> QuerySet[Any]:
        """What may be chosen."""
        assert self.queryset is not None, "a form gives its field the rows before it is shown or read"
        return self.queryset

    def bound_data(self, data: Any, initial: Any) -> Any:
        return Typed(data) if isinstance(data, str) else data

    def prepare_value(self, value: Any) -> Any:
        """What was typed as it was typed; of a row that is suggested, what one would type for it."""
        if not self.many or isinstance(value, Typed) or value in self.empty_values:
            return super().prepare_value(value)
        if isinstance(value, (int, str)):
            value = self.rows.filter(pk=value).first() if str(value).isdecimal() else None
        return "" if value is None else self.typed(value)

    def typed(self, row: Model) -> str:
        """What one types for a row."""
        return str(getattr(row, self.code)) if self.code else f"#{row.pk}"

    def to_python(self, value: Any) -> Any:
        text = " ".join(str(value or "").split())[:80]
        if not self.many or not text:
            return super().to_python(value)
        if text.startswith("#") and text[1:].isdecimal():  # chosen among several
            return super().to_python(text[1:])
        found = self.found(text)
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(_("Nothing to choose here is called “%(typed)s”."), params={"typed": text})
        if len(found) > MATCHES:
            message = _("More than %(most)s are called “%(typed)s” or so: write more of it.")
            raise forms.ValidationError(message, params={"typed": text, "most": MATCHES})
        choices = [(f"#{row.pk}", self.label_from_instance(row)) for row in found]
        self.widget = forms.Select(choices=[("", "–"), *choices])
        raise forms.ValidationError(_("“%(typed)s” fits several. Choose one."), params={"typed": text})

    def found(self, text: str) -> list[Any]:
        """The row of that code; else those in which each word is found, one more than MATCHES at most."""
        if self.code and len(exact := list(self.rows.filter(**{f"{self.code}__iexact": text})[:2])) == 1:
            return exact
        words = BETWEEN_WORDS.sub(" ", text).split()
        fit = [reduce(or_, (Q(**{f"{name}__icontains": word}) for name in self.search)) for word in words]
        return list(self.rows.filter(reduce(and_, fit))[: MATCHES + 1]) if fit else []


def refuse(form: forms.Form, refused: Refused) -> None:
    """Show a refusal on the form, at its field if the form has it."""
    form.add_error(refused.field if refused.field in form.fields else None, str(refused))
