"""Packages built candidate by candidate, each step planned again; a step taken before is remembered.

In: a problem, candidates, the plan without any, limits. Out: Steps: a package in the order it was built, and its plan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wadah.planning.invest.candidate import with_candidates
from wadah.planning.invest.found import SAME
from wadah.planning.invest.near import LEAST_GAIN, objective, with_overtime
from wadah.planning.plan import priced

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wadah.planning.invest.candidate import Candidate
    from wadah.planning.invest.floor import Limits
    from wadah.planning.invest.near import Better, Nearby
    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem

ROUNDS = 3  # of leaving out each member once


class Step(NamedTuple):
    """A package: numbers in the order they were taken, the plan with them, rupiah that planning the same lots again
    saves without any (idle), what the package saves, and what each member saved when it was taken."""

    chosen: tuple[int, ...]
    plan: Plan
    idle: float
    saved: float
    each: tuple[float, ...]


class Trail:
    """Takes candidates in a given order, under the limits."""

    def __init__(
        self, problem: Problem, candidates: tuple[Candidate, ...], base: Plan, limits: Limits, near: Nearby
    ) -> None:
        self.problem, self.candidates, self.limits, self.near = problem, candidates, limits, near
        self.least = min(SAME * max(1.0, objective(base)), LEAST_GAIN)
        self.start = Step((), base, 0.0, 0.0, ())
        self.known: dict[tuple[tuple[int, ...], int], Better | None] = {}

    @property
    def count(self) -> int:
        return self.near.count

    def picked(self, chosen: Iterable[int]) -> list[Candidate]:
        return [self.candidates[i] for i in sorted(chosen)]

    def first(self, order: list[int]) -> dict[int, Better]:
        """Each that fits, alone; those left out for which there was no time."""
        found: dict[int, Better] = {}
        for i in order:
            if self.limits.fits([self.candidates[i]]):
                better = self.better(self.start, i)
                found |= {} if better is None else {i: better}
        return found

    def better(self, step: Step, i: int) -> Better | None:
        """One more candidate; None where there was no time. A refusal keeps no plan of its own."""
        key = (step.chosen, i)
        if key not in self.known:
            before = with_candidates(self.problem, self.picked(step.chosen))
            after = with_candidates(self.problem, self.picked((*step.chosen, i)))
            self.known[key] = self.near.better(before, after, self.candidates[i], step.plan)
        return self.known[key]

    def taken(self, order: Iterable[int], *, always: bool = False) -> Step:
        """One candidate after another where it fits, leaves the floor within reach, and still saves; at last what the
        floor needs besides. always: also what saves nothing."""
        step = self.start
        for i in order:
            if (
                i not in step.chosen
                and self.limits.completed(self.candidates, frozenset((*step.chosen, i))) is not None
            ):
                step = self.with_one(step, i, always=always)
        rest = self.limits.completed(self.candidates, frozenset(step.chosen)) or frozenset()
        for i in sorted(rest - set(step.chosen)):
            step = self.with_one(step, i, always=True)
        return step

    def best_of(self, steps: Iterable[Step]) -> Step:
        """The one that saves most of those that stand on the floor; of like ones the first."""
        standing = [step for step in steps if self.limits.floor.met(self.picked(step.chosen))]
        return max(standing, key=lambda step: step.saved)

    def with_one(self, step: Step, i: int, *, always: bool) -> Step:
        found = self.better(step, i)
        if found is not None and found.saved > self.least:
            saved = step.saved + found.saved
            return Step((*step.chosen, i), found.plan, step.idle + found.idle, saved, (*step.each, found.saved))
        return self.with_same_lots(step, i) if always else step

    def with_same_lots(self, step: Step, i: int) -> Step:
        """One more candidate and no other lots: the plan takes the overtime and has the stock that it makes of them."""
        chosen = (*step.chosen, i)
        problem = with_candidates(self.problem, self.picked(chosen))
        plan = priced(problem, with_overtime(problem, step.plan))
        saved = objective(step.plan) - objective(plan)
        return Step(chosen, plan, step.idle, step.saved + saved, (*step.each, saved))

    def bettered(self, step: Step, saved: dict[int, float]) -> Step:
        """Leave out one member, the one that saved least for its cost first, and let others take its place; again from
        the better package, for ROUNDS rounds or as long as there is time. saved: what each saves alone."""
        useful = [i for i in saved if saved[i] > 0]
        by_saved = sorted(useful, key=lambda i: (-saved[i] / max(self.candidates[i].cost, 1.0), i))
        for _ in range(ROUNDS):
            weak = sorted(
                zip(step.each, step.chosen, strict=True), key=lambda row: (row[0] / self.cost(row[1]), row[1])
            )
            better = step
            for _each, out in weak:
                if self.near.clock.over:
                    return better
                kept = [i for i in better.chosen if i != out]
                others = [i for i in by_saved if i not in better.chosen]
                if others and len(kept) < len(better.chosen):
                    better = max(better, self.taken([*kept, *others, out]), key=lambda row: row.saved)
            if better.chosen == step.chosen:
                return better
            step = better
        return step

    def cost(self, i: int) -> float:
        return max(self.candidates[i].cost, 1.0)
