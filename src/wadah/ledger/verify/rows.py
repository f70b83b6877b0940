"""Postings and lines as plain tuples, a piece of the chain at a time: a million postings must pass within a minute.

The database writes days, moments and pieces as rules/chain.py does, and null for what isn't there, so that a row is
hashed as it is read. What is stored and couldn't have been written by us (a fourth decimal, half a rupiah) comes
through as it stands, and the hash shows it.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

Row = tuple[Any, ...]

MOMENT = {
    "sqlite": """CASE WHEN length(p."at") <= 26 THEN substr(p."at", 1, 10) || 'T' || substr(p."at", 12, 8) || '.'
        || substr(substr(p."at", 21) || '000000', 1, 6) || '+00:00' ELSE p."at" || '' END""",
    "postgresql": """to_char(p."at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')""",
}
DAY = {"sqlite": """p."on" || ''""", "postgresql": """to_char(p."on", 'YYYY-MM-DD')"""}
TEXT = {"sqlite": "{0}", "postgresql": "{0}::text"}
PIECES = {
    "sqlite": """CASE WHEN l.pieces IS NULL THEN 'null' WHEN CAST(printf('%%.3f', l.pieces) AS NUMERIC) = l.pieces
        THEN '"' || printf('%%.3f', l.pieces) || '"' ELSE '"' || l.pieces || '"' END""",
    "postgresql": """COALESCE('"' || l.pieces::text || '"', 'null')""",
}
FLAG = {"sqlite": "({0} IS NOT NULL)", "postgresql": "({0} IS NOT NULL)::int"}

OF_POSTINGS = """
SELECT p.id, p.seq, {day}, p.rule, p.source_kind, p.source_id, p.source_number, p.note, {moment}, p.by_id,
    p.reverses_id, p.previous_hash, p.hash
FROM ledger_posting p WHERE p.cooperative_id = %s AND p.seq BETWEEN %s AND %s ORDER BY p.seq"""

OF_LINES = """
SELECT l.posting_id, l.line_no, l.account_id, l.debit, l.credit, COALESCE(l.ikm_id, l.buyer_id, l.motif_id),
    {ikm_set} + 2 * {buyer_set} + 4 * {motif_set}, l.lot_id,
    COALESCE({ikm}, 'null') || ',' || COALESCE({buyer}, 'null') || ',' || COALESCE({motif}, 'null') || ','
    || COALESCE({lot}, 'null') || ',' || {pieces}
FROM ledger_posting p JOIN ledger_postingline l ON l.posting_id = p.id
WHERE p.cooperative_id = %s AND p.seq BETWEEN %s AND %s ORDER BY p.seq, l.line_no"""


def postings_read(cooperative: int, first: int, last: int) -> list[Row]:
    """(id, seq, on, rule, kind, source id, number, note, at, by, reverses, previous hash, hash), by seq."""
    vendor = connection.vendor
    return fetched(OF_POSTINGS.format(day=DAY[vendor], moment=MOMENT[vendor]), cooperative, first, last)


def lines_read(cooperative: int, first: int, last: int) -> list[Row]:
    """(posting, line_no, account, debit, credit, party, whose: 1 ikm + 2 buyer + 4 motif, lot, the rest as JSON)."""
    vendor = connection.vendor
    columns = {name: f"l.{name}_id" for name in ("ikm", "buyer", "motif", "lot")}
    texts = {name: TEXT[vendor].format(column) for name, column in columns.items()}
    flags = {f"{name}_set": FLAG[vendor].format(column) for name, column in columns.items()}
    return fetched(OF_LINES.format(**texts, **flags, pieces=PIECES[vendor]), cooperative, first, last)


def fetched(sql: str, *values: int) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[Row] = cursor.fetchall()
        return rows
