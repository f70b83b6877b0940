"""A lot's sampling plan and what a sample proves (docs/quality.md Q5–Q9).

In: a lot size with level, AQL and severity, or a plan of one's own, or a quality that must not slip through. Out: how
many pieces to check and when the lot is accepted or rejected; and, after a part of the sample, what is proved already.
The severity to ask for is `switching`'s answer; the risks of a plan are in `oc`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal, localcontext
from fractions import Fraction
from math import comb
from typing import Literal

from wadah.work.rules.faults import QualityError
from wadah.work.rules.sampling_tables import (
    AQL_PERCENT_MOST,
    SCHEME,
    Arrow,
    Level,
    Severity,
    aql_read,
    aql_tighter,
    check_level,
    check_severity,
    code_letter,
    table_cell,
)

Counts = Literal["defectives", "defects"]
"""What is counted: pieces that fail, each once; or faults, of which one piece may have several."""
Verdict = Literal["accepted", "rejected", "accepted_return_to_normal"]

SCHEME_OWN = "own plan"
SCHEME_ZERO = "Ac = 0 by LTPD"
SCHEME_EVERY_PIECE = "every piece"
DIGITS = 60
"""Of the logarithms that an Ac = 0 plan is sized by."""


@dataclass(frozen=True, slots=True)
class SamplingPlan:
    """How many pieces to check, and what they decide.

    lot_size: pieces, None where the plan is not for one lot; letter: asked for, "" outside the tables; letter_used: the
    one that arrows led to; n: pieces to check, ≤ lot_size; ac: the most defects with which the lot is accepted; re: the
    fewest with which it is rejected, > ac + 1 only on reduced inspection (Q6); aql: None outside the tables;
    hundred_percent: n is the whole lot because the table asks for as many or more.
    """

    n: int
    ac: int
    re: int
    scheme: str
    severity: Severity = "normal"
    counts: Counts = "defectives"
    lot_size: int | None = None
    letter: str = ""
    letter_used: str = ""
    arrow: Arrow = ""
    aql: Decimal | None = None
    hundred_percent: bool = False

    @property
    def gap(self) -> bool:
        """Whether some count of defects accepts the lot but ends reduced inspection."""
        return self.re > self.ac + 1


@dataclass(frozen=True, slots=True)
class Progress:
    """What a part of the sample proves.

    left: pieces of the sample not yet checked; verdict: final, None while open; lot_accepted: True or False as soon as
    it is certain, even where the gap (Q6) still leaves open which acceptance it will be; defects_to_reject: further
    defects that would reject the lot; good_to_accept: further pieces, all good, after which acceptance is certain, None
    where too many defects are counted already.
    """

    left: int
    verdict: Verdict | None
    lot_accepted: bool | None
    defects_to_reject: int
    good_to_accept: int | None

    @property
    def early(self) -> bool:
        """Decided before the whole sample was checked."""
        return self.verdict is not None and self.left > 0


def plan_for(
    lot_size: int,
    level: Level,
    aql: Decimal | int | float | str,
    severity: Severity = "normal",
    counts: Counts | None = None,
) -> SamplingPlan:
    """The single plan of the tables for one lot (Q1–Q5).

    lot_size: ≥ 1 pieces; a lot of one is looked at itself, Ac 0, since the tables begin at two. counts: None takes
    faults above AQL 10, failed pieces up to it. Raises QualityError ("lot_size", "level", "aql", "severity",
    "aql_defects_only" for failed pieces above AQL 10).
    """
    printed = aql_read(aql)
    counted = counts or counts_by(printed)
    if counted == "defectives" and printed > AQL_PERCENT_MOST:
        raise QualityError("aql_defects_only", printed, AQL_PERCENT_MOST)
    check_level(level)
    check_severity(severity)
    if lot_size == 1:
        return SamplingPlan(1, 0, 1, SCHEME_EVERY_PIECE, severity, counted, 1, aql=printed, hundred_percent=True)
    letter = code_letter(lot_size, level)
    cell = table_cell(letter, printed, severity)
    return SamplingPlan(
        n=min(cell.n, lot_size),
        ac=cell.ac,
        re=cell.re,
        scheme=SCHEME,
        severity=severity,
        counts=counted,
        lot_size=lot_size,
        letter=letter,
        letter_used=cell.letter,
        arrow=cell.arrow,
        aql=printed,
        hundred_percent=cell.n >= lot_size,
    )


def counts_by(aql: Decimal) -> Counts:
    return "defects" if aql > AQL_PERCENT_MOST else "defectives"


def own_plan(
    n: int,
    ac: int,
    re: int,
    *,
    lot_size: int | None = None,
    severity: Severity = "normal",
    counts: Counts = "defectives",
) -> SamplingPlan:
    """A plan that a buyer gives (Q7): check n, accept up to ac, reject from re on.

    Raises QualityError: "n" (< 1), "ac" (< 0), "re" (not above ac), "gap" (re > ac + 1 where inspection is not
    reduced), "never_rejects" (failed pieces counted, and re > n), "n_over_lot", "lot_size", "severity".
    """
    check_severity(severity)
    faults: tuple[tuple[bool, str, object, object], ...] = (
        (lot_size is not None and lot_size < 1, "lot_size", lot_size, 1),
        (n < 1, "n", n, 1),
        (ac < 0, "ac", ac, 0),
        (re <= ac, "re", re, ac),
        (re > ac + 1 and severity != "reduced", "gap", re, ac + 1),
        (counts == "defectives" and re > n, "never_rejects", re, n),
    )
    for wrong, code, value, limit in faults:
        if wrong:
            raise QualityError(code, value, limit)
    plan = SamplingPlan(n, ac, re, SCHEME_OWN, severity, counts, lot_size)
    check_sample(plan)
    return plan


def zero_plan(ltpd: Decimal, consumers_risk: Decimal = Decimal("0.10"), *, lot_size: int | None = None) -> SamplingPlan:
    """The smallest sample with Ac = 0 that lets a share `ltpd` of failed pieces through at most at this risk (Q8).

    Without a lot size: n = ceil(ln risk / ln(1 − ltpd)). With one: exact, by the hypergeometric chance of drawing none
    of the ceil(ltpd × lot_size) failed pieces. Both shares lie strictly between 0 and 1. Raises QualityError ("ltpd",
    "consumers_risk", "lot_size").
    """
    for code, share in (("ltpd", ltpd), ("consumers_risk", consumers_risk)):
        if not 0 < share < 1:
            raise QualityError(code, share, (0, 1))
    if lot_size is not None and lot_size < 1:
        raise QualityError("lot_size", lot_size, 1)
    n = zero_sample(ltpd, consumers_risk) if lot_size is None else zero_sample_lot(ltpd, consumers_risk, lot_size)
    return SamplingPlan(n, 0, 1, SCHEME_ZERO, lot_size=lot_size, hundred_percent=n == lot_size)


def zero_sample(ltpd: Decimal, risk: Decimal) -> int:
    """ceil(ln risk / ln(1 − ltpd)), in so many digits that an exact power (0.5² = 0.25) is not rounded up."""
    with localcontext() as context:
        context.prec = DIGITS
        ratio = risk.ln() / (1 - ltpd).ln()
        if ratio == ratio.to_integral_value() or abs(ratio - ratio.to_integral_value()) < Decimal("1e-40"):
            return int(ratio.to_integral_value())
        return int(ratio.to_integral_value(ROUND_CEILING))


def zero_sample_lot(ltpd: Decimal, risk: Decimal, lot_size: int) -> int:
    """The smallest n with C(N − D, n) / C(N, n) ≤ risk, found by halving: the chance falls as n grows."""
    failed = int((ltpd * lot_size).to_integral_value(ROUND_CEILING))
    few, enough = 0, min(lot_size - failed + 1, zero_sample(ltpd, risk))
    while enough - few > 1:
        middle = (few + enough) // 2
        if missed_all(lot_size, failed, middle) <= Fraction(risk):
            enough = middle
        else:
            few = middle
    return enough


def missed_all(lot_size: int, failed: int, n: int) -> Fraction:
    """The chance that a sample of n holds none of the failed pieces; n and failed may change places."""
    drawn, others = sorted((failed, n))
    return Fraction(comb(lot_size - others, drawn), comb(lot_size, drawn))


def check_sample(plan: SamplingPlan) -> None:
    """Raises QualityError ("n_over_lot") where the sample is larger than its lot."""
    if plan.lot_size is not None and plan.n > plan.lot_size:
        raise QualityError("n_over_lot", plan.n, plan.lot_size)


def verdict(plan: SamplingPlan, defects: int) -> Verdict:
    """What the whole sample decides. defects: counted in all n pieces. Raises QualityError ("defects")."""
    check_counted(plan, plan.n, defects)
    if defects >= plan.re:
        return "rejected"
    return "accepted" if defects <= plan.ac else "accepted_return_to_normal"


def progress(plan: SamplingPlan, checked: int, defects: int) -> Progress:
    """What the first `checked` pieces (0 … n) with `defects` among them prove (Q9).

    Rejection is certain as soon as Re is reached. Acceptance is certain before the end only where failed pieces are
    counted: then the rest can't hold more defects than pieces. Raises QualityError ("checked", "defects").
    """
    check_counted(plan, checked, defects)
    left = plan.n - checked
    decided, accepted = proved(plan, left, defects)
    return Progress(
        left=left,
        verdict=decided,
        lot_accepted=accepted,
        defects_to_reject=max(plan.re - defects, 0),
        good_to_accept=good_to_accept(plan, left, defects),
    )


def proved(plan: SamplingPlan, left: int, defects: int) -> tuple[Verdict | None, bool | None]:
    """The verdict, and whether the lot is accepted, each None while the rest of the sample could still change it."""
    if defects >= plan.re:
        return "rejected", False
    if left and plan.counts == "defects":
        return None, None
    most = defects + left
    if most <= plan.ac:
        return "accepted", True
    if most < plan.re:
        return ("accepted_return_to_normal" if defects > plan.ac else None), True
    return None, None


def good_to_accept(plan: SamplingPlan, left: int, defects: int) -> int | None:
    """Further good pieces after which the lot is certainly accepted: what remains then fits below Re."""
    if defects >= plan.re:
        return None
    if plan.counts == "defects":
        return left
    return max(left - (plan.re - 1 - defects), 0)


def check_counted(plan: SamplingPlan, checked: int, defects: int) -> None:
    if not 0 <= checked <= plan.n:
        raise QualityError("checked", checked, plan.n)
    most = checked if plan.counts == "defectives" else None
    if defects < 0 or (most is not None and defects > most):
        raise QualityError("defects", defects, most)
    if checked == 0 and defects:
        raise QualityError("defects", defects, 0)


def passes_tighter(plan: SamplingPlan, defects: int) -> bool | None:
    """Whether the same sample would pass at the next tighter AQL, which the switching score asks (Q14).

    None where there is nothing to hold it against: not on normal inspection, outside the tables, at the smallest AQL,
    or where the tighter plan is of another sample size (Ac 0 and 1).
    """
    if plan.severity != "normal" or plan.aql is None or not plan.letter_used:
        return None
    tighter = aql_tighter(plan.aql)
    if tighter is None:
        return None
    cell = table_cell(plan.letter_used, tighter, plan.severity)
    return defects <= cell.ac if cell.letter == plan.letter_used else None
