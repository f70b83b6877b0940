"""What is written is read back the same, in every format, and a write is all or nothing."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.rich import PROBLEM, ROWS
from wadah.planning.errors import PlanError, ProblemError
from wadah.planning.files import (
    plan_from_dict,
    plan_to_dict,
    problem_from_dict,
    problem_to_dict,
    read_plan,
    read_problem,
    write_plan,
    write_problem,
)
from wadah.planning.jsontext import parse, written
from wadah.planning.plan import Plan, Prices
from wadah.planning.problem import Calendar, Capability, Lot, Order, Part, Problem, Workshop

NAMES = [
    ("p.json", "csv"),
    ("p.json.gz", "csv"),
    ("p.zip", "csv"),
    ("folder", "csv"),
    ("p.zip", "parquet"),
    ("folder", "parquet"),
]
PLAN = replace(
    ROWS,
    objective=1 / 3,
    gap=0.1,
    seconds=1.25,
    stopped="time limit, “as told”\n",
    cost={"make": 0.1, "late": 2.0},
    prices=Prices(hours=(("SARI", 3, 12500.5),), parts=(("BOLT", 0, -1e-9),)),
)


@pytest.mark.parametrize(("name", "tables"), NAMES)
def test_a_problem_with_every_feature_comes_back_the_same(tmp_path, name, tables):
    write_problem(PROBLEM, tmp_path / name, tables)
    assert read_problem(tmp_path / name) == PROBLEM


@pytest.mark.parametrize(("name", "tables"), NAMES)
def test_a_plan_comes_back_the_same(tmp_path, name, tables):
    write_plan(PLAN, tmp_path / name, tables)
    assert read_plan(tmp_path / name) == PLAN


@pytest.mark.parametrize(("name", "tables"), NAMES)
def test_a_plan_without_rows_or_objective_comes_back_the_same(tmp_path, name, tables):
    plan = Plan("none", bound=5.0, stopped="time limit")
    write_plan(plan, tmp_path / name, tables)
    assert read_plan(tmp_path / name) == plan


@pytest.mark.parametrize(("name", "tables"), NAMES)
def test_a_problem_without_rows_comes_back_the_same(tmp_path, name, tables):
    problem = Problem(Calendar(date(2026, 12, 7), 3, "day"))
    write_problem(problem, tmp_path / name, tables)
    assert read_problem(tmp_path / name) == problem


@pytest.mark.parametrize(("name", "tables"), NAMES)
def test_the_same_problem_is_written_as_the_same_bytes(tmp_path, name, tables):
    def contents(path):
        return sorted(f.read_bytes() for f in path.iterdir()) if path.is_dir() else path.read_bytes()

    for place in ("a", "b"):
        (tmp_path / place).mkdir()
        write_problem(PROBLEM, tmp_path / place / name, tables)
    assert contents(tmp_path / "a" / name) == contents(tmp_path / "b" / name)


def test_what_has_its_default_is_left_out():
    document = problem_to_dict(PROBLEM)
    assert document["parts"][4] == {"id": "FILM", "integer": False}
    assert document["workshops"][1]["hours"] == 40
    assert "min_lot" not in document["capabilities"][3]
    assert "short_cost" in document["orders"][3]


def test_a_plan_of_numpy_numbers_is_written_as_plain_ones():
    import numpy as np

    plan = Plan("feasible", objective=np.float64(1.5), make=(("A", "W", np.int64(3), np.float64(2.0)),))
    assert '["A", "W", 3, 2]' in written(plan_to_dict(plan))
    assert plan_from_dict(parse(written(plan_to_dict(plan)))).objective == 1.5


def test_writing_again_replaces_a_folder_of_the_other_tables(tmp_path):
    write_problem(PROBLEM, tmp_path / "folder", "csv")
    write_problem(PROBLEM, tmp_path / "folder", "parquet")
    assert {path.suffix for path in (tmp_path / "folder").iterdir()} == {".parquet"}
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_a_folder_with_other_files_is_not_overwritten(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "letter.txt").write_text("keep me")
    with pytest.raises(ProblemError) as caught:
        write_problem(PROBLEM, tmp_path / "folder")
    assert caught.value.faults[0].code == "folder_in_use"
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["letter.txt"]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    target = tmp_path / "plan.json"
    write_plan(PLAN, target)
    before = target.read_bytes()

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(PlanError) as caught:
        write_plan(replace(PLAN, status="optimal"), target)
    assert caught.value.faults[0].code == "unwritable"
    assert target.read_bytes() == before
    assert list(tmp_path.iterdir()) == [target]


def test_a_place_that_is_not_there_is_named(tmp_path):
    with pytest.raises(PlanError) as caught:
        write_plan(PLAN, tmp_path / "nowhere" / "plan.json")
    assert caught.value.faults[0].code == "unwritable"


# -- any problem ------------------------------------------------------------------------------------------------------

amounts = st.floats(0, 1e12) | st.integers(0, 10**6).map(float)
names = st.text(min_size=1, max_size=8).filter(lambda s: s.strip() and "\x00" not in s and s.isprintable())


@st.composite
def problems(draw):
    periods = draw(st.integers(1, 3))
    series = st.lists(amounts, min_size=periods, max_size=periods).map(tuple)
    parts = draw(st.lists(names, unique=True, max_size=3))
    shops = draw(st.lists(names, unique=True, max_size=3))
    maybe = st.none() | amounts
    pairs = [(part, shop) for part in parts for shop in shops]
    return Problem(
        Calendar(draw(st.dates()), periods),
        tuple(
            Part(name, integer=False, stock=draw(amounts), shelf_life=draw(st.none() | st.just(2))) for name in parts
        ),
        tuple(Workshop(name, draw(series), draw(series), draw(amounts)) for name in shops),
        tuple(Capability(p, w, draw(amounts), max_per_period=draw(st.none() | series)) for p, w in pairs),
        tuple(Order(p, p, draw(amounts), draw(st.integers(-9, 9)), draw(maybe), late_cost=draw(maybe)) for p in parts),
        tuple(Lot(p, w, periods - 1, draw(amounts)) for p, w in pairs),
        change_cost=draw(amounts),
    )


@settings(max_examples=25, deadline=None)
@given(problems())
def test_any_problem_comes_back_the_same(tmp_path_factory, problem):
    folder = tmp_path_factory.mktemp("any")
    assert problem_from_dict(parse(written(problem_to_dict(problem)))) == problem
    for name, tables in (("p.zip", "csv"), ("p.zip", "parquet")):
        write_problem(problem, folder / name, tables)
        assert read_problem(folder / name) == problem


def test_a_plan_with_a_number_that_is_none_is_not_written(tmp_path):
    with pytest.raises(PlanError) as caught:
        write_plan(replace(PLAN, objective=math.nan), tmp_path / "plan.json")
    assert caught.value.faults[0].code == "not_finite"
    assert list(tmp_path.iterdir()) == []
