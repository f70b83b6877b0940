"""The rows of a planning problem (docs/model.md §13): frozen, and only checked once they are in a Problem (problem.py).

Money is a float in rupiah, time is in periods 0 … periods − 1, work is in hours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Calendar:
    """When period 0 starts, what a period is called, and how many there are (≥ 1)."""

    start: date
    periods: int
    period: str = "week"


@dataclass(frozen=True, slots=True)
class Part:
    """Something that can be made, stocked or ordered.

    bom: (component id, quantity > 0) for one piece; lead_time: periods its components leave stock ahead of it;
    holding_cost: rupiah a piece and period at the hub; stock: opening stock, pieces; shelf_life: periods, None keeps
    for ever; max_share: 0 < share ≤ 1 of all pieces that one workshop may start; min_sources: ≥ 1 workshops.
    """

    id: str
    integer: bool = True
    bom: tuple[tuple[str, float], ...] = ()
    lead_time: int = 0
    holding_cost: float = 0.0
    stock: float = 0.0
    shelf_life: int | None = None
    max_share: float = 1.0
    min_sources: int = 1


@dataclass(frozen=True, slots=True)
class Workshop:
    """One maker: hours and overtime_hours are one number a period; costs in rupiah (an hour, once, an hour below)."""

    id: str
    hours: tuple[float, ...]
    overtime_hours: tuple[float, ...]
    overtime_cost: float = 0.0
    engage_cost: float = 0.0
    target_hours: float = 0.0
    below_target_cost: float = 0.0


@dataclass(frozen=True, slots=True)
class Capability:
    """One part that one workshop is able and approved to make.

    hours_per_unit: hours a piece started; setup_hours and setup_cost: once for each period in which it is made;
    cost_per_unit: rupiah a piece started; min_lot, max_per_period: pieces started in one period (None: no limit);
    yield_rate: good pieces for each piece started, 0 < yield ≤ 1 (`yield` in the file).
    """

    part: str
    workshop: str
    hours_per_unit: float
    setup_hours: float = 0.0
    setup_cost: float = 0.0
    cost_per_unit: float = 0.0
    min_lot: float = 0.0
    max_per_period: tuple[float, ...] | None = None
    yield_rate: float = 1.0


@dataclass(frozen=True, slots=True)
class Order:
    """One line of a buyer's order; due may lie before 0 (overdue) or after the last period.

    late_cost: rupiah a piece and period late, short_cost: rupiah a piece never delivered; None forbids it.
    """

    id: str
    part: str
    quantity: float
    due: int
    short_cost: float | None
    earliest: int = 0
    late_cost: float | None = 0.0
    partial: bool = True
    single_source: bool = False


@dataclass(frozen=True, slots=True)
class Lot:
    """Pieces of a part started at a workshop in a period: a row of committed, previous or make."""

    part: str
    workshop: str
    period: int
    quantity: float
