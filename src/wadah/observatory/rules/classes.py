"""Classes of a map: at most four colours for what is above nothing, so that a phone tells them apart (O11)."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wadah.observatory.rules.spread import quantile

if TYPE_CHECKING:
    from collections.abc import Iterable

CLASSES_MAX = 4


@dataclass(frozen=True, slots=True)
class Classes:
    """lows: the lowest value of each class, rising; highs: the highest one that is there. Nothing (0) is class 0."""

    lows: tuple[float, ...]
    highs: tuple[float, ...]

    def of(self, value: float) -> int:
        """0 for nothing, else 1 … len(lows)."""
        return 0 if value <= 0 else max(1, bisect_right(self.lows, value))


def classes_of(values: Iterable[float]) -> Classes:
    """About as many places in each class; fewer classes where few values differ."""
    ordered = sorted(value for value in values if value > 0)
    if not ordered:
        return Classes((), ())
    cuts = sorted({ordered[0], *(first_at_least(ordered, n / CLASSES_MAX) for n in range(1, CLASSES_MAX))})
    ends = [*cuts[1:], float("inf")]
    return Classes(tuple(cuts), tuple(max(value for value in ordered if value < end) for end in ends))


def first_at_least(ordered: list[float], share: float) -> float:
    """The first value that is there at or above the quantile."""
    wanted = quantile(ordered, share)
    return next(value for value in ordered if value >= wanted - 1e-12)
