"""Hours of accepted work by half-year as standing bars: geometry only, drawn by templates/observatory/_trend.html."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, HEIGHT = 360, 190
TOP, BOTTOM, SIDE = 24, 24, 4
GAP = 0.25
"""Of a bar's room, between two bars."""


@dataclass(frozen=True, slots=True)
class Bar:
    """middle: of its text; value: above it; kind: "full", "now" (its span isn't over), "hidden"."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    label: str
    value: str
    kind: str


@dataclass(frozen=True, slots=True)
class BarsPicture:
    width: int
    height: int
    base: int
    bars: tuple[Bar, ...]


def bars_picture(
    values: Sequence[float], labels: Sequence[str], told: Sequence[str], kinds: Sequence[str]
) -> BarsPicture:
    """One bar a value ≥ 0, as high as its share of the highest; what is hidden has none."""
    most = max([*values, 0.0]) or 1.0
    room = (WIDTH - 2 * SIDE) / max(len(values), 4)
    full = HEIGHT - TOP - BOTTOM
    bars = []
    for place, (value, label, text, kind) in enumerate(zip(values, labels, told, kinds, strict=True)):
        height = 0.0 if kind == "hidden" else round(max(value, 0.0) / most * full, 1)
        x = SIDE + place * room
        bars.append(
            Bar(
                x=round(x + room * GAP / 2, 1),
                y=round(TOP + full - height, 1),
                width=round(room * (1 - GAP), 1),
                height=height,
                middle=round(x + room / 2, 1),
                label=label,
                value=text,
                kind=kind,
            )
        )
    return BarsPicture(WIDTH, HEIGHT, HEIGHT - BOTTOM, tuple(bars))
