"""Service work (animation, IT): milestones laid out, handed in, accepted or sent back; hours in place of pieces.

An accepted milestone is a lot of its hours that is received and accepted at once, so that pay, order and shipping work
as they do for pieces.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from wadah.base.attachments import attachment_keep
from wadah.base.clock import now, today
from wadah.base.errors import Refused
from wadah.base.history import history_record, history_values
from wadah.catalogue.saving import columns_check, quantity_check
from wadah.units import decimal_text
from wadah.work.models import Lot, Milestone, WorkOrder
from wadah.work.services.acting import Act, reason_needed
from wadah.work.services.handing_over import promise_brought
from wadah.work.services.moves import lot_born, lot_move
from wadah.work.services.orders import give_up, standing, work_order_lock, work_order_settle
from wadah.work.services.progress import progress_write
from wadah.work.words import Bucket, LotOrigin, MilestoneStatus, MoveKind, WorkOrderKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.core.files.uploadedfile import UploadedFile

    from wadah.accounts.models import User

KEPT = ("status", "quantity", "title", "due_on", "link", "note", "decision_note")


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone as it is laid out: hours, and the day by which it is handed in."""

    title: str
    quantity: Decimal
    due_on: date


@transaction.atomic
def milestones_lay_out(*, work_order: WorkOrder, steps: Sequence[Step], by: User | None = None) -> list[Milestone]:
    """Lays out what is still to come of a service work order; accepted and handed-in milestones stay as they are.

    The milestones' hours add up to those of the work order. Numbers go on; none is used again.

    Raises
    ------
    Refused: no service work, nothing laid out, hours that don't add up, or one without title or hours.
    """
    row = work_order_lock(work_order)
    if row.kind != WorkOrderKind.SERVICE:
        raise Refused(_("%(number)s is work in pieces: it has no milestones.") % {"number": row.number})
    held = list(Milestone.objects.select_for_update().filter(work_order=row))
    kept = [one for one in held if one.status not in {MilestoneStatus.OPEN, MilestoneStatus.CANCELLED}]
    sums_check(row, sum((one.quantity for one in kept), Decimal(0)), steps)
    for one in held:
        if one.status == MilestoneStatus.OPEN:
            milestone_change(one, Act(by), "milestones_lay_out", status=MilestoneStatus.CANCELLED)
    first = max((one.number for one in held), default=0) + 1
    return [milestone_new(row, number, step, by) for number, step in enumerate(steps, first)]


def milestone_new(row: WorkOrder, number: int, step: Step, by: User | None) -> Milestone:
    made = Milestone(
        work_order=row, number=number, title=step.title.strip(), quantity=step.quantity, due_on=step.due_on
    )
    columns_check(made)
    made.save(force_insert=True)
    history_record(user=by, act="milestones_lay_out", row=made, new=history_values(made, KEPT))
    return made


def sums_check(row: WorkOrder, kept: Decimal, steps: Sequence[Step]) -> None:
    """Raises Refused where milestones don't add up to what the work order still asks."""
    for step in steps:
        quantity_check(row.part, step.quantity)
        if not step.title.strip():
            raise Refused(_("Say what is handed in with each milestone."), field="title")
    total, asked = kept + sum((step.quantity for step in steps), Decimal(0)), standing(row).asked
    if total != asked:
        words = {"total": decimal_text(total, 3), "asked": decimal_text(asked, 3), "number": row.number}
        raise Refused(
            _("The milestones add up to %(total)s hours, but %(number)s is for %(asked)s.") % words, field="quantity"
        )


@transaction.atomic
def milestone_hand_in(
    *,
    milestone: Milestone,
    by: User | None = None,
    on_behalf_of: str = "",
    reason: str = "",
    link: str = "",
    note: str = "",
    file: UploadedFile[bytes] | None = None,
) -> Milestone:
    """The member hands a milestone in: a link, a file or a note, at least one of them.

    Raises
    ------
    Refused: nothing to look at, or it is handed in, accepted or cancelled already.
    """
    act = Act(by, on_behalf_of, reason)
    row, locked = milestone_lock(milestone)
    state_check(locked, MilestoneStatus.OPEN, MilestoneStatus.REJECTED)
    if not (link.strip() or note.strip() or file is not None):
        raise Refused(_("Give a link, a file or a note, so that it can be looked at."), field="link")
    attachment = attachment_keep(file=file, by=by) if file is not None else locked.attachment
    told = {"link": link.strip(), "note": note.strip(), "attachment": attachment}
    stamps = {"handed_in_at": now(), "handed_in_by": by}
    milestone_change(locked, act, "milestone_hand_in", status=MilestoneStatus.HANDED_IN, **told, **stamps)
    work_order_settle(row, standing(row), begun=True)
    return locked


