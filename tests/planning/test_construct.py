"""The first plan: the referee accepts it, and the choices that it makes by hand-checkable figures."""

from __future__ import annotations

import time
from datetime import date

import pytest

from planning.oracle import oracle
from planning.rich import PROBLEM
from planning.tiny import tiny
from wadah.planning.arrays import arrays
from wadah.planning.city import generate
from wadah.planning.construct import AT_ONCE, construct, floor
from wadah.planning.construct.scarce import SHARE, hour_prices, loads
from wadah.planning.flat import flat
from wadah.planning.plan import cost, violations
from wadah.planning.problem import Calendar, Capability, Lot, Order, Part, Problem, Workshop


def problem(parts, capabilities, orders, *, workshops=("SARI", "KARIM"), hours=40.0, overtime=0.0, periods=4, **more):
    return Problem(
        Calendar(date(2026, 12, 7), periods),
        tuple(parts),
        tuple(Workshop(name, (hours,) * periods, (overtime,) * periods, 100.0) for name in workshops),
        tuple(capabilities),
        tuple(orders),
        **more,
    )


def made(plan):
    return {(part, workshop, period): pieces for part, workshop, period, pieces in plan.make}


def accepted(what):
    plan = construct(what)
    assert plan is not None
    assert violations(what, plan) == ()
    assert plan.status == "feasible"
    assert plan.bound == 0.0
    assert plan.objective == pytest.approx(sum(cost(what, plan).values()), rel=1e-9)
    return plan


@pytest.mark.parametrize("chunk", range(4))
def test_the_referee_accepts_the_first_plan_of_every_tiny_problem(chunk):
    plans = 0
    for seed in range(chunk * 100, chunk * 100 + 100):
        plan = construct(tiny(seed))
        if plan is not None:
            assert violations(tiny(seed), plan) == (), f"seed {seed}"
            plans += 1
    assert plans > 70


def test_a_first_plan_of_a_tiny_problem_is_found_where_there_is_one_and_costs_no_less_than_the_optimum():
    for seed in range(60):
        best, plan = oracle(tiny(seed)).optimum, construct(tiny(seed))
        assert (plan is None) == (best is None), f"seed {seed}"
        if plan is not None and best is not None:
            assert plan.objective >= best - 1e-6 * max(1.0, best), f"seed {seed}"


def test_the_referee_accepts_the_first_plan_of_a_problem_that_uses_every_rule():
    accepted(PROBLEM)


def test_components_are_made_their_lead_time_ahead_and_yield_is_made_good():
    parts = [Part("BRACKET", bom=(("BOLT", 4),), lead_time=1), Part("BOLT", stock=6)]
    capabilities = [
        Capability("BRACKET", "KARIM", 1.0),
        Capability("BOLT", "SARI", 0.1, yield_rate=0.9, cost_per_unit=1.0),
    ]
    plan = accepted(problem(parts, capabilities, [Order("CAR", "BRACKET", 10, due=2, short_cost=1000)]))
    bolts = {period: pieces for (part, _, period), pieces in made(plan).items() if part == "BOLT"}
    assert sum(bolts.values()) == 38  # (40 - 6) / 0.9, rounded up
    assert max(bolts) <= 1
    assert plan.short == ()


def test_a_small_need_is_made_as_a_minimum_lot_unless_that_costs_more_than_being_short():
    def of(short_cost):
        row = Capability("BOLT", "SARI", 0.1, cost_per_unit=10.0, min_lot=20)
        return problem([Part("BOLT")], [row], [Order("CAR", "BOLT", 3, due=1, short_cost=short_cost)])

    assert sum(made(accepted(of(100.0))).values()) == 20
    assert made(accepted(of(50.0))) == {}


def test_regular_hours_come_before_overtime_and_overtime_before_being_short():
    row = Capability("BOLT", "SARI", 1.0, cost_per_unit=1.0)
    orders = [Order("CAR", "BOLT", 45, due=0, short_cost=1000, late_cost=None)]
    plan = accepted(problem([Part("BOLT")], [row], orders, overtime=8.0))
    assert plan.overtime == (("SARI", 0, 5.0),)
    assert plan.short == ()


def test_what_does_not_fit_in_time_is_late_where_that_costs_less_than_being_short():
    row = Capability("BOLT", "SARI", 1.0)
    orders = [Order("CAR", "BOLT", 60, due=0, short_cost=1000, late_cost=1.0)]
    plan = accepted(problem([Part("BOLT")], [row], orders))
    assert plan.deliver == (("CAR", 0, 40.0), ("CAR", 1, 20.0))


def test_an_order_that_may_not_be_split_leaves_all_at_once():
    row = Capability("BOLT", "SARI", 1.0)
    orders = [Order("CAR", "BOLT", 60, due=1, short_cost=1000, partial=False)]
    assert accepted(problem([Part("BOLT")], [row], orders)).deliver == (("CAR", 1, 60.0),)


def test_no_workshop_starts_more_than_its_share_and_enough_take_part():
    rows = [Capability("BOLT", "SARI", 0.1, cost_per_unit=1.0), Capability("BOLT", "KARIM", 0.1, cost_per_unit=2.0)]
    orders = [Order("CAR", "BOLT", 100, due=1, short_cost=1000)]
    plan = accepted(problem([Part("BOLT", max_share=0.6, min_sources=2)], rows, orders))
    assert {workshop for _, workshop, _ in made(plan)} == {"SARI", "KARIM"}
    assert plan.short == ()


