"""The acts of an import: send, say how to read, correct, write, take back. Each is one transaction."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import now, today
from wadah.base.errors import Conflict, Refused
from wadah.base.imports.check import faults_of, rows_check
from wadah.base.imports.faults import Fault
from wadah.base.imports.files import marked_bytes, template_bytes
from wadah.base.imports.kinds import KINDS, LANGUAGES, Kind, Scope, fold
from wadah.base.imports.layout import Layout, body_of, headings_of, layout_find
from wadah.base.imports.preview import outline
from wadah.base.imports.reading import Book, book_read
from wadah.base.imports.write import batch_cancel, batch_look, batch_write, receipt_give
from wadah.base.jobs import job_queue
from wadah.base.models import ImportBatch, ImportMatch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wadah.base.imports.undo import Watch

JOB = "base.import"
BACKGROUND_ROWS = 2_000
BACKGROUND_EFFECTS = 5_000
CANCEL_DAYS = 7
CORRECTED_MAX = 20
Status = ImportBatch.Status


def kind_or_refuse(key: str) -> Kind:
    if key not in KINDS:
        raise Refused(_("There is nothing to import of this kind."))
    return KINDS[key]


@transaction.atomic
def import_upload(*, kind: str, cooperative_id: int, file_name: str, content: bytes, by: Any) -> ImportBatch:
    """Read a file and look at what it would change; nothing of it is written into the books yet.

    Raises
    ------
    Refused: no such kind, or a file that can't be read (then nothing is kept).
    """
    sort = kind_or_refuse(kind)
    book = book_read(content)
    layout = layout_find(book, sort)
    sweep()
    recall(sort, cooperative_id, book, layout)
    batch = ImportBatch(
        kind=kind,
        cooperative_id=cooperative_id,
        user_id=by.pk,
        user_name=by.name,
        file_name=clean_name(file_name),
        content=content,
        digest=hashlib.sha256(content).hexdigest(),
        created_at=now(),
    )
    return look(batch, sort, book, layout, by)


def clean_name(name: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())[-120:] or "?"


def sweep() -> None:
    """Files are personal data: those nobody went on with, and those that can't be taken back any more, are let go."""
    old = now() - dt.timedelta(days=CANCEL_DAYS)
    ImportBatch.objects.filter(status=Status.OPEN, created_at__lt=old).delete()
    ImportBatch.objects.filter(status__in=[Status.DONE, Status.CANCELLED], done_at__lt=old).exclude(content=b"").update(
        content=b"", preview={}, effects=[], corrections={}
    )


def headings_digest(book: Book, layout: Layout) -> str:
    headings = headings_of(book.sheet(layout.sheet), layout.header)
    return hashlib.sha256("|".join(fold(text) for text in headings).encode()).hexdigest()


def recall(kind: Kind, cooperative_id: int, book: Book, layout: Layout) -> None:
    """Use the columns that somebody chose for the same headings before."""
    match = ImportMatch.objects.filter(
        kind=kind.key, cooperative_id=cooperative_id, headings=headings_digest(book, layout)
    ).first()
    if match is not None:
        layout.columns = {key: place for key, place in match.columns.items() if kind.column(key)}
        layout.fixed = {key: text for key, text in match.fixed.items() if kind.column(key)}


def look(batch: ImportBatch, kind: Kind, book: Book, layout: Layout, by: Any) -> ImportBatch:
    """Keep how the file is read and, unless a column is still asked for, work out what it would change."""
    batch.layout = layout.as_json()
    batch.preview = outline(book, layout, kind)
    batch.error = ""
    batch.status = Status.OPEN
    many = len(body_of(book.sheet(layout.sheet), layout.header)) > BACKGROUND_ROWS
    if batch.preview["asks"] and (many or lacking(batch, kind, book, layout, by)):
        batch.save()
        return batch
    if many:
        return in_background(batch, "look")
    batch_look(batch, kind, book, by)
    batch.preview["asks"] = []
    batch.save()
    return batch


def lacking(batch: ImportBatch, kind: Kind, book: Book, layout: Layout, by: Any) -> bool:
    """Whether a row needs a column that the file doesn't have: rows that are all known may tell only what is new."""
    checked = rows_check(kind, kind.desk(Scope(batch.cooperative_id, by, today())), book, layout, batch.corrections)
    return any(fault.column in batch.preview["asks"] for fault in faults_of(checked))


