"""Why a plan is so: the chain behind an order, a member's offers against those chosen, how scarce a part is."""

from dataclasses import replace
from datetime import date

import pytest

from wadah.planning.plan import Plan, Prices
from wadah.planning.problem import Calendar, Capability, Order, Part, Problem, Workshop
from wadah.planning.solve import solve
from wadah.planning.why import chain, member, scarcity
from wadah.planning.why.member import Chosen


def pump() -> Problem:
    """A pump takes two rotors a week ahead; only W-1 turns rotors, and it turns shafts as well."""
    return Problem(
        Calendar(date(2026, 12, 7), 3),
        parts=(Part("PUMP", bom=(("ROTOR", 2),), lead_time=1), Part("ROTOR"), Part("SHAFT"), Part("LAMP")),
        workshops=(
            Workshop("W-1", (20.0,) * 3, (0.0,) * 3),
            Workshop("W-2", (40.0,) * 3, (0.0,) * 3),
            Workshop("W-3", (40.0,) * 3, (0.0,) * 3),
            Workshop("W-4", (40.0,) * 3, (0.0,) * 3),
        ),
        capabilities=(
            Capability("ROTOR", "W-1", 1.0, cost_per_unit=10.0),
            Capability("SHAFT", "W-1", 1.0, cost_per_unit=10.0),
            Capability("PUMP", "W-2", 1.0, cost_per_unit=30.0, setup_cost=20.0),
            Capability("PUMP", "W-3", 2.0, cost_per_unit=45.0),
            Capability("LAMP", "W-3", 1.0),
            Capability("PUMP", "W-4", 1.0, max_per_period=(0.0,) * 3),
        ),
        orders=(
            Order("PO-1", "PUMP", 20.0, due=1, short_cost=500.0, late_cost=5.0),
            Order("PO-2", "SHAFT", 10.0, due=0, short_cost=5000.0),
        ),
    )


PLAN = Plan(
    "feasible",
    objective=0.0,
    make=(
        ("SHAFT", "W-1", 0, 10.0),
        ("ROTOR", "W-1", 0, 10.0),
        ("ROTOR", "W-1", 1, 20.0),
        ("PUMP", "W-2", 1, 5.0),
        ("PUMP", "W-2", 2, 10.0),
    ),
    deliver=(("PO-2", 0, 10.0), ("PO-1", 1, 5.0), ("PO-1", 2, 10.0)),
    short=(("PO-1", 5.0),),
)


def test_the_chain_leads_from_the_order_to_the_part_that_holds_it_and_to_the_hours_that_are_full():
    reason, links = chain(pump(), PLAN, "PO-1")
    assert (reason.code, reason.part) == ("hours_full", "ROTOR")
    assert [link.part for link in links] == ["PUMP", "ROTOR"]
    assert (links[0].needed, links[0].by) == (15.0, 1)
    assert links[0].room == 15.0
    rotor = links[1]
    assert (rotor.needed, rotor.by, rotor.room) == (30.0, 0, 0.0)
    assert [(row.workshop, row.used, row.have, row.periods) for row in rotor.makers] == [("W-1", 20.0, 20.0, (0,))]
    assert rotor.rivals == (("SHAFT", 10.0),)


def test_an_order_in_time_has_no_chain_and_an_overdue_one_no_links():
    assert chain(pump(), PLAN, "PO-2") == (None, ())
    late = replace(pump(), orders=(replace(pump().orders[0], due=-1),))
    reason, links = chain(late, replace(PLAN, deliver=(), short=()), "PO-1")
    assert (reason.code, links) == ("overdue", ())


def test_a_member_that_costs_more_hears_by_how_much_and_against_whom():
    found = member(pump(), PLAN, "W-3")
    pumps, lamps = found.offers
    assert (found.code, found.used, found.have) == ("dearer", 0.0, 120.0)
    assert pumps.chosen == (Chosen("W-2", 15.0, pytest.approx((15 * 30.0 + 2 * 20.0) / 15)),)
    assert pumps.code == "dearer"
    assert pumps.above == pytest.approx(45.0 - (15 * 30.0 + 2 * 20.0) / 15)
    assert pumps.an_hour == pytest.approx(pumps.above / 2.0)
    assert lamps.code == "no_demand"


