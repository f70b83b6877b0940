"""Requests and quotations, whose they are, and how they stand today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Min, OuterRef, Prefetch, Q, Subquery

from wadah.base.clock import today
from wadah.demand.models import Quotation, QuotationLine, QuotationVariant, Request
from wadah.demand.words import QuotationStatus

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet


def requests_seen(*, cooperatives: Collection[int], buyers: Collection[int]) -> QuerySet[Request]:
    """Requests to these cooperatives and of these buyers, newest first.

    Each with `line_count`, `unmatched` (lines whose part isn't known yet), `first_wanted`, and `offer`, the number of
    its newest quotation that isn't a draft.
    """
    newest = Quotation.objects.filter(request=OuterRef("pk")).exclude(status=QuotationStatus.DRAFT)
    rows = Request.objects.filter(Q(cooperative__in=cooperatives) | Q(buyer__in=buyers))
    rows = rows.annotate(
        line_count=Count("lines"),
        unmatched=Count("lines", filter=Q(lines__part__isnull=True)),
        first_wanted=Min("lines__wanted_on"),
        offer=Subquery(newest.order_by("-number").values("number")[:1]),
    )
    return rows.select_related("buyer", "cooperative").order_by("-received_on", "-number")


def quotations_seen(*, cooperatives: Collection[int], buyers: Collection[int]) -> QuerySet[Quotation]:
    """Quotations of these cooperatives, and those that reached these buyers (never a draft), newest first.

    With request, buyer, cooperative, variants, their lines and parts: three queries for any number of rows.
    """
    theirs = Q(request__buyer__in=buyers) & Q(sent_at__isnull=False)
    rows = Quotation.objects.filter(Q(request__cooperative__in=cooperatives) | theirs)
    lines = Prefetch("lines", QuotationLine.objects.select_related("part").order_by("line_no"))
    variants = Prefetch("variants", QuotationVariant.objects.order_by("code").prefetch_related(lines))
    rows = rows.select_related("request", "request__buyer", "request__cooperative")
    return rows.prefetch_related(variants).order_by("-number")


def quotation_standing(quotation: Quotation) -> str:
    """How a quotation stands today: `lapsed` from the day after its last valid one, also before that is written."""
    over = quotation.status == QuotationStatus.SENT and quotation.valid_until < today()
    return QuotationStatus.LAPSED if over else quotation.status
