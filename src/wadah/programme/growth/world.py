"""The year that is planned: today's makers and so many more, month by month, against the mandate (G30 … G34).

In: a Ground, all figures by calendar month (January first) and rates of the register. Out: a planning.Problem of twelve
periods, the months of the year that is to be covered, in which a piece that isn't delivered within the year costs one
and nothing else costs anything: its objective is the number of pieces left, its bound the fewest that any plan leaves.
No database here.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from wadah.planning.problem import Calendar, Capability, Order, Part, Problem, Workshop
from wadah.plans.bought import bought_most, supplied

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MONTHS = 12
WEEKS_A_MONTH = 52 / MONTHS
FASTER = 1.1  # a process that is a tenth faster, to see what it holds up (G36)
NONE = (0.0,) * MONTHS


@dataclass(frozen=True, slots=True)
class Ramp:
    """Nothing for delay_weeks, then shares (0 … 1) of the full amount, each for step_weeks; the last one stays."""

    delay_weeks: int
    step_weeks: int
    shares: tuple[float, ...]

    def share(self, week: float) -> float:
        """What of the full amount is there, so many weeks after the beginning; 0 before it."""
        if week < self.delay_weeks or week < 0 or not self.shares:
            return 0.0
        return self.shares[min(int((week - self.delay_weeks) // self.step_weeks), len(self.shares) - 1)]

    def month_share(self, month: int) -> float:
        """In the month that begins `month` months after the beginning: as in its middle."""
        return self.share((month + 0.5) * WEEKS_A_MONTH)

    @property
    def weeks(self) -> int:
        """From the beginning until the last share is reached."""
        return self.delay_weeks + self.step_weeks * max(0, len(self.shares) - 1)


@dataclass(frozen=True, slots=True)
class Maker:
    """hours: of each calendar month; rates: of a month, set-ups included; most_by_month: see monthly_rate."""

    id: str
    hours: tuple[float, ...]
    rates: tuple[Capability, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One rule's year. pieces: due in each calendar month."""

    key: str
    part: str
    pieces: tuple[int, ...]
    obligation: bool


@dataclass(frozen=True, slots=True)
class Ground:
    """What the question stands on. newcomer: a new group at its full output; weather: skill code → what a process
    gives in each calendar month, times its rate; skills: part → skill code; bought: parts bought as needed;
    first_month: the calendar month (1 … 12) in which the first groups begin; groups_a_month: 0 for all at once."""

    parts: tuple[Part, ...]
    makers: tuple[Maker, ...]
    newcomer: Maker
    skills: Mapping[str, str]
    weather: Mapping[str, tuple[float, ...]]
    bought: frozenset[str]
    asked: tuple[Asked, ...]
    ramp: Ramp
    first_month: int
    groups_a_month: int = 0

    def pieces(self, obligation: bool) -> int:
        """Of the year; obligation: of the obligation alone, else of everything."""
        return sum(sum(row.pieces) for row in self.asked if row.obligation or not obligation)


def begins(place: int, groups_a_month: int) -> int:
    """The month, from the first one on, in which the group at this place (0 …) begins."""
    return place // groups_a_month if groups_a_month else 0


def problem_at(ground: Ground, groups: int, month: int, *, obligation: bool, faster: str = "") -> Problem:
    """The year that begins `month` months after the first groups do, with `groups` (≥ 0) of them.

    obligation: whether only that part of the mandate is asked for; faster: the skill code of a process that is a tenth
    faster.
    """
    year = [(ground.first_month - 1 + month + t) % MONTHS for t in range(MONTHS)]
    makers = [*((maker, (1.0,) * MONTHS) for maker in ground.makers), *newcomers(ground, groups, month)]
    workshops: list[Workshop] = []
    capabilities: list[Capability] = []
    for maker, shares in makers:
        hours = tuple(maker.hours[calendar_month] * share for calendar_month, share in zip(year, shares, strict=True))
        for season, here in enumerate(seasons(ground.weather, year)):
            open_hours = tuple(hours[t] if t in here else 0.0 for t in range(MONTHS))
            if any(open_hours):
                name = f"{maker.id}@{season}"
                workshops.append(Workshop(name, open_hours, NONE))
                capabilities.extend(rate_in(ground, rate, name, year, min(here), faster) for rate in maker.rates)
    orders = tuple(order for row in ground.asked if row.obligation or not obligation for order in orders_of(row, year))
    problem = Problem(
        calendar=Calendar(date(2000, year[0] + 1, 1), MONTHS, "month"),
        parts=tuple(bare(part) for part in ground.parts),
        workshops=tuple(workshops),
        capabilities=tuple(capabilities),
        orders=orders,
    )
    wanted: dict[str, float] = {}
    for order in orders:
        wanted[order.part] = wanted.get(order.part, 0.0) + order.quantity
    return supplied(problem, bought_most(problem, ground.bought, wanted))


