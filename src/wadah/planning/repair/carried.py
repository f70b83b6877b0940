"""What a bound on the plan in force still proves after a change, without solving anything.

In: the problem before and now, and a bound that no plan of the problem before costs less than. Out: one that no plan of
the problem now costs less than, 0 where nothing can be said. Take any plan of the problem now, and make of it one of
the problem before, adding up what that may cost more:

- A decline, an outage or a lot that must stay, move or be so large only takes room away: the plan obeys the problem
  before as it is, at the same cost. (Given up commitments give room instead, and so does a lot that must start below
  its smallest size, which no longer binds there: then nothing is said.)
- A new order is left out: what it was given stays in stock from that period on, at the part's holding cost for each
  period left, or is scrapped at once, free, where the part perishes. Its own lateness and shortness only fall away.
- What a change costs (docs/model.md §11) may be counted on other keys, from other quantities and at another rate: the
  difference is a sum over keys of functions of one lot's size, straight between 0, the two quantities and the largest
  lot, so that the least of those four is its minimum.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wadah.planning.problem import Lot, Order, Problem

    Key = tuple[str, str, int]

ROUNDING = 1e-12  # relative


def carried_bound(before: Problem, now: Problem, bound: float) -> float:
    """Rupiah, ≥ 0: no plan of `now` costs less, if none of `before` costs less than `bound`."""
    if set(before.committed) - set(now.committed) or freed(before, now):
        return 0.0
    held = sum(kept_at_most(now, order) for order in now.orders if order.id not in before.order)
    changed = least_change(before, now)
    return max(0.0, bound - held + changed - ROUNDING * (bound + held)) if math.isfinite(changed) else 0.0


def freed(before: Problem, now: Problem) -> bool:
    """Whether a smallest lot no longer binds somewhere, since fewer pieces are committed there now."""
    if before.committed == now.committed:
        return False
    promised = quantities(before.committed)
    new = {key: pieces for key, pieces in quantities(now.committed).items() if pieces > 0 and key not in promised}
    return any(pieces < before.capability[part, at].min_lot for (part, at, _), pieces in new.items())


def kept_at_most(problem: Problem, order: Order) -> float:
    """Rupiah of holding the whole order from its earliest period to the end of the calendar."""
    part = problem.part[order.part]
    if part.shelf_life is not None:
        return 0.0
    return part.holding_cost * order.quantity * max(0, problem.periods - max(0, order.earliest))


def least_change(before: Problem, now: Problem) -> float:
    """The least that the cost of change now can be above what it was before, over all plans; 0 or less."""
    if before.change_cost <= 0 or not before.previous:
        return 0.0
    old, new = quantities(before.previous), quantities(now.previous)
    total = 0.0
    for key, quantity in old.items():
        rate, centre, most = (now.change_cost if key in new else 0.0), new.get(key, 0.0), largest(before, key)
        if math.isinf(most) and rate < before.change_cost:
            return -math.inf
        points = [0.0, quantity, centre, *([most] if math.isfinite(most) else [])]
        total += min(rate * abs(x - centre) - before.change_cost * abs(x - quantity) for x in points)
    return total


def quantities(rows: Iterable[Lot]) -> dict[Key, float]:
    """Pieces by key, rows with one key added up."""
    found: dict[Key, float] = defaultdict(float)
    for row in rows:
        found[row.part, row.workshop, row.period] += row.quantity
    return found


def largest(problem: Problem, key: Key) -> float:
    """More pieces than this can't be started there: by the hours, or by the most for a period."""
    part, workshop, t = key
    k, row = problem.capability.get((part, workshop)), problem.workshop.get(workshop)
    if k is None or row is None:
        return 0.0
    most = math.inf if k.max_per_period is None else k.max_per_period[t]
    hours = row.hours[t] + row.overtime_hours[t]
    by_hours = hours * (1 + 1e-6) / k.hours_per_unit + 1e-6 if k.hours_per_unit > 0 else math.inf
    return min(most, by_hours)
