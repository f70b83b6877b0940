"""How many pieces of each part are under way."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Sum

from wadah.plans.models import UnderWay

if TYPE_CHECKING:
    from wadah.register.models import Cooperative

PLACES = Decimal("0.001")


def under_way(cooperative: Cooperative) -> dict[int, Decimal]:
    """Pieces by part id; parts with none are left out. One query."""
    rows = UnderWay.objects.filter(cooperative=cooperative).order_by().values_list("part_id")
    return {part: pieces.quantize(PLACES) for part, pieces in rows.annotate(pieces=Sum("pieces"))}


def under_way_known() -> dict[str, dict[int, Decimal]]:
    """The rows themselves, of all cooperatives: pieces by part id, by source. One query."""
    found: dict[str, dict[int, Decimal]] = defaultdict(dict)
    for source, part, pieces in UnderWay.objects.order_by().values_list("source", "part_id", "pieces"):
        found[source][part] = pieces
    return dict(found)
