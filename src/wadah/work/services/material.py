"""Material: bought or lent by a buyer, handed out for a work order, brought back, spoilt, sent back to its owner."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import now, today
from wadah.base.errors import Refused
from wadah.base.history import history_record
from wadah.catalogue.models import BomLine, Part
from wadah.catalogue.saving import quantity_check
from wadah.catalogue.words import MaterialBy
from wadah.units import date_text, decimal_text
from wadah.work.models import Lot, MaterialIssue
from wadah.work.rules.material import Given, missing, needed, sum_of
from wadah.work.services.acting import Act, reason_needed
from wadah.work.services.moves import lot_born, lot_lock, lot_move, opening_count
from wadah.work.services.orders import standing, work_order_lock
from wadah.work.services.under_way import material_under_way
from wadah.work.words import Bucket, LotOrigin, MoveKind, WorkOrderStatus

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from wadah.accounts.models import User
    from wadah.demand.models import Buyer
    from wadah.register.models import Cooperative
    from wadah.work.models import WorkOrder

SENDABLE = (Bucket.ACCEPTED, Bucket.REJECTED, Bucket.WAITING)


@dataclass(frozen=True, slots=True)
class Taking:
    """So many pieces of a lot."""

    lot: Lot
    pieces: Decimal


@transaction.atomic
def material_receive(
    *,
    cooperative: Cooperative,
    part: Part,
    quantity: Decimal,
    by: User | None = None,
    supplier: str = "",
    batch: str = "",
    owner: Buyer | None = None,
    received_on: date | None = None,
    expires_on: date | None = None,
    inspect: bool = False,
    note: str = "",
) -> Lot:
    """A batch that came in: bought from `supplier`, or lent by `owner`, whose own it stays. inspect: it has to be
    looked at before it goes out.

    Raises
    ------
    Refused: neither supplier nor owner, both, an expiry before it came, or half a piece of what comes whole.
    """
    if owner is None and not supplier.strip():
        raise Refused(_("Say who it was bought from, or whose it is."), field="supplier")
    if owner is not None and supplier.strip():
        raise Refused(_("It is either bought or the buyer's own, not both."), field="supplier")
    day = received_on or today()
    if day > today():
        raise Refused(_("It can't have come in on a day that is still to come."), field="received_on")
    if expires_on is not None and expires_on < day:
        raise Refused(_("It would have expired before it came in."), field="expires_on")
    lot = lot_born(
        cooperative=cooperative,
        part=part,
        origin=LotOrigin.OWNED if owner else LotOrigin.BOUGHT,
        quantity=quantity,
        bucket=Bucket.WAITING if inspect else Bucket.ACCEPTED,
        by=by,
        supplier=supplier.strip(),
        batch=batch.strip(),
        owner=owner,
        received_on=day,
        expires_on=expires_on,
        note=note.strip(),
    )
    history_record(user=by, act="material_receive", row=lot, new={"quantity": quantity, "batch": lot.batch})
    return lot


@transaction.atomic
def material_counted(*, cooperative: Cooperative, part: Part, by: User | None = None) -> Lot:
    """What was counted of a part at the hub before its first lot becomes that lot, so that it can be handed out.

    Raises
    ------
    Refused: nothing was counted, or it lies in lots already.
    """
    lot = opening_count(cooperative, Part.objects.select_for_update().get(pk=part.pk), by=by)
    if lot is None:
        raise Refused(_("%(part)s: nothing lies at the hub that isn't in a lot already.") % {"part": part.code})
    history_record(user=by, act="material_counted", row=lot, new={"quantity": lot.quantity})
    return lot


@transaction.atomic
def material_issue(
    *,
    work_order: WorkOrder,
    takings: Sequence[Taking],
    by: User | None = None,
    received_by: str = "",
    reason: str = "",
) -> list[MaterialIssue]:
    """Hands out pieces of accepted lots for a work order; part of what it needs is enough.

    received_by: who took it, where it isn't the member; reason: needed for more than the parts list asks.

    Raises
    ------
    Refused: nothing chosen, not on the parts list, more than needed without a reason, expired, another buyer's, or
    fewer at the hub by now.
    """
    act = Act(by, reason=reason)
    row = work_order_lock(work_order)
    if row.status in {WorkOrderStatus.DONE, WorkOrderStatus.CANCELLED}:
        raise Refused(_("%(number)s is over: nothing is handed out for it any more.") % {"number": row.number})
    takings = [taking for taking in takings if taking.pieces != 0]
    if not takings:
        raise Refused(_("Say how much of which lot is handed out."), field="lots")
    locked = [Taking(lot_lock(taking.lot), taking.pieces) for taking in sorted(takings, key=lambda one: one.lot.pk)]
    for taking in locked:
        lot_check(row, taking)
    if not act.reason.strip():
        need_check(row, locked)
    made = [issue_write(row, taking, act, received_by) for taking in locked]
    material_under_way(row)
    return made


def lot_check(row: WorkOrder, taking: Taking) -> None:
    """Raises Refused where a lot can't go out for a work order."""
    lot, words = taking.lot, {"lot": taking.lot.number, "number": row.number}
    quantity_check(lot.part, taking.pieces, field="lots")
    if lot.cooperative_id != row.cooperative_id:
        raise Refused(_("%(lot)s belongs to another cooperative.") % words, field="lots")
    if lot.expires_on is not None and lot.expires_on < today():
        words["day"] = date_text(lot.expires_on)
        raise Refused(_("%(lot)s expired on %(day)s. Scrap it, or choose another lot.") % words, field="lots")
    if lot.owner_id is not None and not owner_suits(row, lot):
        raise Refused(_("%(lot)s is the buyer's own: it may go only into that buyer's work.") % words, field="lots")


