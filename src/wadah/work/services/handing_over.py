"""From the workshop to the hub: lots announced or received at the counter, counted there, taken back before inspection.

A hand-over makes a lot whose pieces wait for inspection (docs/work.md W3). Work takes the hours of the week in which it
is brought: a promise for another one is moved, and what lies at the hub is no longer to come (W5).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.attachments import attachment_keep
from wadah.base.clock import JAKARTA, business_date, monday, today
from wadah.base.errors import Refused
from wadah.base.history import history_record
from wadah.catalogue.saving import quantity_check
from wadah.plans.commitments.services import (
    commitment_add,
    commitment_hand_over,
    commitment_reduce,
    commitment_take_back,
)
from wadah.units import decimal_text
from wadah.work.services.acting import Act, reason_needed
from wadah.work.services.moves import lot_born, lot_lock, lot_move
from wadah.work.services.orders import member_over, standing, terms_of, work_order_lock, work_order_settle
from wadah.work.services.progress import open_check, progress_write
from wadah.work.words import Bucket, InspectionStatus, LotOrigin, MoveKind, WorkOrderKind

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from django.core.files.uploadedfile import UploadedFile

    from wadah.accounts.models import User
    from wadah.work.models import Lot, WorkOrder
    from wadah.work.services.orders import Whose

AHEAD_MOST = timedelta(days=60)


@transaction.atomic
def hand_over(
    *,
    work_order: WorkOrder,
    pieces: Decimal,
    by: User | None = None,
    on_behalf_of: str = "",
    reason: str = "",
    bring_at: datetime | None = None,
    beyond: bool = False,
    photo: UploadedFile[bytes] | None = None,
) -> Lot:
    """`pieces` (> 0) of a work order become a lot that waits for inspection.

    bring_at: when the member will bring it; None: it is at the hub, at the counter. beyond: also more than a member may
    hand over, which a manager answers for, with a reason. What is handed over counts as done.

    Raises
    ------
    Refused: more than are still to be handed over, a time that is over, half a piece of what comes whole. Conflict:
    the work order was moved to another week meanwhile.
    """
    act = Act(by, on_behalf_of, reason)
    if beyond:
        reason_needed(act, _("Say why more than asked is taken."))
    time_check(bring_at)
    quantity_check(work_order.part, pieces, field="pieces")
    row = work_order_lock(work_order, hours=True)
    open_check(row)
    room_check(row, pieces, beyond=beyond)
    promise_brought(row, min(pieces, standing(row).in_work))
    lot = lot_born(
        cooperative=row.cooperative,
        part=row.part,
        origin=LotOrigin.MADE,
        quantity=pieces,
        by=by,
        work_order=row,
        received_on=business_date(bring_at) if bring_at else today(),
        bring_at=bring_at,
        simulated=row.simulated,
        move={
            "workshop": row.workshop,
            "photo": attachment_keep(file=photo, by=by) if photo is not None else None,
            **act.told,
        },
    )
    after = standing(row).hand_over(pieces)
    if after.reported > row.reported:
        progress_write(row, after.reported - row.reported, act)
    work_order_settle(row, after, begun=True)
    return lot


def time_check(bring_at: datetime | None) -> None:
    """Raises Refused where a lot is announced for a day that is over, or far away."""
    if bring_at is None:
        return
    day = bring_at.astimezone(JAKARTA).date()
    if day < today():
        raise Refused(_("This day is over. Choose today or a later one."), field="bring_at")
    if day > today() + AHEAD_MOST:
        raise Refused(_("Announce it at most 60 days ahead."), field="bring_at")


def room_check(row: WorkOrder, pieces: Decimal, *, beyond: bool) -> None:
    """Raises Refused where more are brought than may be."""
    room = standing(row).room(member_over(row))
    if pieces <= room or (beyond and standing(row).asked > 0):
        return
    words = {"number": row.number, "room": decimal_text(room, 3), "got": decimal_text(pieces, 3)}
    if room == 0:
        raise Refused(_("%(number)s: everything is handed over already.") % words, field="pieces")
    raise Refused(
        _("%(number)s: %(room)s can still be handed over, got %(got)s. For more, ask your manager.") % words,
        field="pieces",
    )


def promise_brought(row: WorkOrder, pieces: Decimal) -> None:
    """Pieces of a work order, locked with its hours, are brought: they took the hours of this week, whichever they were
    promised for, and are no longer to come (docs/work.md W5). Trial lots are no promise."""
    if pieces <= 0 or row.kind == WorkOrderKind.TRIAL:
        return
    week = monday(today())
    promise_move(row, pieces, row.week_start, week)
    commitment_hand_over(**whose(row), week_start=week, pieces=pieces)


def promise_back(row: WorkOrder, pieces: Decimal, brought: date) -> None:
    """Pieces that were brought in the week of `brought` (its Monday) are to come again, in the work order's week."""
    if pieces <= 0 or row.kind == WorkOrderKind.TRIAL:
        return
    for week, back in commitment_take_back(**whose(row), week_start=brought, pieces=pieces).items():
        promise_move(row, back, week, row.week_start)


