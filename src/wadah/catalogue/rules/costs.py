"""What a good piece costs to make, at the cheapest and at the dearest makers, all levels down; and the tree of a part.

In: who goes into whom, what each maker is paid, what is paid for what is bought. Out: rupiah, exact. Setting up and
trips are left out: they are paid by the week, not by the piece.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence
    from decimal import Decimal

    Key = TypeVar("Key", bound=Hashable)
else:
    Key = TypeVar("Key")

TREE_ROWS_MAX = 500


@dataclass(frozen=True, slots=True)
class MakerCost:
    """rupiah: paid for a piece started; good: 0 < share ≤ 1 of pieces that turn out well; material_bought: whether the
    cooperative buys what goes into it (else the member or the buyer brings it)."""

    rupiah: Fraction
    good: Fraction
    material_bought: bool = True


@dataclass(frozen=True, slots=True)
class CostRange:
    """least, most: rupiah a good piece; missing: what has neither a rate nor a price, and counts as nothing."""

    least: Fraction
    most: Fraction
    missing: tuple[object, ...] = ()


def cost_range(
    top: Key,
    graph: Mapping[Key, Sequence[tuple[Key, Decimal]]],
    makers: Mapping[Key, Sequence[MakerCost]],
    prices: Mapping[Key, Sequence[Fraction]],
) -> CostRange | None:
    """The range of one good piece of `top`; None where nobody has a rate for it and nobody sells it.

    graph: components of a piece, without loops; makers: by part; prices: rupiah a unit of what is bought, by part.
    """
    found: dict[Key, tuple[Fraction, Fraction]] = {}
    missing = []
    for key in TopologicalSorter(below(top, graph)).static_order():
        if prices.get(key):
            found[key] = (min(prices[key]), max(prices[key]))
        elif makers.get(key):
            found[key] = made_range(graph.get(key, ()), makers[key], found, prices)
        else:
            missing.append(key)
    if top not in found:
        return None
    return CostRange(*found[top], tuple(missing))


def below(top: Key, graph: Mapping[Key, Sequence[tuple[Key, Decimal]]]) -> dict[Key, list[Key]]:
    """The part and all that goes into it, each with its components."""
    found: dict[Key, list[Key]] = {}
    waiting = [top]
    while waiting:
        key = waiting.pop()
        if key not in found:
            found[key] = [component for component, _quantity in graph.get(key, ())]
            waiting.extend(found[key])
    return found


def made_range(
    components: Sequence[tuple[Key, Decimal]],
    makers: Sequence[MakerCost],
    found: Mapping[Key, tuple[Fraction, Fraction]],
    prices: Mapping[Key, Sequence[Fraction]],
) -> tuple[Fraction, Fraction]:
    known = [(key, Fraction(quantity)) for key, quantity in components if key in found]

    def piece(maker: MakerCost, end: int) -> Fraction:
        inside = (found[key][end] * quantity for key, quantity in known if maker.material_bought or key not in prices)
        return (maker.rupiah + sum(inside, Fraction(0))) / maker.good

    return min(piece(maker, 0) for maker in makers), max(piece(maker, 1) for maker in makers)


@dataclass(frozen=True, slots=True)
class TreeRow:
    """level: 0 for the part itself; each: pieces in one of the row above; all: pieces in one of the part on top."""

    key: object
    level: int
    each: Fraction
    all: Fraction


def tree_rows(top: Key, graph: Mapping[Key, Sequence[tuple[Key, Decimal]]]) -> tuple[list[TreeRow], bool]:
    """What goes into a part, depth first, at most TREE_ROWS_MAX rows; and whether that is all of it."""
    rows: list[TreeRow] = []
    waiting = [(top, 0, Fraction(1), Fraction(1))]
    while waiting and len(rows) < TREE_ROWS_MAX:
        key, level, each, total = waiting.pop()
        rows.append(TreeRow(key, level, each, total))
        lines = [(part, level + 1, Fraction(one), total * Fraction(one)) for part, one in graph.get(key, ())]
        waiting.extend(reversed(lines))
    return rows, not waiting


def levels_above(key: Key, graph: Mapping[Key, Sequence[tuple[Key, Decimal]]]) -> dict[Key, int]:
    """Everything that a part goes into, with how many levels up at the nearest."""
    above: dict[Key, list[Key]] = {}
    for parent, lines in graph.items():
        for component, _quantity in lines:
            above.setdefault(component, []).append(parent)
    found: dict[Key, int] = {}
    level, row = 1, list(above.get(key, ()))
    while row:
        fresh = [parent for parent in dict.fromkeys(row) if parent not in found]
        found |= dict.fromkeys(fresh, level)
        row = [upper for parent in fresh for upper in above.get(parent, ())]
        level += 1
    return found
