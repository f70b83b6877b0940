"""Which lots are in which: a walk over the graph of lots, level by level. No database.

An edge says that pieces of one lot went into another: split off, merged, or handed out as material for the work order
that made it. Of a work order's material nobody knows in which of its lots it ended, so it counts for all of them: a
recall finds too many rather than too few.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from decimal import Decimal

    Neighbours = Callable[[frozenset[int]], Iterable["Edge"]]


@dataclass(frozen=True, slots=True)
class Edge:
    """above, below: ids of the lots that pieces came from and went to; kind: "split", "merged" or "material"."""

    above: int
    below: int
    pieces: Decimal
    kind: str


@dataclass(frozen=True, slots=True)
class Walk:
    """levels: ids found at each step from the starts (level 0), each id once, at its first; edges: all between them."""

    levels: tuple[tuple[int, ...], ...]
    edges: tuple[Edge, ...]

    @property
    def found(self) -> tuple[int, ...]:
        return tuple(lot for level in self.levels for lot in level)


def walk(starts: Collection[int], neighbours: Neighbours, *, up: bool) -> Walk:
    """Everything above (`up`) or below `starts`; `neighbours` gives the edges of a whole level at once."""
    seen, frontier = set(starts), frozenset(starts)
    levels, edges = [tuple(sorted(starts))], dict[Edge, None]()
    while frontier:
        found = list(neighbours(frontier))
        edges.update(dict.fromkeys(found))
        frontier = frozenset(edge.above if up else edge.below for edge in found) - seen
        seen |= frontier
        if frontier:
            levels.append(tuple(sorted(frontier)))
    return Walk(tuple(levels), tuple(edges))
