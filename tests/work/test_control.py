"""Control charts, their constants and signals, and capability."""

import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from wadah.work.rules.control import (
    D2,
    D3_SPREAD,
    Limits,
    a2,
    capability,
    d3,
    d4,
    individuals_chart,
    means_chart,
    share_chart,
    signals,
)
from wadah.work.rules.faults import QualityError

UNIT = Limits(-3.0, 0.0, 3.0)

# NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: flow rates of ten batches and their limits.
FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
# D. C. Montgomery, Introduction to Statistical Quality Control, appendix VI: A2, D3, D4 for subgroups of 2 … 10.
PRINTED = {
    2: (1.880, 0, 3.267), 3: (1.023, 0, 2.574), 4: (0.729, 0, 2.282), 5: (0.577, 0, 2.114), 6: (0.483, 0, 2.004),
    7: (0.419, 0.076, 1.924), 8: (0.373, 0.136, 1.864), 9: (0.337, 0.184, 1.816), 10: (0.308, 0.223, 1.777),
}  # fmt: skip


def codes(points, limits=UNIT):
    return [(signal.place, signal.code) for signal in signals(points, [limits] * len(points))]


def range_moments(size):
    """Mean and standard deviation of the range of `size` normal values: P(x ≤ smallest, largest ≤ y) integrated."""
    steps = np.linspace(-9, 9, 7201)
    below = norm.cdf(steps)
    mean = np.trapezoid(1 - below**size - (1 - below) ** size, steps)
    low, high = below[::4, None], below[None, ::4]
    missed = np.triu(1 - high**size - (1 - low) ** size + np.clip(high - low, 0, None) ** size, 1)
    square = 2 * missed.sum() * (steps[4] - steps[0]) ** 2
    square += np.trace(1 - high**size - (1 - low) ** size) * (steps[4] - steps[0]) ** 2
    return mean, (square - mean**2) ** 0.5


@pytest.mark.parametrize("size", D2)
def test_the_constants_are_moments_of_the_range_of_normal_values(size):
    mean, spread = range_moments(size)
    assert D2[size] == pytest.approx(mean, abs=6e-6)
    assert D3_SPREAD[size] == pytest.approx(spread, abs=2e-5)


@pytest.mark.parametrize(("size", "printed"), PRINTED.items())
def test_the_factors_are_the_printed_ones(size, printed):
    assert (a2(size), d3(size), d4(size)) == pytest.approx(printed, abs=1.1e-3)


# -- charts -----------------------------------------------------------------------------------------------------------


def test_individuals_as_nist_prints_them():
    chart = individuals_chart(FLOW)
    assert chart.limits.centre == pytest.approx(50.81)
    assert chart.range_limits.centre == pytest.approx(1.8778, abs=1e-4)
    assert (chart.limits.lower, chart.limits.upper) == pytest.approx((45.8159, 55.8041), abs=3e-3)
    assert chart.range_limits.upper == pytest.approx(3.267 * 1.8778, abs=2e-3)
    assert not chart.range_limits.lower
    assert (len(chart.points), len(chart.ranges)) == (10, 9)
    assert chart.signals == chart.range_signals == ()
    assert chart.provisional
    assert not individuals_chart(FLOW * 2).provisional


def test_means_and_ranges_by_the_printed_factors():
    rows = [[10.1, 9.9, 10.3, 10.0, 9.8], [10.2, 10.0, 10.1, 9.7, 10.4], [9.9, 10.2, 10.0, 10.1, 10.3]]
    chart = means_chart(rows)
    mean = sum(map(sum, rows)) / 15
    range_mean = (0.5 + 0.7 + 0.4) / 3
    assert chart.limits.centre == pytest.approx(mean)
    assert chart.limits.upper == pytest.approx(mean + 0.577 * range_mean, abs=1e-3)
    assert chart.limits.lower == pytest.approx(mean - 0.577 * range_mean, abs=1e-3)
    assert chart.range_limits.upper == pytest.approx(2.114 * range_mean, abs=1e-3)
    assert chart.sigma == pytest.approx(range_mean / 2.326, abs=1e-4)


