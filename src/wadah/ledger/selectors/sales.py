"""Sales: what can be invoiced, invoices and what is open of them, payments and what is left of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import (
    BigIntegerField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce

from wadah.base.clock import business_date
from wadah.demand.models import Order
from wadah.demand.selectors import PaperStanding
from wadah.ledger.models import Allocation, CreditNote, Invoice, InvoiceLine, Payment, SaleTerms
from wadah.ledger.rules.ageing import AGES, age_of
from wadah.ledger.rules.matching import Owed
from wadah.ledger.rules.taxes import rate_held, tax_rupiah
from wadah.ledger.selectors.taxes import rates_of, tax_status_on
from wadah.ledger.words import TaxKind
from wadah.units import Rupiah, rupiah_of
from wadah.work.models import Claim, ShipmentLine
from wadah.work.words import ShipmentStatus

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable

    from django.db.models import QuerySet
    from django.db.models.expressions import Combinable

    from wadah.demand.models import Buyer
    from wadah.register.models import Cooperative

NOTHING = Decimal(0)
OPEN = ExpressionWrapper(F("total") - F("paid") - F("credited"), output_field=IntegerField())
LEFT = ExpressionWrapper(F("rupiah") + F("withheld") - F("allocated") - F("refunded"), output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class Due:
    """A shipment line that was signed for and isn't invoiced. pieces > 0: received, less what came back by claims."""

    line: ShipmentLine
    pieces: Decimal

    @property
    def rupiah(self) -> Rupiah:
        return rupiah_of(self.pieces * self.line.line.price_rupiah_piece)

    @property
    def received_on(self) -> dt.date:
        return business_date(self.line.shipment.receipt.received_at)


@dataclass(frozen=True, slots=True)
class Creditable:
    """Pieces of an invoice that came back by a claim and aren't credited yet. line: of the invoice."""

    claim: Claim
    line: InvoiceLine
    pieces: Decimal


@dataclass(frozen=True, slots=True)
class Aged:
    """What a buyer owes, by how long it is overdue: as many sums as there are AGES."""

    buyer: int
    name: str
    rupiah: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.rupiah)


def lines_due(orders: QuerySet[Order]) -> list[Due]:
    """What can be invoiced of these orders, by order, line and shipment. Two queries."""
    invoiced = InvoiceLine.objects.filter(shipment_line=OuterRef("pk"), cancelled=False)
    rows = ShipmentLine.objects.filter(
        ~Exists(invoiced), shipment__order__in=orders, shipment__status=ShipmentStatus.RECEIVED, received__gt=0
    )
    lines = list(
        rows.select_related("line__part", "line__order__buyer", "lot", "shipment__receipt").order_by(
            "line__order__number", "line__line_no", "shipment", "pk"
        )
    )
    back = returned(lines)
    due = [Due(line, line.received - back[line.pk]) for line in lines]
    return [one for one in due if one.pieces > 0]


def order_due(order: Order) -> list[Due]:
    """The same of one order."""
    return lines_due(Order.objects.filter(pk=order.pk))


def returned(lines: Iterable[ShipmentLine]) -> dict[int, Decimal]:
    """Pieces that came back by claims, by shipment line id. One query."""
    found: dict[int, Decimal] = defaultdict(Decimal)
    claims = Claim.objects.filter(shipment_line__in=[line.pk for line in lines], returned__gt=0)
    for line, pieces in claims.values_list("shipment_line", "returned"):
        found[line] += pieces
    return found


def orders_to_invoice(cooperatives: Collection[int]) -> list[tuple[Order, list[Due]]]:
    """Orders of these cooperatives with something to invoice. Two queries."""
    found: dict[int, tuple[Order, list[Due]]] = {}
    for one in lines_due(Order.objects.filter(cooperative__in=cooperatives)):
        order = one.line.line.order
        found.setdefault(order.pk, (order, []))[1].append(one)
    return list(found.values())


def sale_terms(order: Order) -> SaleTerms:
    """How an order is sold; as principal and in 30 days where nobody has said otherwise (not saved then)."""
    return SaleTerms.objects.filter(order=order).first() or SaleTerms(order=order)


