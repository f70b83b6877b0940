"""One inspection of a lot, from drawing the sample to the verdict (docs/quality.md Q1–Q16, docs/work.md W1, W7).

    inspection_open → tranche_add … → inspection_close

Opening freezes the sampling plan of each class of defects and what is looked at; a tranche is so many pieces checked at
once; closing moves every piece of the lot that waited: into `accepted`, or into `rejected`. Locks: the lot, then the
switching states by class.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from wadah.base.clock import now, today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_record
from wadah.base.numbering import number_next, number_text
from wadah.units import decimal_text
from wadah.work.models import Inspection, Measurement, Tranche
from wadah.work.rules.inspecting import (
    CLASSES,
    Checked,
    Standing,
    plans_of,
    set_aside_range,
    standing,
    tranche_check,
    verdicts,
)
from wadah.work.selectors.asked import asked_of, lot_size_of, plain, states_of, workshop_of
from wadah.work.services.approvals import own_work_check
from wadah.work.services.moves import lot_lock, lot_move
from wadah.work.services.refusals import in_words
from wadah.work.services.rejections import rejection_follow
from wadah.work.services.switching import states_follow
from wadah.work.words import Bucket, DefectClass, InspectionStatus, MoveKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wadah.accounts.models import User
    from wadah.base.models import Attachment
    from wadah.work.models import Lot

PREFIX = "PRK"
VALUE_MOST = Decimal(10) ** 8
"""Measured values have eight digits before the point and six behind it."""
VALUE_PLACES = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Measured:
    """One measured value; characteristic: its number on the inspection; sample: 1, 2, … within the tranche."""

    characteristic: int
    sample: int
    value: Decimal


@transaction.atomic
def inspection_open(*, lot: Lot, by: User | None = None) -> Inspection:
    """Begins to inspect what waits of a lot: "PRK-2026-0001", with how many to check and what to look at.

    Raises
    ------
    Refused: nothing waits, it isn't at the hub yet, inspection of this maker's part has stopped, it is the inspector's
    own work, or the plan of the part can't be used for a lot of this size. Conflict: it is being inspected already.
    """
    lot = lot_lock(lot)
    own_work_check(workshop_of(lot), by)
    if lot.waiting <= 0:
        raise Refused(_("%(lot)s: nothing waits for inspection.") % {"lot": lot.number})
    if lot.bring_at is not None:
        raise Refused(_("%(lot)s is still on its way to the hub: take it in first.") % {"lot": lot.number})
    if Inspection.objects.filter(lot=lot, status=InspectionStatus.OPEN).exists():
        raise Conflict(_("%(lot)s is being inspected already.") % {"lot": lot.number})
    asked = asked_of(lot.cooperative, lot.part, today())
    with in_words():
        plans = plans_of(asked.asks, lot_size_of(lot.waiting), severities_of(lot), asked.level)
    year = today().year
    attempt = Inspection.objects.filter(lot=lot).aggregate(last=Max("attempt"))["last"] or 0
    row = Inspection.objects.create(
        number=number_text(PREFIX, year, number_next(PREFIX, year)),
        lot=lot,
        attempt=attempt + 1,
        pieces=lot.waiting,
        plans=plans,
        characteristics=asked.characteristics,
        opened_at=now(),
        opened_by=by,
    )
    history_record(
        user=by, act="inspection_open", row=row, new={"pieces": plain(row.pieces), "n": inspection_standing(row).n}
    )
    return row


def severities_of(lot: Lot) -> dict[str, Any]:
    """How severely each class is inspected now. Raises Refused where one has stopped (Q13)."""
    found = {name: state.severity for name, state in states_of(lot).items()}
    stopped = [str(DefectClass(name).label) for name in CLASSES if found.get(name) == "discontinued"]
    if stopped:
        words = {"part": lot.part.code, "workshop": workshop_of(lot), "classes": ", ".join(stopped)}
        raise Refused(
            _(
                "Inspection of %(part)s from %(workshop)s has stopped (%(classes)s) after five rejected lots. Write"
                " down what was corrected under “How severely”; then it goes on."
            )
            % words
        )
    return found


@transaction.atomic
def tranche_add(
    *,
    inspection: Inspection,
    checked: int,
    defects: Mapping[str, int],
    values: Iterable[Measured] = (),
    note: str = "",
    photo: Attachment | None = None,
    by: User | None = None,
) -> Tranche:
    """So many further pieces of the sample were checked: how many defects of each class, and what was measured.

    Raises
    ------
    Refused: more pieces than are left to check, more failed pieces than pieces, defects across the end of a class's
    sample, a value of something that isn't measured, or the inspection is closed.
    """
    row = inspection_lock(inspection)
    counted = {name: number for name, number in defects.items() if number}
    with in_words("checked"):
        tranche_check(inspection_standing(row), Checked(checked, counted))
    last = row.tranches.aggregate(last=Max("number"))["last"] or 0
    tranche = Tranche.objects.create(
        inspection=row,
        number=last + 1,
        checked=checked,
        defects=counted,
        note=note,
        at=now(),
        by=by,
        photo=photo,
    )
    Measurement.objects.bulk_create(measurements(row, tranche, list(values)))
    history_record(user=by, act="tranche_add", row=row, new={"checked": checked, **counted})
    return tranche


def measurements(inspection: Inspection, tranche: Tranche, values: list[Measured]) -> list[Measurement]:
    """Rows for measured values. Raises Refused where one isn't asked for, is too large, or has no piece."""
    measured = {one["number"]: one["name"] for one in inspection.characteristics if one["kind"] == "measured"}
    for one in values:
        if one.characteristic not in measured:
            raise Refused(_("There is nothing to measure under number %(number)s.") % {"number": one.characteristic})
        name = measured[one.characteristic]
        if not 1 <= one.sample <= tranche.checked:
            words = {"name": name, "most": tranche.checked, "sample": one.sample}
            raise Refused(
                _("%(name)s: there are values of %(sample)s pieces, but only %(most)s were checked.") % words,
                field="values",
            )
        if abs(one.value) >= VALUE_MOST:
            raise Refused(_("%(name)s: %(value)s is too large.") % {"name": name, "value": one.value}, field="values")
    return [
        Measurement(
            tranche=tranche,
            characteristic=one.characteristic,
            sample=one.sample,
            value=one.value.quantize(VALUE_PLACES),
        )
        for one in values
    ]


