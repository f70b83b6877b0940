"""Orders, whose they are, and what they need."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, F, Min, Q, Sum
from django.utils.translation import get_language

from wadah.base.clock import today
from wadah.catalogue.selectors import bom_graph, parts_below
from wadah.demand.models import Order, OrderLine
from wadah.demand.rules import Item, explode, explosion_rows
from wadah.demand.words import OrderStatus

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from wadah.accounts.models import User
    from wadah.catalogue.models import Part
    from wadah.demand.rules import ExplosionRow, Requirement
    from wadah.register.models import Cooperative

TO_PLAN = (OrderStatus.RESERVED, OrderStatus.CONFIRMED, OrderStatus.PLANNED)


@dataclass(frozen=True, slots=True)
class Explosion:
    """An order's explosion. rows: the tree; requirements: by part code; parts: by code, for names and units."""

    rows: tuple[ExplosionRow, ...]
    requirements: dict[str, Requirement]
    parts: dict[str, Part]


def cooperative_orders(cooperative: Cooperative) -> QuerySet[Order]:
    """A cooperative's orders, newest first, each with `line_count`, `pieces` and `first_due`."""
    return told(Order.objects.filter(cooperative=cooperative))


def buyer_orders(user: User) -> QuerySet[Order]:
    """The orders of the buyers that a person speaks for; nobody else's."""
    return told(Order.objects.filter(buyer__contacts__user=user))


def orders_seen(*, cooperatives: Collection[int], buyers: Collection[int]) -> QuerySet[Order]:
    """Orders of these cooperatives and of these buyers, newest first; told as above."""
    return told(Order.objects.filter(Q(cooperative__in=cooperatives) | Q(buyer__in=buyers)))


def told(orders: QuerySet[Order]) -> QuerySet[Order]:
    counted = orders.annotate(line_count=Count("lines"), pieces=Sum("lines__quantity"), first_due=Min("lines__due_on"))
    return counted.select_related("buyer", "cooperative").order_by("-ordered_on", "-number")


def lines_to_plan(cooperative: Cooperative) -> QuerySet[OrderLine]:
    """Lines of reserved, confirmed and planned orders that aren't handed over whole yet, by order number and line, with
    order, buyer and part.

    A reservation whose quotation is no longer valid today counts no more, whether or not it has been ended yet.
    """
    return lines_open([cooperative.pk])


def lines_open(cooperatives: Collection[int]) -> QuerySet[OrderLine]:
    """The same of several cooperatives."""
    lines = OrderLine.objects.filter(order__cooperative__in=cooperatives, order__status__in=TO_PLAN)
    lines = lines.filter(handed_over__lt=F("quantity"))
    lines = lines.exclude(order__status=OrderStatus.RESERVED, order__quotation__valid_until__lt=today())
    return lines.select_related("order", "order__buyer", "part").order_by("order__number", "line_no")


def order_explosion(order: Order) -> Explosion:
    """The explosion of an order's bill of materials, lines of the same part added up. Three queries."""
    ordered: dict[int, Decimal] = {}
    for part, quantity in order.lines.order_by("line_no").values_list("part_id", "quantity"):
        ordered[part] = ordered.get(part, Decimal(0)) + quantity
    graph = bom_graph()
    parts = parts_below(ordered, graph)
    items = {part.code: item_of(part, graph.get(key, ()), parts) for key, part in parts.items()}
    quantities = {parts[key].code: quantity for key, quantity in ordered.items()}
    rows = explosion_rows(items, quantities)
    return Explosion(rows, explode(items, quantities), {part.code: part for part in parts.values()})


def item_of(part: Part, bom: list[tuple[int, Decimal]] | tuple[()], parts: dict[int, Part]) -> Item:
    english = (get_language() or "").startswith("en") and part.supply_reason_en
    return Item(
        code=part.code,
        bom=tuple((parts[component].code, quantity) for component, quantity in bom),
        made=part.supply == "made",
        reason=part.supply_reason_en if english else part.supply_reason,
        integer=part.integer,
        pack_size=part.pack_size,
    )


def lines_handed_over(cooperative: Cooperative) -> set[str]:
    """Lines that the buyer has whole, or that are on the way there, as "PO-2026-0001/2"; closed orders' too."""
    lines = OrderLine.objects.filter(order__cooperative=cooperative)
    done = lines.filter(Q(order__status=OrderStatus.CLOSED) | Q(handed_over__gte=F("quantity")))
    done = done.exclude(order__status=OrderStatus.CANCELLED)
    return {f"{number}/{line}" for number, line in done.values_list("order__number", "line_no")}
