"""Which buyer and which invoices a payment is for: by a number in its text, by its amount, else the oldest. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

NUMBER = re.compile(r"INV[\s./-]*(\d{4})[\s./-]*(\d{1,9})(?!\d)", re.IGNORECASE)
"""An invoice's number as people and banks write it: "INV-2026-0001", "inv 2026 0001", "INV/2026/1", "INV20260001"."""
WORD = re.compile(r"[a-z0-9]+")
FORMS_OF_FIRMS = {"pt", "cv", "ud", "tbk", "persero", "koperasi", "toko"}


@dataclass(frozen=True, slots=True)
class Owed:
    """An open invoice. key: its id; rupiah > 0: what is still owed."""

    key: int
    number: str
    buyer: int
    due_on: dt.date
    rupiah: int


@dataclass(frozen=True, slots=True)
class Suggested:
    """buyer: id, None where nothing tells; parts: (invoice id, rupiah); sure: by a number or an exact amount alone."""

    buyer: int | None
    parts: tuple[tuple[int, int], ...]
    sure: bool


def numbers_in(text: str) -> set[str]:
    return {f"INV-{year}-{int(number):04d}" for year, number in NUMBER.findall(text)}


def parts_suggested(rupiah: int, text: str, owed: Sequence[Owed]) -> tuple[tuple[tuple[int, int], ...], bool]:
    """How an amount of one buyer is set against its open invoices, and whether that is sure.

    In this order: invoices whose number stands in the text; the one invoice that owes exactly this; all of them where
    they owe exactly this together; else the oldest first. What is left over stays the buyer's balance.
    """
    oldest = sorted(owed, key=lambda one: (one.due_on, one.key))
    named = [one for one in oldest if one.number in numbers_in(text)]
    if named:
        return filled(rupiah, named), True
    exact = [one for one in oldest if one.rupiah == rupiah]
    if exact:
        return ((exact[0].key, rupiah),), len(exact) == 1
    return filled(rupiah, oldest), bool(oldest) and sum(one.rupiah for one in oldest) == rupiah


def filled(rupiah: int, owed: Sequence[Owed]) -> tuple[tuple[int, int], ...]:
    """One after the other, each as far as the money reaches."""
    parts = []
    for one in owed:
        part = min(rupiah, one.rupiah)
        if part > 0:
            parts.append((one.key, part))
        rupiah -= part
    return tuple(parts)


def row_suggested(rupiah: int, text: str, owed: Sequence[Owed], buyers: Mapping[int, str]) -> Suggested:
    """Whom a line of a bank statement is from, and for what. buyers: name by id.

    By an invoice's number; else by the buyer's name; else by an amount that only one buyer owes in one invoice.
    """
    numbers = numbers_in(text)
    named = {one.buyer for one in owed if one.number in numbers}
    buyer = next(iter(named)) if len(named) == 1 else buyer_named(text, buyers) if not named else None
    if buyer is None and not named:
        exact = [one for one in owed if one.rupiah == rupiah]
        if len(exact) == 1:
            return Suggested(exact[0].buyer, ((exact[0].key, rupiah),), sure=False)
    if buyer is None:
        return Suggested(None, (), sure=False)
    parts, sure = parts_suggested(rupiah, text, [one for one in owed if one.buyer == buyer])
    return Suggested(buyer, parts, sure)


def buyer_named(text: str, buyers: Mapping[int, str]) -> int | None:
    """The one buyer all of whose name's words stand in the text; PT, CV and the like count for nothing."""
    words = set(WORD.findall(text.lower()))
    found = []
    for key, name in buyers.items():
        asked = set(WORD.findall(name.lower())) - FORMS_OF_FIRMS
        if asked and asked <= words:
            found.append(key)
    return found[0] if len(found) == 1 else None
