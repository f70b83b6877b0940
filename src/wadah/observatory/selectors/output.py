"""What was produced, measured: pay for accepted work, what buyers received, what went into it (O8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, F, FloatField, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Cast

from wadah.catalogue.models import MaterialPrice
from wadah.catalogue.words import Supply
from wadah.ledger.models import WorkEntry
from wadah.units import rupiah_of
from wadah.work.models import LotMove, MaterialIssue, ShipmentLine
from wadah.work.selectors.pay import COUNTED_IN, COUNTED_OUT

if TYPE_CHECKING:
    from wadah.observatory.rules.spans import Span
    from wadah.observatory.selectors.scope import Scope

Cell = tuple[int | None, int]
"""Kelurahan and trade."""


@dataclass(frozen=True, slots=True)
class Paid:
    """Pay of one firm for accepted work of one kelurahan and trade, in whole rupiah, as the books have it."""

    ikm: int
    area: int | None
    subsector: int
    rupiah: int


def pay_earned(span: Span, scope: Scope) -> list[Paid]:
    """Pay for accepted work by firm, kelurahan of the workshop and trade of the part. One query."""
    rows = WorkEntry.objects.filter(on__gte=span.first, on__lte=span.last)
    rows = rows.filter(scope.holds("work_order__workshop__area")).order_by()
    summed = rows.values_list("ikm", "work_order__workshop__area", "work_order__part__subsector")
    return [Paid(*row) for row in summed.annotate(all_rupiah=Sum("rupiah"))]


def moves_unbooked(span: Span, scope: Scope) -> int:
    """Accepted moves that the books don't hold yet: their pay is missing above. One query."""
    rows = LotMove.objects.filter(COUNTED_IN | COUNTED_OUT, lot__work_order__isnull=False)
    rows = rows.filter(at__gte=span.begins, at__lt=span.ends).filter(scope.holds("lot__work_order__workshop__area"))
    return rows.exclude(pk__in=WorkEntry.objects.values("move")).count()


@dataclass(frozen=True, slots=True)
class Delivered:
    """What buyers signed for of one trade. rupiah: at the prices of the order lines."""

    subsector: int
    pieces: float
    rupiah: int


def delivered(span: Span) -> list[Delivered]:
    """What buyers received, by trade: of the whole city, for an order isn't one kelurahan's. One query."""
    rows = ShipmentLine.objects.filter(
        shipment__receipt__received_at__gte=span.begins, shipment__receipt__received_at__lt=span.ends, received__gt=0
    )
    value = Cast("received", FloatField()) * Cast(F("line__price_rupiah_piece"), FloatField())
    summed = (
        rows.order_by()
        .values_list("line__part__subsector")
        .annotate(pieces=Sum(Cast("received", FloatField())), rupiah=Sum(value))
    )
    return [Delivered(trade, pieces, rupiah_of(round(rupiah, 2))) for trade, pieces, rupiah in summed]


@dataclass(frozen=True, slots=True)
class Material:
    """Raw material of one kelurahan and trade. rupiah: issued by the hub at its price then, and brought by members;
    unpriced: how many issues have no price, so that they are missing."""

    area: int | None
    subsector: int
    rupiah: int
    unpriced: int


def material_used(span: Span, scope: Scope) -> list[Material]:
    """Raw material by kelurahan of the workshop and trade of what was made of it. Two queries.

    Bought parts only: what another member made is that member's product. A buyer's own material isn't anybody's cost.
    """
    spent: dict[Cell, tuple[float, int]] = {}
    for area, trade, rupiah, unpriced in [*material_issued(span, scope), *material_brought(span, scope)]:
        before = spent.get((area, trade), (0.0, 0))
        spent[area, trade] = (before[0] + (rupiah or 0.0), before[1] + unpriced)
    return [
        Material(area, trade, rupiah_of(round(rupiah, 2)), unpriced)
        for (area, trade), (rupiah, unpriced) in spent.items()
    ]


def material_issued(span: Span, scope: Scope) -> list[tuple[int | None, int, float, int]]:
    """What the hub handed out of bought parts and didn't get back, at the price in force that day."""
    prices = MaterialPrice.objects.filter(
        part=OuterRef("lot__part"),
        cooperative=OuterRef("lot__cooperative"),
        valid_from__lte=OuterRef("at__date"),
        price_rupiah__gt=0,
    ).order_by("-valid_from")
    each = Cast("price_rupiah", FloatField()) / Cast("quantity", FloatField())
    rows = MaterialIssue.objects.filter(
        lot__part__supply=Supply.BOUGHT, lot__owner__isnull=True, at__gte=span.begins, at__lt=span.ends
    ).filter(scope.holds("work_order__workshop__area"))
    priced = rows.alias(
        each=Subquery(prices.annotate(each=each).values("each")[:1], output_field=FloatField()),
        used=Cast("pieces", FloatField()) - Cast("returned", FloatField()),
    )
    summed = (
        priced.order_by()
        .values_list("work_order__workshop__area", "work_order__part__subsector")
        .annotate(
            rupiah=Sum(F("each") * F("used"), default=0.0),
            unpriced=Sum(Case(When(each__isnull=True, then=Value(1)), default=Value(0))),
        )
    )
    return list(summed)


def material_brought(span: Span, scope: Scope) -> list[tuple[int | None, int, float, int]]:
    """What members brought themselves, as they are paid for it with each accepted piece."""
    rows = LotMove.objects.filter(
        lot__work_order__material_rupiah_piece__gt=0, at__gte=span.begins, at__lt=span.ends
    ).filter(scope.holds("lot__work_order__workshop__area"))

    def cost(condition: Q) -> Sum:
        each = Cast(F("lot__work_order__material_rupiah_piece"), FloatField())
        return Sum(Cast("pieces", FloatField()) * each, filter=condition, default=0.0)

    summed = (
        rows.order_by()
        .values_list("lot__work_order__workshop__area", "lot__part__subsector")
        .annotate(came=cost(COUNTED_IN), went=cost(COUNTED_OUT))
    )
    return [(area, trade, came - went, 0) for area, trade, came, went in summed]
