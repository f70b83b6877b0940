"""Work orders: made out of a taken offer, or by hand; given up in part; allowed to be more. One transaction each.

Locks are taken in one order, always: the week's hours (plans.commitments), then the work order, then lots.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import monday, now, today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_record
from wadah.base.numbering import number_next, number_text
from wadah.catalogue.saving import quantity_check
from wadah.catalogue.selectors.licensed import licence_on
from wadah.catalogue.words import MaterialBy
from wadah.plans.commitments.services import Pace, bucket_lock, commitment_add, commitment_reduce
from wadah.units import decimal_text
from wadah.work.models import WorkOrder, WorkTerms
from wadah.work.rules.orders import Standing, due_day, over_allowed
from wadah.work.services.acting import Act, reason_needed
from wadah.work.services.disruptions import disruption_open
from wadah.work.services.under_way import material_under_way
from wadah.work.words import DisruptionKind, WorkOrderKind, WorkOrderStatus

if TYPE_CHECKING:
    from datetime import date

    from wadah.accounts.models import User
    from wadah.catalogue.models import Part, Rate
    from wadah.demand.models import OrderLine
    from wadah.register.models import Cooperative, Workshop
    from wadah.work.models import Offer

PREFIX = "SPK"
ENDED = {WorkOrderStatus.DONE, WorkOrderStatus.CANCELLED}


class Whose(TypedDict):
    """What a promise is about."""

    cooperative: Cooperative
    part: Part
    workshop: Workshop


@dataclass(frozen=True, slots=True)
class OrderTerms:
    """What a work order takes and pays, frozen when it is made; columns as catalogue.Rate has them."""

    minutes_per_piece: Decimal = Decimal(0)
    setup_minutes: Decimal = Decimal(0)
    pay_rupiah_piece: int = 0
    setup_pay_rupiah: int = 0
    material_by: str = MaterialBy.COOPERATIVE
    material_rupiah_piece: int = 0
    transport_rupiah_piece: int = 0
    transport_rupiah_trip: int = 0

    @property
    def pace(self) -> Pace:
        return Pace(self.minutes_per_piece, self.setup_minutes)


def terms_of(row: Offer | Rate | WorkOrder) -> OrderTerms:
    """The terms that an offer, a rate or another work order has."""
    return OrderTerms(**{field.name: getattr(row, field.name) for field in fields(OrderTerms)})


@transaction.atomic
def work_order_make(
    *,
    cooperative: Cooperative,
    part: Part,
    workshop: Workshop,
    week_start: date,
    pieces: Decimal,
    terms: OrderTerms,
    kind: str = WorkOrderKind.PIECES,
    by: User | None = None,
    on_behalf_of: str = "",
    reason: str = "",
    **columns: Any,
) -> WorkOrder:
    """The one place where a work order is born, with the next number of its year ("SPK-2026-0001").

    Whoever calls has made the commitment first (commitment_add), as the locks' order asks; `work_order_open` does both.
    week_start: any day of the week that was promised; due_on is that week's Saturday unless given. columns: the others
    of WorkOrder (offer, line, due_on, note, simulated). on_behalf_of, reason: of a manager who acts for a member.

    Raises
    ------
    Refused: the quantity doesn't suit the part.
    """
    quantity_check(part, pieces, field="pieces")
    week, year = monday(week_start), today().year
    row = WorkOrder(
        number=number_text(PREFIX, year, number_next(PREFIX, year)),
        cooperative=cooperative,
        part=part,
        workshop=workshop,
        kind=kind,
        promise_week=week,
        week_start=week,
        due_on=columns.pop("due_on", None) or due_day(week),
        pieces=pieces,
        made_at=now(),
        made_by=by,
        **asdict(terms),
        **columns,
    )
    row.save(force_insert=True)
    told = {"number": row.number, "pieces": pieces, "due_on": row.due_on}
    history_record(user=by, act="work_order_make", row=row, new=told, reason=reason, on_behalf_of=on_behalf_of)
    return row


@transaction.atomic
def work_order_open(
    *,
    cooperative: Cooperative,
    part: Part,
    workshop: Workshop,
    week_start: date,
    pieces: Decimal,
    terms: OrderTerms,
    reason: str,
    by: User | None = None,
    kind: str = WorkOrderKind.PIECES,
    line: OrderLine | None = None,
    beyond_hours: bool = False,
    **columns: Any,
) -> WorkOrder:
    """A work order that a manager gives out by hand, without an offer: agreed by phone, a trial lot, service work.

    reason: why without an offer, kept in its history. A trial lot is of no plan: the workshop isn't approved for the
    part yet, so it is no commitment. beyond_hours: as commitment_add has it.

    Raises
    ------
    Refused: no reason, the quantity doesn't suit the part, the week is over, its hours don't hold so many, or the
    workshop has no licence for the part's motif in that week.
    """
    if not reason.strip():
        raise Refused(_("Say why this work is given without an offer."), field="reason")
    licence_check(part, workshop, week_start)
    quantity_check(part, pieces, field="pieces")
    if monday(week_start) < monday(today()):
        raise Refused(_("This week is over. Choose this week or a later one."), field="week_start")
    if kind == WorkOrderKind.SERVICE and line is None:
        raise Refused(_("Say which order the service is for."), field="line")
    if kind != WorkOrderKind.TRIAL:
        commitment_add(
            cooperative=cooperative,
            part=part,
            workshop=workshop,
            week_start=week_start,
            pieces=pieces,
            pace=terms.pace,
            beyond_hours=beyond_hours,
        )
    return work_order_make(
        cooperative=cooperative,
        part=part,
        workshop=workshop,
        week_start=week_start,
        pieces=pieces,
        terms=terms,
        kind=kind,
        line=line,
        by=by,
        reason=reason,
        **columns,
    )


def licence_check(part: Part, workshop: Workshop, week_start: date) -> None:
    """Nobody makes a motif without leave, by whatever door the work comes. Raises Refused."""
    if part.motif is None:
        return
    day = monday(week_start)
    if licence_on(motif=part.motif.pk, ikm=workshop.ikm_id, day=max(day, today())) is None:
        words = {"workshop": workshop.name, "motif": part.motif.name}
        raise Refused(
            _("%(workshop)s has no licence for the motif %(motif)s. Choose a licensed group.") % words, field="workshop"
        )


@transaction.atomic
def work_order_give_up(
    *, work_order: WorkOrder, pieces: Decimal, reason: str, by: User | None = None, on_behalf_of: str = ""
) -> WorkOrder:
    """`pieces` (> 0) of it won't be made: their hours are free again, and the plan is told to make up for them.

    Of pieces and trial lots; service work gives up milestones (milestone_cancel).

    Raises
    ------
    Refused: no reason, or more than are neither done nor handed over. Conflict: its week was moved meanwhile.
    """
    act = Act(by, on_behalf_of, reason)
    reason_needed(act, _("Say why, so that the manager can help: ill, machine broken, no material."))
    if work_order.kind == WorkOrderKind.SERVICE:
        raise Refused(_("%(number)s is service work: cancel a milestone of it.") % {"number": work_order.number})
    quantity_check(work_order.part, pieces, field="pieces")
    row = work_order_lock(work_order, hours=True)
    give_up(row, pieces, act)
    return row


def give_up(row: WorkOrder, pieces: Decimal, act: Act) -> None:
    """Gives up pieces of a work order that is locked with its hours."""
    most = standing(row).may_give_up
    if pieces > most:
        words = {"number": row.number, "most": decimal_text(most, 3), "got": decimal_text(pieces, 3)}
        raise Refused(
            _("%(number)s: at most %(most)s can be given up, got %(got)s. The others are done.") % words,
            field="pieces",
        )
    old = row.given_up
    work_order_settle(row, standing(row).give_up(pieces))
    told = {"old": {"given_up": old}, "new": {"given_up": row.given_up}}
    history_record(user=act.by, act="work_order_give_up", row=row, **told, **act.told)
    if row.kind == WorkOrderKind.TRIAL:
        return
    whose: Whose = {"cooperative": row.cooperative, "part": row.part, "workshop": row.workshop}
    commitment_reduce(**whose, week_start=row.week_start, pieces=pieces)
    disruption_open(
        **whose,
        kind=DisruptionKind.SHORT,
        first_week=row.week_start,
        pieces=pieces,
        work_order=row,
        note=act.reason.strip(),
    )


@transaction.atomic
def work_order_allow_over(*, work_order: WorkOrder, over: Decimal, reason: str, by: User | None = None) -> WorkOrder:
    """A manager allows `over` (≥ 0) pieces beyond those asked, in place of what was allowed before.

    Raises
    ------
    Refused: no reason, or more than `over` beyond those asked are handed over already.
    """
    act = Act(by, reason=reason)
    reason_needed(act, _("Say why more than asked may be made."))
    row = work_order_lock(work_order)
    quantity_check(row.part, over, field="over", zero=True)
    least = max(Decimal(0), row.handed_over - standing(row).asked)
    if over < least:
        words = {"number": row.number, "least": decimal_text(least, 3)}
        raise Refused(_("%(number)s: %(least)s beyond those asked are handed over already.") % words, field="over")
    old = row.over
    work_order_settle(row, replace(standing(row), over=over))
    told = {"old": {"over": old}, "new": {"over": over}}
    history_record(user=by, act="work_order_allow_over", row=row, **told, **act.told)
    return row


def work_order_lock(row: WorkOrder | int, *, hours: bool = False, also: date | None = None) -> WorkOrder:
    """The work order, locked until the transaction ends, with what it is now.

    hours: first the hours of its week, of this one and of `also` (its Monday), which the caller will change (the locks'
    order).

    Raises
    ------
    Conflict: it was moved to another week in between.
    """
    key = row if isinstance(row, int) else row.pk
    week = hours_lock(key, also) if hours else None
    rows = WorkOrder.objects.select_for_update(of=("self",))
    locked = rows.select_related("part", "workshop", "cooperative").get(pk=key)
    if week is not None and locked.week_start != week:
        raise Conflict(_("%(number)s was moved to another week. Open the page again.") % {"number": locked.number})
    return locked


def hours_lock(key: int, also: date | None) -> date:
    """Locks the buckets of a work order's week and of the others, the earliest first; that week as it was then."""
    row = WorkOrder.objects.select_related("workshop").get(pk=key)
    if row.kind != WorkOrderKind.TRIAL:
        for week in sorted({row.week_start, monday(today()), also or row.week_start}):
            bucket_lock(row.workshop, week)
    return row.week_start


