"""The garden of experiments: one plant each, oldest first, in rows; a root leads to the one that it builds on.

Worked is a flower; failed is a mound of earth with a new leaf, for others grow on it; not known yet is a sprout.
Geometry only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wadah.forum.models import Experiment

COLUMNS, STEP, MARGIN = 8, 40, 24


@dataclass(frozen=True, slots=True)
class Plant:
    """Where it stands on the ground, px; kind: of words.Result; name: question and result."""

    x: int
    y: int
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Garden:
    """roots: the ends of each line, px."""

    width: int
    height: int
    plants: tuple[Plant, ...]
    roots: tuple[tuple[int, int, int, int], ...]


def garden(rows: Iterable[Experiment]) -> Garden | None:
    """rows: newest first, as lists show them. None where nothing was tried."""
    ordered = list(rows)[::-1]
    if not ordered:
        return None
    place = {row.pk: spot(at) for at, row in enumerate(ordered)}
    plants = tuple(Plant(*place[row.pk], row.result, f"{row.question} ({row.get_result_display()})") for row in ordered)
    roots = tuple((*place[row.follows_id], *place[row.pk]) for row in ordered if row.follows_id in place)
    height = max(y for _x, y in place.values()) + MARGIN
    return Garden(2 * MARGIN + STEP * (COLUMNS - 1), height, plants, roots)


def spot(at: int) -> tuple[int, int]:
    """Where the plant of this place in time stands."""
    return MARGIN + STEP * (at % COLUMNS), MARGIN + 8 + STEP * (at // COLUMNS)
