"""What the edits of a plan come to, worked out in the background and kept with the run."""

from __future__ import annotations

import gzip
import json
import time
from typing import TYPE_CHECKING

from wadah.base.jobs import JobRun, job
from wadah.planning.plandoc import plan_to_dict
from wadah.plans.edits.rules import changes_of
from wadah.plans.edits.selectors import edits_mark, now_in, plain, run_edits, standing
from wadah.plans.edits.telling import told
from wadah.plans.keep import plan_kept, problem_kept
from wadah.plans.models import PlanAnswer
from wadah.plans.run import planner_ready

if TYPE_CHECKING:
    from wadah.planning.plan import Plan

JOB = "plans.edits"
SECONDS = ((500, 2.0), (3_000, 5.0))  # up to so many pairs of a workshop with a part × weeks
SECONDS_LARGE = 10.0
SHOW_EVERY = 0.5  # seconds between two writes of progress


@job(JOB)
def edits_carry_out(job_run: JobRun) -> None:
    """Plan around the edits that the answer is about; where they changed since, nothing is worked out for them."""
    from wadah.planning.edited import edited  # scipy and the solver load when they are needed

    answer = PlanAnswer.objects.select_related("run").get(pk=job_run.payload["answer"])
    rows = standing(run_edits(answer.run))
    if answer.about != edits_mark(answer.run, rows):
        return
    planner_ready(job_run, lambda stage: job_run.progress({"stage": stage}))
    problem, plan = problem_kept(answer.run), plan_kept(answer.run)
    began = time.monotonic()
    found = edited(
        problem,
        plan,
        [changes_of(plain(row)) for row in rows],
        first=now_in(answer.run),
        time_limit=seconds_for(len(problem.capabilities) * problem.periods),
        should_stop=Ears(job_run),
    )
    with job_run.effect():
        answer.result = told(plan, found, [row.pk for row in rows], time.monotonic() - began)
        answer.plans_file = packed([found.plan] if found.plan.objective is not None else [])
        answer.save(update_fields=["result", "plans_file"])


def seconds_for(cells: int) -> float:
    return next((seconds for most, seconds in SECONDS if cells <= most), SECONDS_LARGE)


def packed(plans: list[Plan]) -> bytes:
    rows = [plan_to_dict(plan) for plan in plans]
    return gzip.compress(json.dumps(rows, ensure_ascii=False).encode(), mtime=0)


class Ears:
    """Shows the seconds used, at most twice a second; nobody asks to stop so short a search. Raises JobLost."""

    def __init__(self, job_run: JobRun) -> None:
        self.job_run = job_run
        self.began = self.shown_at = time.monotonic()

    def __call__(self) -> bool:
        at = time.monotonic()
        if at - self.shown_at >= SHOW_EVERY:
            self.shown_at = at
            self.job_run.progress({"stage": "searching", "seconds": round(at - self.began, 1)})
        return False
