"""Postings are written here and nowhere else (docs/ledger.md L1-L5).

Everybody who posts holds the book's row, so a cooperative's numbers and hashes follow one another without a gap. Many
postings at once cost two inserts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import now
from wadah.base.errors import Refused
from wadah.base.history import history_record
from wadah.base.inserting import rows_insert
from wadah.ledger.models import Posting, PostingLine, Reversal
from wadah.ledger.rules.chain import moment_iso, pieces_iso, posting_hash
from wadah.ledger.rules.drafts import Draft, Line, balanced
from wadah.ledger.services.books import accounts_by_code, book_lock, open_from
from wadah.ledger.services.sources import SOURCES
from wadah.ledger.words import Party, Rule

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from django.db.models import Model

    from wadah.accounts.models import User
    from wadah.ledger.models import Account, Book
    from wadah.register.models import Cooperative

AT_ONCE = 2_000
POSTING = (
    "cooperative_id", "seq", "on", "rule", "source_kind", "source_id", "source_number", "note", "at", "by_id",
    "reverses_id", "previous_hash", "hash",
)  # fmt: skip
LINE = ("posting_id", "line_no", "account_id", "debit", "credit", "ikm_id", "buyer_id", "motif_id", "lot_id", "pieces")


def rows_post(*, cooperative: Cooperative, rule: str, rows: Iterable[Model]) -> list[Posting]:
    """Post each document by its rule; those from which nothing follows are passed over."""
    source = SOURCES[rule]
    drafts = [source.draft(row) for row in rows]
    return postings_add(cooperative=cooperative, drafts=[draft for draft in drafts if draft.lines])


@transaction.atomic
def postings_add(*, cooperative: Cooperative, drafts: Sequence[Draft]) -> list[Posting]:
    """Write postings at the end of the chain, in their order.

    A draft whose day lies in a closed month goes on the first open day (L5).

    Raises
    ------
    Refused: an own day before the books were opened. ValueError: a rule made a draft that doesn't balance, or a line
    without the party that its account asks for.
    """
    book = book_lock(cooperative)
    accounts, first = accounts_by_code(cooperative), open_from(book)
    made: list[Posting] = []
    for start in range(0, len(drafts), AT_ONCE):
        made += written(book, drafts[start : start + AT_ONCE], accounts, first)
    book.save(update_fields=["head_seq", "head_hash"])
    return made


def written(book: Book, drafts: Sequence[Draft], accounts: dict[str, Account], first: dt.date) -> list[Posting]:
    """At most AT_ONCE of them: rows that are inserted as they are, which a settlement of thousands needs."""
    postings = [chained(book, draft, accounts, first) for draft in drafts]
    rows_insert(Posting, POSTING, [tuple(getattr(one, name) for name in POSTING) for one in postings])
    new = Posting.objects.filter(cooperative=book.cooperative_id, seq__gte=postings[0].seq)
    keys = dict(new.order_by().values_list("seq", "pk"))
    lines = [
        line_values(keys[posting.seq], number, line, accounts)
        for posting, draft in zip(postings, drafts, strict=True)
        for number, line in enumerate(draft.lines, start=1)
    ]
    rows_insert(PostingLine, LINE, lines)
    for posting in postings:
        posting.pk = keys[posting.seq]
        posting._state.adding = False  # noqa: SLF001 (documented by Django as public)
    return postings


def chained(book: Book, draft: Draft, accounts: dict[str, Account], first: dt.date) -> Posting:
    """The next posting of the book, not saved yet; the book's head moves on."""
    if not balanced(draft.lines):
        raise ValueError(f"Expected lines, got none from {draft.source_kind} {draft.source_id}")
    for line in draft.lines:
        party_check(line, accounts[line.account])
    seq, on = book.head_seq + 1, max(draft.on, first)
    previous = book.head_hash
    book.head_seq, book.head_hash = seq, posting_hash(previous, head_values(seq, on, draft), lines_values(draft.lines))
    return Posting(
        cooperative_id=book.cooperative_id,
        seq=seq,
        on=on,
        rule=str(draft.rule),
        source_kind=draft.source_kind,
        source_id=draft.source_id,
        source_number=draft.source_number,
        note=draft.note,
        at=draft.at,
        by_id=draft.by,
        reverses_id=draft.reverses,
        previous_hash=previous,
        hash=book.head_hash,
    )


def head_values(seq: int, on: dt.date, draft: Draft) -> list[object]:
    of = draft.source_kind, draft.source_id, draft.source_number
    return [seq, on.isoformat(), str(draft.rule), *of, draft.note, moment_iso(draft.at), draft.by, draft.reverses]


def lines_values(lines: Iterable[Line]) -> list[list[object]]:
    return [
        [one.account, one.debit, one.credit, one.ikm, one.buyer, one.motif, one.lot, pieces_iso(one.pieces)]
        for one in lines
    ]


def line_values(posting: int, number: int, line: Line, accounts: dict[str, Account]) -> tuple[Any, ...]:
    """In the order of LINE."""
    of = (line.ikm, line.buyer, line.motif, line.lot, line.pieces)
    return (posting, number, accounts[line.account].pk, line.debit, line.credit, *of)


def party_check(line: Line, account: Account) -> None:
    """L2: the line names whom its account asks for, and nobody else."""
    named = {Party.IKM: line.ikm, Party.BUYER: line.buyer, Party.MOTIF: line.motif}
    for party, found in named.items():
        if (found is not None) != (account.party == party):
            raise ValueError(f"Expected {account.party or 'no party'} on {account.code}, got {line}")


@transaction.atomic
def posting_reverse(*, posting: Posting, reason: str, by: User) -> Posting:
    """Take a posting back by its mirror (P17). What its document knows is put right by whoever calls this.

    Raises
    ------
    Refused: it is reversed already, is a reversal itself, or nobody says why.
    """
    book_lock(posting.cooperative)
    posting.refresh_from_db()
    if posting.rule == Rule.REVERSAL:
        raise Refused(_("A reversal isn't reversed. Enter the document again."))
    if Posting.objects.filter(reverses=posting).exists():
        raise Refused(_("This posting is reversed already."))
    if not reason.strip():
        raise Refused(_("Say why."), field="reason")
    row = Reversal.objects.create(posting=posting, reason=reason.strip(), at=now(), by=by)
    history_record(user=by, act="posting_reverse", row=posting, reason=row.reason)
    return rows_post(cooperative=posting.cooperative, rule=Rule.REVERSAL, rows=[row])[0]
