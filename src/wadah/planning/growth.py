"""Which skill is worth growing: what an hour of each is worth by week, and what a few hours more do once planned.

In: a problem and a plan that obeys it. Out: SkillPrice rows from the plan's prices (the dual values behind its bound),
and Growth rows from planning again with a new maker. A skill is being able to make one part. A price holds at the
margin, in the linear relaxation; planning again is whole lots and whole pieces, so both are shown side by side. A
problem beyond neighbourhood.MOST_CELLS is planned again only around the part.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.bound import relaxation
from wadah.planning.formulation import formulate
from wadah.planning.plan import late_orders, used_hours
from wadah.planning.prices import hours_priced, prices
from wadah.planning.problem import Capability, Workshop
from wadah.planning.solver import lease
from wadah.planning.stop import Clock
from wadah.planning.why.again import plan_again
from wadah.planning.why.neighbourhood import neighbourhood
from wadah.planning.why.worth import margins, part_prices

if TYPE_CHECKING:
    from collections.abc import Callable

    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem
    from wadah.planning.why.neighbourhood import Neighbourhood

JOB_HOURS = 40.0  # of one job, a week
WEEKS = {"week": 1.0, "minggu": 1.0, "day": 1.0 / 7, "hari": 1.0 / 7, "month": 52.0 / 12, "bulan": 52.0 / 12}
NEW = "(new)"
DUST = 1e-6


@dataclass(frozen=True, slots=True)
class SkillPrice:
    """What one more hour of a newcomer would be worth in each period, rupiah ≥ 0; mean: over the horizon.

    The newcomer makes the part at the mean rate, cost and yield of those who can. An hour is worth what its good
    pieces are, less their components and cost_per_unit; set-ups and smallest lots are left out. hours: regular and
    overtime hours of those who can make it now, each period; used: what they spend on this part, set-ups included.
    """

    part: str
    by_period: tuple[float, ...]
    makers: int
    hours: tuple[float, ...]
    used: tuple[float, ...]

    @property
    def mean(self) -> float:
        return sum(self.by_period) / len(self.by_period)


@dataclass(frozen=True, slots=True)
class Growth:
    """Planned again with a newcomer who has `hours` a period for one part.

    saved: objective before less after, rupiah; most: no plan with the newcomer saves more than that (from the bound).
    price: what the plan's prices promise for those hours. late, short: pieces fewer delivered late, and never
    delivered, over all orders (< 0: more). worked: hours the newcomer works; jobs: planned hours of everybody more
    than before, as jobs of JOB_HOURS a week over the horizon. whole: whether the whole problem was planned again.
    """

    part: str
    hours: float
    saved: float
    most: float
    price: float
    late: float
    short: float
    worked: float
    jobs: float
    whole: bool


def with_prices(problem: Problem, plan: Plan, time_limit: float) -> Plan:
    """The plan with prices: its own, or those of the linear relaxation. No prices where that took too long."""
    if plan.prices.hours or plan.prices.parts:
        return plan
    form, clock = formulate(problem), Clock(time_limit)
    slim = relaxation(form)
    with lease() as session:
        answer = session.relax(slim.model, clock.limit, clock.should_stop)
    if answer.row_dual is None:
        return plan
    duals = slim.full_duals(hours_priced(form, slim, answer.row_dual), form.model.shape[0])
    return replace(plan, prices=prices(form, duals))


def skill_prices(problem: Problem, plan: Plan) -> tuple[SkillPrice, ...]:
    """One row a part that somebody can make, dearest first."""
    known, used = part_prices(problem, plan), hours_on_parts(problem, plan)
    rows = []
    for part, makers in problem.capabilities_of.items():
        price, below = margins(problem, known, part)
        row = newcomer(problem, part)
        worth = np.maximum(0.0, price * row.yield_rate - below - row.cost_per_unit)
        # no hours a piece: hours are not what makes this part scarce
        hourly = worth / row.hours_per_unit if row.hours_per_unit > 0 else np.zeros(problem.periods)
        shops = [problem.workshop[maker.workshop] for maker in makers]
        hours = tuple(
            float(sum(shop.hours[t] + shop.overtime_hours[t] for shop in shops)) for t in range(problem.periods)
        )
        spent = tuple(used.get((part, t), 0.0) for t in range(problem.periods))
        rows.append(SkillPrice(part, tuple(map(float, hourly)), len(makers), hours, spent))
    return tuple(sorted(rows, key=lambda row: (-row.mean, row.part)))


def newcomer(problem: Problem, part: str) -> Capability:
    """A capability at the mean rates of those who can make the part, without limit; its lots are its teachers'."""
    rows = problem.capabilities_of[part]
    fields = ("hours_per_unit", "setup_hours", "setup_cost", "cost_per_unit", "min_lot", "yield_rate")
    return replace(
        Capability(part, NEW, 0.0), **{name: sum(getattr(row, name) for row in rows) / len(rows) for name in fields}
    )