@transaction.atomic
def tranche_undo(*, inspection: Inspection, by: User | None = None) -> None:
    """Takes the last tranche of an open inspection back, with what was measured in it; its history stays.

    Raises
    ------
    Refused: there is none, or the inspection is closed.
    """
    row = inspection_lock(inspection)
    last = row.tranches.order_by("-number").first()
    if last is None:
        raise Refused(_("%(number)s: nothing has been checked yet.") % {"number": row.number})
    old = {"checked": last.checked, **last.defects}
    last.delete()
    history_record(user=by, act="tranche_undo", row=row, old=old)


@transaction.atomic
def inspection_close(
    *, inspection: Inspection, set_aside: Decimal | None = None, steady: bool = True, by: User | None = None
) -> Inspection:
    """Decides about the lot as soon as the sample does, and moves its pieces.

    Passed: the pieces in which defects were found go to `rejected`, all others to `accepted`. Failed: everything goes
    to `rejected`. set_aside: in how many pieces the defects lie, where faults were counted; all found unless given.
    steady: production runs regularly. Each class's severity follows, for original lots.

    Raises
    ------
    Refused: the sample doesn't decide yet, pieces left the lot meanwhile, or `set_aside` doesn't suit what was found.
    """
    row = inspection_lock(inspection)
    now_at = inspection_standing(row)
    accepted = now_at.lot_accepted
    if accepted is None:
        words = {"number": row.number, "left": now_at.n - now_at.checked}
        raise Refused(_("%(number)s isn't decided yet: %(left)s more to check.") % words)
    if row.lot.waiting < row.pieces:
        words = {"lot": row.lot.number, "pieces": decimal_text(row.pieces, 3)}
        raise Refused(_("%(lot)s has fewer than %(pieces)s waiting by now. Cancel and begin again.") % words)
    bad = aside(row, now_at, set_aside) if accepted else row.pieces
    told = states_follow(inspection=row, standing=now_at, steady=steady, by=by)
    row.verdicts = [{**one, **told.get(one["defect_class"], {})} for one in verdicts(now_at)]
    row.status = InspectionStatus.PASSED if accepted else InspectionStatus.FAILED
    row.closed_at, row.closed_by = now(), by
    row.save(update_fields=["verdicts", "status", "closed_at", "closed_by"])
    pieces_follow(row, bad, by=by)
    rejection_follow(lot=row.lot, note=row.number)
    new = {"accepted": plain(row.pieces - bad), "rejected": plain(bad)}
    history_record(user=by, act=f"inspection_{row.status}", row=row, new=new)
    return row


