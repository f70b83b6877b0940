"""What becomes of rejected pieces: accepted as they are, sorted, mended, scrapped or sent back (docs/work.md W1).

Each decision moves pieces of one lot and is written down once, never changed. Mending sends pieces to their maker's
workshop; what comes back waits for a further inspection, which doesn't count for switching (docs/quality.md Q16).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import now, today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_record
from wadah.catalogue.saving import quantity_check
from wadah.units import decimal_text
from wadah.work.models import Disposition, Inspection, Lot
from wadah.work.selectors.asked import plain, workshop_of
from wadah.work.services.approvals import own_work_check
from wadah.work.services.moves import lot_lock, lot_move
from wadah.work.services.rejections import rejection_follow
from wadah.work.words import Bucket, DispositionKind, InspectionStatus, MoveKind

if TYPE_CHECKING:
    from datetime import date

    from wadah.accounts.models import User
    from wadah.base.models import Attachment

JUDGING = {DispositionKind.ACCEPT, DispositionKind.SORT}
"""What lets pieces through: never decided by somebody of the firm that made them."""


@transaction.atomic
def rejected_accept(
    *, lot: Lot, pieces: Decimal, allowed_by: str, reason: str, by: User | None = None, photo: Attachment | None = None
) -> Disposition:
    """Accepts `pieces` of a lot as they are (a concession); allowed_by: who allowed it, a name and an office.

    Raises
    ------
    Refused: nobody is named, no reason, fewer are rejected, or it is one's own work.
    """
    if not allowed_by.strip():
        raise Refused(_("Say who allowed it, a name and an office."), field="allowed_by")
    row = decided(lot, DispositionKind.ACCEPT, pieces, by, reason, allowed_by=allowed_by, photo=photo)
    moved(row, MoveKind.ACCEPT, Bucket.REJECTED, Bucket.ACCEPTED, pieces)
    return followed(row)


@transaction.atomic
def rejected_sort(
    *, lot: Lot, good: Decimal, bad: Decimal, reason: str = "", by: User | None = None, photo: Attachment | None = None
) -> Disposition:
    """Looks at `good` + `bad` rejected pieces one by one: the good ones are accepted, the bad ones stay rejected.

    Raises
    ------
    Refused: none sorted, one of the two below zero, fewer are rejected, or it is one's own work.
    """
    if good < 0 or bad < 0:
        raise Refused(_("How many are good and how many are bad can't be below zero."), field="good")
    row = decided(
        lot, DispositionKind.SORT, good + bad, by, reason or _("sorted"), accepted=good, rejected=bad, photo=photo
    )
    moved(row, MoveKind.SORT_ACCEPT, Bucket.REJECTED, Bucket.ACCEPTED, good)
    return followed(row)


@transaction.atomic
def rejected_rework(
    *,
    lot: Lot,
    pieces: Decimal,
    reason: str,
    due_on: date,
    by: User | None = None,
    photo: Attachment | None = None,
) -> Disposition:
    """Sends `pieces` back to the workshop that made them, to be mended by `due_on`; reason: what is wrong with them.

    Raises
    ------
    Refused: nobody here made the lot, no reason, the day is over, or fewer are rejected.
    """
    if workshop_of(lot) is None:
        raise Refused(_("%(lot)s wasn't made by a member: send it back or scrap it.") % {"lot": lot.number})
    if due_on < today():
        raise Refused(_("The day by which they are to be back is over. Choose a later one."), field="due_on")
    row = decided(lot, DispositionKind.REWORK, pieces, by, reason, due_on=due_on, photo=photo)
    moved(row, MoveKind.REWORK, Bucket.REJECTED, Bucket.REWORK, pieces)
    return followed(row)


@transaction.atomic
def rejected_scrap(
    *, lot: Lot, pieces: Decimal, reason: str, by: User | None = None, photo: Attachment | None = None
) -> Disposition:
    """Throws `pieces` away. Raises Refused: no reason, or fewer are rejected."""
    row = decided(lot, DispositionKind.SCRAP, pieces, by, reason, photo=photo)
    moved(row, MoveKind.SCRAP, Bucket.REJECTED, Bucket.SCRAPPED, pieces)
    return followed(row)


@transaction.atomic
def rejected_return(
    *, lot: Lot, pieces: Decimal, reason: str, by: User | None = None, photo: Attachment | None = None
) -> Disposition:
    """Sends `pieces` back for good to their maker, owner or supplier. Raises Refused: no reason, fewer are rejected."""
    row = decided(lot, DispositionKind.RETURN, pieces, by, reason, photo=photo)
    moved(row, MoveKind.RETURN, Bucket.REJECTED, Bucket.RETURNED, pieces)
    return followed(row)


@transaction.atomic
def rework_back(
    *, rework: Disposition, mended: Decimal, spoilt: Decimal = Decimal(0), note: str = "", by: User | None = None
) -> Disposition:
    """Pieces come back from mending: `mended` wait for inspection again, `spoilt` can't be mended and are scrapped.

    Raises
    ------
    Refused: none came back, one of the two below zero, or more than are still at the workshop. Conflict: all are back.
    """
    lot = lot_lock(rework.lot_id)
    row = Disposition.objects.select_for_update().get(pk=rework.pk)
    row.lot = lot
    back, out = mended + spoilt, row.pieces - row.back
    if row.kind != DispositionKind.REWORK or out <= 0:
        raise Conflict(_("%(lot)s: nothing is at the workshop any more.") % {"lot": lot.number})
    if mended < 0 or spoilt < 0 or not 0 < back <= out:
        words = {"lot": lot.number, "out": decimal_text(out, 3), "back": decimal_text(back, 3)}
        raise Refused(_("%(lot)s: %(out)s are at the workshop, got %(back)s.") % words, field="mended")
    old = {"back": plain(row.back)}
    row.back += back
    row.save(update_fields=["back"])
    told = note.strip() or row.reason
    moved(row, MoveKind.REWORK_BACK, Bucket.REWORK, Bucket.WAITING, mended, by=by, reason=told)
    moved(row, MoveKind.SCRAP, Bucket.REWORK, Bucket.SCRAPPED, spoilt, by=by, reason=told)
    new = {"back": plain(row.back), "mended": plain(mended), "spoilt": plain(spoilt)}
    history_record(user=by, act="rework_back", row=lot, old=old, new=new, reason=note.strip())
    return followed(row)


def decided(lot: Lot, kind: str, pieces: Decimal, by: User | None, reason: str, **columns: Any) -> Disposition:
    """The decision, written down, with its lot locked. Raises Refused where it can't be taken."""
    lot = lot_lock(lot)
    if kind in JUDGING:
        own_work_check(workshop_of(lot), by)
    if not reason.strip():
        raise Refused(_("Say why."), field="reason")
    quantity_check(lot.part, pieces, field="pieces")
    if pieces > lot.rejected:
        words = {"lot": lot.number, "held": decimal_text(lot.rejected, 3), "pieces": decimal_text(pieces, 3)}
        raise Refused(_("%(lot)s: only %(held)s are rejected, got %(pieces)s.") % words, field="pieces")
    done = [InspectionStatus.PASSED, InspectionStatus.FAILED]
    last = Inspection.objects.filter(lot=lot, status__in=done).order_by("-attempt").first()
    row = Disposition.objects.create(
        lot=lot, inspection=last, kind=kind, pieces=pieces, reason=reason.strip(), at=now(), by=by, **columns
    )
    told = {"pieces": plain(pieces), **{name: columns[name] for name in ("allowed_by",) if name in columns}}
    history_record(user=by, act=f"disposition_{kind}", row=lot, new=told, reason=reason.strip())
    return row


def moved(row: Disposition, kind: str, source: str, target: str, pieces: Decimal, **more: Any) -> None:
    """Moves pieces as the decision says; none where there are none."""
    if pieces <= 0:
        return
    lot_move(
        lot=row.lot,
        kind=kind,
        source=source,
        target=target,
        pieces=pieces,
        inspection=row.inspection,
        workshop=workshop_of(row.lot),
        photo=row.photo,
        **{"by": row.by, "reason": row.reason, **more},
    )


def followed(row: Disposition) -> Disposition:
    """Whatever won't come now is asked for again; of what it was split off from, no longer."""
    for lot in (row.lot, *Lot.objects.filter(children__child=row.lot).select_related("part", "work_order")):
        rejection_follow(lot=lot, note=row.reason)
    return row
