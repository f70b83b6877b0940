"""How far a cooperative has come on its way to the first order: what is in the books already, in counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from wadah.catalogue.models import Part
from wadah.catalogue.selectors import makers_by_part, makers_known
from wadah.catalogue.words import Supply
from wadah.demand.models import Order
from wadah.demand.selectors import buyers_seen
from wadah.demand.selectors.orders import TO_PLAN
from wadah.demand.words import OrderStatus
from wadah.plans.models import PlanRun
from wadah.register.models import Area, Holiday
from wadah.register.selectors import cooperative_members, cooperative_workshops

if TYPE_CHECKING:
    from datetime import date

    from wadah.register.models import Cooperative

Status = PlanRun.Status
AHEAD = timedelta(weeks=26)


@dataclass(frozen=True, slots=True)
class Beginning:
    """Counts. workshops: that work may be given to, with_hours: those of them with a usual week; parts: made ones that
    are in use, with_bom: those that something goes into; makers: parts × workshops with approval and rate within half
    a year; orders: ever agreed; plans: ever in force; draft: the newest draft, None where there is none; working:
    whether a plan is being made.
    """

    cooperative: Cooperative
    kelurahan: int
    holidays: int
    members: int
    workshops: int
    with_hours: int
    parts: int
    with_bom: int
    makers: int
    buyers: int
    orders: int
    plans: int
    draft: int | None
    working: bool


def begun(cooperative: Cooperative, on: date) -> bool:
    """Whether something of everything is in the books; asked one after the other, till one is missing. Twelve queries
    at most, and none of them counts."""
    shops = cooperative_workshops(cooperative, on)
    runs = PlanRun.objects.filter(cooperative=cooperative, status__in=[Status.PUBLISHED, Status.SUPERSEDED])
    orders = Order.objects.filter(cooperative=cooperative, status__in={*TO_PLAN, OrderStatus.CLOSED})
    rows = (
        runs,
        Area.objects.filter(kind=Area.Kind.KELURAHAN),
        Holiday.objects.filter(archived_at__isnull=True),
        shops.filter(week_patterns__isnull=False),
        Part.objects.filter(supply=Supply.MADE, archived_at__isnull=True, bom__isnull=False),
        buyers_seen([cooperative.pk]),
        orders.exclude(status=OrderStatus.RESERVED),
    )
    return all(found.order_by().exists() for found in rows) and makers_known(
        workshops=shops, first_day=on, last_day=on + AHEAD
    )


def beginning(cooperative: Cooperative, on: date) -> Beginning:
    """Where a cooperative stands on a day. Thirteen queries."""
    shops = cooperative_workshops(cooperative, on)
    workshops = shops.order_by().aggregate(
        of=Count("pk", distinct=True), known=Count("pk", filter=Q(week_patterns__isnull=False), distinct=True)
    )
    made = Part.objects.filter(supply=Supply.MADE, archived_at__isnull=True)
    parts = made.order_by().aggregate(
        of=Count("pk", distinct=True), put_together=Count("pk", filter=Q(bom__isnull=False), distinct=True)
    )
    orders = Order.objects.filter(cooperative=cooperative, status__in={*TO_PLAN, OrderStatus.CLOSED})
    runs = PlanRun.objects.filter(cooperative=cooperative)
    return Beginning(
        cooperative=cooperative,
        kelurahan=Area.objects.filter(kind=Area.Kind.KELURAHAN).count(),
        holidays=Holiday.objects.filter(archived_at__isnull=True).count(),
        members=cooperative_members(cooperative, on).count(),
        workshops=workshops["of"],
        with_hours=workshops["known"],
        parts=parts["of"],
        with_bom=parts["put_together"],
        makers=sum(makers_by_part(workshops=shops, first_day=on, last_day=on + AHEAD).values()),
        buyers=buyers_seen([cooperative.pk]).order_by().count(),
        orders=orders.exclude(status=OrderStatus.RESERVED).count(),
        plans=runs.filter(status__in=[Status.PUBLISHED, Status.SUPERSEDED]).count(),
        draft=runs.filter(status=Status.DRAFT).order_by("-pk").values_list("pk", flat=True).first(),
        working=runs.filter(status__in=[Status.QUEUED, Status.RUNNING]).exists(),
    )