def order_value(order: Order) -> Rupiah:
    """Rupiah of all lines at their prices. One query."""
    lines = order.lines.values_list("quantity", "price_rupiah_piece")
    return Rupiah(sum(rupiah_of(quantity * price) for quantity, price in lines))


def order_total(order: Order) -> Rupiah:
    """The same with PPN, where the cooperative charged it on the day of the order. Three queries."""
    value, status = order_value(order), tax_status_on(order.cooperative, order.ordered_on)
    if status is None or not status.registered:
        return value
    rate = rate_held(rates_of(TaxKind.PPN), order.ordered_on)
    return Rupiah(value + (tax_rupiah(rate, value) if rate else 0))


def invoices_seen(*, cooperatives: Collection[int], buyers: Collection[int]) -> QuerySet[Invoice]:
    """Invoices of these cooperatives and to these buyers, the newest first, each with `open`, rupiah still owed, and
    `taken_back`, whether it was taken back whole."""
    rows = Invoice.objects.filter(Q(cooperative__in=cooperatives) | Q(buyer__in=buyers))
    back = InvoiceLine.objects.filter(invoice=OuterRef("pk"), cancelled=True)
    rows = rows.annotate(open=OPEN, taken_back=Exists(back))
    return rows.select_related("order", "buyer", "cooperative__area", "tax_rate", "by").order_by("-on", "-pk")


def invoice_lines_of(invoice: Invoice) -> list[InvoiceLine]:
    rows = invoice.lines.select_related(
        "shipment_line__lot",
        "shipment_line__line__part",
        "shipment_line__line__order",
        "shipment_line__shipment__receipt",
    )
    return list(rows.order_by("pk"))


def creditable(invoice: Invoice) -> list[Creditable]:
    """What came back of an invoice's pieces and isn't credited, by claim. Three queries.

    Pieces that came back before they were invoiced never stood on it; the earliest claims are those.
    """
    lines = {line.shipment_line_id: line for line in invoice_lines_of(invoice) if not line.cancelled}
    notes = CreditNote.objects.filter(invoice=invoice, claim__isnull=False).values_list("claim", "pieces")
    credited: dict[int, Decimal] = defaultdict(Decimal)
    for key, pieces in notes:
        credited[key or 0] += pieces
    claims = Claim.objects.filter(shipment_line__in=lines, returned__gt=0).select_related("shipment_line__lot")
    found = []
    before = {key: line.shipment_line.received - line.pieces for key, line in lines.items()}
    for claim in claims.order_by("pk"):
        line = lines[claim.shipment_line_id]
        never = min(before[claim.shipment_line_id], claim.returned - credited[claim.pk])
        before[claim.shipment_line_id] -= never
        left = claim.returned - credited[claim.pk] - never
        if left > 0:
            found.append(Creditable(claim, line, left))
    return found


def owed_by(*, cooperative: Cooperative, buyers: Collection[int] | None = None) -> list[Owed]:
    """Open invoices of a cooperative (of these buyers), the first due first. One query."""
    rows = Invoice.objects.filter(cooperative=cooperative).annotate(open=OPEN).filter(open__gt=0)
    if buyers is not None:
        rows = rows.filter(buyer__in=buyers)
    values = rows.order_by("due_on", "pk").values_list("pk", "number", "buyer", "due_on", "open")
    return [Owed(*value) for value in values]


def invoices_owed(*, cooperative: Cooperative, buyer: Buyer) -> QuerySet[Invoice]:
    """Invoices that a buyer still owes something on, the first due first."""
    rows = Invoice.objects.filter(cooperative=cooperative, buyer=buyer).annotate(open=OPEN)
    return rows.filter(open__gt=0).order_by("due_on", "pk")


