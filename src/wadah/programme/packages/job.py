"""Working out a study: the plan without, the best package, the plan with it; kept as files and as figures (G6, G7)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from wadah.base.jobs import JobRun, job
from wadah.planning.errors import InputError
from wadah.planning.plandoc import plan_to_dict
from wadah.planning.problemdoc import problem_to_dict
from wadah.plans.keep import packed
from wadah.plans.run import planner_ready
from wadah.plans.snapshot import problem_of
from wadah.programme.models import Study, StudyItem
from wadah.programme.packages.curves import shares_of
from wadah.programme.packages.figures import figures_of, made_with
from wadah.programme.packages.giving import candidate_of

if TYPE_CHECKING:
    from wadah.planning.invest import Candidate, Floor, Package
    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem

JOB = "programme.study"
PLAN_SHARE = 0.3  # of the time, for the plan without a package
PRICE_SECONDS = 20.0
SHOW_EVERY = 0.5  # seconds between two writes of progress
OUT_OF_REACH, NO_PLAN = "floor out of reach", "no plan"
Status = Study.Status


@job(JOB)
def study_carry_out(job_run: JobRun) -> None:
    """Work out the study that the job names. What can't be answered ends it as failed, with a code for the page."""
    from wadah.planning.invest import FloorOutOfReach

    study = Study.objects.select_related("cooperative").get(pk=job_run.payload["study"])
    row = Study.objects.filter(pk=study.pk)

    def failed(why: str) -> None:
        row.update(status=Status.FAILED, stopped=why, stage="")

    with job_run.telling(failed, refusals=(InputError,)):
        planner_ready(job_run, lambda stage: row.update(status=Status.RUNNING, stage=stage))
        answer, why = Answer(study, job_run), NO_PLAN
        try:
            answer.work_out()
        except FloorOutOfReach:
            why = OUT_OF_REACH
    if job_run.ended:
        return
    with job_run.effect() as result:
        if answer.package is None:
            failed(why)
            return
        answer.keep()
        result.update(study=study.pk)


class Ears:
    """Shows stage and seconds, hears whether somebody wants what there is; at most twice a second. Raises JobLost."""

    def __init__(self, study: Study, job_run: JobRun) -> None:
        self.study, self.job_run = study, job_run
        self.began = time.monotonic()
        self.shown_at = 0.0
        self.asked = False

    def stage(self, name: str) -> None:
        Study.objects.filter(pk=self.study.pk).update(status=Status.RUNNING, stage=name, seconds=self.seconds)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    def __call__(self) -> bool:
        if not self.asked and time.monotonic() - self.shown_at >= SHOW_EVERY:
            self.shown_at = time.monotonic()
            self.job_run.beat()
            Study.objects.filter(pk=self.study.pk).update(seconds=self.seconds)
            self.asked = self.job_run.stop_asked()
        return self.asked


class Answer:
    """One study on its way."""

    def __init__(self, study: Study, job_run: JobRun) -> None:
        self.study, self.ears = study, Ears(study, job_run)
        rows = StudyItem.objects.filter(study=study).select_related(
            "intervention__part",
            "intervention__workshop__area",
            "intervention__workshop__ikm__area",
            "intervention__area",
            "intervention__ramp",
        )
        self.items = list(rows)
        self.candidates: tuple[Candidate, ...] = ()
        self.idle: list[dict[str, Any]] = []
        self.problem: Problem
        self.before: Plan
        self.package: Package | None = None

    def work_out(self) -> None:
        """Raises FloorOutOfReach, InputError and JobLost."""
        from wadah.planning.growth import with_prices
        from wadah.planning.invest import best_package
        from wadah.planning.solve import solve

        study, limit = self.study, float(self.study.time_limit_seconds)
        self.ears.stage("planning without")
        asked_for = [row.intervention.part for row in self.items if row.intervention.part is not None]
        snapshot = problem_of(study.cooperative, study.start_on, study.weeks, parts=asked_for)
        self.problem = snapshot.problem
        self.before = solve(self.problem, time_limit=limit * PLAN_SHARE, seed=study.seed, should_stop=self.ears)
        if self.before.objective is None:
            return
        self.before = with_prices(self.problem, self.before, PRICE_SECONDS)
        self.read_candidates()
        self.ears.stage("choosing")
        self.package = best_package(
            self.problem,
            self.candidates,
            budget=float(study.budget_rupiah),
            space=float(study.floor_m2),
            floor=floor_of(study),
            time_limit=max(1.0, limit - self.ears.seconds),
            seed=study.seed,
            should_stop=self.ears,
            plan=self.before,
        )

    def read_candidates(self) -> None:
        """What each intervention is to the planner; those that give nothing here are told with the reason."""
        found = []
        for item in self.items:
            item.shares = shares_of(item.intervention.ramp, self.study.weeks)
            one = candidate_of(item.intervention, self.problem, item.shares)
            if isinstance(one, str):
                self.idle.append({"item": item.pk, "why": one})
            else:
                found.append(one)
        self.candidates = tuple(found)

    def keep(self) -> None:
        """Write all of it, inside the caller's transaction."""
        from wadah.planning.invest.candidate import with_candidates

        study, package = self.study, self.package
        assert package is not None
        chosen = [one for one in self.candidates if one.id in package.chosen]
        grown = with_candidates(self.problem, chosen)
        self.keep_items(grown, package)
        study.status, study.stage = Status.DONE, ""
        study.seconds, study.stopped = self.ears.seconds, "asked to stop" if self.ears.asked else ""
        study.best_before_rupiah, study.bound_before_rupiah = package.before, package.before_bound
        study.best_after_rupiah, study.bound_after_rupiah = package.after, package.after_bound
        study.gain_rupiah, study.most_rupiah = package.saved, package.most
        study.promised_rupiah = package.promised
        study.shown = {
            "before": figures_of(self.problem, self.before),
            "after": figures_of(grown, package.plan),
            "proven": package.proven,
            "plans": package.plans,
            "idle": self.idle,
            "cost": round(package.cost),
            "space": round(package.space),
        }
        study.problem_file = packed(problem_to_dict(self.problem))
        study.plan_before_file, study.plan_after_file = (
            packed(plan_to_dict(plan)) for plan in (self.before, package.plan)
        )
        study.save()

    def keep_items(self, grown: Problem, package: Package) -> None:
        worth = {one.id: one for one in package.worth}
        for item in self.items:
            key = str(item.intervention_id)
            item.chosen = key in package.chosen
            if key in worth:
                item.price_rupiah, item.alone_rupiah = worth[key].price, worth[key].alone
                item.settled = worth[key].settled
            if item.chosen:
                made = made_with(item.intervention, grown, package.plan, self.before)
                item.planned_pieces, item.planned_hours = made
        StudyItem.objects.bulk_update(
            self.items,
            ["shares", "chosen", "price_rupiah", "alone_rupiah", "settled", "planned_pieces", "planned_hours"],
            batch_size=200,
        )


def floor_of(study: Study) -> Floor:
    """The fairness floor that the study asks for."""
    from wadah.planning.invest import Floor

    least = float(study.least_rupiah_area)
    return Floor(study.least_areas, tuple((code, least) for code in study.areas) if least else ())
