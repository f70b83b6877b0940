"""How catalogue and demand save a row: every column and constraint checked first, refused in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wadah.base.errors import Refused
from wadah.catalogue.rules import quantity_fault

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from django.db.models import Model

    from wadah.catalogue.models import Part

    Row = TypeVar("Row", bound=Model)


def row_save(row: Row, columns: Mapping[str, Any] | None = None) -> Row:
    """Writes `columns` into the row and saves it.

    Raises
    ------
    Refused: naming each column or constraint at fault.
    """
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
    return row


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
