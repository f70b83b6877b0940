"""Lots against postings: what P1 posted of a work order's lots is what its accepted pieces pay (docs/work.md W7)."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Case, Exists, F, OuterRef, Q, Sum, When

from wadah.ledger.models import WorkEntry
from wadah.ledger.services.work import moves_counted
from wadah.ledger.verify.faults import Fault
from wadah.work.models import Lot, WorkOrder
from wadah.work.selectors.pay import COUNTED_IN, paid_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NONE = Decimal(0)
THOUSANDTH = Decimal("0.001")
AT_ONCE = 5_000


def work_faults(cooperative: int, posted: Mapping[int | None, int]) -> Iterator[Fault]:
    """The first work order whose moves, entries, postings and pay aren't the same. Moves that wait for the hourly
    posting aren't in it.

    posted: credit − debit of account 2101 by lot id, of all postings.
    """
    entries = {key: (pieces or NONE, rupiah) for key, pieces, rupiah in entries_by_order(cooperative)}
    moved = {key: pieces or NONE for key, pieces in moves_by_order(cooperative)}
    books = posted_by_order(cooperative, posted)
    keys = sorted({*entries, *moved, *(key for key, rupiah in books.items() if rupiah)})
    for start in range(0, len(keys), AT_ONCE):
        rows = WorkOrder.objects.filter(pk__in=keys[start : start + AT_ONCE]).order_by("pk")
        for row in rows:
            pieces, rupiah = entries.get(row.pk, (NONE, 0))
            pieces = pieces.quantize(THOUSANDTH)
            told = {"work_order": row.number}
            if pieces != moved.get(row.pk, NONE).quantize(THOUSANDTH):
                stored, due = str(pieces), str(moved.get(row.pk, NONE).quantize(THOUSANDTH))
                yield Fault("L3", "work_pieces", values={**told, "stored": stored, "due": due})
                return
            due_rupiah = paid_for(row, pieces)
            for code, stored_rupiah in (("work_entries", rupiah), ("work_postings", books.get(row.pk, 0))):
                if stored_rupiah != due_rupiah:
                    yield Fault("L3", code, values={**told, "stored": stored_rupiah, "due": due_rupiah})
                    return


def entries_by_order(cooperative: int) -> Iterator[tuple[int, Decimal | None, int]]:
    rows = WorkEntry.objects.filter(cooperative=cooperative).order_by().values_list("work_order")
    return iter(rows.annotate(all=Sum("pieces"), pay=Sum("rupiah")))


def moves_by_order(cooperative: int) -> Iterator[tuple[int, Decimal | None]]:
    """Accepted pieces by the moves that have an entry."""
    entered = Exists(WorkEntry.objects.filter(move=OuterRef("pk")))
    rows = moves_counted(cooperative).filter(entered).order_by().values_list("lot__work_order")
    return iter(rows.annotate(all=Sum(Case(When(COUNTED_IN, then=F("pieces")), default=-F("pieces")))))


def posted_by_order(cooperative: int, posted: Mapping[int | None, int]) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    rows = Lot.objects.filter(Q(cooperative=cooperative), work_order__isnull=False).order_by()
    for lot, order in rows.values_list("pk", "work_order"):
        if lot in posted:
            found[order] += posted[lot]
    return found
