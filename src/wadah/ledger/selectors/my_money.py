"""A member's own money, live: what is earned and not settled, what isn't paid and why. A few queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, Sum

from wadah.ledger.models import SettlementRow, WorkEntry
from wadah.ledger.words import SettlementStatus
from wadah.work.models import Lot, LotMove, WorkOrder
from wadah.work.selectors.pay import COUNTED_IN, COUNTED_OUT, pays_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from decimal import Decimal

ORDERS_MOST = 30


@dataclass(frozen=True, slots=True)
class NotPaid:
    order: WorkOrder
    pieces: Decimal
    why: str


def earned_unsettled(ikms: Collection[int]) -> int:
    """Rupiah for accepted pieces that no settlement holds yet, those of this very minute included. Five queries."""
    open_ = WorkEntry.objects.filter(ikm__in=ikms, settled=None).aggregate(all=Sum("rupiah"))["all"] or 0
    entered = WorkEntry.objects.filter(move=OuterRef("pk"))
    fresh = LotMove.objects.filter(COUNTED_IN | COUNTED_OUT, ~Exists(entered), lot__work_order__workshop__ikm__in=ikms)
    orders = list(WorkOrder.objects.filter(pk__in=fresh.values("lot__work_order")))
    if not orders:
        return open_
    booked = WorkEntry.objects.filter(work_order__in=orders).aggregate(all=Sum("rupiah"))["all"] or 0
    return open_ + sum(pay.rupiah for pay in pays_of(orders).values()) - booked


def not_paid(ikms: Collection[int]) -> list[NotPaid]:
    """Pieces at the hub that aren't paid (yet), with a sentence each; of the newest ORDERS_MOST work orders that have
    any. Four queries."""
    lying = Lot.objects.filter(Q(waiting__gt=0) | Q(rejected__gt=0) | Q(rework__gt=0) | Q(scrapped__gt=0))
    rows = WorkOrder.objects.filter(workshop__ikm__in=ikms, pk__in=lying.values("work_order")).select_related("part")
    orders = list(rows.order_by("-pk")[:ORDERS_MOST])
    found = pays_of(orders)
    return [NotPaid(order, pieces, why) for order in orders for pieces, why in found[order.pk].why_not]


def waiting_to_be_paid(ikms: Collection[int]) -> int:
    """Settled, and not in their hands yet. One query."""
    rows = SettlementRow.objects.filter(ikm__in=ikms, net__gt=F("paid"))
    rows = rows.exclude(settlement__status=SettlementStatus.DRAFT)
    return rows.aggregate(all=Sum(F("net") - F("paid")))["all"] or 0
