"""One inspection of a lot: the plan of each class of defects, what part of the sample says, and what all of it decides.

In: what a class asks (`ClassAsk`), the lot's size, the severity; tranches as counts. Out: plain dictionaries to freeze
on the inspection, and verdicts. One sample is drawn for all classes: a class with a smaller n looks at its first n
pieces (docs/quality.md Q9, Q24). A lot is accepted when every class accepts it, rejected as soon as one rejects it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from wadah.work.rules.faults import QualityError
from wadah.work.rules.sampling import (
    SCHEME_EVERY_PIECE,
    Progress,
    SamplingPlan,
    own_plan,
    plan_for,
    progress,
    zero_plan,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wadah.work.rules.sampling import Verdict
    from wadah.work.rules.sampling_tables import Level, Severity

CLASSES = ("critical", "major", "minor")


@dataclass(frozen=True, slots=True)
class ClassAsk:
    """What is asked of one class of defects; method: "aql", "zero", "user" or "all" (words.SamplingMethod).

    aql: per hundred; ltpd, risk: shares; n, ac, re: of a plan agreed with the buyer, n None for the largest sample of
    the other classes. Only those of its method count.
    """

    defect_class: str
    method: str
    aql: Decimal | None = None
    ltpd: Decimal | None = None
    risk: Decimal | None = None
    n: int | None = None
    ac: int | None = None
    re: int | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """Pieces looked at in one go, and the defects of each class found among them."""

    pieces: int
    defects: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ClassStanding:
    """Where one class stands. counted: defects within its first n pieces; progress: what they prove."""

    defect_class: str
    plan: SamplingPlan
    checked: int
    counted: int
    progress: Progress

    @property
    def verdict(self) -> Verdict | None:
        return self.progress.verdict


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an inspection stands. checked, found: pieces and defects in all; n: the largest sample that is asked for;
    next_pieces: how many to check before the numbers of some class are complete, 0 when nothing is left."""

    classes: tuple[ClassStanding, ...]
    checked: int
    found: dict[str, int]
    n: int
    next_pieces: int

    @property
    def lot_accepted(self) -> bool | None:
        """Certain already, or None: rejected by one class, accepted by all."""
        if any(one.progress.lot_accepted is False for one in self.classes):
            return False
        if all(one.verdict is not None for one in self.classes):
            return True
        return None

    @property
    def early(self) -> bool:
        """Decided, though some of the sample hasn't been checked."""
        return self.lot_accepted is not None and self.checked < self.n


def plans_of(
    asks: Sequence[ClassAsk], lot_size: int, severities: Mapping[str, Severity], level: Level
) -> list[dict[str, Any]]:
    """The sampling plan of each class for a lot of `lot_size` ≥ 1 pieces, ready to be frozen, in the order of CLASSES.

    severities: by class, normal where it isn't named. Raises QualityError, as `plan_of_class`.
    """
    sized = [ask for ask in asks if not (ask.method == "user" and ask.n is None)]
    plans = {
        ask.defect_class: plan_of_class(ask, lot_size, severities.get(ask.defect_class, "normal"), level)
        for ask in sized
    }
    largest = max((plan.n for plan in plans.values()), default=lot_size)
    for ask in asks:
        if ask not in sized:
            plans[ask.defect_class] = plan_of_class(replace(ask, n=largest), lot_size, "normal", level)
    methods = {ask.defect_class: ask.method for ask in asks}
    return [frozen(name, methods[name], plans[name]) for name in CLASSES if name in plans]


def plan_of_class(ask: ClassAsk, lot_size: int, severity: Severity, level: Level) -> SamplingPlan:
    """The sampling plan of one class for a lot (Q1–Q8).

    severity: of the tables; the other methods have none. Raises QualityError, also "incomplete" where a method lacks
    one of its numbers. A plan agreed with the buyer that asks for more than the lot takes all of it.
    """
    if ask.method == "aql":
        return plan_for(lot_size, level, needed(ask.aql, "aql"), severity)
    if ask.method == "zero":
        return zero_plan(needed(ask.ltpd, "ltpd"), needed(ask.risk, "risk"), lot_size=lot_size)
    if ask.method == "user":
        n, ac, re = needed(ask.n, "n"), needed(ask.ac, "ac"), needed(ask.re, "re")
        return own_plan(min(n, lot_size), ac, re, lot_size=lot_size) if re <= lot_size else every_piece(lot_size)
    return every_piece(lot_size)


def every_piece(lot_size: int) -> SamplingPlan:
    """Each piece is looked at, and one that fails is enough to reject the lot."""
    return SamplingPlan(lot_size, 0, 1, SCHEME_EVERY_PIECE, lot_size=lot_size, hundred_percent=True)


