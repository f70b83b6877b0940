"""The chain of postings (docs/ledger.md L4): each hash covers the one before it and all of its own posting.

SHA-256 over previous hash + JSON of [seq, on, rule, kind, id, number, note, at, by, reverses, lines]; a line is
[account, debit, credit, ikm, buyer, motif, lot, pieces]. Days and moments as ISO 8601 in UTC, pieces with three
decimals: the same bytes on every database.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from decimal import Decimal
from typing import Any

LineValues = tuple[str, int, int, int | None, int | None, int | None, int | None, Decimal | None]
THOUSANDTH = Decimal("0.001")
write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def moment_iso(at: dt.datetime) -> str:
    """To the microsecond, in UTC."""
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")


def pieces_iso(pieces: Decimal | None) -> str | None:
    return None if pieces is None else format(pieces.quantize(THOUSANDTH), "f")


def posting_hash(previous: str, head: list[Any], lines: list[list[Any]]) -> str:
    """head: seq, on, rule, source kind, source id, source number, note, at, by, reverses, in plain JSON values."""
    return hashlib.sha256(f"{previous}{write([*head, lines])}".encode()).hexdigest()
