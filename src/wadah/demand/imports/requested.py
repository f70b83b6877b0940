"""A buyer's own file of what is asked for, out of Excel or CSV: part, quantity and day, as it came from the buyer.

In: the file's bytes. Out: lines like those of a pasted message, and a sentence for every cell that can't be read, with
its sheet, row and column. Which sheet and row hold the headings, what stands between cells, encoding and decimal sign
are found out from the content (base.imports); a file without known headings is refused rather than guessed at.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.imports.cells import CLEARED, cell_text
from wadah.base.imports.check import Outcome, row_read, texts_of
from wadah.base.imports.faults import Fault, FileRefused, place_text
from wadah.base.imports.files import template_bytes
from wadah.base.imports.kinds import Column, Desk, Kind, Row, Scope
from wadah.base.imports.layout import headings_of, layout_find
from wadah.base.imports.reading import book_read
from wadah.demand.rules.pasted import LINES_MAX, TEXT_MAX, Pasted

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from typing import Any

    from wadah.base.imports.kinds import Values
    from wadah.base.imports.layout import Layout

TOLD_MAX = 20
"""Mistakes that are named at once; a person mends no more before sending again."""

COLUMNS = (
    Column(
        "code",
        gettext_lazy("Code of the part"),
        limit=80,
        synonyms=("kode", "kode barang", "part no", "part number", "no part", "nomor part", "sku", "item code", "code"),
        hint=gettext_lazy("Yours or the cooperative's; may stay empty."),
    ),
    Column(
        "text",
        gettext_lazy("What you need"),
        limit=TEXT_MAX,
        synonyms=(
            *("barang", "nama barang", "nama part", "part", "part name", "item", "uraian", "deskripsi"),
            *("description", "nama", "name", "spesifikasi"),
        ),
    ),
    Column(
        "quantity",
        gettext_lazy("Pieces"),
        "number",
        required=True,
        synonyms=("jumlah", "qty", "quantity", "banyaknya", "volume", "pcs", "jumlah pesanan", "order qty", "jml"),
    ),
    Column(
        "wanted_on",
        gettext_lazy("Wanted by"),
        "date",
        synonyms=(
            *("tanggal", "tanggal kirim", "tgl kirim", "tgl", "paling lambat", "jatuh tempo", "delivery"),
            *("delivery date", "due", "due date", "date", "required date", "kirim"),
        ),
        hint=gettext_lazy("Left empty: the day that is chosen for lines without one."),
    ),
)


class Reading(Desk):
    """Nothing is looked up while a buyer's file is read: words become parts afterwards."""


REQUESTED = Kind(
    "requested",
    gettext_lazy("What you need"),
    gettext_lazy("One row a thing: what, how many, by when."),
    COLUMNS,
    Reading,
)


@dataclass(slots=True)
class FileRead:
    """lines: as they were understood, without faults; faults: sentences, each with its place; how: sheet, row of the
    headings, encoding, sign between cells and decimal sign as they were found; text: the rows as they stand."""

    lines: list[Pasted] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    how: Layout | None = None
    text: str = ""


def file_read(content: bytes, *, today: dt.date, wanted_on: dt.date | None = None) -> FileRead:
    """The lines of a file, or what is wrong with it. wanted_on: the day for rows that name none.

    Raises
    ------
    FileRefused: the file is no table, or no heading names what is needed or how many.
    """
    book = book_read(content)
    layout = layout_find(book, REQUESTED)
    headings_check(layout, headings_of(book.sheet(layout.sheet), layout.header))
    rows = texts_of(REQUESTED, book, layout, {})
    if not rows:
        raise FileRefused(_("There is no row below the headings."))
    if len(rows) > LINES_MAX:
        raise FileRefused(_("A request may have %(most)s rows. Send it in several.") % {"most": LINES_MAX})
    read = FileRead(how=layout)
    desk = Reading(Scope(0, None, today))
    for number, cells in rows:
        outcome = Outcome(number, "new", {}, Row(number, {}))
        row_read(REQUESTED, desk, layout, cells, outcome)
        faults = outcome.faults or row_faults(number, outcome.row.values, wanted_on, today)
        read.faults += [told(layout, fault) for fault in faults]
        if not faults:
            read.lines.append(line_of(number, cells, outcome.row.values, wanted_on))
    read.text = "\n".join(raw(cells) for _number, cells in rows)
    return read


def headings_check(layout: Layout, headings: list[str]) -> None:
    """Raises FileRefused where a column is missing without which nothing can be understood."""
    has = layout.columns
    missing = [] if "text" in has or "code" in has else [str(REQUESTED.label_of("text"))]
    missing += [] if "quantity" in has else [str(REQUESTED.label_of("quantity"))]
    if missing:
        place = place_text(layout.sheet, layout.header, "")
        words = {"place": place, "missing": ", ".join(missing), "found": ", ".join(filter(None, headings))[:120] or "–"}
        raise FileRefused(
            _("%(place)s: no heading says “%(missing)s” (found: %(found)s). Name the columns as the example does.")
            % words
        )


def row_faults(number: int, values: Values, wanted_on: dt.date | None, today: dt.date) -> list[Fault]:
    """What is missing in a row whose cells can all be read."""
    faults = []
    if not value(values, "text") and not value(values, "code"):
        faults.append(Fault(number, "text", _("what is meant is missing")))
    if not value(values, "quantity"):
        faults.append(Fault(number, "quantity", _("how many is missing")))
    day = value(values, "wanted_on") or wanted_on
    if day is None:
        faults.append(Fault(number, "wanted_on", _("the day is missing")))
    elif day < today:
        faults.append(Fault(number, "wanted_on", _("the day has passed")))
    return faults


def value(values: Values, key: str) -> Any:
    """What a cell says; None where it is empty or only a dash."""
    found = values.get(key)
    return None if found in (None, CLEARED) else found


def told(layout: Layout, fault: Fault) -> str:
    return f"{place_text(layout.sheet, fault.row, REQUESTED.label_of(fault.column))}: {fault.message}"


def raw(cells: dict[str, Any]) -> str:
    """A row's cells as text, as the buyer's message keeps them."""
    return "\t".join(cell_text(cells.get(column.key)) for column in COLUMNS).strip("\t")


def line_of(number: int, cells: dict[str, Any], values: Values, wanted_on: dt.date | None) -> Pasted:
    code, text = value(values, "code") or "", value(values, "text") or ""
    return Pasted(
        row=number,
        raw=raw(cells),
        text=text or code,
        quantity=values["quantity"],
        wanted_on=value(values, "wanted_on") or wanted_on,
        code=code,
    )


def example_bytes(rows: Iterable[Values]) -> bytes:
    """An xlsx with the headings that are understood and some rows to write over."""
    return template_bytes(REQUESTED, rows)
