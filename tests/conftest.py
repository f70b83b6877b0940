"""What all tests share: fast passwords, plain static files, nothing kept, no background jobs, a browser if need be."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from wadah.site.memory import memory_settle

try:
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    folder = tempfile.TemporaryDirectory(prefix="wadah-tests-")
    settings.STATIC_ROOT = folder.name
    database = settings.DATABASES["default"]
    if "sqlite3" in database["ENGINE"]:
        # A real file, for racers: in memory, SQLite locks whole tables and does not wait. No sync: it is thrown away.
        database.setdefault("TEST", {})["NAME"] = f"{folder.name}/test.sqlite3"
        database["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"

    from wadah.base.messages import messages_compile

    messages_compile()
except ImportError:  # the planner's tests need no Django
    pass

pytest_plugins = ["standing"]
BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
CHROMIUM = os.environ.get("WADAH_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_addoption(parser):
    parser.addoption("--migrated", action="store_true", help="run the migrations, and the tests about them alone")
    parser.addoption("--long", action="store_true", help="the tests marked `long`, and no others")
    parser.addoption("--rows", action="store_true", help="only what another database could do otherwise")


def pytest_configure(config):
    """Tables are made straight from the models, which takes a fifth of the time of all migrations one by one; what
    tests migrations themselves (tests/migrated) runs with --migrated, in a database of another name."""
    if not config.getoption("migrated"):
        config.option.nomigrations = True
        return
    with contextlib.suppress(NameError):  # the planner's tests need no Django
        if database["ENGINE"].endswith("postgresql"):
            database.setdefault("TEST", {})["NAME"] = f"test_migrated_{os.getpid()}"


TESTS = Path(__file__).parent
ROWLESS = {TESTS / name for name in ("planning", "units", "fuzz", "benchmarks")}


def pytest_ignore_collect(collection_path, config):
    """Migrations can be tested only where they are run; where only rows are asked for, what knows none isn't read."""
    if config.getoption("rows") and collection_path in ROWLESS:
        return True
    return True if collection_path.name == "migrated" and not config.getoption("migrated") else None


def pytest_collection_finish():
    """Thousands of tests stand in memory by now, and none of them is waste."""
    memory_settle()


@pytest.fixture(scope="session", autouse=True)
def words_for_every_change():
    """A history that shows a person a name out of the program fails whatever test opens it."""

    def untold(name):
        raise AssertionError(f"a history has no words for {name}")

    with pytest.MonkeyPatch.context() as patch:
        with contextlib.suppress(ImportError):  # the planner's tests need no Django
            patch.setattr("wadah.web.history.untold", untold)
        yield


ROWS = {"db", "transactional_db", "live_server"}


def touches_rows(item):
    """How a page looks is the same on every database, and so is what is marked `once`; whole journeys through pages are
    walked on each."""
    if item.get_closest_marker("browser") and TESTS / "journeys" not in item.path.parents:
        return False
    if item.get_closest_marker("once"):
        return False
    return item.get_closest_marker("django_db") is not None or bool(ROWS & set(getattr(item, "fixturenames", ())))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
    asked = config.getoption("long"), config.getoption("rows")
    chosen = [item for item in items if wanted(item, *asked)]
    config.hook.pytest_deselected(items=[item for item in items if not wanted(item, *asked)])
    items[:] = chosen


def wanted(item, long, rows):
    """The long ones and the others are two runs."""
    return (item.get_closest_marker("long") is not None) == long and (touches_rows(item) or not rows)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """A thread of the live server may still hold a session; PostgreSQL drops no database under one."""
    yield
    with django_db_blocker.unblock():
        from django.db import connection

        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )


@pytest.fixture(scope="session")
def browser(ground):
    """A real Chromium, Debian's. `make setup-browser` installs it."""
    from playwright.sync_api import sync_playwright

    assert CHROMIUM, "no Chromium: run `make setup-browser` or set WADAH_CHROMIUM"
    # Django takes playwright's event loop in this thread for an async context and would refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    ground.lay({})  # while that loop runs, connections are others than those that worlds stand in until now
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        yield chromium
        ground.lay({})
        chromium.close()


@pytest.fixture
def page(browser, live_server):
    """A fresh page, a phone's width, on the live server: page.goto("/")."""
    context = browser.new_context(base_url=live_server.url, viewport={"width": 360, "height": 740}, locale="en-GB")
    yield context.new_page()
    context.close()


@pytest.fixture(autouse=True)
def _indonesian(request):
    """Each test begins in the language of the house, whatever page in English the one before it has read."""
    yield
    with contextlib.suppress(ImportError):
        from django.utils import translation

        translation.deactivate()
