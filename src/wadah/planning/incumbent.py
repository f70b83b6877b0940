"""The best plan so far and the best bound so far: what a run may say at any moment (docs/model.md §12).

Plans come as rows or, thousands of them, as arrays (state/). Arrays are checked and priced by compiled loops, and only
the best of them becomes rows, when a plan is asked for; the referee then judges it, and should it ever disagree, the
best plan that it has accepted stands.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wadah.planning.plan import Plan, Prices, priced, row_violations
from wadah.planning.result import Progress, relative_gap
from wadah.planning.state import copied, cost, plan_of, sound, state_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from wadah.planning.arrays import Arrays
    from wadah.planning.flat import Flat
    from wadah.planning.problem import Problem
    from wadah.planning.state import State
    from wadah.planning.stop import Clock

OPTIMAL_GAP = 1e-6


class Incumbent:
    """Plans are offered to it, and taken only where the referee finds nothing wrong and they cost less.

    The bound only rises and never passes the best plan's cost; both are told to `progress` as they change.
    """

    def __init__(self, problem: Problem, clock: Clock, progress: Callable[[Progress], None] | None = None) -> None:
        self.problem, self.clock, self.progress = problem, clock, progress
        self.refereed: Plan | None = None
        self.unread: tuple[Arrays, State] | None = None  # cheaper than `refereed`, not yet rows
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
            self.refereed, self.unread, self.objective = counted, None, counted.objective
            self.tell()
        return True

    def offer_state(self, data: Arrays, flat: Flat, state: State) -> bool:
        """Take a copy of the state if it obeys every rule and costs less; whether it obeys at all."""
        if not sound(flat, state):
            return False
        rupiah = cost(flat, state)
        if rupiah < self.objective:
            self.unread, self.objective = (data, copied(state)), rupiah
            self.tell()
        return True

    @property
    def plan(self) -> Plan | None:
        """The best plan as rows that the referee has accepted, priced; None where there is none yet."""
        if self.unread is not None:
            plan = plan_of(*self.unread)
            self.unread = None
            if not row_violations(self.problem, plan):
                self.refereed = priced(self.problem, plan)
            best = self.refereed
            self.objective = float("inf") if best is None or best.objective is None else best.objective
        return self.refereed

    def state(self, data: Arrays) -> State | None:
        """The best plan as arrays of the caller's own; None where there is none yet."""
        if self.unread is not None:
            return copied(self.unread[1])
        return None if self.refereed is None else state_of(data, self.refereed)

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
        return self.objective < float("inf") and relative_gap(self.objective, self.proven) <= OPTIMAL_GAP

    def tell(self) -> None:
        if self.progress is None:
            return
        best = self.objective if self.objective < float("inf") else None
        gap = None if best is None else relative_gap(best, self.proven)
        self.progress(Progress(self.stage, best, self.proven, gap, self.clock.seconds))

    def result(self, stopped: str) -> Plan:
        """The plan to hand over, with every claim it makes; status "none" where there is no plan."""
        best = self.plan  # the referee may still move the objective, so it is asked first
        plan = replace(
            best if best is not None else Plan(status="none"),
            bound=self.proven,
            seconds=self.clock.seconds,
            stopped=stopped,
            prices=self.prices,
        )
        if best is None:
            return plan
        return priced(self.problem, replace(plan, status="optimal" if self.optimal else "feasible"))