@transaction.atomic
def milestone_accept(
    *, milestone: Milestone, by: User | None = None, note: str = "", quantity: Decimal | None = None
) -> Lot:
    """What was handed in is good: its hours are a lot, accepted at once. quantity: fewer hours than it had; the rest
    becomes a milestone of its own, to be handed in again.

    Raises
    ------
    Refused: it isn't handed in, or more hours than it had.
    """
    row, locked = milestone_lock(milestone, hours=True)
    state_check(locked, MilestoneStatus.HANDED_IN)
    good = locked.quantity if quantity is None else quantity
    quantity_check(row.part, good)
    if good > locked.quantity:
        words = {"most": decimal_text(locked.quantity, 3), "got": decimal_text(good, 3)}
        raise Refused(_("It was for %(most)s hours, got %(got)s.") % words, field="quantity")
    rest = locked.quantity - good
    stamps = {"decided_at": now(), "decided_by": by, "decision_note": note.strip()}
    milestone_change(
        locked, Act(by, reason=note), "milestone_accept", status=MilestoneStatus.ACCEPTED, quantity=good, **stamps
    )
    if rest:
        rest_open(row, locked, rest, by)
    return hours_received(row, locked, by)


def rest_open(row: WorkOrder, done: Milestone, rest: Decimal, by: User | None) -> None:
    """What was not accepted of a milestone, as one of its own."""
    last = Milestone.objects.filter(work_order=row).aggregate(last=Max("number"))["last"]
    milestone_new(row, last + 1, Step(done.title, rest, max(done.due_on, today())), by)


def hours_received(row: WorkOrder, milestone: Milestone, by: User | None) -> Lot:
    """The hours of an accepted milestone as a lot; its work order is locked with its hours."""
    promise_brought(row, min(milestone.quantity, standing(row).in_work))
    lot = lot_born(
        cooperative=row.cooperative,
        part=row.part,
        origin=LotOrigin.MADE,
        quantity=milestone.quantity,
        by=by,
        work_order=row,
        milestone=milestone,
        simulated=row.simulated,
        move={"workshop": row.workshop},
    )
    lot_move(
        lot=lot,
        kind=MoveKind.ACCEPT,
        source=Bucket.WAITING,
        target=Bucket.ACCEPTED,
        pieces=milestone.quantity,
        by=by,
        workshop=row.workshop,
    )
    after = standing(row).hand_over(milestone.quantity)
    progress_write(row, after.reported - row.reported, Act(by))
    work_order_settle(row, after, begun=True)
    return lot


@transaction.atomic
def milestone_send_back(*, milestone: Milestone, reason: str, by: User | None = None) -> Milestone:
    """What was handed in isn't good yet: the member reads why and hands it in again.

    Raises
    ------
    Refused: no reason, or it isn't handed in.
    """
    act = Act(by, reason=reason)
    reason_needed(act, _("Say what is still missing."))
    _row, locked = milestone_lock(milestone)
    state_check(locked, MilestoneStatus.HANDED_IN)
    stamps = {"decided_at": now(), "decided_by": by, "decision_note": act.reason.strip()}
    milestone_change(locked, act, "milestone_send_back", status=MilestoneStatus.REJECTED, **stamps)
    return locked


@transaction.atomic
def milestone_cancel(*, milestone: Milestone, reason: str, by: User | None = None, on_behalf_of: str = "") -> Milestone:
    """A milestone won't be made: its hours are free again, and the plan is told to make up for them.

    Raises
    ------
    Refused: no reason, or it is accepted or cancelled already.
    """
    act = Act(by, on_behalf_of, reason)
    reason_needed(act, _("Say why, so that the manager can help: ill, machine broken, no material."))
    row, locked = milestone_lock(milestone, hours=True)
    state_check(locked, MilestoneStatus.OPEN, MilestoneStatus.REJECTED, MilestoneStatus.HANDED_IN)
    milestone_change(locked, act, "milestone_cancel", status=MilestoneStatus.CANCELLED)
    give_up(row, locked.quantity, act)
    return locked


def milestone_lock(milestone: Milestone, *, hours: bool = False) -> tuple[WorkOrder, Milestone]:
    """Its work order and itself, locked in this order."""
    row = work_order_lock(milestone.work_order_id, hours=hours)
    return row, Milestone.objects.select_for_update(of=("self",)).get(pk=milestone.pk)


def state_check(milestone: Milestone, *states: str) -> None:
    """Raises Refused where a milestone isn't in one of `states` any more."""
    if milestone.status not in states:
        words = {"title": milestone.title, "state": MilestoneStatus(milestone.status).label}
        raise Refused(_("“%(title)s” is %(state)s by now. Open the page again.") % words)


def milestone_change(milestone: Milestone, act: Act, name: str, **columns: object) -> None:
    old = history_values(milestone, KEPT)
    for column, value in columns.items():
        setattr(milestone, column, value)
    columns_check(milestone)
    milestone.save()
    history_record(user=act.by, act=name, row=milestone, old=old, new=history_values(milestone, KEPT), **act.told)
