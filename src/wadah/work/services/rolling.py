"""Work that is late moves on: once a week is over, what isn't handed over or given up of it takes hours of this one.

The promise stays (WorkOrder.promise_week), the hours move with it, also beyond what there is (docs/work.md W5).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from wadah.base.clock import monday, today
from wadah.base.history import history_keep, history_line
from wadah.plans.commitments.selectors import commitments_before
from wadah.plans.commitments.services import commitment_move
from wadah.work.models import WorkOrder
from wadah.work.words import WorkOrderStatus

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
    """One promise with its work orders; False where somebody else has moved it already."""
    before = commitment.week_start
    if not commitment_move(commitment=commitment, week_start=week):
        return False
    orders = WorkOrder.objects.select_for_update(of=("self",)).filter(
        cooperative=commitment.cooperative_id,
        part=commitment.part_id,
        workshop=commitment.workshop_id,
        week_start=before,
        status__in=[WorkOrderStatus.OPEN, WorkOrderStatus.STARTED],
    )
    rows = list(orders.order_by("id"))
    WorkOrder.objects.filter(pk__in=[row.pk for row in rows]).update(week_start=week)
    old, new = {"week_start": before}, {"week_start": week}
    history_keep(history_line(user=None, act="work_order_roll", row=row, old=old, new=new) for row in rows)
    return True
