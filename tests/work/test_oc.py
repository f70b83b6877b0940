"""Operating characteristics against exact sums, published points and laws."""

import math
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, hypergeom, poisson

from wadah.work.rules.oc import (
    accept_chance,
    accept_chance_lot,
    binomial_most,
    failed_at,
    hypergeometric_most,
    inspected_mean,
    oc_points,
    outgoing_limit,
    outgoing_quality,
    poisson_most,
    quality_at,
    risks,
)
from wadah.work.rules.sampling import SamplingPlan, own_plan, plan_for, zero_plan
from wadah.work.rules.sampling_tables import AQLS, LETTERS, table_cell

EXACT = 1e-9
K = plan_for(2_400, "II", "2.5")


@pytest.mark.parametrize(
    ("quality", "accepted"), [(0.01, 1.0), (0.025, 0.9864), (0.04, 0.8709), (0.065, 0.4304), (0.10, 0.0601)]
)
def test_letter_k_at_aql_2_5_lets_through_what_is_published(quality, accepted):
    assert round(accept_chance(K, quality), 4) == accepted


def test_the_marks_of_letter_k_have_their_chances():
    found = risks(K)
    for quality, chance in ((found.producer, 0.95), (found.even, 0.5), (found.consumer, 0.1)):
        assert accept_chance(K, quality) == pytest.approx(chance, abs=EXACT)


@pytest.mark.parametrize(
    ("ac", "expected"),
    [(0, (0.051, 0.693, 2.303)), (1, (0.355, 1.678, 3.890)), (2, (0.818, 2.674, 5.322)), (7, (3.981, 7.669, 11.771))],
)
def test_faults_expected_at_95_50_and_10_percent_are_the_published_ones(ac, expected):
    """J. M. Cameron, Tables for constructing and for computing the operating characteristics of single-sampling plans
    (Industrial Quality Control 9, 1952): np at each Pa."""
    found = risks(own_plan(1, ac, ac + 1, counts="defects"))
    assert (found.producer, found.even, found.consumer) == pytest.approx(expected, abs=6e-4)


def binomial_exact(most, n, share):
    return sum(comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(min(most, n) + 1))


@settings(deadline=None)
@given(st.integers(0, 12), st.integers(1, 200), st.integers(0, 1000))
def test_the_binomial_is_exact(most, n, thousandths):
    exact = binomial_exact(most, n, Fraction(thousandths, 1000))
    assert binomial_most(most, n, thousandths / 1000) == pytest.approx(float(exact), abs=EXACT)


@settings(deadline=None)
@given(st.data())
def test_the_hypergeometric_is_exact(data):
    lot_size = data.draw(st.integers(1, 300))
    n, failed = data.draw(st.integers(0, lot_size)), data.draw(st.integers(0, lot_size))
    most = data.draw(st.integers(0, 12))
    ways = sum(comb(failed, k) * comb(lot_size - failed, n - k) for k in range(min(most, n) + 1))
    exact = float(Fraction(ways, comb(lot_size, n)))
    assert hypergeometric_most(most, n, failed, lot_size) == pytest.approx(exact, abs=EXACT)


@settings(deadline=None)
@given(st.integers(0, 50), st.floats(0, 200))
def test_the_poisson_is_exact(most, mean):
    terms = [
        math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) if mean else float(k == 0) for k in range(most + 1)
    ]
    assert poisson_most(most, mean) == pytest.approx(math.fsum(terms), abs=EXACT)


def test_large_samples_neither_overflow_nor_vanish():
    assert binomial_most(1000, 5000, 0.2) == pytest.approx(binom.cdf(1000, 5000, 0.2), abs=EXACT)
    assert poisson_most(5000, 5000.0) == pytest.approx(poisson.cdf(5000, 5000.0), abs=EXACT)
    assert hypergeometric_most(500, 5000, 50_000, 500_000) == pytest.approx(
        hypergeom.cdf(500, 500_000, 50_000, 5000), abs=EXACT
    )


def test_a_whole_lot_is_accepted_exactly_up_to_ac():
    plan = own_plan(60, 2, 3, lot_size=60)
    assert [accept_chance_lot(plan, failed, 60) for failed in (0, 2, 3, 60)] == [1, 1, 0, 0]
    assert failed_at(plan, 0.5, 60) == 2


def test_a_lot_in_the_gap_counts_as_accepted():
    plan = plan_for(1_000, "II", "1.0", "reduced")
    assert accept_chance(plan, 0.05) == pytest.approx(float(binomial_exact(2, 32, Fraction(1, 20))), abs=EXACT)


def test_faults_are_counted_by_poisson():
    plan = plan_for(2_400, "II", "15")
    assert plan.counts == "defects"
    assert accept_chance(plan, 0.15) == pytest.approx(poisson_most(plan.ac, plan.n * 0.15), abs=EXACT)
    with pytest.raises(ValueError, match="failed pieces"):
        accept_chance_lot(plan, 3, 2_400)


# -- laws -------------------------------------------------------------------------------------------------------------

CELLS = st.tuples(st.sampled_from(LETTERS), st.sampled_from(AQLS))


def table_plan(letter, aql, severity):
    cell = table_cell(letter, aql, severity)
    counts = "defects" if aql > 10 else "defectives"
    return SamplingPlan(cell.n, cell.ac, cell.re, "table", severity, counts, letter=letter, aql=aql)


