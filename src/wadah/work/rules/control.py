"""Control charts of measured values and of shares that fail, their signals, and capability (docs/quality.md Q20–Q23).

In: values in the order they were measured, in any one unit. Out: centre lines and limits in that unit, signals as codes
with the place they stand at, and capability indices, each None where nothing honest can be said. Limits say what the
process does; the limits of the drawing say what it should do, and come in only for capability.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING, Literal

from wadah.work.rules.faults import QualityError

if TYPE_CHECKING:
    from collections.abc import Sequence

D2 = {2: 1.12838, 3: 1.69257, 4: 2.05875, 5: 2.32593, 6: 2.53441, 7: 2.70436, 8: 2.84720, 9: 2.97003, 10: 3.07751}
D3_SPREAD = {
    2: 0.85250,
    3: 0.88837,
    4: 0.87981,
    5: 0.86408,
    6: 0.84804,
    7: 0.83321,
    8: 0.81983,
    9: 0.80783,
    10: 0.79705,
}
"""Mean and standard deviation of the range of so many normal values, in their standard deviation (Q21)."""

SIGMAS = 3
POINTS_FIRM = 20
"""With fewer points, limits are provisional: AIAG and Montgomery begin at 20 to 25."""
CAPABILITY_LEAST = 25
"""With fewer values, no capability is told (Q23)."""
SAME_SIDE = 9
TRENDING = 6
ONE_SIDED_95 = 1.6448536269514722
"""The normal value that 95 % lie below."""

Code = Literal["outside_3_sigma", "nine_one_side", "six_trending", "two_of_three_outside_2_sigma"]
CapabilityNote = Literal["", "too_few", "no_spread", "no_limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Lower limit, centre and upper limit of one chart."""

    lower: float
    centre: float
    upper: float


@dataclass(frozen=True, slots=True)
class Signal:
    """A point at which a rule of Q22 is fulfilled. place: of the point, counted from 0."""

    place: int
    code: Code


@dataclass(frozen=True, slots=True)
class Chart:
    """Two charts, one above the other.

    points, limits: the values or the means of subgroups; ranges, range_limits: the moving ranges (the first belongs to
    the second value) or the ranges of subgroups; sigma: of a single value, within subgroups; provisional: fewer points
    than POINTS_FIRM.
    """

    points: tuple[float, ...]
    limits: Limits
    ranges: tuple[float, ...]
    range_limits: Limits
    sigma: float
    signals: tuple[Signal, ...]
    range_signals: tuple[Signal, ...]
    provisional: bool


@dataclass(frozen=True, slots=True)
class SharePoint:
    """One sample of a p chart: its share and its own limits, which depend on its size."""

    share: float
    limits: Limits


@dataclass(frozen=True, slots=True)
class ShareChart:
    points: tuple[SharePoint, ...]
    centre: float
    signals: tuple[Signal, ...]
    provisional: bool


@dataclass(frozen=True, slots=True)
class Capability:
    """How the process lies within the drawing's limits.

    n: values; mean; sigma_within: from the chart's ranges; sigma_overall: of all values, n − 1; cp, pp: None unless
    both limits are given; cpk, ppk: to the nearer of the limits given; ppk_low: with 95 % certainty Ppk is above it;
    note: why all indices are None: "too_few" values, "no_spread" at all, "no_limits" given.
    """

    n: int
    mean: float | None = None
    sigma_within: float | None = None
    sigma_overall: float | None = None
    cp: float | None = None
    cpk: float | None = None
    pp: float | None = None
    ppk: float | None = None
    ppk_low: float | None = None
    note: CapabilityNote = ""


# -- charts -----------------------------------------------------------------------------------------------------------


def individuals_chart(values: Sequence[float]) -> Chart | None:
    """I-MR: single values and the steps between them (Q20); None with fewer than two values."""
    if len(values) < 2:
        return None
    ranges = tuple(abs(after - before) for before, after in pairwise(values))
    return chart(tuple(values), ranges, subgroup=2, of_means=1)