def standing(row: WorkOrder) -> Standing:
    return Standing(row.pieces, row.over, row.reported, row.handed_over, row.given_up)


def member_over(row: WorkOrder) -> Decimal:
    """How many pieces beyond those asked its cooperative lets a member hand over without being asked."""
    terms = WorkTerms.objects.filter(cooperative=row.cooperative_id).only("over_percent").first()
    return over_allowed(row.pieces, terms.over_percent if terms else 0, integer=row.part.integer)


def work_order_settle(row: WorkOrder, at: Standing, *, begun: bool = False) -> None:
    """Saves where a locked work order stands now, and the status that follows from it; what its material is for."""
    material_moves = (at.handed_over, at.given_up) != (row.handed_over, row.given_up)
    row.over, row.reported, row.handed_over, row.given_up = at.over, at.reported, at.handed_over, at.given_up
    if at.asked == 0 and at.handed_over == 0:
        row.status = WorkOrderStatus.CANCELLED
    elif at.in_work == 0:
        row.status = WorkOrderStatus.DONE
    elif begun or row.status in ENDED or at.reported > 0:
        row.status = WorkOrderStatus.STARTED
    row.closed_at = (row.closed_at or now()) if row.status in ENDED else None
    row.save(update_fields=["over", "reported", "handed_over", "given_up", "status", "closed_at"])
    if material_moves:
        material_under_way(row)