def needed(value: Any, name: str) -> Any:
    if value is None:
        raise QualityError("incomplete", name)
    return value


# -- frozen on the inspection -----------------------------------------------------------------------------------------


def frozen(defect_class: str, method: str, plan: SamplingPlan) -> dict[str, Any]:
    """A plan as plain numbers and words."""
    return {
        "defect_class": defect_class,
        "method": method,
        "scheme": plan.scheme,
        "letter": plan.letter,
        "letter_used": plan.letter_used,
        "arrow": plan.arrow,
        "n": plan.n,
        "ac": plan.ac,
        "re": plan.re,
        "aql": None if plan.aql is None else str(plan.aql),
        "severity": plan.severity,
        "counts": plan.counts,
        "lot_size": plan.lot_size,
        "hundred_percent": plan.hundred_percent,
    }


def thawed(kept: Mapping[str, Any]) -> SamplingPlan:
    """The plan again, as it was frozen."""
    return SamplingPlan(
        n=kept["n"],
        ac=kept["ac"],
        re=kept["re"],
        scheme=kept["scheme"],
        severity=kept["severity"],
        counts=kept["counts"],
        lot_size=kept["lot_size"],
        letter=kept["letter"],
        letter_used=kept["letter_used"],
        arrow=kept["arrow"],
        aql=None if kept["aql"] is None else Decimal(kept["aql"]),
        hundred_percent=kept["hundred_percent"],
    )


# -- counting ---------------------------------------------------------------------------------------------------------


def standing(plans: Sequence[Mapping[str, Any]], tranches: Iterable[Checked]) -> Standing:
    """Where the inspection stands after its tranches, in their order."""
    done = list(tranches)
    checked = sum(one.pieces for one in done)
    classes = tuple(class_standing(kept, done) for kept in plans)
    left = [one.progress.left for one in classes if one.progress.left]
    return Standing(
        classes=classes,
        checked=checked,
        found={kept["defect_class"]: sum(one.defects.get(kept["defect_class"], 0) for one in done) for kept in plans},
        n=max((one.plan.n for one in classes), default=0),
        next_pieces=min(left, default=0),
    )


def class_standing(kept: Mapping[str, Any], tranches: Sequence[Checked]) -> ClassStanding:
    """Only the first n pieces count for a class; tranche_check keeps defects from lying across that border."""
    plan, name = thawed(kept), kept["defect_class"]
    checked = counted = 0
    for one in tranches:
        if checked < plan.n:
            counted += one.defects.get(name, 0)
        checked = min(plan.n, checked + one.pieces)
    return ClassStanding(name, plan, checked, counted, progress(plan, checked, counted))


def tranche_check(now: Standing, more: Checked) -> None:
    """Whether a tranche can be counted.

    Raises QualityError: "tranche_pieces" (< 1, or more than are left to check), "tranche_class" (a class that isn't
    asked for), "tranche_defects" (below zero, or more than pieces where pieces are counted), "tranche_across" (defects
    of a class whose sample ends within the tranche: value is the class, limit how many pieces still count for it).
    """
    left = now.n - now.checked
    if not 1 <= more.pieces <= left:
        raise QualityError("tranche_pieces", more.pieces, left)
    by_name = {one.defect_class: one for one in now.classes}
    for name, defects in more.defects.items():
        one = by_name.get(name)
        if one is None:
            raise QualityError("tranche_class", name, tuple(by_name))
        most = more.pieces if one.plan.counts == "defectives" else None
        if defects < 0 or (most is not None and defects > most):
            raise QualityError("tranche_defects", defects, most)
        if defects and 0 < one.progress.left < more.pieces:
            raise QualityError("tranche_across", name, one.progress.left)


def verdicts(now: Standing) -> list[dict[str, Any]]:
    """What came of each class, to be frozen; "stopped" where the inspection ended before the class was decided."""
    return [
        {
            "defect_class": one.defect_class,
            "checked": one.checked,
            "defects": one.counted,
            "verdict": one.verdict or "stopped",
            "early": one.progress.early,
        }
        for one in now.classes
    ]


def set_aside_range(now: Standing) -> tuple[int, int]:
    """How many pieces the defects lie in: at least, at most. Each failed piece is counted once, in its worst class;
    where faults are counted, one piece may have them all."""
    failed = sum(now.found[one.defect_class] for one in now.classes if one.plan.counts == "defectives")
    faults = sum(now.found[one.defect_class] for one in now.classes if one.plan.counts == "defects")
    least = failed or int(faults > 0)
    return min(least, now.checked), min(failed + faults, now.checked)
