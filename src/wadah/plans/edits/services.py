"""Edits of a plan: added, taken back, brought back, dropped, worked out, and made a draft. Nothing in force changes."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wadah.base.clock import now
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_record
from wadah.base.jobs import job_queue
from wadah.catalogue.selectors import part_names_by_code
from wadah.planning.plandoc import plan_from_dict
from wadah.plans.drafts import LIVE, draft_from
from wadah.plans.edits.checks import edit_check
from wadah.plans.edits.job import JOB
from wadah.plans.edits.rules import MOVE, Ground, changes_of
from wadah.plans.edits.selectors import edits_draft, edits_mark, now_in, plain, run_edits, standing
from wadah.plans.edits.telling import PLAN
from wadah.plans.keep import plan_kept, problem_kept
from wadah.plans.models import PlanAnswer, PlanEdit, PlanRun
from wadah.plans.rules import Horizon

if TYPE_CHECKING:
    from wadah.accounts.models import User
    from wadah.catalogue.models import Part
    from wadah.register.models import Workshop

EDITS_MAX = 30  # at once; more than anyone can follow, and looking for those at fault stays short


@transaction.atomic
def edit_add(
    *,
    run: PlanRun,
    kind: str,
    workshop: Workshop,
    part: Part | None,
    first_period: int,
    last_period: int | None = None,
    quantity: float | None = None,
    to_workshop: Workshop | None = None,
    to_period: int | None = None,
    by: User,
) -> PlanEdit:
    """One edit more, and what all of them come to is worked out anew.

    last_period: the first one where left out; quantity (pieces, > 0), to_workshop, to_period: of a move.
    Raises Conflict where the plan is neither a draft nor in force, Refused where the edit can't be meant (checks.py).
    """
    locked = locked_run(run)
    rows = run_edits(locked)
    if len(standing(rows)) >= EDITS_MAX:
        raise Refused(_("There are %(most)s edits already. Apply them, or take some back.") % {"most": EDITS_MAX})
    row = PlanEdit(
        run=locked,
        kind=kind,
        workshop=workshop,
        part=part,
        first_period=first_period,
        last_period=first_period if last_period is None else last_period,
        quantity=quantity if kind == MOVE else None,
        to_workshop=to_workshop if kind == MOVE else None,
        to_period=to_period if kind == MOVE else None,
        made_by=by,
        made_at=now(),
    )
    edit_check(plain(row), ground_of(locked, rows))
    row.save()
    history_record(user=by, act=f"plan_edit_{row.kind}", row=locked, new=in_history(row))
    edits_ask(run=locked, by=by)
    return row


@transaction.atomic
def edit_take_back(*, edit: PlanEdit, by: User) -> None:
    """The edit no longer counts; it can be brought back. Raises Conflict where it doesn't count already."""
    run = locked_run(edit.run)
    if not PlanEdit.objects.filter(pk=edit.pk, undone_at=None).update(undone_at=now()):
        raise Conflict(_("This edit was taken back already."))
    history_record(user=by, act="plan_edit_take_back", row=run, old=in_history(edit))
    edits_ask(run=run, by=by)


@transaction.atomic
def edit_bring_back(*, edit: PlanEdit, by: User) -> None:
    """The edit counts again. Raises Conflict where it does already, Refused where others leave no room for it now."""
    run = locked_run(edit.run)
    rows = run_edits(run)
    row = next(row for row in rows if row.pk == edit.pk)
    if row.undone_at is None:
        raise Conflict(_("This edit counts already."))
    if len(standing(rows)) >= EDITS_MAX:
        raise Refused(_("There are %(most)s edits already. Apply them, or take some back.") % {"most": EDITS_MAX})
    edit_check(plain(row), ground_of(run, rows))
    PlanEdit.objects.filter(pk=row.pk).update(undone_at=None)
    history_record(user=by, act="plan_edit_bring_back", row=run, new=in_history(row))
    edits_ask(run=run, by=by)


@transaction.atomic
def edits_discard(*, run: PlanRun, by: User) -> int:
    """Take all edits back at once; how many. Each can be brought back. Raises Conflict where there is none."""
    locked = locked_run(run)
    count = PlanEdit.objects.filter(run=locked, undone_at=None).update(undone_at=now())
    if not count:
        raise Conflict(_("There is no edit to drop."))
    history_record(user=by, act="plan_edits_discard", row=locked, old={"edits": count})
    return count


