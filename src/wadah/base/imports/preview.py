"""What the page of an import shows, as a small document that is kept with the batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wadah.base.imports.layout import headings_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wadah.base.imports.check import Checked, Outcome
    from wadah.base.imports.faults import Fault
    from wadah.base.imports.kinds import Kind
    from wadah.base.imports.layout import Layout
    from wadah.base.imports.reading import Book

SHOWN_NEW, SHOWN_CHANGED, SHOWN_WRONG = 20, 100, 100
FAULTS_MAX = 5_000
SAMPLE_TEXT = 40


def outline(book: Book, layout: Layout, kind: Kind) -> dict[str, Any]:
    """How the file was read: format, sheets, headings with an example each, and which columns nobody named."""
    sheet = book.sheet(layout.sheet)
    headings = headings_of(sheet, layout.header)
    below = sheet.rows[layout.header : layout.header + 20]
    examples = [
        next((str(row[place])[:SAMPLE_TEXT] for row in below if place < len(row) and row[place] not in (None, "")), "")
        for place in range(len(headings))
    ]
    used = set(layout.columns.values())
    return {
        "format": book.format,
        "sheets": [one.name for one in book.sheets],
        "headings": headings,
        "examples": examples,
        "unused": [text for place, text in enumerate(headings) if text and place not in used],
        "asks": [
            column.key
            for column in kind.columns
            if column.required and column.key not in layout.columns and column.key not in layout.fixed
        ],
    }


def summary(checked: Checked, refused: Iterable[Fault] = ()) -> dict[str, Any]:
    """Counts, how many rows there are and how many would be written, the first rows of each status, and every fault.

    refused: what the services said when it was tried.
    """
    by_row: dict[int, list[Fault]] = {}
    for fault in refused:
        by_row.setdefault(fault.row, []).append(fault)
    for outcome in checked.outcomes:
        if outcome.number in by_row:
            outcome.status = "wrong"
            outcome.faults += by_row[outcome.number]
    groups: dict[str, list[Outcome]] = {"new": [], "changed": [], "same": [], "wrong": []}
    for outcome in checked.outcomes:
        groups[outcome.status].append(outcome)
    faults = [[fault.row, fault.column, fault.message] for one in groups["wrong"] for fault in one.faults]
    return {
        "counts": checked.counts,
        "rows": len(checked.outcomes),
        "writable": len(groups["new"]) + len(groups["changed"]),
        "fingerprint": checked.fingerprint,
        "new": [{"row": one.number, "texts": one.texts} for one in groups["new"][:SHOWN_NEW]],
        "changed": [
            {"row": one.number, "texts": one.texts, "changes": one.changes} for one in groups["changed"][:SHOWN_CHANGED]
        ],
        "wrong": [
            {"row": one.number, "texts": one.texts, "faults": [[fault.column, fault.message] for fault in one.faults]}
            for one in groups["wrong"][:SHOWN_WRONG]
        ],
        "faults": faults[:FAULTS_MAX],
    }
