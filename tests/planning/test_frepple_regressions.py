"""Two open faults of another planner, built from their descriptions: github.com/frePPLe/frepple/issues/494 and /399.

494: two orders are late already; the first in rank is started as early as can be, the second is not, though another
maker has room: the switch to the other maker doesn't keep the date that was asked for.
399: two sources of a material, the same dates, "least cost" asked for: the dearer one is chosen.
"""

from __future__ import annotations

from datetime import date

import pytest

from wadah.planning.plan import violations
from wadah.planning.problem import Calendar, Capability, Order, Part, Problem, Workshop
from wadah.planning.solve import solve

WEEKS = 8
START = date(2022, 2, 7)
SECONDS = 20


def workshop(name, hours=40.0):
    return Workshop(name, (hours,) * WEEKS, (0.0,) * WEEKS)


def planned(problem, **wanted):
    plan = solve(problem, time_limit=SECONDS, **wanted)
    assert not violations(problem, plan)
    return plan


def overdue(count, parts):
    """Orders of 40 pieces each, all late from the start, the first ones dearer to be late with."""
    return tuple(
        Order(f"ORDER-{i}", parts[i % len(parts)], 40.0, due=-1 - i % 3, short_cost=10_000.0, late_cost=100.0 - i)
        for i in range(count)
    )


@pytest.mark.parametrize("seed", range(3))
def test_494_an_order_that_is_late_is_made_at_once_where_another_maker_has_room(seed):
    problem = Problem(
        Calendar(START, WEEKS),
        parts=(Part("PUMP"),),
        workshops=(workshop("FIRST"), workshop("OTHER")),
        capabilities=(
            Capability("PUMP", "FIRST", 1.0, cost_per_unit=10.0),
            Capability("PUMP", "OTHER", 1.0, cost_per_unit=12.0),
        ),
        orders=overdue(2, ["PUMP"]),
    )
    plan = planned(problem, seed=seed)
    assert sorted(plan.deliver) == [("ORDER-0", 0, 40.0), ("ORDER-1", 0, 40.0)]
    assert sorted(plan.make) == [("PUMP", "FIRST", 0, 40.0), ("PUMP", "OTHER", 0, 40.0)]


def test_494_the_same_with_a_step_before_it_that_has_another_maker_too():
    problem = Problem(
        Calendar(START, WEEKS),
        parts=(Part("PUMP", bom=(("CASE", 1.0),)), Part("CASE")),
        workshops=(workshop("FIRST"), workshop("OTHER"), workshop("FOUNDRY", 30.0), workshop("FAR-FOUNDRY", 50.0)),
        capabilities=(
            Capability("PUMP", "FIRST", 1.0, cost_per_unit=10.0),
            Capability("PUMP", "OTHER", 1.0, cost_per_unit=12.0),
            Capability("CASE", "FOUNDRY", 1.0, cost_per_unit=3.0),
            Capability("CASE", "FAR-FOUNDRY", 1.0, cost_per_unit=5.0),
        ),
        orders=overdue(4, ["PUMP"]),
    )
    plan = planned(problem)
    weeks = {order: t for order, t, _ in plan.deliver}
    assert weeks == {"ORDER-0": 0, "ORDER-1": 0, "ORDER-2": 1, "ORDER-3": 1}


def test_494_no_order_waits_in_a_shop_of_many_products():
    products = [f"PUMP-{i}" for i in range(30)]
    makers = [f"SHOP-{i}" for i in range(60)]
    problem = Problem(
        Calendar(START, WEEKS),
        parts=tuple(Part(name) for name in products),
        workshops=tuple(workshop(name) for name in makers),
        capabilities=tuple(
            Capability(name, makers[(2 * i + j) % len(makers)], 1.0, cost_per_unit=10.0 + j)
            for i, name in enumerate(products)
            for j in range(10)
        ),
        orders=overdue(60, products),
    )
    plan = planned(problem)
    assert {t for _, t, _ in plan.deliver} == {0}
    assert sum(pieces for _, _, pieces in plan.deliver) == 60 * 40.0


def sources(dear_first):
    """A chair from one of two woods' sources; both are there at the same date, and only their prices differ."""
    makers = [("DEAR", 90.0), ("CHEAP", 60.0)]
    if not dear_first:
        makers.reverse()
    return Problem(
        Calendar(START, WEEKS),
        parts=(Part("CHAIR", bom=(("WOOD", 2.0),), lead_time=1), Part("WOOD")),
        workshops=(workshop("JOINER"), workshop("OTHER-JOINER"), *(workshop(name, 400.0) for name, _ in makers)),
        capabilities=(
            Capability("CHAIR", "JOINER", 1.0, cost_per_unit=100.0),
            Capability("CHAIR", "OTHER-JOINER", 1.0, cost_per_unit=101.0),
            *(Capability("WOOD", name, 1.0, cost_per_unit=price) for name, price in makers),
        ),
        orders=(Order("SO-1", "CHAIR", 30.0, due=3, short_cost=10_000.0, late_cost=100.0),),
    )


@pytest.mark.parametrize("dear_first", [True, False])
def test_399_at_equal_dates_the_cheaper_source_is_chosen(dear_first):
    plan = planned(sources(dear_first))
    assert {(part, maker) for part, maker, _, _ in plan.make} == {("CHAIR", "JOINER"), ("WOOD", "CHEAP")}
    assert plan.objective == pytest.approx(30 * 100.0 + 60 * 60.0)


def test_399_the_dearer_source_gives_only_what_the_cheaper_has_no_hours_for():
    problem = sources(True)
    scarce = tuple(workshop(row.id, 10.0) if row.id == "CHEAP" else row for row in problem.workshops)
    plan = planned(Problem(problem.calendar, problem.parts, scarce, problem.capabilities, problem.orders))
    made = {maker: sum(x for _, name, _, x in plan.make if name == maker) for maker in ("CHEAP", "DEAR")}
    assert made == {"CHEAP": 30.0, "DEAR": 30.0}
    assert all(t <= 3 for _, t, _ in plan.deliver)
