"""Looking at a batch and writing it, in the request or in the background: the same two functions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from wadah.base.clock import now, today
from wadah.base.errors import Refused
from wadah.base.history import history_record
from wadah.base.imports.check import Checked, Outcome, rows_check
from wadah.base.imports.faults import Fault, RowRefused
from wadah.base.imports.kinds import Desk, Kind, Row, Scope
from wadah.base.imports.layout import Layout
from wadah.base.imports.preview import outline, summary
from wadah.base.imports.undo import Watch, put_back
from wadah.base.models import ImportBatch
from wadah.base.numbering import number_next, number_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wadah.base.imports.reading import Book

    Told = Callable[[int, int], None]

PREFIX = "IMP"
REHEARSED_ROWS = 2_000
FAULTS_STOP = 200
NAMED = re.compile(r"(?:^|(?<=; ))[a-z][a-z_0-9]*: ")
"""What a service puts before a fault of a column: "yield_rate: "."""
AT_ONCE = 500
"""Rows that a desk may write at once; where one is refused, these are tried one by one."""


class FaultsFound(Exception):
    """Rolls back what was written so far."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__()
        self.faults = faults


class Rehearsed(Exception):
    """Rolls back what was written only to see whether it could be."""


def silent(done: int, of: int) -> None:
    """For work that nobody watches."""


def batch_look(batch: ImportBatch, kind: Kind, book: Book, by: Any, told: Told = silent) -> None:
    """Put into the batch what it would change. Up to REHEARSED_ROWS rows are written and rolled back at once, so that
    what the services refuse is seen before; of more, what they refuse is seen when they are written."""
    layout = Layout(**batch.layout)
    desk = kind.desk(Scope(batch.cooperative_id, by, today()))
    checked = rows_check(kind, desk, book, layout, batch.corrections, told)
    faults = rehearse(desk, checked) if len(checked.outcomes) <= REHEARSED_ROWS else []
    batch.preview = outline(book, layout, kind) | summary(checked, kept(kind, faults))


def kept(kind: Kind, faults: list[Fault]) -> list[Fault]:
    """Faults of the services at columns of the kind, without the names that only programmers have for them."""
    return [
        Fault(fault.row, fault.column if kind.column(fault.column) else "", NAMED.sub("", fault.message))
        for fault in faults
    ]


def rehearse(desk: Desk, checked: Checked) -> list[Fault]:
    try:
        with transaction.atomic():
            rows_write(desk, checked, Watch(), silent)
            raise Rehearsed
    except FaultsFound as found:
        return found.faults
    except Rehearsed:
        return []


def rows_write(desk: Desk, checked: Checked, watch: Watch, told: Told) -> None:
    """Write all rows that are new or changed. Raises FaultsFound with what the services refuse, row by row."""
    faults: list[Fault] = []
    todo = [outcome for outcome in checked.outcomes if outcome.status in {"new", "changed"}]
    for start in range(0, len(todo), AT_ONCE):
        some = todo[start : start + AT_ONCE]
        if not written_at_once(desk, some, watch):
            faults += written_each(desk, some, watch, FAULTS_STOP - len(faults))
        if len(faults) >= FAULTS_STOP:
            break
        told(start + len(some), len(todo))
    if not faults:
        try:
            desk.finish(watch)
        except RowRefused as refused:
            faults.append(Fault(refused.row, refused.refused.field or "", str(refused.refused)))
    if faults:
        raise FaultsFound(faults)


def written_at_once(desk: Desk, some: Sequence[Outcome], watch: Watch) -> bool:
    try:
        with transaction.atomic():
            return desk.write_many([(outcome.row, outcome.now) for outcome in some], watch)
    except (Refused, ValidationError, IntegrityError, DataError):
        return False


def written_each(desk: Desk, some: Sequence[Outcome], watch: Watch, most: int) -> list[Fault]:
    """Write row by row; the faults of the first `most` that are refused."""
    faults: list[Fault] = []
    for outcome in some:
        fault = row_write(desk, outcome.row, outcome.now, watch)
        if fault is not None:
            faults.append(fault)
            if len(faults) >= most:
                break
    return faults


def row_write(desk: Desk, row: Row, values: dict[str, Any] | None, watch: Watch) -> Fault | None:
    try:
        with transaction.atomic():
            desk.write(row, values, watch)
    except Refused as refused:
        return Fault(row.number, refused.field or "", str(refused))
    except (ValidationError, IntegrityError, DataError):
        return Fault(row.number, "", _("The books don't take this row: a value is out of range or there twice."))
    return None


def batch_write(batch: ImportBatch, kind: Kind, book: Book, by: Any, told: Told = silent) -> bool:
    """Write the batch in the caller's transaction; whether it was. If not, the batch shows why."""
    seen = batch.preview.get("fingerprint")
    layout = Layout(**batch.layout)
    desk = kind.desk(Scope(batch.cooperative_id, by, today()))
    checked = rows_check(kind, desk, book, layout, batch.corrections)
    batch.status = ImportBatch.Status.OPEN
    if checked.fingerprint != seen:
        batch.preview = outline(book, layout, kind) | summary(checked)
        batch.error = _("The books have changed since you looked. Look at what is different, then press again.")
        batch.save()
        return False
    watch = Watch()
    try:
        with transaction.atomic():
            rows_write(desk, checked, watch, told)
            batch.effects = watch.effects()
    except FaultsFound as found:
        batch.preview = outline(book, layout, kind) | summary(checked, kept(kind, found.faults))
        batch.error = _("Nothing was written: some rows were refused. They are listed below.")
        batch.save()
        return False
    receipt_give(batch, by)
    return True


def receipt_give(batch: ImportBatch, by: Any) -> ImportBatch:
    """The batch is in the books: number, moment, and a line of history."""
    day = today()
    batch.number = number_text(PREFIX, day.year, number_next(PREFIX, day.year))
    batch.status, batch.done_at, batch.error = ImportBatch.Status.DONE, now(), ""
    batch.save()
    history_record(user=by, act="import_write", row=batch, new=dict(batch.preview["counts"]), reason=batch.number)
    return batch


def batch_cancel(batch: ImportBatch, by: Any) -> ImportBatch:
    """Take the batch back in the caller's transaction. Raises Refused where it can't be any more."""
    put_back(batch.effects, by=by, reason=str(batch.number))
    batch.status, batch.cancelled_at, batch.cancelled_by = ImportBatch.Status.CANCELLED, now(), by.name
    batch.error = ""
    batch.save(update_fields=["status", "cancelled_at", "cancelled_by", "error"])
    history_record(user=by, act="import_cancel", row=batch, reason=str(batch.number))
    return batch
