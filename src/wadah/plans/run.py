"""One run of the planner in the background: snapshot → solve → rows. The job's end and the rows are one write."""

from __future__ import annotations

import threading
import time
from functools import partial
from typing import TYPE_CHECKING

from wadah.base.jobs import JobRun, job
from wadah.planning.errors import InputError
from wadah.plans.keep import keep
from wadah.plans.models import PlanRun
from wadah.plans.offers.promises import keeping
from wadah.plans.snapshot import problem_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from wadah.planning.result import Progress

JOB = "plans.plan_run"
SHOW_EVERY = 0.5  # seconds between two writes of progress
LOOK_EVERY = 1.0  # seconds between two looks whether somebody pressed "use this one"


@job(JOB)
def plan_run_carry_out(job_run: JobRun) -> None:
    """Plan the run that the job names. Rows that contradict each other end it as failed, in words."""
    from wadah.planning.solve import solve  # scipy and the solver load when a plan is made, not at every start

    run = PlanRun.objects.select_related("cooperative").get(pk=job_run.payload["run"])
    row = PlanRun.objects.filter(pk=run.pk)

    def failed(why: str) -> None:
        row.update(status=PlanRun.Status.FAILED, stopped=why)

    row.update(status=PlanRun.Status.RUNNING, stage="reading")
    with job_run.telling(failed, refusals=(InputError,)):
        planner_ready(job_run, lambda stage: row.update(stage=stage))
        row.update(stage="reading")
        snapshot = problem_of(run.cooperative, run.start_on, run.weeks, change_cost=run.change_cost_rupiah_piece)
        run.promises_read_at = run.stock_read_at = snapshot.read_at
        search = partial(
            solve,
            time_limit=run.time_limit_seconds,
            seed=run.seed,
            progress=Reporter(run, job_run),
            should_stop=Listener(job_run),
        )
        plan = keeping(run, snapshot, search(snapshot.problem), search)
    if job_run.ended:
        return
    with job_run.effect() as result:
        keep(run, snapshot, plan)
        result.update(run=run.pk, status=plan.status)


def planner_ready(job_run: JobRun, show: Callable[[str], object]) -> None:
    """Load the planner, and compile its loops where they aren't, before a clock runs; show: told so while it takes."""
    from wadah.planning.warm import is_warm, load, warm

    if not is_warm():
        show("getting ready")
        warm(Heartbeat(job_run))
    load()


class Heartbeat:
    """Says "still alive", at most twice a second. Raises JobLost."""

    def __init__(self, job_run: JobRun) -> None:
        self.job_run = job_run
        self.said_at = 0.0

    def __call__(self) -> None:
        if time.monotonic() - self.said_at >= SHOW_EVERY:
            self.said_at = time.monotonic()
            self.job_run.beat()


class Reporter:
    """Writes progress to the run's row, at most twice a second; also the job's heartbeat. Raises JobLost."""

    def __init__(self, run: PlanRun, job_run: JobRun) -> None:
        self.run, self.job_run = run, job_run
        self.shown_at = 0.0
        self.lock = threading.Lock()

    def __call__(self, progress: Progress) -> None:
        with self.lock:
            if time.monotonic() - self.shown_at < SHOW_EVERY:
                return
            self.shown_at = time.monotonic()
        self.job_run.beat()
        PlanRun.objects.filter(pk=self.run.pk).update(
            stage=progress.stage,
            best_rupiah=progress.best,
            bound_rupiah=progress.bound,
            gap=progress.gap,
            seconds=progress.seconds,
        )


class Listener:
    """Whether somebody asked for the best so far; asks the database at most once a second."""

    def __init__(self, job_run: JobRun) -> None:
        self.job_run = job_run
        self.looked_at = 0.0
        self.asked = False

    def __call__(self) -> bool:
        if not self.asked and time.monotonic() - self.looked_at >= LOOK_EVERY:
            self.looked_at = time.monotonic()
            self.asked = self.job_run.stop_asked()
        return self.asked
