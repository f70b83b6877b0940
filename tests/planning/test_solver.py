"""The solver's process: it streams, it stops when told, and whatever becomes of it no one waits for ever."""

import os
import signal
import threading
import time

import numpy as np
import pytest
from scipy import sparse

from wadah.planning import solver
from wadah.planning.formulation import Model
from wadah.planning.solver import Ears, lease


def knapsacks(items: int, rows: int, seed: int = 1) -> Model:
    """A multi-dimensional knapsack: far too hard to finish when it is large."""
    dice = np.random.default_rng(seed)
    weights = dice.integers(5, 1000, size=(rows, items)).astype(float)
    return Model(
        cost=-(weights.mean(axis=0) + dice.integers(0, 500, items)),
        lower=np.zeros(items),
        upper=np.ones(items),
        integer=np.ones(items, dtype=bool),
        matrix=sparse.csc_matrix(weights),
        row_lower=np.full(rows, -np.inf),
        row_upper=weights.sum(axis=1) / 2,
    )


def never() -> bool:
    return False


def test_a_small_search_is_solved_and_its_bound_is_its_cost():
    model = knapsacks(12, 3)
    with lease() as session:
        answer = session.search(model, 20.0, Ears(never))
    assert answer.status == "optimal"
    assert answer.bound == pytest.approx(model.cost @ answer.x)


def test_a_child_is_kept_warm_for_the_next_lease():
    with lease() as session:
        session.search(knapsacks(8, 2), 20.0, Ears(never))
        first = session.pid
    with lease() as session:
        assert session.pid == first


def test_a_killed_child_leaves_what_it_has_said_and_no_zombie():
    found = []
    with lease() as session:
        pid = session.pid

        def hear(x):
            found.append(x)
            os.kill(pid, signal.SIGKILL)

        answer = session.search(knapsacks(300, 30), 30.0, Ears(never, hear))
        assert answer.status == "lost"
        assert found
        assert session.search(knapsacks(8, 2), 20.0, Ears(never)).status == "optimal"
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_frozen_child_is_killed_soon_after_its_time(monkeypatch):
    monkeypatch.setattr(solver, "GRACE", 0.3)
    with lease() as session:
        os.kill(session.pid, signal.SIGSTOP)
        began = time.monotonic()
        answer = session.search(knapsacks(8, 2), 0.3, Ears(never))
    assert answer.status == "limit"
    assert time.monotonic() - began < 2.0


def test_a_wish_to_stop_ends_a_long_search_early():
    began = time.monotonic()
    with lease() as session:
        answer = session.search(knapsacks(300, 30), 60.0, Ears(lambda: time.monotonic() - began > 0.5))
    assert answer.status == "asked"
    assert time.monotonic() - began < 10.0


def test_better_solutions_and_bounds_are_heard_while_it_runs():
    costs, bounds = [], []
    model = knapsacks(200, 20)
    with lease() as session:
        session.search(model, 2.0, Ears(never, lambda x: costs.append(model.cost @ x), bounds.append))
    assert len(costs) > 1
    assert bounds
    assert bounds == sorted(bounds)
    assert bounds[-1] <= min(costs) + 1e-6 * abs(min(costs))


def test_several_threads_solve_at_once_each_with_its_own_child():
    pids = []
    together = threading.Barrier(3)

    def work():
        with lease() as session:
            together.wait()
            session.search(knapsacks(10, 2), 20.0, Ears(never))
            pids.append(session.pid)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(pids)) == 3
