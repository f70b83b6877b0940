"""How many a week: against every way to fill one week, on problems so small that all of them can be tried."""

from datetime import date
from itertools import product
from random import Random

import pytest

from wadah.planning.problem import Calendar, Capability, Part, Problem, Workshop
from wadah.planning.weekly import MOST, Weekly, full_week, most_at_best, weekly_most

START = date(2026, 11, 30)
LOTS_MAX = 4


def sketch(seed):
    """A product of two made parts and a bought one, three workshops of a few hours, whole pieces, awkward rules."""
    dice = Random(seed)
    bom = (("A", float(dice.choice([1, 1, 2]))), ("BUY", 2.0)) + ((("B", 1.0),) if dice.random() < 0.6 else ())
    below = (("B", 1.0),) if dice.random() < 0.3 and len(bom) == 3 else ()
    parts = (
        Part("P", bom=bom, lead_time=1, min_sources=dice.choice([1, 1, 1, 2])),
        Part("A", bom=below, lead_time=2, max_share=dice.choice([1.0, 1.0, 0.6]), stock=5.0),
        Part("B", shelf_life=1),
        Part("BUY", shelf_life=1),
    )
    workshops = tuple(
        Workshop(name, (float(dice.randint(2, 7)), 1.0), (9.0, 9.0), engage_cost=5.0, target_hours=3.0)
        for name in ("U", "V", "W")
    )
    pairs = [(part, shop.id) for part in ("P", "A", "B") for shop in workshops]
    first = [dice.choice([pair for pair in pairs if pair[0] == part]) for part in ("P", "A", "B")]
    rest = [pair for pair in pairs if pair not in first]
    capabilities = tuple(
        Capability(
            part,
            shop,
            hours_per_unit=float(dice.choice([1, 1, 2])),
            setup_hours=float(dice.choice([0, 0, 1])),
            min_lot=float(dice.choice([0, 0, 2])),
            max_per_period=dice.choice([None, (float(dice.randint(1, 3)), 0.0)]),
            yield_rate=dice.choice([1.0, 1.0, 0.5]),
        )
        for part, shop in sorted({*first, *dice.sample(rest, 2)})
    )
    return Problem(Calendar(START, 2), parts, workshops, capabilities)


def most_by_trying(problem, name):
    """The largest whole number of good pieces of `name` in week 0, by trying every lot of every capability."""
    rows = problem.capabilities
    best = 0
    for lots in product(*(range(least_and_most(problem, row)[1] + 1) for row in rows)):
        started = [(row, lot) for row, lot in zip(rows, lots, strict=True) if lot]
        if all(lot >= row.min_lot for row, lot in started) and allowed(problem, started):
            best = max(best, delivered(problem, started, name))
    return best


def least_and_most(problem, row):
    limit = LOTS_MAX * 2 if row.max_per_period is None else int(row.max_per_period[0])
    hours = problem.workshop[row.workshop].hours[0] - row.setup_hours
    return row.min_lot, max(0, min(limit, int(hours // row.hours_per_unit)))


def allowed(problem, started):
    used = {}
    for row, lot in started:
        used[row.workshop] = used.get(row.workshop, 0.0) + row.setup_hours + row.hours_per_unit * lot
    if any(hours > problem.workshop[shop].hours[0] for shop, hours in used.items()):
        return False
    for part in problem.parts:
        lots = [lot for row, lot in started if row.part == part.id]
        if lots and (len(lots) < part.min_sources or max(lots) > part.max_share * sum(lots) + 1e-9):
            return False
    return True


def delivered(problem, started, name):
    """Whole good pieces that are left over, or −1 where a part takes more than there is."""
    left = {part.id: float("inf") if part.id == "BUY" else 0.0 for part in problem.parts}
    for row, lot in started:
        left[row.part] += row.yield_rate * lot
    for row, lot in started:
        for child, pieces in problem.part[row.part].bom:
            left[child] -= pieces * lot
    if min(left.values()) < -1e-9:
        return -1
    return int(left[name] + 1e-9)


@pytest.mark.parametrize("seed", range(60))
def test_the_figure_is_the_largest_of_all_ways_to_fill_the_week(seed):
    problem = sketch(seed)
    found = weekly_most(problem, "P", period=0, bought={"BUY"}, time_limit=10.0)
    assert found.proven
    assert found.quantity == most_by_trying(problem, "P")
    assert found.quantity <= most_at_best(problem, "P", 0, {"BUY"})


def test_the_sketches_are_not_all_nothing():
    found = [most_by_trying(sketch(seed), "P") for seed in range(60)]
    assert sum(figure > 0 for figure in found) >= 20
    assert len(set(found)) >= 4


def simple(**workshop):
    facts = {"hours": (10.0, 40.0, 40.0), "overtime_hours": (5.0, 5.0, 5.0)}
    rows = (Workshop("W", **facts | workshop),)
    parts = (Part("P", bom=(("A", 2.0),), lead_time=3), Part("A", stock=1000.0), Part("C"))
    makers = (Capability("P", "W", 1.0), Capability("A", "W", 0.5))
    return Problem(Calendar(START, 3), parts, rows, makers)


def test_every_level_takes_its_hours_and_neither_stock_nor_overtime_counts():
    assert weekly_most(simple(), "P", period=0, bought=()) == Weekly(5.0, 5.0, 0)
    assert weekly_most(simple(), "P", period=1, bought=()).quantity == 20.0


def test_what_is_bought_is_there_and_what_nobody_makes_is_not():
    assert weekly_most(simple(), "P", period=0, bought={"A"}).quantity == 10.0
    assert weekly_most(simple(), "C", period=0, bought=()) == Weekly(0.0, 0.0, 0)


def test_the_full_week_is_the_first_with_most_hours():
    assert full_week(simple()) == 1


def test_a_part_that_takes_no_time_is_bounded_by_its_limit_or_by_the_largest_figure():
    problem = Problem(
        Calendar(START, 1),
        (Part("P"), Part("Q")),
        (Workshop("W", (1.0,), (0.0,)),),
        (Capability("P", "W", 0.0, max_per_period=(7.0,)), Capability("Q", "W", 0.0)),
    )
    assert weekly_most(problem, "P", period=0, bought=()).quantity == 7.0
    assert weekly_most(problem, "Q", period=0, bought=()).quantity == MOST


def test_parts_that_can_be_cut_are_counted_in_fractions():
    problem = Problem(
        Calendar(START, 1),
        (Part("H", integer=False),),
        (Workshop("W", (2.5,), (0.0,)),),
        (Capability("H", "W", 1.0, setup_hours=0.25),),
    )
    found = weekly_most(problem, "H", period=0, bought=())
    assert found.quantity == pytest.approx(2.25, abs=1e-6)
    assert found.proven