def test_shares_as_nist_prints_them():
    """6.3.3.2: 30 wafers of 50 chips, a mean share of 0.2313, limits 0.0524 and 0.4102."""
    failed = [11, 12] * 14 + [12, 13]
    chart = share_chart(failed, [50] * 30)
    assert sum(failed) == 347
    limits = chart.points[0].limits
    assert (round(chart.centre, 4), round(limits.lower, 4), round(limits.upper, 4)) == (0.2313, 0.0524, 0.4102)
    assert not chart.provisional


def test_a_smaller_sample_has_wider_limits_cut_at_0_and_1():
    chart = share_chart([1, 4, 0, 5], [10, 100, 10, 5])
    assert chart.points[0].limits.upper > chart.points[1].limits.upper
    assert all(point.limits.lower >= 0 and point.limits.upper <= 1 for point in chart.points)
    assert [(signal.place, signal.code) for signal in chart.signals if signal.code == "outside_3_sigma"] == [
        (3, "outside_3_sigma")
    ]


@pytest.mark.parametrize(
    "chart", [individuals_chart([5.0]), individuals_chart([]), means_chart([[1, 2]]), share_chart([1], [9])]
)
def test_fewer_than_two_points_have_no_limits(chart):
    assert chart is None


@pytest.mark.parametrize("value", [0.1, 1 / 3, 7, 12345.678, 1e-9])
@pytest.mark.parametrize("count", [3, 7, 10, 49])
def test_equal_values_give_no_signal(value, count):
    chart = individuals_chart([value] * count)
    assert chart.signals == chart.range_signals == ()
    assert chart.sigma == 0
    assert means_chart([[value] * 3] * count).signals == ()


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (lambda: means_chart([[1.0], [2.0]]), "subgroup_size"),
        (lambda: means_chart([[1.0] * 11] * 3), "subgroup_size"),
        (lambda: means_chart([[1.0, 2.0], [1.0, 2.0, 3.0]]), "subgroup_uneven"),
        (lambda: share_chart([1, 2], [5, 0]), "sample_size"),
        (lambda: share_chart([1, 6], [5, 5]), "failed"),
        (lambda: share_chart([-1, 6], [5, 9]), "failed"),
        (lambda: capability([1.0] * 30, 1.0, lower=5, upper=5), "limits"),
    ],
)
def test_what_cannot_be_charted_is_refused_by_name(asked, code):
    with pytest.raises(QualityError) as refused:
        asked()
    assert refused.value.code == code


@settings(deadline=None)
@given(
    st.lists(st.integers(-10_000, 10_000), min_size=2, max_size=40),
    st.integers(-1000, 1000),
    st.sampled_from([0.5, 2, 4]),
)
def test_another_unit_moves_the_limits_and_nothing_else(values, shift, scale):
    plain, moved = individuals_chart(values), individuals_chart([value * scale for value in values])
    assert moved.limits.upper == pytest.approx(plain.limits.upper * scale)
    assert moved.signals == plain.signals
    shifted = individuals_chart([value + shift for value in values])
    assert shifted.limits.centre == pytest.approx(plain.limits.centre + shift, abs=1e-6)


# -- signals ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "found"),
    [
        ([0.1, 3.0, -3.0, 0.2], []),
        ([0.1, 3.01, -0.2], [(1, "outside_3_sigma")]),
        ([0.1, -0.1, -3.2], [(2, "outside_3_sigma")]),
        ([1, 0.5, 1, 0.5, 1, 0.5, 1, 0.5], []),
        ([1, 0.5, 1, 0.5, 1, 0.5, 1, 0.5, 1], [(8, "nine_one_side")]),
        ([-1, -0.5] * 5, [(8, "nine_one_side"), (9, "nine_one_side")]),
        ([1, 0.5, 1, 0.5, 0, 0.5, 1, 0.5, 1, 0.4], []),
        ([-1.2, -0.7, -0.2, 0.3, 0.8], []),
        ([-1.2, -0.7, -0.2, 0.3, 0.8, 1.3], [(5, "six_trending")]),
        ([1.3, 0.8, 0.3, -0.2, -0.7, -1.2, -1.3], [(5, "six_trending"), (6, "six_trending")]),
        ([-1.2, -0.7, -0.2, -0.2, 0.3, 0.8, 1.3], []),
        ([2.1, 0.1, 2.2], [(2, "two_of_three_outside_2_sigma")]),
        ([2.1, 2.2, 0.1], [(1, "two_of_three_outside_2_sigma")]),
        ([2.1, 0.1, 0.1, 2.2], []),
        ([2.1, -2.2, 0.1], []),
        ([2.0, 2.0, 2.0], []),
    ],
)
def test_each_rule_speaks_where_it_is_fulfilled_and_nowhere_else(points, found):
    assert codes(points) == found