def in_background(batch: ImportBatch, act: str) -> ImportBatch:
    batch.status = Status.WORKING
    batch.save()
    batch.job_id = job_queue(name=JOB, payload={"batch": batch.pk, "act": act}, key=f"import {batch.pk}").pk
    batch.save(update_fields=["job_id"])
    return batch


def locked(batch: ImportBatch) -> ImportBatch:
    """The batch, locked while it is open. Raises Conflict where it isn't any more."""
    row = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if row.status == Status.WORKING:
        raise Conflict(_("Wadah is still working on this file. Wait a moment."))
    if row.status != Status.OPEN:
        raise Conflict(_("This file is already in the books: %(number)s.") % {"number": row.number})
    return row


@transaction.atomic
def import_settle(
    *,
    batch: ImportBatch,
    by: Any,
    sheet: str,
    header: int,
    decimal: str,
    encoding: str = "",
    delimiter: str = "",
    columns: Mapping[str, int] | None = None,
    fixed: Mapping[str, str] | None = None,
) -> ImportBatch:
    """Say how the file is to be read. columns, fixed: as in Layout, None finds them anew; they are remembered for files
    with the same headings.

    Raises
    ------
    Refused: a row or sheet that isn't there, or two columns from one. Conflict: it is written already.
    """
    row = locked(batch)
    kind = kind_or_refuse(row.kind)
    book = book_read(bytes(row.content), encoding=encoding, delimiter=delimiter)
    chosen = book.sheet(sheet)
    if not 1 <= header <= len(chosen.rows):
        raise Refused(_("The file has no row %(row)s.") % {"row": header}, field="header")
    if decimal not in {",", "."}:
        raise Refused(_("The decimal sign is a comma or a point."), field="decimal")
    layout = layout_find(book, kind, sheet=chosen.name, header=header)
    layout.header, layout.decimal = header, decimal
    if columns is not None:
        layout.columns = places_checked(kind, columns, len(headings_of(chosen, header)))
        layout.fixed = {
            key: typed(text)[:240] for key, text in (fixed or {}).items() if kind.column(key) and typed(text)
        }
        ImportMatch.objects.update_or_create(
            kind=kind.key,
            cooperative_id=row.cooperative_id,
            headings=headings_digest(book, layout),
            defaults={"columns": layout.columns, "fixed": layout.fixed},
        )
    row.corrections = {}
    return look(row, kind, book, layout, by)


def places_checked(kind: Kind, columns: Mapping[str, int], width: int) -> dict[str, int]:
    taken: dict[int, str] = {}
    for key, place in columns.items():
        if kind.column(key) is None or not 0 <= place < width:
            raise Refused(_("The file has no such column."), field=key)
        if place in taken:
            words = {"first": kind.label_of(taken[place]), "second": kind.label_of(key)}
            raise Refused(_("%(first)s and %(second)s can't be the same column of the file.") % words, field=key)
        taken[place] = key
    return dict(columns)


@transaction.atomic
def import_correct(*, batch: ImportBatch, texts: Mapping[str, Mapping[str, str]], by: Any) -> ImportBatch:
    """Type other texts into rows of the file. texts: {"17": {"phone": "0812…"}}; rows that were wrong only."""
    row = locked(batch)
    kind = kind_or_refuse(row.kind)
    wrong = {str(one["row"]) for one in row.preview.get("wrong", [])}
    for number, cells in texts.items():
        if number in wrong:
            row.corrections.setdefault(number, {}).update(
                {key: typed(text)[:1000] for key, text in cells.items() if kind.column(key)}
            )
    layout = Layout(**row.layout)
    return look(row, kind, book_of(row, layout), layout, by)


def typed(text: str) -> str:
    """A text from a form as it can be kept."""
    return text.replace("\x00", "").strip()


def book_of(batch: ImportBatch, layout: Layout) -> Book:
    return book_read(bytes(batch.content), encoding=layout.encoding, delimiter=layout.delimiter)


