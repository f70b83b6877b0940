"""Days that a workshop closes and opens again, and its strip of weeks as the planner counts them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cast import MONDAY
from wadah.register.models import Leave
from wadah.register.rules import spans_without
from wadah.register.selectors import workshop_hours, workshop_strip
from wadah.register.services import days_close, days_open, holiday_put, leave_record, workshop_open

DAY = timedelta(days=1)
SPANS = st.tuples(st.integers(0, 30), st.integers(0, 8)).map(lambda pair: (pair[0], pair[0] + pair[1]))


def days(first, last):
    return {MONDAY + n * DAY for n in range(first, last + 1)}


def dated(span):
    return MONDAY + span[0] * DAY, MONDAY + span[1] * DAY


@given(span=SPANS, taken=st.lists(SPANS, max_size=5))
def test_what_is_left_of_a_span_is_its_days_without_the_taken_ones(span, taken):
    left = spans_without(dated(span), [dated(one) for one in taken])
    found = [first + n * DAY for first, last in left for n in range((last - first).days + 1)]
    assert found == sorted(days(*span) - set().union(*(days(*one) for one in taken)))


def spans(shop):
    return [(row.first_day, row.last_day, row.reason) for row in Leave.objects.filter(workshop=shop)]


def test_closing_a_week_closes_no_day_twice(cast):
    shop = cast.sari.workshop
    days_close(workshop=shop, first_day=MONDAY + 2 * DAY, last_day=MONDAY + 2 * DAY, by=cast.sari.user)
    days_close(workshop=shop, first_day=MONDAY, last_day=MONDAY + 6 * DAY, by=cast.sari.user)
    days_close(workshop=shop, first_day=MONDAY, last_day=MONDAY + 6 * DAY, by=cast.sari.user)
    assert [(first - MONDAY).days for first, _last, _reason in spans(shop)] == [0, 2, 3]


def test_opening_a_day_keeps_the_others_of_the_leave_and_its_reason(cast):
    shop = cast.sari.workshop
    leave_record(workshop=shop, first_day=MONDAY, last_day=MONDAY + 6 * DAY, reason="Hajatan")
    days_open(workshop=shop, first_day=MONDAY + 3 * DAY, last_day=MONDAY + 3 * DAY)
    assert spans(shop) == [
        (MONDAY, MONDAY + 2 * DAY, "Hajatan"),
        (MONDAY + 4 * DAY, MONDAY + 6 * DAY, "Hajatan"),
    ]


def test_the_strip_counts_the_hours_that_the_planner_counts(cast):
    shop = cast.sari.workshop
    days_close(workshop=shop, first_day=MONDAY + DAY, last_day=MONDAY + DAY)
    holiday_put(date=MONDAY + 9 * DAY, name="Hari Jadi", kind="local", area=cast.city)
    strip = workshop_strip(shop, MONDAY, 8)
    planned = workshop_hours(cast.cooperative, MONDAY, 8)[shop.pk].hours
    assert [week.minutes / 60 for week in strip] == list(planned)
    assert [week.minutes for week in strip] == [sum(day.minutes for day in week.days) for week in strip]
    assert [day.state for day in strip[0].days] == ["open", "closed", "open", "open", "open", "open", "rest"]
    assert (strip[1].days[2].state, strip[1].days[2].holiday) == ("holiday", "Hari Jadi")


def test_the_strip_of_who_never_said_when_knows_nothing(cast):
    shop = workshop_open(ikm=cast.sari.ikm, code="W-777", name="Kedua")
    (week,) = workshop_strip(shop, MONDAY, 1)
    assert week.usual is None
    assert {day.state for day in week.days} == {"unknown"}


def test_the_strip_costs_three_queries(cast, django_assert_num_queries):
    shop = type(cast.sari.workshop).objects.select_related("area").get(pk=cast.sari.workshop.pk)
    with django_assert_num_queries(3):
        workshop_strip(shop, MONDAY, 8)


@pytest.mark.parametrize("weeks", [0, 1])
def test_a_strip_has_as_many_weeks_as_asked_for(cast, weeks):
    assert len(workshop_strip(cast.sari.workshop, MONDAY, weeks)) == weeks
