"""Switching between normal, tightened and reduced inspection, and discontinuing it (docs/quality.md Q10–Q16).

In: the state of one part at one workshop for one class of defects, and what became of its next lot, or what somebody
did. Out: the following state with the reasons, as codes, for what changed. Lots come in the order they were inspected.
Sources: MIL-STD-105E 4.7; the score that leads to reduced inspection and discontinuing after five are ISO-style (ISO
2859-1:1999 9.3.3 and 9.4). Not for plans of one's own: those have no severities.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from wadah.work.rules.faults import QualityError
from wadah.work.rules.sampling import passes_tighter, verdict

if TYPE_CHECKING:
    from wadah.work.rules.sampling import SamplingPlan, Verdict
    from wadah.work.rules.sampling_tables import Severity

Inspection = Literal["normal", "tightened", "reduced", "discontinued"]
Reason = Literal[
    "rejected_2_of_5",
    "accepted_5_in_a_row",
    "rejected_5_on_tightened",
    "score_reached",
    "reduced_agreed",
    "rejected_on_reduced",
    "gap_on_reduced",
    "production_irregular",
    "asked",
    "corrective_action",
    "resubmitted",
    "other_severity",
    "not_in_tables",
]
"""Why the state is as it is after one step. The last three say why a lot did not count (Q16)."""

WINDOW = 5
REJECTED_IN_WINDOW = 2
ACCEPTED_IN_A_ROW = 5
REJECTED_ON_TIGHTENED = 5
SCORE_RULE = "ISO-style switching score"
SCORE_ENOUGH = 30
SCORE_TIGHTER = 3
SCORE_ACCEPTED = 2
AC_TIGHTER = 2
"""From this acceptance number on, the score asks whether the next tighter AQL would have been met."""


@dataclass(frozen=True, slots=True)
class Lot:
    """What became of one lot.

    severity: the one it was sampled on; verdict: of its sample; ac: its plan's acceptance number; passes_tighter:
    whether it would have passed at the next tighter AQL, None where the tables can't say; original: False when it was
    rejected before and came back; steady: production ran regularly; agreed: the manager agrees to reduced inspection;
    from_tables: False for a plan of one's own, an Ac = 0 plan, or a lot of one piece.
    """

    severity: Severity
    verdict: Verdict
    ac: int
    passes_tighter: bool | None = None
    original: bool = True
    steady: bool = True
    agreed: bool = False
    from_tables: bool = True


@dataclass(frozen=True, slots=True)
class State:
    """Where inspection stands, counted since the last switch (Q10).

    recent: on normal, whether each of the last lots, at most four, was accepted, oldest first; accepted_run: on
    tightened, accepted one after the other; rejected: on tightened, in all; score: on normal; reasons: of this step.
    """

    inspection: Inspection = "normal"
    recent: tuple[bool, ...] = ()
    accepted_run: int = 0
    rejected: int = 0
    score: int = 0
    reasons: tuple[Reason, ...] = ()

    @property
    def may_reduce(self) -> bool:
        """The score is reached; steady production and the manager's word are still needed (Q14)."""
        return self.inspection == "normal" and self.score >= SCORE_ENOUGH


START = State()


def lot_of(
    plan: SamplingPlan, defects: int, *, original: bool = True, steady: bool = True, agreed: bool = False
) -> Lot:
    """A lot's facts from its plan and the defects of its whole sample. Raises QualityError ("defects")."""
    return Lot(
        severity=plan.severity,
        verdict=verdict(plan, defects),
        ac=plan.ac,
        passes_tighter=passes_tighter(plan, defects),
        original=original,
        steady=steady,
        agreed=agreed,
        from_tables=bool(plan.letter),
    )


def after(state: State, lot: Lot) -> State:
    """The state that the next lot is sampled on."""
    reason = not_counted(state, lot)
    if reason is not None:
        return replace(state, reasons=(reason,))
    if state.inspection == "tightened":
        return after_tightened(state, lot)
    if state.inspection == "reduced":
        return after_reduced(state, lot)
    return after_normal(state, lot)


