"""Worlds that stand as long as one test after another asks for them, each undoing only what it changed itself.

    @standing
    def order(cast, bracket):
        return bracket_order(cast, bracket)

is a fixture like any other, but what it builds in the database is built once, in a transaction around the tests that
ask for it, and each of them gets copies of its own. It may ask for other standing worlds, and for nothing else. Below a
test stand the worlds that it asks for and no others: the rest are taken down first. Tests that need real transactions
(racers, live servers, browsers) begin with an empty database: for them it is built each time.
"""

from __future__ import annotations

import copy
import inspect
from itertools import groupby

import pytest


def standing(build):
    """Makes a fixture of a function that builds rows and returns them, or what holds them."""

    def world(request, own, db, ground, **below):
        return build(**below) if races(request.node) else own(ground.values[build])

    names = ["request", "own", "db", "ground", *inspect.signature(build).parameters]
    world.__signature__ = inspect.Signature([inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in names])
    world.__doc__, world.builds = build.__doc__, build
    return pytest.fixture(name=build.__name__)(world)


@standing
def cast():
    """The cast of tests/cast.py."""
    from cast import cast_build

    return cast_build()


@standing
def bracket(cast):
    """The car maker's bracket, of tests/cast_orders.py."""
    from cast_orders import bracket_build

    return bracket_build(cast)


def worlds(item):
    """What the test stands on, lowest first: {name: the function that builds it}."""
    found = {}
    if not hasattr(item, "fixturenames") or races(item):
        return found
    definitions = item._fixtureinfo.name2fixturedefs

    def visit(name):
        build = getattr(definitions[name][-1].func, "builds", None) if name in definitions else None
        if build is None or name in found:
            return build is not None
        for below in inspect.signature(build).parameters:
            assert visit(below), f"{name} stands on {below}, which doesn't stand (tests/standing.py)"
        found[name] = build
        return True

    for name in item.fixturenames:
        visit(name)
    return found


def races(item):
    marker = item.get_closest_marker("django_db")
    return bool({"transactional_db", "live_server"} & set(item.fixturenames)) or bool(
        marker and marker.kwargs.get("transaction")
    )


class Ground:
    """The worlds that stand now: what each returned, and the transaction that it stands in, lowest first."""

    def __init__(self, blocker):
        self.blocker, self.values, self.blocks = blocker, {}, []

    def lay(self, wanted):
        """Take down what isn't wanted, and what stands on it; build what is missing."""
        with self.blocker.unblock():
            while list(self.values) != list(wanted.values())[: len(self.values)]:
                self.take_down()
            for build in list(wanted.values())[len(self.values) :]:
                self.put_up(build, [self.values[wanted[name]] for name in inspect.signature(build).parameters])

    def put_up(self, build, below):
        from django.db import transaction

        block = transaction.atomic()
        block._from_testcase = True  # as in Django's own test classes: `durable` blocks may stand inside
        block.__enter__()
        self.blocks.append(block)
        self.values[build] = None
        try:
            self.values[build] = build(*below)
        except BaseException:
            self.take_down()
            raise

    def take_down(self):
        from django.db import transaction

        self.values.popitem()
        transaction.set_rollback(True)
        self.blocks.pop().__exit__(None, None, None)


@pytest.fixture(scope="session")
def ground(django_db_setup, django_db_blocker):
    ground = Ground(django_db_blocker)
    yield ground
    ground.lay({})


@pytest.fixture
def laid(request, ground):
    ground.lay(worlds(request.node))


@pytest.fixture
def _django_db_helper(laid, _django_db_helper):
    """Here pytest-django opens the test's own transaction: what the test stands on is laid before."""


@pytest.fixture
def own():
    """Copies for one test; what two of them share is shared by the copies too."""
    known = {}
    return lambda world: copy.deepcopy(world, known)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """In a module, tests that stand on the same come one after another."""
    items[:] = [
        item
        for _, of_module in groupby(items, key=lambda item: item.path)
        for item in sorted(of_module, key=lambda item: tuple(worlds(item)))
    ]