@transaction.atomic
def import_commit(*, batch: ImportBatch, fingerprint: str, by: Any) -> ImportBatch:
    """Write all rows or none. A batch that is written already stays as it is: pressing twice does no harm.

    fingerprint: of the preview that the person has seen. What came in between is shown first, and written on the next
    press. Returns the batch: done, working (in the background), or open with what stands in the way.

    Raises
    ------
    Conflict: the preview isn't the one that was seen. Refused: rows are wrong, or there is nothing to write.
    """
    row = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if row.status in {Status.DONE, Status.CANCELLED, Status.WORKING}:
        return row
    counts = row.preview.get("counts")
    if not counts or fingerprint != row.preview.get("fingerprint"):
        raise Conflict(_("What this file would change isn't what you saw. Look at it again."))
    if counts["wrong"]:
        raise Refused(_("Put the wrong rows right first: all rows are written, or none."))
    if not counts["new"] + counts["changed"]:
        raise Refused(_("There is nothing to do: all of it is in the books already."))
    if row.preview.get("rows", 0) > BACKGROUND_ROWS:
        return in_background(row, "write")
    layout = Layout(**row.layout)
    batch_write(row, kind_or_refuse(row.kind), book_of(row, layout), by)
    return row


@transaction.atomic
def import_taken(
    *, kind: str, cooperative_id: int, file_name: str, content: bytes, watch: Watch, by: Any
) -> ImportBatch:
    """The receipt of a file that was taken in on pages of its own; with it, it can be taken back like any other.

    kind: of kinds.ELSEWHERE; watch: has seen every row that was written.
    """
    effects = watch.effects()
    new = sum(effect["old"] is None for effect in effects)
    batch = ImportBatch(
        kind=kind,
        cooperative_id=cooperative_id,
        user_id=by.pk,
        user_name=by.name,
        file_name=clean_name(file_name),
        content=content,
        digest=hashlib.sha256(content).hexdigest(),
        created_at=now(),
        effects=effects,
        preview={"counts": {"new": new, "changed": len(effects) - new, "same": 0, "wrong": 0}},
    )
    return receipt_give(batch, by)


@transaction.atomic
def import_discard(*, batch: ImportBatch) -> None:
    """Forget a file that isn't written; discarding twice does no harm."""
    ImportBatch.objects.filter(pk=batch.pk, status=Status.OPEN).delete()


def cancel_until(batch: ImportBatch) -> dt.datetime | None:
    return batch.done_at + dt.timedelta(days=CANCEL_DAYS) if batch.done_at else None


@transaction.atomic
def import_cancel(*, batch: ImportBatch, by: Any) -> ImportBatch:
    """Take an import back: new rows go, changed ones are as they were. All of them, or none.

    A large one is taken back in the background, and stays done until then.

    Raises
    ------
    Refused: more than 7 days ago, a row has changed since, or something has been built on one. Conflict: not written.
    """
    row = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if row.status == Status.CANCELLED:
        return row
    until = cancel_until(row)
    if row.status != Status.DONE or until is None:
        raise Conflict(_("This file isn't in the books, so there is nothing to take back."))
    if now() > until:
        raise Refused(_("An import can be taken back for %(days)s days. Put it right by hand.") % {"days": CANCEL_DAYS})
    if len(row.effects) > BACKGROUND_EFFECTS:
        payload = {"batch": row.pk, "act": "cancel", "by": by.pk}
        row.job_id, row.error = job_queue(name=JOB, payload=payload, key=f"import {row.pk}").pk, ""
        row.save(update_fields=["job_id", "error"])
        return row
    return batch_cancel(row, by)


def import_template(*, kind: str, cooperative_id: int, by: Any) -> bytes:
    """The kind's template with what is there now, as xlsx."""
    sort = kind_or_refuse(kind)
    return template_bytes(sort, sort.desk(Scope(cooperative_id, by, today())).current())


def import_marked(*, batch: ImportBatch) -> bytes:
    """The batch's file with red cells and a note on each, as xlsx. Raises Refused where the file is gone."""
    if not batch.content:
        raise Refused(_("This file is no longer kept."))
    layout = Layout(**batch.layout)
    faults = [Fault(*fault) for fault in batch.preview.get("faults", [])]
    return marked_bytes(kind_or_refuse(batch.kind), book_of(batch, layout), layout, faults, batch.corrections)


def person(pk: int) -> Any:
    """Who sent the file, for work in the background."""
    return get_user_model().objects.get(pk=pk)


def language_of(user: Any) -> str:
    return user.language if user.language in LANGUAGES else LANGUAGES[0]
