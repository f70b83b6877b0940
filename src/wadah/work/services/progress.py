"""How far a member is: begun, +1, +10, all, corrected downwards; each report is kept and never changed."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.attachments import attachment_keep
from wadah.base.clock import now
from wadah.base.errors import Refused
from wadah.base.history import history_record
from wadah.catalogue.saving import quantity_check
from wadah.units import decimal_text
from wadah.work.models import Progress, WorkOrder
from wadah.work.services.acting import Act, reason_needed
from wadah.work.services.orders import member_over, standing, work_order_lock, work_order_settle
from wadah.work.words import WorkOrderKind, WorkOrderStatus

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from wadah.accounts.models import User


@transaction.atomic
def progress_report(
    *,
    work_order: WorkOrder,
    pieces: Decimal | None,
    by: User | None = None,
    on_behalf_of: str = "",
    reason: str = "",
    photo: UploadedFile[bytes] | None = None,
) -> Progress:
    """`pieces` more are done; None: all that are still to do; below zero: fewer than was said, with a reason; 0: only
    a photo. The first report begins the work.

    Raises
    ------
    Refused: more than are still to be made (and the over that is allowed), fewer than are handed over already, a
    correction without a reason, half a piece of what comes whole, or a photo that can't be read.
    """
    act = Act(by, on_behalf_of, reason)
    row = work_order_lock(work_order)
    open_check(row)
    more = standing(row).to_do if pieces is None else pieces
    if more < 0:
        reason_needed(act, _("Say why fewer are done than was said."))
    if more == 0 and photo is None:
        raise Refused(_("Nothing is left to report: all are done."), field="pieces")
    if more:
        quantity_check(row.part, abs(more), field="pieces")
    bounds_check(row, more)
    made = progress_write(row, more, act, photo)
    work_order_settle(row, standing(row).report(more), begun=True)
    return made


def progress_write(row: WorkOrder, pieces: Decimal, act: Act, photo: UploadedFile[bytes] | None = None) -> Progress:
    """Writes a report of a locked work order whose bounds are checked; the caller settles it."""
    return Progress.objects.create(
        work_order=row,
        pieces=pieces,
        at=now(),
        by=act.by,
        photo=attachment_keep(file=photo, by=act.by) if photo is not None else None,
        **act.told,
    )


@transaction.atomic
def work_order_start(
    *, work_order: WorkOrder, by: User | None = None, on_behalf_of: str = "", reason: str = ""
) -> WorkOrder:
    """The member begins: from now on it is in work. Begun already: nothing changes."""
    act = Act(by, on_behalf_of, reason)
    row = work_order_lock(work_order)
    open_check(row)
    if row.status == WorkOrderStatus.OPEN:
        work_order_settle(row, standing(row), begun=True)
        old, new = {"status": "open"}, {"status": row.status}
        history_record(user=by, act="work_order_start", row=row, old=old, new=new, **act.told)
    return row


def open_check(row: WorkOrder) -> None:
    """Raises Refused where nothing can be reported or handed over any more."""
    if row.status == WorkOrderStatus.CANCELLED:
        raise Refused(_("%(number)s was given up: nothing can be reported on it.") % {"number": row.number})
    if row.kind == WorkOrderKind.SERVICE:
        words = _("%(number)s is service work: hand in its milestones in place of pieces.")
        raise Refused(words % {"number": row.number})


def bounds_check(row: WorkOrder, more: Decimal) -> None:
    now_at, over = standing(row), member_over(row)
    most = max(Decimal(0), now_at.asked + max(over, row.over) - now_at.reported)
    if more > most:
        words = {"number": row.number, "most": decimal_text(most, 3), "got": decimal_text(more, 3)}
        raise Refused(
            _("%(number)s: %(most)s more can be reported, got %(got)s. If more were made, tell your manager.") % words,
            field="pieces",
        )
    if now_at.reported + more < now_at.handed_over:
        words = {"number": row.number, "brought": decimal_text(now_at.handed_over, 3)}
        raise Refused(
            _("%(number)s: %(brought)s are handed over already. Fewer can't be done.") % words, field="pieces"
        )
