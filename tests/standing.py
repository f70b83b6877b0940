"""Worlds that stand for a whole module: built once, in a transaction around all its tests, which each undo their own.

A module's fixture asks for `standing` to build, and each test gets copies of its own from `own`:

    @pytest.fixture(scope="module")
    def standing_plan(standing):
        return standing(plan_build)

    @pytest.fixture
    def plan(standing_plan, own, db):
        return own(standing_plan)

Tests that need real transactions (racers, live servers, browsers) can't see into this one: they have a module of their
own, and collecting refuses what mixes them.
"""

from __future__ import annotations

import copy

import pytest

RACERS = {"transactional_db", "live_server"}


@pytest.fixture(scope="module")
def standing(django_db_setup, django_db_blocker):
    """Calls what it is given inside the module's transaction: standing(build, argument) is what build returned."""
    from django.db import transaction

    block = transaction.atomic()
    block._from_testcase = True  # as Django's own test classes do, so that `durable` blocks may stand inside
    with django_db_blocker.unblock():
        block.__enter__()

    def build(make, *arguments):
        with django_db_blocker.unblock():
            return make(*arguments)

    yield build
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        block.__exit__(None, None, None)


@pytest.fixture
def own():
    """Copies for one test; what two of them share is shared by the copies too."""
    known = {}
    return lambda world: copy.deepcopy(world, known)


@pytest.fixture(scope="module")
def standing_cast(standing):
    from cast import cast_build

    return standing(cast_build)


@pytest.fixture
def cast(standing_cast, own, db):
    """The cast of tests/cast.py."""
    return own(standing_cast)


def races(item):
    marker = item.get_closest_marker("django_db")
    return bool(RACERS & set(item.fixturenames)) or bool(marker and marker.kwargs.get("transaction"))


def pytest_collection_modifyitems(items):
    tests = [item for item in items if hasattr(item, "fixturenames")]
    stand = {item.path for item in tests if "standing" in item.fixturenames}
    for item in tests:
        if item.path in stand and races(item):
            raise pytest.UsageError(f"{item.nodeid} needs real transactions: put it in a module without `standing`")
