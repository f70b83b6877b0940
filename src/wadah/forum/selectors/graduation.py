"""How far experiments have come on their way to the register, and what each still lacks (docs/city.md F8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from wadah.base.clock import business_date, today
from wadah.catalogue.models import Rate
from wadah.catalogue.selectors import on_day
from wadah.catalogue.selectors.gaps import maker_gaps
from wadah.forum.models import Graduation
from wadah.forum.words import GraduationStatus
from wadah.register.models import Workshop
from wadah.work.selectors.trials import elements_of, trial_inspections
from wadah.work.words import ElementStatus, InspectionStatus, TrialStatus

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import QuerySet

    from wadah.accounts.models import User
    from wadah.forum.models import Experiment
    from wadah.work.models import Trial

RELATED = ("experiment__community", "cooperative", "workshop__ikm", "skill", "part", "trial__approval", "asked_by")


def graduations_all() -> QuerySet[Graduation]:
    """Every way, the last asked for first; those of experiments that were taken back are left out."""
    return Graduation.objects.filter(experiment__withdrawn_at__isnull=True).select_related(*RELATED)


def graduations_of(experiment: Experiment) -> QuerySet[Graduation]:
    return experiment.graduations.select_related(*RELATED)


def graduations_seen(
    user: User | None, *, cooperatives: Collection[int] = (), officer: bool = False
) -> QuerySet[Graduation]:
    """Ways that a person asked for, those that lie before cooperatives that they manage; an officer sees all."""
    if officer:
        return graduations_all()
    mine = Q(asked_by=user) if user else Q(pk__in=[])
    return graduations_all().filter(mine | Q(cooperative__in=cooperatives))


def graduated(rows: QuerySet[Graduation]) -> QuerySet[Graduation]:
    """Those whose trial was approved: a capability in the register."""
    return rows.filter(trial__status=TrialStatus.APPROVED)


@dataclass(frozen=True, slots=True)
class Steps:
    """Where a way stands. Days are None for what hasn't come yet.

    lot_passed: whether the trial lot has passed inspection; elements_lacking: how many of those asked for aren't
    accepted; refused: the trial was refused or stopped; plannable: approved, with a rate and all papers of today, so
    that a plan may count on it.
    """

    asked_on: date
    product_on: date | None
    trial_on: date | None
    capability_on: date | None
    stopped: bool
    refused: bool
    lot_passed: bool
    elements_lacking: int
    plannable: bool


def steps_of(row: Graduation) -> Steps:
    """Twelve queries at most."""
    trial, open_now = row.trial, row.trial is not None and row.trial.status == TrialStatus.OPEN
    approved = trial is not None and trial.status == TrialStatus.APPROVED
    return Steps(
        asked_on=business_date(row.asked_at),
        product_on=business_date(row.product_at) if row.product_at else None,
        trial_on=business_date(row.trial_at) if row.trial_at else None,
        capability_on=business_date(trial.decided_at) if approved and trial and trial.decided_at else None,
        stopped=row.status == GraduationStatus.STOPPED,
        refused=trial is not None and not approved and not open_now,
        lot_passed=trial is not None and lot_passed(trial),
        elements_lacking=lacking(trial) if trial is not None and open_now else 0,
        plannable=approved and plannable(row),
    )


def lot_passed(trial: Trial) -> bool:
    return any(one.status == InspectionStatus.PASSED for one in trial_inspections(trial))


def lacking(trial: Trial) -> int:
    return sum(one.asked and one.status != ElementStatus.ACCEPTED for one in elements_of(trial))


def plannable(row: Graduation) -> bool:
    """Whether workshop and part have today what planning asks for: a rate, leave, certificates."""
    if row.part is None or row.workshop_id is None:
        return False
    rated = Rate.objects.filter(on_day(today()), part=row.part, workshop=row.workshop_id).exists()
    return rated and not maker_gaps(row.part, Workshop.objects.filter(pk=row.workshop_id), today())[row.workshop_id]