def owner_suits(row: WorkOrder, lot: Lot) -> bool:
    if row.line_id is not None and row.line is not None:
        return row.line.order.buyer_id == lot.owner_id
    return row.material_by == MaterialBy.BUYER


def need_check(row: WorkOrder, takings: Sequence[Taking]) -> None:
    """Raises Refused where something isn't on the parts list, or more is handed out than it asks."""
    lines = {line.component_id: line for line in BomLine.objects.filter(parent=row.part).select_related("component")}
    given = given_of(row)
    for key in dict.fromkeys(taking.lot.part_id for taking in takings):
        pieces = sum((taking.pieces for taking in takings if taking.lot.part_id == key), Decimal(0))
        part = next(taking.lot.part for taking in takings if taking.lot.part_id == key)
        if key not in lines:
            words = {"part": part.code, "made": row.part.code}
            raise Refused(
                _("%(part)s isn't on the parts list of %(made)s. Say why it is handed out all the same.") % words,
                field="reason",
            )
        need = needed(standing(row).asked, lines[key].quantity, integer=part.integer)
        most = missing(need, given.get(key, Given()))
        if pieces > most:
            words = {"part": part.code, "most": decimal_text(most, 3), "got": decimal_text(pieces, 3)}
            raise Refused(
                _("%(part)s: %(most)s are still needed, got %(got)s. Say why more is handed out.") % words,
                field="reason",
            )


def given_of(row: WorkOrder) -> dict[int, Given]:
    """What was handed out for a work order, by component."""
    found: dict[int, list[Given]] = {}
    for issue in row.issues.select_related("lot"):
        found.setdefault(issue.lot.part_id, []).append(Given(issue.pieces, issue.returned, issue.scrapped))
    return {key: sum_of(issues) for key, issues in found.items()}


def issue_write(row: WorkOrder, taking: Taking, act: Act, received_by: str) -> MaterialIssue:
    issue = MaterialIssue.objects.create(
        work_order=row, lot=taking.lot, pieces=taking.pieces, at=now(), by=act.by, received_by=received_by.strip()
    )
    lot_move(
        lot=taking.lot,
        kind=MoveKind.ISSUE,
        source=Bucket.ACCEPTED,
        target=Bucket.ISSUED,
        pieces=taking.pieces,
        by=act.by,
        issue=issue,
        workshop=row.workshop,
        **act.told,
    )
    return issue


