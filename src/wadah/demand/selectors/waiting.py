"""What buyers wait for, and what runs out soon: requests without an answer, quotations that are about to lapse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Min

from wadah.demand.models import Quotation, Request
from wadah.demand.words import QuotationStatus, RequestStatus

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

LAPSING_DAYS = 3
"""A quotation whose last valid day is so near is about to lapse."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """count: how many wait; first: the number of the one that has waited longest or ends first; day: when it came or
    ends. count 0: neither is there."""

    count: int
    first: str = ""
    day: date | None = None


def requests_unanswered(cooperatives: Collection[int]) -> Waiting:
    """Open requests to these cooperatives, none of whose quotations was sent; day: the oldest came in. Two queries."""
    rows = Request.objects.filter(cooperative__in=cooperatives, status=RequestStatus.OPEN)
    told = rows.aggregate(count=Count("pk"), day=Min("received_on"))
    oldest = rows.order_by("received_on", "number").values_list("number", flat=True).first()
    return Waiting(told["count"], oldest or "", told["day"])


def quotations_lapsing(cooperatives: Collection[int], on: date, days: int = LAPSING_DAYS) -> Waiting:
    """Sent quotations that end within `days` days from a day on, without an answer; day: the first one ends. Two
    queries."""
    rows = Quotation.objects.filter(request__cooperative__in=cooperatives, status=QuotationStatus.SENT)
    rows = rows.filter(valid_until__range=(on, on + timedelta(days=days)))
    told = rows.aggregate(count=Count("pk"), day=Min("valid_until"))
    soonest = rows.order_by("valid_until", "number").values_list("number", flat=True).first()
    return Waiting(told["count"], soonest or "", told["day"])