def hours_on_parts(problem: Problem, plan: Plan) -> dict[tuple[str, int], float]:
    """Hours spent on a part in a period, set-ups included."""
    spent: dict[tuple[str, int], float] = {}
    for part, workshop, t, pieces in plan.make:
        if pieces > 0:
            row = problem.capability[part, workshop]
            spent[part, t] = spent.get((part, t), 0.0) + row.hours_per_unit * pieces + row.setup_hours
    return spent


def grow(
    problem: Problem,
    plan: Plan,
    skills: tuple[SkillPrice, ...],
    *,
    hours: float = 8.0,
    time_limit: float = 60.0,
    seed: int = 0,
    should_stop: Callable[[], bool] | None = None,
) -> tuple[Growth, ...]:
    """For each of these skills, planning again with a newcomer of `hours` (> 0) a period; most saved first.

    Each plan gets an equal share of the time; skills for which none was left are left out.
    """
    clock = Clock(time_limit, should_stop)
    each = time_limit / (2 * max(len(skills), 1))
    found = []
    for skill in skills:
        if clock.over:
            break
        near = neighbourhood(problem, plan, skill.part)
        before = plan_again(near.problem, near.plan, each, seed, clock.should_stop)
        after = plan_again(added(near.problem, skill.part, hours), before, each, seed, clock.should_stop)
        found.append(growth(near, before, after, skill, hours))
    return tuple(sorted(found, key=lambda row: (-row.saved, row.part)))


def added(problem: Problem, part: str, hours: float) -> Problem:
    """The problem with the newcomer."""
    name = new_name(problem)
    work, none = (hours,) * problem.periods, (0.0,) * problem.periods
    return replace(
        problem,
        workshops=(*problem.workshops, Workshop(name, work, none)),
        capabilities=(*problem.capabilities, replace(newcomer(problem, part), workshop=name)),
    )


def new_name(problem: Problem) -> str:
    name = NEW
    while name in problem.workshop:
        name += "'"
    return name


def growth(near: Neighbourhood, before: Plan, after: Plan, skill: SkillPrice, hours: float) -> Growth:
    """What the two plans differ by; `after` is never the dearer one."""
    assert before.objective is not None and after.objective is not None
    problem = near.problem
    used = used_hours(added(problem, skill.part, hours), after)
    more = sum(used.values()) - sum(used_hours(problem, before).values())
    weeks = problem.periods * WEEKS.get(problem.calendar.period, 1.0)
    return Growth(
        part=skill.part,
        hours=hours,
        saved=max(0.0, before.objective - after.objective),
        most=max(0.0, before.objective - after.bound),
        price=hours * sum(skill.by_period),
        late=sum(late_orders(problem, before).values()) - sum(late_orders(problem, after).values()),
        short=sum(x for _, x in before.short) - sum(x for _, x in after.short),
        worked=sum(x for (name, _), x in used.items() if name == new_name(problem)),
        jobs=more / (JOB_HOURS * weeks),
        whole=near.whole,
    )
