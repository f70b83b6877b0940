"""Buyers, who knows them, and what they may order."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q

from wadah.base.clock import today
from wadah.catalogue.models import Part
from wadah.catalogue.selectors import makers_by_part, parts_makable
from wadah.demand.models import Buyer, BuyerContact, Order, Request
from wadah.register.models import Cooperative
from wadah.register.selectors import cooperative_workshops, folded_search

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from django.db.models import QuerySet

AHEAD = dt.timedelta(weeks=26)


@dataclass(frozen=True, slots=True)
class Offerable:
    """A part that workshops of a cooperative may make within half a year. makers: how many of them."""

    part: Part
    cooperative: Cooperative
    makers: int


def buyers_seen(cooperatives: Collection[int]) -> QuerySet[Buyer]:
    """Buyers that these cooperatives brought in or dealt with, by name; each with `order_count`, `request_count` and
    `contact_count`, orders and requests counted to these cooperatives only."""
    theirs = {"cooperative__in": cooperatives}
    ordered = Exists(Order.objects.filter(buyer=OuterRef("pk"), **theirs))
    asked = Exists(Request.objects.filter(buyer=OuterRef("pk"), **theirs))
    brought = Exists(Buyer.cooperatives.through.objects.filter(buyer=OuterRef("pk"), **theirs))
    rows = Buyer.objects.filter(ordered | asked | brought)
    return rows.annotate(
        order_count=Count("orders", filter=Q(orders__cooperative__in=cooperatives), distinct=True),
        request_count=Count("requests", filter=Q(requests__cooperative__in=cooperatives), distinct=True),
        contact_count=Count("contacts", distinct=True),
    ).order_by("name")


def buyer_contacts(buyer: Buyer) -> QuerySet[BuyerContact]:
    return buyer.contacts.select_related("user").order_by("user__name", "id")


def buyers_of(ids: Collection[int]) -> QuerySet[Buyer]:
    """These buyers, but for archived ones, by name."""
    return Buyer.objects.filter(pk__in=ids, archived_at__isnull=True).order_by("name")


def cooperatives_asked(buyers: Collection[int]) -> QuerySet[Cooperative]:
    """Cooperatives that these buyers may ask: that brought them in, or have an order or a request of theirs."""
    known = Buyer.cooperatives.through.objects.filter(buyer__in=buyers).values("cooperative")
    ordered = Order.objects.filter(buyer__in=buyers).values("cooperative")
    asked = Request.objects.filter(buyer__in=buyers).values("cooperative")
    rows = Cooperative.objects.filter(Q(pk__in=known) | Q(pk__in=ordered) | Q(pk__in=asked))
    return rows.order_by("name", "id")


def parts_offerable(cooperatives: QuerySet[Cooperative], text: str = "") -> list[tuple[Cooperative, int]]:
    """Finished parts (ids) that workshops of each of these cooperatives may make from today on, by cooperative and
    name; text: searched in codes and names.

    A part that is only a step towards another isn't offered. Three queries a cooperative.
    """
    found: list[tuple[Cooperative, int]] = []
    first = today()
    for cooperative in cooperatives:
        workshops = cooperative_workshops(cooperative)
        parts = parts_makable(workshops=workshops, first_day=first, last_day=first + AHEAD)
        parts = parts.filter(routed_from__isnull=True).order_by("name", "pk")
        parts = folded_search(parts, text, "code", "name", "name_en") if text else parts
        found += [(cooperative, key) for key in parts.values_list("pk", flat=True)]
    return found


def offers_counted(offered: Sequence[tuple[Cooperative, int]]) -> list[Offerable]:
    """The same rows with their parts, and how many may make each. Three queries a cooperative, and one."""
    parts = Part.objects.in_bulk({key for _, key in offered})
    of: dict[Cooperative, list[int]] = {}
    for cooperative, key in offered:
        of.setdefault(cooperative, []).append(key)
    days = today(), today() + AHEAD
    makers = {
        cooperative: makers_by_part(
            workshops=cooperative_workshops(cooperative), first_day=days[0], last_day=days[1], parts=keys
        )
        for cooperative, keys in of.items()
    }
    return [Offerable(parts[key], cooperative, makers[cooperative][key]) for cooperative, key in offered]


def parts_offered(cooperatives: QuerySet[Cooperative]) -> list[Offerable]:
    """All of `parts_offerable`, counted."""
    return offers_counted(parts_offerable(cooperatives))


def parts_to_name() -> QuerySet[Part]:
    """Parts that a line may mean: all that are made and no step towards another, by code."""
    return Part.objects.filter(routed_from__isnull=True, supply="made").order_by("code")
