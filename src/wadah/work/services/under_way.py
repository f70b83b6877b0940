"""What a new plan counts on though it doesn't lie accepted at the hub, told to plans (docs/work.md W14).

A lot's pieces that wait for inspection or are being mended; and of the material that lies at a workshop, what the
pieces that are still in work there will take. Each is written under the lock of its lot or work order, wherever that
changes; `under_way_follow` does it once more for all, since a parts list may change meanwhile.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from wadah.catalogue.models import BomLine
from wadah.plans.underway.selectors import under_way_known
from wadah.plans.underway.services import under_way_set
from wadah.work.models import Lot, MaterialIssue, WorkOrder
from wadah.work.rules.material import reserved
from wadah.work.rules.orders import Standing
from wadah.work.words import Bucket, WorkOrderKind, WorkOrderStatus

if TYPE_CHECKING:
    from django.db.models import QuerySet

    Pieces = dict[int, Decimal]  # by part id

NONE = Decimal(0)
TO_COME = frozenset({Bucket.WAITING, Bucket.REWORK})
"""Buckets whose pieces count whole: what is rejected of them leaves the numbers at once, and is made up for."""
UNFINISHED = (WorkOrderStatus.OPEN, WorkOrderStatus.STARTED)


def lot_under_way(lot: Lot) -> bool:
    """Tells plans what of a lot is under way; lot: locked, as it is now. Whether it changed."""
    return under_way_set(cooperative=lot.cooperative_id, source=lot.number, pieces=pieces_of(lot))


def material_under_way(row: WorkOrder) -> bool:
    """Tells plans what of a work order's material its pieces in work will take; row: locked, as it is saved."""
    pieces = material_of(WorkOrder.objects.filter(pk=row.pk))[row.number]
    return under_way_set(cooperative=row.cooperative_id, source=row.number, pieces=pieces)


def under_way_follow() -> int:
    """Brings all of it in line with what is there; how many lots and work orders had changed. Swept."""
    known = under_way_known()
    lots = Lot.objects.filter(Q(waiting__gt=0) | Q(rework__gt=0)).select_related("work_order")
    wanted = {lot.number: pieces_of(lot) for lot in lots}
    wanted |= material_of(WorkOrder.objects.filter(status__in=UNFINISHED, issues__isnull=False).distinct())
    numbers = {*wanted, *known}
    changed = [number for number in numbers if held(wanted.get(number, {})) != known.get(number, {})]
    return sum(followed(number) for number in sorted(changed))


def held(pieces: Pieces) -> Pieces:
    return {part: count for part, count in pieces.items() if count > 0}


def followed(number: str) -> bool:
    """Whether that of one lot or work order was still to be told, once it is locked."""
    with transaction.atomic():
        lots = Lot.objects.select_for_update(of=("self",)).select_related("work_order").filter(number=number)
        if lots:
            return lot_under_way(lots[0])
        return material_under_way(WorkOrder.objects.select_for_update().get(number=number))


def pieces_of(lot: Lot) -> Pieces:
    """What of a lot is under way. A trial lot counts once it is accepted: nobody makes up for it where it isn't."""
    trial = lot.work_order is not None and lot.work_order.kind == WorkOrderKind.TRIAL
    return {lot.part_id: NONE if trial else sum((getattr(lot, bucket) for bucket in TO_COME), NONE)}


def material_of(rows: QuerySet[WorkOrder]) -> dict[str, Pieces]:
    """What pieces in work will take of the material at their workshop, by work order's number. Three queries.

    What a trial lot takes is no plan's, so nothing of it counts.
    """
    orders = {row.pk: row for row in rows}
    kept: dict[int, Pieces] = defaultdict(lambda: defaultdict(lambda: NONE))
    issues = MaterialIssue.objects.filter(work_order__in=rows.order_by().values("pk")).order_by()
    columns = ("work_order", "lot__part", "pieces", "returned", "scrapped")
    for order, part, pieces, returned, scrapped in issues.values_list(*columns):
        kept[order][part] += pieces - returned - scrapped
    bom: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for line in BomLine.objects.filter(parent__in={orders[key].part_id for key in kept}) if kept else ():
        bom[line.parent_id][line.component_id] = line.quantity
    found: dict[str, Pieces] = {row.number: {} for row in orders.values()}
    for key, row in orders.items():
        at = Standing(row.pieces, row.over, row.reported, row.handed_over, row.given_up)
        if row.kind == WorkOrderKind.TRIAL or at.in_work <= 0:
            continue
        for part, count in kept[key].items():
            each = bom[row.part_id].get(part, NONE)
            found[row.number][part] = reserved(count, each, handed_over=at.handed_over, in_work=at.in_work)
    return found
