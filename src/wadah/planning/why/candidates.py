"""What might mend an order: the changes worth planning again, likeliest first.

In: a Trial (ways.py) around one order. Out: (kind, what it concerns, changes), lazily: some are only known once a
looser problem has been planned, such as how many extra hours a workshop needs. What the problem doesn't price (an hour
where nobody has overtime, an approval, a piece bought) is priced by `Prices`, or by what the problem's own rows cost.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from wadah.planning.explain import Room, missing_in_time, parents_first, requirements
from wadah.planning.plan import used_hours
from wadah.planning.why.changes import Approve, BuyIn, Change, Firm, Kind, MoreHours, applied, hour_rate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from wadah.planning.plan import Plan
    from wadah.planning.problem import Capability, Order, Problem

Candidate = tuple[Kind, str, tuple[Change, ...]]


class Trial(Protocol):
    """Who tries them: everything at once (ways.py) or only what is near (near.py)."""

    problem: Problem
    plan: Plan
    order: Order

    def firm(self, due: int | None = None) -> Firm:
        """The order made firm, by its own date where none is given."""

    def possible(self, problem: Problem) -> bool:
        """Whether a changed problem has a plan, as far as can be told soon."""

    def used_hours(self, plenty: tuple[MoreHours, ...], rate: float) -> tuple[MoreHours, ...]:
        """Of these extra hours, those that a plan would use; () where it has no use for them, or isn't possible."""


MOST_WORKSHOPS = 4  # of which extra hours are tried one by one
MOST_TOGETHER = 8  # of which extra hours are tried all at once
MOST_APPROVALS = 3
MOST_BOUGHT = 3
HUNDREDTHS = 100.0  # extra hours are rounded up to 0.01


@dataclass(frozen=True, slots=True)
class Prices:
    """Rupiah for what the problem doesn't price; None: taken from the problem's own rows.

    hour: an extra hour where a workshop has no overtime (None: the dearest overtime of all, 0 where there is none);
    approval: a workshop's approval for a part; piece: any piece bought outside (None: what it costs at its dearest
    maker, components included).
    """

    hour: float | None = None
    approval: float = 0.0
    piece: float | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """A part that the missing pieces ask for: good pieces, by when, and how many still fit (explain.py)."""

    part: str
    needed: float
    by: int
    room: float

    @property
    def cover(self) -> float:
        return min(1.0, self.room / self.needed) if self.needed > 0 else 1.0


def candidates(trial: Trial, prices: Prices) -> Iterator[Candidate]:
    """Everything worth trying for the trial's order."""
    problem, order = trial.problem, trial.order
    needs = needs_of(problem, trial.plan, order)
    if trial.firm().due >= problem.periods and order.earliest >= problem.periods:
        return  # it can't be delivered within the calendar at all
    yield from later(trial)
    yield "first", order.id, (trial.firm(),)
    yield from hours(trial, needs, hour_price(problem, prices))
    for part, workshop in approvals(problem, trial.plan, needs):
        row = slowest(problem, part)
        approve = Approve(replace(row, workshop=workshop, max_per_period=None), row.workshop, prices.approval)
        yield "approve", f"{part} {workshop}", (trial.firm(), approve)
    yield from bought(trial, needs, prices)


def needs_of(problem: Problem, plan: Plan, order: Order) -> list[Need]:
    """The parts that the missing pieces need, those with the least room first."""
    missing = missing_in_time(problem, plan).get(order.id, 0.0)
    by_last = max(0, min(order.due, problem.periods - 1))
    room, found = Room(problem, plan), []
    for part, (needed, by) in requirements(problem, order.part, missing, by_last).items():
        found.append(Need(part, needed, by, room.reason(order.id, part, needed, by).room))
    return sorted(found, key=lambda need: need.cover)


# -- a later date -----------------------------------------------------------------------------------------------------


def later(trial: Trial) -> Iterator[Candidate]:
    """The earliest date at which all of it can be there, and the date at which the plan has it there anyway."""
    order, last = trial.order, trial.problem.periods - 1
    low, high = trial.firm().due + 1, last
    if low > high:
        return
    planned = whole_by(order, trial.plan)
    if planned is not None and planned >= low:
        yield "later", order.id, (trial.firm(planned),)
        high = planned
    elif not possible(trial, high):
        low = high  # tried all the same, so that it can be said why there is none
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if possible(trial, middle) else (middle + 1, high)
    yield "later", order.id, (trial.firm(high),)


def whole_by(order: Order, plan: Plan) -> int | None:
    """The period by which the plan has delivered all of the order; None where it never does."""
    rows = [(t, pieces) for name, t, pieces in plan.deliver if name == order.id and pieces > 0]
    return max(t for t, _ in rows) if rows and sum(x for _, x in rows) >= order.quantity - 1e-6 else None


def possible(trial: Trial, due: int) -> bool:
    return trial.possible(applied(trial.problem, (trial.firm(due),)))


# -- extra hours ------------------------------------------------------------------------------------------------------


def hours(trial: Trial, needs: list[Need], rate: float) -> Iterator[Candidate]:
    """For one workshop after another, then for all of them together, the hours that a plan with plenty takes."""
    names = busiest_makers(trial, needs)
    groups = [(name,) for name in names[:MOST_WORKSHOPS]] + ([tuple(names[:MOST_TOGETHER])] if len(names) > 1 else [])
    for group in groups:
        plenty = tuple(MoreHours(name, plenty_hours(trial, needs, name), max(rate, 1.0)) for name in group)
        used = trial.used_hours(plenty, rate)
        if used and (len(group) == 1 or len(used) > 1):
            yield "hours", " ".join(change.workshop for change in used), (trial.firm(), *used)


