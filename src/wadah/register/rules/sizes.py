"""How big a firm is by each scheme in force on a date. The schemes disagree, so all are shown and none is stored.

A limit is a dated row: when a law changes, its rows get a valid_until and the new law's rows are added below; nothing
else changes. Rupiah are whole, so "less than 1 billion" is written as at most 999,999,999.
Investment and capital are without land and building.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

BILLION = 10**9

PERMENPERIN = "Permenperin 64/2016"
PP = "PP 7/2021"
BPS = "BPS"

MICRO, SMALL, MEDIUM, LARGE = "micro", "small", "medium", "large"


@dataclass(frozen=True, slots=True)
class SizeInputs:
    """What is known of a firm: people, rupiah without land and building, rupiah a year; None is not known."""

    workers: int | None = None
    investment_rupiah: int | None = None
    annual_sales_rupiah: int | None = None

    def value(self, measure: str) -> int | None:
        return {
            "workers": self.workers,
            "investment_rupiah": self.investment_rupiah,
            "annual_sales_rupiah": self.annual_sales_rupiah,
        }[measure]


@dataclass(frozen=True, slots=True)
class SizeLimit:
    """A firm has `size` when every measure lies in its range (lowest, highest), both included, None: no limit."""

    scheme: str
    valid_from: date
    size: str
    ranges: tuple[tuple[str, int, int | None], ...]
    valid_until: date | None = None

    @property
    def measures(self) -> tuple[str, ...]:
        return tuple(measure for measure, _low, _high in self.ranges)

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def fits(self, firm: SizeInputs) -> bool:
        for measure, low, high in self.ranges:
            value = firm.value(measure)
            if value is None or value < low or (high is not None and value > high):
                return False
        return True


@dataclass(frozen=True, slots=True)
class SizeClass:
    """A firm's size by one scheme and one set of measures; size None: `missing` says which inputs aren't known."""

    scheme: str
    measures: tuple[str, ...]
    size: str | None
    missing: tuple[str, ...] = ()


def by_investment(size: str, workers: tuple[int, int | None], rupiah: tuple[int, int | None]) -> SizeLimit:
    ranges = (("workers", *workers), ("investment_rupiah", *rupiah))
    # Number 64/M-IND/PER/7/2016: the month is in the number, the day of the month isn't.
    return SizeLimit(PERMENPERIN, date(2016, 7, 1), size, ranges)


def by_rupiah(size: str, measure: str, low: int, high: int | None) -> SizeLimit:
    return SizeLimit(PP, date(2021, 2, 2), size, ((measure, low, high),))


def by_workers(size: str, low: int, high: int | None) -> SizeLimit:
    return SizeLimit(BPS, date.min, size, (("workers", low, high),))


# Permenperin 64/2016: two ways to be medium. PP 7/2021 article 35: capital or annual sales; above medium it names
# nothing, and a firm above it is large by Law 20/2008. BPS: the statistics office's groups of workers.
SIZE_LIMITS = (
    by_investment(SMALL, (0, 19), (0, BILLION - 1)),
    by_investment(MEDIUM, (0, 19), (BILLION, None)),
    by_investment(MEDIUM, (20, None), (0, 15 * BILLION)),
    by_investment(LARGE, (20, None), (15 * BILLION + 1, None)),
    by_rupiah(MICRO, "investment_rupiah", 0, BILLION),
    by_rupiah(SMALL, "investment_rupiah", BILLION + 1, 5 * BILLION),
    by_rupiah(MEDIUM, "investment_rupiah", 5 * BILLION + 1, 10 * BILLION),
    by_rupiah(LARGE, "investment_rupiah", 10 * BILLION + 1, None),
    by_rupiah(MICRO, "annual_sales_rupiah", 0, 2 * BILLION),
    by_rupiah(SMALL, "annual_sales_rupiah", 2 * BILLION + 1, 15 * BILLION),
    by_rupiah(MEDIUM, "annual_sales_rupiah", 15 * BILLION + 1, 50 * BILLION),
    by_rupiah(LARGE, "annual_sales_rupiah", 50 * BILLION + 1, None),
    by_workers(MICRO, 1, 4),
    by_workers(SMALL, 5, 19),
    by_workers(MEDIUM, 20, 99),
    by_workers(LARGE, 100, None),
)


def size_classes(firm: SizeInputs, on: date, limits: tuple[SizeLimit, ...] = SIZE_LIMITS) -> tuple[SizeClass, ...]:
    """The firm's size by every scheme in force on the date, in the order of `limits`; one answer a set of measures."""
    groups: dict[tuple[str, tuple[str, ...]], list[SizeLimit]] = {}
    for limit in limits:
        if limit.holds_on(on):
            groups.setdefault((limit.scheme, limit.measures), []).append(limit)
    return tuple(
        SizeClass(
            scheme,
            measures,
            next((limit.size for limit in rows if limit.fits(firm)), None),
            tuple(measure for measure in measures if firm.value(measure) is None),
        )
        for (scheme, measures), rows in groups.items()
    )
