"""`wadah why` as its user meets it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from cli.terminal import wadah
from planning.test_why_plan import PLAN, pump
from planning.test_why_ways import bracket
from wadah.planning.files import read_plan, read_problem, write_plan, write_problem
from wadah.planning.plan import Plan, violations
from wadah.planning.solve import solve


@pytest.fixture(scope="module")
def late(tmp_path_factory):
    folder = tmp_path_factory.mktemp("late")
    write_problem(bracket(), folder / "problem.json")
    write_plan(solve(bracket(), time_limit=60.0), folder / "plan.json")
    return folder / "problem.json", folder / "plan.json"


def test_a_late_order_is_told_with_its_cause_and_ways_out_in_both_languages(late):
    done = wadah("why", *late, "--order", "PO", "--ways", 9, "--time-limit", 120)
    assert done.returncode == 0, done.stderr
    for word in ("10 dari 30 BRACKET", "penuh", "Jam tambahan di W-1 (10 jam", "biaya bersih −Rp300", "7 hari"):
        assert word in done.stdout
    assert (
        "Extra hours at W-1"
        in wadah("why", *late, "--order", "PO", "--ways", 9, "--lang", "en", "--time-limit", 120).stdout
    )


def test_the_same_as_data(late):
    done = wadah("why", *late, "--order", "PO", "--json", "--piece-price", 8, "--time-limit", 120)
    answer = json.loads(done.stdout)
    assert answer["reason"]["code"] == "hours_full"
    assert answer["chain"][0]["part"] == "BRACKET"
    ways = {way["kind"]: way for way in answer["ways_out"]["ways"]}
    assert ways["later"]["cost"] == pytest.approx(-500.0)
    assert ways["buy"]["price"] == pytest.approx(80.0)
    assert ways["later"]["proven"] is True


def test_the_cheapest_way_out_can_be_written_and_checked(late, tmp_path):
    out = ("--out", tmp_path / "way.json", "--out-problem", tmp_path / "changed.json")
    done = wadah("why", *late, "--order", "PO", "--json", "--time-limit", 120, *out)
    way = json.loads(done.stdout)["ways_out"]["ways"][0]
    plan = read_plan(tmp_path / "way.json")
    assert violations(read_problem(tmp_path / "changed.json"), plan) == ()
    assert plan.objective == pytest.approx(way["after"])
    assert wadah("why", *late, "--order", "PO", "--out", tmp_path / "nowhere" / "x.json").returncode == 2


def test_a_member_and_a_part(tmp_path):
    problem = replace(pump(), orders=(replace(pump().orders[0], quantity=15.0),))
    plan = solve(problem, time_limit=60.0)
    write_problem(problem, tmp_path / "p.json")
    write_plan(plan, tmp_path / "q.json")
    files = tmp_path / "p.json", tmp_path / "q.json"
    said = wadah("why", *files, "--workshop", "W-3", "--lang", "en").stdout
    assert "above the dearest one chosen" in said
    assert "W-2" in said
    assert "made" in wadah("why", *files, "--part", "ROTOR", "--lang", "en").stdout
    assert json.loads(wadah("why", *files, "--workshop", "W-3", "--json").stdout)["member"]["code"] == "dearer"
    assert json.loads(wadah("why", *files, "--part", "ROTOR", "--json").stdout)["part"]["asked"] == 30.0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "--order, --workshop"),
        (("--order", "PO", "--part", "PLATE"), "--order, --workshop"),
        (("--order", "P0"), "PO"),
        (("--workshop", "W-9"), "workshops"),
        (("--part", "?"), "parts"),
    ],
)
def test_a_question_that_makes_no_sense_ends_in_words(late, words, said):
    done = wadah("why", *late, *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_plan_that_is_none_or_breaks_a_rule_has_no_reasons(late, tmp_path):
    write_plan(Plan("none", stopped="time limit"), tmp_path / "none.json")
    done = wadah("why", late[0], tmp_path / "none.json", "--order", "PO")
    assert done.returncode == 1
    assert "batas waktu" in done.stderr
    write_problem(pump(), tmp_path / "pump.json")
    write_plan(replace(PLAN, make=(("ROTOR", "W-1", 0, 999.0),)), tmp_path / "broken.json")
    done = wadah("why", tmp_path / "pump.json", tmp_path / "broken.json", "--order", "PO-1")
    assert done.returncode == 1
    assert "§2" in done.stderr
