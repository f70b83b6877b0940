"""What the plan in force counted on and won't come: kept until a replan has mended it, or it is left as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from wadah.base.clock import monday, now
from wadah.work.models import Disruption

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from wadah.catalogue.models import Part
    from wadah.register.models import Cooperative, Workshop


@transaction.atomic
def disruption_open(
    *,
    cooperative: Cooperative,
    kind: str,
    first_week: date,
    last_week: date | None = None,
    part: Part | None = None,
    workshop: Workshop | None = None,
    pieces: Decimal | None = None,
    **columns: Any,
) -> Disruption:
    """Writes down what won't come, to be mended. first_week, last_week: any day of them; one week where only the first
    is given. columns: the others of Disruption (offer, work_order, lot, note)."""
    return Disruption.objects.create(
        cooperative=cooperative,
        kind=kind,
        part=part,
        workshop=workshop,
        first_week=monday(first_week),
        last_week=monday(last_week or first_week),
        pieces=pieces,
        made_at=now(),
        **columns,
    )
