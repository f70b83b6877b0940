"""`wadah prices` as its user meets it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from cli.terminal import wadah
from planning.test_why_growth import short_of_hours
from wadah.planning.files import write_plan, write_problem
from wadah.planning.plan import Plan
from wadah.planning.solve import solve


def files(folder, problem, plan=None):
    write_problem(problem, folder / "problem.json")
    write_plan(plan or solve(problem, time_limit=60.0), folder / "plan.json")
    return folder / "problem.json", folder / "plan.json"


def test_a_scarce_skill_is_priced_by_week_and_planned_again(tmp_path):
    both = files(tmp_path, short_of_hours())
    done = wadah("prices", *both, "--hours", 2)
    assert done.returncode == 0, done.stderr
    for word in ("BOLT", "Rp192", "Rp768", "pekerjaan 40 jam"):
        assert word in done.stdout
    assert "jobs of 40 h" in wadah("prices", *both, "--lang", "en").stdout
    answer = json.loads(wadah("prices", *both, "--json", "--hours", 2).stdout)
    assert answer["growth"][0]["saved"] == pytest.approx(768.0)
    assert answer["skills"][0]["mean"] == pytest.approx(192.0)


def test_where_nothing_is_scarce_it_says_so(tmp_path):
    done = wadah("prices", *files(tmp_path, replace(short_of_hours(), orders=())))
    assert done.returncode == 0
    assert "langka" in done.stdout


def test_no_plan_and_bad_numbers_end_in_words(tmp_path):
    both = files(tmp_path, short_of_hours(), Plan("none", stopped="time limit"))
    assert wadah("prices", *both).returncode == 1
    done = wadah("prices", *both, "--hours", "-3")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
