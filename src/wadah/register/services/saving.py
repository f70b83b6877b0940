"""How every service of the register saves a row: checked column by column, refused in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wadah.base.clock import now
from wadah.base.errors import Refused
from wadah.base.history import history_record, history_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from django.db import models

    from wadah.accounts.models import User

    Row = TypeVar("Row", bound=models.Model)

UNTOLD = frozenset({"phone"})
"""Personal data that history doesn't repeat (promise R8)."""
AT_ONCE = 500
"""Rows of one statement."""


def row_save(row: Row) -> Row:
    """Saves a row whose columns are within their lengths, choices and ranges.

    Raises
    ------
    Refused: naming each column at fault.
    """
    columns_check(row)
    row.save()
    return row


def columns_check(row: models.Model, exclude: Iterable[str] = ()) -> None:
    """Raises Refused where a column is out of its range, naming each."""
    try:
        row.clean_fields(exclude=set(exclude))
    except ValidationError as error:
        found = error.message_dict
        faults = (f"{field}: {' '.join(texts)}" for field, texts in found.items())
        raise Refused("; ".join(faults), field=next(iter(found)) if len(found) == 1 else None) from error


def rows_save_new(rows: Sequence[Row]) -> list[Row]:
    """Saves new rows of one model at once, each checked as `row_save` does; those that they point to must be there.

    Raises
    ------
    Refused: naming each column at fault of the first row that has any. IntegrityError: a constraint of the database.
    """
    for row in rows:
        columns_check(row, [field.name for field in row._meta.concrete_fields if field.is_relation])  # noqa: SLF001 (public)
    kind: Any = type(rows[0]) if rows else None
    return kind.objects.bulk_create(rows, batch_size=AT_ONCE) if rows else []


def row_correct(
    row: Row, changes: Mapping[str, Any], allowed: frozenset[str], *, by: User | None = None, act: str = ""
) -> Row:
    """Writes the given columns, all of which must be `allowed` (a programmer's mistake otherwise: TypeError).

    by, act: who did what, for the row's history; without `by` (a table that is loaded) no history is written.
    """
    told = sorted(set(changes) - UNTOLD)
    old = history_values(row, told) if by else {}
    columns_set(row, changes, allowed)
    row_save(row)
    if by:
        history_record(user=by, act=act, row=row, old=old, new=history_values(row, told))
    return row


def columns_set(row: models.Model, changes: Mapping[str, Any], allowed: frozenset[str]) -> None:
    unknown = set(changes) - allowed
    if unknown:
        raise TypeError(f"Expected columns among {sorted(allowed)}, got {sorted(unknown)}")
    for column, value in changes.items():
        setattr(row, column, value)


def row_create(row: Row, *, by: User | None = None, act: str = "", told: Iterable[str] = ()) -> Row:
    """Saves a new row and, where `by` is given, the first line of its history with what stands in `told`."""
    row_save(row)
    if by:
        history_record(user=by, act=act, row=row, new=history_values(row, sorted(set(told) - UNTOLD)))
    return row


def row_archive(row: Row, *, by: User | None, act: str) -> Row:
    """Puts a row (with archived_at) away; doing it again changes nothing."""
    return archived_set(row, now(), by, act)


def row_restore(row: Row, *, by: User | None, act: str) -> Row:
    """Brings a row back that was put away; doing it again changes nothing."""
    return archived_set(row, None, by, act)


def archived_set(row: Row, moment: datetime | None, by: User | None, act: str) -> Row:
    kind: Any = type(row)
    locked: Row = kind.objects.select_for_update().get(pk=row.pk)
    if (getattr(locked, "archived_at") is None) == (moment is None):  # noqa: B009 (not every model has it)
        return locked
    return row_correct(locked, {"archived_at": moment}, frozenset({"archived_at"}), by=by, act=act)


def days_check(first: date, last: date | None) -> None:
    if last is not None and last < first:
        raise Refused(
            _("The last day (%(last)s) lies before the first day (%(first)s).") % {"first": first, "last": last}
        )


def rupiah_check(**amounts: int | None) -> None:
    for name, amount in amounts.items():
        if amount is not None and amount < 0:
            raise Refused(_("%(name)s can't be below zero, got %(amount)d.") % {"name": name, "amount": amount})
