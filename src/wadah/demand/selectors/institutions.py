"""Schools and offices, the heads they count, and the mandate's rules as lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import OuterRef, Prefetch, Subquery, Sum

from wadah.demand.models import Headcount, Institution, MandatePhase, MandateRule

if TYPE_CHECKING:
    from django.db.models import QuerySet


def institutions_listed() -> QuerySet[Institution]:
    """All institutions by code, with area, and `heads`: of all groups on the newest day counted."""
    counts = Headcount.objects.filter(institution=OuterRef("pk")).order_by()
    newest = counts.values("as_of").annotate(heads=Sum("heads")).order_by("-as_of")
    rows = Institution.objects.select_related("area__parent", "buyer")
    return rows.annotate(heads=Subquery(newest.values("heads")[:1])).order_by("code")


def headcounts_of(institution: Institution) -> QuerySet[Headcount]:
    return institution.headcounts.order_by("-as_of", "group")


def mandate_rules_listed() -> QuerySet[MandateRule]:
    """All rules by code, each with its phases in order."""
    return MandateRule.objects.prefetch_related(
        Prefetch("phases", MandatePhase.objects.order_by("valid_from"))
    ).order_by("code")
