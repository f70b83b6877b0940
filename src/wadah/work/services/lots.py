"""Lots split, merged and labelled anew; pieces and where they came from are kept (LotLink)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.errors import Refused
from wadah.base.history import history_record, history_values
from wadah.catalogue.saving import quantity_check
from wadah.units import decimal_text
from wadah.work.models import Lot, LotLink
from wadah.work.rules.lots import STILL, Label, merge_fault, merged_label
from wadah.work.services.acting import Act, reason_needed
from wadah.work.services.moves import lot_born, lot_lock, lot_move
from wadah.work.words import Bucket, InspectionStatus, LotOrigin, MoveKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from wadah.accounts.models import User

MERGE_WORDS = {
    "one": gettext_lazy("Choose two lots or more."),
    "part": gettext_lazy("Only lots of one part can become one."),
    "owner": gettext_lazy("What is a buyer's own doesn't mix with anything else."),
    "maker": gettext_lazy("Only accepted pieces of several makers can become one lot: each is paid for their own."),
    "bucket": gettext_lazy("Only what lies at the hub can become one lot."),
}
LABELLED = ("supplier", "batch", "expires_on", "note")


@transaction.atomic
def lot_split(
    *, lot: Lot, pieces: Decimal, source: str = Bucket.ACCEPTED, by: User | None = None, reason: str = ""
) -> Lot:
    """`pieces` (> 0, fewer than lie there) of a lot become a lot of their own, in the same state, with their own label.

    source: where they lie: waiting, accepted or rejected.

    Raises
    ------
    Refused: no fewer than all that lie there, it is being inspected, or it is announced and not at the hub yet.
    """
    locked = lot_lock(lot)
    still_check(locked, source)
    quantity_check(locked.part, pieces, field="pieces")
    held: Decimal = getattr(locked, source)
    if pieces >= held:
        words = {"lot": locked.number, "held": decimal_text(held, 3)}
        raise Refused(_("%(lot)s: fewer than the %(held)s that lie there can be split off.") % words, field="pieces")
    child = born_from([locked], pieces, LotOrigin.SPLIT, source, Act(by, reason=reason))
    moved_into(locked, child, pieces, source, MoveKind.SPLIT, Act(by, reason=reason))
    return child


@transaction.atomic
def lots_merge(*, lots: Sequence[Lot], source: str = Bucket.ACCEPTED, by: User | None = None, reason: str = "") -> Lot:
    """All that lies in `source` of two or more lots of one part becomes one lot, in the same state.

    Raises
    ------
    Refused: other parts, owners or (unless accepted) makers among them, nothing lies there, or one is being inspected.
    """
    locked = [lot_lock(key) for key in sorted({lot.pk for lot in lots})]
    fault = merge_fault([label_of(lot) for lot in locked], source)
    if fault:
        raise Refused(MERGE_WORDS[fault], field="lots")
    for lot in locked:
        still_check(lot, source)
        if getattr(lot, source) == 0:
            words = {"lot": lot.number, "where": Bucket(source).label}
            raise Refused(_("%(lot)s: no piece is %(where)s.") % words, field="lots")
    act = Act(by, reason=reason)
    pieces = {lot.pk: getattr(lot, source) for lot in locked}
    made = born_from(locked, sum(pieces.values(), Decimal(0)), LotOrigin.MERGED, source, act)
    for lot in locked:
        moved_into(lot, made, pieces[lot.pk], source, MoveKind.MERGE, act)
    return made


def still_check(lot: Lot, source: str) -> None:
    """Raises Refused where pieces of a lot can't be put into another just now."""
    if source not in STILL:
        raise Refused(_("Only what lies at the hub can be put into another lot."), field="source")
    if lot.bring_at is not None:
        raise Refused(_("%(lot)s isn't at the hub yet.") % {"lot": lot.number})
    if lot.inspections.filter(status=InspectionStatus.OPEN).exists():
        raise Refused(_("%(lot)s is being inspected. Finish the inspection first.") % {"lot": lot.number})


def label_of(lot: Lot) -> Label:
    return Label(
        lot.cooperative_id,
        lot.part_id,
        lot.work_order_id,
        lot.owner_id,
        lot.supplier,
        lot.batch,
        lot.expires_on,
        lot.simulated,
    )


def born_from(parents: Sequence[Lot], pieces: Decimal, origin: str, bucket: str, act: Act) -> Lot:
    """A lot out of others, in their state, with what they share on its label."""
    kind = MoveKind.SPLIT if origin == LotOrigin.SPLIT else MoveKind.MERGE
    move: dict[str, Any] = {"reason": act.reason.strip()}
    if len(parents) == 1:
        move["other_lot"] = parents[0]
    return lot_born(
        cooperative=parents[0].cooperative,
        part=parents[0].part,
        origin=origin,
        quantity=pieces,
        bucket=bucket,
        kind=kind,
        by=act.by,
        move=move,
        received_on=min(parent.received_on for parent in parents),
        **merged_label([label_of(parent) for parent in parents]),
    )


def moved_into(parent: Lot, child: Lot, pieces: Decimal, source: str, kind: str, act: Act) -> None:
    lot_move(
        lot=parent,
        kind=kind,
        source=source,
        target=Bucket.MOVED,
        pieces=pieces,
        by=act.by,
        other_lot=child,
        reason=act.reason.strip(),
    )
    LotLink.objects.create(parent=parent, child=child, pieces=pieces)


@transaction.atomic
def lot_relabel(
    *,
    lot: Lot,
    reason: str,
    supplier: str = "",
    batch: str = "",
    expires_on: date | None = None,
    note: str = "",
    by: User | None = None,
) -> Lot:
    """What stands on a lot's label is corrected; its number, check code, part and pieces stay for ever.

    Raises
    ------
    Refused: no reason, or it would have expired before it came in.
    """
    act = Act(by, reason=reason)
    reason_needed(act, _("Say why the label is changed."))
    locked = lot_lock(lot)
    if expires_on is not None and expires_on < locked.received_on:
        raise Refused(_("It would have expired before it came in."), field="expires_on")
    if locked.supplier and not supplier.strip():
        raise Refused(_("What was bought keeps the name of who sold it."), field="supplier")
    old = history_values(locked, LABELLED)
    locked.supplier, locked.batch, locked.note = supplier.strip(), batch.strip(), note.strip()
    locked.expires_on = expires_on
    locked.save(update_fields=LABELLED)
    new = history_values(locked, LABELLED)
    history_record(user=by, act="lot_relabel", row=locked, old=old, new=new, reason=act.reason.strip())
    return locked
