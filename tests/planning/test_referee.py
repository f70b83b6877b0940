"""What the referee lets pass: tolerances, rows left out, sums that the pages read. test_mutations.py has the rest."""

from dataclasses import replace
from time import perf_counter

import pytest

from planning.rich import PLAN, PROBLEM, ROWS, added, changed
from planning.tiny import tiny
from wadah.planning.plan import (
    COST_KINDS,
    Plan,
    Violation,
    cost,
    late_orders,
    priced,
    row_violations,
    stock_levels,
    text,
    used_hours,
    violations,
)
from wadah.planning.problem import Calendar, Capability, Lot, Order, Part, Problem, Workshop


def test_the_costs_of_a_plan_are_those_added_up_by_hand():
    making = 60 * 5 + 12 * 20 + 12 * 22 + 10 * 3 + 5 * 40 + 2.5 * 10
    brackets = 2 * (2 + 7 + 2)  # at the end of periods 1, 2 and 3
    bolts = 26 + 10 + 10 + 10
    cloths = 5 * (3 + 2)  # at the end of periods 1 and 2
    assert cost(PROBLEM, PLAN) == pytest.approx(
        {
            "make": making,
            "setup": 30,
            "overtime": 2 * 100,
            "engage": 3 * 50,
            "holding": brackets + bolts + cloths,
            "late": 1 * 5,
            "short": 2 * 500,
            "fairness": (100 - 32) * 10,
            "change": 7 * (2 + 3),
        }
    )
    assert tuple(PLAN.cost) == COST_KINDS
    assert PLAN.objective == pytest.approx(sum(PLAN.cost.values()))
    assert PLAN.gap == pytest.approx((PLAN.objective - 1000) / PLAN.objective)


def test_hours_count_pieces_and_set_ups():
    used = used_hours(PROBLEM, PLAN)
    assert used["SARI", 0] == pytest.approx(60 * 0.5 + 2)
    assert used["KARIM", 1] == pytest.approx(12 + 1 + 2 * 2 + 2.5)
    assert ("SARI", 1) not in used


def test_stock_is_what_is_left_at_the_end_of_each_period():
    levels = stock_levels(PROBLEM, PLAN)
    assert levels["BOLT"] == pytest.approx((26, 10, 10, 10))
    assert levels["BRACKET"] == pytest.approx((0, 2, 7, 2))
    assert levels["FISH"] == pytest.approx((0, 0, 0, 0))


def test_late_orders_are_those_delivered_after_their_due_period():
    assert late_orders(PROBLEM, PLAN) == {"CAR": 1.0}


def test_lead_time_never_reaches_before_the_first_period():
    part, bolt = Part("BRACKET", bom=(("BOLT", 2),), lead_time=9), Part("BOLT", stock=8)
    problem = replace(EMPTY, parts=(part, bolt), workshops=(SARI,), capabilities=(Capability("BRACKET", "SARI", 1.0),))
    plan = Plan("feasible", make=(("BRACKET", "SARI", 0, 1.0), ("BRACKET", "SARI", 1, 3.0)))
    assert stock_levels(problem, plan)["BOLT"] == (0, 0)
    assert violations(problem, priced(problem, plan)) == ()


def test_rows_of_zero_change_nothing():
    padded = added("make", ("BOLT", "SARI", 3, 0.0), ("BRACKET", "SARI", 0, 0))
    padded = replace(padded, deliver=(*ROWS.deliver, ("JIG", 0, 0.0)), overtime=(*ROWS.overtime, ("SARI", 0, 0.0)))
    padded = replace(padded, short=(*ROWS.short, ("JIG", 0.0)), scrap=(*ROWS.scrap, ("BOLT", 0, 0.0)))
    assert priced(PROBLEM, padded).cost == PLAN.cost
    assert violations(PROBLEM, priced(PROBLEM, padded)) == ()


def test_a_period_may_be_written_with_a_decimal_point():
    assert violations(PROBLEM, priced(PROBLEM, changed("deliver", ("JIG", 3, None), ("JIG", 3.0, 4.0)))) == ()


@pytest.mark.parametrize(
    ("slip", "broken"),
    [
        (changed("make", ("BATIK", "KARIM", 1, 2.0 + 9e-7)), set()),
        (changed("make", ("BATIK", "KARIM", 1, 2.0 + 2e-6)), {"§4"}),
        (changed("overtime", ("TINI", 2, 2.0 + 17e-6)), set()),  # 18 hours used: 18e-6 is allowed
        (changed("overtime", ("TINI", 2, 2.0 + 19e-6)), {"§2"}),
        (changed("short", ("CAR", 2.0 - 9e-7)), set()),
        (changed("short", ("CAR", 2.0 - 2e-6)), {"§5"}),
        (changed("deliver", ("AD", 1, 2.5 + 9e-7)), set()),  # 9e-7 of a film below stock
        (changed("make", ("FILM", "KARIM", 1, 2.5 - 9e-6)), set()),
        (changed("make", ("FILM", "KARIM", 1, 2.5 - 11e-6)), {"§1"}),
    ],
)
def test_a_slip_is_forgiven_up_to_its_tolerance(slip, broken):
    assert {fault.rule for fault in row_violations(PROBLEM, slip)} == broken


def test_money_is_forgiven_one_millionth():
    assert violations(PROBLEM, replace(PLAN, objective=PLAN.objective * (1 + 9e-7))) == ()
    assert violations(PROBLEM, replace(PLAN, objective=PLAN.objective * (1 + 2e-6))) != ()


EMPTY = Problem(Calendar(PROBLEM.calendar.start, 2))
SARI = Workshop("SARI", (40.0, 40.0), (0.0, 0.0))


