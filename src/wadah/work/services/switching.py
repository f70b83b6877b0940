"""How severely a maker's lots are inspected: a state for each part, workshop and class (docs/quality.md Q10–Q16).

The state's row is the lock; lots are counted in the order in which their inspections are closed. Each change of
severity is a line of the state's history, with its reason.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Literal

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import now
from wadah.base.errors import Refused
from wadah.base.history import history_record
from wadah.work.models import LotLink, SwitchingState
from wadah.work.rules import switching
from wadah.work.selectors.asked import workshop_of
from wadah.work.services.approvals import approval_suspend
from wadah.work.services.refusals import in_words, reasons_text
from wadah.work.words import InspectionStatus

if TYPE_CHECKING:
    from wadah.accounts.models import User
    from wadah.work.models import Inspection, Lot
    from wadah.work.rules.inspecting import ClassStanding, Standing

NOTE_LENGTH_MAX = 400


@transaction.atomic
def states_follow(
    *, inspection: Inspection, standing: Standing, steady: bool = True, by: User | None = None
) -> dict[str, dict[str, Any]]:
    """Counts a closed inspection in the state of each of its classes; what became of each, by class.

    A lot that nobody here made has no states. Where a class is discontinued, the maker's approval is suspended.
    Returns {"major": {"severity": the next lot's, "reasons": codes}}.
    """
    lot = inspection.lot
    workshop = workshop_of(lot)
    if workshop is None:
        return {}
    original = original_lot(inspection)
    told: dict[str, dict[str, Any]] = {}
    for one in sorted(standing.classes, key=lambda each: each.defect_class):
        row = state_lock(lot, one.defect_class)
        if one.verdict is None:
            told[one.defect_class] = {"severity": row.severity, "reasons": ["stopped"]}
            continue
        after = switching.after(state_of(row), lot_counted(one, original=original, steady=steady))
        stopped = after.inspection == "discontinued" and row.severity != "discontinued"
        state_write(row, after, by=by, reason=f"{inspection.number}: {reasons_text(after.reasons)}")
        told[one.defect_class] = {"severity": after.inspection, "reasons": list(after.reasons)}
        if stopped:
            words = {"number": inspection.number, "why": reasons_text(after.reasons)}
            approval_suspend(
                cooperative=lot.cooperative,
                part=lot.part,
                workshop=workshop,
                reason=_("%(number)s: %(why)s. Inspection has stopped.") % words,
                by=by,
            )
    return told


def original_lot(inspection: Inspection) -> bool:
    """Whether the lot was never decided about before, nor any that its pieces were split off from (Q16)."""
    decided = [InspectionStatus.PASSED, InspectionStatus.FAILED]
    before = type(inspection).objects.filter(status__in=decided).exclude(pk=inspection.pk)
    return not before.filter(lot__in=with_ancestors(inspection.lot_id)).exists()


def with_ancestors(lot: int) -> set[int]:
    """The lot and all that its pieces came out of, by id; a query a generation."""
    found, latest = {lot}, {lot}
    while latest:
        latest = set(LotLink.objects.filter(child__in=latest).values_list("parent_id", flat=True)) - found
        found |= latest
    return found


def lot_counted(one: ClassStanding, *, original: bool, steady: bool) -> switching.Lot:
    """A lot as the switching rules see it. Where acceptance was certain before the end of the sample, what wasn't
    looked at counts as failed: nobody gets nearer to reduced inspection by looking at less (Q9)."""
    unseen = 0 if one.verdict == "rejected" else one.progress.left
    defects = min(one.counted + unseen, one.plan.n) if one.plan.counts == "defectives" else one.counted
    return switching.lot_of(one.plan, defects, original=original, steady=steady)


def state_lock(lot: Lot, defect_class: str) -> SwitchingState:
    """The state's row, begun as normal where there is none, and locked until the transaction ends."""
    key = {"cooperative_id": lot.cooperative_id, "part_id": lot.part_id, "defect_class": defect_class}
    workshop = workshop_of(lot)
    row, _made = SwitchingState.objects.get_or_create(**key, workshop=workshop, defaults={"changed_at": now()})
    return SwitchingState.objects.select_for_update().get(pk=row.pk)


def state_of(row: SwitchingState) -> switching.State:
    kept = {**row.state}
    if not kept:
        return switching.State()
    for name in ("recent", "reasons"):
        kept[name] = tuple(kept[name])
    return switching.State(**kept)


def state_write(row: SwitchingState, after: switching.State, *, by: User | None, reason: str) -> None:
    """Keeps the state; a change of severity is dated and told."""
    before = row.severity
    row.state, row.severity = asdict(after), after.inspection
    if before != after.inspection:
        row.changed_at = now()
        history_record(user=by, act=f"severity_{after.inspection}", row=row, reason=reason[:NOTE_LENGTH_MAX])
    row.save(update_fields=["state", "severity", "changed_at"])


# -- what a manager decides between two lots --------------------------------------------------------------------------


@transaction.atomic
def switching_reduce(*, state: SwitchingState, steady: bool, reason: str, by: User) -> SwitchingState:
    """The manager agrees to reduced inspection, once the score is reached and production is steady (Q14).

    Raises
    ------
    Refused: the score isn't reached, production isn't said to be steady, inspection isn't normal, or no reason.
    """
    row = state_locked(state, reason)
    with in_words():
        after = switching.reduce(state_of(row), steady=steady, agreed=True)
    state_write(row, after, by=by, reason=f"{reasons_text(after.reasons)}: {reason}")
    return row


@transaction.atomic
def switching_to_normal(
    *, state: SwitchingState, why: Literal["production_irregular", "asked"], reason: str, by: User
) -> SwitchingState:
    """Ends reduced inspection between two lots (Q15). Raises Refused: inspection isn't reduced, or no reason."""
    row = state_locked(state, reason)
    with in_words():
        after = switching.to_normal(state_of(row), why)
    state_write(row, after, by=by, reason=f"{reasons_text(after.reasons)}: {reason}")
    return row


@transaction.atomic
def switching_resume(*, state: SwitchingState, reason: str, by: User) -> SwitchingState:
    """Inspection begins again, tightened, after what the maker corrected (Q13); reason: what that was. The approval
    stays suspended until somebody approves the workshop again.

    Raises
    ------
    Refused: inspection hasn't stopped, or nothing is said to have been corrected.
    """
    row = state_locked(state, reason)
    with in_words():
        after = switching.corrected(state_of(row))
    state_write(row, after, by=by, reason=f"{reasons_text(after.reasons)}: {reason}")
    return row


def state_locked(state: SwitchingState, reason: str) -> SwitchingState:
    if not reason.strip():
        raise Refused(_("Say why."), field="reason")
    return SwitchingState.objects.select_for_update().get(pk=state.pk)
