"""Which skill is worth growing: what an hour of each is worth by week, and what a few hours more do once planned.

In: a problem and a plan that obeys it. Out: SkillPrice rows from the plan's prices (the dual values behind its bound),
and Growth rows from planning again with a new maker. A skill is being able to make one part. A price holds at the
margin, in the linear relaxation; planning again is whole lots and whole pieces, so both are shown side by side. A
problem beyond MOST_CELLS is planned again only near the part, starting from the plan in hand (why/cutting.py): the part
may be made by all who can, the newcomer too, and what goes into it or is made of it where it is made now.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.arrays import arrays
from wadah.planning.bound import relaxation
from wadah.planning.city_search import TOLERANCE, prices_of
from wadah.planning.flat import flat
from wadah.planning.formulation import formulate
from wadah.planning.gradient import relax
from wadah.planning.limits import limits
from wadah.planning.plan import late_orders, used_hours
from wadah.planning.prices import hours_priced, prices
from wadah.planning.problem import Capability, Workshop
from wadah.planning.promise.book import Book
from wadah.planning.repair.changes import altered
from wadah.planning.solve import columns_of
from wadah.planning.solver import lease
from wadah.planning.stop import Clock
from wadah.planning.why.again import MOST_CELLS, MOST_COLUMNS, plan_again
from wadah.planning.why.cutting import Near, compared, counting, in_use
from wadah.planning.why.worth import margins, part_prices

if TYPE_CHECKING:
    from collections.abc import Callable

    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem

JOB_HOURS = 40.0  # of one job, a week
WEEKS = {"week": 1.0, "minggu": 1.0, "day": 1.0 / 7, "hari": 1.0 / 7, "month": 52.0 / 12, "bulan": 52.0 / 12}
NEW = "(new)"
KIN_CELLS = 4_000  # (capability, period) pairs in use that may change near a part
WORK = 0.3  # counted seconds (stop.py) of one search near a part
LEAST_GAIN = 1_000.0  # rupiah, at which a search is left alone
SAME = 3e-6  # relative to the objective; plans closer than this are not told apart


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
    settled: whether something was saved, or is proven not to be; else the search ended at its limit without an answer.
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
    settled: bool


def with_prices(problem: Problem, plan: Plan, time_limit: float) -> Plan:
    """The plan with prices: its own, or those of the linear relaxation; none where that took too long.

    time_limit: seconds of wall time, > 0. Beyond MOST_COLUMNS columns they are the first-order method's, near the best.
    """
    if plan.prices.hours or plan.prices.parts:
        return plan
    clock = Clock(time_limit)
    data = arrays(problem)
    shape = flat(data, limits(data).largest)
    if columns_of(shape) > MOST_COLUMNS:
        found = relax(shape, tolerance=TOLERANCE, left=lambda: clock.left)
        return replace(plan, prices=prices_of(data, found))
    form = formulate(problem)
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

    Each plan gets an equal share of the time; skills for which none was left are left out. Near a part each search is
    limited by counted work, so that what is found doesn't depend on the time.
    """
    clock = Clock(time_limit, should_stop)
    if len(problem.capabilities) * problem.periods > MOST_CELLS:
        return grow_near(problem, plan, skills, hours, clock)
    each = time_limit / (2 * max(len(skills), 1))
    found = []
    for skill in skills:
        if clock.over:
            break
        before = plan_again(problem, plan, each, seed, clock.should_stop)
        new = added(problem, skill.part, hours)
        after = plan_again(new, before, each, seed, clock.should_stop)
        assert before.objective is not None and after.objective is not None
        least = before.objective - after.bound
        saved = before.objective - after.objective
        found.append(growth(problem, new, (before, after), (saved, least), skill, hours))
    return tuple(sorted(found, key=lambda row: (-row.saved, row.part)))


def grow_near(
    problem: Problem, plan: Plan, skills: tuple[SkillPrice, ...], hours: float, clock: Clock
) -> tuple[Growth, ...]:
    """The same in a plan too large to be planned again whole: with the newcomer and without, near the part."""
    book, work = Book(problem, plan), counting(clock)
    found = []
    with lease(work) as session:
        for skill in skills:
            new = added(problem, skill.part, hours)
            near = Near(book, {skill.part}, kin(book, skill.part), None, session, work, held=False, shrink=False)
            same, grown = near.spot(problem), near.spot(new)
            if same is None or grown is None:
                continue
            before, after, least = compared(same, grown, WORK, LEAST_GAIN)
            if work.over:
                continue
            ends = same.cost(before) - grown.cost(after), same.cost(before) - least
            small, large = same.cutout.problem, grown.cutout.problem
            found.append(growth(small, large, (before, after), ends, skill, hours, whole=False))
    return tuple(sorted(found, key=lambda row: (-row.saved, row.part)))


def kin(book: Book, part: str) -> set[str]:
    """All that the part goes into, with what that is made of besides, and all that it is made of: KIN_CELLS at most."""
    found = book.below(part)
    for parent in sorted(book.above(part), key=lambda name: (len(book.below(name)), name)):
        grown = found | book.below(parent)
        if in_use(book, grown) * book.problem.periods <= KIN_CELLS:
            found = grown
    return found - {part}


def added(problem: Problem, part: str, hours: float) -> Problem:
    """The problem with the newcomer."""
    name = new_name(problem)
    work, none = (hours,) * problem.periods, (0.0,) * problem.periods
    return altered(
        problem,
        workshops=(*problem.workshops, Workshop(name, work, none)),
        capabilities=(*problem.capabilities, replace(newcomer(problem, part), workshop=name)),
    )


def new_name(problem: Problem) -> str:
    name = NEW
    while name in problem.workshop:
        name += "'"
    return name


def growth(
    without: Problem,
    problem: Problem,
    plans: tuple[Plan, Plan],
    ends: tuple[float, float],
    skill: SkillPrice,
    hours: float,
    *,
    whole: bool = True,
) -> Growth:
    """What two plans differ by, of the problem without the newcomer and with; ends: saved, and the most that may be."""
    before, after = plans
    used = used_hours(problem, after)
    more = sum(used.values()) - sum(used_hours(without, before).values())
    weeks = problem.periods * WEEKS.get(problem.calendar.period, 1.0)
    slack = SAME * max(1.0, before.objective or 0.0) if whole else LEAST_GAIN
    return Growth(
        part=skill.part,
        hours=hours,
        saved=max(0.0, ends[0]),
        most=max(0.0, *ends),
        price=hours * sum(skill.by_period),
        late=sum(late_orders(without, before).values()) - sum(late_orders(problem, after).values()),
        short=sum(x for _, x in before.short) - sum(x for _, x in after.short),
        worked=sum(x for (name, _), x in used.items() if name not in without.workshop),
        jobs=more / (JOB_HOURS * weeks),
        whole=whole,
        settled=ends[0] > slack or max(ends) <= slack,
    )
