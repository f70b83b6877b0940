"""What a plan comes to, in figures that two plans can be held against each other by (G7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wadah.planning.growth import JOB_HOURS
from wadah.planning.plan import late_orders, used_hours
from wadah.programme.packages.giving import place_of

if TYPE_CHECKING:
    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem
    from wadah.programme.models import Intervention

ALMOST_NONE = 1e-6  # pieces


def figures_of(problem: Problem, plan: Plan) -> dict[str, float]:
    """Pieces asked, on time, late and short over all order lines; lines that are whole and on time; hours; jobs."""
    late, short = late_orders(problem, plan), dict(plan.short)
    asked = sum(order.quantity for order in problem.orders)
    behind, missing = sum(late.values()), sum(short.values())
    hours = sum(used_hours(problem, plan).values())
    whole = [row for row in problem.orders if late.get(row.id, 0.0) + short.get(row.id, 0.0) <= ALMOST_NONE]
    return {
        "asked": round(asked, 3),
        "on_time": round(asked - behind - missing, 3),
        "late": round(behind, 3),
        "short": round(missing, 3),
        "lines": len(problem.orders),
        "lines_whole": len(whole),
        "hours": round(hours, 1),
        "jobs": round(hours / (JOB_HOURS * problem.periods), 2),
    }


def made_with(row: Intervention, problem: Problem, plan: Plan, before: Plan) -> tuple[list[float], list[float]]:
    """Pieces and hours a week that the plan makes with an intervention; of floor space hours alone, beyond the plan
    before at the same workshop. problem: with the package."""
    if row.part is None:
        assert row.workshop is not None
        after, less = used_hours(problem, plan), used_hours(problem, before)
        key = row.workshop.code
        more = [max(0.0, after.get((key, t), 0.0) - less.get((key, t), 0.0)) for t in range(problem.periods)]
        return [], [round(hours, 2) for hours in more]
    place = place_of(row)
    shop = place if place in problem.workshop else row.workshop.code if row.workshop else ""
    pieces, hours = [0.0] * problem.periods, [0.0] * problem.periods
    able = problem.capability[row.part.code, shop]
    for part, name, period, made in plan.make:
        if (part, name) == (row.part.code, shop) and made > 0:
            pieces[period] += made
            hours[period] += made * able.hours_per_unit + able.setup_hours
    return [round(x, 3) for x in pieces], [round(x, 2) for x in hours]


def changes(before: dict[str, float], after: dict[str, float]) -> dict[str, Any]:
    """After less before, figure by figure."""
    return {name: round(after[name] - before[name], 3) for name in before}