def newcomers(ground: Ground, groups: int, month: int) -> Iterable[tuple[Maker, tuple[float, ...]]]:
    """New groups with the share of their full hours in each month of the year."""
    for place in range(groups):
        age = month - begins(place, ground.groups_a_month)
        shares = tuple(ground.ramp.month_share(age + t) if age + t >= 0 else 0.0 for t in range(MONTHS))
        yield replace(ground.newcomer, id=f"+{place + 1:03d}"), shares


def seasons(weather: Mapping[str, Sequence[float]], year: Sequence[int]) -> list[frozenset[int]]:
    """The periods of a year grouped by what the weather lets processes give in them; in order of their first month."""
    found: dict[tuple[float, ...], list[int]] = {}
    for t, calendar_month in enumerate(year):
        found.setdefault(tuple(factors[calendar_month] for factors in weather.values()), []).append(t)
    return [frozenset(periods) for periods in found.values()]


def rate_in(ground: Ground, rate: Capability, name: str, year: Sequence[int], period: int, faster: str) -> Capability:
    """A maker's rate in one season; `period` is one of its periods."""
    skill = ground.skills.get(rate.part, "")
    output = ground.weather[skill][year[period]] if skill in ground.weather else 1.0
    output *= FASTER if skill and skill == faster else 1.0
    most = rate.max_per_period
    return replace(
        rate,
        workshop=name,
        hours_per_unit=rate.hours_per_unit / output,
        max_per_period=None if most is None else tuple(most[calendar_month] for calendar_month in year),
    )


def orders_of(row: Asked, year: Sequence[int]) -> Iterable[Order]:
    """One order a month; what is late still counts, as long as the year lasts. From one group or from several: only
    who finishes the cloth would be bound, so what can be made in all stays the same but for a rounding (G34)."""
    for t, calendar_month in enumerate(year):
        if row.pieces[calendar_month] > 0:
            yield Order(f"{row.key}/{t}", row.part, float(row.pieces[calendar_month]), t, 1.0)


def bare(part: Part) -> Part:
    """A part as far as the question needs it: no costs, nothing in stock when the year begins."""
    return Part(part.id, integer=part.integer, bom=part.bom)


# ---- from weeks to calendar months


def month_weights(start: date, weeks: int) -> list[list[float]]:
    """For each calendar month, what share of each week's seven days lies in it."""
    weights = [[0.0] * weeks for _ in range(MONTHS)]
    first = start.toordinal()
    for week in range(weeks):
        for day in range(7):
            weights[date.fromordinal(first + 7 * week + day).month - 1][week] += 1 / 7
    return weights


def monthly(series: Sequence[float], weights: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """A weekly amount as amounts of calendar months; what lies in no month of 52 weeks is a day or two."""
    return tuple(sum(w * x for w, x in zip(row, series, strict=True)) for row in weights)


def monthly_rate(rate: Capability, weights: Sequence[Sequence[float]]) -> Capability:
    """A weekly rate as a month's: set up once a week, weekly limits added up; no money."""
    most = rate.max_per_period
    return replace(
        rate,
        setup_hours=rate.setup_hours * WEEKS_A_MONTH,
        setup_cost=0.0,
        cost_per_unit=0.0,
        max_per_period=None if most is None else monthly(most, weights),
    )


def month_after(day: date, months: int) -> date:
    """The first of the month that lies so many months (≥ 0) after the one that `day` lies in."""
    index = day.year * MONTHS + day.month - 1 + months
    return date(index // MONTHS, index % MONTHS + 1, 1)


def last_of(day: date) -> date:
    """The last day of a month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
