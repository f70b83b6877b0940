"""What the plan in force counted on and won't come: kept until a replan has mended it, or it is left as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import monday, now
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_record
from wadah.work.models import Disruption
from wadah.work.words import DisruptionStatus

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from wadah.accounts.models import User
    from wadah.catalogue.models import Part
    from wadah.plans.models import PlanRun
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


@transaction.atomic
def disruption_close(
    *,
    disruption: Disruption,
    status: str = DisruptionStatus.DISMISSED,
    by: User | None,
    note: str,
    mended_run: PlanRun | None = None,
) -> Disruption:
    """It is left as it is (DISMISSED) or made up for (MENDED, by mended_run). note: why or how.

    Raises
    ------
    Refused: no note. Conflict: it isn't open any more.
    """
    if not note.strip():
        raise Refused(_("Write the reason in a few words."), field="note")
    locked = Disruption.objects.select_for_update(of=("self",)).get(pk=disruption.pk)
    if locked.status != DisruptionStatus.OPEN:
        raise Conflict(_("This is settled already. Open the page again."))
    locked.status, locked.closed_at, locked.closed_by = status, now(), by
    locked.mended_run = mended_run
    locked.save(update_fields=["status", "closed_at", "closed_by", "mended_run"])
    history_record(
        user=by,
        act="disruption_close",
        row=locked,
        old={"status": disruption.status},
        new={"status": status},
        reason=note,
    )
    return locked
