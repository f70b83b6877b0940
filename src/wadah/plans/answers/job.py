"""Why one line of a plan is late or short, and its ways out, worked out in the background and kept with the run."""

from __future__ import annotations

import gzip
import json
import time
from typing import TYPE_CHECKING

from wadah.base.jobs import JobRun, job
from wadah.planning.plandoc import plan_to_dict
from wadah.plans.answers.telling import told
from wadah.plans.keep import plan_kept, problem_kept
from wadah.plans.models import PlanAnswer
from wadah.plans.run import planner_ready

if TYPE_CHECKING:
    from wadah.planning.why import WaysOut

JOB = "plans.ways"
SECONDS = 20.0
WAYS = 3
SHOW_EVERY = 0.5  # seconds between two writes of progress


@job(JOB)
def ways_carry_out(job_run: JobRun) -> None:
    """Find the chain and the ways out for the line that the answer is about."""
    from wadah.planning.why import chain, ways_out

    answer = PlanAnswer.objects.select_related("run").get(pk=job_run.payload["answer"])
    planner_ready(job_run, lambda stage: job_run.progress({"stage": stage}))
    problem, plan = problem_kept(answer.run), plan_kept(answer.run)
    ears = Ears(job_run)
    began = time.monotonic()
    reason, links = chain(problem, plan, answer.about)
    found = ways_out(problem, plan, answer.about, most=WAYS, time_limit=SECONDS, should_stop=ears)
    with job_run.effect():
        answer.result = told(reason, links, found, time.monotonic() - began)
        answer.plans_file = plans_packed(found)
        answer.save(update_fields=["result", "plans_file"])


def plans_packed(found: WaysOut) -> bytes:
    rows = [plan_to_dict(plan) for plan in found.plans]
    return gzip.compress(json.dumps(rows, ensure_ascii=False).encode(), mtime=0)


class Ears:
    """Shows the seconds used and hears whether somebody wants what there is; at most twice a second. Raises JobLost."""

    def __init__(self, job_run: JobRun) -> None:
        self.job_run = job_run
        self.began = self.shown_at = time.monotonic()
        self.asked = False

    def __call__(self) -> bool:
        at = time.monotonic()
        if not self.asked and at - self.shown_at >= SHOW_EVERY:
            self.shown_at = at
            self.job_run.progress({"stage": "searching", "seconds": round(at - self.began, 1), "limit": SECONDS})
            self.asked = self.job_run.stop_asked()
        return self.asked
