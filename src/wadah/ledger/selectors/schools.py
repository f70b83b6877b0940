"""What a school or office sees of itself: its duty, what became of its orders, what they cost; and its papers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Sum

from wadah.base.clock import today
from wadah.demand.selectors.schools import (
    asked_of,
    batik_days,
    group_heads,
    request_sizes,
    school_orders,
    school_requests,
    sizes_asked,
    sizes_counted,
)
from wadah.demand.words import Level, RuleKind
from wadah.ledger.models import Invoice, InvoiceLine, Payment
from wadah.ledger.rules.contracts import contract_form, is_public
from wadah.ledger.selectors.mandate import covered_of, small_buying_of
from wadah.ledger.selectors.sales import order_total
from wadah.work.models import Shipment, ShipmentLine
from wadah.work.words import ShipmentStatus

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from wadah.demand.models import BatikDay, Headcount, Institution, Order, Request, RequestSize
    from wadah.demand.rules.public import SmallBuying
    from wadah.demand.selectors.schools import Asked
    from wadah.ledger.models import Allocation
    from wadah.ledger.rules.contracts import ContractForm
    from wadah.ledger.selectors.mandate import Covered

ZERO = Decimal(0)
GONE = (ShipmentStatus.SENT, ShipmentStatus.RECEIVED)


@dataclass(frozen=True, slots=True)
class OrderSeen:
    """An order with its pieces. promised_on: the last day promised of its lines, None where none is; under_way:
    shipments that wait to be signed for."""

    order: Order
    ordered: Decimal
    received: Decimal
    promised_on: dt.date | None
    under_way: list[Shipment]


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """sizes: pieces written down for the year; sizes_open: of those, not asked for yet."""

    year: int
    asked: list[Asked]
    heads: dict[str, Headcount]
    covered: Covered
    sizes: int
    sizes_open: int
    requests: list[Request]
    orders: list[OrderSeen]
    days: list[BatikDay]
    small: SmallBuying


def school_year(institution: Institution, year: int) -> SchoolYear:
    """A year of one institution; its orders and requests of any year. A constant number of queries, about twenty."""
    sizes, done = sizes_counted(institution, year), sizes_asked(institution, year)
    kind = RuleKind.OFFICE if institution.level == Level.OFFICE else RuleKind.SCHOOL
    return SchoolYear(
        year,
        asked_of(institution, year),
        group_heads(institution, year),
        covered_of(institution, year),
        sum(row.pieces for row in sizes),
        sum(max(0, row.pieces - done.get((row.group, row.size), 0)) for row in sizes),
        list(school_requests(institution)) if institution.buyer_id else [],
        orders_of(institution) if institution.buyer_id else [],
        list(batik_days(kind, today())),
        small_buying_of(institution, year),
    )


def orders_of(institution: Institution) -> list[OrderSeen]:
    """Its orders, the newest first. Five queries."""
    orders = list(school_orders(institution))
    received: dict[int, Decimal] = dict(
        ShipmentLine.objects.filter(shipment__status=ShipmentStatus.RECEIVED, line__order__in=orders)
        .order_by()
        .values_list("line__order")
        .annotate(pieces=Sum("received"))
    )
    under_way: dict[int, list[Shipment]] = defaultdict(list)
    for shipment in Shipment.objects.filter(order__in=orders, status=ShipmentStatus.SENT).order_by("pk"):
        under_way[shipment.order_id].append(shipment)
    return [
        OrderSeen(
            order,
            sum((line.quantity for line in order.lines.all()), ZERO),
            received.get(order.pk, ZERO),
            max((line.promised_on or line.due_on for line in order.lines.all()), default=None),
            under_way[order.pk],
        )
        for order in orders
    ]


@dataclass(frozen=True, slots=True)
class PaymentSeen:
    """A payment with what of it went to the order's invoices."""

    payment: Payment
    paid: list[Allocation]


@dataclass(frozen=True, slots=True)
class Procurement:
    """All papers of one public order. form: of contract that its value needs, None where no regulation is known; total:
    rupiah with tax; makers: names of kelurahan in which the pieces were made, with how many workshops made them there.
    """

    order: Order
    total: int
    form: ContractForm | None
    sizes: list[RequestSize]
    shipments: list[Shipment]
    invoices: list[Invoice]
    payments: list[PaymentSeen]
    makers: list[tuple[str, int]] = field(default_factory=list)

    @property
    def received_whole(self) -> bool:
        return bool(self.shipments) and all(line.outstanding <= 0 for line in self.order.lines.all())

    @property
    def invoiced(self) -> int:
        return sum(invoice.total - invoice.credited for invoice in self.invoices)

    @property
    def open(self) -> int:
        return sum(invoice.open_rupiah for invoice in self.invoices)


def procurement_of(order: Order) -> Procurement:
    """Everything that the pack of papers of an order holds. About fifteen queries, whatever it holds."""
    total = int(order_total(order))
    shipments = Shipment.objects.filter(order=order, status=ShipmentStatus.RECEIVED)
    shipments = shipments.select_related("order__buyer", "order__cooperative__area", "receipt")
    back = InvoiceLine.objects.filter(cancelled=True).values("invoice")
    invoices = Invoice.objects.filter(order=order).exclude(pk__in=back)
    invoices = invoices.select_related("order", "buyer", "cooperative__area", "tax_rate", "by")
    return Procurement(
        order,
        total,
        contract_form(total, order.ordered_on) if is_public(order.buyer.kind) else None,
        request_sizes(order.quotation.request) if order.quotation else [],
        list(shipments.order_by("pk")),
        list(invoices.order_by("on", "pk")),
        payments_of(order),
        makers_of(order),
    )


def payments_of(order: Order) -> list[PaymentSeen]:
    """Payments that stand, of which something went to the order's invoices."""
    rows = Payment.objects.filter(allocations__invoice__order=order, reversed_at=None).distinct()
    rows = rows.select_related("buyer", "cooperative__area", "withheld_rate", "by").order_by("on", "pk")
    return [
        PaymentSeen(row, list(row.allocations.select_related("invoice__order").order_by("pk")))
        for row in rows.prefetch_related("allocations")
    ]


def makers_of(order: Order) -> list[tuple[str, int]]:
    """Kelurahan and how many workshops there made pieces that left for an order, by name."""
    rows = ShipmentLine.objects.filter(line__order=order, shipment__status__in=GONE, lot__work_order__isnull=False)
    made = "lot__work_order__workshop"
    places = rows.order_by().values_list(made, f"{made}__area__name_spaced", f"{made}__ikm__area__name_spaced")
    found: dict[str, set[int]] = defaultdict(set)
    for workshop, place, of_firm in places.distinct():
        if place or of_firm:
            found[place or of_firm].add(workshop)
    return sorted((place, len(workshops)) for place, workshops in found.items())


def sizes_told(rows: Sequence[RequestSize]) -> list[tuple[str, str, int]]:
    """Group, "S 20, M 35" and the sum, a row a group in order."""
    found: dict[str, list[RequestSize]] = defaultdict(list)
    for row in rows:
        found[row.get_group_display()].append(row)
    return [
        (group, ", ".join(f"{row.size} {row.pieces}" for row in own), sum(row.pieces for row in own))
        for group, own in found.items()
    ]
