"""The city as dots: one a kelurahan at its centre, as large as its count of workshops. Geometry only.

No boundary is drawn: the project ships none. Places keep their bearing (north is up) on a plane around the city.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wadah.register.models import Area

SIZE = 320
MARGIN = 22
RADIUS_MIN, RADIUS_MAX = 3, 16


@dataclass(frozen=True)
class Dot:
    """Centre and radius in px; count: workshops, 0 is an empty ring."""

    x: int
    y: int
    radius: int
    count: int
    name: str


@dataclass(frozen=True)
class DotsPicture:
    size: int
    dots: tuple[Dot, ...]


def dots_picture(areas: Sequence[Area]) -> DotsPicture:
    """Dots for areas with a known centre, the largest first so that small ones stay on top.

    Area grows in proportion to the count; the scale is the same in both directions (equirectangular at mid latitude).
    """
    placed = [
        (float(area.lng), float(area.lat), area) for area in areas if area.lat is not None and area.lng is not None
    ]
    if not placed:
        return DotsPicture(SIZE, ())
    west, east = min(lng for lng, _, _ in placed), max(lng for lng, _, _ in placed)
    south, north = min(lat for _, lat, _ in placed), max(lat for _, lat, _ in placed)
    shrink = math.cos(math.radians((south + north) / 2))
    span = max((east - west) * shrink, north - south) or 1.0
    scale = (SIZE - 2 * MARGIN) / span
    most = max(area.__dict__["workshop_count"] for _, _, area in placed) or 1
    dots = (
        Dot(
            x=round(SIZE / 2 + (lng - (west + east) / 2) * shrink * scale),
            y=round(SIZE / 2 - (lat - (south + north) / 2) * scale),
            radius=round(max(RADIUS_MIN, RADIUS_MAX * math.sqrt(area.__dict__["workshop_count"] / most))),
            count=area.__dict__["workshop_count"],
            name=area.name_spaced,
        )
        for lng, lat, area in placed
    )
    return DotsPicture(SIZE, tuple(sorted(dots, key=lambda dot: -dot.radius)))
