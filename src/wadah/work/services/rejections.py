"""What of a made lot won't come because it was rejected: one disruption a lot, so that a repair makes up for it.

Whatever is rejected, scrapped or sent back for good won't come; what is in rework is expected back, and what was
accepted as it is has come. The open disruption follows the lot; what a repair has mended, or somebody has left as it
is, is not asked for again.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from wadah.base.clock import now, today
from wadah.work.models import Disruption
from wadah.work.services.disruptions import disruption_open
from wadah.work.words import Bucket, DisruptionKind, DisruptionStatus, LotOrigin, WorkOrderKind

if TYPE_CHECKING:
    from wadah.work.models import Lot

NOTE_LENGTH_MAX = 400
THOUSANDTH = Decimal("0.001")


@transaction.atomic
def rejection_follow(*, lot: Lot, note: str = "") -> Disruption | None:
    """Brings the lot's disruption in line with where its pieces are now. lot: locked, as it is now; note: why.

    Returns the open one, None where nothing is missing.
    """
    if lot.origin == LotOrigin.BOUGHT or lot.work_order is None or lot.work_order.kind != WorkOrderKind.PIECES:
        return None
    rows = list(Disruption.objects.select_for_update().filter(lot=lot, kind=DisruptionKind.REJECTED).order_by("pk"))
    current = next((row for row in rows if row.status == DisruptionStatus.OPEN), None)
    missing = lot.rejected + gone_for_good(lot) - sum((handled(row) for row in rows), Decimal(0))
    if missing > 0:
        return resized(current, missing, note) if current else opened(lot, missing, note)
    if current is not None:
        current.status, current.closed_at = DisruptionStatus.DISMISSED, now()
        current.note = _("Nothing of it is missing any more.")
        current.save(update_fields=["status", "closed_at", "note"])
    return None


def gone_for_good(lot: Lot) -> Decimal:
    """Rejected pieces that were scrapped or sent back; what its maker took back before inspection is in work again."""
    bad, gone = [Bucket.REJECTED, Bucket.REWORK], [Bucket.SCRAPPED, Bucket.RETURNED]
    moved = lot.moves.filter(from_bucket__in=bad, to_bucket__in=gone).aggregate(all=Sum("pieces"))["all"]
    return (moved or Decimal(0)).quantize(THOUSANDTH)


def handled(row: Disruption) -> Decimal:
    """Pieces that somebody has seen to already: mended by a plan, or left as they are by a person."""
    if row.status == DisruptionStatus.MENDED or (row.status == DisruptionStatus.DISMISSED and row.closed_by_id):
        return row.pieces or Decimal(0)
    return Decimal(0)


def resized(row: Disruption, pieces: Decimal, note: str) -> Disruption:
    row.pieces, row.note = pieces, note[:NOTE_LENGTH_MAX]
    row.save(update_fields=["pieces", "note"])
    return row


def opened(lot: Lot, pieces: Decimal, note: str) -> Disruption:
    assert lot.work_order is not None
    return disruption_open(
        cooperative=lot.cooperative,
        kind=DisruptionKind.REJECTED,
        part=lot.part,
        workshop=lot.work_order.workshop,
        first_week=today(),
        pieces=pieces,
        work_order=lot.work_order,
        lot=lot,
        note=note[:NOTE_LENGTH_MAX],
    )
