"""Support that comes to fruit later and by and by, as rows that the planner knows already: hours a period.

A candidate's hours are one number a period, and so is the most that a capability makes; so delay and ramp need nothing
of the search. Shares of the full amount: 0 for `delay` periods, then one share for each `step` periods, then the last.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wadah.planning.invest.candidate import MoreHours
from wadah.planning.problem import Workshop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wadah.planning.problem import Capability


def shares_by_period(periods: int, delay: int, shares: Sequence[float], step: int = 1) -> tuple[float, ...]:
    """One share a period, 0 … 1. delay ≥ 0 and step ≥ 1 in periods; shares: each 0 … 1, at least one, never falling."""
    bad = not shares or any(not 0.0 <= share <= 1.0 for share in shares) or list(shares) != sorted(shares)
    if bad or delay < 0 or step < 1:
        raise ValueError(f"Expected shares that never fall, from 0 to 1, got {shares} after {delay} by {step}")
    return tuple(0.0 if t < delay else shares[min((t - delay) // step, len(shares) - 1)] for t in range(periods))


def more_hours(workshop: str, hours: float, shares: Sequence[float]) -> MoreHours:
    """`hours` a period more at a workshop, once it has come to all of it."""
    return MoreHours(workshop, tuple(hours * share for share in shares))


def new_workshop(name: str, hours: float, shares: Sequence[float], engage_cost: float = 0.0) -> Workshop:
    """A workshop (or one more place to work at) with up to `hours` a period."""
    return Workshop(name, tuple(hours * share for share in shares), (0.0,) * len(shares), engage_cost=engage_cost)


def learned(row: Capability, hours: float, shares: Sequence[float]) -> Capability:
    """A capability of which at most `hours` a period, by its share, can be used: pieces for those hours."""
    if row.hours_per_unit <= 0:
        return replace(row, max_per_period=tuple(0.0 if share <= 0 else 1e9 for share in shares))
    return replace(row, max_per_period=tuple(hours * share / row.hours_per_unit for share in shares))
