"""The planning problem: what must be made, by whom it could be made, and what each choice costs (docs/model.md).

Every row is a frozen dataclass and every range of docs/model.md §13 is checked when the problem is built, whether it
comes from a file (files.py) or from the register (plans.snapshot). Money is a float in rupiah, time is in periods
0 … periods − 1 (a period is a week unless the calendar says otherwise), work is in hours.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from wadah.planning.errors import MOST_FAULTS, ProblemError
from wadah.planning.rows import Calendar, Capability, Lot, Order, Part, Workshop
from wadah.planning.validate import faults, warnings

__all__ = ["Calendar", "Capability", "Lot", "Order", "Part", "Problem", "Workshop", "warnings"]


@dataclass(frozen=True)
class Problem:
    """The whole planning problem. Build it with `Problem(...)`; a fault raises ProblemError (errors.py)."""

    calendar: Calendar
    parts: tuple[Part, ...] = ()
    workshops: tuple[Workshop, ...] = ()
    capabilities: tuple[Capability, ...] = ()
    orders: tuple[Order, ...] = ()
    committed: tuple[Lot, ...] = ()
    previous: tuple[Lot, ...] = ()
    change_cost: float = 0.0

    def __post_init__(self) -> None:
        if found := list(islice(faults(self), MOST_FAULTS)):
            raise ProblemError(found)

    @property
    def periods(self) -> int:
        return self.calendar.periods

    @cached_property
    def part(self) -> dict[str, Part]:
        return {part.id: part for part in self.parts}

    @cached_property
    def workshop(self) -> dict[str, Workshop]:
        return {workshop.id: workshop for workshop in self.workshops}

    @cached_property
    def capability(self) -> dict[tuple[str, str], Capability]:
        """By (part id, workshop id)."""
        return {(row.part, row.workshop): row for row in self.capabilities}

    @cached_property
    def capabilities_of(self) -> dict[str, tuple[Capability, ...]]:
        """By part id; a part that nobody can make is left out."""
        found: dict[str, list[Capability]] = {}
        for row in self.capabilities:
            found.setdefault(row.part, []).append(row)
        return {part: tuple(rows) for part, rows in found.items()}

    @cached_property
    def order(self) -> dict[str, Order]:
        return {order.id: order for order in self.orders}
