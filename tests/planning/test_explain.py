"""Reasons for lateness on problems small enough to see the answer."""

from datetime import date

from wadah.planning.explain import PLENTY, reasons, requirements
from wadah.planning.plan import Plan
from wadah.planning.problem import Calendar, Capability, Order, Part, Problem, Workshop


def problem(**changes: object) -> Problem:
    """A bracket of 4 bolts and 1 plate; W1 makes bolts (10 an hour), W2 plates and brackets (1 an hour each)."""
    rows: dict[str, object] = {
        "calendar": Calendar(date(2026, 12, 7), 4),
        "parts": (
            Part("BRACKET", bom=(("BOLT", 4.0), ("PLATE", 1.0)), lead_time=1),
            Part("BOLT"),
            Part("PLATE"),
        ),
        "workshops": (workshop("W1", 10.0), workshop("W2", 10.0)),
        "capabilities": (
            Capability("BOLT", "W1", hours_per_unit=0.1),
            Capability("PLATE", "W2", hours_per_unit=1.0),
            Capability("BRACKET", "W2", hours_per_unit=1.0),
        ),
        "orders": (Order("PO-1/1", "BRACKET", 10.0, due=2, short_cost=1000.0),),
    }
    return Problem(**{**rows, **changes})  # type: ignore[arg-type]


def workshop(name: str, hours: float) -> Workshop:
    return Workshop(name, hours=(hours,) * 4, overtime_hours=(0.0,) * 4)


def plan(*make: tuple[str, str, int, float], deliver: tuple[tuple[str, int, float], ...] = ()) -> Plan:
    return Plan("feasible", make=make, deliver=deliver)


def test_an_order_that_is_delivered_in_time_has_no_reason() -> None:
    assert reasons(problem(), plan(deliver=(("PO-1/1", 2, 10.0),))) == {}


def test_a_part_that_nobody_makes_holds_the_order() -> None:
    without_bolts = problem(capabilities=problem().capabilities[1:])
    found = reasons(without_bolts, plan())["PO-1/1"]
    assert (found.code, found.part, found.makers, found.needed) == ("no_maker", "BOLT", 0, 40.0)


def test_bought_stock_that_runs_out_is_named_as_such() -> None:
    parts = (*problem().parts[:1], Part("BOLT", stock=12.0), Part("PLATE"))
    found = reasons(problem(parts=parts, capabilities=problem().capabilities[1:]), plan())["PO-1/1"]
    assert (found.code, found.part, found.room) == ("stock_out", "BOLT", 12.0)


def test_stock_that_a_late_delivery_takes_was_there_in_time() -> None:
    parts = (*problem().parts[:1], Part("BOLT", stock=40.0), Part("PLATE"))
    late = plan(("BRACKET", "W2", 3, 10.0), ("PLATE", "W2", 0, 10.0), deliver=(("PO-1/1", 3, 10.0),))
    found = reasons(problem(parts=parts, capabilities=problem().capabilities[1:]), late)["PO-1/1"]
    assert found.code == "costlier"


def test_full_hours_are_counted_up_to_the_week_in_which_the_part_is_needed() -> None:
    busy = plan(*(("PLATE", "W2", t, 10.0) for t in range(3)))
    found = reasons(problem(), busy)["PO-1/1"]
    assert (found.code, found.makers, found.load, found.room) == ("hours_full", 1, 1.0, 0.0)
    assert found.part in {"BRACKET", "PLATE"}


def test_room_for_everything_means_that_being_late_is_cheaper() -> None:
    found = reasons(problem(), plan())["PO-1/1"]
    assert (found.code, found.part, found.needed) == ("costlier", "BRACKET", 10.0)


def test_an_overdue_order_and_one_beyond_the_horizon_say_so() -> None:
    overdue = problem(orders=(Order("A", "BRACKET", 1.0, due=-1, short_cost=1.0),))
    beyond = problem(orders=(Order("A", "BRACKET", 1.0, due=9, earliest=7, short_cost=1.0),))
    assert reasons(overdue, plan())["A"].code == "overdue"
    assert reasons(beyond, plan())["A"].code == "beyond_horizon"


def test_only_the_missing_pieces_are_needed() -> None:
    found = reasons(problem(), plan(deliver=(("PO-1/1", 2, 7.0), ("PO-1/1", 3, 3.0))))["PO-1/1"]
    assert found.needed == 3.0


def test_room_respects_set_up_minimum_lot_and_the_weekly_limit() -> None:
    capabilities = (
        Capability("BOLT", "W1", 0.1, setup_hours=5.0, max_per_period=(30.0, 30.0, 0.0, 0.0)),
        Capability("PLATE", "W2", 1.0, min_lot=11.0),
        problem().capabilities[2],
    )
    tight = problem(capabilities=capabilities)
    orders = {part: reasons(with_order(tight, part), plan())["A"] for part in ("BOLT", "PLATE")}
    assert orders["BOLT"].room == 60.0
    assert (orders["PLATE"].room, orders["PLATE"].code) == (0.0, "hours_full")


def with_order(base: Problem, part: str) -> Problem:
    rows = {name: getattr(base, name) for name in ("calendar", "parts", "workshops", "capabilities")}
    return Problem(**rows, orders=(Order("A", part, 100.0, due=2, short_cost=1.0),))


def test_a_piece_that_takes_no_hours_leaves_plenty_of_room() -> None:
    free = problem(capabilities=(Capability("BOLT", "W1", 0.0), *problem().capabilities[1:]))
    assert reasons(with_order(free, "BOLT"), plan())["A"].room == PLENTY


def test_requirements_follow_bill_of_materials_yield_and_lead_time() -> None:
    lossy = problem(
        capabilities=(*problem().capabilities[:2], Capability("BRACKET", "W2", 1.0, yield_rate=0.5)),
    )
    assert requirements(lossy, "BRACKET", 10.0, due=2) == {
        "BRACKET": (10.0, 2),
        "BOLT": (80.0, 1),
        "PLATE": (20.0, 1),
    }
