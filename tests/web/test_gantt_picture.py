"""The Gantt picture's geometry."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from wadah.plans.selectors import Cell, Gantt, Lane
from wadah.web.pictures.gantt import LABEL_WIDTH, WEEK_WIDTH, gantt_picture

LOT = SimpleNamespace()


def lane(*loads: float) -> Lane:
    cells = (
        Cell(t, date(2026, 12, 7) + timedelta(weeks=t), load * 10, 10.0, 5.0, (LOT,) if load else ())
        for t, load in enumerate(loads)
    )  # type: ignore[arg-type]
    return Lane(SimpleNamespace(), tuple(cells))  # type: ignore[arg-type]


def gantt(*lanes: Lane, weeks: int = 3) -> Gantt:
    return Gantt(tuple(date(2026, 12, 7) + timedelta(weeks=t) for t in range(weeks)), lanes)


def test_a_week_without_work_has_no_box() -> None:
    (row,) = gantt_picture(gantt(lane(1.0, 0.0, 0.5))).rows
    assert [box.cell.period for box in row.boxes] == [0, 2]


@pytest.mark.parametrize(
    ("load", "level", "overtime"),
    [(0.1, 1, False), (0.25, 1, False), (0.26, 2, False), (1.0, 4, False), (1.4, 4, True)],
)
def test_a_box_is_as_wide_as_the_week_is_full(load: float, level: int, overtime: bool) -> None:
    (row,) = gantt_picture(gantt(lane(load), weeks=1)).rows
    (box,) = row.boxes
    assert (box.level, box.overtime) == (level, overtime)
    assert box.width == max(3, round((WEEK_WIDTH - 2) * min(load, 1.0)))


def test_boxes_stay_inside_their_week_and_the_picture() -> None:
    picture = gantt_picture(gantt(lane(1.4, 1.0, 0.2), lane(0.9, 2.0, 1.0)))
    for row in picture.rows:
        for box in row.boxes:
            left = LABEL_WIDTH + box.cell.period * WEEK_WIDTH
            assert left <= box.x and box.x + box.width <= left + WEEK_WIDTH <= picture.width
            assert box.y + box.height <= picture.height


def test_lanes_beyond_the_limit_are_counted() -> None:
    picture = gantt_picture(gantt(lane(1.0), lane(1.0), lane(1.0)), lanes_max=2)
    assert (len(picture.rows), picture.hidden) == (2, 1)


def test_due_weeks_carry_a_line() -> None:
    picture = gantt_picture(gantt(lane(1.0)), due={1})
    assert [week.due for week in picture.weeks] == [False, True, False]


def test_weeks_whose_orders_come_late_are_counted() -> None:
    picture = gantt_picture(gantt(lane(1.0)), due={0, 1}, late={1: 3})
    assert [week.late for week in picture.weeks] == [0, 3, 0]


def test_the_sign_of_a_late_box_stands_in_its_week() -> None:
    (row,) = gantt_picture(gantt(lane(0.0, 0.1))).rows
    (box,) = row.boxes
    assert LABEL_WIDTH + WEEK_WIDTH < box.middle < LABEL_WIDTH + 2 * WEEK_WIDTH
