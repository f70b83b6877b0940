"""Which lots come too late, followed by hand on small plans."""

from dataclasses import replace
from datetime import date

from wadah.planning.problem import Calendar, Capability, Order, Part, Problem, Workshop
from wadah.plans.lateness import late_lots

WEEKS = 6
PROBLEM = Problem(
    Calendar(date(2026, 12, 7), WEEKS),
    (Part("BRACKET", bom=(("BOLT", 2),), lead_time=1), Part("BOLT", stock=10)),
    (Workshop("SARI", (40.0,) * WEEKS, (0.0,) * WEEKS), Workshop("TINI", (40.0,) * WEEKS, (0.0,) * WEEKS)),
    (Capability("BOLT", "SARI", 0.1), Capability("BRACKET", "TINI", 0.5)),
    (Order("CAR", "BRACKET", 10.0, 2, 90.0),),
)


def late(lots, deliveries, problem=PROBLEM):
    return late_lots(problem, lots, deliveries)


def test_lots_in_time_are_left_out():
    assert late({("BRACKET", "TINI", 2): 10.0, ("BOLT", "SARI", 1): 10.0}, [("CAR", 2, 10.0)]) == {}


def test_a_lot_after_the_due_week_is_late_for_its_order():
    lots = {("BRACKET", "TINI", 2): 4.0, ("BRACKET", "TINI", 3): 6.0, ("BOLT", "SARI", 1): 10.0}
    assert late(lots, [("CAR", 2, 4.0), ("CAR", 3, 6.0)]) == {("BRACKET", "TINI", 3): {"CAR"}}


def test_what_goes_into_it_is_late_by_its_lead_time():
    """A bracket in time starts in period 2 and takes its bolts in period 1."""
    lots = {("BRACKET", "TINI", 3): 10.0, ("BOLT", "SARI", 2): 10.0}
    assert late(lots, [("CAR", 3, 10.0)]) == {("BRACKET", "TINI", 3): {"CAR"}, ("BOLT", "SARI", 2): {"CAR"}}


def test_stock_goes_first_and_what_is_left_over_is_nobodys():
    lots = {("BRACKET", "TINI", 3): 5.0, ("BOLT", "SARI", 2): 10.0}
    assert late(lots, [("CAR", 3, 5.0)]) == {("BRACKET", "TINI", 3): {"CAR"}}


def test_a_lot_in_time_for_one_order_may_be_late_for_another():
    problem = replace(PROBLEM, orders=(*PROBLEM.orders, Order("JIG", "BRACKET", 4.0, 4, 9.0)))
    lots = {("BRACKET", "TINI", 3): 14.0, ("BOLT", "SARI", 0): 18.0}
    assert late(lots, [("CAR", 3, 10.0), ("JIG", 4, 4.0)], problem) == {("BRACKET", "TINI", 3): {"CAR"}}


def test_bad_pieces_are_nobodys_but_take_their_components():
    able = (Capability("BOLT", "SARI", 0.1), Capability("BRACKET", "TINI", 0.5, yield_rate=0.5))
    problem = replace(PROBLEM, capabilities=able)
    lots = {("BRACKET", "TINI", 3): 20.0, ("BOLT", "SARI", 0): 10.0, ("BOLT", "SARI", 2): 20.0}
    found = late(lots, [("CAR", 3, 10.0)], problem)
    assert found == {("BRACKET", "TINI", 3): {"CAR"}, ("BOLT", "SARI", 2): {"CAR"}}


def test_an_order_due_before_the_plan_is_late_whatever_is_made():
    problem = replace(PROBLEM, orders=(Order("OLD", "BRACKET", 5.0, -1, 9.0),))
    lots = {("BRACKET", "TINI", 0): 5.0}
    assert late(lots, [("OLD", 0, 5.0)], problem) == {("BRACKET", "TINI", 0): {"OLD"}}
