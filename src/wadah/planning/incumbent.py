"""The best plan so far and the best bound so far: what a run may say at any moment (docs/model.md §12)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wadah.planning.plan import Plan, Prices, priced, row_violations
from wadah.planning.result import Progress, relative_gap

if TYPE_CHECKING:
    from collections.abc import Callable

    from wadah.planning.problem import Problem
    from wadah.planning.stop import Clock

OPTIMAL_GAP = 1e-6


class Incumbent:
    """Plans are offered to it, and taken only where the referee finds nothing wrong and they cost less.

    The bound only rises and never passes the best plan's cost; both are told to `progress` as they change.
    """

    def __init__(self, problem: Problem, clock: Clock, progress: Callable[[Progress], None] | None = None) -> None:
        self.problem, self.clock, self.progress = problem, clock, progress
        self.plan: Plan | None = None
        self.objective = float("inf")
        self.bound = 0.0
        self.prices = Prices()
        self.stage = "first plan"

    def enter(self, stage: str) -> None:
        """Name the stage that begins: first plan, bound, search, improve, done."""
        self.stage = stage
        self.tell()

    def offer(self, plan: Plan | None) -> bool:
        """Take the plan if it obeys every rule and costs less; whether it obeys at all."""
        if plan is None or row_violations(self.problem, plan):
            return False
        counted = priced(self.problem, plan)
        assert counted.objective is not None
        if counted.objective < self.objective:
            self.plan, self.objective = counted, counted.objective
            self.tell()
        return True

    def raise_bound(self, bound: float) -> None:
        """A bound proven by the run, rupiah."""
        if bound > self.bound:
            self.bound = bound
            self.tell()

    @property
    def proven(self) -> float:
        """The bound, never above the best plan's own cost."""
        return max(0.0, min(self.bound, self.objective))

    @property
    def optimal(self) -> bool:
        return self.plan is not None and relative_gap(self.objective, self.proven) <= OPTIMAL_GAP

    def tell(self) -> None:
        if self.progress is None:
            return
        best = None if self.plan is None else self.objective
        gap = None if best is None else relative_gap(best, self.proven)
        self.progress(Progress(self.stage, best, self.proven, gap, self.clock.seconds))

    def result(self, stopped: str) -> Plan:
        """The plan to hand over, with every claim it makes; status "none" where there is no plan."""
        status = "optimal" if self.optimal else "feasible"
        plan = self.plan if self.plan is not None else Plan(status="none")
        plan = replace(plan, bound=self.proven, seconds=self.clock.seconds, stopped=stopped, prices=self.prices)
        return priced(self.problem, replace(plan, status=status)) if self.plan is not None else plan
