"""A workshop's leave to make a part, as inspections and trials change it. Its rows, catalogue's, gate planning."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from wadah.base.clock import today
from wadah.base.errors import Refused
from wadah.catalogue.models import Approval
from wadah.catalogue.services import approval_end
from wadah.catalogue.words import ApprovalStatus
from wadah.register.models import Membership
from wadah.work.services.disruptions import disruption_open
from wadah.work.words import DisruptionKind

if TYPE_CHECKING:
    from datetime import date

    from wadah.accounts.models import User
    from wadah.catalogue.models import Part
    from wadah.register.models import Cooperative, Workshop

WEEKS_WITHOUT = timedelta(weeks=12)
"""For how long a suspended workshop's work is given up when nobody says otherwise; a repair looks no further."""


def own_work_check(workshop: Workshop | None, by: User | None) -> None:
    """Raises Refused where somebody judges what their own firm has made."""
    if workshop is None or by is None:
        return
    if Membership.objects.filter(ikm=workshop.ikm_id, user=by.pk).exists():
        raise Refused(_("This is work of your own workshop: somebody else has to judge it."))


def approval_on(part: Part, workshop: Workshop, on: date) -> Approval | None:
    """The approval that holds on a day."""
    rows = Approval.objects.filter(part=part, workshop=workshop, status=ApprovalStatus.APPROVED, valid_from__lte=on)
    return rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on)).select_related("part", "workshop").first()


@transaction.atomic
def approval_suspend(
    *, cooperative: Cooperative, part: Part, workshop: Workshop, reason: str, by: User | None = None
) -> Approval | None:
    """Takes a workshop's leave to make a part away from tomorrow on, until somebody approves it again, and writes down
    that the plan in force can't count on it. Returns the suspension; None where it has no leave that goes on.

    Raises
    ------
    Refused: no reason.
    """
    if not reason.strip():
        raise Refused(_("Say why the approval is suspended."), field="reason")
    held = approval_on(part, workshop, today())
    if held is None or held.valid_until == today():
        return None
    suspended = approval_end(approval=held, last_day=today(), status=ApprovalStatus.SUSPENDED, note=reason, by=by)
    tomorrow = suspended.valid_from
    disruption_open(
        cooperative=cooperative,
        kind=DisruptionKind.REJECTED,
        part=part,
        workshop=workshop,
        first_week=tomorrow,
        last_week=tomorrow + WEEKS_WITHOUT,
        note=reason[:400],
    )
    return suspended
