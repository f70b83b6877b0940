"""`wadah fairness` as its user meets it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from cli.terminal import wadah
from planning.test_fairness_curve import two
from wadah.planning.files import write_problem


@pytest.fixture
def file(tmp_path):
    write_problem(two(), tmp_path / "problem.json")
    return tmp_path / "problem.json"


def test_the_curve_is_drawn_with_its_prices_in_both_languages(file):
    done = wadah("fairness", file, "--key", "free_hours")
    assert done.returncode == 0, done.stderr
    for word in ("100% dari jam", "terbukti", "Rp20", "Rp40", "█"):
        assert word in done.stdout
    assert "Cost against fairness" in wadah("fairness", file, "--lang", "en").stdout


def test_the_same_as_data(file):
    answer = json.loads(wadah("fairness", file, "--json", "--steps", 2).stdout)
    assert answer["relaxed"] is True
    assert answer["max_min"] == pytest.approx(1.0)  # of the ten hours that each gets by an equal share
    assert [step["cost"] for step in answer["steps"]] == pytest.approx([20.0, 30.0, 40.0], rel=1e-5)


def test_targets_of_the_problem_and_members_with_weights(file, tmp_path):
    shops = tuple(replace(row, target_hours=hours) for row, hours in zip(two().workshops, (16.0, 4.0), strict=True))
    write_problem(replace(two(), workshops=shops), tmp_path / "targets.json")
    assert json.loads(wadah("fairness", tmp_path / "targets.json", "--json").stdout)["wish"]["W-1"] == 16.0
    (tmp_path / "members.csv").write_text("workshop,weight,newcomer\nW-1,3,0\nW-2,1,1\n")
    words = ("--key", "need", "--members", tmp_path / "members.csv", "--floor", 7)
    assert json.loads(wadah("fairness", file, "--json", *words).stdout)["wish"] == {"W-1": 15.0, "W-2": 7.0}


def test_bad_input_ends_in_words(file, tmp_path):
    (tmp_path / "members.csv").write_text("workshop,weight\nW-7,much\n")
    done = wadah("fairness", file, "--key", "need", "--members", tmp_path / "members.csv")
    assert done.returncode == 2
    for word in ("members.csv", "W-7", "much"):
        assert word in done.stderr
    done = wadah("fairness", file, "--key", "wished")
    assert (done.returncode, "--members" in done.stderr) == (2, True)


def test_nobody_to_share_among(file, tmp_path):
    write_problem(replace(two(), orders=()), tmp_path / "empty.json")
    done = wadah("fairness", tmp_path / "empty.json")
    assert done.returncode == 0
    assert "tidak ada yang dibagi" in done.stdout
