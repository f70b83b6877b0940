"""The published rules, re-implemented: their plans obey every rule of the page, and do what the rule says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from benchmarks.baselines import RULES, plan_by

from planning.rich import PROBLEM
from planning.tiny import tiny
from wadah.planning.plan import violations
from wadah.planning.problem import Calendar, Capability, Order, Part, Problem, Workshop

SEEDS = range(150)


@pytest.mark.parametrize("rule", RULES)
def test_each_plan_of_a_rule_passes_the_referee(rule):
    plans = 0
    for seed in SEEDS:
        problem = tiny(seed)
        plan = plan_by(rule, problem)
        if plan is not None:
            plans += 1
            assert not violations(problem, plan), seed
    assert plans > len(SEEDS) / 2


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_comes_to_terms_with_every_kind_of_row(rule):
    plan = plan_by(rule, replace(PROBLEM, orders=tuple(replace(row, short_cost=500.0) for row in PROBLEM.orders)))
    assert plan is not None
    assert sum(quantity for _, _, quantity in plan.deliver) > 0


@pytest.mark.parametrize("rule", RULES)
def test_nothing_to_do_is_a_plan(rule):
    assert plan_by(rule, Problem(Calendar(date(2026, 12, 7), 1))).objective == 0


def two_makers(quantity, due, **changes):
    """Sari is dear, fast and has more hours; Karim is cheap and slow."""
    return Problem(
        Calendar(date(2026, 12, 7), 6),
        parts=(Part("BOLT", **changes),),
        workshops=(Workshop("SARI", (40.0,) * 6, (0.0,) * 6), Workshop("KARIM", (20.0,) * 6, (0.0,) * 6)),
        capabilities=(
            Capability("BOLT", "SARI", 1.0, cost_per_unit=9.0),
            Capability("BOLT", "KARIM", 2.0, cost_per_unit=5.0),
        ),
        orders=(Order("CAR", "BOLT", quantity, due, 1000.0, late_cost=1.0),),
    )


def test_the_cheapest_maker_is_asked_first_as_late_as_will_do():
    assert plan_by("due-date", two_makers(12.0, 3)).make == (("BOLT", "KARIM", 2, 2.0), ("BOLT", "KARIM", 3, 10.0))


def test_first_fit_begins_with_the_fastest_at_once():
    plan = plan_by("first-fit", two_makers(12.0, 3))
    assert plan.make == (("BOLT", "SARI", 0, 12.0),)
    assert plan.deliver == (("CAR", 0, 12.0),)


def test_equal_split_gives_each_the_same():
    assert plan_by("equal-split", two_makers(12.0, 3)).make == (("BOLT", "SARI", 3, 6.0), ("BOLT", "KARIM", 3, 6.0))


def test_the_biggest_member_is_filled_first():
    assert plan_by("biggest-first", two_makers(12.0, 3)).make == (("BOLT", "SARI", 3, 12.0),)


def test_what_cannot_come_in_time_comes_later():
    plan = plan_by("due-date", two_makers(120.0, 0))
    assert sum(quantity for _, t, quantity in plan.deliver if t == 0) == 50.0
    assert sum(quantity for _, _, quantity in plan.deliver) == 120.0
    assert plan.short == ()


def test_a_largest_share_is_kept():
    plan = plan_by("due-date", two_makers(12.0, 3, max_share=0.5, min_sources=2))
    assert sorted(plan.make) == [("BOLT", "KARIM", 3, 6.0), ("BOLT", "SARI", 3, 6.0)]


def test_no_plan_is_said_where_shortness_is_forbidden_and_the_rule_falls_short():
    problem = two_makers(10_000.0, 3)
    assert plan_by("due-date", replace(problem, orders=(replace(problem.orders[0], short_cost=None),))) is None
