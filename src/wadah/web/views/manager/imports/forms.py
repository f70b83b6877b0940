"""How a file is to be read: where its table stands, and which of its columns is which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.imports.text import ENCODINGS

if TYPE_CHECKING:
    from wadah.base.imports.kinds import Kind
    from wadah.base.models import ImportBatch

NOT_THERE = ""
SEPARATORS = [
    (";", gettext_lazy("semicolon ;")),
    (",", gettext_lazy("comma ,")),
    ("\t", gettext_lazy("tab")),
    ("|", gettext_lazy("bar |")),
]


class SettleForm(forms.Form):
    """The layout that was found, to be overruled; then a choice for each column of the kind."""

    def __init__(self, *args: Any, batch: ImportBatch, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        layout, preview = batch.layout, batch.preview
        names = [(name, name) for name in preview["sheets"]]
        self.fields["sheet"] = forms.ChoiceField(
            label=_("Sheet"), choices=names, initial=layout["sheet"], required=False, widget=hidden(len(names) < 2)
        )
        self.fields["header"] = forms.IntegerField(
            label=_("Row of the headings"), min_value=1, max_value=60_000, initial=layout["header"]
        )
        self.fields["decimal"] = forms.ChoiceField(
            label=_("Decimal sign"),
            choices=[(",", _("comma: 1.234,5")), (".", _("point: 1,234.5"))],
            initial=layout["decimal"],
        )
        text = preview["format"] == "csv"
        self.fields["encoding"] = forms.ChoiceField(
            label=_("Encoding"),
            choices=[(code, code.upper()) for code in ENCODINGS],
            initial=layout["encoding"],
            required=text,
            widget=hidden(not text),
        )
        self.fields["delimiter"] = forms.ChoiceField(
            label=_("Between the cells"),
            choices=SEPARATORS,
            initial=layout["delimiter"],
            required=text,
            widget=hidden(not text),
        )
        self.add_columns(layout, preview)

    def add_columns(self, layout: dict[str, Any], preview: dict[str, Any]) -> None:
        places = [(NOT_THERE, _("not in the file"))]
        for place, heading in enumerate(preview["headings"]):
            example = preview["examples"][place]
            words = heading or _("column %(number)s") % {"number": place + 1}
            places.append((str(place), f"{words} ({example})" if example else words))
        for column in self.kind.columns:
            label = f"{column.label} *" if column.required else str(column.label)
            found = layout["columns"].get(column.key)
            self.fields[f"at_{column.key}"] = forms.ChoiceField(
                label=label, choices=places, initial=NOT_THERE if found is None else str(found), required=False
            )
            self.fields[f"all_{column.key}"] = forms.CharField(
                label=_("or the same in every row: %(column)s") % {"column": column.label},
                initial=layout["fixed"].get(column.key, ""),
                max_length=240,
                required=False,
            )

    @property
    def reading(self) -> list[forms.BoundField]:
        return [self[name] for name in ("sheet", "header", "decimal", "encoding", "delimiter")]

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"at_{column.key}"], self[f"all_{column.key}"]) for column in self.kind.columns]

    @property
    def layout(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("sheet", "header", "decimal", "encoding", "delimiter")}

    @property
    def places(self) -> dict[str, int]:
        chosen = {column.key: self.cleaned_data[f"at_{column.key}"] for column in self.kind.columns}
        return {key: int(place) for key, place in chosen.items() if place != NOT_THERE}

    @property
    def fixed(self) -> dict[str, str]:
        return {column.key: self.cleaned_data[f"all_{column.key}"] for column in self.kind.columns}


def hidden(yes: bool) -> forms.Widget:
    return forms.HiddenInput() if yes else forms.Select()
