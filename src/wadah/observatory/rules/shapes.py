"""Shapes of the kelurahan: drawn from their centres alone, or read from a file of boundaries that a city gives (O10).

Of centres, each place gets what lies nearer to it than to any other (Voronoi, of points on a plane), cut off by a line
around all centres and by a circle about its own: a picture of who lies beside whom, not of legal boundaries. The plane
is equirectangular at mid latitude: x grows east, y north, both in km.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import ConvexHull, Voronoi

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

Point = tuple[float, float]
Ring = tuple[Point, ...]

KM_PER_DEGREE = 111.32
AROUND_KM = 0.9
"""How far beyond the outermost centres the city is drawn."""
FAR = 1000.0
CORNERS = 28
"""Of the polygon that stands for a circle."""
ROOM = 2.1
"""A place reaches at most so many radii of a disc of its own area from its centre."""
RADIUS_UNKNOWN_KM = 1.1
NEAR_KM = 0.012
"""Points of a given boundary that lie nearer to the one before aren't drawn."""


@dataclass(frozen=True, slots=True)
class Centre:
    """A place: degrees, and its area in km² where it is known."""

    code: str
    lat: float
    lng: float
    km2: float | None = None


@lru_cache(maxsize=8)
def cells(centres: tuple[Centre, ...]) -> dict[str, Ring]:
    """One convex ring a place, in km east and north of the middle of all; nothing of nowhere."""
    if not centres:
        return {}
    points = flat(centres)
    # Four points far away close every cell of a place, however few there are.
    far = [(FAR, 0.0), (-FAR, 0.0), (0.0, FAR), (0.0, -FAR)]
    found = Voronoi(np.array([*points, *far]))
    edge = hull(points)
    rings = {}
    for place, (centre, point) in enumerate(zip(centres, points, strict=True)):
        corners = [tuple(found.vertices[corner]) for corner in found.regions[found.point_region[place]] if corner >= 0]
        ring = clip(rising(corners), edge)
        rings[centre.code] = tuple(clip(ring, disc(point, reach(centre.km2))))
    return rings


def middle(centres: Sequence[Centre]) -> Point:
    """(lat, lng) of the middle of all."""
    lats, lngs = [one.lat for one in centres], [one.lng for one in centres]
    return (min(lats) + max(lats)) / 2, (min(lngs) + max(lngs)) / 2


def flat(centres: Sequence[Centre]) -> list[Point]:
    """On the plane; places that stand on one point are moved apart by a few metres, for nothing lies between them."""
    lat, lng = middle(centres)
    points: list[Point] = []
    for one in centres:
        x, y = on_plane(one.lat, one.lng, lat, lng)
        while (x, y) in points:
            x += 0.005
        points.append((x, y))
    return points


def on_plane(lat: float, lng: float, lat_0: float, lng_0: float) -> Point:
    return (lng - lng_0) * KM_PER_DEGREE * math.cos(math.radians(lat_0)), (lat - lat_0) * KM_PER_DEGREE


def reach(km2: float | None) -> float:
    return ROOM * (math.sqrt(km2 / math.pi) if km2 else RADIUS_UNKNOWN_KM)


def disc(centre: Point, radius: float) -> list[Point]:
    x, y = centre
    turns = (2 * math.pi * step / CORNERS for step in range(CORNERS))
    return [(x + radius * math.cos(turn), y + radius * math.sin(turn)) for turn in turns]


def hull(points: Sequence[Point]) -> list[Point]:
    """A convex line around all points, AROUND_KM away from them."""
    around = np.array([corner for point in points for corner in disc(point, AROUND_KM)])
    return [(float(x), float(y)) for x, y in around[ConvexHull(around).vertices]]


def rising(corners: Iterable[tuple[float, ...]]) -> list[Point]:
    """The corners of a convex polygon in order, against the clock."""
    listed = [(float(x), float(y)) for x, y in corners]
    mid_x, mid_y = (sum(axis) / len(listed) for axis in zip(*listed, strict=True))
    return sorted(listed, key=lambda corner: math.atan2(corner[1] - mid_y, corner[0] - mid_x))


def clip(ring: list[Point], edge: Sequence[Point]) -> list[Point]:
    """What of a polygon lies in a convex one, both against the clock (Sutherland and Hodgman 1974)."""
    for place, end in enumerate(edge):
        start = edge[place - 1]
        kept: list[Point] = []
        for index, corner in enumerate(ring):
            before = ring[index - 1]
            inside, inside_before = side(start, end, corner) >= 0, side(start, end, before) >= 0
            if inside != inside_before:
                kept.append(crossing(before, corner, start, end))
            if inside:
                kept.append(corner)
        ring = kept
    return ring


def side(start: Point, end: Point, point: Point) -> float:
    """Above 0 on the left of the line from start to end."""
    return (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0])


def crossing(one: Point, other: Point, start: Point, end: Point) -> Point:
    before, after = side(start, end, one), side(start, end, other)
    share = before / (before - after)
    return one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1])


class BoundaryError(ValueError):
    """A file of boundaries that can't be read, in words for whoever set it."""


@lru_cache(maxsize=2)
def boundaries(path: Path, changed: float, middle_lat: float, middle_lng: float) -> dict[str, tuple[Ring, ...]]:
    """Rings by the interior ministry's code, in km around a middle, from a GeoJSON file; changed: when, so that a new
    file is read.

    Raises
    ------
    BoundaryError: no GeoJSON, or no feature with "code" and a (multi)polygon.
    """
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        found = {code: shape for feature in features for code, shape in [of_feature(feature)] if code and shape}
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise BoundaryError(f"Expected GeoJSON features with “code” and polygons in {path.name}: {error}") from error
    if not found:
        raise BoundaryError(f"Expected at least one feature with “code” and a polygon in {path.name}, got none")
    return {
        code: tuple(thinned([on_plane(lat, lng, middle_lat, middle_lng) for lng, lat in ring]) for ring in rings)
        for code, rings in found.items()
    }


def of_feature(feature: Mapping[str, object]) -> tuple[str, list[list[Point]]]:
    """Code and outer rings of lng, lat; holes are left out."""
    properties, geometry = feature["properties"], feature["geometry"]
    if not isinstance(properties, dict) or not isinstance(geometry, dict):
        return "", []
    code = str(properties.get("code") or properties.get("kode") or "")
    listed = geometry["coordinates"]
    polygons = {"Polygon": [listed], "MultiPolygon": listed}.get(str(geometry["type"]), [])
    return code, [[(float(place[0]), float(place[1])) for place in polygon[0]] for polygon in polygons]


def thinned(ring: Sequence[Point]) -> Ring:
    """Without the points that lie within NEAR_KM of the last one kept."""
    kept = [ring[0]]
    for point in ring:
        if math.dist(point, kept[-1]) >= NEAR_KM:
            kept.append(point)
    return tuple(kept)
