"""What a bound still proves after a change, against an independent optimum of the changed problem."""

from dataclasses import replace
from datetime import date

import pytest

from planning.oracle import oracle
from planning.test_repair import case
from wadah.planning.plan import Plan
from wadah.planning.problem import Calendar, Capability, Lot, Order, Part, Problem, Workshop
from wadah.planning.repair import Arrival, Decline, Out, replan
from wadah.planning.repair.carried import carried_bound
from wadah.planning.repair.changes import changed

SEEDS = 60


def least(problem):
    """The optimum, asked both ways: scipy's solver is now and then wrong."""
    found = [oracle(problem, presolve=way).optimum for way in (True, False)]
    return min((value for value in found if value is not None), default=None)


def test_no_plan_costs_less_than_the_carried_bound():
    above, useful, naive = [], 0, 0
    for seed in range(SEEDS):
        given = case(seed)
        if given is None:
            continue
        problem, plan, changes, change_cost = given
        now = changed(problem, plan, changes, release=True, change_cost=change_cost)
        before, after = least(problem), least(now)
        if before is None or after is None:
            continue
        bound = carried_bound(problem, now, before)
        useful += bound > 0
        naive += before > after + 1e-6 * max(1.0, after)
        if bound > after + 1e-6 * max(1.0, after):
            above.append((seed, bound, after))
    assert above == []
    assert useful > 15  # it says something
    assert naive > 0  # and the bound before, as it is, would be wrong


def stocked(**costs):
    """Ten bolts in stock that nobody wants yet, held for four weeks at 5 rupiah a bolt and week."""
    part = Part("BOLT", stock=10.0, holding_cost=5.0)
    makers = (Workshop("SARI", (40.0,) * 4, (0.0,) * 4), Workshop("KARIM", (40.0,) * 4, (0.0,) * 4))
    able = tuple(Capability("BOLT", row.id, 1.0, cost_per_unit=100.0) for row in makers)
    return Problem(Calendar(date(2026, 12, 7), 4), (part,), makers, able, **costs)


def test_an_order_that_relieves_the_stock_may_cost_less_than_nothing():
    problem = stocked()
    order = Order("NEW", "BOLT", 10.0, 3, 1000.0, earliest=1)
    now = changed(problem, Plan("optimal", 200.0), [Arrival(order)])
    assert oracle(problem).optimum == pytest.approx(200)
    assert oracle(now).optimum == pytest.approx(50)  # gone after the first week
    assert carried_bound(problem, now, 200.0) == pytest.approx(50)
    keeps = replace(problem, parts=(replace(problem.parts[0], shelf_life=1, holding_cost=5.0),))
    assert carried_bound(keeps, changed(keeps, Plan("optimal"), [Arrival(order)]), 50.0) == pytest.approx(50)


@pytest.mark.parametrize("change", [Decline("BOLT", "SARI", 1), Out("KARIM", 0, 2)])
def test_what_only_takes_room_away_leaves_the_bound(change):
    problem = stocked()
    assert carried_bound(problem, changed(problem, Plan("optimal"), [change]), 200.0) == pytest.approx(200)


def test_commitments_given_up_leave_no_bound():
    problem = stocked(committed=(Lot("BOLT", "SARI", 1, 5.0),))
    now = changed(problem, Plan("optimal"), [Decline("BOLT", "SARI", 1)], release=True)
    assert carried_bound(problem, now, 700.0) == 0.0


def test_a_cost_of_change_that_is_no_longer_counted_is_taken_off():
    problem = stocked(previous=(Lot("BOLT", "SARI", 0, 7.0),), change_cost=3.0)
    now = changed(problem, Plan("optimal"), [Decline("BOLT", "KARIM", 1)])  # the plan in force makes nothing
    best = oracle(problem).optimum
    assert best == pytest.approx(200 + 7 * 3)
    away = 40 - 7  # bolts from what was planned before to the most that the hours allow
    assert carried_bound(problem, now, best) == pytest.approx(best - away * 3, rel=1e-5)
    assert carried_bound(problem, now, best) <= oracle(now).optimum


def test_replanning_claims_what_the_plan_in_force_has_proven():
    problem = stocked(orders=(Order("CAR", "BOLT", 30.0, 2, 1000.0),))
    plan = oracle(problem).plan
    best = oracle(problem).optimum
    part, workshop, period, _ = plan.make[0]
    answer = replan(problem, replace(plan, bound=best), [Decline(part, workshop, period)], time_limit=20)
    assert answer.plan.bound >= best * (1 - 1e-9)
    assert answer.plan.objective >= answer.plan.bound
