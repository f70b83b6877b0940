"""Ways out: each one, applied and planned again, mends its order at the cost it named."""

from dataclasses import replace
from datetime import date

import pytest

from planning.oracle import oracle
from planning.tiny import tiny
from wadah.planning.explain import missing_in_time
from wadah.planning.plan import cost, row_violations
from wadah.planning.problem import Calendar, Capability, Order, Part, Problem, Workshop
from wadah.planning.solve import solve
from wadah.planning.why import Prices, ways, ways_out
from wadah.planning.why.changes import Approve, BuyIn, Firm, MoreHours

CASES = 50


def late_cases(seeds):
    """Tiny problems planned to the optimum, and the orders in them that miss something in time."""
    for seed in seeds:
        problem = tiny(seed)
        plan = solve(problem, time_limit=60.0)
        if plan.objective is not None:
            yield from ((problem, plan, order) for order in missing_in_time(problem, plan))


def test_fifty_ways_out_planned_again_mend_their_order_at_the_cost_they_named():
    checked, kinds = 0, set()
    for problem, plan, order in late_cases(range(4, 60)):
        for way in ways_out(problem, plan, order, time_limit=600.0).ways:
            changed = way.apply(problem)
            again = solve(changed, time_limit=20.0)
            assert missing_in_time(changed, again).get(order, 0.0) <= 1e-6
            spent = again.objective - plan.objective + way.price
            assert way.cost == pytest.approx(spent, rel=0.01, abs=2e-6 * max(again.objective, plan.objective, 1.0))
            assert way.proven
            checked += 1
            kinds.add(way.kind)
        if checked >= CASES:
            break
    assert checked >= CASES
    assert kinds == {"first", "later", "hours", "approve", "buy"}


def test_the_costs_hold_in_a_second_formulation_of_the_law():
    for problem, plan, order in list(late_cases(range(10, 15)))[:4]:
        before = oracle(problem).optimum
        for way in ways_out(problem, plan, order, time_limit=600.0).ways:
            after = oracle(way.apply(problem)).optimum
            assert way.cost == pytest.approx(after - before + way.price, rel=0.01, abs=1e-5 * max(before, after))


def bracket(**order: object) -> Problem:
    """W-1 makes 10 a week at an hour each; 30 are due in week 1, so 10 miss. W-2 bends plates, as W-1 does."""
    facts = {"quantity": 30.0, "due": 1, "short_cost": 900.0, "late_cost": 50.0} | order
    return Problem(
        Calendar(date(2026, 12, 7), 4),
        parts=(Part("BRACKET"), Part("PLATE")),
        workshops=(
            Workshop("W-1", (10.0,) * 4, (0.0,) * 4, 20.0),
            Workshop("W-2", (40.0,) * 4, (0.0,) * 4),
        ),
        capabilities=(
            Capability("BRACKET", "W-1", 1.0, cost_per_unit=5.0),
            Capability("PLATE", "W-1", 1.0),
            Capability("PLATE", "W-2", 1.0),
        ),
        orders=(Order("PO", "BRACKET", **facts),),
    )


def ways_of(problem, **options):
    plan = solve(problem, time_limit=60.0)
    return {way.kind: way for way in ways_out(problem, plan, "PO", most=9, **options).ways}


def test_each_kind_of_way_costs_what_a_pencil_says():
    found = ways_of(bracket(), prices=Prices(approval=70.0, piece=8.0))
    assert found.keys() == {"later", "hours", "approve", "buy"}  # "first" is impossible: the hours aren't there
    late = 10 * 50.0
    assert found["later"].cost == pytest.approx(-late)
    assert (found["later"].changes, found["later"].days) == ((Firm("PO", 2),), 7)
    assert found["hours"].cost == pytest.approx(10 * 20.0 - late)
    assert [sum(change.hours) for change in found["hours"].changes[1:]] == [pytest.approx(10.0)]
    assert found["approve"].cost == pytest.approx(70.0 - late)
    assert found["approve"].changes[1].row == Capability("BRACKET", "W-2", 1.0, cost_per_unit=5.0)
    assert found["buy"].cost == pytest.approx(10 * 8.0 - 10 * 5.0 - late)
    assert found["buy"].worth == pytest.approx(8.0 - found["buy"].cost / 10)
    assert all(way.saved == pytest.approx(late) for way in found.values())


def test_putting_an_order_first_names_whom_it_displaces():
    problem = bracket(quantity=20.0)
    rival = Order("RIVAL", "PLATE", 60.0, due=1, short_cost=9000.0, late_cost=500.0)
    only = tuple(row for row in problem.capabilities if row.workshop == "W-1")
    way = ways_of(replace(problem, orders=(*problem.orders, rival), capabilities=only))["first"]
    assert [(row.order, row.pieces) for row in way.displaced] == [("RIVAL", 20.0)]
    assert way.cost > 0


def test_an_order_that_is_in_time_needs_no_way_out():
    problem = bracket(quantity=20.0)
    found = ways_out(problem, solve(problem, time_limit=10.0), "PO")
    assert (found.ways, found.tried) == ((), 0)


def test_an_overdue_order_is_mended_by_the_first_day_there_is():
    way = ways_of(bracket(due=-2, quantity=15.0))["hours"]
    assert (way.changes[0], way.delivered, way.days) == (Firm("PO", 0), 0, 14)


def test_an_order_beyond_the_calendar_has_no_way_out():
    problem = bracket(due=9, earliest=8)
    assert ways_out(problem, solve(problem, time_limit=10.0), "PO").ways == ()


