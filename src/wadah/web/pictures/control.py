"""A control chart as two panels, values (or means) above, ranges below: geometry only, drawn by quality/_control.html.

In: a chart of rules.control; out: points in px with a sign where a rule is broken, and lines for centre and limits. The
scale of each panel holds all its points and limits, and the drawing's limits where they aren't far away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wadah.work.rules.control import Chart, Limits, Signal

WIDTH, PANEL = 720, 210
LEFT, RIGHT, TOP, BOTTOM = 70, 16, 12, 12
FAR = 2
"""The drawing's limits are drawn where they lie within so many times the chart's own width from its centre."""


@dataclass(frozen=True, slots=True)
class Dot:
    """place: counted from 0; signalled: whether a rule is broken here."""

    x: float
    y: float
    value: float
    place: int
    signalled: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across: kind "centre", "limit" or "drawing"."""

    y: float
    value: float
    kind: str


@dataclass(frozen=True, slots=True)
class Panel:
    """path: the points joined; title is the template's."""

    top: int
    bottom: int
    path: str
    dots: tuple[Dot, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class ControlPicture:
    width: int
    height: int
    left: int
    right: int
    panels: tuple[Panel, Panel]


def control_picture(chart: Chart, *, drawing: Sequence[float] = ()) -> ControlPicture:
    """drawing: the limits of the drawing, to be shown beside the chart's own."""
    width = chart.limits.upper - chart.limits.lower
    near = [value for value in drawing if abs(value - chart.limits.centre) <= FAR * width]
    above = panel(chart.points, chart.limits, chart.signals, top=0, drawing=near, first=0)
    # Moving ranges belong to the second value and those after it.
    first = len(chart.points) - len(chart.ranges)
    below = panel(chart.ranges, chart.range_limits, chart.range_signals, top=PANEL, drawing=[], first=first)
    return ControlPicture(WIDTH, 2 * PANEL, LEFT, WIDTH - RIGHT, (above, below))


def panel(
    values: Sequence[float],
    limits: Limits,
    signals: Sequence[Signal],
    *,
    top: int,
    drawing: Sequence[float],
    first: int,
) -> Panel:
    """One chart below `top` px; first: how many places it begins later than the other one."""
    held = [*values, limits.lower, limits.upper, *drawing]
    low, high = min(held), max(held)
    span = (high - low) or 1.0
    steps = max(len(values) + first - 1, 1)

    def x(place: int) -> float:
        return round(LEFT + (place + first) / steps * (WIDTH - LEFT - RIGHT), 1)

    def y(value: float) -> float:
        return round(top + TOP + (high - value) / span * (PANEL - TOP - BOTTOM), 1)

    broken = {signal.place for signal in signals}
    dots = tuple(Dot(x(place), y(value), value, place, place in broken) for place, value in enumerate(values))
    rules = [
        Rule(y(limits.centre), limits.centre, "centre"),
        Rule(y(limits.lower), limits.lower, "limit"),
        Rule(y(limits.upper), limits.upper, "limit"),
        *(Rule(y(value), value, "drawing") for value in drawing),
    ]
    path = "M" + " L".join(f"{dot.x} {dot.y}" for dot in dots)
    return Panel(top, top + PANEL, path, dots, tuple(rules))
