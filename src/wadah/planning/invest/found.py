"""The package found: what it costs, what it saves, and what is proven of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wadah.planning.plan import Plan

SAME = 2e-6  # relative to the objective; plans closer than this are not told apart


@dataclass(frozen=True, slots=True)
class Worth:
    """One candidate by itself: what the prices promised, and what planning again saves (alone; None: untried).

    settled: whether it saves something, or is proven not to; else the search ended at its limit without an answer.
    """

    id: str
    price: float
    alone: float | None
    settled: bool = True


@dataclass(frozen=True, slots=True)
class Package:
    """chosen: ids in the file's order; cost rupiah and space m² in all; before, after: objectives, rupiah.

    saved = before − after; most: no package within the limits saves more (proven); proven: whether most is saved, up
    to what the planner can tell apart. before_bound, after_bound: what no plan without, and with it, costs less than.
    late, short: pieces fewer late, and fewer never delivered. promised: what the prices promised for the package.
    worth: every candidate by itself. plans: how often it was planned.
    """

    chosen: tuple[str, ...]
    cost: float
    space: float
    before: float
    after: float
    most: float
    late: float
    short: float
    promised: float
    worth: tuple[Worth, ...]
    plans: int
    plan: Plan
    before_bound: float = 0.0
    after_bound: float = 0.0

    @property
    def saved(self) -> float:
        return self.before - self.after

    @property
    def interval(self) -> tuple[float, float]:
        """What the best plan with it costs less than the best without, at least and at most: by both plans' bounds."""
        return self.before_bound - self.after, self.before - self.after_bound

    @property
    def proven(self) -> bool:
        return self.most - self.saved <= 2 * SAME * max(1.0, self.before)
