"""Pure rules of the forum: spans and opening hours, tags and addresses, minutes in which an act is undone."""

import random
from datetime import datetime, timedelta

import pytest

from wadah.base.clock import JAKARTA
from wadah.forum.rules import (
    BookingFault,
    Span,
    booking_fault,
    open_minutes,
    overlapping,
    slug_made,
    tags_read,
    undo_left,
)

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=JAKARTA)  # a Monday
OPENING = {0: (8 * 60, 17 * 60), 1: (8 * 60, 24 * 60)}


def span(start, end, day=0):
    first = NOW.replace(hour=0) + timedelta(days=day)
    return Span(first + timedelta(hours=start), first + timedelta(hours=end))


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        (span(9, 10), None),
        (span(16, 17), None),
        (span(22, 24, 1), None),  # up to midnight
        (span(10, 10), BookingFault.BACKWARDS),
        (span(11, 10), BookingFault.BACKWARDS),
        (span(10.1, 11), BookingFault.OFF_STEP),
        (span(8, 9), BookingFault.PAST),
        (span(9, 10, 98), BookingFault.TOO_FAR),
        (span(9, 10, 2), BookingFault.CLOSED),
        (span(16, 18), BookingFault.OUTSIDE),
        (span(7, 9, 7), BookingFault.OUTSIDE),
        (span(23, 25, 1), BookingFault.OUTSIDE),  # over midnight
    ],
)
def test_a_span_is_booked_only_within_the_hours(asked, fault):
    assert booking_fault(asked, OPENING, NOW) is fault


def test_bookings_may_touch_and_not_meet():
    assert not span(9, 10).meets(span(10, 11))
    assert span(9, 11).meets(span(10, 12))
    assert span(9, 12).meets(span(10, 11))
    assert overlapping([span(10, 11), span(9, 10), span(11, 12)]) == []
    assert overlapping([span(9, 17), span(12, 13)]) != []


def test_neighbours_tell_whether_any_two_meet():
    dice = random.Random(20261130)
    met = 0
    for _try in range(300):
        starts = [dice.randrange(40) / 2 for _booking in range(dice.randrange(7))]
        spans = [span(start, start + dice.randrange(1, 6) / 2) for start in starts]
        any_two = any(one.meets(other) for place, one in enumerate(spans) for other in spans[place + 1 :])
        assert bool(overlapping(spans)) == any_two
        met += any_two
    assert 50 < met < 250


def test_hours_of_a_week_are_summed():
    assert open_minutes(OPENING) == 9 * 60 + 16 * 60
    assert open_minutes({}) == 0


def test_interests_are_read_as_people_type_them():
    assert tags_read("Robot, batik  Tulis;\n#Robot, ") == ["robot", "batik tulis"]
    assert tags_read(" ,;") == []
    assert len(tags_read("x" * 90)[0]) == 40


def test_a_page_gets_an_address_of_its_own():
    assert slug_made("Robot Kecil!", []) == "robot-kecil"
    assert slug_made("Robot Kecil", {"robot-kecil", "robot-kecil-2"}) == "robot-kecil-3"
    assert slug_made("Édi", []) == "edi"
    assert slug_made("漢字", []) == "komunitas"
    assert slug_made("Baru", []) != "baru"  # the address of the form


def test_undo_is_open_for_ten_minutes():
    assert undo_left(NOW, NOW + timedelta(minutes=10))
    assert not undo_left(NOW, NOW + timedelta(minutes=10, seconds=1))
    assert not undo_left(None, NOW)
