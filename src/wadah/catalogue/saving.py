"""How catalogue and demand save a row: every column and constraint checked first, refused in words; who did it kept."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wadah.base.errors import Refused
from wadah.base.history import history_difference, history_record
from wadah.catalogue.rules import quantity_fault

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.db.models import Model

    from wadah.accounts.models import User
    from wadah.catalogue.models import Part

    Row = TypeVar("Row", bound=Model)


def row_save(row: Row, columns: Mapping[str, Any] | None = None, *, by: User | None = None, act: str = "") -> Row:
    """Writes `columns` into the row and saves it.

    by, act: who did what, for the row's history; without `by` (a table that is loaded) no history is written. An old
    row that stays as it was leaves no history either.

    Raises
    ------
    Refused: naming each column or constraint at fault.
    """
    old = row_values(row) if by and row.pk is not None else {}
    for name, value in (columns or {}).items():
        if not hasattr(type(row), name):
            raise TypeError(f"Expected a column of {type(row).__name__}, got {name!r}")
        setattr(row, name, value)
    try:
        row.full_clean()
    except ValidationError as error:
        faults = {field.strip("_"): " ".join(texts) for field, texts in error.message_dict.items()}
        field = next(iter(faults)) if len(faults) == 1 else None
        raise Refused("; ".join(f"{name}: {text}" for name, text in faults.items()), field=field) from error
    row.save()
    change_record(row, by=by, act=act, old=old, new=row_values(row) if by else {})
    return row


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
