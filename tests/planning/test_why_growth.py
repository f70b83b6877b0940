"""What an hour of a skill is worth: its price, and planning again with a newcomer."""

from dataclasses import replace
from datetime import date

import pytest

from planning.tiny import tiny
from wadah.planning import growth
from wadah.planning.growth import added, grow, skill_prices, with_prices
from wadah.planning.plan import Prices, row_violations
from wadah.planning.problem import Calendar, Capability, Order, Part, Problem, Workshop
from wadah.planning.solve import solve
from wadah.planning.why.again import plan_again


def short_of_hours(periods=2):
    """Ten hours a week for pieces of half an hour; sixty are asked, each worth 100 less the 4 it costs to make."""
    return Problem(
        Calendar(date(2026, 12, 7), periods),
        parts=(Part("BOLT"), Part("NUT")),
        workshops=(
            Workshop("W-1", (10.0,) * periods, (0.0,) * periods),
            Workshop("W-2", (90.0,) * periods, (0.0,) * 2),
        ),
        capabilities=(Capability("BOLT", "W-1", 0.5, cost_per_unit=4.0), Capability("NUT", "W-2", 0.5)),
        orders=(
            Order("A", "BOLT", 60.0, due=1, short_cost=100.0),
            Order("B", "NUT", 20.0, due=1, short_cost=100.0),
        ),
    )


def test_an_hour_of_a_scarce_skill_is_worth_the_pieces_it_makes():
    problem = short_of_hours()
    skills = {row.part: row for row in skill_prices(problem, solve(problem, time_limit=60.0))}
    assert skills["BOLT"].by_period == pytest.approx(((100.0 - 4.0) / 0.5,) * 2)
    assert skills["BOLT"].used == (10.0, 10.0)
    assert skills["NUT"].mean == 0.0


def test_planning_again_with_a_newcomer_saves_what_the_price_promised_and_makes_the_pieces():
    problem = short_of_hours()
    plan = solve(problem, time_limit=60.0)
    (row,) = grow(problem, plan, skill_prices(problem, plan)[:1], hours=2.0, time_limit=60.0)
    assert (row.part, row.saved) == ("BOLT", pytest.approx(8 * 96.0))
    assert row.price == pytest.approx(row.saved)
    assert (row.short, row.late, row.worked) == (8.0, 0.0, 4.0)
    assert row.jobs == pytest.approx(4.0 / 80.0)


def test_more_hours_than_are_asked_for_save_less_than_the_price_promised():
    problem = short_of_hours()
    plan = solve(problem, time_limit=60.0)
    (row,) = grow(problem, plan, skill_prices(problem, plan)[:1], hours=40.0, time_limit=60.0)
    assert row.saved == pytest.approx(20 * 96.0)
    assert row.price > row.saved


@pytest.mark.parametrize("seed", [2, 8, 10])
def test_a_newcomer_never_makes_the_plan_dearer_and_saves_no_more_than_is_proven(seed):
    problem = tiny(seed)
    plan = solve(problem, time_limit=60.0)
    for row in grow(problem, plan, skill_prices(problem, plan), hours=3.0, time_limit=120.0):
        again = solve(added(problem, row.part, 3.0), time_limit=60.0)
        assert row.saved == pytest.approx(plan.objective - again.objective, abs=3e-6 * max(1.0, plan.objective))
        assert 0.0 <= row.saved <= row.most + 1e-6 * max(1.0, plan.objective)


def test_a_plan_without_prices_gets_those_of_the_relaxation():
    problem = short_of_hours()
    plan = solve(problem, time_limit=60.0)
    bare = replace(plan, prices=Prices())
    assert with_prices(problem, plan, 10.0) is plan
    assert skill_prices(problem, with_prices(problem, bare, 60.0))[0].mean == pytest.approx(192.0)


def test_planning_again_is_never_dearer_than_the_plan_in_hand():
    problem = tiny(10)
    plan = solve(problem, time_limit=60.0)
    kept = plan_again(problem, plan, 0.01)
    assert kept.objective <= plan.objective
    assert row_violations(problem, kept) == ()


def test_near_a_part_a_newcomer_saves_what_the_price_promised(monkeypatch):
    monkeypatch.setattr(growth, "MOST_CELLS", 0)
    problem = short_of_hours()
    plan = solve(problem, time_limit=60.0)
    (row,) = grow(problem, plan, skill_prices(problem, plan)[:1], hours=2.0, time_limit=60.0)
    assert (row.part, row.saved, row.whole) == ("BOLT", pytest.approx(8 * 96.0), False)
    assert (row.short, row.worked, row.jobs) == (8.0, 4.0, pytest.approx(4.0 / 80.0))


@pytest.mark.parametrize("seed", [2, 8, 10])
def test_near_a_part_no_more_is_saved_than_planning_everything_again_saves(seed, monkeypatch):
    monkeypatch.setattr(growth, "MOST_CELLS", 0)
    problem = tiny(seed)
    plan = solve(problem, time_limit=60.0)
    for row in grow(problem, plan, skill_prices(problem, plan), hours=3.0, time_limit=120.0):
        again = solve(added(problem, row.part, 3.0), time_limit=60.0)
        assert 0.0 <= row.saved <= plan.objective - again.objective + 3e-6 * max(1.0, plan.objective)
        assert row.saved <= row.most


@pytest.mark.parametrize(("most", "settled"), [(0.0, True), (500.0, True), (5e6, False)])
def test_nothing_saved_is_settled_only_with_a_proof(most, settled):
    problem = short_of_hours()
    plan = solve(problem, time_limit=60.0)
    skill = skill_prices(problem, plan)[0]
    row = growth.growth(problem, problem, (plan, plan), (0.0, most), skill, 2.0, whole=False)
    assert (row.saved, row.most, row.settled) == (0.0, most, settled)


def test_a_city_without_prices_gets_those_of_the_first_order_method(monkeypatch):
    problem = short_of_hours()
    bare = replace(solve(problem, time_limit=60.0), prices=Prices())
    monkeypatch.setattr(growth, "MOST_COLUMNS", 0)
    assert skill_prices(problem, with_prices(problem, bare, 60.0))[0].mean == pytest.approx(192.0, rel=1e-3)
