"""A drawing of a kelurahan that is pointed at without any script: its middle, its neighbours, and how far a walk is.

It knows middles of kelurahan, not their borders, so it draws no border: rings at 500 m and 1 km around the middle and
the middles of the neighbours help to find the place. North is up; a degree of longitude is shortened by the latitude.
"""

from __future__ import annotations

from math import cos, radians
from typing import TYPE_CHECKING, Any

from django.utils.html import escape
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wadah.register.models import Area

SIZE = 320
"""Width and height of the drawing, in pixels."""
HALF_KM = 2.0
"""Kilometres from its middle to its edge."""
DEGREE_KM = 111.32
"""Kilometres in a degree of latitude (40,075 km around, over 360)."""
PIXELS_A_KM = SIZE / 2 / HALF_KM
LABEL_PIXELS = 26


def pixel_of(area: Area, lat: float, lng: float) -> tuple[float, float]:
    """Where a place lies on the drawing of an area: pixels from the left and from the top."""
    east = (lng - (area.lng or 0.0)) * DEGREE_KM * cos(radians(area.lat or 0.0))
    north = (lat - (area.lat or 0.0)) * DEGREE_KM
    return SIZE / 2 + east * PIXELS_A_KM, SIZE / 2 - north * PIXELS_A_KM


def point_at(area: Area, left: str | None, top: str | None) -> dict[str, float] | None:
    """The place under a pixel, rounded to about 10 m; None for what is no pixel of the drawing.

    The key Enter on the drawing sends its corner, which nobody means: that is None too.
    """
    if not (left or "").isdecimal() or not (top or "").isdecimal():
        return None
    x, y = int(left or 0), int(top or 0)
    if (x, y) == (0, 0) or x > SIZE or y > SIZE:
        return None
    lat = (area.lat or 0.0) + (SIZE / 2 - y) / PIXELS_A_KM / DEGREE_KM
    lng = (area.lng or 0.0) + (x - SIZE / 2) / PIXELS_A_KM / DEGREE_KM / cos(radians(area.lat or 0.0))
    return {"lat": round(lat, 4), "lng": round(lng, 4)}


def point_map(area: Area, around: Iterable[Area], told: dict[str, Any]) -> str:
    """The drawing as SVG; told: {"lat", "lng"} of the place that was pointed at before, or nothing."""
    middle = SIZE / 2
    drawn = [
        f'<rect width="{SIZE}" height="{SIZE}" fill="#fffdf8"/>',
        *(
            f'<circle cx="{middle}" cy="{middle}" r="{km * PIXELS_A_KM}" fill="none" stroke="#d9c9ae"/>'
            f'<text x="{middle + 3}" y="{middle - km * PIXELS_A_KM - 3}" fill="#66574a">{words}</text>'
            for km, words in ((0.5, "500 m"), (1.0, "1 km"))
        ),
    ]
    drawn += [middle_of(area, row) for row in around if row.lat is not None and row.lng is not None]
    if told:
        x, y = pixel_of(area, told["lat"], told["lng"])
        drawn.append(f'<path d="M{x - 8:.0f} {y:.0f}h16M{x:.0f} {y - 8:.0f}v16" stroke="#96251b" stroke-width="3"/>')
    north = _("north")
    drawn.append(f'<text x="6" y="16" fill="#66574a">↑ {escape(north)}</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" width="{SIZE}" height="{SIZE}" '
        f'font-family="sans-serif" font-size="11">{"".join(drawn)}</svg>'
    )


def middle_of(area: Area, row: Area) -> str:
    """The middle of an area with its name, if it lies on the drawing."""
    x, y = pixel_of(area, row.lat or 0.0, row.lng or 0.0)
    if not (0 <= x <= SIZE and LABEL_PIXELS <= y <= SIZE):
        return ""
    weight = "bold" if row.pk == area.pk else "normal"
    anchor = "end" if x > SIZE / 2 else "start"
    return (
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="4" fill="#1f3a68"/>'
        f'<text x="{x + (-7 if anchor == "end" else 7):.0f}" y="{y + 4:.0f}" fill="#2a211b" font-weight="{weight}" '
        f'text-anchor="{anchor}">{escape(row.name_spaced)}</text>'
    )
