"""Members as dots over their share of work: each column holds the members of one step of 10 %. Geometry only."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, MARGIN = 360, 20
STEP = 0.1
TALLEST = 14  # dots in a column; more members share a dot
RADIUS, PITCH = 5, 12
LAST = 15  # the last column holds 150 % and more


@dataclass(frozen=True)
class ShareDot:
    x: int
    y: int
    none: bool


@dataclass(frozen=True)
class ShareMark:
    """A number under the line; percent: 0, 50, 100 …"""

    x: int
    percent: int


@dataclass(frozen=True)
class SharesPicture:
    """each: members a dot stands for; base: y of the line; whole: x at which work is all that was wished for."""

    width: int
    height: int
    base: int
    left: int
    right: int
    whole: int
    each: int
    dots: tuple[ShareDot, ...]
    marks: tuple[ShareMark, ...]


def shares_picture(shares: Sequence[float]) -> SharesPicture:
    """Dots for shares of 0 and more; those beyond 150 % stand in the last column."""
    columns = Counter(column(share) for share in shares)
    last = max([10, *columns])
    each = max(1, math.ceil(max(columns.values(), default=0) / TALLEST))
    tall = max((math.ceil(count / each) for count in columns.values()), default=1)
    base = MARGIN + tall * PITCH
    pitch = (WIDTH - 2 * MARGIN) / last
    dots = tuple(
        ShareDot(round(MARGIN + place * pitch), base - RADIUS - 3 - level * PITCH, place == 0)
        for place, count in sorted(columns.items())
        for level in range(math.ceil(count / each))
    )
    marks = tuple(ShareMark(round(MARGIN + place * pitch), place * 10) for place in range(0, last + 1, 5))
    whole = round(MARGIN + 10 * pitch)
    return SharesPicture(WIDTH, base + 22, base, MARGIN, WIDTH - MARGIN, whole, each, dots, marks)


def column(share: float) -> int:
    """0 only for no work at all; else the nearest step, 1 … LAST."""
    if share <= 1e-6:
        return 0
    return min(max(1, round(share / STEP)), LAST)