def not_counted(state: State, lot: Lot) -> Reason | None:
    """Why a lot leaves the state as it is (Q16). A lot sampled before the last switch is of another severity; so is
    every lot while inspection is discontinued."""
    if not lot.original:
        return "resubmitted"
    if not lot.from_tables:
        return "not_in_tables"
    return "other_severity" if lot.severity != state.inspection else None


def after_normal(state: State, lot: Lot) -> State:
    accepted = lot.verdict != "rejected"
    recent = (*state.recent, accepted)
    if recent.count(False) >= REJECTED_IN_WINDOW:
        return State("tightened", reasons=("rejected_2_of_5",))
    counted = State("normal", recent=recent[1 - WINDOW :], score=score_after(state.score, lot))
    if not counted.may_reduce:
        return counted
    if lot.steady and lot.agreed:
        return State("reduced", reasons=("score_reached", "reduced_agreed"))
    return replace(counted, reasons=("score_reached",))


def score_after(score: int, lot: Lot) -> int:
    """The ISO-style switching score (Q14): three or two points for a lot that is good enough, else none left at all."""
    if lot.verdict == "rejected":
        return 0
    if lot.ac >= AC_TIGHTER:
        return score + SCORE_TIGHTER if lot.passes_tighter else 0
    return score + SCORE_ACCEPTED


def after_tightened(state: State, lot: Lot) -> State:
    if lot.verdict == "rejected":
        rejected = state.rejected + 1
        if rejected >= REJECTED_ON_TIGHTENED:
            return State("discontinued", reasons=("rejected_5_on_tightened",))
        return State("tightened", rejected=rejected)
    accepted_run = state.accepted_run + 1
    if accepted_run >= ACCEPTED_IN_A_ROW:
        return State("normal", reasons=("accepted_5_in_a_row",))
    return replace(state, accepted_run=accepted_run, reasons=())


def after_reduced(state: State, lot: Lot) -> State:
    reasons: list[Reason] = []
    if lot.verdict == "rejected":
        reasons.append("rejected_on_reduced")
    if lot.verdict == "accepted_return_to_normal":
        reasons.append("gap_on_reduced")
    if not lot.steady:
        reasons.append("production_irregular")
    return State("normal", reasons=tuple(reasons)) if reasons else replace(state, reasons=())


def reduce(state: State, *, steady: bool, agreed: bool) -> State:
    """To reduced inspection between two lots, when the manager agrees later than the score was reached (Q14).

    Raises QualityError ("not_normal", "score", "not_steady", "not_agreed").
    """
    for wrong, code, value, limit in (
        (state.inspection != "normal", "not_normal", state.inspection, "normal"),
        (state.score < SCORE_ENOUGH, "score", state.score, SCORE_ENOUGH),
        (not steady, "not_steady", steady, True),
        (not agreed, "not_agreed", agreed, True),
    ):
        if wrong:
            raise QualityError(code, value, limit)
    return State("reduced", reasons=("score_reached", "reduced_agreed"))


def to_normal(state: State, reason: Literal["production_irregular", "asked"]) -> State:
    """Back from reduced inspection between two lots: production became irregular or stopped, or somebody asks (Q15).

    Raises QualityError ("not_reduced").
    """
    if state.inspection != "reduced":
        raise QualityError("not_reduced", state.inspection, "reduced")
    return State("normal", reasons=(reason,))


def corrected(state: State) -> State:
    """Inspection begins again, tightened, after a corrective action that the manager expects to help (Q13).

    Raises QualityError ("not_discontinued").
    """
    if state.inspection != "discontinued":
        raise QualityError("not_discontinued", state.inspection, "discontinued")
    return State("tightened", reasons=("corrective_action",))
