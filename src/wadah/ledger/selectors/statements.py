"""Bank statements that were read, their lines, and whose payment each may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q

from wadah.demand.models import Buyer
from wadah.ledger.models import BankFile, BankRow, Invoice
from wadah.ledger.rules.matching import Suggested, row_suggested
from wadah.ledger.selectors.sales import owed_by

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

SUGGESTED_MAX = 500
WAITING = Q(payment=None, dismissed="")


def bank_files_seen(cooperatives: Collection[int]) -> QuerySet[BankFile]:
    """Statements, the newest first, each with `waiting`: lines that nobody has settled yet."""
    waiting = Count("lines", filter=Q(lines__payment=None, lines__dismissed=""))
    rows = BankFile.objects.filter(cooperative__in=cooperatives).annotate(waiting=waiting)
    return rows.select_related("cooperative", "by").order_by("-pk")


def bank_rows_seen(cooperatives: Collection[int]) -> QuerySet[BankRow]:
    """Lines of statements, by day."""
    rows = BankRow.objects.filter(cooperative__in=cooperatives)
    return rows.select_related("cooperative", "file", "payment__buyer").order_by("on", "pk")


def bank_rows_waiting(cooperatives: Collection[int]) -> QuerySet[BankRow]:
    return bank_rows_seen(cooperatives).filter(WAITING)


def buyer_suggested(row: BankRow) -> Buyer | None:
    """Whom a line may be from, None where nothing tells."""
    found = rows_suggested(bank_rows_seen([row.cooperative_id]).filter(pk=row.pk))
    key = found[0][1].buyer if found else None
    return None if key is None else Buyer.objects.filter(pk=key).first()


def file_suggested(file: BankFile) -> tuple[dict[int, Suggested], dict[int, str], dict[int, str]]:
    """What is suggested for the first SUGGESTED_MAX lines of a statement that wait, by id; numbers of invoices and
    names of buyers by id. Five queries."""
    waiting = bank_rows_waiting([file.cooperative_id]).filter(file=file)[:SUGGESTED_MAX]
    found = {row.pk: suggested for row, suggested in rows_suggested(waiting)}
    parts = {key for one in found.values() for key, _rupiah in one.parts}
    numbers = dict(Invoice.objects.filter(pk__in=parts).values_list("pk", "number"))
    buyers = {one.buyer for one in found.values() if one.buyer is not None}
    return found, numbers, dict(Buyer.objects.filter(pk__in=buyers).values_list("pk", "name"))


def rows_suggested(rows: QuerySet[BankRow]) -> list[tuple[BankRow, Suggested]]:
    """Each line of one cooperative with whom it may be from and for what. Three queries.

    What one line is suggested for is no more suggested for the next.
    """
    found = list(rows.select_related("cooperative"))
    if not found:
        return []
    owed = {one.key: one for one in owed_by(cooperative=found[0].cooperative)}
    names = dict(Buyer.objects.filter(pk__in={one.buyer for one in owed.values()}).values_list("pk", "name"))
    told = []
    for row in found:
        suggested = row_suggested(row.rupiah, row.text, list(owed.values()), names)
        for key, rupiah in suggested.parts:
            left = owed[key].rupiah - rupiah
            owed[key] = type(owed[key])(key, owed[key].number, owed[key].buyer, owed[key].due_on, left)
            if not left:
                del owed[key]
        told.append((row, suggested))
    return told
