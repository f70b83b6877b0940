"""What a candidate is worth by the plan's prices: first, and for the margin only.

In: a problem, a plan with prices, and a candidate. Out: rupiah over the horizon, ≥ 0. It takes each hour or piece at
what one more would be worth, as if there were use for all of them: planning again (package.py) knows better.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wadah.planning.why.worth import margins, part_prices

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wadah.planning.invest.candidate import Candidate, Rate
    from wadah.planning.plan import Plan
    from wadah.planning.problem import Capability, Problem

    Floats = NDArray[np.float64]


def promised(problem: Problem, plan: Plan, candidate: Candidate) -> float:
    """The sum over what the candidate adds."""
    parts, hours = part_prices(problem, plan), hour_prices(problem, plan)
    new = {row.id: np.array(row.hours) for row in candidate.workshops}
    total = sum(float(hours[row.workshop] @ np.array(row.hours)) for row in candidate.hours if row.workshop in hours)
    best = {name: np.zeros(problem.periods) for name in (*new, *hours)}
    for row in candidate.capabilities:
        above = hour_worth(problem, parts, row) - hours.get(row.workshop, np.zeros(problem.periods))
        best[row.workshop] = np.maximum(best[row.workshop], above)
    for name, worth in best.items():
        have = new[name] if name in new else np.array(problem.workshop[name].hours)
        total += float(worth @ have)
    return total + sum(rate_worth(problem, plan, parts, hours, rate) for rate in candidate.rates)


def hour_prices(problem: Problem, plan: Plan) -> dict[str, Floats]:
    """Rupiah an hour of each workshop in each period."""
    found = {row.id: np.zeros(problem.periods) for row in problem.workshops}
    for name, period, price in plan.prices.hours:
        if name in found and 0 <= period < problem.periods:
            found[name][period] = price
    return found


def hour_worth(problem: Problem, parts: dict[str, Floats], row: Capability) -> Floats:
    """What an hour on this part earns in each period: its good pieces less components and cost; ≥ 0."""
    if row.hours_per_unit <= 0:
        return np.zeros(problem.periods)
    price, below = margins(problem, parts, row.part)
    return np.asarray(np.maximum(0.0, price * row.yield_rate - below - row.cost_per_unit) / row.hours_per_unit)


def rate_worth(problem: Problem, plan: Plan, parts: dict[str, Floats], hours: dict[str, Floats], rate: Rate) -> float:
    """What the plan's own lots would save: hours at their price, costs, and good pieces at theirs."""
    total = 0.0
    row = problem.capability.get((rate.part, rate.workshop))
    if row is None:
        return 0.0
    for part, name, t, pieces in plan.make:
        if (part, name) == (rate.part, rate.workshop) and pieces > 0:
            spared = less(row.hours_per_unit, rate.hours_per_unit) * pieces + less(row.setup_hours, rate.setup_hours)
            total += spared * float(hours[name][t])
            total += less(row.cost_per_unit, rate.cost_per_unit) * pieces + less(row.setup_cost, rate.setup_cost)
            total += max(0.0, (rate.yield_rate or 0.0) - row.yield_rate) * pieces * float(parts[part][t])
    return total


def less(now: float, then: float | None) -> float:
    return 0.0 if then is None else max(0.0, now - then)
