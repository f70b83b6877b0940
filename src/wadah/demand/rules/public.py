"""What a public buyer owes to small firms and cooperatives, and which heads count once. Pure.

B4 and B6 of docs/city.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class SmallBuying:
    """A stated budget for goods (rupiah; None: nobody stated one) against what was bought from small firms.

    bought: from cooperatives through Wadah, invoiced less credited; elsewhere: what the institution says it bought from
    other small firms, None where it doesn't say; percent: the least share asked for, None where no rule holds.
    """

    budget: int | None
    bought: int
    elsewhere: int | None
    percent: Decimal | None

    @property
    def known(self) -> int:
        """Rupiah that are known to have gone to small firms."""
        return self.bought + (self.elsewhere or 0)

    @property
    def share(self) -> float | None:
        """0 …; a least one while `elsewhere` isn't said; None without a budget."""
        return self.known / self.budget if self.budget else None

    @property
    def asked(self) -> int | None:
        """Rupiah that have to go to small firms, rounded up."""
        if self.budget is None or self.percent is None:
            return None
        exact = Fraction(self.percent) * self.budget / 100
        return -(-exact.numerator // exact.denominator)

    @property
    def missing(self) -> int | None:
        """Rupiah still to go there; at most so much while `elsewhere` isn't said; None where nobody can know."""
        return None if self.asked is None else max(0, self.asked - self.known)


@dataclass(frozen=True, slots=True)
class Standing:
    """An institution as it is counted. areas: codes of its own area and of those above it; count: schools or offices
    that it stands for, 1 where it is one itself."""

    key: int
    aggregate: bool
    count: int
    level: str
    state: bool | None
    areas: tuple[str, ...]


def counted_elsewhere(rows: Iterable[Standing]) -> frozenset[int]:
    """Keys of those whose heads are in another row already (B4).

    A total stands for the single schools of its area, level and state. As soon as as many of them are counted by
    themselves, they take its place.
    """
    standing = list(rows)
    single: dict[str, list[Standing]] = {}
    for row in standing:
        if not row.aggregate:
            single.setdefault(row.level, []).append(row)
    left_out: set[int] = set()
    for total in (row for row in standing if row.aggregate):
        inside = [row.key for row in single.get(total.level, ()) if within(row, total)]
        left_out |= {total.key} if len(inside) >= total.count else set(inside)
    return frozenset(left_out)


def within(row: Standing, total: Standing) -> bool:
    return total.areas[0] in row.areas and total.state in {None, row.state}
