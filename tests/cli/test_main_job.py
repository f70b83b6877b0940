"""The main job from the command line: problem in, plan out, accepted by the referee."""

import json

import pytest

from cli.terminal import wadah

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


def test_a_plan_costs_what_its_pieces_cost(tmp_path):
    problem, plan = tmp_path / "problem.json", tmp_path / "plan.json"
    problem.write_text(json.dumps(PROBLEM))
    assert wadah("plan", problem, "--time-limit", 20, "--out", plan).returncode == 0
    assert json.loads(plan.read_text())["objective"] == 60 * 900 + 120 * 300
    checked = wadah("check", problem, plan)
    assert checked.returncode == 0
    assert "Rp90.000" in checked.stdout
    assert "120 BOLT" in wadah("show", problem, plan).stdout


@pytest.mark.parametrize("name", ["bekasi-batik", "pooled-vehicle"])
def test_each_example_is_written_planned_and_accepted(name, tmp_path):
    problem, plan = tmp_path / "problem.json.gz", tmp_path / "plan.json"
    assert wadah("example", name, "--out", problem).returncode == 0
    assert wadah("plan", problem, "--time-limit", 5, "--out", plan).returncode == 0
    checked = wadah("check", problem, plan)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert 0 < json.loads(plan.read_text())["gap"] < 1
