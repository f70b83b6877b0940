"""One lot with all that happened to it, and whether its label is genuine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from wadah.base.clock import business_date, monday
from wadah.demand.selectors import PaperStanding
from wadah.work.models import Lot, LotMove, WorkOrder
from wadah.work.words import Bucket, WorkOrderStatus

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from decimal import Decimal

    from django.db.models import QuerySet

    from wadah.catalogue.models import Part

MOVES_SHOWN = 200


@dataclass(frozen=True, slots=True)
class LabelStanding:
    """What a label says to anybody: the part, when it was made or came in, where. No name of a person, no price."""

    lot: Lot
    part: Part
    week: date
    scrapped: bool


def moves_of(lot: Lot) -> list[LotMove]:
    """All that happened to a lot's pieces, the last first."""
    rows = lot.moves.select_related("by", "other_lot", "workshop", "issue__work_order", "inspection")
    return list(rows.select_related("shipment_line__shipment").order_by("-id")[:MOVES_SHOWN])


def buckets_of(lot: Lot) -> list[tuple[str, Decimal]]:
    """(bucket, pieces) where there are any, in the order of their lives."""
    return [(bucket, getattr(lot, bucket)) for bucket in Bucket.values if getattr(lot, bucket) > 0]


def lot_search(rows: QuerySet[Lot], text: str) -> QuerySet[Lot]:
    """Lots whose number, batch, supplier, part, maker, work order or shipment holds the text."""
    shipped = Q(pk__in=Lot.objects.filter(moves__shipment_line__shipment__number__icontains=text).values("pk"))
    return rows.filter(
        Q(number__icontains=text)
        | Q(batch__icontains=text)
        | Q(supplier__icontains=text)
        | Q(part__name__icontains=text)
        | Q(part__code__icontains=text)
        | Q(work_order__number__icontains=text)
        | Q(work_order__workshop__name__icontains=text)
        | shipped
    )


def lots_to_merge(lot: Lot) -> QuerySet[Lot]:
    """Other lots of its part that lie at the hub, newest first."""
    rows = Lot.objects.filter(cooperative=lot.cooperative_id, part=lot.part_id, owner=lot.owner_id, bring_at=None)
    still = Q(waiting__gt=0) | Q(accepted__gt=0) | Q(rejected__gt=0)
    return rows.filter(still).exclude(pk=lot.pk).select_related("work_order__workshop").order_by("-id")


def label_standing(number: str, code: str) -> LabelStanding | None:
    """What a label with this number and code stands for; None where there is no such lot."""
    lot = Lot.objects.filter(number=number, check_code=code).select_related("part__subsector", "cooperative").first()
    if lot is None:
        return None
    return LabelStanding(lot, lot.part, monday(lot.received_on), scrapped=lot.scrapped >= lot.quantity)


def work_paper_standing(number: str, code: str) -> PaperStanding | None:
    """How a work order's paper stands; None where there is none with this number and code."""
    row = WorkOrder.objects.filter(number=number, check_code=code).first()
    if row is None:
        return None
    return PaperStanding(number, business_date(row.made_at), row.status != WorkOrderStatus.CANCELLED)


def lots_numbered(rows: QuerySet[Lot], numbers: Collection[str]) -> list[Lot]:
    """Those of `rows` with these numbers, in the order asked."""
    found = {lot.number: lot for lot in rows.filter(number__in=numbers)}
    return [found[number] for number in dict.fromkeys(numbers) if number in found]
