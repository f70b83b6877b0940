"""Numbers on papers: never used twice, and without a gap, for they are given inside the transaction that uses them."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from wadah.base.models import Counter


@transaction.atomic
def number_next(kind: str, year: int) -> int:
    """The next number of `kind` in `year`, from 1."""
    return numbers_next(kind, year, 1)[0]


@transaction.atomic
def numbers_next(kind: str, year: int, count: int) -> range:
    """The next `count` numbers at once. A roll-back gives them back; others wait until this transaction ends.

    The row is locked by the update itself, which works alike on SQLite and PostgreSQL.
    """
    Counter.objects.get_or_create(kind=kind, year=year)
    Counter.objects.filter(kind=kind, year=year).update(last=F("last") + count)
    last = Counter.objects.get(kind=kind, year=year).last
    return range(last - count + 1, last + 1)


def number_text(prefix: str, year: int, number: int) -> str:
    """ "PO-2026-0001": at least four digits."""
    return f"{prefix}-{year}-{number:04d}"
