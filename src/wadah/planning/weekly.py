"""How many of a part can be made in one week, week after week, if nothing else were asked.

In: a problem, a part, and the period whose hours count. Out: the largest number of good pieces that the workshops able
to make the part and all that goes into it can make in that one period, with every rule of docs/model.md held: hours,
set-ups, smallest lots, weekly limits, whole pieces, largest share, fewest sources. Every level of the bill of materials
is made in the same week, so the figure can be kept week after week: what is put together this week was made last week,
at the same pace. Not counted: overtime, stock, orders and commitments; what is bought is there.

It is asked as a promise (promise/) of an empty plan over that one period, with every lead time 0; so it is proven where
`proven` says so, and else a number that a refereed plan reaches, with a bound beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from math import floor
from typing import TYPE_CHECKING

from wadah.planning.plan import Plan, priced
from wadah.planning.problem import Calendar, Order, Problem
from wadah.planning.promise import Book, promise

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from wadah.planning.problem import Capability, Part, Workshop

MOST = 1_000_000.0  # pieces; where neither hours nor limits bound a part
STOCK = 1e9  # pieces of what is bought
PIECES = 1e-6
ASKED = "?"


@dataclass(frozen=True)
class Weekly:
    """quantity: pieces a week that a plan reaches; bound: no plan reaches more; period: whose hours counted."""

    quantity: float
    bound: float
    period: int

    @property
    def proven(self) -> bool:
        return self.quantity >= self.bound - PIECES * max(1.0, self.bound)


def full_week(problem: Problem) -> int:
    """The period with most regular hours in all, the first of them: one that no holiday cuts short."""
    totals = [sum(row.hours[t] for row in problem.workshops) for t in range(problem.periods)]
    return max(range(problem.periods), key=lambda t: (round(totals[t], 6), -t))


def weekly_most(
    problem: Problem,
    part: str,
    *,
    period: int,
    bought: Collection[str],
    time_limit: float = 2.0,
    should_stop: Callable[[], bool] | None = None,
) -> Weekly:
    """The largest number of pieces of `part` in one period.

    Parameters
    ----------
    bought: ids of parts that are bought, as many as are needed; time_limit: seconds, > 0.
    """
    ceiling = most_at_best(problem, part, period, bought)
    if ceiling <= PIECES:
        return Weekly(0.0, 0.0, period)
    week = one_week(problem, period, bought)
    order = Order(ASKED, part, ceiling, 0, None, late_cost=None)
    book = Book(week, priced(week, Plan("feasible")))
    firm = promise(book, order, time_limit=time_limit, may_move=False, should_stop=should_stop).firm
    bound = min(ceiling, firm.most_bound)
    if problem.part[part].integer:
        bound = float(floor(bound + PIECES))
    return Weekly(firm.most.quantity if firm.most else 0.0, bound, period)


def one_week(problem: Problem, period: int, bought: Collection[str]) -> Problem:
    """That period alone: nothing ordered, nothing in stock but what is bought, no overtime, every lead time 0."""
    return Problem(
        calendar=Calendar(problem.calendar.start, 1, problem.calendar.period),
        parts=tuple(part_alone(row, row.id in bought) for row in problem.parts),
        workshops=tuple(workshop_alone(row, period) for row in problem.workshops),
        capabilities=tuple(capability_alone(row, period) for row in problem.capabilities),
    )


def part_alone(row: Part, is_bought: bool) -> Part:
    return replace(row, lead_time=0, shelf_life=None, stock=STOCK if is_bought else 0.0, holding_cost=0.0)


def workshop_alone(row: Workshop, period: int) -> Workshop:
    return replace(
        row,
        hours=(row.hours[period],),
        overtime_hours=(0.0,),
        engage_cost=0.0,
        target_hours=0.0,
        below_target_cost=0.0,
    )


def capability_alone(row: Capability, period: int) -> Capability:
    return row if row.max_per_period is None else replace(row, max_per_period=(row.max_per_period[period],))


def most_at_best(problem: Problem, part: str, period: int, bought: Collection[str]) -> float:
    """More than can be made in any case: each part as if its makers made nothing else, the scarcest part deciding."""

    @cache
    def at_best(name: str) -> float:
        if name in bought:
            return MOST
        makers = problem.capabilities_of.get(name, ())
        own = sum(pieces_alone(row, problem.workshop[row.workshop].hours[period], period) for row in makers)
        best_yield = max((row.yield_rate for row in makers), default=0.0)
        below = [best_yield * at_best(child) / quantity for child, quantity in problem.part[name].bom]
        return min(MOST, own, *below)

    found = at_best(part)
    return float(floor(found + PIECES)) if problem.part[part].integer else found


def pieces_alone(row: Capability, hours: float, period: int) -> float:
    """Good pieces that one maker reaches in one period with all of its hours."""
    free = hours - row.setup_hours
    if free < 0:
        return 0.0
    started = free / row.hours_per_unit if row.hours_per_unit > 0 else MOST
    if row.max_per_period is not None:
        started = min(started, row.max_per_period[period])
    return 0.0 if started < row.min_lot else started * row.yield_rate
