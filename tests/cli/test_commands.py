"""The command line as its user meets it: in a process of its own, on a terminal or in a pipe."""

import gzip
import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROBLEM = {
    "format": "wadah-problem/1",
    "calendar": {"start": "2026-12-07", "periods": 4},
    "parts": [{"id": "BRACKET", "bom": [["BOLT", 2]]}, {"id": "BOLT"}],
    "workshops": [{"id": "W-1", "hours": 40}, {"id": "W-2", "hours": [40, 40, 0, 40], "overtime_hours": 8}],
    "capabilities": [
        {"part": "BOLT", "workshop": "W-1", "hours_per_unit": 0.1, "cost_per_unit": 300, "min_lot": 50},
        {"part": "BRACKET", "workshop": "W-2", "hours_per_unit": 0.5, "cost_per_unit": 900},
    ],
    "orders": [{"id": "PO-1", "part": "BRACKET", "quantity": 60, "due": 2, "late_cost": 50, "short_cost": 9000}],
}


def wadah(*words, **environment):
    return subprocess.run(
        [sys.executable, "-m", "wadah", *map(str, words)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "WADAH_LANG": "en", **environment},
    )


@pytest.fixture
def problem(tmp_path):
    return written(tmp_path, PROBLEM)


def written(folder, content, name="problem.json"):
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def changed(**lists):
    return {**PROBLEM, **lists}


def with_first(table, **fields):
    rows = [dict(row) for row in PROBLEM[table]]
    rows[0].update(fields)
    return changed(**{table: rows})


def test_a_plan_is_made_checked_and_shown(problem, tmp_path):
    plan = tmp_path / "plan.json"
    made = wadah("plan", problem, "--time-limit", 20, "--out", plan)
    assert (made.returncode, made.stderr) == (0, "")
    assert "optimal" in made.stdout
    checked = wadah("check", problem, plan)
    assert checked.returncode == 0
    assert "Rp90.000" in checked.stdout  # 60 brackets at 900 and 120 bolts at 300: 54,000 + 36,000
    shown = wadah("show", problem, plan)
    assert shown.returncode == 0
    for words in ("PO-1", "W-1", "120 BOLT", "|"):
        assert words in shown.stdout


def test_json_is_one_object_with_the_plan_and_its_violations(problem):
    made = wadah("plan", problem, "--json")
    answer = json.loads(made.stdout)
    assert answer["violations"] == []
    assert {"format", "status", "objective", "bound", "gap", "make", "deliver", "cost", "prices"} <= answer.keys()
    assert answer["objective"] == 90_000


def test_check_names_each_broken_rule_with_its_numbers(problem, tmp_path):
    plan = tmp_path / "plan.json"
    wadah("plan", problem, "--out", plan)
    table = json.loads(plan.read_text())
    table["make"] = [["BOLT", "W-1", 0, 40], ["BRACKET", "W-2", 0, 999]]
    plan.write_text(json.dumps(table))
    checked = wadah("check", problem, plan)
    assert checked.returncode == 1
    for words in ("§2", "§3", "499.5", "50"):
        assert words in checked.stdout
    assert "Traceback" not in checked.stderr


BAD = {
    "an unknown key": changed(colour="red"),
    "an unknown column": with_first("parts", colour="red"),
    "an unknown id": with_first("orders", part="NUT"),
    "a duplicate id": changed(parts=[*PROBLEM["parts"], {"id": "BOLT"}]),
    "a duplicate capability": changed(capabilities=[*PROBLEM["capabilities"], PROBLEM["capabilities"][0]]),
    "a negative number": with_first("orders", quantity=-1),
    "not a number": json.dumps(with_first("parts", stock=1)).replace('"stock": 1', '"stock": NaN'),
    "a looping bill of materials": changed(
        parts=[{"id": "BRACKET", "bom": [["BOLT", 2]]}, {"id": "BOLT", "bom": [["BRACKET", 1]]}]
    ),
    "hours of the wrong length": with_first("workshops", hours=[40, 40]),
    "broken JSON": json.dumps(PROBLEM)[:-20],
    "an empty file": "",
    "another format": changed(format="wadah-problem/9"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_said_in_words_with_exit_code_2(name, tmp_path):
    done = wadah("plan", written(tmp_path, BAD[name]))
    assert done.returncode == 2
    assert "problem.json" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_the_fault_names_file_row_field_and_value_in_both_languages(tmp_path):
    path = written(tmp_path, with_first("orders", quantity=-7))
    for language in ("id", "en"):
        said = wadah("plan", path, WADAH_LANG=language).stderr
        for words in ("problem.json", "orders", "quantity", "-7"):
            assert words in said


def test_a_truncated_gzip_is_refused(tmp_path):
    path = tmp_path / "problem.json.gz"
    path.write_bytes(gzip.compress(json.dumps(PROBLEM).encode())[:-12])
    done = wadah("plan", path)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)


@pytest.mark.parametrize("words", [["plan"], ["plan", "nowhere.json"], ["check", "a", "b"], ["dance"], []])
def test_wrong_usage_ends_with_2_and_no_trace(words):
    done = wadah(*words)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)


