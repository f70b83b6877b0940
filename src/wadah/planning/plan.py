"""The plan, and its referee: what a plan costs and which rules it breaks, computed from its rows alone.

The referee shares nothing with the solver's side: it reads the problem and the plan, and follows docs/model.md.
What it finds is in referee.py (rules), claims.py (numbers), costs.py (rupiah) and tally.py (sums); all is read here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from wadah.planning.costs import COST_KINDS, cost, priced
from wadah.planning.referee import row_violations, violations
from wadah.planning.tally import late_orders, stock_levels, used_hours
from wadah.planning.violation import Violation, text

__all__ = [
    "COST_KINDS",
    "Plan",
    "Prices",
    "Violation",
    "cost",
    "late_orders",
    "priced",
    "row_violations",
    "stock_levels",
    "text",
    "used_hours",
    "violations",
]

Make = tuple[str, str, int, float]  # part, workshop, period, pieces started
Deliver = tuple[str, int, float]  # order, period, pieces
Short = tuple[str, float]  # order, pieces never delivered
Scrap = tuple[str, int, float]  # part, period, pieces
Overtime = tuple[str, int, float]  # workshop, period, hours
Assign = tuple[str, str]  # single-source order, workshop
Price = tuple[str, int, float]  # workshop or part, period, rupiah an hour or a piece


@dataclass(frozen=True)
class Prices:
    """Dual values behind the bound: what one more hour, or one more piece, would be worth (rupiah)."""

    hours: tuple[Price, ...] = ()
    parts: tuple[Price, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A plan as the file wadah-plan/1 holds it. Rows of zero may be left out.

    status: "optimal" (gap ≤ 1e-6), "feasible", "infeasible" (proven; stopped names the row or order) or "none";
    objective and gap are None only with "none" and "infeasible"; bound is a proven lower bound ≥ 0.
    """

    status: str
    objective: float | None = None
    bound: float = 0.0
    gap: float | None = None
    seconds: float = 0.0
    stopped: str = ""
    make: tuple[Make, ...] = ()
    deliver: tuple[Deliver, ...] = ()
    short: tuple[Short, ...] = ()
    scrap: tuple[Scrap, ...] = ()
    overtime: tuple[Overtime, ...] = ()
    assign: tuple[Assign, ...] = ()
    cost: dict[str, float] = field(default_factory=dict)
    prices: Prices = Prices()