def means_chart(subgroups: Sequence[Sequence[float]]) -> Chart | None:
    """X-bar/R: means and ranges of subgroups of one size, 2 … 10 (Q20); None with fewer than two subgroups.

    Raises QualityError ("subgroup_size" outside 2 … 10, "subgroup_uneven").
    """
    if len(subgroups) < 2:
        return None
    size = len(subgroups[0])
    if size not in D2:
        raise QualityError("subgroup_size", size, (min(D2), max(D2)))
    uneven = next((len(group) for group in subgroups if len(group) != size), None)
    if uneven is not None:
        raise QualityError("subgroup_uneven", uneven, size)
    means = tuple(mean_of(group) for group in subgroups)
    ranges = tuple(max(group) - min(group) for group in subgroups)
    return chart(means, ranges, subgroup=size, of_means=size)


def chart(points: tuple[float, ...], ranges: tuple[float, ...], *, subgroup: int, of_means: int) -> Chart:
    """subgroup: values in each range; of_means: values in each point."""
    range_mean = mean_of(ranges)
    sigma = range_mean / D2[subgroup]
    centre = mean_of(points)
    limits = limits_about(centre, sigma / sqrt(of_means))
    range_limits = Limits(d3(subgroup) * range_mean, range_mean, d4(subgroup) * range_mean)
    return Chart(
        points=points,
        limits=limits,
        ranges=ranges,
        range_limits=range_limits,
        sigma=sigma,
        signals=signals(points, [limits] * len(points)),
        range_signals=outside(ranges, [range_limits] * len(ranges)),
        provisional=len(points) < POINTS_FIRM,
    )


def share_chart(failed: Sequence[int], sizes: Sequence[int]) -> ShareChart | None:
    """p chart: the share that fails of each sample (Q20); None with fewer than two samples.

    Raises QualityError ("sample_size" < 1, "failed" outside 0 … its sample's size).
    """
    if len(sizes) < 2:
        return None
    for count, size in zip(failed, sizes, strict=True):
        if size < 1:
            raise QualityError("sample_size", size, 1)
        if not 0 <= count <= size:
            raise QualityError("failed", count, size)
    centre = sum(failed) / sum(sizes)
    shares = [count / size for count, size in zip(failed, sizes, strict=True)]
    widths = [sqrt(centre * (1 - centre) / size) for size in sizes]
    signalled = signals(shares, [limits_about(centre, width) for width in widths])
    points = tuple(
        SharePoint(share, within_0_1(limits_about(centre, width))) for share, width in zip(shares, widths, strict=True)
    )
    return ShareChart(points, centre, signalled, len(points) < POINTS_FIRM)


def mean_of(values: Sequence[float]) -> float:
    """Exact before it is rounded: equal values have exactly their own mean, so none of them lies outside."""
    return float(statistics.mean(values))


def limits_about(centre: float, sigma: float) -> Limits:
    return Limits(centre - SIGMAS * sigma, centre, centre + SIGMAS * sigma)


def within_0_1(limits: Limits) -> Limits:
    return Limits(max(limits.lower, 0.0), limits.centre, min(limits.upper, 1.0))


def a2(size: int) -> float:
    """From the mean range to three standard deviations of a mean (Q21)."""
    return SIGMAS / (D2[size] * sqrt(size))


def d3(size: int) -> float:
    """From the mean range to its lower limit (Q21)."""
    return max(0.0, 1 - SIGMAS * D3_SPREAD[size] / D2[size])


def d4(size: int) -> float:
    """From the mean range to its upper limit (Q21)."""
    return 1 + SIGMAS * D3_SPREAD[size] / D2[size]


# -- signals ----------------------------------------------------------------------------------------------------------


def signals(points: Sequence[float], limits: Sequence[Limits]) -> tuple[Signal, ...]:
    """All rules of Q22, each at every point that completes it. limits: one for each point; a chart may be read against
    the limits of an earlier time."""
    found = [
        *outside(points, limits),
        *nine_one_side(points, limits),
        *six_trending(points),
        *two_of_three(points, limits),
    ]
    return tuple(sorted(found, key=lambda signal: signal.place))


