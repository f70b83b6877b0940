"""The laws of docs/work.md, read from all rows: laws_broken() names each that doesn't hold, [] where all do."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

from account import differences
from wadah.base.clock import today
from wadah.catalogue.models import HubStock
from wadah.demand.models import OrderLine
from wadah.plans.models import CapacityBucket, Commitment, UnderWay
from wadah.register.models import Cooperative
from wadah.work.models import Claim, Lot, LotMove, MaterialIssue, Milestone, Offer, ShipmentLine, WorkOrder, WorkPackage
from wadah.work.words import Bucket, MoveKind

NONE = Decimal(0)


def laws_broken() -> list[str]:
    return [fault for law in LAWS for fault in law()]


def every_piece_is_in_one_bucket():
    """W1: what a lot was born with is what its buckets hold, and what its moves say they hold."""
    held = defaultdict(lambda: defaultdict(lambda: NONE))
    for move in LotMove.objects.all():
        held[move.lot_id][move.to_bucket] += move.pieces
        if move.from_bucket:
            held[move.lot_id][move.from_bucket] -= move.pieces
    for lot in Lot.objects.all():
        rows = {bucket: getattr(lot, bucket) for bucket in Bucket.values}
        if sum(rows.values()) != lot.quantity:
            yield f"{lot.number}: {rows} isn't {lot.quantity}"
        moved = {bucket: held[lot.pk][bucket] for bucket in Bucket.values}
        if moved != rows:
            yield f"{lot.number}: its moves say {moved}, it says {rows}"


def the_hub_holds_what_is_accepted():
    """W2, from tomorrow on."""
    sums = defaultdict(lambda: NONE)
    for lot in Lot.objects.all():
        sums[lot.cooperative_id, lot.part_id] += lot.accepted
    for (cooperative, part), accepted in sums.items():
        last = HubStock.objects.filter(cooperative=cooperative, part=part, as_of__lte=today() + timedelta(days=1))
        stock = last.latest("as_of").quantity if last.exists() else NONE
        if stock != accepted:
            yield f"hub of {cooperative}, part {part}: stock {stock}, accepted {accepted}"


def a_work_order_is_conserved():
    """W3: what was handed over lies in lots, but for what was taken back before it was inspected."""
    for row in WorkOrder.objects.all():
        born = sum((lot.quantity for lot in row.lots.filter(origin="made")), NONE)
        back = LotMove.objects.filter(
            lot__work_order=row, lot__origin="made", kind=MoveKind.RETURN, from_bucket=Bucket.WAITING
        )
        lots = born - sum((move.pieces for move in back), NONE)
        if lots != row.handed_over:
            yield f"{row.number}: {row.handed_over} handed over, {lots} in lots"
        reported = sum((one.pieces for one in row.progress.all()), NONE)
        if reported != row.reported:
            yield f"{row.number}: {row.reported} reported, {reported} in reports"
        if row.reported < row.handed_over:
            yield f"{row.number}: {row.handed_over} handed over, only {row.reported} done"
        done = row.pieces - row.given_up <= row.handed_over
        if done != (row.status in {"done", "cancelled"}) or done != (row.closed_at is not None):
            yield f"{row.number}: {row.status}, {row.handed_over} of {row.pieces - row.given_up}"


def promises_are_what_work_orders_ask():
    """W5: of each part and workshop, over all weeks; a trial lot is no promise."""
    asked = defaultdict(lambda: NONE)
    for row in WorkOrder.objects.exclude(kind="trial"):
        asked[row.cooperative_id, row.part_id, row.workshop_id] += row.pieces - row.given_up
    for row in Commitment.objects.all():
        asked[row.cooperative_id, row.part_id, row.workshop_id] -= row.pieces
    for key, gap in asked.items():
        if gap:
            yield f"{key}: {gap} asked and not promised"


def what_is_brought_is_no_longer_to_come():
    """W5: of each part, workshop and week, what is promised and not brought is what its work orders have in work."""
    to_come = defaultdict(lambda: NONE)
    for row in WorkOrder.objects.exclude(kind="trial"):
        left = max(NONE, row.pieces - row.given_up - row.handed_over)
        to_come[row.cooperative_id, row.part_id, row.workshop_id, row.week_start] += left
    for row in Commitment.objects.all():
        to_come[row.cooperative_id, row.part_id, row.workshop_id, row.week_start] -= row.pieces - row.handed_over
    for key, gap in to_come.items():
        if gap:
            yield f"{key}: {gap} in work and not to come"


def what_is_under_way_is_told():
    """W14: what waits or is being mended, but for trial lots; and material at workshops, no more than they have."""
    told = {(row.source, row.part_id): row.pieces for row in UnderWay.objects.all()}
    for lot in Lot.objects.exclude(work_order__kind="trial"):
        pieces = told.pop((lot.number, lot.part_id), NONE)
        if pieces != lot.waiting + lot.rework:
            yield f"{lot.number}: {lot.waiting} waiting, {lot.rework} being mended, {pieces} told"
    kept = defaultdict(lambda: NONE)
    for issue in MaterialIssue.objects.select_related("lot", "work_order"):
        kept[issue.work_order.number, issue.lot.part_id] += issue.pieces - issue.returned - issue.scrapped
    for key, pieces in told.items():
        if pieces > kept[key]:
            yield f"{key}: {pieces} told, {kept[key]} at the workshop"


def a_plan_counts_what_is_there():
    """W14: no piece twice, none too few."""
    for cooperative in Cooperative.objects.filter(pk__in=WorkOrder.objects.values("cooperative")):
        yield from differences(cooperative)


def hours_are_promised_once():
    """W6: a week's promised minutes are those of its commitments."""
    minutes = defaultdict(int)
    for row in Commitment.objects.all():
        minutes[row.workshop_id, row.week_start] += row.minutes
    for bucket in CapacityBucket.objects.all():
        promised = minutes.pop((bucket.workshop_id, bucket.week_start), 0)
        if promised != bucket.promised_minutes:
            yield f"{bucket.workshop_id} {bucket.week_start}: {bucket.promised_minutes} min, {promised} promised"
    yield from (f"no bucket for {key}" for key, promised in minutes.items() if promised)


