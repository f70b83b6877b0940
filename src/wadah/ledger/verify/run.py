"""All of it for one cooperative or for all: what was read, what is wrong, and the head to keep.

What holds when it begins is what is checked: a snapshot of the documents, and the postings up to the head of that
moment, which never change any more. Processes of their own read the chain in pieces, this one the sub-ledgers.
"""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from django.db import connection, connections
from django.db.models import Max

from wadah.ledger.models import Account, Book, Period, Posting, PostingLine
from wadah.ledger.rules.chart import CHART
from wadah.ledger.rules.months import month_after
from wadah.ledger.verify.again import entries_again, explained, piece_again
from wadah.ledger.verify.chain import Found, Piece, piece_check
from wadah.ledger.verify.faults import Fault
from wadah.ledger.verify.rows import postings_read
from wadah.ledger.verify.subledgers import CONTROLS, By, control_faults, running_faults
from wadah.ledger.verify.work import work_faults
from wadah.register.models import Cooperative

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from concurrent.futures import Executor

    Check = Callable[[Piece], Found]

PIECES_A_WORKER = 4
PIECE_LEAST = 5_000
"""Postings; fewer aren't worth a process."""


@dataclass(frozen=True, slots=True)
class Head:
    """The last posting of a cooperative's chain, as it is, or as somebody kept it apart."""

    seq: int
    hash: str


@dataclass(slots=True)
class Report:
    """Of one cooperative. head: of its book; found: what was read; faults: the first of each kind."""

    cooperative: Cooperative
    head: Head
    found: Found = field(default_factory=Found)
    faults: list[Fault] = field(default_factory=list)


def verify(
    *,
    cooperatives: Sequence[Cooperative] | None = None,
    kept: Mapping[int, Head] | None = None,
    again: bool = False,
    workers: int = 1,
) -> list[Report]:
    """One report a cooperative that has books; all of them where none are named.

    kept: heads kept apart, by cooperative id; again: work the books out again from their documents; workers: processes
    that read the chain, 1: this one does it.
    """
    with pool_of(workers) as pool, snapshot():
        chosen = with_books() if cooperatives is None else cooperatives
        reports = [cooperative_verify(one, (kept or {}).get(one.pk), again, pool, workers) for one in chosen]
        if reports:
            reports[0].faults += chart_faults()
        if reports and cooperatives is None and not any(one.found.fault for one in reports):
            reports[0].faults += lines_lost(sum(one.found.lines for one in reports))
    return reports


def heads(cooperatives: Sequence[Cooperative] | None = None) -> list[tuple[Cooperative, Head]]:
    """What is worth keeping apart, of each cooperative with postings. Two queries."""
    rows = Book.objects.filter(head_seq__gt=0).select_related("cooperative").order_by("cooperative")
    if cooperatives is not None:
        rows = rows.filter(cooperative__in=cooperatives)
    return [(row.cooperative, Head(row.head_seq, row.head_hash)) for row in rows]


# -- how it is read ---------------------------------------------------------------------------------------------------


@contextmanager
def pool_of(workers: int) -> Iterator[Executor | None]:
    """Processes with connections of their own: forked before this one opens any. None inside a transaction, whose rows
    others don't see."""
    if workers < 2 or connection.in_atomic_block:
        yield None
        return
    connections.close_all()
    with ProcessPoolExecutor(workers, multiprocessing.get_context("fork")) as pool:
        pool.submit(os.getpid).result()  # by fork, the first task starts them all
        yield pool


@contextmanager
def snapshot() -> Iterator[None]:
    """All that is read here is of one moment, while others go on writing. Inside a transaction, as that one sees it."""
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN" if connection.vendor == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def spread(
    pool: Executor | None, check: Callable[[Piece], Found], pieces: Sequence[Piece]
) -> list[Callable[[], Found]]:
    """To be called for what each piece holds."""
    if pool is None:
        return [partial(check, one) for one in pieces]
    return [pool.submit(check, one).result for one in pieces]


