"""The programme measured on a small city: every method has its row, and a run that is repeated goes on."""

from __future__ import annotations

import csv

import pytest

from benchmarks import programme, programme_cases, results_file
from wadah.planning.city import generate
from wadah.planning.invest import package
from wadah.planning.solve import solve


@pytest.fixture
def town(monkeypatch):
    """A city of 20 workshops, treated as one too large to be planned again whole."""
    sizes = {20: (12, 15, 6)}
    monkeypatch.setattr(programme_cases, "SIZES", sizes)
    monkeypatch.setattr(programme, "PLAN_SECONDS", {20: 2.0})
    monkeypatch.setattr(programme, "BOUND_SECONDS", 2.0)
    monkeypatch.setattr(programme_cases, "CANDIDATES", 6)
    monkeypatch.setattr(package, "LARGE", 0)


def rows_of(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_the_chosen_package_is_held_against_rules_and_random_ones(town, tmp_path, capsys):
    words = ["--workshops", "20", "--seeds", "5", "--random", "2", "--keep", str(tmp_path), "--package-seconds", "15"]
    out = tmp_path / "rows.csv"
    assert programme.main([*words, "--out", str(out)]) == 0
    rows = rows_of(out)
    assert [row["method"] for row in rows] == ["wadah", *programme.RULES, *["random"] * 2]
    for row in rows:
        assert float(row["gain_least"]) - 1 <= float(row["gain"]) <= float(row["gain_most"]) + 1
        assert float(row["cost"]) <= float(row["budget"])
        assert float(row["space"]) <= float(row["floor"])
    assert float(rows[0]["gain"]) <= float(rows[0]["most"]) + 1
    assert "best of 2 random" in capsys.readouterr().out
    assert programme.main([*words, "--out", str(out)]) == 0
    assert rows_of(out) == rows  # nothing is measured twice


def test_a_package_that_falls_behind_by_more_than_the_gaps_is_told():
    same = {"city": "x", "budget": 9, "floor": 9, "most": 9, "cost": 1, "by_prices": 1, "gain_least": 0, "gain_most": 9}
    ours = same | {"method": "wadah", "gain": 5, "after": 95, "after_bound": 94}
    other = same | {"method": "random", "gain": 7, "after": 93, "after_bound": 92}
    assert programme.told([ours, other]) == 0  # behind by 2, gaps of 2
    assert programme.told([ours, other | {"gain": 8, "after": 92}]) == 1


def test_the_same_seed_gives_the_same_candidates():
    problem = generate(20, 12, 15, 6, seed=5)
    plan = solve(problem, effort=1)
    one, again, other = (programme_cases.case_of(problem, plan, seed, 8) for seed in (5, 5, 6))
    assert one == again
    assert one.candidates != other.candidates
    assert one.limits.completed(one.candidates, frozenset()) is not None


def test_the_committed_rows_are_whole_and_the_chosen_package_is_not_behind():
    rows = results_file.read_rows(results_file.path_of("programme"))
    cities = {(int(row["workshops"]), row["city"]) for row in rows}
    assert {workshops for workshops, _city in cities} == set(programme.RANDOM)
    for workshops, city in cities:
        mine = [row for row in rows if row["city"] == city]
        drawn = sorted(int(row["draw"]) for row in mine if row["method"] == "random")
        assert drawn == list(range(programme.RANDOM[workshops]))
        assert {row["method"] for row in mine} == {programme.CHOSEN, *programme.RULES, "random"}
    assert programme.told(rows) == 0
