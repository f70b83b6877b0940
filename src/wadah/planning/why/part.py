"""How scarce a part is in a plan: what is asked, who makes it, where their hours are full, and which orders wait.

In: a problem, a plan that obeys it, and a part. Out: a Scarcity: sums over the plan's rows, and its prices.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wadah.planning.explain import Room, missing_in_time, reasons, requirements
from wadah.planning.why.chain import FullHours, full_hours
from wadah.planning.why.member import Chosen, by_capability, lots_cost

if TYPE_CHECKING:
    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem


@dataclass(frozen=True, slots=True)
class Scarcity:
    """asked: good pieces that all orders need, through bills of materials, stock left aside; stock: at the start;

    made: good pieces; makers: who makes it and at what cost a good piece; hours: of everyone who can make it, over the
    whole horizon; prices: (period, rupiah a piece more) from the plan's dual values; waiting: orders late or short
    that this part holds (explain.py), with the pieces of the order missing in time.
    """

    part: str
    asked: float
    stock: float
    made: float
    makers: tuple[Chosen, ...]
    hours: tuple[FullHours, ...]
    prices: tuple[tuple[int, float], ...]
    waiting: tuple[tuple[str, float], ...]


def scarcity(problem: Problem, plan: Plan, part: str) -> Scarcity:
    lots = by_capability(plan).get(part, {})
    able = problem.capabilities_of.get(part, ())
    room = Room(problem, plan)
    missing = missing_in_time(problem, plan)
    held = [name for name, why in reasons(problem, plan).items() if why.part == part]
    last = problem.periods - 1
    asked = sum(
        requirements(problem, order.part, order.quantity, last).get(part, (0.0, 0))[0] for order in problem.orders
    )
    return Scarcity(
        part=part,
        asked=asked,
        stock=problem.part[part].stock,
        made=sum(row.yield_rate * lot[3] for row in able for lot in lots.get(row.workshop, [])),
        makers=tuple(
            Chosen(row.workshop, sum(lot[3] for lot in lots[row.workshop]), lots_cost(row, lots[row.workshop]))
            for row in able
            if row.workshop in lots
        ),
        hours=tuple(full_hours(problem, room, row.workshop, last) for row in able),
        prices=tuple((t, price) for name, t, price in plan.prices.parts if name == part),
        waiting=tuple((name, missing[name]) for name in held),
    )
