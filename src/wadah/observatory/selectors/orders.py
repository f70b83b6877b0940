"""Orders of the whole city: how far they were met, on how few buyers and makers they hang (O9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, FloatField, Q, Sum
from django.db.models.functions import Cast

from wadah.catalogue.models import Part, Rate
from wadah.catalogue.words import Supply
from wadah.demand.models import OrderLine
from wadah.demand.words import OrderStatus
from wadah.observatory.rules.spread import Concentration, concentration
from wadah.register.models import Membership
from wadah.units import rupiah_of
from wadah.work.models import WorkOrder

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from wadah.observatory.rules.spans import Span

FIRM = (OrderStatus.CONFIRMED, OrderStatus.PLANNED, OrderStatus.CLOSED)
"""Orders that are sure: neither drafts nor offers, nor called off."""
YEAR_DAYS = 365


@dataclass(frozen=True, slots=True)
class Met:
    """Order lines of one trade due within a span: pieces asked for, and those of them that buyers have received."""

    subsector: int
    asked: float
    received: float

    @property
    def share(self) -> float | None:
        return self.received / self.asked if self.asked else None


def lines_firm() -> QuerySet[OrderLine]:
    return OrderLine.objects.filter(order__status__in=FIRM).order_by()


def demand_met(span: Span) -> list[Met]:
    """By trade. One query."""
    rows = lines_firm().filter(due_on__gte=span.first, due_on__lte=span.last).values_list("part__subsector")
    return [
        Met(*row)
        for row in rows.annotate(
            asked=Sum(Cast("quantity", FloatField())), received=Sum(Cast("handed_over", FloatField()))
        )
    ]


def demand_unmet_by_area(span: Span) -> dict[int, float]:
    """Pieces ordered for a kelurahan, due within the span and not received; lines that name none are left out."""
    rows = lines_firm().filter(due_on__gte=span.first, due_on__lte=span.last, area__isnull=False).values_list("area")
    left = Sum(Cast("quantity", FloatField()) - Cast("handed_over", FloatField()))
    return {area: max(0.0, pieces) for area, pieces in rows.annotate(pieces=left)}


@dataclass(frozen=True, slots=True)
class BuyerShare:
    """What one buyer ordered, at order prices."""

    name: str
    market: str
    simulated: bool
    rupiah: int


@dataclass(frozen=True, slots=True)
class OrderBook:
    """Orders of the twelve months up to a day, the largest buyer first; lines without a price are counted apart."""

    buyers: tuple[BuyerShare, ...]
    unpriced: int
    spread: Concentration

    @property
    def rupiah(self) -> int:
        return sum(row.rupiah for row in self.buyers)

    def market(self, market: str) -> int:
        return sum(row.rupiah for row in self.buyers if row.market == market)


def order_book(day: date) -> OrderBook:
    """Two queries."""
    rows = lines_firm().filter(order__ordered_on__gt=day - timedelta(days=YEAR_DAYS), order__ordered_on__lte=day)
    value = Sum(Cast("quantity", FloatField()) * Cast("price_rupiah_piece", FloatField()))
    named = rows.values_list("order__buyer__name", "order__buyer__market", "order__buyer__simulated")
    buyers = [
        BuyerShare(name, market, simulated, rupiah_of(round(worth, 2)))
        for name, market, simulated, worth in named.annotate(value=value)
    ]
    buyers.sort(key=lambda row: (-row.rupiah, row.name))
    unpriced = rows.filter(price_rupiah_piece=0).count()
    return OrderBook(tuple(buyers), unpriced, concentration([row.rupiah for row in buyers]))


@dataclass(frozen=True, slots=True)
class Source:
    """A part that was worked on in the last twelve months, and how many workshops have a rate for it."""

    part: Part
    makers: int


def sources(day: date) -> list[Source]:
    """Made parts worked on in the twelve months up to a day, fewest makers first. Two queries.

    A maker is an open workshop of a firm that is a member of a cooperative that day, with a rate in force.
    """
    asked = WorkOrder.objects.filter(due_on__gt=day - timedelta(days=YEAR_DAYS), due_on__lte=day)
    parts = Part.objects.filter(pk__in=asked.order_by().values("part"), supply=Supply.MADE).order_by("code")
    members = Membership.objects.filter(Q(left_on__isnull=True) | Q(left_on__gt=day), joined_on__lte=day)
    rates = Rate.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=day),
        valid_from__lte=day,
        workshop__archived_at__isnull=True,
        workshop__ikm__in=members.filter(role=Membership.Role.MEMBER).values("ikm"),
    )
    makers = dict(rates.order_by().values_list("part").annotate(makers=Count("workshop", distinct=True)))
    found = [Source(part, makers.get(part.pk, 0)) for part in parts.select_related("subsector")]
    return sorted(found, key=lambda row: (row.makers, row.part.code))
