"""A measurement in a process of its own, and what is drawn from the published sets."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import pytest
from benchmarks.instances import catalogue, find, load
from benchmarks.results_file import read_rows
from benchmarks.suites import all_tasks, sample

from benchmarks import case, growth, run
from planning.published.lotsizing import F4
from wadah.planning.files import write_problem
from wadah.planning.problem import Calendar, Capability, Order, Part, Problem, Workshop


@pytest.fixture
def bench(tmp_path):
    """A folder with one published set of one instance."""
    with zipfile.ZipFile(tmp_path / "trigeiro.zip", "w") as archive:
        archive.writestr("F4.DAT", F4)
        archive.writestr("solver_values.csv", "instance,obj,status\nF4.DAT,33897.0,Optimal\n")
    return tmp_path


def test_a_problem_file_is_measured_and_refereed(tmp_path, capsys):
    write_problem(small(), tmp_path / "small.json")
    words = [str(tmp_path / "small.json"), "--seconds", "5", "--json", "--bench", str(tmp_path)]
    assert case.main([*words, "--method", "wadah"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["rows"]
    assert row["status"] == "optimal"
    assert row["objective"] == pytest.approx(10.0)
    assert row["memory_mb"] > 20
    assert row["first_plan_seconds"] <= row["seconds"]


def small():
    return Problem(
        Calendar(growth_start(), 1),
        parts=(Part("BOLT"),),
        workshops=(Workshop("SARI", (40.0,), (0.0,)),),
        capabilities=(Capability("BOLT", "SARI", 1.0, cost_per_unit=2.0),),
        orders=(Order("CAR", "BOLT", 5.0, 0, 100.0),),
    )


def growth_start():
    from datetime import date

    return date(2026, 12, 7)


def test_a_run_that_is_started_again_measures_only_what_is_missing(bench, monkeypatch):
    asked = []

    def measured(name, method, seconds, **_given):
        asked.append(method)
        return {"status": "feasible", "objective": 33900.0, "bound": 33800.0, "gap": 0.003, "seconds": seconds}

    monkeypatch.setattr(run, "measured", measured)
    out = bench / "out.csv"
    words = ["sample", "--bench", str(bench), "--out", str(out)]
    assert run.main([*words, "--methods", "wadah"]) == 0
    assert run.main(words) == 0
    rows = read_rows(out)
    assert [row["method"] for row in rows[:3]] == ["wadah-cold", "wadah", "highs"]
    assert len({row["method"] for row in rows}) == len(rows) == 7
    before = len(asked)
    assert run.main(words) == 0
    assert len(read_rows(out)) == 7
    assert len(asked) - before == 6  # filling the cache, which isn't counted


def test_a_bound_above_a_plan_ends_the_run(bench, monkeypatch, capsys):
    def measured(_name, method, _seconds, **_given):
        return {"status": "feasible", "objective": 100.0 if method == "highs" else 200.0, "bound": 150.0}

    monkeypatch.setattr(run, "measured", measured)
    assert run.main(["sample", "--bench", str(bench), "--out", str(bench / "out.csv")]) == 3
    assert "bound 150.0" in capsys.readouterr().err


def test_a_folder_without_sets_is_refused_in_words(tmp_path, capsys):
    assert run.main(["sample", "--bench", str(tmp_path)]) == 2
    assert "SHARED=" in capsys.readouterr().err
    assert case.main(["F99", "--bench", str(tmp_path)]) == 2
    assert "F99" in capsys.readouterr().err


def test_a_short_name_is_enough_and_the_known_value_comes_with_it(bench):
    instance = find(bench, "F4")
    assert (instance.name, instance.kind, instance.known) == ("trigeiro/F4", "trigeiro", 33897.0)
    assert load(bench, instance).periods == 15


def test_the_exponent_is_the_slope_on_logarithmic_scales():
    assert growth.exponent([(10, 2.0), (100, 20.0), (1000, 200.0)]) == pytest.approx(1.0)
    assert growth.seconds_to([(1.0, None, 0.0), (2.0, 100.0, 90.0), (3.0, 100.0, 99.0)], 0.02) == 3.0
    assert growth.seconds_to([(1.0, 100.0, 90.0)], 0.02) is None


SHARED = os.environ.get("WADAH_SHARED")


@pytest.mark.shared
@pytest.mark.skipif(SHARED is None, reason="needs the folder of the published sets: make shared SHARED=folder")
def test_every_file_of_every_published_set_is_read():
    bench = Path(SHARED) / "bench"
    rows = [row for row in catalogue(bench) if row.kind not in ("city", "peer")]
    counts = {kind: sum(row.kind == kind for row in rows) for kind in {row.kind for row in rows}}
    assert counts == {
        "gap": 78,
        "gap-c": 15,
        "location": 128,
        "trigeiro": 22,
        "td-a": 1500,
        "td-b": 600,
        "td-c": 600,
    }
    for row in rows:
        assert load(bench, row).orders, row.name


@pytest.mark.shared
@pytest.mark.skipif(SHARED is None, reason="needs the folder of the published sets: make shared SHARED=folder")
def test_a_seed_draws_the_same_sample_again():
    bench = Path(SHARED) / "bench"
    drawn = [row.name for row in sample(bench, 5)]
    assert drawn == [row.name for row in sample(bench, 5)]
    assert drawn != [row.name for row in sample(bench, 6)]
    assert len(drawn) == 12 + 6 + 8 + 40 + 6 + 5
    assert len(all_tasks(bench, 5)) > 6 * 2900
