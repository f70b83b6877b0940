"""Minutes that a workshop has in a week: the rule alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wadah.register.rules import UsualWeek, horizon_minutes, week_minutes

MONDAY = date(2026, 11, 30)
WEEK = UsualWeek(date(2026, 1, 5), (480, 480, 480, 480, 420, 300, 0), overtime_minutes=440)
USUAL = 2640

days_of_week = st.integers(0, 6).map(lambda n: MONDAY + timedelta(days=n))
weeks = st.builds(
    UsualWeek,
    valid_from=st.just(date(2026, 1, 5)),
    minutes=st.tuples(*[st.integers(0, 1440)] * 7),
    overtime_minutes=st.integers(0, 10080),
)


def test_a_week_without_holidays_has_its_usual_minutes():
    assert week_minutes(WEEK, (), (), MONDAY) == (USUAL, 440)


def test_a_holiday_takes_its_day_and_its_share_of_overtime():
    assert week_minutes(WEEK, {date(2026, 12, 1)}, (), MONDAY) == (USUAL - 480, 440 * (USUAL - 480) // USUAL)


def test_a_holiday_on_a_day_of_rest_takes_nothing():
    assert week_minutes(WEEK, {date(2026, 12, 6)}, (), MONDAY) == (USUAL, 440)


def test_a_day_that_is_both_holiday_and_leave_is_taken_once():
    friday = date(2026, 12, 4)
    assert week_minutes(WEEK, {friday}, [(friday, friday)] * 2, MONDAY)[0] == USUAL - 420


def test_lebaran_leave_over_a_whole_week_leaves_nothing_not_even_overtime():
    leave = (MONDAY - timedelta(days=3), MONDAY + timedelta(days=9))
    assert week_minutes(WEEK, (), [leave], MONDAY) == (0, 0)


def test_the_first_and_the_last_day_of_leave_are_closed():
    leave = (MONDAY + timedelta(days=1), MONDAY + timedelta(days=2))
    assert week_minutes(WEEK, (), [leave], MONDAY)[0] == USUAL - 2 * 480


def test_a_workshop_that_has_said_nothing_has_no_hours():
    assert week_minutes(None, (), (), MONDAY) == (0, 0)


def test_a_week_starts_on_a_monday():
    with pytest.raises(ValueError, match="Tuesday 2026-12-01"):
        week_minutes(WEEK, (), (), date(2026, 12, 1))


def test_each_week_takes_the_latest_pattern_valid_on_its_monday():
    later = UsualWeek(MONDAY + timedelta(days=9), (60,) * 7)
    minutes, overtime = horizon_minutes([later, WEEK], (), (), MONDAY, 3)
    assert minutes == (USUAL, USUAL, 420)
    assert overtime == (440, 440, 0)


def test_no_pattern_is_valid_before_the_first():
    assert horizon_minutes([WEEK], (), (), date(2025, 12, 29), 2) == ((0, USUAL), (0, 440))


@given(week=weeks, holidays=st.sets(days_of_week), more=st.sets(days_of_week))
def test_more_closed_days_never_give_more_minutes(week, holidays, more):
    fewer = week_minutes(week, holidays | more, (), MONDAY)
    usual = week_minutes(week, holidays, (), MONDAY)
    assert 0 <= fewer[0] <= usual[0] <= sum(week.minutes)
    assert 0 <= fewer[1] <= usual[1] <= week.overtime_minutes


@given(week=weeks, closed=st.sets(days_of_week))
def test_a_day_of_leave_counts_as_a_holiday_does(week, closed):
    assert week_minutes(week, closed, (), MONDAY) == week_minutes(week, (), [(d, d) for d in closed], MONDAY)
