"""The forms that a buyer fills in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from wadah.base.clock import today
from wadah.base.errors import Refused
from wadah.base.imports.reading import FILE_BYTES_MAX
from wadah.demand.imports.requested import TOLD_MAX, file_read
from wadah.demand.lines import LineAsked
from wadah.demand.rules.pasted import Named, part_meant, parts_like, pasted_read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.core.files.uploadedfile import UploadedFile
    from django.db.models import QuerySet

    from wadah.catalogue.models import Part
    from wadah.demand.imports.requested import FileRead
    from wadah.demand.models import Buyer
    from wadah.demand.rules.pasted import Pasted
    from wadah.register.models import Cooperative

EXAMPLE = _("Engine bracket 1,000 pcs, 20 January 2027\nBolt M8 2,000 pcs")
FAULTS = {
    "no_text": _("what is meant is missing"),
    "no_quantity": _("how many is missing"),
    "no_date": _("the day is missing"),
    "past": _("the day has passed"),
    "several": _("there is more than one quantity: write one thing a line"),
}


class RequestForm(forms.Form):
    """Things to ask for, one a line, as typed, pasted from a message or sent as a file; all of it is read or none.

    read_as: how the file was read, None where there was none.
    """

    read_as: FileRead | None

    buyer: forms.ModelChoiceField[Any] = forms.ModelChoiceField(None, label=_("For"), empty_label=None)
    cooperative: forms.ModelChoiceField[Any] = forms.ModelChoiceField(None, label=_("Ask"), empty_label=None)
    text = forms.CharField(
        label=_("What do you need?"),
        help_text=_("One thing a line: what, how many, by when. Rows from Excel may be pasted too."),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "placeholder": EXAMPLE}),
    )
    file = forms.FileField(
        label=_("Or send a file from Excel (xlsx, ods or csv)"),
        help_text=_("Columns for what, how many and by when; their order doesn't matter."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv,.txt"}),
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
        file, self.read_as = facts.pop("file", None), None
        typed = self.typed(facts) if facts.get("text") else []
        sent = self.sent(file, facts) if file else []
        if not self.errors and not typed and not sent:
            self.add_error("text", gettext("Write what you need, or choose a file."))
        facts["lines"] = [] if self.errors else lines_asked([*typed, *sent], self.parts)
        return facts

    def typed(self, facts: dict[str, Any]) -> list[Pasted]:
        """The lines of the text; mistakes go to its field."""
        read = pasted_read(facts["text"], today=today(), wanted_on=facts.get("wanted_on"))
        for line in read:
            if line.faults:
                self.add_error("text", fault_sentence(line))
        return read

    def sent(self, file: UploadedFile[Any], facts: dict[str, Any]) -> list[Pasted]:
        """The lines of the file; mistakes go to its field. What stands in it is kept with the message."""
        try:
            if (file.size or 0) > FILE_BYTES_MAX:
                raise Refused(gettext("A file may have 5 MB at most. Send it in several files."))
            read = file_read(file.read(), today=today(), wanted_on=facts.get("wanted_on"))
        except Refused as refused:
            self.add_error("file", str(refused))
            return []
        for fault in read.faults[:TOLD_MAX]:
            self.add_error("file", fault)
        if read.faults:
            left = len(read.faults) - TOLD_MAX
            more = gettext("And %(count)s more.") % {"count": left} + " " if left > 0 else ""
            self.add_error("file", more + gettext("Nothing was sent. Mend the file and choose it again."))
        facts["text"] = "\n".join(part for part in (facts.get("text"), f"{file.name}:", read.text) if part)
        self.read_as = read
        return read.lines


def how_read(read: FileRead) -> str:
    """How a file was understood, so that a wrong decimal sign is seen at once."""
    layout = read.how
    assert layout is not None
    words = {"count": len(read.lines), "decimal": layout.decimal, "row": layout.header, "sheet": layout.sheet}
    told = ngettext(
        "%(count)s row was read below the headings in row %(row)s; the decimal sign is “%(decimal)s”.",
        "%(count)s rows were read below the headings in row %(row)s; the decimal sign is “%(decimal)s”.",
        len(read.lines),
    )
    sheet = gettext("Sheet %(sheet)s:") % words + " " if layout.sheet else ""
    return sheet + told % words


def fault_sentence(line: Pasted) -> str:
    words = {"row": line.row, "text": line.raw.strip()[:60], "faults": "; ".join(str(FAULTS[f]) for f in line.faults)}
    return gettext("Line %(row)s, “%(text)s”: %(faults)s.") % words


def lines_asked(read: Sequence[Pasted], parts: QuerySet[Part]) -> list[LineAsked]:
    """Each line with the part that its code names or its words plainly mean, if it can be counted so."""
    known: Mapping[int, Part] = {part.pk: part for part in parts}
    coded = {part.code.casefold(): part for part in known.values()}
    named = [Named(part.pk, (part.code, part.name, part.name_en)) for part in known.values()]
    lines = []
    for line in read:
        part = coded.get(line.code.casefold()) or known.get(part_meant(parts_like(line.text, named)) or 0)
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
