"""L2, L4 and L5 over a piece of one cooperative's chain, and the sums that the sub-ledgers are compared with.

Every posting and line is read once. A piece begins with the hash stored just before it, so pieces are checked apart,
each in a process of its own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby
from json.encoder import encode_basestring
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from wadah.ledger.models import Account, Book, Period
from wadah.ledger.rules import chart
from wadah.ledger.rules.months import month_after
from wadah.ledger.verify.faults import Fault
from wadah.ledger.verify.rows import lines_read, postings_read
from wadah.ledger.words import Party

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from wadah.ledger.verify.rows import Row

AT_ONCE = 4_000  # postings in memory
WHOSE = {"": 0, Party.IKM: 1, Party.BUYER: 2, Party.MOTIF: 4}
quoted: Callable[[str], str] = encode_basestring


@dataclass(frozen=True, slots=True)
class Piece:
    """Postings first … last of a cooperative's chain (its id)."""

    cooperative: int
    first: int
    last: int


@dataclass(slots=True)
class Found:
    """What a piece holds. sums: credit − debit by (account id, party id); lots: of account 2101 by lot id; months:
    [debit, credit] by "2026-11"; fault: the first one, where the reading ended."""

    postings: int = 0
    lines: int = 0
    sums: dict[tuple[int, int | None], int] = field(default_factory=lambda: defaultdict(int))
    lots: dict[int | None, int] = field(default_factory=lambda: defaultdict(int))
    months: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    fault: Fault | None = None

    def add(self, other: Found) -> None:
        self.postings += other.postings
        self.lines += other.lines
        for mine, others in ((self.sums, other.sums), (self.lots, other.lots)):
            for key, rupiah in others.items():
                mine[key] += rupiah  # type: ignore[index]
        for month, (debit, credit) in other.months.items():
            self.months[month][0] += debit
            self.months[month][1] += credit
        faults = [one for one in (self.fault, other.fault) if one]
        self.fault = min(faults, key=lambda one: one.seq) if faults else None

    def plain(self) -> Found:
        """To be handed over between processes."""
        self.sums, self.lots, self.months = dict(self.sums), dict(self.lots), dict(self.months)
        return self


class Broken(Exception):
    """Carries the first fault out of the loop."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Ground:
    """What of a cooperative each posting is held against.

    codes: JSON text of the account's code by id; whose: WHOSE by account id; closed: last posting before each closing,
    ascending, and opened: the first open day from then on, one more.
    """

    codes: dict[int, str]
    whose: dict[int, int]
    work: int | None
    closed: list[int]
    opened: list[str]


def ground_of(cooperative: int) -> Ground:
    """Three queries."""
    rows = Account.objects.filter(cooperative=None) | Account.objects.filter(cooperative=cooperative)
    accounts = {row.pk: row for row in rows}
    periods = list(Period.objects.filter(cooperative=cooperative).order_by("closed_seq", "month"))
    opened_on = Book.objects.filter(cooperative=cooperative).values_list("opened_on", flat=True).first()
    return Ground(
        codes={key: quoted(row.code) for key, row in accounts.items()},
        whose={key: WHOSE[row.party] for key, row in accounts.items()},
        work=next(
            (key for key, row in accounts.items() if row.code == chart.WORK and row.cooperative_id is None), None
        ),
        closed=[row.closed_seq for row in periods],
        opened=[opened_on.isoformat() if opened_on else "", *(month_after(row.month).isoformat() for row in periods)],
    )


def piece_check(piece: Piece) -> Found:
    """Reads it to its end, or to its first fault."""
    found = Found()
    ground = ground_of(piece.cooperative)
    previous = hash_before(piece)
    try:
        for first in range(piece.first, piece.last + 1, AT_ONCE):
            last = min(first + AT_ONCE - 1, piece.last)
            previous = rows_check(piece.cooperative, first, last, previous, ground, found)
    except Broken as broken:
        found.fault = broken.fault
    return found.plain()


def hash_before(piece: Piece) -> str:
    if piece.first == 1:
        return ""
    before = postings_read(piece.cooperative, piece.first - 1, piece.first - 1)
    return str(before[0][-1]) if before else "?"


def rows_check(cooperative: int, first: int, last: int, previous: str, ground: Ground, found: Found) -> str:
    """Postings first … last; returns the hash of the last one."""
    postings = postings_read(cooperative, first, last)
    by_posting = {key: list(rows) for key, rows in groupby(lines_read(cooperative, first, last), itemgetter(0))}
    closings = bisect_right(ground.closed, first - 1)
    until = [*ground.closed, last + 1]
    seq = first - 1
    for posting in postings:
        seq += 1
        if posting[1] != seq:
            raise Broken(Fault("L4", "gap", seq))
        lines = by_posting.get(posting[0], ())
        text = lines_check(posting, lines, ground, found)
        link_check(posting, previous, text)
        while seq > until[closings]:
            closings += 1
        if posting[2] < ground.opened[closings]:
            raise Broken(fault_of(posting, "L5", "closed", stored=posting[2], due=ground.opened[closings]))
        previous = posting[12]
    if seq != last:
        raise Broken(Fault("L4", "gap", seq + 1))
    found.postings += len(postings)
    return previous


def lines_check(posting: Row, lines: Iterable[Row], ground: Ground, found: Found) -> str:
    """L2; the lines as JSON. What they hold is added up."""
    sums, codes, whose, work = found.sums, ground.codes, ground.whose, ground.work
    texts, number, left, right = [], 0, 0, 0
    for _posting, line_no, account, debit, credit, party, names, lot, rest in lines:
        number += 1
        if line_no != number:
            raise Broken(fault_of(posting, "L4", "line_no", stored=line_no, due=number))
        if account not in codes:
            raise Broken(fault_of(posting, "L2", "account", line=number, stored=account))
        if whose[account] != names:
            raise Broken(fault_of(posting, "L2", "party", line=number, account=codes[account].strip('"')))
        left += debit
        right += credit
        sums[account, party] += credit - debit
        if account == work:
            found.lots[lot] += credit - debit
        texts.append(f"[{codes[account]},{debit},{credit},{rest}]")
    if left != right or left <= 0:
        raise Broken(fault_of(posting, "L2", "unbalanced", debit=left, credit=right))
    month = found.months[posting[2][:7]]
    month[0] += left
    month[1] += right
    found.lines += number
    return ",".join(texts)


def link_check(posting: Row, previous: str, lines: str) -> None:
    """L4: it is chained to the one before, and its hash covers all that is stored."""
    _id, seq, on, rule, kind, source, number, note, at, by, reverses, before, stored = posting
    if before != previous:
        raise Broken(fault_of(posting, "L4", "link", stored=before, due=previous))
    by, reverses = "null" if by is None else by, "null" if reverses is None else reverses
    due = sha256(
        f"{previous}[{seq},{quoted(on)},{quoted(rule)},{quoted(kind)},{source},{quoted(number)},{quoted(note)},"
        f"{quoted(at)},{by},{reverses},[{lines}]]".encode()
    ).hexdigest()
    if due != stored:
        raise Broken(fault_of(posting, "L4", "hash", stored=stored, due=due))


def fault_of(posting: Row, law: str, code: str, **values: Any) -> Fault:
    return Fault(law, code, posting[1], posting[2], values)
