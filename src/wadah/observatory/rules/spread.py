"""How unevenly something is spread: incomes over makers, orders over buyers (docs/city.md O8, O9)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


def gini(values: Collection[float]) -> float | None:
    """Gini's coefficient, 0 (all alike) … 1 − 1/n (one has all); None of nobody, of nothing, or of amounts below 0.

    Σᵢ (2i − n − 1)·xᵢ / (n·Σx), x in order: half the mean difference over the mean.
    """
    ordered = sorted(values)
    total, count = sum(ordered), len(ordered)
    if count == 0 or total <= 0 or ordered[0] < 0:
        return None
    return sum((2 * place - count - 1) * value for place, value in enumerate(ordered, 1)) / (count * total)


def quantile(ordered: Sequence[float], share: float) -> float:
    """The value below which `share` of the values lie, between neighbours in a straight line; values in order."""
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def ratio_90_10(values: Collection[float]) -> float | None:
    """How many times the value of the place nine tenths up is that of the place one tenth up; None where that is 0."""
    ordered = sorted(values)
    low = quantile(ordered, 0.1) if ordered else 0
    return quantile(ordered, 0.9) / low if low > 0 else None


@dataclass(frozen=True, slots=True)
class Concentration:
    """hhi: Σ share², 1/n (all alike) … 1 (one has all); largest: the largest share; both None of nothing."""

    hhi: float | None
    largest: float | None


def concentration(values: Collection[float]) -> Concentration:
    """Of amounts ≥ 0 (Herfindahl and Hirschman)."""
    total = sum(values)
    if total <= 0:
        return Concentration(None, None)
    shares = [value / total for value in values]
    return Concentration(sum(share * share for share in shares), max(shares))
