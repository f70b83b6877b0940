"""Loops are compiled once for every state of the sources, before anybody waits, and kept."""

import subprocess
import sys
import threading
import time

import pytest

from wadah.planning import warm as warming
from wadah.planning.warm import ColdError, is_warm, locked, warm

FIRST_CALLS = """
from dataclasses import replace
from numba.core import event
from wadah.planning.city import generate
from wadah.planning.solve import solve

class Told(event.Listener):
    def on_start(self, what):
        print(what.data["dispatcher"].py_func.__qualname__)
    def on_end(self, what):
        pass

event.register("numba:compile", Told())
city = generate(workshops=40, parts=15, orders=20, periods=10, seed=3)
free = replace(city, orders=tuple(replace(row, single_source=False) for row in city.orders))
for problem in (generate(workshops=6, parts=4, orders=4, periods=4, seed=1), free, city):
    solve(problem, effort=1)
"""


def test_a_plan_compiles_nothing_once_the_loops_are_warm():
    warm()
    assert is_warm()
    done = subprocess.run([sys.executable, "-c", FIRST_CALLS], capture_output=True, text=True, timeout=300, check=True)
    assert done.stdout == ""


def test_a_process_that_cannot_compile_says_why(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(warming, "HALVES", {"no such half": None})
    with pytest.raises(ColdError, match="no such half"):
        warm()
    assert not is_warm()


def test_one_at_a_time_compiles_and_the_other_shows_that_it_lives(tmp_path):
    beats, entered = [], threading.Event()

    def wait():
        with locked(tmp_path / "lock", lambda: beats.append(time.monotonic())):
            entered.set()

    with locked(tmp_path / "lock", lambda: None):
        other = threading.Thread(target=wait)
        other.start()
        while not beats:
            time.sleep(0.01)
        assert not entered.is_set()
    other.join(10)
    assert entered.is_set()


def test_what_the_heartbeat_raises_ends_the_compiling(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))

    def lost():
        raise LookupError("the job is another worker's now")

    with pytest.raises(LookupError):
        warm(lost)
    assert not is_warm()