@transaction.atomic
def edits_ask(*, run: PlanRun, by: User) -> PlanAnswer | None:
    """Have what the edits come to worked out; an answer that stands or is being worked out is given back as it is.

    None where there is no edit. Raises Conflict where the plan is neither a draft nor in force.
    """
    locked = locked_run(run)
    rows = run_edits(locked)
    if not standing(rows):
        return None
    row, _made = PlanAnswer.objects.select_for_update().get_or_create(
        run=locked,
        question=PlanAnswer.Question.EDITS,
        about=edits_mark(locked, rows),
        defaults={"asked_by": by, "asked_at": now()},
    )
    if row.result is None and not row.is_working:
        row.job = job_queue(name=JOB, payload={"answer": row.pk}, key=f"plan-edits-{row.pk}")
        row.asked_by, row.asked_at = by, now()
        row.save(update_fields=["job", "asked_by", "asked_at"])
    return row


@transaction.atomic
def edits_apply(*, run: PlanRun, about: str, by: User) -> PlanRun:
    """Make the edited plan a draft: exactly the one shown for the edits with the mark `about`.

    Applied again, the same draft is given back while it lives. Raises Conflict where the edits, or the plan, changed.
    """
    from wadah.planning.edited import edited_problem

    locked = locked_run(run)
    rows = run_edits(locked)
    answer = PlanAnswer.objects.select_for_update().filter(run=locked, question="edits", about=about).first()
    current = about == edits_mark(locked, rows)
    if not current or answer is None or answer.result is None or answer.result["status"] != PLAN:
        raise Conflict(_("The edits changed since this was worked out. Look at what they come to now, then apply."))
    made = edits_draft(locked, answer)
    if made is not None:
        return made
    edits = [changes_of(plain(row)) for row in standing(rows)]
    problem = edited_problem(problem_kept(locked), plan_kept(locked), edits, first=now_in(locked))
    plan = plan_from_dict(json.loads(gzip.decompress(bytes(answer.plans_file)))[0])
    draft = draft_from(locked, problem, plan, by=by)
    answer.result = answer.result | {"draft": draft.pk}
    answer.save(update_fields=["result"])
    history_record(user=by, act="plan_edits_apply", row=draft, new={"based_on": locked.pk, "edits": len(edits)})
    history_record(user=by, act="plan_edits_apply", row=locked, new={"draft": draft.pk, "edits": len(edits)})
    return draft


def locked_run(run: PlanRun) -> PlanRun:
    """The run, held until the transaction ends: edits are held against each other. Raises Conflict."""
    locked = PlanRun.objects.select_for_update().get(pk=run.pk)
    if locked.status not in LIVE or locked.best_rupiah is None:
        raise Conflict(_("This plan is neither a draft nor in force any more. Edit the plan in force."))
    return locked


def ground_of(run: PlanRun, rows: list[PlanEdit]) -> Ground:
    plan = plan_kept(run)
    language = "en" if (get_language() or "id").startswith("en") else "id"
    return Ground(
        problem=problem_kept(run),
        lots={(part, workshop, int(t)): x for part, workshop, t, x in plan.make if x > 0},
        horizon=Horizon(run.start_on, run.weeks),
        now=now_in(run),
        names=part_names_by_code(language),
        standing=tuple((number, plain(row)) for number, row in enumerate(rows, 1) if row.undone_at is None),
    )


def in_history(row: PlanEdit) -> dict[str, Any]:
    """The edit as its history keeps it: weeks by their Mondays, rows by their codes."""
    horizon = Horizon(row.run.start_on, row.run.weeks)
    kept: dict[str, Any] = {
        "workshop": row.workshop.code,
        "part": row.part.code if row.part else None,
        "first_week": horizon.monday(row.first_period).isoformat(),
        "last_week": horizon.monday(row.last_period).isoformat(),
    }
    if row.to_workshop is not None and row.to_period is not None:
        kept |= {"quantity": row.quantity, "to_workshop": row.to_workshop.code}
        kept["to_week"] = horizon.monday(row.to_period).isoformat()
    return kept
