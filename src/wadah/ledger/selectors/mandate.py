"""The mandate against what really happened: asked, ordered, received, and bought from cooperatives (docs/city.md B).

A line counts for the year of the sizes that it was made of, else for the year in which it is due. Only cloth with a
motif counts: what carries none fills no duty.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, Sum

from wadah.demand.models import Institution, OrderLine, RequestSize
from wadah.demand.rules.public import SmallBuying
from wadah.demand.selectors.mandate import left_out
from wadah.demand.selectors.schools import (
    asked_by_rules,
    asked_of,
    budgets_stated,
    heads_of_year,
    rules_of_year,
    small_share_on,
)
from wadah.demand.words import OrderStatus
from wadah.ledger.models import CreditNote, Invoice
from wadah.register.models import Area
from wadah.work.models import ShipmentLine
from wadah.work.words import ShipmentStatus

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from django.db.models import QuerySet

NOT_ORDERED = (OrderStatus.DRAFT, OrderStatus.RESERVED, OrderStatus.CANCELLED)


@dataclass(frozen=True, slots=True)
class Covered:
    """Pieces of one year. obliged: of the duty, what the city can order for its own; the rest is a scenario; counted:
    whether its heads are counted here and not in another row (B4)."""

    heads: int = 0
    obliged: int = 0
    scenario: int = 0
    ordered: int = 0
    received: int = 0
    counted: bool = True

    @property
    def duty(self) -> int:
        return self.obliged + self.scenario

    @property
    def obliged_left(self) -> int:
        """Of the duty, not ordered yet; what is ordered fills the duty before the scenario."""
        return max(0, self.obliged - self.ordered)

    @property
    def to_order(self) -> int:
        return max(0, self.duty - self.ordered)

    @property
    def to_receive(self) -> int:
        return max(0, self.ordered - self.received)


@dataclass(frozen=True, slots=True)
class AreaCovered:
    """A kelurahan (or what is told for a larger area only) with its institutions together. for_all: pieces in orders
    that name the area and no institution."""

    area: Area
    institutions: int
    covered: Covered
    for_all: int

    @property
    def to_order(self) -> int:
        return max(0, self.covered.duty - self.covered.ordered - self.for_all)


def covered_by_institution(year: int) -> dict[int, Covered]:
    """Every institution by id. Seven queries."""
    institutions = Institution.objects.in_bulk()
    counts, twice = heads_of_year(year), left_out()
    heads: dict[int, int] = defaultdict(int)
    for count in counts:
        heads[count.institution_id] += count.heads
    obliged: dict[int, int] = defaultdict(int)
    scenario: dict[int, int] = defaultdict(int)
    for one in asked_by_rules(rules_of_year(year), counts, year, institutions):
        (obliged if one.rule.obligation else scenario)[one.institution] += one.duty
    ordered, received = pieces_ordered_by(year), pieces_received_by(year)
    return {
        key: Covered(
            heads[key],
            obliged[key],
            scenario[key],
            ordered.get(row.buyer_id or 0, 0),
            received.get(row.buyer_id or 0, 0),
            key not in twice,
        )
        for key, row in institutions.items()
    }


def covered_of(institution: Institution, year: int) -> Covered:
    """The same of one. Five queries."""
    asked = asked_of(institution, year)
    buyers = [institution.buyer_id] if institution.buyer_id else []
    return Covered(
        sum({one.group: one.heads for one in asked}.values()),
        sum(one.duty for one in asked if one.rule.obligation),
        sum(one.duty for one in asked if not one.rule.obligation),
        sum(pieces_ordered_by(year, buyers).values()),
        sum(pieces_received_by(year, buyers).values()),
    )


def lines_of_year(year: int) -> QuerySet[OrderLine]:
    """Lines of cloth with a motif that count as ordered, for that year: the year of the sizes that they were made of,
    else the year in which they are due."""
    sizes = RequestSize.objects.filter(request=OuterRef("order__quotation__request"))
    of_year = Exists(sizes.filter(year=year)) | Q(due_on__year=year) & ~Exists(sizes)
    rows = OrderLine.objects.filter(of_year, part__motif__isnull=False)
    return rows.exclude(order__status__in=NOT_ORDERED)


def pieces_ordered_by(year: int, buyers: Collection[int] | None = None) -> dict[int, int]:
    """Pieces that institutions ordered themselves, by buyer id; buyers: those of all institutions where None."""
    rows = lines_of_year(year).filter(order__buyer__institution__isnull=False)
    rows = rows if buyers is None else rows.filter(order__buyer__in=buyers)
    summed = rows.order_by().values_list("order__buyer").annotate(pieces=Sum("quantity"))
    return {buyer: int(pieces) for buyer, pieces in summed}


def pieces_received_by(year: int, buyers: Collection[int] | None = None) -> dict[int, int]:
    """Of those, what was signed for."""
    lines = lines_of_year(year).filter(order__buyer__institution__isnull=False)
    lines = lines if buyers is None else lines.filter(order__buyer__in=buyers)
    rows = ShipmentLine.objects.filter(shipment__status=ShipmentStatus.RECEIVED, line__in=lines.order_by().values("pk"))
    summed = rows.order_by().values_list("line__order__buyer").annotate(pieces=Sum("received"))
    return {buyer: int(pieces) for buyer, pieces in summed}


def covered_by_area(year: int, covered: Mapping[int, Covered] | None = None) -> list[AreaCovered]:
    """By area, the most left to order first; covered: of `covered_by_institution`, where the caller has it. Three
    queries beside that."""
    found = covered_by_institution(year) if covered is None else covered
    in_area: dict[int, list[Covered]] = defaultdict(list)
    for key, area in Institution.objects.order_by().values_list("pk", "area"):
        in_area[area].append(found[key])
    for_all = pieces_for_all(year)
    areas = Area.objects.select_related("parent").in_bulk({*in_area, *for_all})
    rows = [
        AreaCovered(areas[key], len(in_area[key]), together(in_area[key]), for_all.get(key, 0)) for key in sorted(areas)
    ]
    return sorted(rows, key=lambda row: (-row.to_order, row.area.name_spaced))


def together(rows: Iterable[Covered]) -> Covered:
    """Their sum; duty and heads of those alone that are counted."""
    held = list(rows)
    counted = [row for row in held if row.counted]
    return Covered(
        sum(row.heads for row in counted),
        sum(row.obliged for row in counted),
        sum(row.scenario for row in counted),
        sum(row.ordered for row in held),
        sum(row.received for row in held),
    )


def pieces_for_all(year: int) -> dict[int, int]:
    """Pieces in orders that the mandate made for an area (by id) and not for an institution. One query."""
    summed = lines_for_all(year).order_by().values_list("area").annotate(pieces=Sum("quantity"))
    return {area: int(pieces) for area, pieces in summed}


def lines_for_all(year: int) -> QuerySet[OrderLine]:
    rows = lines_of_year(year).filter(mandate__isnull=False, area__isnull=False)
    return rows.filter(order__buyer__institution__isnull=True)


def for_all_simulated(year: int) -> bool:
    """Whether any of those orders is made up, or its buyer."""
    return lines_for_all(year).filter(Q(order__simulated=True) | Q(order__buyer__simulated=True)).exists()


def bought_by(year: int, buyers: Collection[int] | None = None) -> dict[int, int]:
    """Rupiah before tax that cooperatives invoiced in a year, less what was credited, by buyer id; buyers: those of all
    institutions where None. Two queries."""
    found: dict[int, int] = defaultdict(int)
    invoices = Invoice.objects.filter(on__year=year, buyer__institution__isnull=False, opening=None)
    invoices = invoices if buyers is None else invoices.filter(buyer__in=buyers)
    for buyer, rupiah in invoices.order_by().values_list("buyer").annotate(rupiah=Sum("net")):
        found[buyer] += rupiah
    notes = CreditNote.objects.filter(invoice__in=invoices.order_by().values("pk"))
    for buyer, rupiah in notes.order_by().values_list("invoice__buyer").annotate(rupiah=Sum("net")):
        found[buyer] -= rupiah
    return dict(found)


def small_buying(year: int) -> dict[int, SmallBuying]:
    """Each institution's budget against what went to small firms, by institution id. Four queries and one."""
    budgets, bought = budgets_stated(year), bought_by(year)
    rule = small_share_on(date(year, 12, 31))
    return {
        key: SmallBuying(
            budgets[key].rupiah if key in budgets else None,
            bought.get(buyer or 0, 0),
            budgets[key].small_elsewhere_rupiah if key in budgets else None,
            rule.percent if rule else None,
        )
        for key, buyer in Institution.objects.order_by().values_list("pk", "buyer")
    }


def small_buying_of(institution: Institution, year: int) -> SmallBuying:
    """The same of one."""
    budget = institution.budgets.filter(year=year).order_by("-stated_on").first()
    buyers = [institution.buyer_id] if institution.buyer_id else []
    rule = small_share_on(date(year, 12, 31))
    return SmallBuying(
        budget.rupiah if budget else None,
        sum(bought_by(year, buyers).values()),
        budget.small_elsewhere_rupiah if budget else None,
        rule.percent if rule else None,
    )
