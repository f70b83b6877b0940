import datetime as dt
import threading

import pytest
from django.db import connection, transaction

from wadah.base import clock
from wadah.base.numbering import number_next, number_text
from wadah.base.throttle import throttle_clear, throttle_count, throttle_left

pytestmark = pytest.mark.django_db


def test_numbers_start_at_one_each_year_and_have_no_gap():
    assert [number_next("order", 2026) for _ in range(3)] == [1, 2, 3]
    assert number_next("order", 2027) == 1
    assert number_next("invoice", 2026) == 1
    assert number_text("PO", 2026, 7) == "PO-2026-0007"


def test_a_roll_back_gives_its_number_back():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        number_next("order", 2026)
        1 / 0  # noqa: B018
    assert number_next("order", 2026) == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_get_twenty_numbers():
    number_next("order", 2026)
    numbers = []

    def racer():
        numbers.append(number_next("order", 2026))
        connection.close()

    threads = [threading.Thread(target=racer) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == list(range(2, 22))


def test_the_business_date_is_bekasis(monkeypatch):
    late_evening_utc = dt.datetime(2026, 12, 31, 17, 30, tzinfo=dt.UTC)
    monkeypatch.setattr(clock, "now", lambda: late_evening_utc)
    assert clock.today() == dt.date(2027, 1, 1)
    assert clock.monday(dt.date(2027, 1, 1)) == dt.date(2026, 12, 28)


def test_tries_run_out_and_come_back(monkeypatch):
    for _ in range(3):
        throttle_count("login", "+62811", minutes=15)
    assert throttle_left("login", "+62811", limit=5, minutes=15) == 2
    assert throttle_left("login", "+62812", limit=5, minutes=15) == 5
    throttle_clear("login", "+62811")
    assert throttle_left("login", "+62811", limit=5, minutes=15) == 5


def test_a_window_that_ended_is_forgotten(monkeypatch):
    from wadah.base import throttle

    throttle_count("login", "x", minutes=15)
    later = clock.now() + dt.timedelta(minutes=16)
    monkeypatch.setattr(throttle, "now", lambda: later)
    assert throttle_left("login", "x", limit=5, minutes=15) == 5
    throttle_count("login", "x", minutes=15)
    assert throttle_left("login", "x", limit=5, minutes=15) == 4
