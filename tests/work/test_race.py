"""R1: no piece of work is given twice, however many press at once, on SQLite and PostgreSQL, over real HTTP.

20 racers at 50 offers in the ordinary run; `make race` (WADAH_RACE=1000, WADAH_RACERS=50) on both databases. With the
locks and the database's own checks switched off, the same race must find work given twice: else it would prove nothing.
"""

from __future__ import annotations

import os

import pytest
from django.db import connection, transaction
from django.db.backends.signals import connection_created
from django.db.models import QuerySet
from racing import World, oversold, promised, race

pytestmark = pytest.mark.django_db(transaction=True)

PACKAGES = int(os.environ.get("WADAH_RACE", "50"))
RACERS = int(os.environ.get("WADAH_RACERS", "20"))
SEED = 20261130
CHECKS = {
    "work_workpackage": ["workpackage_never_oversold"],
    "plans_capacitybucket": ["capacitybucket_never_oversold"],
}


def test_no_work_is_given_twice(live_server):
    world = World(PACKAGES, SEED)
    outcome = race(world, live_server.url, RACERS)
    assert outcome.faults == []  # no error 500, nothing but receipts, refusals and conflicts
    assert oversold() == []
    orders, committed = promised()
    assert outcome.taken == orders == committed  # no yes with a receipt is lost, none is there without
    assert outcome.statuses[409] > PACKAGES  # they did race
    assert outcome.told > 0
    assert orders > 0
    print(f"\n{RACERS} racers, {PACKAGES} offers, {connection.vendor}: {dict(outcome.statuses)}, {orders} pieces given")


def test_without_the_locks_the_same_race_gives_work_twice(live_server, unlocked):
    world = World(min(PACKAGES, 12), SEED)
    race(world, live_server.url, RACERS)
    found = oversold()
    assert found
    print(f"\nwithout locks, {connection.vendor}: {len(found)} faults, for example {found[0]}")


@pytest.fixture
def unlocked(transactional_db, monkeypatch):
    """Every statement by itself, no row locked, the database's own checks of these laws off."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, *args, **kwargs: self)
    monkeypatch.setattr(transaction.Atomic, "__enter__", lambda self: None)
    monkeypatch.setattr(transaction.Atomic, "__exit__", lambda self, *args: None)
    checks_off = unchecked_sqlite if connection.vendor == "sqlite" else unchecked_postgresql
    yield from checks_off()


def unchecked_sqlite():
    def ignore(connection, **_more):
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints = ON")

    connection_created.connect(ignore)
    yield
    connection_created.disconnect(ignore)


def unchecked_postgresql():
    kept = {}
    with connection.cursor() as cursor:
        for table, names in CHECKS.items():
            for name in names:
                cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [name])
                kept[table, name] = cursor.fetchone()[0]
                cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    yield
    with connection.cursor() as cursor:
        for (table, name), definition in kept.items():
            cursor.execute(f"TRUNCATE {table} CASCADE")
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
