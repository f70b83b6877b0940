"""What pieces and hours were worth in a plan, from its prices: the dual values behind its bound (docs/model.md §12).

In: a problem and a plan with prices. Out: worth by part and period. They are the linear relaxation's, so they hold for
a little more or less, not for a whole new workshop: growth.py plans that again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem

    Floats = NDArray[np.float64]


def part_prices(problem: Problem, plan: Plan) -> dict[str, Floats]:
    """Rupiah a piece of each part in each period; 0 where the plan names no price."""
    found = {row.id: np.zeros(problem.periods) for row in problem.parts}
    for part, period, price in plan.prices.parts:
        if part in found and 0 <= period < problem.periods:
            found[part][period] = price
    return found


def margins(problem: Problem, prices: dict[str, Floats], part: str) -> tuple[Floats, Floats]:
    """For one part: its own price, and what the components of one piece started then are worth, by period."""
    row = problem.part[part]
    taken = np.maximum(0, np.arange(problem.periods) - row.lead_time)
    below = np.zeros(problem.periods)
    for component, pieces in row.bom:
        below += pieces * prices[component][taken]
    return prices[part], below


def piece_margins(problem: Problem, plan: Plan) -> dict[str, float]:
    """By part that can be made: the most a good piece was worth above its components, rupiah; {} without prices."""
    if not plan.prices.parts and not plan.prices.hours:
        return {}
    prices = part_prices(problem, plan)
    best = {}
    for part, makers in problem.capabilities_of.items():
        price, below = margins(problem, prices, part)
        best[part] = float((price - below / max(row.yield_rate for row in makers)).max())
    return best
