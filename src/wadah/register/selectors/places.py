"""Finding places, and the codes that a subsector counts under."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q

from wadah.register.models import Area, SubsectorClassification
from wadah.register.rules import AreaNode, area_nodes, fold_key

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from wadah.register.models import Subsector


def area_tree() -> tuple[AreaNode, ...]:
    """Every area as trees of frozen nodes, by code: cities at the top, their kecamatan, their kelurahan. One query."""
    return area_nodes(Area.objects.values_list("pk", "parent_id", "code", "name_spaced", "kind"))


def area_search(text: str) -> QuerySet[Area]:
    """Areas whose name holds `text`, spaces and case aside, or whose code (either office's) begins with it."""
    key = fold_key(text)
    return Area.objects.filter(Q(name_key__contains=key) | Q(code__startswith=key) | Q(bps_code__startswith=key))


def subsector_codes(subsector: Subsector, on: date) -> QuerySet[SubsectorClassification]:
    """The codes that a subsector counts under on a day, main ones first."""
    rows = SubsectorClassification.objects.filter(subsector=subsector, valid_from__lte=on)
    still = rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))
    return still.select_related("classification").order_by("role", "classification__code")


def workshops_by_area() -> QuerySet[Area]:
    """Kelurahan by code, each with `workshop_count` (open ones) and `simulated_count` (those made up among them)."""
    still = Q(workshops__archived_at__isnull=True)
    counted = Area.objects.filter(kind=Area.Kind.KELURAHAN).annotate(
        workshop_count=Count("workshops", filter=still),
        simulated_count=Count("workshops", filter=still & Q(workshops__simulated=True)),
    )
    return counted.select_related("parent").order_by("code")


def districts_named() -> list[tuple[str, str]]:
    """Code and name of every kecamatan, by name. One query."""
    rows = Area.objects.filter(kind=Area.Kind.KECAMATAN).order_by("name_spaced")
    return list(rows.values_list("code", "name_spaced"))
