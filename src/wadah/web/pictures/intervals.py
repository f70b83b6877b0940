"""Shares known to lie between two ends, over a number (groups, months): geometry only, drawn by city/_intervals.html.

In: Spans, 0 ≤ low ≤ high ≤ 1. Out: a bar from low to high a span, a line through the low ends, and ticks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, HEIGHT = 720, 300
LEFT, RIGHT, TOP, BOTTOM = 60, 20, 16, 36
TICKS_MOST = 12


@dataclass(frozen=True, slots=True)
class Span:
    """at: where it stands; low, high: shares; title: in words."""

    at: int
    low: float
    high: float
    title: str


@dataclass(frozen=True, slots=True)
class Bar:
    """x; y of the high end and of the low one, px."""

    x: float
    y: float
    low: float
    title: str


@dataclass(frozen=True, slots=True)
class Tick:
    """place: px; text: the number, or the share of a level line in percent."""

    place: float
    text: int


@dataclass(frozen=True, slots=True)
class IntervalsPicture:
    """bottom, left, right: px of the axes; target: px of the line that counts as covered."""

    width: int
    height: int
    left: int
    right: int
    bottom: int
    target: float
    path: str
    bars: tuple[Bar, ...]
    across: tuple[Tick, ...]
    levels: tuple[Tick, ...]


def intervals_picture(spans: Sequence[Span], *, target: float) -> IntervalsPicture:
    """At least one span; in order of where they stand."""
    spans = sorted(spans, key=lambda span: span.at)
    first, last = spans[0].at, max(spans[-1].at, spans[0].at + 1)

    def x(at: int) -> float:
        return round(LEFT + (at - first) / (last - first) * (WIDTH - LEFT - RIGHT), 1)

    def y(share: float) -> float:
        return round(TOP + (1 - share) * (HEIGHT - TOP - BOTTOM), 1)

    bars = tuple(Bar(x(span.at), y(span.high), y(span.low), span.title) for span in spans)
    return IntervalsPicture(
        WIDTH,
        HEIGHT,
        LEFT,
        WIDTH - RIGHT,
        HEIGHT - BOTTOM,
        y(target),
        "M" + " L".join(f"{bar.x} {bar.low}" for bar in bars),
        bars,
        tuple(Tick(x(at), at) for at in range(first, last + 1, step(last - first))),
        tuple(Tick(y(percent / 100), percent) for percent in (0, 25, 50, 75, 100)),
    )


def step(width: int) -> int:
    """A round step with at most TICKS_MOST ticks over a width ≥ 1."""
    for size in (1, 2, 3, 5, 6, 10, 12, 20, 25, 50, 100):
        if width / size <= TICKS_MOST:
            return size
    return width
