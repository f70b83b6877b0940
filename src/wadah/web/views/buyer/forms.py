"""The forms that a buyer fills in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wadah.base.clock import today
from wadah.demand.lines import LineAsked
from wadah.demand.rules.pasted import Named, part_meant, parts_like, pasted_read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import QuerySet

    from wadah.catalogue.models import Part
    from wadah.demand.models import Buyer
    from wadah.demand.rules.pasted import Pasted
    from wadah.register.models import Cooperative

EXAMPLE = "Braket mesin 1.000 pcs, 20 Januari 2027\nBaut M8 2.000 pcs"
FAULTS = {
    "no_text": _("what is meant is missing"),
    "no_quantity": _("how many is missing"),
    "no_date": _("the day is missing"),
    "past": _("the day has passed"),
    "several": _("there is more than one quantity: write one thing a line"),
}


class RequestForm(forms.Form):
    """Things to ask for, one a line, as typed, pasted from a message or from Excel; all of it is read or none."""

    buyer: forms.ModelChoiceField[Any] = forms.ModelChoiceField(None, label=_("For"), empty_label=None)
    cooperative: forms.ModelChoiceField[Any] = forms.ModelChoiceField(None, label=_("Ask"), empty_label=None)
    text = forms.CharField(
        label=_("What do you need?"),
        help_text=_("One thing a line: what, how many, by when. Rows from Excel may be pasted too."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "placeholder": EXAMPLE}),
    )
    wanted_on = forms.DateField(
        label=_("By when, for lines without a day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    note = forms.CharField(
        label=_("Anything else they should know"), required=False, max_length=2_000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(
        self,
        *args: Any,
        buyers: QuerySet[Buyer],
        cooperatives: QuerySet[Cooperative],
        parts: QuerySet[Part],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts
        for name, rows in (("buyer", buyers), ("cooperative", cooperatives)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows
            if not rows:
                field.help_text = gettext(
                    "No cooperative has entered you yet. Call one, and ask to be entered as a buyer."
                )
            if len(rows) == 1:
                field.initial, field.widget = rows[0].pk, forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if "text" in facts:
            read = pasted_read(facts["text"], today=today(), wanted_on=facts.get("wanted_on"))
            for line in read:
                if line.faults:
                    self.add_error("text", fault_sentence(line))
            facts["lines"] = [] if self.errors else lines_asked(read, self.parts)
        return facts


def fault_sentence(line: Pasted) -> str:
    words = {"row": line.row, "text": line.raw.strip()[:60], "faults": "; ".join(str(FAULTS[f]) for f in line.faults)}
    return gettext("Line %(row)s, “%(text)s”: %(faults)s.") % words


def lines_asked(read: Sequence[Pasted], parts: QuerySet[Part]) -> list[LineAsked]:
    """Each line with the part that it plainly means, if there is one and it can be counted so."""
    known: Mapping[int, Part] = {part.pk: part for part in parts}
    named = [Named(part.pk, (part.code, part.name, part.name_en)) for part in known.values()]
    lines = []
    for line in read:
        part = known.get(part_meant(parts_like(line.text, named)) or 0)
        assert line.quantity is not None
        assert line.wanted_on is not None
        if part is not None and part.integer and line.quantity % 1:
            part = None
        lines.append(LineAsked(line.text, line.quantity, line.wanted_on, part))
    return lines


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("It helps them to make a better offer."),
        required=False,
        max_length=1_000,
        widget=forms.Textarea({"rows": 4}),
    )


class AcceptForm(forms.Form):
    """Who accepts, and that it binds."""

    answered_by = forms.CharField(label=_("Your name and office"), max_length=120)
    binding = forms.BooleanField(label=_("I order this for my organisation"))
