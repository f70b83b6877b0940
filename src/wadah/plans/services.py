"""Writing plans: start a run, carry it out in the background, publish or discard what came out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wadah.base.clock import monday, now, today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_record
from wadah.base.jobs import DIED, job_queue, job_stop
from wadah.demand.selectors import orders_seen
from wadah.demand.services import order_move
from wadah.demand.words import OrderStatus
from wadah.plans.models import PlanRun
from wadah.plans.offers.promises import publish_check
from wadah.plans.outputs.services import outputs_queue
from wadah.plans.run import JOB

if TYPE_CHECKING:
    from datetime import date

    from wadah.accounts.models import User
    from wadah.register.models import Cooperative

Status = PlanRun.Status

WEEKS_MAX = 104
SECONDS_MAX = 3600
AGAIN_SECONDS = 30


@transaction.atomic
def plan_run_start(
    *,
    cooperative: Cooperative,
    start_on: date,
    weeks: int,
    time_limit_seconds: int = 60,
    seed: int = 0,
    change_cost_rupiah_piece: int = 0,
    by: User | None = None,
) -> PlanRun:
    """Queue a run of the planner from the Monday of `start_on`, 1 … 104 weeks, 1 … 3600 seconds.

    Raises Refused where a number is out of range, Conflict while another run of this cooperative is at work.
    """
    if not 1 <= weeks <= WEEKS_MAX:
        raise Refused(_("Choose 1 to %(most)s weeks, not %(got)s.") % {"most": WEEKS_MAX, "got": weeks}, field="weeks")
    if not 1 <= time_limit_seconds <= SECONDS_MAX:
        raise Refused(
            _("Choose 1 to %(most)s seconds, not %(got)s.") % {"most": SECONDS_MAX, "got": time_limit_seconds},
            field="time_limit_seconds",
        )
    plan_runs_bury(cooperative=cooperative)
    try:
        with transaction.atomic():
            run = PlanRun.objects.create(
                cooperative=cooperative,
                start_on=monday(start_on),
                weeks=weeks,
                time_limit_seconds=time_limit_seconds,
                seed=seed,
                change_cost_rupiah_piece=change_cost_rupiah_piece,
                created_by=by,
                created_at=now(),
            )
    except IntegrityError:
        raise Conflict(
            _("A plan of this cooperative is being made already. Wait for it, or use what it has.")
        ) from None
    run.job = job_queue(name=JOB, payload={"run": run.pk}, key=f"plan-run-{run.pk}")
    run.save(update_fields=["job"])
    return run


@transaction.atomic
def plan_run_again(*, run: PlanRun, by: User) -> PlanRun:
    """Plan anew, with all that members said by now, as a draft was asked for; the draft is put aside.

    From this week on at the earliest; of a draft that was made from another plan, whose search was short, with the time
    that a plan has unless somebody says otherwise.
    Raises Conflict where it is no draft any more, or another run of this cooperative is at work.
    """
    plan_discard(run=run, by=by)
    seconds = AGAIN_SECONDS if run.based_on_id else run.time_limit_seconds
    return plan_run_start(
        cooperative=run.cooperative,
        start_on=max(run.start_on, monday(today())),
        weeks=run.weeks,
        time_limit_seconds=seconds,
        seed=run.seed,
        change_cost_rupiah_piece=run.change_cost_rupiah_piece,
        by=by,
    )


def plan_runs_bury(*, cooperative: Cooperative) -> None:
    """A run whose job ended without it (its worker died again and again) has failed."""
    dead = PlanRun.objects.filter(
        cooperative=cooperative,
        status__in=[Status.QUEUED, Status.RUNNING],
        job__status__in=["failed", "stopped", "done"],
    )
    dead.update(status=Status.FAILED, stopped=DIED)


def plan_run_use_best(*, run: PlanRun, by: User) -> None:
    """Ask a run at work to end now with the best plan it has. A run that hasn't begun is discarded."""
    if not run.is_working or run.job_id is None:
        raise Conflict(_("This run has ended already."))
    job_stop(job_id=run.job_id)
    PlanRun.objects.filter(pk=run.pk, status=Status.QUEUED, job__status="stopped").update(status=Status.DISCARDED)
    history_record(user=by, act="plan_run_use_best", row=run)


@transaction.atomic
def plan_publish(*, run: PlanRun, by: User, mending: bool = False) -> None:
    """A draft becomes the plan of its cooperative; the one published before is replaced, its orders stay planned.

    mending: it makes up for what won't come, so that the plan in force can't be relied on; the promises that it breaks
    were named before.

    Raises Conflict where it is no draft any more, Refused where it breaks a promise that the plan in force keeps.
    """
    locked = PlanRun.objects.select_for_update().get(pk=run.pk)
    if locked.status != Status.DRAFT:
        raise Conflict(_("Only a draft can be published, and this plan is not a draft any more."))
    if not mending:
        publish_check(locked)
    PlanRun.objects.filter(cooperative=locked.cooperative_id, status=Status.PUBLISHED).update(status=Status.SUPERSEDED)
    locked.status, locked.published_by, locked.published_at = Status.PUBLISHED, by, now()
    locked.save(update_fields=["status", "published_by", "published_at"])
    for order in orders_seen(cooperatives=[locked.cooperative_id], buyers=[]).filter(
        status=OrderStatus.CONFIRMED, lines__in=locked.lines.values("line")
    ):
        order_move(order=order, to=OrderStatus.PLANNED, by=by)
    outputs_queue(cooperative=locked.cooperative)
    history_record(user=by, act="plan_publish", row=locked, old={"status": run.status}, new={"status": locked.status})


@transaction.atomic
def plan_discard(*, run: PlanRun, by: User) -> None:
    """Throw a draft away; it stays in the list, marked."""
    changed = PlanRun.objects.filter(pk=run.pk, status=Status.DRAFT).update(status=Status.DISCARDED)
    if not changed:
        raise Conflict(_("Only a draft can be discarded, and this plan is not a draft any more."))
    history_record(user=by, act="plan_discard", row=run, old={"status": Status.DRAFT}, new={"status": Status.DISCARDED})
