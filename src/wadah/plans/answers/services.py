"""Asking for the ways out of a late or short line, and making one of them a draft that can be published."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import now
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_record
from wadah.base.jobs import job_queue
from wadah.planning.plandoc import plan_from_dict
from wadah.plans.answers.job import JOB
from wadah.plans.answers.telling import DOABLE, changes_of
from wadah.plans.drafts import LIVE, draft_from
from wadah.plans.keep import problem_kept
from wadah.plans.models import PlanAnswer, PlannedLine
from wadah.plans.snapshot import line_id

if TYPE_CHECKING:
    from wadah.accounts.models import User
    from wadah.plans.models import PlanRun

ALMOST_NONE = 1e-6


@transaction.atomic
def ways_ask(*, line: PlannedLine, by: User) -> PlanAnswer:
    """Have the ways out of a line worked out. An answer that stands or is being worked out is given back as it is.

    Raises Refused where the line is whole and in time, Conflict where its plan is neither a draft nor in force.
    """
    if line.run.status not in LIVE:
        raise Conflict(_("This plan is neither a draft nor in force any more. Ask on the plan in force."))
    if line.late <= ALMOST_NONE and line.short <= ALMOST_NONE:
        raise Refused(_("This order line is delivered in full and on time. There is nothing to mend."))
    row, _made = PlanAnswer.objects.select_for_update().get_or_create(
        run=line.run,
        question=PlanAnswer.Question.WAYS,
        about=line_id(line.line),
        defaults={"asked_by": by, "asked_at": now()},
    )
    if row.result is None and not row.is_working:
        row.job = job_queue(name=JOB, payload={"answer": row.pk}, key=f"plan-ways-{row.pk}")
        row.asked_by, row.asked_at = by, now()
        row.save(update_fields=["job", "asked_by", "asked_at"])
    return row


@transaction.atomic
def way_apply(*, line: PlannedLine, place: int, by: User) -> PlanRun:
    """Make the way at `place` (0 is the first) a draft: exactly the plan that was shown. Nothing in force changes.

    Raises Conflict where there is no such way (any more), Refused where a person must do something first.
    """
    run = line.run
    answer = PlanAnswer.objects.filter(run=run, question=PlanAnswer.Question.WAYS, about=line_id(line.line)).first()
    if run.status not in LIVE or answer is None or answer.result is None or place >= len(answer.result["ways"]):
        raise Conflict(_("This way out isn't there any more. Look for ways out again."))
    way = answer.result["ways"][place]
    if way["kind"] not in DOABLE:
        raise Refused(_("Somebody must do this first. Record it once it is done, then plan again."))
    problem = problem_kept(run)
    for change in changes_of(way):
        problem = change.apply(problem)
    plan = plan_from_dict(json.loads(gzip.decompress(bytes(answer.plans_file)))[place])
    draft = draft_from(run, problem, plan, by=by)
    history_record(user=by, act="plan_way_apply", row=draft, new={"based_on": run.pk, "kind": way["kind"]})
    return draft
