"""Which lots give way where others must be there, and how much of them."""

from dataclasses import replace
from datetime import date

from wadah.planning.plan import Plan, priced, violations
from wadah.planning.problem import Calendar, Capability, Lot, Order, Part, Problem, Workshop
from wadah.planning.repair import Move, difference, replan
from wadah.planning.repair.room import giving_way

PROBLEM = Problem(
    Calendar(date(2026, 12, 7), 3),
    (Part("BOLT"), Part("PLATE"), Part("RING")),
    (Workshop("SARI", (20.0,) * 3, (4.0,) * 3), Workshop("TINI", (20.0,) * 3, (0.0,) * 3)),
    (
        Capability("BOLT", "SARI", 1.0, setup_hours=1.0, min_lot=5.0, cost_per_unit=10.0),
        Capability("PLATE", "SARI", 2.0, cost_per_unit=10.0),
        Capability("RING", "SARI", 0.5, cost_per_unit=10.0),
        Capability("RING", "TINI", 0.5, cost_per_unit=11.0),
        Capability("BOLT", "TINI", 1.0, cost_per_unit=11.0),
    ),
    (
        Order("B", "BOLT", 12.0, 2, 500.0),
        Order("P", "PLATE", 4.0, 2, 500.0),
        Order("R", "RING", 10.0, 2, 500.0),
    ),
)
BOLT, PLATE, RING = ("BOLT", "SARI", 0), ("PLATE", "SARI", 0), ("RING", "SARI", 0)


def test_nothing_gives_way_where_all_fits():
    assert giving_way(PROBLEM, {BOLT: 10.0}, {RING: 20.0}) == {}


def test_the_largest_gives_way_and_only_as_far_as_it_must():
    """13 hours of bolts, 8 of plates and 5 of rings are two too many."""
    assert giving_way(PROBLEM, {BOLT: 12.0, PLATE: 4.0}, {RING: 10.0}) == {BOLT: 10.0}


def test_a_lot_that_would_be_too_small_goes_whole():
    assert giving_way(PROBLEM, {BOLT: 12.0, PLATE: 4.0}, {RING: 26.0}) == {BOLT: 0.0}


def test_what_is_promised_does_not_give_way():
    promised = replace(PROBLEM, committed=(Lot(*BOLT, 12.0),))
    assert giving_way(promised, {BOLT: 12.0, PLATE: 4.0}, {RING: 10.0}) == {PLATE: 3.0}


def test_a_lot_moved_into_a_full_week_moves_no_more_than_it_must():
    make = (("BOLT", "SARI", 0, 12.0), ("PLATE", "SARI", 0, 4.0), ("RING", "TINI", 0, 10.0))
    deliver = (("B", 2, 12.0), ("P", 2, 4.0), ("R", 2, 10.0))
    plan = priced(PROBLEM, Plan("feasible", make=make, deliver=deliver, overtime=(("SARI", 0, 1.0),)))
    assert violations(PROBLEM, replace(plan, bound=0.0)) == ()
    answer = replan(PROBLEM, plan, [Move("RING", "TINI", 0, 10.0, "SARI", 0)], time_limit=20, change_cost=2.0)
    assert violations(answer.problem, answer.plan) == ()
    made = {row[:3]: row[3] for row in answer.plan.make}
    assert made[RING] == 10.0
    assert ("RING", "TINI", 0) not in made
    assert answer.plan.short == ()
    lots = difference(answer.problem, plan, answer.plan).lots
    assert sum(max(0.0, row.before - row.after) for row in lots if row.part != "RING") <= 2.0  # two hours are missing