def hour_price(problem: Problem, prices: Prices) -> float:
    dearest = max((row.overtime_cost for row in problem.workshops), default=0.0)
    return dearest if prices.hour is None else prices.hour


def busiest_makers(trial: Trial, needs: list[Need]) -> list[str]:
    """Makers of the parts needed, those whose hours are worth most first (the plan's prices), then the fullest."""
    worth: dict[str, float] = {}
    for need in needs:
        for row in trial.problem.capabilities_of.get(need.part, ()):
            worth.setdefault(row.workshop, 0.0)
    for name, _, price in trial.plan.prices.hours:
        if name in worth:
            worth[name] += price
    used = used_hours(trial.problem, trial.plan)
    load = {name: sum(used.get((name, t), 0.0) for t in range(trial.problem.periods)) for name in worth}
    return sorted(worth, key=lambda name: (-worth[name], -load[name], name))


def plenty_hours(trial: Trial, needs: list[Need], workshop: str) -> tuple[float, ...]:
    """A second shift up to the due date, though no more a period than all the missing pieces would take here."""
    problem = trial.problem
    shift = max(problem.workshop[workshop].hours) or max(max(row.hours) for row in problem.workshops)
    able = [(need, problem.capability.get((need.part, workshop))) for need in needs]
    work = sum(need.needed / k.yield_rate * k.hours_per_unit + k.setup_hours for need, k in able if k is not None)
    most = min(shift, work)
    return tuple(most if t <= trial.firm().due else 0.0 for t in range(problem.periods))


def extra_hours(problem: Problem, plan: Plan, names: Iterable[str], rate: float) -> tuple[MoreHours, ...]:
    """The hours beyond those there are that a plan takes at these workshops; those that need none are left out."""
    used = used_hours(problem, plan)
    found = (beyond(problem, used, name, rate) for name in names)
    return tuple(change for change in found if any(change.hours))


def beyond(problem: Problem, used: Mapping[tuple[str, int], float], workshop: str, rate: float) -> MoreHours:
    row = problem.workshop[workshop]
    over = [used.get((workshop, t), 0.0) - row.hours[t] - row.overtime_hours[t] for t in range(problem.periods)]
    hundredths = tuple(math.ceil(max(0.0, more - 1e-6) * HUNDREDTHS) / HUNDREDTHS for more in over)
    return MoreHours(workshop, hundredths, hour_rate(problem, workshop, rate))


# -- a new approval ---------------------------------------------------------------------------------------------------


def approvals(problem: Problem, plan: Plan, needs: list[Need]) -> list[tuple[str, str]]:
    """(part, workshop): with free hours in time, and already making a part that a maker of this one makes too."""
    used = used_hours(problem, plan)
    makes: dict[str, set[str]] = {}
    for row in problem.capabilities:
        makes.setdefault(row.workshop, set()).add(row.part)
    found: list[tuple[str, str]] = []
    for need in needs:
        able = {row.workshop for row in problem.capabilities_of.get(need.part, ())}
        sisters = {part for name in able for part in makes[name]} - {need.part}
        free = {
            name: sum(problem.workshop[name].hours[t] - used.get((name, t), 0.0) for t in range(need.by + 1))
            for name, parts in makes.items()
            if name not in able and parts & sisters
        }
        likely = sorted(free, key=lambda name: (-len(makes[name] & sisters), -free[name], name))
        found += [(need.part, name) for name in likely if free[name] > 1e-6]
        if len(found) >= MOST_APPROVALS:
            break
    return found[:MOST_APPROVALS]


def slowest(problem: Problem, part: str) -> Capability:
    """The maker who takes most hours for a good piece: what a beginner may be expected to do."""
    return max(problem.capabilities_of[part], key=lambda row: (row.hours_per_unit / row.yield_rate, row.workshop))


# -- pieces bought ----------------------------------------------------------------------------------------------------


def bought(trial: Trial, needs: list[Need], prices: Prices) -> Iterator[Candidate]:
    """Pieces of the tightest parts and of the order's own: those that don't fit any more, or all that are missing.

    Not of a part of single-source orders, which may have no stock.
    """
    single = {order.part for order in trial.problem.orders if order.single_source}
    able = [need for need in needs if need.part not in single]
    own = [need for need in able[MOST_BOUGHT:] if need.part == trial.order.part]
    for need in able[:MOST_BOUGHT] + own:
        row = trial.problem.part[need.part]
        price = made_cost(trial.problem, need.part) if prices.piece is None else prices.piece
        wanted = [need.needed - need.room, need.needed]
        sizes = {float(math.ceil(pieces - 1e-6)) if row.integer else pieces for pieces in wanted if pieces > 1e-6}
        for pieces in sorted(sizes):
            yield "buy", need.part, (trial.firm(), BuyIn(need.part, pieces, price))


def made_cost(problem: Problem, part: str) -> float:
    """Rupiah a good piece at its dearest maker, with its components made likewise; set-ups left out."""
    found: dict[str, float] = {}
    for name in reversed(parents_first(problem, part)):
        below = sum(pieces * found[component] for component, pieces in problem.part[name].bom)
        makers = problem.capabilities_of.get(name, ())
        found[name] = max(((row.cost_per_unit + below) / row.yield_rate for row in makers), default=0.0)
    return found[part]
