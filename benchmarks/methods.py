"""What is measured: the planner itself, plain HiGHS, and re-implementations of published rules (baselines/).

Each method takes a Problem, seconds, threads and a seed, and gives Figures. A plan is returned with all its claims,
so that the referee can judge it (measure.py).
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from benchmarks.baselines import RULES, plan_by
from wadah.planning.bound import search_bound
from wadah.planning.formulation import formulate
from wadah.planning.incumbent import Incumbent
from wadah.planning.plan import Plan
from wadah.planning.polish import accept
from wadah.planning.result import relative_gap
from wadah.planning.solve import solve
from wadah.planning.solver import Ears, lease
from wadah.planning.stop import Clock
from wadah.planning.warm import load


@dataclass
class Figures:
    """One measurement: seconds of wall and processor time, the plan, and how it came (seconds, objective, bound)."""

    plan: Plan
    seconds: float
    record: list[tuple[float, float | None, float]] = field(default_factory=list)

    @property
    def first_plan_seconds(self) -> float | None:
        return next((seconds for seconds, objective, _ in self.record if objective is not None), None)


def wadah(problem, seconds, threads, seed, until=0.0) -> Figures:
    """The planner, as `wadah plan` calls it; it is asked to stop at the gap `until`."""
    close = []
    record = []
    load()
    started = time.monotonic()

    def hear(progress) -> None:
        record.append((time.monotonic() - started, progress.best, progress.bound))
        if progress.gap is not None and progress.gap <= until:
            close.append(True)

    asked = {"progress": hear, "should_stop": lambda: bool(close)}
    plan = solve(problem, time_limit=seconds, threads=threads, seed=seed, **asked)
    return Figures(plan, time.monotonic() - started, record)


def highs(problem, seconds, threads, seed, until=0.0) -> Figures:
    """HiGHS alone: the whole mixed-integer program, no start, no time taken off for building it."""
    form = formulate(problem)
    clock = Clock(seconds, None)
    best = Incumbent(problem, clock)
    record = []
    with lease() as session:
        last = []

        def hear(x) -> None:
            last[:] = [x]
            record.append((clock.seconds, float(form.model.cost @ x) + form.model.offset, 0.0))

        ears = Ears(lambda: False, hear)
        answer = session.search(form.model, seconds, ears, threads=threads, seed=seed, gap=until)
        took = clock.seconds
        best.raise_bound(search_bound(answer.bound))
        x = answer.x if answer.x is not None else next(iter(last), None)
        if x is not None:
            accept(form, session, best, clock, x)
    if answer.status == "infeasible":
        return Figures(Plan(status="infeasible", stopped="infeasible"), took, record)
    plan = best.result("optimal" if best.optimal else answer.status)
    return Figures(plan, took, record)


def by_rule(name):
    """A published rule, re-implemented; it needs what time it needs, and uses one thread."""

    def method(problem, _seconds, _threads, _seed, until=0.0) -> Figures:
        started = time.monotonic()
        plan = plan_by(name, problem)
        took = time.monotonic() - started
        if plan is None:
            return Figures(Plan(status="none", stopped="rule gives no plan"), took)
        return Figures(plan, took, [(took, plan.objective, plan.bound)])

    return method


METHODS = {"wadah": wadah, "highs": highs, "highs-10x": highs} | {name: by_rule(name) for name in RULES}


def gap_of(plan: Plan) -> float | None:
    return None if plan.objective is None else relative_gap(plan.objective, plan.bound)