def shop(part: Part, **rows) -> Problem:
    """One part that Bu Sari makes at an hour a piece."""
    return replace(EMPTY, parts=(part,), workshops=(SARI,), capabilities=(Capability(part.id, "SARI", 1.0),), **rows)


def test_a_problem_without_anything_has_a_plan_without_anything():
    assert violations(EMPTY, priced(EMPTY, Plan("optimal"))) == ()


def test_opening_stock_with_a_shelf_life_of_two_periods_lasts_through_the_first():
    fish = Part("FISH", stock=3, shelf_life=2)
    used_in_time = Plan("feasible", scrap=(("FISH", 1, 3.0),))
    kept = Plan("feasible")
    assert row_violations(shop(fish), used_in_time) == ()
    assert [(fault.rule, fault.period, fault.found) for fault in row_violations(shop(fish), kept)] == [("§10", 1, 3.0)]


def test_a_shelf_life_of_nothing_means_no_stock_at_all():
    fish = shop(Part("FISH", shelf_life=0), orders=(Order("MEAL", "FISH", 2.0, 1, 9.0),))
    fresh = Plan("feasible", make=(("FISH", "SARI", 1, 2.0),), deliver=(("MEAL", 1, 2.0),))
    stale = replace(fresh, make=(("FISH", "SARI", 0, 2.0),))
    assert row_violations(fish, fresh) == ()
    assert {fault.rule for fault in row_violations(fish, stale)} == {"§10"}


def test_a_part_that_nobody_starts_needs_no_sources():
    assert row_violations(shop(Part("BOLT", min_sources=2)), Plan("feasible")) == ()


def test_a_sole_maker_with_half_the_share_can_make_nothing():
    plan = Plan("feasible", make=(("BOLT", "SARI", 0, 2.0),))
    faults = row_violations(shop(Part("BOLT", max_share=0.5)), plan)
    assert [(fault.rule, fault.found, fault.limit) for fault in faults] == [("§6", 2.0, 1.0)]


def test_change_is_paid_on_the_keys_of_the_previous_plan_only():
    before = (Lot("BOLT", "SARI", 0, 3.0), Lot("BOLT", "SARI", 0, 4.0))
    problem = shop(Part("BOLT"), previous=before, change_cost=2.0)
    plan = Plan("feasible", make=(("BOLT", "SARI", 0, 5.0), ("BOLT", "SARI", 1, 20.0)))
    assert cost(problem, plan)["change"] == 2.0 * abs(5 - 7)


def test_an_order_that_is_overdue_is_late_from_the_first_period():
    problem = shop(Part("BOLT"), orders=(Order("CAR", "BOLT", 1.0, -2, 9.0, late_cost=3.0),))
    plan = Plan("feasible", make=(("BOLT", "SARI", 1, 1.0),), deliver=(("CAR", 1, 1.0),))
    assert cost(problem, plan)["late"] == 3.0 * 3
    assert late_orders(problem, plan) == {"CAR": 1.0}


def test_a_wholly_short_order_needs_no_workshop_and_its_rows_are_valid():
    problem = shop(Part("BATIK"), orders=(Order("CLOTH", "BATIK", 2.0, 1, 9.0, single_source=True),))
    plan = Plan("feasible", short=(("CLOTH", 2.0),))
    assert violations(problem, priced(problem, plan)) == ()
    assert cost(problem, plan)["short"] == 18.0


@pytest.mark.parametrize("cell", ["SARI", 3, None, 2.5, True])
def test_any_cell_can_be_put_into_a_sentence(cell):
    fault = Violation("rows", "unknown_id", cell, "part", table="make")
    assert str(cell).replace(".", ",") in text(fault, "id")
    assert str(cell) in text(fault, "en")


def test_numbers_are_written_as_each_language_writes_them():
    fault = Violation("§3", "lot_small", 1234.5, 20000, part="BOLT", workshop="SARI", period=3)
    assert "1.234,5" in text(fault, "id") and "20.000" in text(fault, "id")
    assert "1,234.5" in text(fault, "en") and "20,000" in text(fault, "en")


def test_a_breach_of_a_millionth_still_shows():
    fault = Violation("§4", "half_scrapped", 2.000002, 2, part="FISH", period=0)
    assert "2.000002" in text(fault, "en")
    assert "1e-10" in text(Violation("rows", "bad_quantity", 1e-10, 0, table="make"), "en")


def test_permuting_the_rows_changes_nothing():
    for seed in range(20):
        problem = tiny(seed)
        turned = replace(problem, parts=problem.parts[::-1], workshops=problem.workshops[::-1])
        short = tuple((order.id, order.quantity) for order in problem.orders)
        idle = Plan("feasible", short=short)
        assert cost(turned, idle) == pytest.approx(cost(problem, idle))


def test_a_plan_of_three_hundred_thousand_lots_is_judged_in_seconds():
    parts = tuple(Part(f"P{i}", bom=((f"P{i + 1}", 2),) if i % 2 == 0 else ()) for i in range(600))
    workshops = tuple(Workshop(f"W{i}", (400.0,) * 25, (0.0,) * 25) for i in range(100))
    able = tuple(Capability(part.id, f"W{i}", 0.01) for part in parts for i in range(20))
    problem = Problem(Calendar(PROBLEM.calendar.start, 25), parts, workshops, able)
    plan = Plan(
        "feasible",
        make=tuple((k.part, k.workshop, t, 1.0 + "13579".count(k.part[-1])) for k in able for t in range(25)),
    )
    begun = perf_counter()
    assert violations(problem, priced(problem, plan)) == ()
    assert perf_counter() - begun < 10