@pytest.mark.parametrize("value", ["0", "-1", "nan", "soon"])
def test_a_time_limit_that_is_none_is_refused(problem, value):
    assert wadah("plan", problem, "--time-limit", value).returncode == 2


@pytest.mark.parametrize("empty", ["orders", "workshops"])
def test_nothing_to_plan_is_an_empty_plan(empty, tmp_path):
    content = changed(**{empty: []}, **({"capabilities": []} if empty == "workshops" else {}))
    answer = json.loads(wadah("plan", written(tmp_path, content), "--json").stdout)
    assert (answer["make"], answer["status"], answer["violations"]) == ([], "optimal", [])


def test_what_cannot_be_done_names_the_order_and_ends_with_1(tmp_path):
    path = written(tmp_path, with_first("orders", quantity=100_000, short_cost=None))
    done = wadah("plan", path)
    assert done.returncode == 1
    assert "PO-1" in done.stdout


def test_progress_is_shown_on_a_terminal_only(problem):
    assert "\r" not in wadah("plan", problem).stderr
    assert "\r" in on_a_terminal("plan", problem)


def on_a_terminal(*words):
    """What a process writes to standard error when that is a terminal."""
    parent, child = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "wadah", *map(str, words)], stdout=subprocess.DEVNULL, stderr=child
    )
    os.close(child)
    said = b""
    while True:
        try:
            piece = os.read(parent, 4096)
        except OSError:
            break
        if not piece:
            break
        said += piece
    os.close(parent)
    assert process.wait(60) == 0
    return said.decode()


def test_generate_writes_the_same_city_for_the_same_seed(tmp_path):
    sizes = ["--workshops", 30, "--parts", 10, "--orders", 12, "--periods", 8]
    for name, seed in (("a", 4), ("b", 4), ("c", 5)):
        assert wadah("generate", *sizes, "--seed", seed, "--out", tmp_path / f"{name}.json").returncode == 0
    a, b, c = ((tmp_path / f"{name}.json").read_bytes() for name in "abc")
    assert a == b != c
    assert wadah("generate", "--workshops", 3, "--parts", 0, "--orders", 1, "--periods", 1).returncode == 2


@pytest.fixture
def long_problem(tmp_path):
    """Too much for the seconds that the test gives it."""
    path = tmp_path / "city.json"
    wadah("generate", "--workshops", 40, "--parts", 16, "--orders", 30, "--periods", 10, "--seed", 2, "--out", path)
    return path


def started(problem, *words):
    command = [sys.executable, "-m", "wadah", "plan", str(problem), "--json", *map(str, words)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def children(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_a_killed_solver_leaves_the_plan_found_so_far_and_the_reason(long_problem):
    process = started(long_problem, "--time-limit", 30)
    deadline = time.monotonic() + 20
    while not children(process.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1.5)
    for _ in range(20):  # each new one too, so that none can finish the search
        for child in children(process.pid):
            os.kill(child, signal.SIGKILL)
        if process.poll() is not None:
            break
        time.sleep(0.2)
    out, errors = process.communicate(timeout=60)
    answer = json.loads(out)
    assert (process.returncode, "Traceback" in errors) == (0, False)
    assert answer["violations"] == []
    assert answer["objective"] is not None
    assert answer["stopped"] == "solver stopped unexpectedly"


def test_the_first_ctrl_c_takes_the_best_plan_so_far(long_problem):
    process = started(long_problem, "--time-limit", 60)
    time.sleep(4)
    begun = time.monotonic()
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    assert time.monotonic() - begun < 10
    answer = json.loads(out)
    assert (process.returncode, answer["violations"], answer["stopped"]) == (0, [], "asked to stop")


@pytest.mark.parametrize("name", ["bekasi-batik", "pooled-vehicle"])
def test_each_example_is_written_planned_and_accepted(name, tmp_path):
    problem, plan = tmp_path / "problem.json.gz", tmp_path / "plan.json"
    assert wadah("example", name, "--out", problem).returncode == 0
    assert wadah("plan", problem, "--time-limit", 8, "--out", plan).returncode == 0
    checked = wadah("check", problem, plan)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert 0 < json.loads(plan.read_text())["gap"] < 1
