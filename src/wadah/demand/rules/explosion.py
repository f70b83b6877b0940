"""The explosion of a bill of materials: what an order needs of every part, level by level, and in how many packs.

In: items by code with what one piece of each is put together from, and the quantities ordered. Out: gross
requirements by part (nothing taken off for stock or scrap: the planner does that), and the tree as rows for a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Item:
    """One part. bom: (code, quantity > 0) for one piece; pack_size: > 0, None where it doesn't come in packs."""

    code: str
    bom: tuple[tuple[str, Decimal], ...] = ()
    made: bool = True
    reason: str = ""
    integer: bool = True
    pack_size: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    """What is needed of one part in all.

    level: 0 for what is only ordered, else the longest way down to it; gross: exact; packs: whole packs to buy, None
    where it is made or has no packs; buy: what they hold, or gross rounded up to whole pieces; 0 where it is made.
    """

    code: str
    level: int
    gross: Decimal
    packs: int | None = None
    buy: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class ExplosionRow:
    """One line of the tree, depth first. per_parent: for one piece of the parent (1 at the top); gross: needed here;
    total: the part's requirement over the whole tree; first: the first row of its part, the one to show packs on."""

    level: int
    code: str
    per_parent: Decimal
    gross: Decimal
    made: bool
    reason: str
    total: Requirement
    first: bool


def explode(items: Mapping[str, Item], quantities: Mapping[str, Decimal]) -> dict[str, Requirement]:
    """Gross requirements of everything `quantities` (by code, ≥ 0) needs, parents before their components.

    Low-level coding: each part once, after all its parents. Raises ValueError where the items loop.
    """
    levels = low_levels(items, quantities)
    gross = dict.fromkeys(levels, Decimal(0)) | dict(quantities)
    for code in sorted(levels, key=levels.__getitem__):
        for component, quantity in items[code].bom:
            gross[component] += gross[code] * quantity
    return {
        code: requirement(items[code], levels[code], gross[code]) for code in sorted(levels, key=levels.__getitem__)
    }


def low_levels(items: Mapping[str, Item], quantities: Mapping[str, Decimal]) -> dict[str, int]:
    """The longest way down to each part, counted in lines of bills of materials."""
    levels: dict[str, int] = {}
    level, here = 0, dict.fromkeys(quantities)
    while here:
        if level > len(items):
            raise ValueError(f"Expected a bill of materials without loops, got one through {next(iter(here))!r}")
        levels.update(dict.fromkeys(here, level))
        here = dict.fromkeys(component for code in here for component, _quantity in items[code].bom)
        level += 1
    return levels


def requirement(item: Item, level: int, gross: Decimal) -> Requirement:
    if item.made:
        return Requirement(item.code, level, gross)
    if item.pack_size is not None:
        packs = int((gross / item.pack_size).to_integral_value(ROUND_CEILING))
        return Requirement(item.code, level, gross, packs, packs * item.pack_size)
    return Requirement(item.code, level, gross, buy=gross.to_integral_value(ROUND_CEILING) if item.integer else gross)


def explosion_rows(items: Mapping[str, Item], quantities: Mapping[str, Decimal]) -> tuple[ExplosionRow, ...]:
    """The tree below each ordered part, depth first, components in the order of the bill of materials."""
    totals = explode(items, quantities)
    seen: set[str] = set()
    rows = []
    for code, quantity in quantities.items():
        for level, below, per_parent, gross in walk(items, code, quantity):
            item = items[below]
            row = ExplosionRow(
                level, below, per_parent, gross, item.made, item.reason, totals[below], below not in seen
            )
            seen.add(below)
            rows.append(row)
    return tuple(rows)


def walk(items: Mapping[str, Item], code: str, quantity: Decimal) -> Iterator[tuple[int, str, Decimal, Decimal]]:
    """(level, code, quantity for one parent, gross quantity here), without recursion."""
    stack = [(0, code, Decimal(1), quantity)]
    while stack:
        level, here, per_parent, gross = stack.pop()
        yield level, here, per_parent, gross
        stack.extend((level + 1, below, each, gross * each) for below, each in reversed(items[here].bom))
