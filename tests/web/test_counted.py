"""Figures that take long are counted once in ten minutes, unless somebody asks for them anew."""

import datetime as dt
import time

import pytest

from wadah.base.clock import today
from wadah.web.counted import KEPT_SECONDS, counted

LOCAL = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "counted"}}


@pytest.fixture
def numbers(settings):
    from django.core.cache import cache

    settings.CACHES = LOCAL
    cache.clear()
    yield iter(range(10))
    cache.clear()


def test_what_was_counted_is_kept_with_its_moment_until_it_is_asked_for_anew(numbers):
    first = counted("jobs", lambda: next(numbers))
    assert first[0] == 0
    assert counted("jobs", lambda: next(numbers)) == first
    assert counted("pay", lambda: next(numbers))[0] == 1
    again = counted("jobs", lambda: next(numbers), anew=True)
    assert again[0] == 2
    assert counted("jobs", lambda: next(numbers)) == again


def test_it_is_counted_again_after_ten_minutes_and_on_a_new_day(numbers, monkeypatch):
    counted("jobs", lambda: next(numbers))
    tomorrow = today() + dt.timedelta(days=1)
    monkeypatch.setattr("wadah.web.counted.today", lambda: tomorrow)
    assert counted("jobs", lambda: next(numbers))[0] == 1
    moment = time.time() + KEPT_SECONDS + 1
    monkeypatch.setattr("django.core.cache.backends.locmem.time.time", lambda: moment)
    assert counted("jobs", lambda: next(numbers))[0] == 2
