"""The chain behind a late or short order: from its part down to the one that holds it, with the hours that are full.

In: a problem, a plan that obeys it, and an order of which pieces are missing in time. Out: links, the order's own part
first. Which part holds the order, and how many pieces would still fit, is explain.py's reckoning: it describes the
plan and proves nothing; what would mend the order is planned again in ways.py.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wadah.planning.explain import Reason, Room, missing_in_time, reason, requirements

if TYPE_CHECKING:
    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem

FULL = 0.95  # of the hours and overtime of a week
MOST_RIVALS = 5


@dataclass(frozen=True, slots=True)
class FullHours:
    """A maker's weeks of work up to the week needed: hours used (set-ups included) of what it has with overtime.

    periods: those of 0 … by that are full (at least FULL of the hours used, or no hours at all).
    """

    workshop: str
    used: float
    have: float
    periods: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """One part of the chain.

    needed: good pieces missing; by: the period they are needed in; room: of these, pieces that still fit up to `by`
    (stock left included); makers: each maker's hours; rivals: (part, hours) that the makers spend on other parts.
    """

    part: str
    needed: float
    by: int
    room: float
    makers: tuple[FullHours, ...]
    rivals: tuple[tuple[str, float], ...]


def chain(problem: Problem, plan: Plan, order_id: str) -> tuple[Reason | None, tuple[Link, ...]]:
    """The reason and the links down to the part that holds the order; (None, ()) where it is whole and in time."""
    missing = missing_in_time(problem, plan).get(order_id, 0.0)
    if missing <= 0:
        return None, ()
    order, room = problem.order[order_id], Room(problem, plan)
    found = reason(problem, room, order, missing)
    if found.code in ("overdue", "beyond_horizon"):
        return found, ()
    needs = requirements(problem, order.part, missing, min(order.due, problem.periods - 1))
    path = path_down(problem, order.part, found.part)
    return found, tuple(link(problem, plan, room, part, *needs[part]) for part in path)


def path_down(problem: Problem, top: str, bottom: str) -> list[str]:
    """Parts from `top` to `bottom` along bills of materials, by the fewest steps."""
    came: dict[str, str] = {top: top}
    queue = [top]
    for part in queue:  # grows while it is read
        for component, _ in problem.part[part].bom:
            if component not in came:
                came[component] = part
                queue.append(component)
    path = [bottom]
    while path[-1] != top:
        path.append(came[path[-1]])
    return path[::-1]


def link(problem: Problem, plan: Plan, room: Room, part: str, needed: float, by: int) -> Link:
    makers = problem.capabilities_of.get(part, ())
    fits = room.stock_left(part, by) + sum(room.pieces(row, by) for row in makers)
    names = {row.workshop for row in makers}
    spent: dict[str, float] = defaultdict(float)
    for name, workshop, period, pieces in plan.make:
        if workshop in names and period <= by and name != part and pieces > 0:
            row = problem.capability[name, workshop]
            spent[name] += row.hours_per_unit * pieces + row.setup_hours
    rivals = sorted(spent.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_RIVALS]
    hours = tuple(full_hours(problem, room, row.workshop, by) for row in makers)
    return Link(part, needed, by, min(fits, needed), hours, tuple(rivals))


def full_hours(problem: Problem, room: Room, workshop: str, by: int) -> FullHours:
    row = problem.workshop[workshop]
    have = [row.hours[t] + row.overtime_hours[t] for t in range(by + 1)]
    used = [room.used.get((workshop, t), 0.0) for t in range(by + 1)]
    full = tuple(t for t in range(by + 1) if used[t] >= FULL * have[t])
    return FullHours(workshop, sum(used), sum(have), full)
