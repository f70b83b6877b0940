"""A plan's lanes as an SVG picture: geometry only; words and colours are in the template and the style sheet.

A lane is a workshop, a box is a week in which it works. The box is as wide as the week is full, so that the picture is
read without colour; a box over the week's regular hours is marked as overtime, one that is late for an order by a sign
beside its colour. A week in which an order is due ends with a line; where one comes late, a sign above leads to why.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from wadah.plans.models import PlannedLot
    from wadah.plans.selectors import Cell, Gantt, Lane

LABEL_WIDTH = 168
WEEK_WIDTH = 34
LABEL_EVERY = 2
"""Weeks a date: "28 Des" is wider than a week."""
LANE_HEIGHT = 26
HEAD_HEIGHT = 44
BOX_MARGIN = 4
BOX_WIDTH_MIN = 3


@dataclass(frozen=True)
class Box:
    """One week of work: position and size in px; level 1 … 4 is a quarter of the week each; overtime: beyond it.

    middle: where the sign of a late one stands; the box itself may be too narrow for it.
    """

    x: int
    y: int
    width: int
    height: int
    level: int
    overtime: bool
    middle: int
    cell: Cell

    @property
    def lone(self) -> PlannedLot | None:
        """The only lot of the week; None where there are several."""
        return self.cell.lots[0] if len(self.cell.lots) == 1 else None


@dataclass(frozen=True)
class LaneRow:
    y: int
    text_y: int
    lane: Lane
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class WeekColumn:
    """middle: where its text stands; right: its edge, a due line where an order is due in this week.

    late: how many of the order lines due in it come late or short.
    """

    middle: int
    right: int
    monday: date
    due: bool
    late: int
    labelled: bool


@dataclass(frozen=True)
class GanttPicture:
    width: int
    height: int
    label_width: int
    weeks: tuple[WeekColumn, ...]
    rows: tuple[LaneRow, ...]
    hidden: int


def gantt_picture(
    gantt: Gantt,
    *,
    due: Collection[int] = (),
    late: Mapping[int, int] | None = None,
    lanes_max: int | None = None,
) -> GanttPicture:
    """The picture of the first `lanes_max` lanes (None: all); due: periods with a due line at their end; late: by
    period, how many of the order lines due in it come late or short."""
    shown = gantt.lanes[:lanes_max]
    return GanttPicture(
        width=LABEL_WIDTH + WEEK_WIDTH * len(gantt.weeks) + 1,
        height=HEAD_HEIGHT + LANE_HEIGHT * len(shown) + 1,
        label_width=LABEL_WIDTH,
        weeks=tuple(week_columns(gantt.weeks, due, late or {})),
        rows=tuple(lane_row(index, lane) for index, lane in enumerate(shown)),
        hidden=gantt.more + len(gantt.lanes) - len(shown),
    )


def week_columns(weeks: tuple[date, ...], due: Collection[int], late: Mapping[int, int]) -> Iterable[WeekColumn]:
    for t, monday in enumerate(weeks):
        x = LABEL_WIDTH + t * WEEK_WIDTH
        yield WeekColumn(x + WEEK_WIDTH // 2, x + WEEK_WIDTH, monday, t in due, late.get(t, 0), t % LABEL_EVERY == 0)


def lane_row(index: int, lane: Lane) -> LaneRow:
    y = HEAD_HEIGHT + index * LANE_HEIGHT
    boxes = tuple(box(cell, y) for cell in lane.cells if cell.lots)
    return LaneRow(y, y + LANE_HEIGHT // 2 + 4, lane, boxes)


def box(cell: Cell, y: int) -> Box:
    full = WEEK_WIDTH - 2
    filled = max(BOX_WIDTH_MIN, round(full * min(cell.load, 1.0)))
    return Box(
        x=LABEL_WIDTH + cell.period * WEEK_WIDTH + 1,
        y=y + BOX_MARGIN,
        width=filled,
        height=LANE_HEIGHT - 2 * BOX_MARGIN,
        level=max(1, min(4, -int(-cell.load * 4 // 1))),
        overtime=cell.hours > cell.regular + 1e-6,
        middle=LABEL_WIDTH + cell.period * WEEK_WIDTH + WEEK_WIDTH // 2,
        cell=cell,
    )
