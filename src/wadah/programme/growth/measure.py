"""One plan, and what it says of one number of groups (G35): pieces it delivers, and how many no plan exceeds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wadah.planning.plan import used_hours

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem
    from wadah.planning.result import Progress
    from wadah.programme.growth.search import Verdict

SLACK = 1e-6  # pieces
TIGHT = 0.005  # of the pieces asked for: plan and bound are near enough once the verdict stands
REST = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """asked ≥ most ≥ made ≥ 0, pieces; hours: the plan's by skill code, set-ups included; REST: those left over."""

    asked: float
    made: float
    most: float
    seconds: float
    hours: dict[str, float]

    def verdict(self, target: float) -> Verdict:
        """Whether target (0 … 1) of what is asked for is reached, can't be, or neither is known."""
        wanted = target * self.asked - SLACK
        if self.made >= wanted:
            return "enough"
        return "not" if self.most < wanted else "open"


def measured(
    problem: Problem,
    skills: Mapping[str, str],
    *,
    target: float,
    seconds: float,
    effort: int | None = None,
    seed: int = 0,
    should_stop: Callable[[], bool] = lambda: False,
    whole: bool = False,
) -> Measured:
    """Plan so as to leave the fewest pieces. Ends early once the verdict stands and plan and bound are near.

    seconds: the longest search; effort: in its place, counted work that is the same on any machine; whole: search on to
    the limit, unless proven best.
    """
    from wadah.planning.solve import solve  # scipy and the solver load when a plan is made, not at every start

    asked = sum(order.quantity for order in problem.orders)
    if asked == 0:
        return Measured(0.0, 0.0, 0.0, 0.0, {})
    allowed = (1 - target) * asked + SLACK
    settled = False

    def look(progress: Progress) -> None:
        nonlocal settled
        if progress.best is not None:
            decided = progress.best <= allowed or progress.bound > allowed
            settled = settled or (decided and not whole and progress.best - progress.bound <= TIGHT * asked)

    plan = solve(
        problem,
        time_limit=seconds,
        effort=effort,
        seed=seed,
        progress=look,
        should_stop=lambda: settled or should_stop(),
    )
    return told(problem, plan, asked, skills)


def told(problem: Problem, plan: Plan, asked: float, skills: Mapping[str, str]) -> Measured:
    left = asked if plan.objective is None else min(asked, plan.objective)
    made = asked - left
    most = max(made, min(asked, asked - plan.bound))
    return Measured(asked, made, most, plan.seconds, hours_by_skill(problem, plan, skills))


def hours_by_skill(problem: Problem, plan: Plan, skills: Mapping[str, str]) -> dict[str, float]:
    """Hours of each process, set-ups included, and those that nobody worked."""
    found: dict[str, float] = {}
    for part, workshop, _period, pieces in plan.make:
        if pieces > 0:
            row, skill = problem.capability[part, workshop], skills.get(part, REST)
            found[skill] = found.get(skill, 0.0) + row.hours_per_unit * pieces + row.setup_hours
    whole = sum(sum(workshop.hours) for workshop in problem.workshops)
    found[REST] = max(0.0, whole - sum(used_hours(problem, plan).values()))
    return {skill: round(hours, 1) for skill, hours in found.items()}
