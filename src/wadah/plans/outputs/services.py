"""When the figures of parts are worked out: as a plan comes into force, and again as days pass."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from wadah.base.clock import now
from wadah.plans.models import PartOutput, PlanRun
from wadah.plans.outputs.job import queue
from wadah.register.models import Cooperative, Membership

if TYPE_CHECKING:
    from django.db.models import QuerySet

FRESH = timedelta(days=1)


def outputs_queue(*, cooperative: Cooperative) -> None:
    """Have a cooperative's figures worked out in the background; asked twice before they are, once."""
    queue(cooperative.pk, 0)


def outputs_refresh() -> int:
    """Have those worked out that are missing, older than a day or of a plan that is no longer in force; how many
    cooperatives. Done now and then by a worker."""
    force = dict(PlanRun.objects.filter(status=PlanRun.Status.PUBLISHED).values_list("cooperative_id", "pk"))
    told: dict[int, set[int | None]] = {}
    for cooperative, run in PartOutput.objects.filter(worked_out_at__gte=now() - FRESH).values_list(
        "cooperative_id", "run_id"
    ):
        told.setdefault(cooperative, set()).add(run)
    stale = [row for row in cooperatives_at_work() if told.get(row.pk) != {force.get(row.pk)}]
    for row in stale:
        outputs_queue(cooperative=row)
    return len(stale)


def cooperatives_at_work() -> QuerySet[Cooperative]:
    """Cooperatives with members: those that could make something."""
    held = Membership.objects.filter(role=Membership.Role.MEMBER, left_on__isnull=True)
    return Cooperative.objects.filter(pk__in=held.values("cooperative"))
