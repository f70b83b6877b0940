"""Pure rules of planning runs: weeks and periods, and in which weeks a leave holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Horizon:
    """The weeks of a plan: period 0 starts on `start`, a Monday."""

    start: date
    weeks: int

    def period(self, day: date) -> int:
        """The period that a day lies in; negative before the start, beyond weeks − 1 after the end."""
        return (day - self.start).days // 7

    def monday(self, period: int) -> date:
        return self.start + period * WEEK

    @property
    def end(self) -> date:
        """The first day after the last period."""
        return self.monday(self.weeks)

    def covers(self, valid_from: date, valid_until: date | None) -> tuple[bool, ...]:
        """For each period, whether the validity holds for the whole of it (valid_until is the last valid day).

        A validity that begins or ends within a week doesn't count for that week: a lot takes the week it is made in.
        """
        return tuple(
            valid_from <= self.monday(t)
            and (valid_until is None or self.monday(t + 1) - timedelta(days=1) <= valid_until)
            for t in range(self.weeks)
        )


def either(rows: Iterable[Sequence[bool]], weeks: int) -> tuple[bool, ...]:
    """For each period, whether any of the rows holds; all False where there are none."""
    table = list(rows)
    return tuple(any(row[t] for row in table) for t in range(weeks))


PROMISE_WEIGHT = 10  # times what was agreed
PROMISE_LEAST = 1_000  # rupiah a piece, where a price is lower


def promised_costs(late: int | None, short: int | None, price: int) -> tuple[int | None, int | None]:
    """What a promised line costs the planner, late (a piece and week) and short (a piece): so much that it gives way
    last (decision 0008). None, which forbids it, stays None."""
    least = max(price, PROMISE_LEAST)
    return (
        None if late is None else max(PROMISE_WEIGHT * late, least),
        None if short is None else max(PROMISE_WEIGHT * short, PROMISE_WEIGHT * least),
    )