def test_a_member_that_comes_down_by_that_much_is_chosen():
    """One pump a week at each workshop: three are made, by the cheaper one, until the dearer one comes down."""
    base = pump()
    orders = (Order("PO", "PUMP", 6.0, due=2, short_cost=5000.0),)
    free = replace(base, parts=(Part("PUMP"), *base.parts[1:]), orders=orders)
    plan = solve(free, time_limit=60.0)
    above = member(free, plan, "W-3").offers[0].above
    for step, makes in ((above - 0.5, False), (above + 0.5, True)):
        rows = tuple(
            replace(row, cost_per_unit=row.cost_per_unit - step) if (row.part, row.workshop) == ("PUMP", "W-3") else row
            for row in free.capabilities
        )
        again = solve(replace(free, capabilities=rows), time_limit=60.0)
        assert any(workshop == "W-3" and pieces > 0 for _, workshop, _, pieces in again.make) is makes


def test_other_reasons_for_getting_no_more_are_told_apart():
    problem = pump()
    assert member(problem, PLAN, "W-4").offers[0].code == "not_allowed"
    nobody = replace(problem, workshops=(*problem.workshops, Workshop("W-5", (1.0,) * 3, (0.0,) * 3)))
    assert member(nobody, PLAN, "W-5").code == "no_skill"
    idle = replace(problem, workshops=(*problem.workshops[:3], Workshop("W-4", (0.0,) * 3, (0.0,) * 3)))
    assert member(idle, PLAN, "W-4").code == "no_hours"
    cheap = replace(problem.capabilities[3], cost_per_unit=1.0)
    even = replace(problem, capabilities=(*problem.capabilities[:3], cheap, *problem.capabilities[4:]))
    assert member(even, PLAN, "W-3").offers[0].code == "even"
    large = replace(problem.capabilities[3], min_lot=19.0)
    lots = replace(problem, capabilities=(*problem.capabilities[:3], large, *problem.capabilities[4:]))
    assert member(lots, PLAN, "W-3").offers[0].code == "large_lot"
    slow = replace(problem.capabilities[3], setup_hours=40.0)
    full = replace(problem, capabilities=(*problem.capabilities[:3], slow, *problem.capabilities[4:]))
    assert member(full, PLAN, "W-3").offers[0].code == "full"


def test_a_busy_member_is_full_and_its_pay_is_what_its_lots_earn():
    found = member(pump(), replace(PLAN, make=(*PLAN.make, ("SHAFT", "W-1", 2, 20.0))), "W-1")
    assert (found.code, found.used, found.pay) == ("full", 60.0, 600.0)
    assert [offer.code for offer in found.offers] == ["got", "got"]


def test_worth_is_the_price_of_a_piece_above_that_of_its_components():
    prices = Prices(parts=(("PUMP", 1, 200.0), ("PUMP", 2, 150.0), ("ROTOR", 0, 80.0), ("ROTOR", 1, 10.0)))
    worth = member(pump(), replace(PLAN, prices=prices), "W-3").offers[0].worth
    assert worth == pytest.approx(max(200.0 - 2 * 80.0, 150.0 - 2 * 10.0))
    assert member(pump(), PLAN, "W-3").offers[0].worth is None


def test_a_scarce_part_names_what_is_asked_who_makes_it_and_whom_it_holds_back():
    found = scarcity(pump(), replace(PLAN, prices=Prices(parts=(("ROTOR", 0, 80.0),))), "ROTOR")
    assert (found.asked, found.made, found.stock) == (40.0, 30.0, 0.0)
    assert found.makers == (Chosen("W-1", 30.0, 10.0),)
    assert found.hours[0].periods == (0, 1)
    assert found.prices == ((0, 80.0),)
    assert found.waiting == (("PO-1", 15.0),)
