"""How what won't come is made up for, worked out in the background and kept with the plan in force."""

from __future__ import annotations

import gzip
import json
import time
from typing import TYPE_CHECKING, Any

from django.utils.translation import override

from wadah.base.jobs import JobRun, job
from wadah.planning.plandoc import plan_from_dict, plan_to_dict
from wadah.planning.problemdoc import problem_from_dict, problem_to_dict
from wadah.plans.edits.job import Ears
from wadah.plans.edits.telling import told
from wadah.plans.models import PlanAnswer, PlanRun
from wadah.plans.offers.books import book_open
from wadah.plans.repairing.rules import from_json
from wadah.plans.repairing.stock import without_hub
from wadah.plans.run import planner_ready

if TYPE_CHECKING:
    from wadah.planning.edited import Edited
    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem
    from wadah.plans.offers.books import OpenBook
    from wadah.plans.repairing.ground import Ground, Key

JOB = "plans.repair"
PIECES = 1e-6


@job(JOB)
def repair_carry_out(job_run: JobRun) -> None:
    """Mend the plan that the answer is about; where another is in force by now, nothing is worked out."""
    from wadah.planning.plan import row_violations  # scipy and the solver load when they are needed
    from wadah.plans.repairing.ground import ground_of
    from wadah.plans.repairing.search import mended

    answer = PlanAnswer.objects.select_related("run", "run__cooperative").get(pk=job_run.payload["answer"])
    if answer.run.status != PlanRun.Status.PUBLISHED:
        return
    planner_ready(job_run, lambda stage: job_run.progress({"stage": stage}))
    job_run.progress({"stage": "reading"})
    began = time.monotonic()
    with override(job_run.payload["language"]):
        opened = book_open(answer.run.cooperative, (), answer.run.start_on, anew=True)
    ground = ground_of(opened, from_json(job_run.payload["asked"]))
    read = time.monotonic()
    found = mended(ground, should_stop=Ears(job_run))
    seconds = time.monotonic() - read
    if found.plan.objective is not None and (faults := row_violations(found.problem, found.plan)):
        raise RuntimeError(f"a repair of run {answer.run_id} breaks a rule: {faults[0]}")
    result = result_of(opened, ground, found, seconds)
    with job_run.effect():
        answer.result = result | {"reading": read - began}
        answer.plans_file = b"" if found.plan.objective is None else packed(found, ground)
        answer.save(update_fields=["result", "plans_file"])


def result_of(opened: OpenBook, ground: Ground, found: Edited, seconds: float) -> dict[str, Any]:
    """What pages say: as of an edited plan (edits.telling), and broken: ids of lines whose promise the plan in force
    keeps and this one doesn't; used_up: keys of troubles that only a new plan makes up for."""
    _problem, before = without_hub(ground.problem, ground.plan)
    result = told(before, found, [], seconds)
    if found.plan.objective is not None:
        kept, still = promises_in(opened, before), promises_in(opened, found.plan)
        result["broken"] = sorted(kept - still)
    return result | {"used_up": list(ground.used_up)}


def promises_in(opened: OpenBook, plan: Plan) -> set[str]:
    """Ids of lines that are promised to a buyer and that a plan hands over whole by their week."""
    by_then: dict[str, float] = {}
    for name, t, pieces in plan.deliver:
        line = opened.snapshot.lines.get(name)
        if line is not None and line.promised_on is not None and t <= opened.horizon.period(line.promised_on):
            by_then[name] = by_then.get(name, 0.0) + pieces
    orders = opened.book.problem.order
    return {name for name, pieces in by_then.items() if name in orders and pieces >= orders[name].quantity - PIECES}


def packed(found: Edited, ground: Ground) -> bytes:
    """The plan, its problem, and the pieces of its lots that are promised."""
    promised = [[*key, pieces] for key, pieces in sorted(ground.promised.items())]
    rows = [plan_to_dict(found.plan), problem_to_dict(found.problem), promised]
    return gzip.compress(json.dumps(rows, ensure_ascii=False).encode(), mtime=0)


def unpacked(content: bytes) -> tuple[Plan, Problem, dict[Key, float]]:
    plan, problem, promised = json.loads(gzip.decompress(content))
    held = {(part, workshop, int(period)): pieces for part, workshop, period, pieces in promised}
    return plan_from_dict(plan), problem_from_dict(problem), held