@settings(deadline=None)
@given(CELLS, st.sampled_from(["normal", "tightened", "reduced"]), st.floats(0, 1), st.floats(0, 1))
def test_worse_quality_is_never_accepted_oftener(cell, severity, one, other):
    plan = table_plan(*cell, severity)
    better, worse = sorted((one, other))
    assert accept_chance(plan, better) >= accept_chance(plan, worse) - EXACT


@pytest.mark.parametrize("factor", [0.3, 1, 2, 4])
def test_tightened_never_accepts_more_than_normal(factor):
    for letter in LETTERS:
        for aql in AQLS:
            quality = min(float(aql) / 100 * factor, 1.0)
            normal, tightened = (table_plan(letter, aql, severity) for severity in ("normal", "tightened"))
            assert accept_chance(tightened, quality) <= accept_chance(normal, quality) + EXACT, (letter, aql)


@settings(deadline=None)
@given(st.integers(1, 400), st.data())
def test_a_larger_share_of_one_lot_is_never_accepted_oftener(lot_size, data):
    n = data.draw(st.integers(1, lot_size))
    plan = SamplingPlan(n, 1, 2, "own plan")
    failed = data.draw(st.integers(0, lot_size - 1))
    assert accept_chance_lot(plan, failed, lot_size) >= accept_chance_lot(plan, failed + 1, lot_size) - EXACT


def test_a_large_lot_is_like_a_running_production():
    assert accept_chance_lot(K, 40_000, 1_000_000) == pytest.approx(accept_chance(K, 0.04), abs=1e-4)


def test_an_ac_0_plan_keeps_its_risk_and_one_piece_fewer_does_not():
    n = zero_plan(Decimal("0.05"), Decimal("0.10")).n
    assert accept_chance(own_plan(n, 0, 1), 0.05) <= 0.10 < accept_chance(own_plan(n - 1, 0, 1), 0.05)
    lot_plan = zero_plan(Decimal("0.05"), Decimal("0.10"), lot_size=200)
    assert accept_chance_lot(lot_plan, 10, 200) <= 0.10


@settings(deadline=None)
@given(CELLS, st.sampled_from([0.95, 0.5, 0.1]))
def test_the_quality_at_a_chance_has_that_chance(cell, chance):
    plan = table_plan(*cell, "normal")
    assert accept_chance(plan, quality_at(plan, chance)) == pytest.approx(chance, abs=EXACT)


@pytest.mark.parametrize("chance", [0.95, 0.5, 0.1])
def test_the_failed_pieces_at_a_chance_are_the_most(chance):
    most = failed_at(K, chance, 2_400)
    assert accept_chance_lot(K, most, 2_400) >= chance > accept_chance_lot(K, most + 1, 2_400)


def test_a_plan_that_never_rejects_has_no_such_quality():
    plan = SamplingPlan(2, 2, 3, "table")
    assert risks(plan) == risks(SamplingPlan(1, 1, 2, "table"))
    assert risks(plan).consumer is None
    assert oc_points(plan, points=2)[-1].quality == 1.0


# -- what goes out ----------------------------------------------------------------------------------------------------


def test_outgoing_quality_and_pieces_looked_at():
    accepted = accept_chance(K, 0.04)
    assert outgoing_quality(K, 0.04, 2_400) == pytest.approx(accepted * 0.04 * 2_275 / 2_400, abs=EXACT)
    assert inspected_mean(K, 0.04, 2_400) == pytest.approx(125 + (1 - accepted) * 2_275, abs=1e-6)
    assert (outgoing_quality(K, 0, 2_400), inspected_mean(K, 0, 2_400)) == (0, 125)
    assert inspected_mean(K, 1, 2_400) == 2_400


def test_the_worst_outgoing_quality_is_worse_than_all_around_it():
    """Montgomery's example: n = 89, Ac = 2, N = 10,000 has an AOQL of about 1.55 percent."""
    plan = own_plan(89, 2, 3)
    worst = outgoing_limit(plan, 10_000)
    assert worst.outgoing == pytest.approx(0.0155, abs=0.0003)
    assert all(outgoing_quality(plan, i / 1000, 10_000) <= worst.outgoing + EXACT for i in range(1001))


def test_a_curve_runs_from_perfect_to_almost_never_and_holds_the_marks():
    points = oc_points(K, qualities=(0.025,), lot_size=2_400)
    assert len(points) == 62
    assert (points[0].quality, points[0].accepted, points[0].outgoing) == (0, 1, 0)
    assert points[-1].accepted == pytest.approx(0.005, abs=EXACT)
    assert 0.025 in [point.quality for point in points]
    assert [point.quality for point in points] == sorted(point.quality for point in points)
    assert all(before.accepted >= after.accepted for before, after in pairwise(points))
    assert oc_points(K, points=2)[1].outgoing is None


@pytest.mark.parametrize(
    "asked",
    [
        lambda: accept_chance(K, 1.2),
        lambda: accept_chance(K, -0.1),
        lambda: poisson_most(1, -1.0),
        lambda: hypergeometric_most(1, 5, 11, 10),
        lambda: hypergeometric_most(1, 11, 5, 10),
        lambda: quality_at(K, 0),
        lambda: quality_at(K, 1),
        lambda: oc_points(K, points=1),
    ],
)
def test_shares_and_counts_outside_their_range_are_refused(asked):
    with pytest.raises(ValueError, match="Expected"):
        asked()
