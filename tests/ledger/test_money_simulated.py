"""R3: random acts with money against a plain model: nothing lost, nothing made, refused where it has to be.

10,000 steps in the ordinary run; 1,000,000 by `make simulate STEPS=1000000 SEED=1`, in chunks of CHUNK that begin
anew, each with a seed of its own, on as many processes as JOBS; which are done is kept in build/, and a run that was
stopped goes on there.
"""

import os
import sys
from pathlib import Path

import pytest
from django.db import connection, transaction
from money_game import Game, Wrong, failure, shortened
from money_steps import STEPS, drawn

pytestmark = pytest.mark.django_db
CHUNK, ORDINARY = 2_500, 4
SEED = os.environ.get("WADAH_SIMULATE_SEED", "1")
TOTAL = int(os.environ.get("WADAH_SIMULATE", "0"))
WORKERS = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
ACTS_LEAST = 38
KEPT = Path(__file__).parents[2] / "build" / "simulate"


def played(number):
    """Plays one chunk and leaves nothing behind; the acts that were done in it."""
    seed = f"{SEED}/{number}"
    with transaction.atomic():
        try:
            game = Game()
            game.play(drawn(seed, CHUNK))
            return {act for act in game.done if act}
        except Wrong as wrong:
            raise AssertionError(f"seed {seed}, {CHUNK} steps, {wrong}") from None
        finally:
            transaction.set_rollback(True)


@pytest.mark.parametrize("number", [0, *(pytest.param(one, marks=pytest.mark.once) for one in range(1, ORDINARY))])
def test_money_is_where_the_model_says(number):
    assert len(played(number)) >= ACTS_LEAST
    assert len(STEPS) >= 40


@pytest.mark.skipif(not TOTAL, reason="long: make simulate STEPS=1000000 SEED=1")
@pytest.mark.parametrize("worker", range(WORKERS))
def test_money_is_where_the_model_says_for_long(worker, capsys):
    """Every WORKERS-th chunk, begun with the worker-th. A chunk that was played is a line of the file."""
    file = KEPT / f"{connection.vendor}-{SEED}-chunks-of-{CHUNK}.txt"
    KEPT.mkdir(parents=True, exist_ok=True)
    for number in range(worker, -(-TOTAL // CHUNK), WORKERS):
        if number in chunks_played(file):
            continue
        played(number)
        with file.open("a") as lines:
            lines.write(f"{number}\n")
        with capsys.disabled():
            print(f"  {len(chunks_played(file)) * CHUNK} of {TOTAL} steps", file=sys.__stderr__, flush=True)


def chunks_played(file):
    return {int(line) for line in file.read_text().split()} if file.exists() else set()


def test_a_failure_is_found_and_shortened(monkeypatch):
    """A model that forgets set-up pay parts from Wadah with the first accepted pieces; few steps show it."""
    from money_model import WorkOrder

    monkeypatch.setattr(WorkOrder, "pays", lambda self, pieces: pieces * self.each)
    steps = drawn("wrong", 40)
    assert "510" in failure(steps)
    assert len(shortened(steps, tries=12)) < 25
