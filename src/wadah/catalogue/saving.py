"""How catalogue and demand save a row: every column and constraint checked first, refused in words; who did it kept."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wadah.base.errors import Refused
from wadah.base.history import history_difference, history_keep, history_line, history_record
from wadah.catalogue.rules import quantity_fault

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from django.db.models import Model

    from wadah.accounts.models import User
    from wadah.catalogue.models import Part

    Row = TypeVar("Row", bound=Model)

AT_ONCE = 500
"""Rows of one statement."""


def row_save(row: Row, columns: Mapping[str, Any] | None = None, *, by: User | None = None, act: str = "") -> Row:
    """Writes `columns` into the row and saves it.

    by, act: who did what, for the row's history; without `by` (a table that is loaded) no history is written. An old
    row that stays as it was leaves no history either.

    Raises
    ------
    Refused: naming each column or constraint at fault.
    """
    old = row_values(row) if by and row.pk is not None else {}
    columns_set(row, columns or {})
    try:
        row.full_clean()
    except ValidationError as error:
        raise refused_of(error) from error
    row.save()
    change_record(row, by=by, act=act, old=old, new=row_values(row) if by else {})
    return row


def columns_set(row: Model, columns: Mapping[str, Any]) -> None:
    for name, value in columns.items():
        if not hasattr(type(row), name):
            raise TypeError(f"Expected a column of {type(row).__name__}, got {name!r}")
        setattr(row, name, value)


def refused_of(error: ValidationError) -> Refused:
    """What Django finds wrong with a row, as a refusal at the field at fault where there is one."""
    faults = {field.strip("_"): " ".join(texts) for field, texts in error.message_dict.items()}
    field = next(iter(faults)) if len(faults) == 1 else None
    return Refused("; ".join(f"{name}: {text}" for name, text in faults.items()), field=field)


def rows_save(pairs: Sequence[tuple[Row, Mapping[str, Any]]], *, by: User | None = None, act: str = "") -> list[Row]:
    """Writes the columns into each row and saves all of one model; by, act: as `row_save`, line for line.

    Rows that they point to are taken to be there, and constraints are left to the database.

    Raises
    ------
    Refused: naming each column at fault of the first row that has any. IntegrityError, DataError: a constraint; the
    caller rolls back, and `row_save` says in words which.
    """
    old = [row_values(row) if by and row.pk is not None else {} for row, _columns in pairs]
    rows = [row for row, _columns in pairs]
    for row, columns in pairs:
        columns_set(row, columns)
        columns_check(row)
    for row in rows:
        if row.pk is not None:
            row.save()
    new: list[Any] = [row for row in rows if row.pk is None]
    if new:
        type(new[0]).objects.bulk_create(new, batch_size=AT_ONCE)
    changes_keep(list(zip(rows, old, strict=True)), by=by, act=act)
    return rows


def columns_check(row: Model) -> None:
    """Raises Refused where a column is out of its range; asks the database nothing."""
    pointing = {field.name for field in row._meta.concrete_fields if field.is_relation}  # noqa: SLF001 (public)
    try:
        row.clean_fields(exclude=pointing)
        row.clean()
    except ValidationError as error:
        raise refused_of(error) from error


def changes_keep(rows: Sequence[tuple[Model, Mapping[str, Any]]], *, by: User | None, act: str) -> None:
    """A line of history for each row that isn't any more what it was."""
    if by is not None:
        old = {row.pk: values for row, values in rows}
        changes_tell([row for row, _old in rows], old, {row.pk: row_values(row) for row, _old in rows}, by=by, act=act)


def changes_tell(
    rows: Sequence[Model],
    old: Mapping[int, Mapping[str, Any]],
    new: Mapping[int, Mapping[str, Any]],
    *,
    by: User | None,
    act: str,
) -> None:
    """As `change_record` for each row of one model; old, new: by its key."""
    if by is not None:
        lines = (history_line(user=by, act=act, row=row, old=old[row.pk], new=new[row.pk]) for row in rows)
        history_keep([line for line in lines if line.fields])


def change_record(row: Model, *, by: User | None, act: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """One line of the row's history where somebody did it and something differs: fields of `old` and of `new`."""
    if by is not None and history_difference(old, new):
        history_record(user=by, act=act, row=row, old=old, new=new)


def row_values(row: Model) -> dict[str, Any]:
    """All columns but the key; numbers as short as they can be written, so that 2 and 2.000 don't differ.

    Rows that it points to are given by key, as text, without a query.
    """
    meta = row._meta  # noqa: SLF001 (documented by Django as public)
    fields = [field for field in meta.concrete_fields if not field.primary_key]
    values = {field: getattr(row, field.attname) for field in fields}
    return {
        field.name: str(value) if field.is_relation and value is not None else told(value)
        for field, value in values.items()
    }


def told(value: Any) -> Any:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def price_check(rupiah: int, field: str = "price_rupiah_piece") -> None:
    """Raises Refused where a price is below zero."""
    if rupiah < 0:
        raise Refused(_("A price can't be below zero, got %(rupiah)s.") % {"rupiah": rupiah}, field=field)


def quantity_check(part: Part, quantity: Decimal | int, *, field: str = "quantity", zero: bool = False) -> None:
    """Raises Refused where `part` can't be counted in `quantity`."""
    fault = quantity_fault(quantity, integer=part.integer, zero=zero)
    words = {"part": part.code, "quantity": quantity}
    if fault == "not_positive":
        raise Refused(_("%(part)s: the quantity must be more than zero, got %(quantity)s.") % words, field=field)
    if fault == "not_whole":
        raise Refused(_("%(part)s comes in whole pieces only, got %(quantity)s.") % words, field=field)


def days_check(first: date, last: date | None) -> None:
    """Raises Refused where the last day lies before the first."""
    if last is not None and last < first:
        words = {"first": first, "last": last}
        raise Refused(_("The last day (%(last)s) lies before the first day (%(first)s).") % words, field="valid_until")