@transaction.atomic
def material_return(
    *, issue: MaterialIssue, pieces: Decimal, by: User | None = None, on_behalf_of: str = "", reason: str = ""
) -> MaterialIssue:
    """`pieces` (> 0) of an issue came back to the hub unused and can go out again.

    Raises
    ------
    Refused: more than is left of it.
    """
    return issue_end(issue, pieces, Act(by, on_behalf_of, reason), kind=MoveKind.ISSUE_BACK, target=Bucket.ACCEPTED)


@transaction.atomic
def material_scrap(
    *, issue: MaterialIssue, pieces: Decimal, reason: str, by: User | None = None, on_behalf_of: str = ""
) -> MaterialIssue:
    """`pieces` (> 0) of an issue were spoilt at the workshop; as many more can be handed out.

    Raises
    ------
    Refused: no reason, or more than is left of it.
    """
    act = Act(by, on_behalf_of, reason)
    reason_needed(act, _("Say how it was spoilt."))
    return issue_end(issue, pieces, act, kind=MoveKind.SCRAP, target=Bucket.SCRAPPED)


def issue_end(issue: MaterialIssue, pieces: Decimal, act: Act, *, kind: str, target: str) -> MaterialIssue:
    """Moves pieces of an issue out of the workshop: the work order, the lot and the issue are locked in this order."""
    row = work_order_lock(issue.work_order_id)
    lot = lot_lock(issue.lot_id)
    locked = MaterialIssue.objects.select_for_update().get(pk=issue.pk)
    left = Given(locked.pieces, locked.returned, locked.scrapped).kept
    quantity_check(lot.part, pieces, field="pieces")
    if pieces > left:
        words = {"lot": lot.number, "left": decimal_text(left, 3), "got": decimal_text(pieces, 3)}
        raise Refused(_("%(lot)s: %(left)s are left at the workshop, got %(got)s.") % words, field="pieces")
    column = "returned" if target == Bucket.ACCEPTED else "scrapped"
    setattr(locked, column, getattr(locked, column) + pieces)
    locked.save(update_fields=[column])
    lot_move(
        lot=lot,
        kind=kind,
        source=Bucket.ISSUED,
        target=target,
        pieces=pieces,
        by=act.by,
        issue=locked,
        workshop=row.workshop,
        **act.told,
    )
    material_under_way(row)
    return locked


@transaction.atomic
def material_send_back(
    *, lot: Lot, pieces: Decimal, reason: str, source: str = Bucket.ACCEPTED, by: User | None = None
) -> Lot:
    """`pieces` (> 0) of bought or lent material leave the hub for their supplier or owner. source: where they lie:
    accepted, rejected or waiting.

    Raises
    ------
    Refused: no reason, made by a member, or fewer lie there.
    """
    act = Act(by, reason=reason)
    reason_needed(act, _("Say why it is sent back."))
    locked = lot_lock(lot)
    if locked.origin not in {LotOrigin.BOUGHT, LotOrigin.OWNED} and locked.owner_id is None and not locked.supplier:
        raise Refused(_("%(lot)s was neither bought nor lent.") % {"lot": locked.number})
    if source not in SENDABLE:
        raise Refused(_("Only what lies at the hub can be sent back."), field="source")
    lot_move(
        lot=locked,
        kind=MoveKind.RETURN,
        source=source,
        target=Bucket.RETURNED,
        pieces=pieces,
        by=by,
        reason=act.reason.strip(),
    )
    return locked


@transaction.atomic
def material_scrap_at_hub(*, lot: Lot, pieces: Decimal, reason: str, by: User | None = None) -> Lot:
    """`pieces` (> 0) of material at the hub are thrown away: expired, wet, damaged.

    Raises
    ------
    Refused: no reason, made by a member (an inspection decides that), or fewer are accepted there.
    """
    act = Act(by, reason=reason)
    reason_needed(act, _("Say why it is thrown away."))
    locked = lot_lock(lot)
    if locked.work_order_id is not None:
        raise Refused(_("%(lot)s was made by a member: an inspection decides what is scrapped.") % {"lot": lot.number})
    lot_move(
        lot=locked,
        kind=MoveKind.SCRAP,
        source=Bucket.ACCEPTED,
        target=Bucket.SCRAPPED,
        pieces=pieces,
        by=by,
        reason=act.reason.strip(),
    )
    return locked
