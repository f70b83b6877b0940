"""A table of figures that is shown, downloaded and printed from the same values.

A value is a number, a text, None (not known) or HIDDEN (of fewer than five people); how it is written follows from its
column's unit. In files numbers stay numbers, what isn't known is empty, and what is hidden says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from wadah.observatory.rules.hidden import PEOPLE_MIN
from wadah.units import decimal_text, number_text, percent_text, rupiah_text
from wadah.web.exports import Sheet, file_answer
from wadah.web.papers.sheet import SheetTable
from wadah.web.tables import Column, Table
from wadah.web.words import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import HttpResponse

    from wadah.web.exports import Value

SHEET_NAME_MAX = 31


class Hidden(Enum):
    """Not for the public."""

    SMALL = "small"


HIDDEN = Hidden.SMALL
Figure = str | int | float | None | Hidden


def figure_text(value: Figure, unit: str) -> str:
    """unit: "text", "count", "people", "firms", "pieces", "places", "hours", "hours_m2", "rupiah", "share", "ratio"."""
    if isinstance(value, Hidden):
        return _("fewer than %(least)d people") % {"least": PEOPLE_MIN}
    if value is None:
        return _("not known")
    if isinstance(value, str):
        return value
    if unit == "rupiah":
        return rupiah_text(round(value))
    if unit == "share":
        return percent_text(value, 1, language())
    if unit in {"count", "people", "firms"}:
        return number_text(round(value), language())
    return decimal_text(value, decimals(value, unit), language())


def decimals(value: float, unit: str) -> int:
    """What is small keeps more of them, so that two classes of a map don't read alike."""
    usual = {"hours": 1, "places": 1, "pieces": 0}.get(unit, 2)
    return usual if abs(value) >= 1 or not value or unit == "pieces" else usual + 1 if abs(value) >= 0.1 else usual + 2


@dataclass(frozen=True, slots=True)
class GridColumn:
    label: str
    unit: str = "count"


@dataclass(slots=True)
class Grid:
    """key: in addresses and names of files; columns: the first names the row; note: below it, on paper."""

    key: str
    caption: str
    columns: list[GridColumn]
    rows: list[list[Figure]] = field(default_factory=list)
    note: str = ""

    def add(self, *values: Figure) -> None:
        if len(values) != len(self.columns):
            raise ValueError(f"Expected {len(self.columns)} values in “{self.caption}”, got {len(values)}")
        self.rows.append(list(values))

    def texts(self, row: Iterable[Figure]) -> list[str]:
        return [figure_text(value, column.unit) for value, column in zip(row, self.columns, strict=True)]

    @property
    def table(self) -> Table:
        made = Table(self.caption, [Column(column.label, column.unit != "text") for column in self.columns])
        for row in self.rows:
            made.add(*self.texts(row))
        return made

    @property
    def sheet(self) -> Sheet:
        return Sheet(sheet_name(self.caption), self.head, [self.plain(row) for row in self.rows])

    @property
    def paper(self) -> SheetTable:
        align = "".join("r" if column.unit != "text" else "l" for column in self.columns)
        rows = [self.texts(row) for row in self.rows]
        return SheetTable(head=self.head, align="w" + align[1:], rows=rows, title=self.caption, note=self.note)

    @property
    def head(self) -> list[str]:
        return [column.label for column in self.columns]

    def plain(self, row: Sequence[Figure]) -> list[Value]:
        """As a file has it."""
        return [figure_text(value, "text") if isinstance(value, Hidden) else value for value in row]

    def answer(self, kind: str, name: str) -> HttpResponse:
        return file_answer(kind, f"{name}-{self.key}", self.head, (self.plain(row) for row in self.rows))


def sheet_name(text: str) -> str:
    """As Excel allows it."""
    return "".join(" " if sign in "[]:*?/\\" else sign for sign in text)[:SHEET_NAME_MAX].strip()
