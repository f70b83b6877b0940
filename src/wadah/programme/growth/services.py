"""Asking the growth question and stopping it, and the dated figures that it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wadah.base.clock import now
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_record, history_values
from wadah.base.jobs import DIED, job_queue, job_stop
from wadah.programme.growth.job import JOB
from wadah.programme.models import GrowthFigure, GrowthRun
from wadah.programme.models.growth import FACTOR_MAX, MONTHS_MAX

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from wadah.accounts.models import User
    from wadah.programme.models import RampCurve
    from wadah.register.models import Area, Cooperative, Skill

SECONDS_MAX = 120
GROUPS_A_MONTH_MAX = 100
Status = GrowthRun.Status


@transaction.atomic
def growth_run_start(
    *,
    cooperative: Cooperative,
    start_on: date,
    by_month: int,
    target: Decimal,
    ramp: RampCurve,
    areas: Iterable[Area] = (),
    groups_a_month: int = 0,
    seconds_each: int = 10,
    by: User | None = None,
) -> GrowthRun:
    """Queue the question how many groups more cover the year that begins by_month (0 … 60) months after start_on.

    Raises Refused where a number is out of range, Conflict while another question of this cooperative is at work.
    """
    numbers_check(by_month, target, groups_a_month, seconds_each)
    growth_runs_bury(cooperative=cooperative)
    try:
        with transaction.atomic():
            run = GrowthRun.objects.create(
                cooperative=cooperative,
                start_on=start_on.replace(day=1),
                by_month=by_month,
                target=target,
                ramp=ramp,
                groups_a_month=groups_a_month,
                seconds_each=seconds_each,
                asked_by=by,
                asked_at=now(),
            )
    except IntegrityError:
        raise Conflict(
            _("This question is being worked out already for %(cooperative)s. Wait for it, or stop it.")
            % {"cooperative": cooperative.name}
        ) from None
    run.areas.set(areas)
    run.job = job_queue(name=JOB, payload={"run": run.pk}, key=f"growth-run-{run.pk}")
    run.save(update_fields=["job"])
    history_record(user=by, act="growth_run_start", row=run, new=history_values(run, ["start_on", "by_month"]))
    return run


def numbers_check(by_month: int, target: Decimal, groups_a_month: int, seconds_each: int) -> None:
    for field, value, least, most in (
        ("by_month", by_month, 0, MONTHS_MAX),
        ("groups_a_month", groups_a_month, 0, GROUPS_A_MONTH_MAX),
        ("seconds_each", seconds_each, 1, SECONDS_MAX),
    ):
        if not least <= value <= most:
            raise Refused(
                _("Choose %(least)s to %(most)s, not %(got)s.") % {"least": least, "most": most, "got": value},
                field=field,
            )
    if not 0 < target <= 1:
        raise Refused(_("The share to be covered lies above 0 and is 100 % at most."), field="target")


def growth_runs_bury(*, cooperative: Cooperative) -> None:
    """A run whose job ended without it (its worker died again and again) has failed."""
    GrowthRun.objects.filter(
        cooperative=cooperative,
        status__in=[Status.QUEUED, Status.RUNNING],
        job__status__in=["failed", "stopped", "done"],
    ).update(status=Status.FAILED, why=DIED, ended_at=now())


@transaction.atomic
def growth_run_stop(*, run: GrowthRun, by: User | None) -> None:
    """End now with what the plans so far show; one that hasn't begun ends with nothing. Raises Conflict: it is over."""
    if not run.is_working or run.job_id is None:
        raise Conflict(_("This question has been answered already."))
    job_stop(job_id=run.job_id)
    GrowthRun.objects.filter(pk=run.pk, status=Status.QUEUED, job__status="stopped").update(
        status=Status.STOPPED, ended_at=now()
    )
    history_record(user=by, act="growth_run_stop", row=run)


@transaction.atomic
def growth_figure_put(
    *,
    kind: str,
    value: Decimal,
    valid_from: date,
    source: str,
    confidence: str = "assumed",
    skill: Skill | None = None,
    month: int | None = None,
    by: User | None = None,
) -> GrowthFigure:
    """Write down a figure from a day on; one of the same day is corrected. Older ones stay, for older answers.

    Raises Refused where it has no source, is out of range, or the process and month don't go with its kind.
    """
    weather = kind == GrowthFigure.Kind.WEATHER
    if weather and (skill is None or month is None):
        raise Refused(_("Say for which process and which month the weather counts."), field="month")
    if not weather:
        skill = month = None
    if not source.strip():
        raise Refused(_("Say where this figure comes from; “assumed” is an answer too."), field="source")
    if value < 0 or (weather and not 0 < value <= FACTOR_MAX):
        raise Refused(
            _("A month's output lies above 0 and is %(most)s times the rate at most.") % {"most": FACTOR_MAX}
            if weather
            else _("This figure can't be below zero."),
            field="value",
        )
    facts: dict[str, Any] = {"value": value, "source": source.strip(), "confidence": confidence}
    key = {"kind": kind, "skill": skill, "month": month, "valid_from": valid_from}
    row = GrowthFigure.objects.select_for_update().filter(**key).first()
    old = history_values(row, facts) if row else {}
    row = row or GrowthFigure(**key)
    for name, fact in facts.items():
        setattr(row, name, fact)
    row.save()
    if by:
        history_record(user=by, act="growth_figure_put", row=row, old=old, new=history_values(row, facts))
    return row
