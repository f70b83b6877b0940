"""A posting before it is written: what a rule of docs/ledger.md makes of a document. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """account: its code; one of debit, credit > 0, whole rupiah; ikm, buyer, motif, lot: ids; pieces: of what."""

    account: str
    debit: int = 0
    credit: int = 0
    ikm: int | None = None
    buyer: int | None = None
    motif: int | None = None
    lot: int | None = None
    pieces: Decimal | None = None

    @property
    def mirrored(self) -> Line:
        return replace(self, debit=self.credit, credit=self.debit)


@dataclass(frozen=True, slots=True)
class Draft:
    """rule: "P1" …; source: kind and id of the document, number what stands on it; on: its own day; at, by: when and by
    whom (a user's id) it was made; reverses: the id of the posting that it takes back."""

    rule: str
    source_kind: str
    source_id: int
    on: dt.date
    at: dt.datetime
    by: int | None
    lines: tuple[Line, ...]
    source_number: str = ""
    note: str = ""
    reverses: int | None = None


def debit(account: str, rupiah: int, **of: object) -> Line:
    """On the debit side; below zero it stands on the credit side. Zero lines are dropped by `balanced`."""
    return Line(account, debit=max(rupiah, 0), credit=max(-rupiah, 0), **of)  # type: ignore[arg-type]


def credit(account: str, rupiah: int, **of: object) -> Line:
    """On the credit side; below zero it stands on the debit side."""
    return debit(account, -rupiah, **of)


def balanced(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines that hold something.

    Raises
    ------
    ValueError: debits and credits differ (L2): a rule is wrong, not a person.
    """
    kept = tuple(line for line in lines if line.debit or line.credit)
    left, right = sum(line.debit for line in kept), sum(line.credit for line in kept)
    if left != right:
        raise ValueError(f"Expected debit = credit, got {left} and {right}")
    return kept
