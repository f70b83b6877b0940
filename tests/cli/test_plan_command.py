"""`wadah plan`: one JSON object, a progress line on a terminal only, the best plan whatever stops it early."""

from __future__ import annotations

import json
import os
import signal
import sys
import time

import pytest

from cli.terminal import Terminal, children, wadah
from wadah.planning.city import generate
from wadah.planning.files import plan_to_dict, read_plan, read_problem, write_problem
from wadah.planning.plan import Plan, violations

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="terminals and processes are looked at as Linux has them"
)

PLAN_KEYS = {*plan_to_dict(Plan("none")), "violations"}
PROGRESS = "Batas bawah"
BOUND, SEARCH = "batas", "pencarian"  # stages in which the solver is at work


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A small city that is planned in a moment and a larger one that isn't."""
    folder = tmp_path_factory.mktemp("problems")
    write_problem(generate(4, 2, 3, 3, seed=2), folder / "small.json")
    write_problem(generate(60, 24, 40, 12, seed=2), folder / "large.json.gz")
    return folder


def waited_for(look, seconds=10.0):
    """What `look` finds, as soon as it finds anything."""
    end = time.monotonic() + seconds
    while not (found := look()) and time.monotonic() < end:
        time.sleep(0.05)
    assert found
    return found


def test_json_is_exactly_one_object_with_the_keys_of_the_plan_file_and_the_violations(folder):
    done = wadah("plan", folder / "small.json", "--time-limit", 10, "--json")
    assert done.returncode == 0
    assert done.stderr == ""
    assert set(json.loads(done.stdout)) == PLAN_KEYS
    assert json.loads(done.stdout)["violations"] == []


def test_the_plan_is_written_and_obeys_every_rule(folder, tmp_path):
    done = wadah("plan", folder / "small.json", "--time-limit", 10, "--out", tmp_path / "plan.json")
    assert done.returncode == 0
    assert violations(read_problem(folder / "small.json"), read_plan(tmp_path / "plan.json")) == ()
    assert str(tmp_path / "plan.json") in done.stdout


def test_the_summary_is_indonesian_unless_english_is_asked_for(folder):
    words = ("plan", folder / "small.json", "--time-limit", 10)
    assert "Biaya seluruhnya" in wadah(*words).stdout
    assert "Cost in all" in wadah(*words, "--lang", "en").stdout
    assert "Cost in all" in wadah(*words, WADAH_LANG="en").stdout
    assert "Cost in all" in wadah(*words, LANG="en_GB.UTF-8").stdout
    assert "Biaya seluruhnya" in wadah(*words, LANG="en_GB.UTF-8", WADAH_LANG="id").stdout


def test_no_progress_is_written_where_the_output_is_piped(folder):
    assert wadah("plan", folder / "small.json", "--time-limit", 10).stderr == ""


def test_a_progress_line_is_written_over_and_over_on_a_terminal(folder):
    with Terminal("plan", folder / "small.json", "--time-limit", 10, "--json") as terminal:
        output, code = terminal.finish()
    assert code == 0
    assert PROGRESS in terminal.seen
    assert terminal.seen.count("\n") == 0
    assert terminal.seen.endswith("\r\x1b[K")
    assert set(json.loads(output)) == PLAN_KEYS


def test_an_early_ctrl_c_takes_the_best_plan_so_far(folder):
    with Terminal("plan", folder / "large.json.gz", "--time-limit", 60, "--json") as terminal:
        assert terminal.read_until(BOUND)
        os.killpg(terminal.process.pid, signal.SIGINT)  # what the terminal does: everybody in the foreground gets it
        output, code = terminal.finish(20)
    plan = json.loads(output)
    assert code == 0
    assert plan["status"] == "feasible"
    assert plan["stopped"] == "asked to stop"
    assert plan["violations"] == []


def test_a_killed_solver_gives_the_best_plan_so_far_and_says_why(folder):
    with Terminal("plan", folder / "large.json.gz", "--time-limit", 12, "--json") as terminal:
        assert terminal.read_until(SEARCH)
        for child in waited_for(lambda: children(terminal.process.pid)):
            os.kill(child, signal.SIGKILL)
        output, code = terminal.finish(30)
    plan = json.loads(output)
    assert code == 0
    assert "unexpected" in plan["stopped"]
    assert plan["make"]
    assert plan["violations"] == []


def test_no_solver_is_left_behind(folder):
    with Terminal("plan", folder / "large.json.gz", "--time-limit", 60) as terminal:
        assert terminal.read_until(BOUND)
        solvers = waited_for(lambda: children(terminal.process.pid))
        os.kill(terminal.process.pid, signal.SIGINT)
        terminal.finish(20)
    assert not [pid for pid in solvers if os.path.exists(f"/proc/{pid}")]


def test_an_impossible_problem_is_told_with_what_cannot_hold_and_exit_code_1(tmp_path):
    order = {"id": "CAR", "part": "BOLT", "quantity": 5, "due": 0, "short_cost": None}
    (tmp_path / "problem.json").write_text(
        json.dumps(
            {
                "format": "wadah-problem/1",
                "calendar": {"start": "2026-12-07", "period": "week", "periods": 1},
                "parts": [{"id": "BOLT"}],
                "workshops": [],
                "capabilities": [],
                "orders": [order],
            }
        )
    )
    done = wadah("plan", tmp_path / "problem.json", "--time-limit", 10)
    assert done.returncode == 1
    assert "CAR" in done.stdout
    assert json.loads(wadah("plan", tmp_path / "problem.json", "--json").stdout)["status"] == "infeasible"


@pytest.mark.parametrize("sizes", [(0, 1, 0), (3, 2, 0), (0, 2, 0)], ids=["nobody", "no orders", "neither"])
def test_without_orders_or_workshops_the_plan_is_empty(tmp_path, sizes):
    write_problem(generate(*sizes, periods=2, seed=0), tmp_path / "problem.json")
    done = wadah("plan", tmp_path / "problem.json", "--json")
    plan = json.loads(done.stdout)
    assert (done.returncode, plan["status"], plan["make"], plan["deliver"]) == (0, "optimal", [], [])


@pytest.mark.parametrize(
    "words",
    [[], ["fly"], ["plan"], ["plan", "x.json", "--time-limit", "0"], ["plan", "x.json", "--time-limit", "nan"],
     ["plan", "x.json", "--threads", "0"], ["plan", "x.json", "--seed", "two"], ["check", "x.json"]],
)  # fmt: skip
def test_usage_that_cannot_be_read_is_exit_code_2(words):
    done = wadah(*words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr


def test_a_plan_that_cannot_be_written_is_told_before_the_planning(folder, tmp_path):
    done = wadah("plan", folder / "small.json", "--out", tmp_path / "nowhere" / "plan.json")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "nowhere" in done.stderr
    assert "Traceback" not in done.stderr