def promise_move(row: WorkOrder, pieces: Decimal, source: date, target: date) -> None:
    if source != target:
        commitment_reduce(**whose(row), week_start=source, pieces=pieces)
        commitment_add(**whose(row), week_start=target, pieces=pieces, pace=terms_of(row).pace, beyond_hours=True)


def whose(row: WorkOrder) -> Whose:
    return {"cooperative": row.cooperative, "part": row.part, "workshop": row.workshop}


@transaction.atomic
def hand_over_receive(*, lot: Lot, pieces: Decimal, by: User | None = None, note: str = "") -> Lot:
    """The hub counted `pieces` (≥ 0) of an announced lot as it came in; what is missing is in work again.

    Raises
    ------
    Refused: it isn't announced any more, or more came than were announced (they are a lot of their own).
    """
    row, locked = locked_both(lot)
    on_the_way_check(locked)
    if pieces > locked.waiting:
        words = {"lot": locked.number, "said": decimal_text(locked.waiting, 3)}
        raise Refused(
            _("%(lot)s: %(said)s were announced. Take what is more as a hand-over of its own.") % words, field="pieces"
        )
    if pieces < locked.waiting:
        words = {"said": decimal_text(locked.waiting, 3), "counted": decimal_text(pieces, 3)}
        why = note.strip() or _("%(said)s announced, %(counted)s counted.") % words
        pieces_back(row, locked, locked.waiting - pieces, Act(by, reason=why))
    old = {"bring_at": locked.bring_at, "received_on": locked.received_on}
    locked.bring_at, locked.received_on = None, today()
    locked.save(update_fields=["bring_at", "received_on"])
    new = {"bring_at": None, "received_on": locked.received_on}
    history_record(user=by, act="hand_over_receive", row=locked, old=old, new=new, reason=note.strip())
    return locked


@transaction.atomic
def hand_over_cancel(
    *,
    lot: Lot,
    reason: str,
    pieces: Decimal | None = None,
    at_hub: bool = False,
    by: User | None = None,
    on_behalf_of: str = "",
) -> Lot:
    """Takes back a lot, or `pieces` of it, before it is inspected: they are in work again and done, not handed over.

    The lot's number stays used; its pieces went back to their maker. at_hub: also what the hub has received already,
    which the hub decides; a member takes back only what is announced.

    Raises
    ------
    Refused: no reason, it is being inspected or was, fewer wait than are to be taken back, or it is at the hub.
    """
    act = Act(by, on_behalf_of, reason)
    reason_needed(act, _("Say why it is taken back."))
    row, locked = locked_both(lot)
    if not at_hub:
        on_the_way_check(locked)
    back = locked.waiting if pieces is None else pieces
    quantity_check(locked.part, back, field="pieces")
    pieces_back(row, locked, back, act)
    if locked.waiting == 0 and locked.bring_at is not None:
        locked.bring_at = None
        locked.save(update_fields=["bring_at"])
    return locked


def locked_both(lot: Lot) -> tuple[WorkOrder, Lot]:
    """The work order of a lot as it was handed over, locked with its hours, and the lot, locked.

    Raises
    ------
    Refused: no member handed it over.
    """
    if lot.origin != LotOrigin.MADE or lot.work_order_id is None or lot.milestone_id is not None:
        raise Refused(_("%(lot)s wasn't handed over by a member.") % {"lot": lot.number})
    row = work_order_lock(lot.work_order_id, hours=True, also=monday(business_date(lot.made_at)))
    return row, lot_lock(lot)


def on_the_way_check(lot: Lot) -> None:
    if lot.bring_at is None:
        raise Refused(_("%(lot)s is at the hub already, or was taken back.") % {"lot": lot.number})


def pieces_back(row: WorkOrder, lot: Lot, pieces: Decimal, act: Act) -> None:
    """Pieces of a lot that nobody has inspected go back to their maker and are in work again; both are locked."""
    if lot.inspections.exclude(status=InspectionStatus.CANCELLED).exists():
        raise Refused(_("%(lot)s is being inspected or was: it can't be taken back.") % {"lot": lot.number})
    lot_move(
        lot=lot,
        kind=MoveKind.RETURN,
        source=Bucket.WAITING,
        target=Bucket.RETURNED,
        pieces=pieces,
        by=act.by,
        workshop=row.workshop,
        **act.told,
    )
    before, after = standing(row), standing(row).take_back(pieces)
    work_order_settle(row, after, begun=True)
    promise_back(row, after.in_work - before.in_work, monday(business_date(lot.made_at)))
    told = {"old": {"handed_over": before.handed_over}, "new": {"handed_over": after.handed_over}}
    history_record(user=act.by, act="hand_over_cancel", row=row, **told, **act.told)