def outside(points: Sequence[float], limits: Sequence[Limits]) -> tuple[Signal, ...]:
    return tuple(
        Signal(place, "outside_3_sigma")
        for place, (point, limit) in enumerate(zip(points, limits, strict=True))
        if not limit.lower <= point <= limit.upper
    )


def nine_one_side(points: Sequence[float], limits: Sequence[Limits]) -> list[Signal]:
    """A point on the centre line ends the run."""
    sides = [side(point - limit.centre) for point, limit in zip(points, limits, strict=True)]
    return [Signal(place, "nine_one_side") for place, run in enumerate(runs(sides)) if run >= SAME_SIDE]


def six_trending(points: Sequence[float]) -> list[Signal]:
    """Six points, five steps, all up or all down; two equal points end the trend."""
    steps = [0, *(side(after - before) for before, after in pairwise(points))]
    return [Signal(place, "six_trending") for place, run in enumerate(runs(steps)) if run >= TRENDING - 1]


def two_of_three(points: Sequence[float], limits: Sequence[Limits]) -> list[Signal]:
    """The point itself and one of the two before it, beyond two thirds of the way to the same limit."""
    far = [beyond_2_sigma(point, limit) for point, limit in zip(points, limits, strict=True)]
    return [
        Signal(place, "two_of_three_outside_2_sigma")
        for place, here in enumerate(far)
        if here and here in far[max(place - 2, 0) : place]
    ]


def beyond_2_sigma(point: float, limits: Limits) -> int:
    two = (limits.upper - limits.centre) * 2 / SIGMAS
    return side(point - limits.centre) if abs(point - limits.centre) > two else 0


def side(difference: float) -> int:
    return (difference > 0) - (difference < 0)


def runs(sides: Sequence[int]) -> list[int]:
    """For each place, how many in a row up to it lie on the same side; 0 where it lies on none."""
    lengths: list[int] = []
    for place, here in enumerate(sides):
        going_on = place > 0 and here == sides[place - 1]
        lengths.append(0 if here == 0 else (lengths[-1] if going_on else 0) + 1)
    return lengths


# -- capability -------------------------------------------------------------------------------------------------------


def capability(
    values: Sequence[float], sigma_within: float, *, lower: float | None = None, upper: float | None = None
) -> Capability:
    """Cp, Cpk, Pp and Ppk (Q23).

    values: all single values; sigma_within: the chart's `sigma`; lower, upper: the drawing's limits, either may be
    missing. Raises QualityError ("limits" unless lower < upper).
    """
    if lower is not None and upper is not None and lower >= upper:
        raise QualityError("limits", lower, upper)
    n = len(values)
    if n < CAPABILITY_LEAST:
        return Capability(n, mean_of(values) if values else None, note="too_few")
    mean, overall = mean_of(values), statistics.stdev(values)
    if lower is None and upper is None:
        return Capability(n, mean, sigma_within, overall, note="no_limits")
    if sigma_within <= 0 or overall <= 0:
        return Capability(n, mean, sigma_within, overall, note="no_spread")
    ppk = nearer(mean, overall, lower, upper)
    return Capability(
        n=n,
        mean=mean,
        sigma_within=sigma_within,
        sigma_overall=overall,
        cp=width(sigma_within, lower, upper),
        cpk=nearer(mean, sigma_within, lower, upper),
        pp=width(overall, lower, upper),
        ppk=ppk,
        ppk_low=ppk - ONE_SIDED_95 * sqrt(1 / (9 * n) + ppk**2 / (2 * (n - 1))),
    )


def width(sigma: float, lower: float | None, upper: float | None) -> float | None:
    """The drawing's width in six standard deviations."""
    return None if lower is None or upper is None else (upper - lower) / (2 * SIGMAS * sigma)


def nearer(mean: float, sigma: float, lower: float | None, upper: float | None) -> float:
    """From the mean to the nearer limit, in three standard deviations; negative where the mean lies outside."""
    rooms = [mean - lower] if lower is not None else []
    rooms += [upper - mean] if upper is not None else []
    return min(rooms) / (SIGMAS * sigma)
