"""Promises and replanning measured beside a small city's plan, on either clock."""

from __future__ import annotations

import csv
import time
from dataclasses import replace

import pytest
from benchmarks.answer_cases import committed, happenings, questions
from benchmarks.busy import processor_clock
from benchmarks.measure import Refused

from benchmarks import answers
from wadah.planning import solver, stop
from wadah.planning.city import generate
from wadah.planning.files import write_problem
from wadah.planning.plan import Plan, priced
from wadah.planning.solve import solve

CITY = generate(8, 6, 10, 6, seed=3)


def test_each_answer_has_a_row_and_nothing_is_planned_twice(tmp_path, capsys):
    write_problem(CITY, tmp_path / "town.json.gz")
    out = tmp_path / "rows.csv"
    words = ["--city", "town", "--bench", str(tmp_path), "--questions", "2", "--changes", "3", "--full", "1"]
    words += ["--plan-seconds", "2", "--threads", "1", "--keep", str(tmp_path), "--processor", "--out", str(out)]
    assert answers.main(words) == 0
    with out.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["kind"] for row in rows] == ["promise"] * 2 + ["replan"] * 3
    first, *_ = [row for row in rows if row["kind"] == "replan"]
    assert float(first["full"]) > 0
    assert float(first["bound"]) > 0
    assert all(float(row["objective"]) >= float(row["bound"]) for row in rows if row["kind"] == "replan")
    assert "town replan: 3 cases" in capsys.readouterr().out
    assert {path.name for path in tmp_path.glob("*.plan.json")} == {"town.plan.json", "town.0.0.plan.json"}


def test_the_same_seed_draws_the_same_cases_and_no_commitment_is_struck():
    plan = solve(CITY, effort=1)
    held = committed(CITY, plan, 5)
    assert 0 < len(held.committed) < len(plan.make)
    assert happenings(held, plan, 6, 5) == happenings(held, plan, 6, 5)
    assert questions(CITY, 5, 5) == questions(CITY, 5, 5) != questions(CITY, 5, 6)


def test_a_bound_above_a_plan_from_nothing_is_refused():
    answer = answers.replan(CITY, solve(CITY, effort=1), [], time_limit=5)
    idle = Plan("feasible", short=tuple((order.id, order.quantity) for order in CITY.orders))
    cheap = replace(priced(CITY, idle), objective=0.0)
    with pytest.raises(Refused):
        answers.against(cheap, answer, CITY)


def test_the_processor_clock_counts_work_and_not_waiting_and_is_put_back():
    plain = stop.time, solver.limits, solver.Session.listen
    with processor_clock() as now:
        began = now()
        time.sleep(0.3)
        assert now() - began < 0.2
        sum(number * number for number in range(3_000_000))
        assert now() - began > 0.05
    assert (stop.time, solver.limits, solver.Session.listen) == plain