def test_a_plan_that_could_be_cheaper_is_not_charged_to_the_way_out():
    problem = bracket()
    plan = solve(problem, time_limit=60.0)
    nothing = replace(plan, make=(), deliver=(), short=(("PO", 30.0),), overtime=())
    found = ways_out(problem, nothing, "PO")
    assert found.again == pytest.approx(sum(cost(problem, nothing).values()) - plan.objective)
    assert all(way.before == pytest.approx(plan.objective) for way in found.ways)


def test_no_time_leaves_no_way_and_no_harm():
    problem = bracket()
    plan = solve(problem, time_limit=60.0)
    assert ways_out(problem, plan, "PO", time_limit=10.0, should_stop=lambda: True).ways == ()


def test_changes_leave_the_rest_of_the_problem_alone():
    problem = bracket()
    more = MoreHours("W-2", (0.0, 2.0, 0.0, 0.0), rate=15.0).apply(problem)
    assert more.workshop["W-2"].overtime_hours == (0.0, 2.0, 0.0, 0.0)
    assert more.workshop["W-2"].overtime_cost == 15.0
    assert more.workshops[0] == problem.workshops[0]
    assert MoreHours("W-1", (1.0,) * 4, rate=15.0).apply(problem).workshop["W-1"].overtime_cost == 20.0
    assert BuyIn("PLATE", 3.0).apply(problem).part["PLATE"].stock == 3.0
    assert len(Approve(Capability("BRACKET", "W-2", 1.0), "W-1").apply(problem).capabilities) == 4


@pytest.mark.parametrize("seed", [4, 8, 10, 14, 19, 21])
def test_a_way_found_near_the_order_is_a_plan_of_the_whole_at_the_cost_it_names(seed, monkeypatch):
    problem = tiny(seed)
    plan = solve(problem, time_limit=60.0)
    margin = 3e-6 * max(1.0, plan.objective)
    monkeypatch.setattr(ways, "MOST_CELLS", 0)
    for order in missing_in_time(problem, plan):
        found = ways_out(problem, plan, order, most=9, time_limit=60.0)
        assert not found.whole
        for way, after in zip(found.ways, found.plans, strict=True):
            changed = way.apply(problem)
            assert row_violations(changed, after) == ()
            assert missing_in_time(changed, after).get(order, 0.0) <= 1e-6
            assert way.after == pytest.approx(sum(cost(changed, after).values()))
            assert way.before == pytest.approx(plan.objective, abs=margin)  # the plan was the best
            assert way.cost >= solve(changed, time_limit=60.0).objective - plan.objective + way.price - margin
            assert way.least - margin <= way.cost <= way.most + margin


@pytest.mark.parametrize("cells", [0, 1_500])
def test_a_kind_that_mends_nothing_is_named_with_its_reason(cells, monkeypatch):
    monkeypatch.setattr(ways, "MOST_CELLS", cells)
    problem = bracket()
    found = ways_out(problem, solve(problem, time_limit=60.0), "PO", most=9, time_limit=120.0)
    assert [(row.kind, row.code) for row in found.without] == [("first", "impossible")]  # the hours aren't there
    assert ways_out(problem, solve(problem, time_limit=60.0), "PO", most=3, time_limit=120.0).without == ()


@pytest.mark.parametrize("cells", [0, 1_500])
def test_without_time_each_kind_says_so(cells, monkeypatch):
    monkeypatch.setattr(ways, "MOST_CELLS", cells)
    problem = bracket()
    plan = solve(problem, time_limit=60.0)
    found = ways_out(problem, plan, "PO", time_limit=10.0, should_stop=lambda: True)
    assert {row.code for row in found.without} == {"time"}
    assert len(found.without) == 5


def test_near_an_order_the_answer_is_the_same_whatever_time_there_is(monkeypatch):
    monkeypatch.setattr(ways, "MOST_CELLS", 0)
    problem = tiny(8)
    plan = solve(problem, time_limit=60.0)
    (order, *_) = missing_in_time(problem, plan)
    assert ways_out(problem, plan, order, time_limit=60.0) == ways_out(problem, plan, order, time_limit=600.0)


def test_near_an_order_every_kind_of_way_costs_what_a_pencil_says(monkeypatch):
    monkeypatch.setattr(ways, "MOST_CELLS", 0)
    found = ways_of(bracket(), prices=Prices(approval=70.0, piece=8.0))
    late = 10 * 50.0
    assert found.keys() == {"later", "hours", "approve", "buy"}
    assert found["later"].cost == pytest.approx(-late)
    assert found["hours"].cost == pytest.approx(10 * 20.0 - late)
    assert found["approve"].cost == pytest.approx(70.0 - late)
    assert found["buy"].cost == pytest.approx(10 * 8.0 - 10 * 5.0 - late)


def test_near_an_order_others_give_way_where_nothing_else_helps(monkeypatch):
    monkeypatch.setattr(ways, "MOST_CELLS", 0)
    problem = bracket(quantity=20.0)
    rival = Order("RIVAL", "PLATE", 60.0, due=1, short_cost=9000.0, late_cost=500.0)
    only = tuple(row for row in problem.capabilities if row.workshop == "W-1")
    way = ways_of(replace(problem, orders=(*problem.orders, rival), capabilities=only))["first"]
    assert [row.order for row in way.displaced] == ["RIVAL"]
    assert way.cost > 0
