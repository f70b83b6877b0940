"""The part of a problem that one order or part has to do with, as a problem of its own; all else stays as planned.

In: a problem, a plan that obeys it, and a part. Out: a smaller problem and the same plan in it. Kept free are the part,
everything below it, and as many rivals as fit: parts made at the same workshops, busiest first, with all below them.
Everything else is held as the plan has it: its hours are taken off, and the components that it takes are drawn by a
promised lot of a stand-in maker. So a plan of the smaller problem is a plan of the whole one, and their objectives
differ by the same constant. A problem that is small enough is its own neighbourhood, and nothing is lost.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wadah.planning.explain import parents_first
from wadah.planning.plan import Plan, cost, used_hours
from wadah.planning.problem import Capability, Lot, Part, Problem, Workshop

if TYPE_CHECKING:
    from collections.abc import Collection

    from wadah.planning.plan import Make

MOST_CELLS = 1_500  # capabilities × periods that are planned again at once; proven in a second or so
OUTSIDE = "(outside)"


@dataclass(frozen=True)
class Neighbourhood:
    """problem: what is planned again; plan: the given plan in it; whole: whether it is everything."""

    problem: Problem
    plan: Plan
    whole: bool

    @property
    def cost(self) -> float:
        """What the given plan costs in it, rupiah."""
        return sum(cost(self.problem, self.plan).values())


def neighbourhood(problem: Problem, plan: Plan, part: str, also: Collection[str] = ()) -> Neighbourhood:
    """Around one part; also: workshop ids to keep although they make none of its parts yet."""
    if len(problem.capabilities) * problem.periods <= MOST_CELLS:
        return Neighbourhood(problem, plan, True)
    inside = chosen_parts(problem, plan, part)
    outside = [row for row in plan.make if row[0] not in inside and row[3] > 0]
    rows = tuple(row for row in problem.capabilities if row.part in inside)
    names = {row.workshop for row in rows} | set(also)
    drawn = outside_draws(problem, outside, inside)
    small = Problem(
        problem.calendar,
        parts=(*(row for row in problem.parts if row.id in inside), *(stand_in(problem, q, inside) for q in drawn)),
        workshops=(*workshops_left(problem, outside, names), *((nobody(problem),) if drawn else ())),
        capabilities=(*rows, *(Capability(q, outside_name(problem), 0.0, max_per_period=x) for q, x in drawn.items())),
        orders=tuple(row for row in problem.orders if row.part in inside),
        committed=(*(row for row in problem.committed if row.part in inside), *promised(problem, drawn)),
        previous=tuple(row for row in problem.previous if row.part in inside and row.workshop in names),
        change_cost=problem.change_cost,
    )
    return Neighbourhood(small, plan_inside(problem, plan, small, inside, drawn), False)


def chosen_parts(problem: Problem, plan: Plan, part: str) -> set[str]:
    """The part, all below it, and rivals for the same workshops while there is room."""
    inside = set(parents_first(problem, part))
    makers = {row.workshop for name in inside for row in problem.capabilities_of.get(name, ())}
    rivals: dict[str, float] = defaultdict(float)
    for name, workshop, _, pieces in plan.make:
        if workshop in makers and name not in inside:
            rivals[name] += pieces * problem.capability[name, workshop].hours_per_unit
    for name in sorted(rivals, key=lambda name: (-rivals[name], name)):
        grown = inside | set(parents_first(problem, name))
        if cells(problem, grown) <= MOST_CELLS:
            inside = grown
    return inside


def cells(problem: Problem, parts: set[str]) -> int:
    return problem.periods * sum(len(problem.capabilities_of.get(name, ())) for name in parts)


def outside_draws(problem: Problem, outside: list[Make], inside: set[str]) -> dict[str, tuple[float, ...]]:
    """Pieces started by period, of parts outside that take components inside."""
    drawn: dict[str, list[float]] = {}
    for name, _, period, pieces in outside:
        if any(component in inside for component, _ in problem.part[name].bom):
            drawn.setdefault(name, [0.0] * problem.periods)[period] += pieces
    return {name: tuple(pieces) for name, pieces in drawn.items()}


def stand_in(problem: Problem, name: str, inside: set[str]) -> Part:
    """A part outside, only as far as it takes components inside."""
    row = problem.part[name]
    bom = tuple((component, pieces) for component, pieces in row.bom if component in inside)
    return Part(name, integer=False, bom=bom, lead_time=row.lead_time)


def outside_name(problem: Problem) -> str:
    name = OUTSIDE
    while name in problem.workshop:
        name += "'"
    return name


def nobody(problem: Problem) -> Workshop:
    none = (0.0,) * problem.periods
    return Workshop(outside_name(problem), none, none)


def promised(problem: Problem, drawn: dict[str, tuple[float, ...]]) -> list[Lot]:
    name = outside_name(problem)
    return [Lot(q, name, t, x) for q, pieces in drawn.items() for t, x in enumerate(pieces) if x > 0]


def workshops_left(problem: Problem, outside: list[Make], names: set[str]) -> list[Workshop]:
    """The workshops with what the work outside leaves them: hours, overtime, and targets still to reach."""
    held = used_hours(problem, Plan("feasible", make=tuple(outside)))
    engaged = {workshop for _, workshop, _, _ in outside}
    found = []
    for row in problem.workshops:
        if row.id not in names:
            continue
        taken = [held.get((row.id, t), 0.0) for t in range(problem.periods)]
        over = [max(0.0, used - hours) for used, hours in zip(taken, row.hours, strict=True)]
        found.append(
            replace(
                row,
                hours=tuple(max(0.0, hours - used) for used, hours in zip(taken, row.hours, strict=True)),
                overtime_hours=tuple(max(0.0, have - o) for o, have in zip(over, row.overtime_hours, strict=True)),
                engage_cost=0.0 if row.id in engaged else row.engage_cost,
                target_hours=max(0.0, row.target_hours - sum(taken)),
            )
        )
    return found


def plan_inside(
    problem: Problem, plan: Plan, small: Problem, inside: set[str], drawn: dict[str, tuple[float, ...]]
) -> Plan:
    """The same rows, in the smaller problem."""
    name, orders = outside_name(problem), small.order
    drawn_rows = tuple((q, name, t, x) for q, pieces in drawn.items() for t, x in enumerate(pieces) if x > 0)
    make = (*(row for row in plan.make if row[0] in inside and row[3] > 0), *drawn_rows)
    used = used_hours(small, Plan("feasible", make=make))
    over = ((w, t, hours - small.workshop[w].hours[t]) for (w, t), hours in used.items())
    return Plan(
        "feasible",
        make=make,
        deliver=tuple(row for row in plan.deliver if row[0] in orders),
        short=tuple(row for row in plan.short if row[0] in orders),
        scrap=tuple(row for row in plan.scrap if row[0] in inside),
        overtime=tuple(row for row in over if row[2] > 0),
        assign=tuple(row for row in plan.assign if row[0] in orders),
    )