def pieces_of(cooperative: int, last: int, workers: int) -> list[Piece]:
    """Postings 1 … last in pieces of about the same length."""
    length = max(PIECE_LEAST, -(-last // (workers * PIECES_A_WORKER))) if workers > 1 else max(last, 1)
    return [Piece(cooperative, first, min(first + length - 1, last)) for first in range(1, last + 1, length)]


def with_books() -> list[Cooperative]:
    held = {*Book.objects.values_list("cooperative", flat=True)}
    held |= {*Posting.objects.order_by().values_list("cooperative", flat=True).distinct()}
    return list(Cooperative.objects.filter(pk__in=held).order_by("pk"))


# -- one cooperative --------------------------------------------------------------------------------------------------


def cooperative_verify(
    cooperative: Cooperative, kept: Head | None, again: bool, pool: Executor | None, workers: int
) -> Report:
    key = cooperative.pk
    book = Book.objects.filter(cooperative=key).first()
    last = Posting.objects.filter(cooperative=key).aggregate(last=Max("seq"))["last"] or 0
    report = Report(cooperative, Head(book.head_seq, book.head_hash) if book else Head(0, ""))
    pieces = pieces_of(key, last, workers if pool else 1)
    chain = spread(pool, piece_check, pieces)
    documents = spread(pool, piece_again, pieces) if again else []
    apart = [*running_faults(key), *period_faults(key, book), *(entries_again(key) if again else ())]
    report.found = together(chain)
    for read in (report.found, together(documents)):
        report.faults += [explained(key, read.fault)] if read.fault else []
    report.faults += head_faults(key, report.head, last, kept)
    if not report.found.fault:
        report.faults += control_faults(key, credits_by_code(report.found))
        report.faults += work_faults(key, report.found.lots)
    report.faults += apart
    return report


def together(pieces: Sequence[Callable[[], Found]]) -> Found:
    found = Found()
    for piece in pieces:
        found.add(piece())
    return found


def credits_by_code(found: Found) -> dict[str, By]:
    """Of the control accounts."""
    codes = dict(Account.objects.filter(cooperative=None, code__in=CONTROLS).values_list("pk", "code"))
    sums: dict[str, By] = {code: {} for code in CONTROLS}
    for (account, party), rupiah in found.sums.items():
        if account in codes and party is not None:
            sums[codes[account]][party] = rupiah
    return sums


def head_faults(cooperative: int, head: Head, last: int, kept: Head | None) -> Iterator[Fault]:
    """L4: the book's head is the last posting's, and what was kept apart is still there."""
    rows = {row[1]: row for seq in {last, kept.seq if kept else last} for row in postings_read(cooperative, seq, seq)}
    is_last = Head(last, rows[last][12] if last in rows else "")
    if head != is_last:
        yield Fault("L4", "head", last, values={"stored": words(head), "due": words(is_last)})
    if kept and kept.seq > last:
        yield Fault("L4", "cut", last, values={"stored": last, "due": kept.seq})
    elif kept and kept.seq and (kept.seq not in rows or rows[kept.seq][12] != kept.hash):
        row = rows.get(kept.seq)
        stored = row[12] if row else ""
        yield Fault("L4", "kept", kept.seq, row[2] if row else "", {"stored": stored, "due": kept.hash})


def words(head: Head) -> str:
    return f"{head.seq}:{head.hash}"


def period_faults(cooperative: int, book: Book | None) -> Iterator[Fault]:
    """L5: months were closed one after another, and none after a posting that isn't there."""
    due, before = book.opened_on if book else None, 0
    for row in Period.objects.filter(cooperative=cooperative).order_by("month"):
        if row.month != due or not before <= row.closed_seq <= (book.head_seq if book else 0):
            values = {"stored": f"{row.month:%Y-%m} ({row.closed_seq})", "due": f"{due:%Y-%m}" if due else ""}
            yield Fault("L5", "period", row.closed_seq, row.month.isoformat(), values)
            return
        due, before = month_after(row.month), row.closed_seq


# -- what belongs to all ----------------------------------------------------------------------------------------------


def chart_faults() -> Iterator[Fault]:
    """The chart is as it was laid out (rules/chart.py)."""
    names = ("group", "side", "party", "manual")
    laid = {code: of for code, *of in Account.objects.filter(cooperative=None).values_list("code", *names)}
    for kind in CHART:
        due = [str(kind.group), str(kind.side), str(kind.party), kind.manual]
        if kind.code in laid and laid[kind.code] != due:
            stored = ", ".join(map(str, laid[kind.code]))
            yield Fault("L2", "chart", values={"account": kind.code, "stored": stored, "due": ", ".join(map(str, due))})
            return


def lines_lost(read: int) -> Iterator[Fault]:
    """Each line belongs to a posting."""
    stored = PostingLine.objects.count()
    if stored != read:
        yield Fault("L4", "lines_lost", values={"stored": stored, "due": read})
