"""Shipments, what could leave today, where an order is, and claims; each a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Case, Count, Q, Sum, When

from wadah.base.clock import business_date, today
from wadah.demand.selectors import PaperStanding, lines_open
from wadah.work.models import Claim, Lot, Receipt, Shipment, ShipmentLine
from wadah.work.words import ClaimStatus, ShipmentStatus

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from wadah.demand.models import Order, OrderLine

NOTHING = Decimal(0)
ON_THE_WAY = {ShipmentStatus.DRAFT, ShipmentStatus.SENT}


@dataclass(frozen=True, slots=True)
class Packable:
    """An order line of a shipment being picked, and the accepted lots that could go in, soonest to perish first."""

    line: OrderLine
    lots: list[Lot]

    @property
    def at_hub(self) -> Decimal:
        return sum((lot.accepted for lot in self.lots), NOTHING)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where the pieces of one order line are: signed for, on the way or being packed, accepted at the hub for any
    order, and claimed."""

    line: OrderLine
    received: Decimal
    on_the_way: Decimal
    at_hub: Decimal
    claimed: Decimal

    @property
    def to_come(self) -> Decimal:
        return self.line.outstanding


def shipments_seen(*, cooperatives: Collection[int], buyers: Collection[int]) -> QuerySet[Shipment]:
    """Shipments of these cooperatives, and what has left for these buyers; newest first, with `pieces` and `boxes`."""
    mine = Q(order__cooperative__in=cooperatives)
    theirs = Q(order__buyer__in=buyers, status__in=[ShipmentStatus.SENT, ShipmentStatus.RECEIVED])
    rows = Shipment.objects.filter(mine | theirs).select_related("order__buyer", "order__cooperative__area", "receipt")
    return rows.annotate(pieces=Sum("lines__pieces"), boxes=Count("lines__box", distinct=True)).order_by("-pk")


def shipment_lines(shipment: Shipment) -> list[ShipmentLine]:
    """What is packed, by box."""
    rows = shipment.lines.select_related("line__part", "line__order", "lot__part").order_by(
        "box", "line__line_no", "pk"
    )
    return list(rows)


def packable(shipment: Shipment) -> list[Packable]:
    """For each line of the order that still takes pieces, the lots at the hub that could be packed. Two queries."""
    lines = [line for line in shipment.order.lines.select_related("part").order_by("line_no") if line.outstanding > 0]
    lots = Lot.objects.filter(
        cooperative=shipment.order.cooperative_id, part__in={line.part_id for line in lines}, accepted__gt=0, owner=None
    )
    fresh = lots.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=today())).select_related("part")
    held: dict[int, list[Lot]] = defaultdict(list)
    for lot in sorted(fresh, key=lambda row: (row.expires_on is None, row.expires_on or row.received_on, row.pk)):
        held[lot.part_id].append(lot)
    return [Packable(line, held[line.part_id]) for line in lines]


def lines_ready(cooperatives: Collection[int]) -> list[tuple[OrderLine, Decimal]]:
    """Open order lines of which something lies accepted at the hub, with how much of it; first due first."""
    fresh = Q(expires_on__isnull=True) | Q(expires_on__gte=today())
    held = dict(
        Lot.objects.filter(fresh, cooperative__in=cooperatives, accepted__gt=0, owner=None)
        .order_by()
        .values_list("part_id")
        .annotate(all=Sum("accepted"))
    )
    lines = lines_open(cooperatives).exclude(order__status="reserved").filter(part__in=held)
    rows = [(line, min(held[line.part_id], line.outstanding)) for line in lines]
    return sorted(rows, key=lambda row: (row[0].promised_on or row[0].due_on, row[0].order.number, row[0].line_no))


def whereabouts(order: Order) -> list[Whereabouts]:
    """Where each line of an order is. Four queries."""
    received: dict[int, Decimal] = defaultdict(Decimal)
    under_way: dict[int, Decimal] = defaultdict(Decimal)
    for row in ShipmentLine.objects.filter(line__order=order).select_related("shipment"):
        if row.shipment.status == ShipmentStatus.RECEIVED:
            received[row.line_id] += row.received
        elif row.shipment.status in ON_THE_WAY:
            under_way[row.line_id] += row.pieces
    claimed: dict[int, Decimal] = defaultdict(Decimal)
    claims = Claim.objects.filter(shipment_line__line__order=order).exclude(status=ClaimStatus.REFUSED)
    for line_id, pieces in claims.values_list("shipment_line__line_id", "pieces"):
        claimed[line_id] += pieces
    lines = list(order.lines.select_related("part").order_by("line_no"))
    held = dict(
        Lot.objects.filter(cooperative=order.cooperative_id, part__in={line.part_id for line in lines}, owner=None)
        .order_by()
        .values_list("part_id")
        .annotate(all=Sum("accepted"))
    )
    return [
        Whereabouts(
            line,
            received[line.pk],
            under_way[line.pk],
            min(held.get(line.part_id) or NOTHING, line.outstanding),
            claimed[line.pk],
        )
        for line in lines
    ]


def claims_seen(*, cooperatives: Collection[int], buyers: Collection[int]) -> QuerySet[Claim]:
    """Claims to these cooperatives and of these buyers, open ones first, then the newest."""
    order = "shipment_line__shipment__order"
    rows = Claim.objects.filter(Q(**{f"{order}__cooperative__in": cooperatives}) | Q(**{f"{order}__buyer__in": buyers}))
    rows = rows.annotate(waiting=Case(When(status=ClaimStatus.OPEN, then=1), default=0))
    return rows.select_related(
        f"{order}__buyer", f"{order}__cooperative", "shipment_line__line__part", "shipment_line__lot", "made_by"
    ).order_by("-waiting", "-pk")


def claims_waiting(cooperatives: Collection[int]) -> int:
    return claims_seen(cooperatives=cooperatives, buyers=[]).filter(status=ClaimStatus.OPEN).count()


def shipping_paper_standing(number: str, code: str) -> PaperStanding | None:
    """How a surat jalan or a BAST stands; None where no paper has this number and code."""
    shipment = Shipment.objects.filter(number=number, check_code=code).first()
    if shipment is not None:
        on = business_date(shipment.sent_at) if shipment.sent_at else None
        return PaperStanding(number, on, shipment.status in {ShipmentStatus.SENT, ShipmentStatus.RECEIVED})
    receipt = Receipt.objects.filter(number=number, check_code=code).first()
    return PaperStanding(number, business_date(receipt.received_at), True) if receipt else None