def test_a_part_whose_sourcing_rule_cannot_hold_is_left_short_with_all_that_needs_it():
    parts = [Part("BRACKET", bom=(("BOLT", 1),)), Part("BOLT", min_sources=2), Part("PLATE")]
    rows = [Capability(name, "SARI", 0.1) for name in ("BRACKET", "BOLT", "PLATE")]
    orders = [Order(f"O-{name}", name, 5, due=1, short_cost=100) for name in ("BRACKET", "BOLT", "PLATE")]
    plan = accepted(problem(parts, rows, orders))
    assert dict(plan.short) == {"O-BRACKET": 5.0, "O-BOLT": 5.0}


def test_a_single_source_order_is_given_to_one_workshop():
    rows = [Capability("BATIK", "SARI", 1.0, cost_per_unit=1.0), Capability("BATIK", "KARIM", 1.0, cost_per_unit=5.0)]
    orders = [Order(f"O{i}", "BATIK", 30, due=0, short_cost=500, single_source=True, late_cost=None) for i in range(2)]
    plan = accepted(problem([Part("BATIK")], rows, orders))
    assert {workshop for _, workshop in plan.assign} == {"SARI", "KARIM"}
    assert plan.short == ()


def test_what_perishes_is_made_within_its_life_and_the_rest_is_scrapped():
    row = Capability("FISH", "SARI", 0.1, min_lot=10)
    orders = [Order("MARKET", "FISH", 4, due=3, earliest=3, short_cost=100)]
    plan = accepted(problem([Part("FISH", stock=3, shelf_life=1)], [row], orders))
    assert min(period for _, _, period in made(plan)) >= 2
    assert ("FISH", 0, 3.0) in plan.scrap


def test_what_is_committed_is_started_first_even_below_the_minimum_lot():
    row = Capability("BOLT", "SARI", 0.1, min_lot=20)
    plan = accepted(problem([Part("BOLT")], [row], [], committed=(Lot("BOLT", "SARI", 2, 7.0),)))
    assert made(plan) == {("BOLT", "SARI", 2): 7.0}


@pytest.mark.parametrize(
    "lot", [Lot("BOLT", "SARI", 0, 500.0), Lot("BOLT", "KARIM", 0, 1.0)], ids=["beyond the hours", "no capability"]
)
def test_there_is_no_first_plan_where_a_promise_cannot_be_kept(lot):
    assert construct(problem([Part("BOLT")], [Capability("BOLT", "SARI", 1.0)], [], committed=(lot,))) is None


def test_an_order_that_may_be_neither_short_nor_late_leaves_no_first_plan_where_it_cannot_be_made():
    orders = [Order("CAR", "BOLT", 500, due=0, short_cost=None, late_cost=None)]
    assert construct(problem([Part("BOLT")], [Capability("BOLT", "SARI", 1.0)], orders)) is None


@pytest.mark.parametrize("sizes", [(0, 1, 0), (0, 3, 2), (3, 2, 0)])
def test_the_first_plan_of_nobody_or_for_nothing_makes_nothing(sizes):
    assert accepted(generate(*sizes, periods=3, seed=0)).make == ()


def test_the_first_plan_of_a_city_serves_most_orders_and_comes_soon():
    city = generate(1_000, 300, 500, 26, seed=5)
    began = time.monotonic()
    plan = accepted(city)
    assert time.monotonic() - began < 20
    nothing = sum(order.quantity * order.short_cost for order in city.orders)
    assert plan.objective < 0.6 * nothing


def test_an_order_with_more_changes_than_are_noted_is_cut_and_the_plan_still_obeys(monkeypatch):
    city = generate(60, 24, 40, 12, seed=3)
    whole = accepted(city)
    monkeypatch.setattr(floor, "LOG", -1_000)
    cut = accepted(city)
    assert cut.objective > whole.objective
    assert cut.make != ()


def test_a_first_plan_that_is_stopped_obeys_and_leaves_the_rest_short():
    city = generate(200, 60, 400, 12, seed=3)
    looks = iter([False, False, True])
    stopped = construct(city, lambda: next(looks, True))
    assert violations(city, stopped) == ()
    assert 0 < len({order for order, _, _ in stopped.deliver}) <= 4 * AT_ONCE
    assert construct(city).objective < stopped.objective


def test_the_same_problem_has_the_same_first_plan():
    assert construct(generate(60, 24, 40, 12, seed=3)) == construct(generate(60, 24, 40, 12, seed=3))


def test_hours_that_much_is_asked_of_are_priced_and_idle_ones_are_not():
    rows = [Capability("BOLT", "SARI", 1.0), Capability("PLATE", "KARIM", 1.0)]
    orders = [Order("CAR", "BOLT", 80, due=3, short_cost=100)]
    data = arrays(problem([Part("BOLT"), Part("PLATE")], rows, orders))
    laid_out = flat(data, data.limit)
    assert loads(laid_out).tolist() == [0.5, 0.0]  # 80 of 160 hours
    assert hour_prices(laid_out).tolist() == [SHARE * 100 * 0.25, 0.0]


def test_a_maker_whose_hours_others_need_is_left_to_them():
    parts = [Part("BOLT"), Part("PLATE")]
    rows = [
        Capability("BOLT", "SARI", 1.0),
        Capability("PLATE", "SARI", 1.0),
        Capability("PLATE", "KARIM", 1.0, 0, 0, 1),
    ]
    orders = [
        Order("PLATES", "PLATE", 20, due=0, short_cost=110, late_cost=None),
        Order("BOLTS", "BOLT", 40, due=0, short_cost=100, late_cost=None),
    ]
    assert accepted(problem(parts, rows, orders)).short == ()
