"""Reading the figures of parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.plans.models import PartOutput

if TYPE_CHECKING:
    from collections.abc import Collection

    from wadah.register.models import Cooperative


def outputs_of(cooperatives: Collection[Cooperative]) -> dict[tuple[int, int], PartOutput]:
    """What was worked out for these cooperatives, by (cooperative id, part id). One query."""
    rows = PartOutput.objects.filter(cooperative__in=cooperatives)
    return {(row.cooperative_id, row.part_id): row for row in rows}
