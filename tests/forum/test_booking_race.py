"""R1 for rooms: no hour is given twice, however many press at once, over real HTTP, on SQLite and PostgreSQL.

20 racers at 12 rooms in the ordinary run (WADAH_ROOMS, WADAH_RACERS for more). Without the lock the same race must find
hours given twice: else it would prove nothing.
"""

from __future__ import annotations

import os
import random
import threading
from collections import Counter, defaultdict

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from cast import cast_build, person
from cast_forum import EVERY_DAY, at
from racers import raced, sent
from wadah.forum.models import Booking
from wadah.forum.rules import Span, overlapping
from wadah.forum.services.bookings import booking_cancel, booking_make
from wadah.forum.services.resources import resource_share

pytestmark = pytest.mark.django_db(transaction=True)

ROOMS = int(os.environ.get("WADAH_ROOMS", "12"))
RACERS = int(os.environ.get("WADAH_RACERS", "20"))
SEED = 20261130
DAYS_AHEAD = 3


class World:
    """Rooms, and people with a session each; in some rooms a cancelled booking that its owner wants back."""

    def __init__(self, rooms, racers):
        self.dice = random.Random(SEED)
        cast = cast_build()
        self.users = [person(f"Pemesan {number}", 300 + number) for number in range(racers)]
        self.sessions = [session_of(user) for user in self.users]
        self.rooms = [
            resource_share(owner=None, opening=EVERY_DAY, by=cast.officer, name=f"Ruang {number}", place="x")
            for number in range(rooms)
        ]
        self.cancelled = {room.pk: self.cancelled_in(room) for room in self.rooms[::2]}

    def cancelled_in(self, room):
        span = {"starts_at": at(DAYS_AHEAD, 9), "ends_at": at(DAYS_AHEAD, 11)}
        row = booking_make(resource=room, purpose="x", by=self.users[0], **span)
        return booking_cancel(booking=row, by=self.users[0])

    def press(self, room, racer):
        """Address and form of what a racer sends: an undo of the first, or a booking that meets the others' mostly."""
        if racer == 0 and room.pk in self.cancelled:
            return reverse("booking_undo", args=[self.cancelled[room.pk].pk]), {}
        start = self.dice.choice((8, 9, 9, 10, 10))
        day = at(DAYS_AHEAD, 0).date().isoformat()
        form = {"day": day, "start": f"{start:02d}:00", "end": f"{start + 2:02d}:00", "purpose": "lomba"}
        return reverse("booking_add", args=[room.pk]), form


def session_of(user):
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def race(world, url):
    """All at one room at a time; statuses and texts of what they were answered."""
    answers, guard = [], threading.Lock()

    def pressed(http, racer, press):
        status, _where, text = sent(http, world.sessions[racer], *press)
        with guard:
            answers.append((status, text))

    raced(url, [[world.press(room, racer) for racer in range(RACERS)] for room in world.rooms], pressed)
    return answers


def given_twice():
    """Pairs of bookings of one room that meet each other."""
    spans = defaultdict(list)
    for row in Booking.objects.filter(cancelled_at__isnull=True):
        spans[row.resource_id].append(Span(row.starts_at, row.ends_at))
    return [pair for one in spans.values() for pair in overlapping(one)]


def test_no_hour_is_given_twice(live_server, monkeypatch):
    monkeypatch.setattr("wadah.forum.rules.undo.UNDO_MINUTES", 600)  # a race through many rooms lasts longer than ten
    world = World(ROOMS, RACERS)
    answers = race(world, live_server.url)
    statuses = Counter(status for status, _text in answers)
    assert statuses.keys() <= {302, 400, 409}, statuses  # no error 500
    assert given_twice() == []
    booked = Booking.objects.filter(cancelled_at__isnull=True).count()
    assert booked == statuses[302]  # each yes has a booking, and none is there without
    assert ROOMS <= booked < ROOMS * RACERS / 2
    losers = [text for status, text in answers if status != 302]
    assert all("sudah dipesan" in text for text in losers)
    print(f"\n{RACERS} racers, {ROOMS} rooms, {connection.vendor}: {dict(statuses)}")


def test_without_the_lock_the_same_race_gives_hours_twice(live_server, unlocked):
    race(World(min(ROOMS, 8), RACERS), live_server.url)
    found = given_twice()
    assert found
    print(f"\nwithout the lock, {connection.vendor}: {len(found)} pairs meet")


@pytest.fixture
def unlocked(transactional_db, monkeypatch):
    """Every statement by itself, no row locked."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, *args, **kwargs: self)
    monkeypatch.setattr(transaction.Atomic, "__enter__", lambda self: None)
    monkeypatch.setattr(transaction.Atomic, "__exit__", lambda self, *args: None)