def nothing_is_given_twice():
    """W4: what is taken of a package is what its offers took, and what their work orders were born with."""
    for package in WorkPackage.objects.all():
        taken = sum((offer.taken for offer in package.offers.all()), NONE)
        if taken != package.taken or taken > package.pieces:
            yield f"package {package.pk}: {package.taken} taken, {taken} by offers, of {package.pieces}"
    for offer in Offer.objects.filter(work_orders__isnull=False).distinct():
        rows = list(offer.work_orders.order_by("-pk"))
        born = rows.pop(0).pieces if offer.status in {"taken", "part"} else NONE  # of a yes taken back none is left
        if born != offer.taken:
            yield f"{offer.number}: {offer.taken} taken, {born} in work orders"
        yield from (f"{row.number}: its yes was taken back, it is {row.status}" for row in rows if not_undone(row))
    for offer in Offer.objects.filter(taken__gt=0, work_orders__isnull=True):
        yield f"{offer.number}: {offer.taken} taken, no work order"


def not_undone(row):
    return row.status != "cancelled" or row.given_up != row.pieces or row.reported > 0


def material_is_conserved():
    """W11: what of a lot is handed out is with a work order, neither brought back nor scrapped."""
    kept = defaultdict(lambda: NONE)
    for issue in MaterialIssue.objects.all():
        kept[issue.lot_id] += issue.pieces - issue.returned - issue.scrapped
    for lot in Lot.objects.all():
        if kept[lot.pk] != lot.issued:
            yield f"{lot.number}: {lot.issued} handed out, {kept[lot.pk]} at workshops"


def milestones_add_up():
    for row in WorkOrder.objects.filter(kind="service"):
        held = Milestone.objects.filter(work_order=row).exclude(status="cancelled")
        total = sum((one.quantity for one in held), NONE)
        if held and total != row.pieces - row.given_up:
            yield f"{row.number}: milestones of {total}, asked {row.pieces - row.given_up}"
        accepted = sum((one.quantity for one in held if one.status == "accepted"), NONE)
        if accepted != row.handed_over:
            yield f"{row.number}: {accepted} accepted, {row.handed_over} handed over"


def what_left_is_in_shipments():
    gone = defaultdict(lambda: NONE)
    for line in ShipmentLine.objects.exclude(shipment__status="cancelled"):
        gone[line.lot_id] += line.pieces - line.refused - line.missing
    for claim in Claim.objects.select_related("shipment_line"):
        gone[claim.shipment_line.lot_id] -= claim.returned
    for lot in Lot.objects.all():
        if gone[lot.pk] != lot.shipped:
            yield f"{lot.number}: {lot.shipped} shipped, {gone[lot.pk]} in shipments"


def an_order_line_counts_what_left_for_it():
    """W8, W9: what is packed, on the way or received, but for pieces of a claim that are made again."""
    left = defaultdict(lambda: NONE)
    for row in ShipmentLine.objects.exclude(shipment__status="cancelled"):
        left[row.line_id] += row.pieces - row.refused - row.missing
    for claim in Claim.objects.filter(replaced=True).select_related("shipment_line"):
        left[claim.shipment_line.line_id] -= claim.pieces
    for line in OrderLine.objects.select_related("order"):
        if left[line.pk] != line.handed_over:
            yield f"{line.order.number}/{line.line_no}: {line.handed_over} handed over, {left[line.pk]} in shipments"


LAWS = (
    every_piece_is_in_one_bucket,
    the_hub_holds_what_is_accepted,
    a_work_order_is_conserved,
    promises_are_what_work_orders_ask,
    what_is_brought_is_no_longer_to_come,
    what_is_under_way_is_told,
    a_plan_counts_what_is_there,
    hours_are_promised_once,
    nothing_is_given_twice,
    material_is_conserved,
    milestones_add_up,
    what_left_is_in_shipments,
    an_order_line_counts_what_left_for_it,
)
