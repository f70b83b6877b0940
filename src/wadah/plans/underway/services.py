"""What is on its way into the hub's stock, or out as material of work in hand, kept by what it belongs to.

Each row belongs to one lot or one work order of the room above, which holds that one's lock when it writes here; so
nobody else writes the same rows, and no two people wait for each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from wadah.plans.models import UnderWay

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal


@transaction.atomic
def under_way_set(*, cooperative: int, source: str, pieces: Mapping[int, Decimal]) -> bool:
    """All that is under way under `source`, in place of what was before: pieces (≥ 0) by part id; whether it changed.
    cooperative: id.

    The caller holds the lock of what `source` names.
    """
    rows = {row.part_id: row for row in UnderWay.objects.filter(source=source)}
    wanted = {part: held for part, held in pieces.items() if held > 0}
    gone = [row.pk for part, row in rows.items() if part not in wanted]
    if gone:
        UnderWay.objects.filter(pk__in=gone).delete()
    changed = bool(gone)
    for part, held in wanted.items():
        row = rows.get(part) or UnderWay(cooperative_id=cooperative, part_id=part, source=source)
        if row.pk is None or row.pieces != held:
            row.pieces, changed = held, True
            row.save()
    return changed
