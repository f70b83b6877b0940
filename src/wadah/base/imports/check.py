"""Every row of a file against what is there now: new, changed, same or wrong. Nothing is written here."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from wadah import units
from wadah.base.errors import Refused
from wadah.base.imports.cells import CLEARED, cell_read, cell_text
from wadah.base.imports.faults import CellRefused, Fault
from wadah.base.imports.kinds import Row
from wadah.base.imports.layout import body_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from wadah.base.imports.kinds import Column, Desk, Kind, Values
    from wadah.base.imports.layout import Layout
    from wadah.base.imports.reading import Book

    Said = dict[tuple[object, str], tuple[Any, int]]
    """By thing and column, what was said of it first, and in which row."""

STATUSES = ("new", "changed", "same", "wrong")
TOLD_EVERY = 200


@dataclass(slots=True)
class Outcome:
    """What becomes of one row. changes: (column key, old, new) as text; texts: the cells as they were typed; more: it
    only tells more of something new that a row before it brings, and is counted with that row."""

    number: int
    status: str
    texts: dict[str, str]
    row: Row
    now: Values | None = None
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    more: bool = False


@dataclass(slots=True)
class Checked:
    outcomes: list[Outcome]

    @property
    def counts(self) -> dict[str, int]:
        """Rows of each status; the rows that tell of one new thing are one."""
        found = Counter(outcome.status for outcome in self.outcomes if not outcome.more or outcome.status != "new")
        return {status: found[status] for status in STATUSES}

    @property
    def fingerprint(self) -> str:
        """Changes whenever what would be written does."""
        told = [(one.number, one.status, one.changes, sorted(one.texts.items())) for one in self.outcomes]
        return hashlib.sha256(json.dumps(told, ensure_ascii=True).encode()).hexdigest()


def texts_of(
    kind: Kind, book: Book, layout: Layout, corrections: Mapping[str, Mapping[str, str]]
) -> list[tuple[int, dict[str, Any]]]:
    """The cells of each row by column key, with what was corrected on screen and what holds for every row."""
    rows = []
    for number, cells in body_of(book.sheet(layout.sheet), layout.header):
        found: dict[str, Any] = {key: text for key, text in layout.fixed.items() if kind.column(key)}
        for key, place in layout.columns.items():
            if place < len(cells):
                found[key] = cells[place]
        found.update({key: text for key, text in corrections.get(str(number), {}).items() if kind.column(key)})
        rows.append((number, found))
    return rows


def rows_check(
    kind: Kind,
    desk: Desk,
    book: Book,
    layout: Layout,
    corrections: Mapping[str, Mapping[str, str]],
    told: Callable[[int, int], None] = lambda done, of: None,
) -> Checked:
    """Read and compare every row. told: called now and then with how many are done, of how many."""
    rows = texts_of(kind, book, layout, corrections)
    texts = [{key: cell_text(cell) for key, cell in cells.items()} for _number, cells in rows]
    desk.prepare(texts)
    outcomes = []
    seen: dict[object, int] = {}
    said: Said = {}
    for done, ((number, cells), typed) in enumerate(zip(rows, texts, strict=True)):
        outcome = Outcome(number, "wrong", typed, Row(number, {}))
        row_read(kind, desk, layout, cells, outcome)
        if not outcome.faults:
            row_compare(kind, desk, outcome, seen)
            outcome.faults += contradictions(desk, outcome, said)
        if outcome.faults:
            outcome.status = "wrong"
        outcomes.append(outcome)
        if done % TOLD_EVERY == 0:
            told(done, len(rows))
    return Checked(outcomes)


def row_read(kind: Kind, desk: Desk, layout: Layout, cells: Mapping[str, Any], outcome: Outcome) -> None:
    for column in kind.columns:
        if column.key not in cells:
            continue
        try:
            value = cell_read(column, cells[column.key], layout.decimal, desk)
        except CellRefused as refused:
            outcome.faults.append(Fault(outcome.number, column.key, str(refused)))
            continue
        if value is not None:
            outcome.row.values[column.key] = value


def row_compare(kind: Kind, desk: Desk, outcome: Outcome, seen: dict[object, int]) -> None:
    """Whether the row is new, changed or the same; faults where it may be none of them."""
    values = outcome.row.values
    number = outcome.number
    try:
        key = desk.key(values)
        if key in seen:
            message = _("The same as row %(row)s. Keep one of the two.") % {"row": seen[key]}
            outcome.faults.append(Fault(number, "", message))
            return
        seen[key] = number
        now = outcome.now = desk.now(values)
        if now is None:
            missing = [
                column for column in kind.columns if column.required and values.get(column.key) in (None, CLEARED)
            ]
            outcome.faults += [Fault(number, column.key, _("It is empty; a new row needs it.")) for column in missing]
        else:
            cleared = [column for column in kind.columns if column.required and values.get(column.key) == CLEARED]
            outcome.faults += [Fault(number, column.key, _("It can't be emptied.")) for column in cleared]
        if outcome.faults:
            return
        desk.settle(values, now)
    except Refused as refused:
        outcome.faults.append(Fault(number, refused.field or "", str(refused)))
        return
    outcome.changes = [
        (key, "" if now is None else value_text(now.get(key)), value_text(value))
        for key, value in values.items()
        if kind.column(key) and (now is None or plain(now.get(key)) != plain(value))
    ]
    outcome.more = now is not None and desk.more(values)
    outcome.status = "new" if now is None or outcome.more else "changed" if outcome.changes else "same"


def contradictions(desk: Desk, outcome: Outcome, said: Said) -> list[Fault]:
    """Where the row says otherwise of something than a row before it. said: what those say."""
    values, found = outcome.row.values, []
    for key, columns in [] if outcome.faults else desk.shared(values):
        for column in columns:
            if column in values:
                value, number = said.setdefault((key, column), (values[column], outcome.number))
                if plain(value) != plain(values[column]):
                    words = {"row": number, "value": value_text(value) or "-"}
                    message = _("Row %(row)s says “%(value)s” of the same thing. Make the two the same.") % words
                    found.append(Fault(outcome.number, column, message))
    return found


def plain(value: Any) -> Any:
    """Values that mean the same are the same: nothing, an empty text and no codes; 2 and 2.000."""
    if value in (None, "", ()):
        return None
    return round(value, 9) if isinstance(value, float) else value


def value_text(value: Any) -> str:
    """A value as it is shown and as the template has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.date):
        return units.date_text(value, "id")
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",")
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def faults_of(checked: Checked) -> list[Fault]:
    return [fault for outcome in checked.outcomes for fault in outcome.faults]


def choice_text(column: Column | None, text: str) -> str:
    """A code of a choice in words."""
    if column is None or column.type != "choice":
        return text
    return next((str(label) for value, label in column.choices if value == text), text)