def test_new_values_are_read_against_the_limits_of_an_earlier_time():
    limits = individuals_chart(FLOW).limits
    assert codes([50.0, 56.0], limits) == [(1, "outside_3_sigma")]


def test_a_jump_shows_in_the_moving_ranges():
    values = [10 + 0.1 * (place % 2) for place in range(24)] + [14.0]
    chart = individuals_chart(values)
    assert [(signal.place, signal.code) for signal in chart.range_signals] == [(23, "outside_3_sigma")]


def test_a_steady_process_seldom_signals():
    """Beyond three sigma, 0.27 percent of normal values: over 20,000, between 30 and 85."""
    chance = random.Random(7)
    found = [code for _place, code in codes([chance.gauss(0, 1) for _ in range(20_000)])]
    assert 30 <= found.count("outside_3_sigma") <= 85


# -- capability -------------------------------------------------------------------------------------------------------

STEADY = [10.0, 10.2, 9.8, 10.1, 9.9] * 6


def test_capability_by_hand():
    found = capability(STEADY, 0.2, lower=9.4, upper=10.6)
    overall = (6 * 0.10 / 29) ** 0.5
    assert capability(STEADY[:25], 0.2, lower=9.4, upper=10.6).note == ""
    assert (found.n, found.note) == (30, "")
    assert (found.cp, found.cpk) == pytest.approx((1.0, 1.0))
    assert found.sigma_overall == pytest.approx(overall)
    assert (found.pp, found.ppk) == pytest.approx((1.2 / (6 * overall),) * 2)
    assert 0 < found.ppk_low < found.ppk


def test_capability_goes_to_the_nearer_limit():
    found = capability(STEADY, 0.2, lower=9.7, upper=10.6)
    assert found.cp == pytest.approx(0.75)
    assert found.cpk == pytest.approx(0.5)
    assert capability(STEADY, 0.2, lower=10.3, upper=12).cpk == pytest.approx(-0.5)


def test_one_limit_gives_no_cp_but_a_cpk():
    for limits, cpk in (({"lower": 9.4}, 1.0), ({"upper": 10.3}, 0.5)):
        found = capability(STEADY, 0.2, **limits)
        assert (found.cp, found.pp, found.note) == (None, None, "")
        assert found.cpk == pytest.approx(cpk)


@pytest.mark.parametrize(
    ("values", "sigma", "limits", "note"),
    [
        (STEADY[:24], 0.2, {"lower": 9, "upper": 11}, "too_few"),
        ([], 0.2, {"lower": 9, "upper": 11}, "too_few"),
        ([10.0] * 30, 0.0, {"lower": 9, "upper": 11}, "no_spread"),
        (STEADY, 0.2, {}, "no_limits"),
    ],
)
def test_where_nothing_honest_can_be_said_nothing_is_said(values, sigma, limits, note):
    found = capability(values, sigma, **limits)
    assert (found.n, found.note) == (len(values), note)
    assert (found.cp, found.cpk, found.pp, found.ppk, found.ppk_low) == (None,) * 5


def test_the_lower_bound_of_ppk_holds_about_19_times_of_20():
    """Bissell's bound, for a process whose true Ppk is 1.33, in 600 samples of 50."""
    chance = random.Random(11)
    holds = 0
    for _ in range(600):
        values = [chance.gauss(0, 1) for _ in range(50)]
        holds += capability(values, 1.0, lower=-4.0, upper=4.0).ppk_low <= 4 / 3
    assert 0.92 <= holds / 600 <= 0.99


def test_moving_ranges_pair_each_value_with_the_one_before():
    assert individuals_chart(FLOW).ranges == tuple(abs(after - before) for before, after in pairwise(FLOW))