def pieces_follow(inspection: Inspection, bad: Decimal, *, by: User | None) -> None:
    """Moves what was inspected: `bad` of them to rejected, the others to accepted."""
    for kind, target, pieces in (
        (MoveKind.REJECT, Bucket.REJECTED, bad),
        (MoveKind.ACCEPT, Bucket.ACCEPTED, inspection.pieces - bad),
    ):
        if pieces > 0:
            lot_move(
                lot=inspection.lot,
                kind=kind,
                source=Bucket.WAITING,
                target=target,
                pieces=pieces,
                by=by,
                inspection=inspection,
                workshop=workshop_of(inspection.lot),
            )


def aside(inspection: Inspection, now_at: Standing, wanted: Decimal | None) -> Decimal:
    """How many pieces of an accepted lot are kept out of it. Raises Refused outside what the defects allow."""
    least, most = (min(Decimal(end), inspection.pieces) for end in set_aside_range(now_at))
    if wanted is None:
        return most
    if not least <= wanted <= most:
        words = {"least": decimal_text(least, 3), "most": decimal_text(most, 3), "wanted": decimal_text(wanted, 3)}
        raise Refused(
            _("The defects found lie in %(least)s to %(most)s pieces, got %(wanted)s.") % words, field="set_aside"
        )
    return wanted


@transaction.atomic
def inspection_cancel(*, inspection: Inspection, reason: str, by: User | None = None) -> Inspection:
    """Gives an open inspection up: nothing moves, nothing is counted, and the lot may be inspected anew.

    Raises
    ------
    Refused: no reason, or the inspection is closed.
    """
    if not reason.strip():
        raise Refused(_("Say why this inspection is cancelled."), field="reason")
    row = inspection_lock(inspection)
    row.status, row.closed_at, row.closed_by = InspectionStatus.CANCELLED, now(), by
    row.save(update_fields=["status", "closed_at", "closed_by"])
    history_record(user=by, act="inspection_cancel", row=row, reason=reason.strip())
    return row


def inspection_lock(inspection: Inspection) -> Inspection:
    """The inspection as it is now, with its lot locked. Raises Conflict where it is closed."""
    lot = lot_lock(inspection.lot_id)
    row = Inspection.objects.select_for_update().get(pk=inspection.pk)
    row.lot = lot
    if row.status != InspectionStatus.OPEN:
        words = {"number": row.number, "status": InspectionStatus(row.status).label}
        raise Conflict(_("%(number)s is closed already: %(status)s.") % words)
    return row


def inspection_standing(inspection: Inspection) -> Standing:
    """Where an inspection stands, from its frozen plans and its tranches. One query, none where they are at hand."""
    rows = sorted(inspection.tranches.all(), key=lambda row: row.number)
    return standing(inspection.plans, [Checked(row.checked, row.defects) for row in rows])
