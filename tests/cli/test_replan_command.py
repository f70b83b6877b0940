"""`wadah replan` as a manager runs it."""

import json
from dataclasses import replace

import pytest

from cli.terminal import wadah
from planning.rich import PLAN, PROBLEM
from wadah.planning.files import read_plan, read_problem, write_plan, write_problem
from wadah.planning.plan import priced, violations


def files(folder):
    problem, plan = folder / "problem.json", folder / "plan.json"
    write_problem(PROBLEM, problem)
    write_plan(PLAN, plan)
    return problem, "--plan", plan, "--time-limit", 20


def test_a_declined_lot_an_outage_and_an_order_are_replanned(tmp_path):
    order = tmp_path / "order.json"
    order.write_text('{"id": "NEW", "part": "FILM", "quantity": 3, "due": 3, "short_cost": 90}')
    plan, problem = tmp_path / "after.json", tmp_path / "now.json"
    changes = ("--decline", "BRACKET,KARIM,1", "--out", "SARI,3,3", "--order", order)
    done = wadah("replan", *files(tmp_path), *changes, "--out-plan", plan, "--out-problem", problem, "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert "KARIM BRACKET period 1 (2026-12-14): 12 becomes 0" in done.stdout
    assert violations(read_problem(problem), read_plan(plan)) == ()


def test_the_bound_says_what_it_rests_on(tmp_path):
    problem, plan = tmp_path / "problem.json", tmp_path / "plan.json"
    free = replace(PROBLEM, change_cost=0.0)
    counted = priced(free, PLAN)
    write_problem(free, problem)
    write_plan(replace(counted, bound=counted.objective), plan)
    words = ("replan", problem, "--plan", plan, "--decline", "BRACKET,KARIM,3")  # nothing is lost: nothing is searched
    assert "if the bound of the plan before is true (at most 0" in wadah(*words, "--lang", "en").stdout
    assert "bila batas rencana semula benar" in wadah(*words).stdout


def test_the_difference_is_data_too(tmp_path):
    done = wadah("replan", *files(tmp_path), "--decline", "BRACKET,KARIM,1", "--json")
    found = json.loads(done.stdout)
    rows = [row for row in found["difference"]["lots"] if row["workshop"] == "KARIM" and row["period"] == 1]
    assert [(row["before"], row["after"]) for row in rows if row["part"] == "BRACKET"] == [(12.0, 0.0)]


def test_a_promise_is_not_broken_in_silence(tmp_path):
    done = wadah("replan", *files(tmp_path), "--decline", "BRACKET,TINI,1", "--lang", "en")
    assert done.returncode == 2
    assert "committed by TINI in period 1" in done.stderr
    assert wadah("replan", *files(tmp_path), "--decline", "BRACKET,TINI,1", "--release").returncode == 0


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--decline", "BRACKET,NOBODY"), "BRACKET,NOBODY"),
        (("--decline", "BRACKET,KARIM,9"), "9"),
        (("--out", "KARIM,1"), "KARIM,1"),
        (("--out", "KARIM,2,1"), "1"),
        ((), "--decline"),
    ],
)
def test_bad_changes_end_in_words(tmp_path, words, named):
    done = wadah("replan", *files(tmp_path), *words, "--lang", "en")
    assert done.returncode == 2
    assert named in done.stderr
    assert "Traceback" not in done.stderr


def test_an_order_file_at_fault_is_named(tmp_path):
    order = tmp_path / "order.json"
    order.write_text('{"id": "NEW", "part": "FILM", "quantity": 3, "due": 3, "lat": 90}')
    done = wadah("replan", *files(tmp_path), "--order", order, "--lang", "en")
    assert done.returncode == 2
    assert "order.json" in done.stderr
    assert "lat" in done.stderr
