"""What a plan lets through: operating characteristic, outgoing quality, pieces inspected (docs/quality.md Q17–Q19).

In: a plan (n, Ac) and a quality p: the share of pieces that fail, or faults a piece where faults are counted (above 1
then, too). Out: chances in 0 … 1, qualities in the same unit as p, pieces. Exact to 1e-9 and better: the terms of each
distribution are multiplied up from its middle, where nothing under- or overflows, and divided by their own sum.
For reduced plans with a gap, acceptance counts below Re, since those lots are accepted too.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wadah.work.rules.sampling import SamplingPlan

NEGLIGIBLE = 1e-30
HALVINGS = 100
PRODUCER_PA, EVEN_PA, CONSUMER_PA = 0.95, 0.50, 0.10
"""A lot of this quality is accepted 19 times of 20, every other time, once in ten."""
CURVE_END_PA = 0.005
CURVE_POINTS = 61


@dataclass(frozen=True, slots=True)
class OcPoint:
    """quality: p; accepted: Pa; outgoing: AOQ, and inspected: ATI, both None where the lot's size is not known."""

    quality: float
    accepted: float
    outgoing: float | None = None
    inspected: float | None = None


@dataclass(frozen=True, slots=True)
class Risks:
    """The qualities at which a lot is accepted at 95 %, 50 % and 10 %; None where the plan never rejects so much."""

    producer: float | None
    even: float | None
    consumer: float | None


def accept_most(plan: SamplingPlan) -> int:
    """The most defects that still accept the lot: Ac, or Re − 1 where the reduced plan has a gap (Q6)."""
    return plan.re - 1


def accept_chance(plan: SamplingPlan, quality: float) -> float:
    """Pa of a lot out of a running production of this quality (Q17): binomial, or Poisson where faults are counted.

    quality: 0 … 1 for failed pieces, ≥ 0 for faults. Raises ValueError outside.
    """
    if plan.counts == "defects":
        return poisson_most(accept_most(plan), plan.n * quality)
    return binomial_most(accept_most(plan), plan.n, quality)


def accept_chance_lot(plan: SamplingPlan, failed: int, lot_size: int) -> float:
    """Pa of one finite lot in which exactly so many pieces fail (hypergeometric, Q17); for failed pieces only."""
    if plan.counts == "defects":
        raise ValueError(f"Expected a plan that counts failed pieces, got {plan.counts!r}")
    return hypergeometric_most(accept_most(plan), plan.n, failed, lot_size)


def outgoing_quality(plan: SamplingPlan, quality: float, lot_size: int) -> float:
    """AOQ: the quality that goes out when rejected lots are checked whole and mended (Q18)."""
    return accept_chance(plan, quality) * quality * (lot_size - plan.n) / lot_size


def inspected_mean(plan: SamplingPlan, quality: float, lot_size: int) -> float:
    """ATI: pieces looked at for each lot when rejected lots are checked whole (Q18)."""
    return plan.n + (1 - accept_chance(plan, quality)) * (lot_size - plan.n)


def quality_at(plan: SamplingPlan, chance: float) -> float | None:
    """The quality that is accepted with this chance (0 < chance < 1; Q19); None where even the worst is likelier."""
    if not 0 < chance < 1:
        raise ValueError(f"Expected 0 < chance < 1, got {chance}")
    worst = 1.0
    if plan.counts == "defects":
        while accept_chance(plan, worst) > chance:
            worst *= 2
    elif accept_chance(plan, worst) > chance:
        return None
    return falling_to(lambda quality: accept_chance(plan, quality), chance, worst)


def failed_at(plan: SamplingPlan, chance: float, lot_size: int) -> int:
    """The most failed pieces with which one lot is still accepted with at least this chance (Q19)."""
    fewest, most = 0, lot_size + 1
    while most - fewest > 1:
        middle = (fewest + most) // 2
        if accept_chance_lot(plan, middle, lot_size) >= chance:
            fewest = middle
        else:
            most = middle
    return fewest


def risks(plan: SamplingPlan) -> Risks:
    return Risks(quality_at(plan, PRODUCER_PA), quality_at(plan, EVEN_PA), quality_at(plan, CONSUMER_PA))


