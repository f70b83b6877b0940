"""Answering one growth question in the background: plan after plan, each kept as it comes (G35, G36)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.base.clock import now
from wadah.base.errors import Refused
from wadah.base.jobs import JobRun, job
from wadah.planning.errors import InputError
from wadah.plans.run import Heartbeat, Listener, planner_ready
from wadah.programme.growth.measure import measured
from wadah.programme.growth.reading import read
from wadah.programme.growth.search import Interval, least
from wadah.programme.growth.world import problem_at
from wadah.programme.models import GrowthPoint, GrowthRun
from wadah.programme.models.growth import MONTHS_MAX

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from wadah.programme.growth.measure import Measured
    from wadah.programme.growth.search import Verdict
    from wadah.programme.growth.world import Ground

JOB = "programme.growth_run"
GROUPS_MAX = 400
CURVE_STEP = 6  # months between two points of the curve over time
CURVE_PARTS = (0.25, 0.5, 0.75)  # of the groups that are enough: points of the curve over groups
Scope = GrowthPoint.Scope
Status = GrowthRun.Status


@job(JOB)
def growth_run_carry_out(job_run: JobRun) -> None:
    """Answer the run that the job names. Rows that contradict each other end it as failed, in words."""
    run = GrowthRun.objects.select_related("cooperative", "ramp").get(pk=job_run.payload["run"])
    GrowthPoint.objects.filter(run=run).delete()  # of a worker that died
    stage(run, "reading", made=0, status=Status.RUNNING)
    with job_run.telling(lambda why: ended(run, Status.FAILED, why=why), refusals=(InputError, Refused)):
        planner_ready(job_run, lambda name: stage(run, name, made=0))
        rows = read(run)
        GrowthRun.objects.filter(pk=run.pk).update(assumptions=rows.assumptions)
        answer = Answer(run, rows.ground, job_run)
        answer.work_out()
    if job_run.ended:
        return
    with job_run.effect() as result:
        ended(run, Status.STOPPED if answer.stopped() else Status.DONE, result=answer.result)
        result.update(run=run.pk)


def stage(run: GrowthRun, name: str, *, made: int, **more: Any) -> None:
    GrowthRun.objects.filter(pk=run.pk).update(stage=name, plans_made=made, **more)


def ended(run: GrowthRun, status: str, **more: Any) -> None:
    GrowthRun.objects.filter(pk=run.pk).update(status=status, ended_at=now(), stage="", **more)


class Answer:
    """One question on its way: plans made so far by (scope, groups, month, skill), and what they come to."""

    def __init__(self, run: GrowthRun, ground: Ground, job_run: JobRun) -> None:
        self.run, self.ground, self.job_run = run, ground, job_run
        self.beat, self.stopped = Heartbeat(job_run), Listener(job_run)
        self.plans: dict[tuple[str, int, int, str], Measured] = {}
        self.result: dict[str, Any] = {"scopes": {}}
        self.stage = ""

    def work_out(self) -> None:
        """What must be covered first, then all, then what holds it up and the curve over time."""
        for scope in (Scope.OBLIGATION, Scope.ALL):
            if self.ground.pieces(scope == Scope.OBLIGATION):
                self.result["scopes"][scope] = self.answered(scope)
        self.stage = "steps"
        for skill in ["", *dict.fromkeys(filter(None, self.ground.skills.values()))]:
            self.plan(Scope.ALL, 0, self.run.by_month, skill, whole=True)
        self.stage = "curve"
        enough = self.result["scopes"].get(Scope.ALL, {}).get("enough")
        if enough:
            for month in range(0, self.run.by_month + 1, CURVE_STEP):
                self.plan(Scope.ALL, enough, month)
            for groups in sorted({round(enough * part) for part in CURVE_PARTS}):
                self.plan(Scope.ALL, groups, self.run.by_month)

    def answered(self, scope: str) -> dict[str, Any]:
        """How many groups until the year asked about, and then how early that many would do."""
        self.stage = f"groups {scope}"
        last = self.run.by_month
        groups = least(self.verdict(lambda number: (scope, number, last)), GROUPS_MAX, self.guess(scope))
        months = None
        if groups.enough:
            self.stage = f"months {scope}"
            months = least(self.verdict(lambda number: (scope, groups.enough or 0, number)), last, last)
        later = self.later(scope) if groups.enough is None and self.run.groups_a_month else None
        return {
            "fewest": groups.fewest,
            "enough": groups.enough,
            "months": None if months is None else told(months),
            "later": later,
        }

    def later(self, scope: str) -> dict[str, int | None] | None:
        """Where too few groups can begin by then: from which month on as many as can do, and how many of them."""
        self.stage = f"later {scope}"
        guess = self.run.by_month + self.ground.ramp.weeks * 12 // 52
        months = least(self.verdict(lambda number: (scope, GROUPS_MAX, number)), MONTHS_MAX, guess)
        if months.enough is None:
            return told(months) | {"fewest": None, "groups": None}
        at, most = months.enough, (months.enough + 12) * self.run.groups_a_month
        groups = least(self.verdict(lambda number: (scope, number, at)), min(most, GROUPS_MAX), most // 2)
        return told(months) | {"fewest": groups.fewest, "groups": groups.enough}

    def guess(self, scope: str) -> int:
        """Where to look first: as if groups were all the missing pieces took. Only a place to begin."""
        found = self.plan(scope, 0, self.run.by_month)
        if found is None or found.made <= 0:
            return len(self.ground.makers)
        return round(len(self.ground.makers) * (found.asked / found.made - 1))

    def verdict(self, at: Callable[[int], tuple[str, int, int]]) -> Callable[[int], Verdict | None]:
        def ask(number: int) -> Verdict | None:
            found = self.plan(*at(number))
            return found.verdict(float(self.run.target)) if found else None

        return ask

    def plan(self, scope: str, groups: int, month: int, skill: str = "", *, whole: bool = False) -> Measured | None:
        """One plan, kept at once; None where somebody asked to stop before it. Raises JobLost."""
        key = (scope, groups, month, skill)
        if key not in self.plans:
            if self.stopped():
                return None
            self.beat()
            stage(self.run, self.stage, made=len(self.plans))
            self.plans[key] = self.measure(*key, whole=whole)
            keep(self.run, key, self.plans[key])
        return self.plans[key]

    def measure(self, scope: str, groups: int, month: int, skill: str, *, whole: bool) -> Measured:
        problem = problem_at(self.ground, groups, month, obligation=scope == Scope.OBLIGATION, faster=skill)
        return measured(
            problem,
            self.ground.skills,
            target=float(self.run.target),
            seconds=float(self.run.seconds_each),
            should_stop=self.stopped,
            whole=whole,
        )


def keep(run: GrowthRun, key: tuple[str, int, int, str], found: Measured) -> None:
    scope, groups, month, skill = key
    GrowthPoint.objects.create(
        run=run,
        scope=scope,
        groups=groups,
        month=month,
        skill=skill,
        asked=found.asked,
        made=found.made,
        most=found.most,
        seconds=found.seconds,
        hours=found.hours,
    )


def told(interval: Interval) -> dict[str, int | None]:
    return {"first": interval.fewest, "enough": interval.enough}
