"""The mandate's demand: heads × pieces a head and year × compliance, in whole pieces, spread over the months.

Source of the form: heads of schools and offices, a rule that obliges them, and a share that really buys; each dated.
Whole pieces by largest remainder twice: the year's total over the cells (areas or levels), then each cell's total
over its months. So the months of a cell add up to the cell, and the cells to the year, without a piece lost.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from wadah.units import share_whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Phase:
    """From valid_from on, this share (0 … 1) of the heads really buys."""

    valid_from: date
    compliance: Decimal


@dataclass(frozen=True, slots=True)
class Mandate:
    """A rule's facts. kind: "school" or "office"; level "" and state None: all of them; valid_until: its last day."""

    kind: str
    group: str
    pieces_per_head_year: Decimal
    valid_from: date
    valid_until: date | None = None
    level: str = ""
    state: bool | None = None
    phases: tuple[Phase, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """Heads of one group at one institution; cell: the area or level they are added up under."""

    cell: str
    level: str
    state: bool | None
    group: str
    heads: int


@dataclass(frozen=True, slots=True)
class CellMonths:
    """One cell's year. duty: pieces if everybody bought, nearest whole; months: whole pieces, January first."""

    cell: str
    heads: int
    duty: int
    months: tuple[int, ...]

    @property
    def pieces(self) -> int:
        return sum(self.months)


def month_last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def applies(rule: Mandate, row: Counted) -> bool:
    """Whether the rule counts these heads; an institution of unknown state is counted only by a rule for both."""
    kind = "office" if row.level == "office" else "school"
    return (
        kind == rule.kind
        and row.group == rule.group
        and rule.level in {"", row.level}
        and (rule.state is None or rule.state == row.state)
    )


def compliance_on(phases: Sequence[Phase], day: date) -> Decimal:
    """The share that buys on a day: of the last phase begun by then; 0 before the first."""
    begun = [phase for phase in phases if phase.valid_from <= day]
    return max(begun, key=lambda phase: phase.valid_from).compliance if begun else Decimal(0)


def month_factors(rule: Mandate, year: int) -> tuple[Fraction, ...]:
    """What each month takes of a full year's pieces: a twelfth × compliance, both as on the month's last day."""
    factors = []
    for month in range(1, MONTHS + 1):
        day = month_last_day(year, month)
        in_force = rule.valid_from <= day and (rule.valid_until is None or day <= rule.valid_until)
        factors.append(Fraction(compliance_on(rule.phases, day)) / MONTHS if in_force else Fraction(0))
    return tuple(factors)


def in_force(rule: Mandate, year: int) -> bool:
    """Whether the rule holds on any day of a year."""
    ended = rule.valid_until is not None and rule.valid_until < date(year, 1, 1)
    return rule.valid_from <= date(year, 12, 31) and not ended


def pieces_asked(rule: Mandate, heads: int) -> int:
    """A year's pieces if everybody buys, nearest whole."""
    return nearest(heads * Fraction(rule.pieces_per_head_year))


def year_share(rule: Mandate, year: int) -> Fraction:
    """What a year takes of a full year's pieces: every month's share that buys, where the rule holds."""
    return sum(month_factors(rule, year), Fraction(0))


def pieces_expected(rule: Mandate, heads: int, share: Fraction) -> int:
    """The same with the share of `year_share`."""
    return nearest(heads * Fraction(rule.pieces_per_head_year) * share)


def mandate_months(rule: Mandate, counted: Sequence[Counted], year: int) -> tuple[CellMonths, ...]:
    """The year's pieces of one rule by cell (in order of their first row) and month.

    The total is heads × pieces × the sum of the month factors, nearest whole, halves up.
    """
    heads: dict[str, int] = {}
    for row in counted:
        if applies(rule, row):
            heads[row.cell] = heads.get(row.cell, 0) + row.heads
    factors = month_factors(rule, year)
    each = Fraction(rule.pieces_per_head_year)
    duties = shared(heads, nearest(sum(heads.values()) * each))
    totals = shared(heads, nearest(sum(heads.values()) * each * sum(factors)))
    return tuple(
        CellMonths(cell, count, duties[cell], tuple(spread(totals[cell], factors))) for cell, count in heads.items()
    )


def shared(heads: Mapping[str, int], pieces: int) -> dict[str, int]:
    """Whole pieces over cells in proportion to heads."""
    return dict(zip(heads, spread(pieces, list(heads.values())), strict=True))


def spread(pieces: int, weights: Sequence[int | Fraction]) -> list[int]:
    """`share_whole`, where nothing to share may also meet weights that are all zero."""
    return share_whole(pieces, weights) if pieces else [0] * len(weights)


def nearest(amount: Fraction) -> int:
    return int(amount + Fraction(1, 2))
