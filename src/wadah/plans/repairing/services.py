"""Asking how what won't come is made up for, and putting exactly the plan that was shown into force."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wadah.base.clock import now
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_record
from wadah.base.jobs import job_queue
from wadah.catalogue.models import Part
from wadah.demand.models import OrderLine
from wadah.plans.edits.telling import PLAN
from wadah.plans.keep import keep, ready_of
from wadah.plans.models import PlanAnswer, PlanRun
from wadah.plans.repairing.job import JOB, unpacked
from wadah.plans.repairing.rules import as_json
from wadah.plans.repairing.selectors import repair_mark
from wadah.plans.services import plan_publish
from wadah.plans.snapshot import Snapshot, line_id
from wadah.register.models import Workshop

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wadah.accounts.models import User
    from wadah.planning.problem import Problem
    from wadah.plans.repairing.rules import Asked
    from wadah.register.models import Cooperative

CHUNK = 5_000  # keys of one query


@transaction.atomic
def repair_ask(*, cooperative: Cooperative, asked: Asked, by: User | None) -> PlanAnswer:
    """Have it worked out how the plan in force makes up for what is known; an answer that stands is given back.

    Raises Refused where nothing is to be mended or no plan is in force.
    """
    run = force_lock(cooperative)
    if not asked.troubles:
        raise Refused(_("Nothing is to be mended."))
    row, _made = PlanAnswer.objects.select_for_update().get_or_create(
        run=run,
        question=PlanAnswer.Question.REPAIR,
        about=repair_mark(run, asked),
        defaults={"asked_by": by, "asked_at": now()},
    )
    if row.result is None and not row.is_working:
        payload = {"answer": row.pk, "asked": as_json(asked), "language": get_language() or "id"}
        row.job = job_queue(name=JOB, payload=payload, key=f"plan-repair-{row.pk}")
        row.asked_by, row.asked_at = by, now()
        row.save(update_fields=["job", "asked_by", "asked_at"])
    return row


@transaction.atomic
def repair_apply(*, cooperative: Cooperative, asked: Asked, about: str, by: User) -> PlanRun:
    """Exactly the plan that was shown for the mark `about` comes into force; asked: what is known now.

    Raises Conflict where something changed since, or no plan was found.
    """
    run = force_lock(cooperative)
    answer = PlanAnswer.objects.select_for_update().filter(run=run, question="repair", about=about).first()
    current = about == repair_mark(run, asked)
    if not current or answer is None or answer.result is None or answer.result["status"] != PLAN:
        raise Conflict(_("Something changed since this was worked out. Look at what it comes to now, then apply."))
    plan, problem, promised = unpacked(bytes(answer.plans_file))
    draft = PlanRun.objects.create(
        cooperative=cooperative,
        start_on=problem.calendar.start,
        weeks=problem.periods,
        time_limit_seconds=1,
        promises_read_at=now(),
        stock_read_at=run.stock_read_at,
        change_cost_rupiah_piece=run.change_cost_rupiah_piece,
        based_on=run,
        created_by=by,
        created_at=now(),
    )
    keep(draft, replace(rows_named(problem), from_stock=ready_of(run)), plan, promised)
    plan_publish(run=draft, by=by, mending=True)
    draft.refresh_from_db(fields=["status", "published_by", "published_at"])
    history_record(user=by, act="plan_repair_apply", row=draft, new={"based_on": run.pk, "mended": len(asked.troubles)})
    return draft


def force_lock(cooperative: Cooperative) -> PlanRun:
    """The plan in force, held until the transaction ends. Raises Refused where there is none."""
    rows = PlanRun.objects.select_for_update(of=("self",)).filter(
        cooperative=cooperative, status=PlanRun.Status.PUBLISHED
    )
    run = rows.first()
    if run is None:
        raise Refused(_("No plan is in force, so there is none to mend. Make a plan and publish it."))
    return run


def rows_named(problem: Problem) -> Snapshot:
    """The rows that a problem's ids stand for. Raises Conflict where one is gone."""
    parts = {row.code: row for keys in chunks(problem.part) for row in Part.objects.filter(code__in=keys)}
    shops = {row.code: row for keys in chunks(problem.workshop) for row in Workshop.objects.filter(code__in=keys)}
    numbers = {name.rsplit("/", 1)[0] for name in problem.order}
    lines = {
        line_id(row): row
        for keys in chunks(numbers)
        for row in OrderLine.objects.filter(order__number__in=keys).select_related("order", "part")
    }
    gone = (set(problem.part) - set(parts)) | (set(problem.workshop) - set(shops)) | (set(problem.order) - set(lines))
    if gone:
        words = {"what": ", ".join(sorted(gone)[:3])}
        raise Conflict(_("%(what)s changed since this plan was made. Plan again first.") % words)
    return Snapshot(problem, parts, shops, lines)


def chunks(keys: Iterable[str]) -> Iterable[list[str]]:
    every = sorted(keys)
    return (every[at : at + CHUNK] for at in range(0, len(every), CHUNK))