def receivables_aged(cooperatives: Collection[int], on: dt.date) -> list[Aged]:
    """What each buyer owed at the end of a day (of a day to come: owes by now), by age on it, by name. By the days on
    papers: what came to light in a closed month counts from its own day on. One query."""
    sums: dict[tuple[int, str], list[int]] = {}
    rows = open_on(Invoice.objects.filter(cooperative__in=cooperatives), on).filter(open__gt=0)
    for buyer, name, due_on, rupiah in rows.order_by("buyer__name", "buyer").values_list(
        "buyer", "buyer__name", "due_on", "open"
    ):
        sums.setdefault((buyer, name), [0] * len(AGES))[age_of(due_on, on)] += rupiah
    return [Aged(buyer, name, tuple(rupiah)) for (buyer, name), rupiah in sums.items()]


def open_on(invoices: QuerySet[Invoice], on: dt.date) -> QuerySet[Any]:
    """Those that there were on a day, each with `open`, what was owed on it at the day's end."""
    paid = Allocation.objects.filter(invoice=OuterRef("pk"), on__lte=on)
    credited = CreditNote.objects.filter(invoice=OuterRef("pk"), on__lte=on)
    there = invoices.filter(Q(opening=None, on__lte=on) | Q(opening__on__lte=on))
    return there.annotate(open=F("total") - of_invoice(paid, "rupiah") - of_invoice(credited, "total"))


def of_invoice(rows: QuerySet[Any], amount: str) -> Combinable:
    sums = rows.order_by().values("invoice").annotate(all=Sum(amount)).values("all")
    whole = BigIntegerField()
    return Coalesce(Subquery(sums, output_field=whole), Value(0), output_field=whole)


@dataclass(frozen=True, slots=True)
class Overdue:
    """Invoices that are past their day: how many, of how many buyers, together in rupiah, and since when the oldest."""

    invoices: int
    buyers: int
    rupiah: int
    since: dt.date


def overdue(cooperatives: Collection[int], on: dt.date) -> Overdue | None:
    """What is owed on a day after it was due; None where nothing is. One query."""
    rows = Invoice.objects.filter(cooperative__in=cooperatives, due_on__lt=on).annotate(open=OPEN).filter(open__gt=0)
    found = rows.aggregate(
        invoices=Count("pk"), buyers=Count("buyer", distinct=True), rupiah=Sum("open"), since=Min("due_on")
    )
    return Overdue(**found) if found["invoices"] else None


def payments_seen(*, cooperatives: Collection[int], buyers: Collection[int]) -> QuerySet[Payment]:
    """Payments to these cooperatives and of these buyers, the newest first, each with `left_over`."""
    rows = Payment.objects.filter(Q(cooperative__in=cooperatives) | Q(buyer__in=buyers)).annotate(left_over=LEFT)
    return rows.select_related("buyer", "cooperative__area", "withheld_rate", "bank_row", "by").order_by("-on", "-pk")


def payments_with_balance(*, cooperative: Cooperative, buyer: int | None = None) -> QuerySet[Payment]:
    """Payments of which something is left, the oldest first."""
    rows = Payment.objects.filter(cooperative=cooperative, reversed_at=None).annotate(left_over=LEFT)
    rows = rows.filter(left_over__gt=0).select_related("buyer").order_by("on", "pk")
    return rows if buyer is None else rows.filter(buyer=buyer)


def credit_notes_seen(*, cooperatives: Collection[int], buyers: Collection[int]) -> QuerySet[CreditNote]:
    rows = CreditNote.objects.filter(Q(invoice__cooperative__in=cooperatives) | Q(invoice__buyer__in=buyers))
    return rows.select_related(
        "invoice__buyer", "invoice__cooperative__area", "invoice__order", "claim__shipment_line__lot"
    )


def sales_paper_standing(number: str, code: str) -> PaperStanding | None:
    """How an invoice, a kuitansi or a credit note stands; None where no paper has this number and code."""
    invoice = Invoice.objects.filter(number=number, check_code=code).first()
    if invoice is not None:
        return PaperStanding(number, invoice.on, not invoice.lines.filter(cancelled=True).exists())
    payment = Payment.objects.filter(number=number, check_code=code).first()
    if payment is not None:
        return PaperStanding(number, payment.on, payment.reversed_at is None)
    note = CreditNote.objects.filter(number=number, check_code=code).first()
    return PaperStanding(number, note.on, True) if note else None
