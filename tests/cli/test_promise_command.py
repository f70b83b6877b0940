"""`wadah promise` as a manager runs it."""

import json

from cli.terminal import wadah
from planning.rich import PLAN, PROBLEM
from wadah.planning.files import read_plan, read_problem, write_plan, write_problem
from wadah.planning.plan import violations


def files(folder):
    problem, plan = folder / "problem.json", folder / "plan.json"
    write_problem(PROBLEM, problem)
    write_plan(PLAN, plan)
    return problem, plan


def test_an_order_is_answered_and_taken(tmp_path):
    problem, plan = files(tmp_path)
    taken, larger = tmp_path / "taken.json", tmp_path / "larger.json"
    words = ("promise", problem, "--plan", plan, "--part", "FILM", "--quantity", 10, "--due", 2, "--time-limit", 20)
    done = wadah(*words, "--out", taken, "--out-problem", larger, "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert "Yes: all of it by 2" in done.stdout
    assert violations(read_problem(larger), read_plan(taken)) == ()
    order = read_problem(larger).order["NEW"]
    assert (order.quantity, order.late_cost, order.short_cost) == (10.0, None, None)


def test_what_is_impossible_is_said_with_its_proof_in_both_languages(tmp_path):
    problem, plan = files(tmp_path)
    words = ("promise", problem, "--plan", plan, "--part", "FILM", "--quantity", 5000, "--time-limit", 20)
    indonesian, english = wadah(*words), wadah(*words, "--lang", "en")
    assert "Yang menahan: FILM" in indonesian.stdout
    assert "What stops it: FILM" in english.stdout
    assert "Proof: the prices of these hours" in english.stdout
    found = json.loads(wadah(*words, "--json").stdout)
    assert found["stop"]["part"] == "FILM"
    assert found["firm"]["whole"] is None
    assert found["firm"]["no_earlier"] is None


def test_bad_input_ends_in_words(tmp_path):
    problem, plan = files(tmp_path)
    done = wadah("promise", problem, "--plan", plan, "--part", "NOTHING", "--quantity", 1, "--lang", "en")
    assert done.returncode == 2
    assert "NOTHING" in done.stderr
    assert "Traceback" not in done.stderr
    assert wadah("promise", problem, "--plan", plan, "--part", "FILM", "--quantity", -1).returncode == 2
