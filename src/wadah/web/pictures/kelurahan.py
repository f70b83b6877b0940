"""The kelurahan as a map in classes: geometry only, drawn by templates/observatory/_map.html.

In: places with their class (0 nothing, 1 … 4, "unknown", "hidden") and what is said of each; out: paths in px, north is
up, and the names of kecamatan where their kelurahan lie. The shapes are those of observatory.rules.shapes: drawn from
the centres, or read from the file that the setting BOUNDARIES names.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from wadah.observatory.rules.shapes import BoundaryError, Centre, boundaries, cells, flat, middle

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wadah.observatory.rules.shapes import Ring
    from wadah.register.models import Area

WIDTH, MARGIN = 360, 6
PLACES = 1
"""Decimals of a px."""


@dataclass(frozen=True, slots=True)
class Shape:
    """kind: of its class, "c0" … "c4", "unknown", "hidden"; said: its name and value."""

    path: str
    kind: str
    said: str


@dataclass(frozen=True, slots=True)
class Label:
    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class MapPicture:
    """given: whether the shapes are of a file that the city gave; missing: names of places without a centre."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...]
    given: bool
    missing: tuple[str, ...]


def map_picture(areas: Sequence[Area], kinds: Mapping[int, str], said: Mapping[int, str]) -> MapPicture:
    """kinds, said: by area id."""
    placed = [area for area in areas if area.lat is not None and area.lng is not None]
    missing = tuple(area.name_spaced for area in areas if area.lat is None or area.lng is None)
    centres = tuple(
        Centre(area.code, area.lat, area.lng, area.area_km2)
        for area in placed
        if area.lat is not None and area.lng is not None
    )
    rings, given = rings_of(centres)
    corners = [corner for those in rings.values() for ring in those for corner in ring]
    if not corners:
        return MapPicture(WIDTH, WIDTH, (), (), given, missing)
    plane = Plane.around(corners)
    shapes = tuple(
        Shape(plane.path(rings.get(area.code, ())), kinds.get(area.pk, "unknown"), said.get(area.pk, area.name_spaced))
        for area in placed
    )
    return MapPicture(WIDTH, plane.height, shapes, labels_of(placed, centres, plane), given, missing)


def rings_of(centres: tuple[Centre, ...]) -> tuple[dict[str, tuple[Ring, ...]], bool]:
    """Rings by code, and whether a file gave them; a file that can't be read leaves the drawn ones."""
    drawn: dict[str, tuple[Ring, ...]] = {code: (ring,) for code, ring in cells(centres).items()}
    if not settings.BOUNDARIES or not centres:
        return drawn, False
    path = Path(settings.BOUNDARIES)
    try:
        found = boundaries(path, path.stat().st_mtime, *middle(centres))
    except (BoundaryError, OSError):
        return drawn, False
    known = {centre.code: found[centre.code] for centre in centres if centre.code in found}
    return (known, True) if known else (drawn, False)


@dataclass(frozen=True, slots=True)
class Plane:
    """From km east and north to px right and down, the same scale both ways."""

    west: float
    north: float
    scale: float
    height: int

    @classmethod
    def around(cls, corners: Sequence[tuple[float, float]]) -> Plane:
        west, east = min(x for x, _y in corners), max(x for x, _y in corners)
        south, north = min(y for _x, y in corners), max(y for _x, y in corners)
        scale = (WIDTH - 2 * MARGIN) / max(east - west, 0.001)
        return cls(west, north, scale, round((north - south) * scale + 2 * MARGIN))

    def at(self, x: float, y: float) -> tuple[float, float]:
        return (
            round(MARGIN + (x - self.west) * self.scale, PLACES),
            round(MARGIN + (self.north - y) * self.scale, PLACES),
        )

    def path(self, rings: Sequence[Ring]) -> str:
        return "".join(self.closed([self.at(*corner) for corner in ring]) for ring in rings)

    def closed(self, points: Sequence[tuple[float, float]]) -> str:
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z"


def labels_of(placed: Sequence[Area], centres: Sequence[Centre], plane: Plane) -> tuple[Label, ...]:
    """Names of kecamatan in the middle of their kelurahan."""
    inside: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for area, point in zip(placed, flat(centres), strict=True):
        if area.parent is not None:
            inside[area.parent.name_spaced].append(point)
    found = []
    for name, points in inside.items():
        x, y = (sum(axis) / len(points) for axis in zip(*points, strict=True))
        found.append(Label(*plane.at(x, y), name))
    return tuple(found)
