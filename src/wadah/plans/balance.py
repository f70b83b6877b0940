"""What a new plan begins with, so that no piece is asked for twice and none too few (docs/work.md W14). No database.

In: what can be counted on at the hub now, and what members still have to bring (promises), each in the period in which
it is due; below 0: before the plan begins. Out: the stock that the plan begins with, and what is committed in it:

- What is due before the plan begins, and has what goes into it, is there when it begins: its good pieces are stock, and
  what it takes isn't any more.
- What lacks something by then is late: it is committed in the first period, where the planner makes what is missing.
- What is bought for committed work is there, as much as it takes (decision 0008).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from math import floor, inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from wadah.planning.problem import Order

    Bom = Mapping[str, Sequence[tuple[str, float]]]  # what goes into one piece, by part
    Stock = dict[str, float]  # pieces by part
    Pair = tuple[str, str]  # part, workshop

CRUMB = 1e-6  # pieces; less is rounding


@dataclass(frozen=True, slots=True)
class Promise:
    """pieces (> 0) that a workshop has promised and not brought, due in `period`; hours: that they take as promised;
    the ids are those of the rows behind."""

    part: str
    workshop: str
    period: int
    pieces: float
    hours: float
    part_id: int
    workshop_id: int


def begun_with(
    now: Mapping[str, float],
    promises: Sequence[Promise],
    bom: Bom,
    yields: Mapping[Pair, float],
    whole: Collection[str],
) -> tuple[Stock, list[Promise]]:
    """The stock in which the plan begins, and the promises within it.

    now: pieces at hand by part; yields: good pieces for each one started, 1 where left out; whole: parts in whole
    pieces.
    """
    stock: Stock = defaultdict(float, now)
    within = [row for row in promises if row.period >= 0]
    before: dict[str, list[Promise]] = defaultdict(list)
    for row in promises:
        if row.period < 0:
            before[row.part].append(row)
    for part in components_first(before, bom):
        for row in before.get(part, ()):
            most = min((stock[child] / pieces for child, pieces in bom.get(part, ())), default=inf)
            most = floor(most + CRUMB) if part in whole and most < inf else most
            there = min(row.pieces, max(0.0, most))
            stock[part] += yields.get((part, row.workshop), 1.0) * there
            for child, pieces in bom.get(part, ()):
                stock[child] -= pieces * there
            if row.pieces - there > CRUMB:
                share = (row.pieces - there) / row.pieces
                within.append(replace(row, period=0, pieces=row.pieces - there, hours=row.hours * share))
    return {part: max(0.0, pieces) for part, pieces in stock.items()}, within


def components_first(parts: Iterable[str], bom: Bom) -> list[str]:
    """These parts and all below them, each after what goes into it; the bill of materials has no loops."""
    done: dict[str, None] = {}
    stack = [(part, False) for part in sorted(parts)]
    while stack:
        part, ready = stack.pop()
        if ready:
            done.setdefault(part)
        elif part not in done:
            stack.append((part, True))
            stack.extend((child, False) for child, _ in bom.get(part, ()))
    return list(done)


def with_bought(stock: Stock, promises: Iterable[Promise], bom: Bom, bought: Collection[str]) -> Stock:
    """The stock with as much of each bought part as the promised work takes, at least."""
    need: Stock = defaultdict(float)
    for row in promises:
        for child, pieces in bom.get(row.part, ()):
            if child in bought:
                need[child] += pieces * row.pieces
    return {**stock, **{part: max(pieces, stock.get(part, 0.0)) for part, pieces in need.items()}}


def from_stock(
    orders: Sequence[Order], stock: Stock, whole: Collection[str]
) -> tuple[tuple[Order, ...], Stock, dict[str, float]]:
    """Of parts that one workshop makes whole for an order, what is at hand goes to their orders, the first due first:
    the planner knows no stock of them (docs/model.md §7).

    Returns the orders for what is left, the stock without those parts, and the pieces taken, by order.
    """
    left = dict(stock)
    taken: dict[str, float] = {}
    for row in sorted((row for row in orders if row.single_source), key=lambda row: (row.due, row.id)):
        given = min(row.quantity, left.get(row.part, 0.0))
        given = floor(given + CRUMB) if row.part in whole else given
        if given > 0:
            taken[row.id], left[row.part] = float(given), left[row.part] - given
    alone = {row.part for row in orders if row.single_source}
    rest = (replace(row, quantity=row.quantity - taken[row.id]) if row.id in taken else row for row in orders)
    return tuple(rest), {part: pieces for part, pieces in left.items() if part not in alone}, taken
