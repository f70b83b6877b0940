"""L3: the books worked out again. Each posting from its document by its rule, on the day that was open then (L5), with
its hash; each work entry from the moves of pieces that came before it.

What was frozen when an entry was made, and depends on rows that people may date back (whether the maker was a member,
the licence's royalty, how late the lot came), is taken from the entry.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from wadah.base.clock import business_date
from wadah.ledger.models import Account, Book, Period, WorkEntry
from wadah.ledger.rules.chain import posting_hash
from wadah.ledger.rules.months import month_after
from wadah.ledger.rules.work import royalty_between
from wadah.ledger.services.posting import head_values, lines_values
from wadah.ledger.services.sources import SOURCES
from wadah.ledger.verify.chain import Found, Piece, fault_of, hash_before
from wadah.ledger.verify.faults import Fault
from wadah.ledger.verify.rows import lines_read, postings_read
from wadah.work.selectors.pay import paid_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from wadah.ledger.rules.drafts import Draft
    from wadah.ledger.verify.rows import Row

AT_ONCE = 2_000
CHANGED = {"hash", "unbalanced", "party", "account", "line_no"}
HEAD = ("seq", "on", "rule", "source_kind", "source_id", "source_number", "note", "at", "by", "reverses")
LINE = ("account", "debit", "credit", "ikm", "buyer", "motif", "lot", "pieces")


def piece_again(piece: Piece) -> Found:
    """Postings first … last from their documents; `fault` is the first that comes out otherwise."""
    found, previous, opened = Found(), hash_before(piece), opened_by_seq(piece.cooperative)
    for first in range(piece.first, piece.last + 1, AT_ONCE):
        last = min(first + AT_ONCE - 1, piece.last)
        postings = postings_read(piece.cooperative, first, last)
        drafts = drafts_of(postings)
        for row in postings:
            fault = posting_again(piece.cooperative, row, drafts.get((row[3], row[5])), previous, opened)
            if fault:
                found.fault = fault
                return found.plain()
            previous = row[12]
            found.postings += 1
    return found.plain()


def opened_by_seq(cooperative: int) -> Callable[[int], dt.date]:
    """The first day that was open when a posting was written."""
    periods = list(Period.objects.filter(cooperative=cooperative).order_by("closed_seq", "month"))
    closed = [row.closed_seq for row in periods]
    opened_on = Book.objects.filter(cooperative=cooperative).values_list("opened_on", flat=True).first()
    opened = [opened_on or dt.date.min, *(month_after(row.month) for row in periods)]
    return lambda seq: opened[bisect_left(closed, seq)]


def drafts_of(postings: Sequence[Row]) -> dict[tuple[str, int], Draft]:
    """By rule and document. A query a rule, and those that its rows need."""
    keys: dict[str, list[int]] = defaultdict(list)
    for row in postings:
        keys[row[3]].append(row[5])
    found = {}
    for rule, wanted in keys.items():
        source = SOURCES.get(rule)
        for document in source.rows.filter(pk__in=wanted) if source else ():
            draft = source.draft(document) if source else None
            if draft:
                found[rule, draft.source_id] = draft
    return found


def posting_again(
    cooperative: int, row: Row, draft: Draft | None, previous: str, opened: Callable[[int], dt.date]
) -> Fault | None:
    if draft is None:
        return fault_of(row, "L3", "no_document", kind=row[4], document=row[5])
    on = max(draft.on, opened(row[1]))
    head, lines = head_values(row[1], on, draft), lines_values(draft.lines)
    due = posting_hash(previous, head, lines)
    if due == row[12]:
        return None
    differing = field_differing(cooperative, row, head, lines)
    return (
        fault_of(row, "L3", "field", **differing)
        if differing
        else fault_of(row, "L3", "again", stored=row[12], due=due)
    )


def field_differing(
    cooperative: int, row: Row, head: Sequence[Any], lines: Sequence[Sequence[Any]]
) -> dict[str, object] | None:
    """The first field that isn't what the document says: {field, line, stored, due}."""
    for name, stored, due in zip(HEAD, row[1:11], head, strict=True):
        if stored != due:
            return {"field": name, "line": 0, "stored": stored, "due": due}
    stored_lines = lines_stored(cooperative, row[1])
    for number, (stored_line, due_line) in enumerate(zip(stored_lines, lines, strict=False), start=1):
        for name, stored, due in zip(LINE, stored_line, due_line, strict=True):
            if str(stored) != str(due):
                return {"field": name, "line": number, "stored": stored, "due": due}
    if len(stored_lines) != len(lines):
        return {"field": "lines", "line": 0, "stored": len(stored_lines), "due": len(lines)}
    return None


def lines_stored(cooperative: int, seq: int) -> list[list[Any]]:
    """As rules/chain.py writes them."""
    codes = dict(Account.objects.values_list("pk", "code"))
    found = []
    for line in lines_read(cooperative, seq, seq):
        parties = [None if one == "null" else one.strip('"') for one in line[8].split(",")]
        found.append([codes.get(line[2]), line[3], line[4], *parties])
    return found


def explained(cooperative: int, fault: Fault) -> Fault:
    """A posting that was changed, compared with its document: which field it was."""
    row = next(iter(postings_read(cooperative, fault.seq, fault.seq)), None)
    if row is None or fault.code not in CHANGED:
        return fault
    draft = drafts_of([row]).get((row[3], row[5]))
    if draft is None:
        return fault_of(row, "L3", "no_document", kind=row[4], document=row[5])
    on = max(draft.on, opened_by_seq(cooperative)(fault.seq))
    differing = field_differing(cooperative, row, head_values(row[1], on, draft), lines_values(draft.lines))
    return fault_of(row, fault.law, "field", **differing) if differing else fault


def entries_again(cooperative: int) -> Iterator[Fault]:
    """The first work entry that the moves of its work order don't lead to, in the order in which they were entered."""
    accepted: dict[int, Decimal] = defaultdict(Decimal)
    rows = WorkEntry.objects.filter(cooperative=cooperative).select_related("move", "work_order__workshop")
    for row in pages(rows):
        order, before = row.work_order, accepted[row.work_order_id]
        moved = row.move.pieces if row.move.to_bucket == "accepted" else -row.move.pieces
        after = accepted[order.pk] = before + moved
        due = {
            "pieces": moved,
            "accepted_after": after,
            "rupiah": paid_for(order, after) - paid_for(order, before),
            "ikm_id": order.workshop.ikm_id,
            "on": business_date(row.move.at),
            "royalty_rupiah": royalty_between(before, after, row.royalty_rupiah_piece),
        }
        for name, value in due.items():
            if getattr(row, name) != value:
                told = {"work_order": order.number, "field": name, "stored": getattr(row, name), "due": value}
                yield Fault("L3", "entry", on=row.on.isoformat(), values=told)
                return


def pages(rows: Any) -> Iterator[Any]:
    """All rows by their keys, so many at a time."""
    last = 0
    while page := list(rows.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield from page
        last = page[-1].pk
