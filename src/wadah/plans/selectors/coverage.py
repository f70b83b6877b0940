"""How far a plan covers the city's mandate: pieces that the rules ask for against pieces that would be delivered."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wadah.plans.models import PlannedLine


@dataclass(frozen=True)
class Coverage:
    """Pieces asked for and delivered; `obligation` tells what the city must buy from what is a scenario."""

    name: str
    obligation: bool
    asked: float
    delivered: float

    @property
    def share(self) -> float:
        """0 … 1; 1 where nothing is asked for."""
        return self.delivered / self.asked if self.asked > 0 else 1.0

    @property
    def gap(self) -> float:
        return max(0.0, self.asked - self.delivered)


def mandate_coverage(lines: Sequence[PlannedLine]) -> list[Coverage]:
    """One row a rule of the mandate, obligations first; lines that no rule made are left out."""
    return grouped(lines, lambda line: line.line.mandate.name if line.line.mandate else "")


def coverage_total(rows: Sequence[Coverage]) -> Coverage:
    """All rows as one; nameless."""
    return Coverage("", False, sum(row.asked for row in rows), sum(row.delivered for row in rows))


def grouped(lines: Sequence[PlannedLine], name: Callable[[PlannedLine], str]) -> list[Coverage]:
    asked: dict[tuple[bool, str], float] = defaultdict(float)
    delivered: dict[tuple[bool, str], float] = defaultdict(float)
    for line in lines:
        if line.line.mandate is None:
            continue
        key = (line.line.mandate.obligation, name(line))
        asked[key] += line.on_time + line.late + line.short
        delivered[key] += line.on_time + line.late
    rows = [
        Coverage(label, obligation, asked[obligation, label], delivered[obligation, label])
        for obligation, label in asked
    ]
    return sorted(rows, key=lambda row: (not row.obligation, row.name))
