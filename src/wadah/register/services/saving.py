"""How every service of the register saves a row: checked column by column, refused in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wadah.base.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.db import models

    Row = TypeVar("Row", bound=models.Model)


def row_save(row: Row) -> Row:
    """Saves a row whose columns are within their lengths, choices and ranges.

    Raises
    ------
    Refused: naming each column at fault.
    """
    try:
        row.clean_fields()
    except ValidationError as error:
        faults = (f"{field}: {' '.join(texts)}" for field, texts in error.message_dict.items())
        raise Refused("; ".join(faults)) from error
    row.save()
    return row


def row_correct(row: Row, changes: Mapping[str, Any], allowed: frozenset[str]) -> Row:
    """Writes the given columns, all of which must be `allowed` (a programmer's mistake otherwise: TypeError)."""
    unknown = set(changes) - allowed
    if unknown:
        raise TypeError(f"Expected columns among {sorted(allowed)}, got {sorted(unknown)}")
    for column, value in changes.items():
        setattr(row, column, value)
    return row_save(row)


def days_check(first: date, last: date | None) -> None:
    if last is not None and last < first:
        raise Refused(
            _("The last day (%(last)s) lies before the first day (%(first)s).") % {"first": first, "last": last}
        )


def rupiah_check(**amounts: int | None) -> None:
    for name, amount in amounts.items():
        if amount is not None and amount < 0:
            raise Refused(_("%(name)s can't be below zero, got %(amount)d.") % {"name": name, "amount": amount})
