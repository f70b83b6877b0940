"""What a sampling plan lets through, as a curve: geometry only, drawn by templates/quality/_curve.html.

In: points of rules.oc and marks; out: a path in px, ticks of both axes, the marked points. Quality goes right (from
perfect to where almost no lot passes), the chance that a lot passes goes up from 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wadah.work.rules.oc import OcPoint

WIDTH, HEIGHT = 560, 300
LEFT, RIGHT, TOP, BOTTOM = 52, 16, 16, 44
TICKS_ACROSS = 5
CHANCES = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class Tick:
    """at: px along its axis; value: what stands there."""

    at: float
    value: float

    @property
    def per_hundred(self) -> float:
        return self.value * 100


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of interest: where it is, the quality and the chance there."""

    x: float
    y: float
    quality: float
    chance: float


@dataclass(frozen=True, slots=True)
class CurvePicture:
    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    path: str
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    marks: tuple[Mark, ...]


def curve_picture(points: Sequence[OcPoint], marked: Sequence[tuple[float, float]]) -> CurvePicture:
    """points: at least two, by quality, from 0 on; marked: (quality, chance) of points to stand out."""
    most = points[-1].quality or 1.0

    def x(quality: float) -> float:
        return round(LEFT + quality / most * (WIDTH - LEFT - RIGHT), 1)

    def y(chance: float) -> float:
        return round(TOP + (1 - chance) * (HEIGHT - TOP - BOTTOM), 1)

    path = "M" + " L".join(f"{x(point.quality)} {y(point.accepted)}" for point in points)
    across = tuple(Tick(x(most * n / TICKS_ACROSS), most * n / TICKS_ACROSS) for n in range(TICKS_ACROSS + 1))
    up = tuple(Tick(y(chance), chance) for chance in CHANCES)
    marks = tuple(Mark(x(quality), y(chance), quality, chance) for quality, chance in marked)
    return CurvePicture(WIDTH, HEIGHT, LEFT, WIDTH - RIGHT, TOP, HEIGHT - BOTTOM, path, across, up, marks)
