"""Rooms and tools: shared with hours, booked once, given back, back again while still free."""

from datetime import timedelta

import pytest

from cast_forum import EVERY_DAY, at, forum_build
from standing import standing
from wadah.base.clock import monday, today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_of
from wadah.forum.models import Booking
from wadah.forum.selectors.places import (
    bookings_ahead,
    bookings_kept,
    opening_of,
    resource_week,
    resources_kept,
    resources_open,
    week_share,
)
from wadah.forum.services.bookings import booking_cancel, booking_make, booking_undo
from wadah.forum.services.communities import community_archive
from wadah.forum.services.resources import resource_archive, resource_correct, resource_restore, resource_share

pytestmark = pytest.mark.django_db


@standing
def forum(cast):
    return forum_build(cast)


def book(forum, by, start=9, end=11, days=2, **more):
    return booking_make(
        resource=forum.room, starts_at=at(days, start), ends_at=at(days, end), purpose="rapat", by=by, **more
    )


def test_no_hour_is_given_twice(cast, forum):
    book(forum, cast.sari.user)
    for start, end in ((9, 11), (10, 12), (8, 10), (8, 12)):
        with pytest.raises(Conflict):
            book(forum, cast.rudi.user, start, end)
    book(forum, cast.rudi.user, 11, 12)
    book(forum, cast.rudi.user, 8, 9)
    assert Booking.objects.count() == 3


def test_another_resource_is_booked_at_the_same_time(cast, forum):
    book(forum, cast.sari.user)
    drill = resource_share(
        owner=forum.community, opening=EVERY_DAY, by=cast.sari.user, kind="tool", name="Bor", place="Garasi Bu Sari"
    )
    booking_make(resource=drill, starts_at=at(2, 9), ends_at=at(2, 11), purpose="x", by=cast.sari.user)
    assert Booking.objects.count() == 2


@pytest.mark.parametrize(
    ("days", "start", "end", "told"),
    [(2, 6, 9, "08.00"), (-1, 9, 10, "sudah lewat"), (95, 9, 10, "90"), (2, 11, 10, "hari yang sama")],
)
def test_what_cannot_be_booked_is_refused_with_the_way_out(cast, forum, days, start, end, told):
    with pytest.raises(Refused, match=told):
        book(forum, cast.sari.user, start, end, days)


def test_a_closed_day_and_a_resource_no_longer_shared_are_refused(cast, forum):
    day = at(2, 9).weekday()
    open_days = {one: hours for one, hours in EVERY_DAY.items() if one != day}
    resource_correct(resource=forum.room, opening=open_days, by=cast.officer)
    with pytest.raises(Refused):
        book(forum, cast.sari.user)
    resource_correct(resource=forum.room, opening=EVERY_DAY, by=cast.officer)
    resource_archive(resource=forum.room, by=cast.officer)
    with pytest.raises(Refused):
        book(forum, cast.sari.user)
    resource_restore(resource=forum.room, by=cast.officer)
    book(forum, cast.sari.user)


def test_nobody_books_for_a_community_that_they_are_not_in(cast, forum):
    with pytest.raises(Refused):
        book(forum, cast.rudi.user, community=forum.community)
    assert book(forum, cast.sari.user, community=forum.community).community == forum.community


def test_nobody_keeps_a_room_for_themselves_alone(cast, forum):
    for days in range(1, 9):
        book(forum, cast.sari.user, days=days)
    with pytest.raises(Refused, match="8"):
        book(forum, cast.sari.user, days=10)
    booking_cancel(booking=bookings_ahead(cast.sari.user).first(), by=cast.sari.user)
    book(forum, cast.sari.user, days=10)


def test_a_cancelled_booking_frees_the_time_and_is_undone_while_it_is_free(cast, forum):
    row = book(forum, cast.sari.user)
    booking_cancel(booking=row, by=cast.sari.user)
    with pytest.raises(Conflict):
        booking_cancel(booking=row, by=cast.sari.user)
    booking_undo(booking=row, by=cast.sari.user)
    with pytest.raises(Conflict):
        book(forum, cast.rudi.user)
    booking_cancel(booking=row, by=cast.sari.user)
    book(forum, cast.rudi.user)
    with pytest.raises(Conflict):
        booking_undo(booking=row, by=cast.sari.user)
    assert [line.act for line in history_of(row)] == [
        "booking_make",
        "booking_cancel",
        "booking_undo",
        "booking_cancel",
    ]


def test_a_cancellation_is_undone_within_ten_minutes_by_whoever_did_it(cast, forum):
    row = booking_cancel(booking=book(forum, cast.sari.user), by=cast.officer, reason="gedung dipakai pemilu")
    with pytest.raises(Conflict):
        booking_undo(booking=row, by=cast.sari.user)
    Booking.objects.update(cancelled_at=row.cancelled_at - timedelta(minutes=11))
    with pytest.raises(Conflict):
        booking_undo(booking=row, by=cast.officer)


def test_who_keeps_a_room_cancels_anothers_booking_only_with_a_reason(cast, forum):
    row = book(forum, cast.sari.user)
    assert row in bookings_kept(cast.officer, officer=True)
    assert row not in bookings_kept(cast.rudi.user, officer=False)
    with pytest.raises(Refused):
        booking_cancel(booking=row, by=cast.officer)


def test_what_is_over_is_not_cancelled(cast, forum):
    row = book(forum, cast.sari.user)
    Booking.objects.update(starts_at=at(-2, 9), ends_at=at(-2, 10))
    with pytest.raises(Refused):
        booking_cancel(booking=row, by=cast.sari.user)


def test_a_week_shows_hours_bookings_and_how_full_it_is(cast, forum):
    row = book(forum, cast.sari.user, days=7)
    first = monday(today() + timedelta(days=7))
    week = resource_week(forum.room, first)
    assert [day.day for day in week] == [first + timedelta(days=number) for number in range(7)]
    assert [day.day for day in week if day.bookings] == [today() + timedelta(days=7)]
    assert week_share(forum.room, week) == 120 / (7 * 12 * 60)
    booking_cancel(booking=row, by=cast.sari.user)
    assert week_share(forum.room, resource_week(forum.room, first)) == 0


def test_city_rooms_are_the_officers_and_a_communitys_its_keepers(cast, forum):
    assert not resources_kept(cast.sari.user, officer=False).exists()
    assert resources_kept(cast.officer, officer=True).get() == forum.room
    tool = resource_share(owner=forum.community, opening=EVERY_DAY, by=cast.sari.user, name="Bor", place="Garasi")
    assert resources_kept(cast.sari.user, officer=False).get() == tool
    assert resources_open().count() == 2


def test_hours_that_cannot_be_are_refused(cast, forum):
    for opening in ({}, {0: (600, 600)}, {0: (600, 1500)}):
        with pytest.raises(Refused):
            resource_share(owner=None, opening=opening, by=cast.officer, name="x", place="y")
    community_archive(community=forum.community, by=cast.sari.user)
    with pytest.raises(Refused):
        resource_share(owner=forum.community, opening=EVERY_DAY, by=cast.sari.user, name="x", place="y")
    assert opening_of(forum.room) == EVERY_DAY