def outgoing_limit(plan: SamplingPlan, lot_size: int) -> OcPoint:
    """AOQL: where the outgoing quality is worst, found by thirds; it rises to one peak and falls (Q18)."""
    low, high = 0.0, quality_at(plan, CURVE_END_PA) or 1.0
    for _ in range(HALVINGS):
        left, right = low + (high - low) / 3, high - (high - low) / 3
        if outgoing_quality(plan, left, lot_size) < outgoing_quality(plan, right, lot_size):
            low = left
        else:
            high = right
    return oc_point(plan, (low + high) / 2, lot_size)


def oc_point(plan: SamplingPlan, quality: float, lot_size: int | None = None) -> OcPoint:
    accepted = accept_chance(plan, quality)
    if lot_size is None:
        return OcPoint(quality, accepted)
    return OcPoint(
        quality, accepted, outgoing_quality(plan, quality, lot_size), inspected_mean(plan, quality, lot_size)
    )


def oc_points(
    plan: SamplingPlan, *, qualities: Sequence[float] = (), points: int = CURVE_POINTS, lot_size: int | None = None
) -> tuple[OcPoint, ...]:
    """The curve for a picture: from perfect to where almost no lot passes, evenly, with `qualities` put in between.

    points: ≥ 2; the end is where Pa = 0.5 %, or 1 where the plan never rejects so much.
    """
    if points < 2:
        raise ValueError(f"Expected points >= 2, got {points}")
    end = quality_at(plan, CURVE_END_PA) or 1.0
    evenly = (end * i / (points - 1) for i in range(points))
    return tuple(oc_point(plan, quality, lot_size) for quality in sorted({*evenly, *qualities}))


# -- distributions ----------------------------------------------------------------------------------------------------


def binomial_most(most: int, n: int, share: float) -> float:
    """The chance of at most so many in n draws, each with chance `share`."""
    if not 0 <= share <= 1:
        raise ValueError(f"Expected 0 <= share <= 1, got {share}")
    if share in {0.0, 1.0}:
        return float(share * n <= most)
    odds = share / (1 - share)
    return summed(lambda k: (n - k) / (k + 1) * odds, floor(share * (n + 1)), 0, n, most)


def poisson_most(most: int, mean: float) -> float:
    """The chance of at most so many where `mean` (≥ 0) are expected."""
    if mean < 0:
        raise ValueError(f"Expected mean >= 0, got {mean}")
    if mean == 0:
        return float(most >= 0)
    return summed(lambda k: mean / (k + 1), floor(mean), 0, None, most)


def hypergeometric_most(most: int, n: int, failed: int, lot_size: int) -> float:
    """The chance of at most so many failed ones in n pieces drawn without putting back."""
    if not (0 <= failed <= lot_size and 0 <= n <= lot_size):
        raise ValueError(f"Expected 0 <= failed, n <= lot_size, got {failed}, {n}, {lot_size}")
    good = lot_size - failed
    middle = (n + 1) * (failed + 1) // (lot_size + 2)
    return summed(
        lambda k: (failed - k) * (n - k) / ((k + 1) * (good - n + k + 1)),
        middle,
        max(0, n - good),
        min(n, failed),
        most,
    )


def summed(ratio: Callable[[int], float], middle: int, lowest: int, highest: int | None, most: int) -> float:
    """Σ_{k ≤ most} of a distribution whose term k+1 is ratio(k) times its term k.

    middle: where its terms are largest, the start; they fall to both sides, to `lowest` and `highest` (None: endless).
    """
    start = max(middle, lowest) if highest is None else min(max(middle, lowest), highest)
    terms = {start: 1.0}
    k = start
    while (highest is None or k < highest) and terms[k] > NEGLIGIBLE:
        terms[k + 1] = terms[k] * ratio(k)
        k += 1
    k = start
    while k > lowest and terms[k] > NEGLIGIBLE:
        terms[k - 1] = terms[k] / ratio(k - 1)
        k -= 1
    below = sum(sorted(term for k, term in terms.items() if k <= most))
    above = sum(sorted(term for k, term in terms.items() if k > most))
    return below / (below + above)


def falling_to(chance: Callable[[float], float], target: float, worst: float) -> float:
    """Where a falling chance passes `target`, by halving 0 … worst."""
    low, high = 0.0, worst
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if chance(middle) > target else (low, middle)
    return (low + high) / 2
