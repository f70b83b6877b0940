"""What is judged before a row is written, and the rows that are committed."""

from __future__ import annotations

from benchmarks.report import measured_versions, section
from benchmarks.results_file import RESULTS, append, key_of, read_rows
from benchmarks.verdict import contradictions

ROW = {"instance": "F1", "method": "wadah", "status": "feasible", "objective": 100.0, "bound": 99.0, "known": ""}
ROW |= {"version": "0.1", "commit": "abc", "limit": 20.0, "threads": 2, "seed": 0, "suite": "sample", "cores": 2}
ROW |= {"memory_gb": 8, "gap": 0.01, "kind": "trigeiro", "seconds": 20.0, "date": "2026-12-01"}


def other(**changes):
    return ROW | {"method": "highs"} | changes


def test_a_bound_above_another_methods_plan_is_a_contradiction():
    assert contradictions([ROW, other(objective=98.0, bound=90.0)]) == [
        "F1: wadah says bound 99.0, highs has a plan at 98.0"
    ]
    assert contradictions([ROW, other(objective="", bound=100.1)]) == [
        "F1: highs says bound 100.1, wadah has a plan at 100.0"
    ]


def test_a_plan_beside_a_proof_that_there_is_none_is_a_contradiction():
    assert contradictions([ROW, other(objective="", bound="", status="infeasible")]) == [
        "F1: highs says infeasible, wadah has a plan"
    ]


def test_bounds_below_the_cheapest_plan_agree():
    assert contradictions([ROW, other(objective=99.0, bound=99.0), other(objective="", bound="", status="lost")]) == []


def test_every_committed_row_of_a_published_instance_obeys():
    for rows in map(read_rows, RESULTS.glob("*.csv")):
        mine = [row for row in rows if "method" in row and "instance" in row]
        for commit in {row["commit"] for row in mine}:
            assert contradictions([row for row in mine if row["commit"] == commit]) == []


def test_a_row_that_was_written_is_known_again(tmp_path):
    path = tmp_path / "results.csv"
    append(path, ROW)
    append(path, other())
    assert [key_of(row) for row in read_rows(path)] == [key_of(ROW), key_of(other())]


def test_the_table_has_one_row_a_version_of_its_last_commit(tmp_path):
    for row in (ROW, ROW | {"commit": "def", "gap": 0.02}, other(commit="def", gap=0.04, objective=104.0)):
        append(tmp_path / "0.1-sample.csv", row)
    text = section(measured_versions(tmp_path))
    assert "| 0.1 sample | 2026-12-01 | def | 2 cores, 8 GB |" in text
    assert "2.00 % (HiGHS 4.00 %) of 1" in text
    assert "abc" not in text


def test_files_of_another_kind_are_left_out_of_the_table(tmp_path):
    (tmp_path / "0.1-answers.csv").write_text("commit,question\nabc,promise\n")
    append(tmp_path / "0.1-sample.csv", ROW)
    assert [len(rows) for rows in measured_versions(tmp_path)] == [1]
