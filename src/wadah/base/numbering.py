"""Numbers on papers: never used twice, and without a gap, for they are given inside the transaction that uses them."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from wadah.base.models import Counter


@transaction.atomic
def number_next(kind: str, year: int) -> int:
    """The next number of `kind` in `year`, from 1. A roll-back gives it back; others wait until this transaction ends.

    The row is locked by the update itself, which works alike on SQLite and PostgreSQL.
    """
    Counter.objects.get_or_create(kind=kind, year=year)
    Counter.objects.filter(kind=kind, year=year).update(last=F("last") + 1)
    return Counter.objects.get(kind=kind, year=year).last


def number_text(prefix: str, year: int, number: int) -> str:
    """ "PO-2026-0001": at least four digits."""
    return f"{prefix}-{year}-{number:04d}"
