"""Work that is late moves on: once a week is over, what isn't handed over or given up of it takes hours of this one.

The promise stays (WorkOrder.promise_week), the hours move with it, also beyond what there is (docs/work.md W5).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from wadah.base.clock import monday, today
from wadah.base.history import history_keep, history_line
from wadah.plans.commitments.selectors import commitments_before
from wadah.plans.commitments.services import bucket_lock, commitment_move
from wadah.work.models import WorkOrder
from wadah.work.services.orders import standing
from wadah.work.words import WorkOrderKind, WorkOrderStatus

if TYPE_CHECKING:
    from datetime import date

    from wadah.plans.models import Commitment
    from wadah.register.models import Cooperative


def promises_roll(cooperative: Cooperative | None = None) -> int:
    """Moves every promise of a week that is over into this one; how many. Swept; done twice it moves nothing more."""
    week = monday(today())
    return sum(promise_roll(row, week) for row in commitments_before(week, cooperative))


@transaction.atomic
def promise_roll(commitment: Commitment, week: date) -> bool:
    """What is still in work of one promise, with its work orders; False where nothing is, or it was moved already.

    What was handed over stays in the week that it took the hours of.
    """
    before = commitment.week_start
    bucket_lock(commitment.workshop, before)
    orders = WorkOrder.objects.select_for_update(of=("self",)).filter(
        cooperative=commitment.cooperative_id,
        part=commitment.part_id,
        workshop=commitment.workshop_id,
        week_start=before,
        status__in=[WorkOrderStatus.OPEN, WorkOrderStatus.STARTED],
    )
    rows = list(orders.exclude(kind=WorkOrderKind.TRIAL).order_by("id"))
    left = sum((standing(row).in_work for row in rows), Decimal(0))
    if left <= 0 or not commitment_move(commitment=commitment, week_start=week, pieces=left):
        return False
    WorkOrder.objects.filter(pk__in=[row.pk for row in rows]).update(week_start=week)
    old, new = {"week_start": before}, {"week_start": week}
    history_keep(history_line(user=None, act="work_order_roll", row=row, old=old, new=new) for row in rows)
    return True
