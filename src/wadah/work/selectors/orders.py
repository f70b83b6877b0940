"""Work orders as people see them: a member's own, a manager's board, one with all that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import F, Q

from wadah.base.clock import now, today
from wadah.plans.models import Commitment
from wadah.plans.rules import Horizon
from wadah.plans.selectors import workshop_lots
from wadah.work.models import Lot, Milestone, Progress, WorkOrder
from wadah.work.words import LotOrigin, MilestoneStatus, WorkOrderStatus

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import QuerySet

    from wadah.catalogue.models import Part
    from wadah.demand.models import Order

OPEN = (WorkOrderStatus.OPEN, WorkOrderStatus.STARTED)
CARDS_MOST = 30
DONE_SHOWN = timedelta(days=14)
LAST = 60
HARDLY = 1e-6


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """key: "todo", "doing", "late" or "done"; count: of all that belong here; rows: the first CARDS_MOST of them."""

    key: str
    count: int
    rows: list[WorkOrder]


def work_orders() -> QuerySet[WorkOrder]:
    return WorkOrder.objects.select_related("part", "workshop__ikm", "cooperative", "line__order__buyer")


def work_orders_seen(cooperatives: Collection[int]) -> QuerySet[WorkOrder]:
    """All work orders of these cooperatives, the first due first."""
    return work_orders().filter(cooperative__in=cooperatives).order_by("due_on", "id")


def work_orders_of(workshops: Collection[int]) -> QuerySet[WorkOrder]:
    """All work orders of a member's workshops, the first due first."""
    return work_orders().filter(workshop__in=workshops).order_by("due_on", "id")


def late(day: date) -> Q:
    return Q(due_on__lt=day, status__in=OPEN)


def column_filter(key: str, day: date) -> Q:
    """Which work orders stand in a column of the board; a late one stands nowhere else."""
    return {
        "todo": Q(status=WorkOrderStatus.OPEN, due_on__gte=day),
        "doing": Q(status=WorkOrderStatus.STARTED, due_on__gte=day),
        "late": late(day),
        "done": Q(status=WorkOrderStatus.DONE, closed_at__gte=now() - DONE_SHOWN),
    }[key]


def board(rows: QuerySet[WorkOrder]) -> list[BoardColumn]:
    """The board's four columns of `rows`; eight queries, however many work orders there are."""
    day = today()
    columns = []
    for key in ("late", "todo", "doing", "done"):
        found = rows.filter(column_filter(key, day))
        found = found.order_by("-closed_at", "id") if key == "done" else found.order_by("due_on", "id")
        columns.append(BoardColumn(key, found.count(), list(found[:CARDS_MOST])))
    return columns


@dataclass(frozen=True, slots=True)
class Planned:
    """What the plan in force has in store for a workshop, without what it has promised already. week: its Monday."""

    week: date
    part: Part
    pieces: float
    hours: float
    pay_rupiah: float
    simulated: bool


def planned_ahead(workshops: Collection[int]) -> list[Planned]:
    """Planned work of these workshops that is no promise yet, the next week first. Two queries."""
    rows = Commitment.objects.filter(workshop__in=workshops)
    promised: dict[tuple[int, int, date], float] = {}
    for row in rows:
        key = (row.workshop_id, row.part_id, row.week_start)
        promised[key] = promised.get(key, 0.0) + float(row.pieces)
    found = []
    for lot in workshop_lots(workshops):
        week = Horizon(lot.run.start_on, lot.run.weeks).monday(lot.period)
        left = lot.quantity - promised.get((lot.workshop_id, lot.part_id, week), 0.0)
        if left > HARDLY:
            share = left / lot.quantity
            pay = lot.pay_rupiah * share
            found.append(Planned(week, lot.part, left, lot.hours * share, pay, lot.workshop.simulated))
    return sorted(found, key=lambda one: one.week)


def progress_of(work_order: WorkOrder) -> list[Progress]:
    """Its last reports, newest first."""
    return list(work_order.progress.select_related("by").order_by("-id")[:LAST])


def lots_made(work_order: WorkOrder) -> list[Lot]:
    """The lots handed over of it, newest first; what was split off or merged is told by the lots' own pages."""
    return list(work_order.lots.filter(origin=LotOrigin.MADE).order_by("-id")[:LAST])


def lots_of_member(workshops: Collection[int]) -> QuerySet[Lot]:
    """All lots that a member's workshops handed over, newest first."""
    return lots_handed_over(workshops, ())


def lots_handed_over(workshops: Collection[int], cooperatives: Collection[int]) -> QuerySet[Lot]:
    """All lots that these workshops handed over, or that members of these cooperatives did; newest first."""
    theirs = Q(work_order__workshop__in=workshops) | Q(cooperative__in=cooperatives)
    rows = Lot.objects.filter(theirs, origin=LotOrigin.MADE)
    return rows.select_related("part", "cooperative__area", "work_order__workshop__ikm").order_by("-id")


def ready_to_bring(workshops: Collection[int]) -> list[WorkOrder]:
    """Open work orders of which something is done and not handed over yet."""
    rows = work_orders_of(workshops).filter(status__in=OPEN, reported__gt=F("handed_over"))
    return list(rows[:LAST])


def milestones_of(work_order: WorkOrder) -> list[Milestone]:
    rows = work_order.milestones.exclude(status=MilestoneStatus.CANCELLED)
    return list(rows.select_related("handed_in_by", "decided_by").order_by("number"))


def milestones_seen(*, cooperatives: Collection[int], buyers: Collection[int]) -> QuerySet[Milestone]:
    """Milestones that these cooperatives look after, or that were ordered by these buyers and have been handed in."""
    handed_in = [MilestoneStatus.HANDED_IN, MilestoneStatus.ACCEPTED, MilestoneStatus.REJECTED]
    ordered = Q(work_order__line__order__buyer__in=buyers, status__in=handed_in)
    rows = Milestone.objects.filter(Q(work_order__cooperative__in=cooperatives) | ordered)
    return rows.select_related(
        "work_order__part", "work_order__workshop", "work_order__cooperative", "work_order__line__order", "attachment"
    ).distinct()


def milestones_of_order(order: Order, *, for_buyer: bool) -> list[Milestone]:
    """Milestones of an order's service work; a buyer's are those that were handed in. One query."""
    rows = Milestone.objects.filter(work_order__line__order=order).exclude(status=MilestoneStatus.CANCELLED)
    if for_buyer:
        rows = rows.exclude(status=MilestoneStatus.OPEN)
    return list(rows.order_by("work_order", "number"))


def milestones_waiting(*, cooperatives: Collection[int], buyers: Collection[int]) -> list[Milestone]:
    """What was handed in and waits for a yes or a no, the longest waiting first."""
    rows = milestones_seen(cooperatives=cooperatives, buyers=buyers).filter(status=MilestoneStatus.HANDED_IN)
    return list(rows.order_by("handed_in_at")[:LAST])
