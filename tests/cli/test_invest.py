"""`wadah invest` as its user meets it."""

from __future__ import annotations

import json

import pytest

from cli.terminal import wadah
from planning.test_invest_package import shop
from wadah.planning.files import read_plan, read_problem, write_problem
from wadah.planning.plan import violations

ROWS = [
    {"id": "HOURS", "cost": 500, "hours": [{"workshop": "W-1", "hours": 5}]},
    {"id": "LATHE", "cost": 900, "space": 6, "rates": [{"part": "BOLT", "workshop": "W-1", "hours_per_unit": 0.5}]},
]


@pytest.fixture
def files(tmp_path):
    write_problem(shop(), tmp_path / "problem.json")
    (tmp_path / "candidates.json").write_text(json.dumps(ROWS))
    return tmp_path / "problem.json", tmp_path / "candidates.json"


def test_the_best_package_is_told_with_price_and_plan_side_by_side(files, tmp_path):
    out = ("--out-problem", tmp_path / "better.json", "--out", tmp_path / "plan.json")
    done = wadah("invest", *files, "--budget", 1400, "--space", 6, *out)
    assert done.returncode == 0, done.stderr
    for word in ("HOURS, LATHE", "Rp1.400", "hemat Rp2.000", "Terbukti", "menurut harga"):
        assert word in done.stdout
    better, plan = read_problem(tmp_path / "better.json"), read_plan(tmp_path / "plan.json")
    assert violations(better, plan) == ()
    assert plan.objective == pytest.approx(0.0)


def test_the_same_as_data_and_in_english(files):
    answer = json.loads(wadah("invest", *files, "--budget", 900, "--json").stdout)
    assert (answer["chosen"], answer["saved"], answer["proven"]) == (["LATHE"], pytest.approx(1000.0), True)
    assert "Best package: HOURS" in wadah("invest", *files, "--budget", 600, "--lang", "en").stdout
    assert "No package" in wadah("invest", *files, "--budget", 1, "--lang", "en").stdout


def test_a_floor_brings_in_whom_the_savings_leave_out(files):
    rows = [ROWS[0] | {"group": "Jatiasih"}, ROWS[1] | {"group": "Pondok Gede"}]
    files[1].write_text(json.dumps(rows))
    asked = ("invest", *files, "--budget", 1400, "--json")
    answer = json.loads(wadah(*asked, "--least-groups", 2).stdout)
    assert answer["chosen"] == ["HOURS", "LATHE"]
    tight = ("invest", *files, "--budget", 900, "--json")
    assert json.loads(wadah(*tight).stdout)["chosen"] == ["LATHE"]
    assert json.loads(wadah(*tight, "--least-each", "Jatiasih=500").stdout)["chosen"] == ["HOURS"]
    twice = ("--least-each", "Jatiasih=9000", "--least-each", "Jatiasih=500")
    assert json.loads(wadah(*tight, *twice).stdout)["chosen"] == ["HOURS"]


def test_a_floor_that_cannot_be_reached_is_said_with_the_way_out(files):
    rows = [ROWS[0] | {"group": "Jatiasih"}, ROWS[1] | {"group": "Pondok Gede"}]
    files[1].write_text(json.dumps(rows))
    done = wadah("invest", *files, "--budget", 900, "--least-groups", 2)
    assert (done.returncode, done.stdout) == (1, "")
    assert "--budget" in done.stderr
    done = wadah("invest", *files, "--budget", 900, "--least-each", "Jatisari=500", "--lang", "en")
    assert (done.returncode, "No candidate is of Jatisari" in done.stderr) == (1, True)
    for wrong in ("Jatiasih", "=5", "Jatiasih=many"):
        assert wadah("invest", *files, "--budget", 900, "--least-each", wrong).returncode == 2


def test_bad_candidates_and_bad_numbers_end_in_words(files, tmp_path):
    (tmp_path / "candidates.json").write_text('[{"id": "A", "cost": "much"}]')
    done = wadah("invest", *files, "--budget", 5)
    assert done.returncode == 2
    for word in ("candidates.json", "cost", "much"):
        assert word in done.stderr
    done = wadah("invest", files[0], tmp_path / "nowhere.csv", "--budget", 5)
    assert (done.returncode, "nowhere.csv" in done.stderr) == (2, True)
    assert wadah("invest", *files, "--budget", -1).returncode == 2
